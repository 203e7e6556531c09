"""Where a letter is written: what is known, the words, and the very letter, side by side."""

from dataclasses import replace
from datetime import date

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from cmdesk.casework import begun, leak_check
from cmdesk.casework.begun import Begun
from cmdesk.casework.composing import Workplace
from cmdesk.casework.drafting import LetterDraft
from cmdesk.rules.promises import Promise
from cmdesk.ui.desk import Desk
from cmdesk.ui.icons import Icon
from cmdesk.ui.parts import letter_acts
from cmdesk.ui.parts.finish_area import FinishArea
from cmdesk.ui.parts.leak_marks import LeakMarks
from cmdesk.ui.parts.letter_choices import LetterChoices
from cmdesk.ui.parts.letter_editor import LetterEditor, Standing
from cmdesk.ui.parts.letter_panes import KNOWN, LETTER, WRITTEN, LetterPanes
from cmdesk.ui.parts.letter_parts import standing_of
from cmdesk.ui.parts.letter_preview import LetterPreview, nothing_to_share
from cmdesk.ui.parts.told_marks import ToldMarks
from cmdesk.ui.parts.verdict_cards import VerdictCards
from cmdesk.ui.parts.watching import Watching
from cmdesk.ui.parts.word_marks import WordMarks
from cmdesk.ui.widgets.card import column, grounded, line
from cmdesk.ui.widgets.empty import Empty

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
        self._left_open: frozenset[int] = frozenset()  # entries that may stay undecided
        self.cards = VerdictCards(desk)
        self.editor = LetterEditor(desk)
        self.marks = LeakMarks(desk, self.editor)
        self.watching = Watching(desk, self)
        self.choices = LetterChoices(desk, self, self)
        self._finish_asked = False
        self.told = ToldMarks(desk, self.editor)
        self.plainer = WordMarks(desk, self.editor)
        self.preview = LetterPreview(desk)
        self.finishing = FinishArea(desk)
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
        self.panes = LetterPanes(self._desk.words, self.cards, self._middle, self._right)
        column(self).addWidget(self.panes)

    def _connect(self) -> None:
        self.choices.stale.connect(self.stale)
        self.cards.asked.connect(self.choices.act)
        self.editor.edited.connect(self._on_edited)
        self.editor.shortened.connect(self.choices.shorten)
        self.editor.offered.connect(self.choices.take_fresh)
        self.editor.settled.connect(self.choices.settle)
        self.marks.excused.connect(self.choices.excuse)
        self.marks.asked.connect(self.choices.ask)
        self.marks.taken_back.connect(self.choices.take_back)
        self.finishing.went_on.connect(self.finish)
        self.finishing.looked.connect(self._decide)
        self.watching.came.connect(self._on_checked)
        for news in (self.finishing.began, self.finishing.finished, self.finishing.failed):
            news.connect(self._show_standing)

    # Which letter.

    def close_letter(self) -> None:
        """Put the letter away; another may be opened."""
        self.place = self._begun = None
        self._finish_asked, self._left_open = False, frozenset()
        self.watching.forget()
        self.preview.wait()
        self.finishing.begin_anew()

    def open_letter(
        self, client_id: int, place: Workplace, first: date, last: date, typed: Begun | None = None
    ) -> None:
        """Take up a letter: the one left a moment ago, the kept one, or a first one."""
        self.client_id, self.first, self.last = client_id, first, last
        self.place = place
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
            self._begun = begun.follow(typed, place.proposal, place.verdicts)
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
        self._begun, self._finish_asked = self.typed(), False
        if self.finishing.done:
            self.finishing.begin_anew()
        self.edited.emit()
        self._show_standing()
        self.plainer.show()
        self._pause.start()

    def change(self, changed: Begun) -> None:
        """Take a change of the letter that did not come from typing."""
        self._begun = changed
        self.edited.emit()
        self._show()

    def _show(self) -> None:
        if self._begun and self.place:
            party, kind = self.place.party.key, self.place.template.code
            self.watching.turn_to((self.client_id, party, self.first, self.last, kind))
            self._middle.setCurrentIndex(1 if self._desk.privacy.hidden else 0)
            self.editor.show_letter(self._begun.letter, self.standing())
            self._show_standing()
            self.plainer.show()
            self._pause.start()
            if self._desk.privacy.hidden:
                self.lay_out_letter()  # away with the letter at once

    # What may leave.

    def standing(self) -> Standing:
        if self._begun is None or self.place is None:
            return Standing()
        return standing_of(self._begun, self.place)

    def _show_standing(self) -> None:
        if self._begun is None or self.place is None:
            return
        used = begun.used(begun.leavable(self._begun.letter, self.place.verdicts))
        takes = letter_acts.takes_entries(self._begun.letter)
        self.cards.show_all(self.place.materials, used, self.place.client.called, takes=takes)
        refused = len(self.standing().refused)
        if refused > self._refused:
            words = self._desk.words.tr("A paragraph can’t be sent any more")
            self._desk.say.announce(words, at_once=True)
        self._refused = refused
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
        tr, place, letter = self._desk.words.tr, self.place, self._begun
        if place is None or letter is None or nothing_to_share(self._desk, place)[0]:
            return tr("Nothing may be shared")
        empty = letter_acts.is_empty(place, letter.letter)
        done = tr("It was handed over. Change something to write another copy")
        reasons = (
            (self.finishing.busy, tr("The letter is being handed over")),
            (self.finishing.done is not None, done),
            (bool(self.to_fix), tr("Remove what can’t be sent first")),
            (bool(self.waiting()), tr("Say what became of what you promised")),
            (not self.watching.ready, tr("Checking names…")),
            (empty, tr("Write at least one paragraph")),
            (place.way.do_not_contact, tr("Marked “do not contact” in the circle")),
        )
        return next((why for holds, why in reasons if holds), "")

    def lay_out_letter(self) -> None:
        """Set the letter as it would leave now, without what can't be sent."""
        self._pause.stop()
        place, written = self.place, self._begun
        if place is None or written is None:
            return
        heading, why = nothing_to_share(self._desk, place)
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
        if self._finish_asked and self.watching.ready:
            self._finish()

    def finish(self) -> None:
        """Judge once more; hand the letter over if nothing stands against it."""
        self.stale.emit()
        self._finish_asked = self.place is not None and not self.watching.ready
        if not self._finish_asked:
            self._finish()

    def _finish(self) -> None:
        self._finish_asked = False
        place, written = self.place, self._begun
        if why := self.why_not():
            self.finishing.stop_asking()
            self._desk.say.announce(why, at_once=True)
            self.go_to_first()
        elif place and written:
            self.panes.bring(LETTER)
            waiting = letter_acts.undecided(place, written)
            if waiting - self._left_open and not self.finishing.asking:
                self.finishing.ask(len(waiting))
                return
            self._left_open |= waiting  # asked once, plainly, is enough
            self.finishing.stop_asking()
            self.finishing.finish(self.client_id, written.letter, self.first, self.last)

    def go_to_first(self) -> None:
        """Go to the first thing that keeps the letter from leaving."""
        self.panes.bring(WRITTEN)
        _ = self.marks.go_to_first() or self.editor.go_to_refused() or self.editor.go_to_promise()

    def _decide(self) -> None:
        """Go to the first entry that waits for a choice."""
        self.finishing.stop_asking()
        if self.place and self._begun:
            self.panes.bring(KNOWN)
            self.cards.go_to(letter_acts.undecided(self.place, self._begun))
