"""The family update composer: one reader's letter for one week, kept at every pause."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from cmdesk.casework import (
    composing,
    correcting,
    letter_drafts,
    letter_templates,
    letters_sent,
    update_list,
)
from cmdesk.casework.begun import Begun
from cmdesk.casework.composing import Workplace
from cmdesk.rules.letter_template import Span
from cmdesk.rules.periods import last_full_week
from cmdesk.ui.commands import Command
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.keeping import Keeper
from cmdesk.ui.page import Page, Route
from cmdesk.ui.parts import composer_keys, letter_route, thrown_letters
from cmdesk.ui.parts.composer_head import ComposerHead
from cmdesk.ui.parts.kept_words import KeptWords
from cmdesk.ui.parts.letter_caret import LetterCaret
from cmdesk.ui.parts.letter_concerns import RECORDS
from cmdesk.ui.parts.letter_desk import LetterDesk
from cmdesk.ui.parts.letter_route import BRIEF, CRISIS
from cmdesk.ui.parts.letter_sections import within
from cmdesk.ui.parts.no_reader import no_reader
from cmdesk.ui.parts.tab_order import TabOrder
from cmdesk.ui.widgets.card import column

WEEK = timedelta(days=7)


class ComposerPage(Page):
    """`Route("composer", client, tab)`; the tab names reader, period and perhaps the kind.

    `p12:2026-03-02:2026-03-08:decision`. Without a tab the letter due first is meant; without days,
    those the next letter of the kind tells of (`p12:::crisis`); without a kind, the one agreed.
    """

    rail: ClassVar[bool] = True
    concerns: ClassVar[frozenset[str]] = RECORDS

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._client_id: int | None = None
        self._reader = self._kind = ""
        self._stamp = False  # the clock of a crisis is to be started in the letter that comes
        self._first, self._last = last_full_week(desk.today())
        # What was typed and may still be on its way into the vault, by the key of its draft.
        self._left: dict[str, Begun] = {}
        self._touched = False
        # The draft of the letter that is being handed over, and whether it was edited since.
        self._leaving, self._edited_since = "", False
        whole = column(self)
        self.head = ComposerHead(desk)
        whole.addWidget(self.head)
        self.letter = LetterDesk(desk)
        self.head.put(self.letter.panes.switch)
        self.kept = KeptWords(desk, self.head)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.letter)
        self.stack.addWidget(no_reader(desk.words, self._open_consents))
        whole.addWidget(self.stack, 1)
        self._caret = LetterCaret(desk, self.letter.editor)
        self._order = TabOrder(self, lambda: (self.head, self.letter, self.head.finish))
        self.keeper = Keeper(desk, self, "", self._body, lambda: self._client_id)
        self._connect()

    def _connect(self) -> None:
        self.keeper.told.connect(self._on_told)
        self.head.reader_asked.connect(self.write_to)
        self.head.week_asked.connect(self.go_weeks)
        self.head.kind_asked.connect(self.write_kind)
        self.head.left.connect(self.desk.go_back)
        self.head.throw_asked.connect(self.throw_away)
        self.desk.letter_thrown.connect(self._on_thrown)
        self.head.finish_asked.connect(self.finish)
        self.head.plainer_asked.connect(self.letter.plainer.next_advice)
        self.head.fix_asked.connect(self.letter.go_to_first)
        self.head.answer_asked.connect(self.letter.go_to_promise)
        self.letter.read.corrected.connect(self.correct)
        self.letter.plainer.counted.connect(self.head.say_words)
        self.letter.edited.connect(self._on_edited)
        self.letter.stood.connect(self._on_stood)
        self.letter.stale.connect(self.refresh)
        self.letter.finishing.slow.connect(self.kept.say_slow)
        self.letter.finishing.finished.connect(self._on_finished)
        self.letter.finishing.left.connect(self._on_left)

    # Which letter.

    def visit(self, route: Route) -> None:
        super().visit(route)
        self.kept.come()
        asked = letter_route.read(self.desk, route)
        self._turn_to(route.record, asked.reader, asked.first, asked.last, asked.kind)
        self._stamp = asked.stamp

    def leave(self) -> bool:
        self.keeper.keep_now()
        self.kept.go()
        return True

    def _turn_to(
        self, client_id: int | None, reader: str, first: date, last: date, kind: str
    ) -> None:
        self.keeper.keep_now()
        typed = self.letter.typed()
        if typed and self._touched:
            self._left[self.keeper.key] = typed
        self._touched = False
        self._client_id, self._reader, self._kind = client_id, reader, kind
        self._first, self._last = first, last
        self.letter.close_letter()
        self.keeper.key = ""  # what could not be kept is no part of what comes
        self.mark_stale()

    def write_to(self, reader: str) -> None:
        """Take up the letter of another reader; this one is kept."""
        self._turn_to(self._client_id, reader, self._first, self._last, self._kind)

    def go_weeks(self, count: int) -> None:
        """Take up the letter of another week."""
        step = WEEK * count
        first, last = self._first + step, self._last + step
        self._turn_to(self._client_id, self._reader, first, last, self._kind)

    def write_kind(self, kind: str) -> None:
        """Take up a letter of another kind for this reader; one over a week stays in this one."""
        place, client = self.letter.place, self._client_id
        if place is None or client is None or kind == place.template.code:
            return
        days = self._first, self._last
        span = self.desk.ask(letter_templates.of, kind).span
        if span is not Span.WEEK or place.template.span is not Span.WEEK:
            days = letter_route.days_of(self.desk, client, self._reader, kind)
        self._turn_to(client, self._reader, *days, kind)
        self._stamp = kind == CRISIS

    def write_brief(self) -> None:
        """Say in a letter of its own that nothing material changed."""
        self.write_kind(BRIEF)

    def stamp(self) -> None:
        """Write a crisis notice, or note the time in the one that is being written."""
        place = self.letter.place
        if place and self.letter.left and place.template.code == CRISIS:
            self.desk.say.toast(self.desk.words.tr("It was handed over: correct it to go on"))
        elif self.letter.left or not self.letter.editor.stamp():
            self.write_kind(CRISIS)

    def refresh(self) -> None:
        """Judge everything again; what is being typed stays."""
        place = self._read()
        self.stack.setCurrentIndex(0 if place else 1)
        self.head.show_letter(place.client.full if place else "", self._first, self._last)
        self.head.show_readers(place.readers if place else (), self._reader)
        self.head.show_kind(place.template if place else None)
        if place is None or self._client_id is None:
            self.head.allow(self.desk.words.tr("Nobody to write to yet"))
        elif self.letter.place is None:
            self._take_up(place, self._client_id)
        else:
            self.letter.judge_again(place)
        typed = self.letter.typed()
        due = place.due_by(typed) if place and typed and not place.sent_on else None
        self.head.say_due(due)
        replaces = typed.letter.replaces if typed else 0
        self.head.say_corrects(self.desk.ask(letters_sent.left_on, replaces) if replaces else None)

    def _read(self) -> Workplace | None:
        if self._client_id is None:
            return None
        place = self.desk.ask(
            *(composing.workplace, self._client_id, self._reader),
            *(self._first, self._last, self._kind),
        )
        self._reader = place.party.key if place else ""
        return place

    def _take_up(self, place: Workplace, client_id: int) -> None:
        """Open the kept letter, or begin one."""
        self.keeper.forget()
        letter = (client_id, place.party.key, self._first, self._last, place.template.code)
        self.keeper.key = update_list.draft_key(*letter)
        left = self._left.get(self.keeper.key)
        self.letter.open_letter(client_id, place, self._first, self._last, left)
        self.kept.say_begun(place)
        if not within(self) and self.letter.left:
            self.letter.read.correct.setFocus(Qt.FocusReason.OtherFocusReason)
        elif not within(self):
            self._caret.put(self.keeper.key)
        if self._stamp and not place.kept:
            self.letter.editor.stamp()
        self._stamp = False

    def _body(self) -> dict[str, Any]:
        typed = self.letter.typed()
        if typed is None:
            return {}
        return typed.plain() | self._caret.where()

    def _on_edited(self) -> None:
        self._touched = self._edited_since = True
        self.keeper.touch()

    def _on_stood(self) -> None:
        self.head.say_to_fix(self.letter.to_fix)
        self.head.say_to_answer(0 if self.letter.left else len(self.letter.waiting()))
        self.head.allow(self.letter.why_not())
        self._order.soon()

    def correct(self) -> None:
        """Go on in a corrected copy of the letter that was handed over."""
        place = self.letter.place
        if place is None or not place.copy_id:
            return
        label = self.desk.words.tr("Begin a corrected copy")
        doing = self.desk.do(self, label, correcting.begin, place.copy_id)
        doing.then(lambda _: self._take_up_anew())

    def _take_up_anew(self) -> None:
        """Open what is kept of the letter in front now."""
        thrown_letters.announce(self.desk)
        self._touched = False
        self._turn_to(self._client_id, self._reader, self._first, self._last, self._kind)

    def _open_consents(self) -> None:
        self.desk.go(Route("chart", self._client_id, "consents"))

    # Throwing away.

    def throw_away(self) -> None:
        """Throw the letter in front away and go back; nothing is asked, the toast undoes it."""
        place = self.letter.place
        if place is None or not self.may_throw():
            self.desk.say.toast(self.desk.words.tr("Nothing is kept of this letter yet"))
        else:
            self.keeper.keep_now()  # so that Undo has the last word typed
            thrown_letters.throw_away(self.desk, self.keeper.key, place.party.called)
            self.desk.go_back()

    def may_throw(self) -> bool:
        """Whether anything of the letter in front is kept that could go."""
        place, finishing = self.letter.place, self.letter.finishing
        begun = place is not None and (self._touched or place.kept_at is not None)
        return begun and not finishing.busy and finishing.done is None

    def _on_thrown(self, key: str) -> None:
        """Let go of what was typed in a letter that is thrown away, also from another page."""
        gone = [each for each in self._left if letter_drafts.one_letter(each, key)]
        for each in gone:
            del self._left[each]
        if letter_drafts.one_letter(self.keeper.key, key):
            self.keeper.forget()
            self._touched, self.keeper.key = False, ""
            self.letter.close_letter()
            self.mark_stale()

    # Finishing.

    def finish(self) -> None:
        """Hand the letter over, once it has been judged anew."""
        self.keeper.keep_now()
        self._leaving, self._edited_since = self.keeper.key, False
        self.letter.finish()

    def _on_finished(self, in_front: bool) -> None:  # noqa: FBT001 - as the signal gives it
        """Say so. Its draft went with it; what was typed since is a draft of its own."""
        self._left.pop(self._leaving, None)
        if in_front:
            self._touched = self._edited_since
            self.kept.say_left(self.desk.today())

    def _on_left(self) -> None:
        self.desk.go(Route("updates"))

    def _on_told(self, trouble: str) -> None:
        self.kept.say(trouble, self.letter.place)

    # Window and keys.

    def fold(self, *, roomy: bool) -> None:
        self.letter.panes.fold(roomy=roomy)

    def next_pane(self, before: QWidget) -> None:
        """Go round in the letter alone: a pane that does not fit is brought to the front."""
        self.letter.panes.next_pane()

    def commands(self) -> Sequence[Command]:
        return composer_keys.commands(self)
