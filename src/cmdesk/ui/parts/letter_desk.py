"""Where a letter is written: what is known, the words, and the very letter, side by side."""

from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from cmdesk.casework import begun, leak_check
from cmdesk.casework.begun import Begun
from cmdesk.casework.composing import Workplace
from cmdesk.casework.drafting import LetterDraft
from cmdesk.rules.promises import Promise
from cmdesk.ui.desk import Desk
from cmdesk.ui.icons import Icon
from cmdesk.ui.parts import letter_acts, letter_hurdles
from cmdesk.ui.parts.finish_area import FinishArea
from cmdesk.ui.parts.leak_marks import LeakMarks
from cmdesk.ui.parts.leaving import Leaving
from cmdesk.ui.parts.letter_choices import LetterChoices
from cmdesk.ui.parts.letter_editor import LetterEditor, Standing
from cmdesk.ui.parts.letter_notice import LetterNotice
from cmdesk.ui.parts.letter_panes import WRITTEN, LetterPanes
from cmdesk.ui.parts.letter_parts import standing_of
from cmdesk.ui.parts.letter_preview import LetterPreview
from cmdesk.ui.parts.letter_read import LetterRead
from cmdesk.ui.parts.told_marks import ToldMarks
from cmdesk.ui.parts.verdict_cards import VerdictCards
from cmdesk.ui.parts.watching import Watching
from cmdesk.ui.parts.word_marks import WordMarks
from cmdesk.ui.widgets.card import column, grounded, line
from cmdesk.ui.widgets.empty import Empty

TYPED, HIDDEN, READ = range(3)
PAUSE = 400  # milliseconds without a key before the letter is laid out anew


class LetterDesk(QWidget):
    """Signals `edited`, `stood` and `stale`.

    There is something to keep; what may leave has changed; the records must be read again.
    """

    edited = Signal()
    stood = Signal()
    stale = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.client_id = 0
        self.first = self.last = desk.today()
        self.place: Workplace | None = None
        self._begun: Begun | None = None
        self._refused = 0
        self.cards = VerdictCards(desk)
        self.editor = LetterEditor(desk)
        self.read = LetterRead(desk)
        self.notice = LetterNotice(desk)
        self.marks = LeakMarks(desk, self.editor)
        self.watching = Watching(desk, self)
        self.choices = LetterChoices(desk, self, self)
        self._goes_on = False  # as it stands it was not handed over
        self.told = ToldMarks(desk, self.editor)
        self.plainer = WordMarks(desk, self.editor)
        self.preview = LetterPreview(desk)
        self.finishing = FinishArea(desk)
        self.leaving = Leaving(desk, self)
        self._pause = QTimer(self, interval=PAUSE, singleShot=True)
        self._pause.timeout.connect(self.lay_out_letter)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self._right = grounded("surface", edge="left")
        right = column(self._right)
        right.addWidget(self.preview, 1)
        right.addWidget(line())
        right.addWidget(self.finishing)
        self._middle = QStackedWidget()
        self._middle.addWidget(self.editor)
        tr = self._desk.words.tr
        self._middle.addWidget(
            Empty(Icon.EYE_OFF, tr("Names are hidden"), tr("Show them to go on writing (F8)."))
        )
        self._middle.addWidget(self.read)
        self.panes = LetterPanes(self._desk.words, self.cards, self._middle, self._right)
        whole = column(self)
        whole.addWidget(self.notice)
        whole.addWidget(self.panes, 1)

    def _connect(self) -> None:
        self.choices.stale.connect(self.stale)
        self.leaving.stale.connect(self.stale)
        self.cards.asked.connect(self.choices.act)
        self.editor.edited.connect(self._on_edited)
        self.editor.shortened.connect(self.choices.shorten)
        self.editor.offered.connect(self.choices.take_fresh)
        self.editor.settled.connect(self.choices.settle)
        self.marks.excused.connect(self.choices.excuse)
        self.marks.asked.connect(self.choices.ask)
        self.marks.taken_back.connect(self.choices.take_back)
        self.watching.came.connect(self._on_checked)
        self.finishing.began.connect(partial(self._go_on, on=False))
        self.finishing.failed.connect(partial(self._go_on, on=True))
        for news in (self.finishing.began, self.finishing.finished, self.finishing.failed):
            news.connect(self._show_standing)

    # Which letter.

    def close_letter(self) -> None:
        """Put the letter away; another may be opened."""
        self.place = self._begun = None
        self.leaving.forget()
        self.watching.forget()
        self.preview.wait()
        self.read.forget()
        self.finishing.begin_anew()

    def open_letter(
        self, client_id: int, place: Workplace, first: date, last: date, typed: Begun | None = None
    ) -> None:
        """Take up a letter: the one left a moment ago, the kept one, or a first one."""
        self.client_id, self.first, self.last = client_id, first, last
        self.place, self._goes_on = place, typed is not None
        self.editor.show_waiting(())  # those of another letter
        follow = typed and begun.follow(typed, place.proposal, place.verdicts)
        self._begun = follow or place.begin()
        self.finishing.begin_anew()
        self.finishing.show_place(place)
        self._show()
        self.plainer.begin(client_id, place.proposal.language)

    def judge_again(self, place: Workplace) -> None:
        """Take in what the records say now; what is being typed stays."""
        typed = self.typed()
        self.place = place
        if typed is not None:
            anew = not self._goes_on and typed.letter.language != place.proposal.language
            follow = begun.follow(typed, place.proposal, place.verdicts)
            self._begun = place.begin() if anew else follow
        self.finishing.show_place(place)
        self._show()

    def typed(self) -> Begun | None:
        """Give the letter as it stands in the editors; None while none is open."""
        if self.place is None or self._begun is None:
            return None
        return replace(self._begun, letter=self.editor.letter())

    @property
    def letter(self) -> LetterDraft:
        return self.editor.letter()

    def _on_edited(self) -> None:
        self._begun, self._goes_on = self.typed(), True
        self.leaving.stop()
        if self.finishing.done:
            self.finishing.begin_anew()
        self.edited.emit()
        self._show_standing()
        self.plainer.show()
        self._pause.start()

    def change(self, changed: Begun) -> None:
        """Take a change of the letter that did not come from typing."""
        self._begun, self._goes_on = changed, True
        self.edited.emit()
        self._show()

    def _show(self) -> None:
        if self._begun and self.place:
            party, kind = self.place.party.key, self.place.template.code
            self.watching.turn_to((self.client_id, party, self.first, self.last, kind))
            self.editor.show_letter(self._begun.letter, self.standing())
            self._show_standing()
            self.plainer.show()
            self._pause.start()
            if self._desk.privacy.hidden:
                self.lay_out_letter()  # away with the letter at once

    # What may leave.

    @property
    def left(self) -> bool:
        """Whether it was handed over as it stands: it is read, not typed in."""
        place = self.place
        if place is None or self._goes_on:
            return False
        return self.finishing.done is not None or place.as_it_left is not None

    def _go_on(self, *_: object, on: bool) -> None:
        self._goes_on = on

    def _show_middle(self) -> None:
        """Show the words to be typed in, to be read, or not at all."""
        place, hidden = self.place, self._desk.privacy.hidden
        if place and self._begun and self.left and not hidden:
            words = place.as_it_left or self._begun.letter
            self.read.show_letter(words, place.client.called, place.party.called, place.sent_on)
        self._middle.setCurrentIndex(HIDDEN if hidden else READ if self.left else TYPED)

    def standing(self) -> Standing:
        if self._begun is None or self.place is None:
            return Standing()
        return standing_of(self._begun, self.place)

    def _show_standing(self) -> None:
        if self._begun is None or self.place is None:
            return
        self._show_middle()
        self.notice.show_letter(self.place, self._begun.letter.language, left=self.left)
        leaves = begun.leavable(self._begun.letter, self.place.verdicts)
        used = letter_acts.told_in(self._desk, leaves, self.place.client.called)
        takes = letter_acts.takes_entries(self._begun.letter) and not self.left
        self.cards.show_all(self.place.materials, used, self.place.client.called, takes=takes)
        refused = len(self.standing().refused)
        if refused > self._refused:
            words = self._desk.words.tr("A paragraph can’t be sent any more")
            self._desk.say.announce(words, at_once=True)
        self._refused = refused
        self.leaving.show_spare()
        self.editor.show_waiting(self.waiting())
        self.marks.show(self.watching.watch, self.place.client.called)
        if self.marks.newest:
            self._desk.say.announce(self.marks.newest, at_once=True)
        self.stood.emit()

    def waiting(self) -> list[Promise]:
        """Return the promises that are to be answered for before the letter leaves."""
        vetting, written = self.watching.vetting, self._begun
        return vetting.waiting(written.letter) if vetting and written else []

    @property
    def to_fix(self) -> int:
        """How many paragraphs and sentences can't be sent."""
        return len(self.standing().refused) + self.marks.count

    def why_not(self) -> str:
        """Say what keeps the letter from leaving; empty when nothing does."""
        return letter_hurdles.why_not(self._desk, self)

    def lay_out_letter(self) -> None:
        """Set the letter as it would leave now, without what can't be sent."""
        self._pause.stop()
        place, written = self.place, self._begun
        if place is None or written is None:
            return
        heading, why = letter_hurdles.nothing_to_share(self._desk, place)
        if self._desk.privacy.hidden:
            tr = self._desk.words.tr
            heading, why = tr("Names are hidden"), tr("The letter is full of them.")
        if heading:
            self.preview.say(heading, why)
            return
        if self.watching.watch is None:
            return  # it is laid out once the check is there
        self.told.look(self.watching.vetting, written.letter, place.party.called)
        letter = begun.leavable(written.letter, place.verdicts)
        letter = leak_check.without(self.watching.watch, letter)
        self.preview.lay_out(self.client_id, place.party, self.first, self.last, letter)

    # Writing and finishing.

    def add_paragraph(self) -> None:
        """Begin a paragraph of one's own."""
        self.panes.bring(WRITTEN)
        self.editor.add_paragraph()

    def _on_checked(self) -> None:
        self._show_standing()
        self._pause.start()
        self.leaving.go_on()

    def finish(self) -> None:
        """Judge once more; hand the letter over if nothing stands against it."""
        self.leaving.ask()

    def go_to_first(self) -> None:
        """Go to the first thing that keeps the letter from leaving."""
        self.panes.bring(WRITTEN)
        _ = self.marks.go_to_first() or self.editor.go_to_refused() or self.editor.go_to_promise()

    def go_to_promise(self) -> None:
        """Go to the first promise that waits for an answer."""
        self.panes.bring(WRITTEN)
        self.editor.go_to_promise()
