"""The family update composer: one reader's letter for one week, kept at every pause."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from cmdesk.casework import composing, letter_drafts, letter_templates, update_list
from cmdesk.casework.begun import Begun
from cmdesk.casework.composing import Workplace
from cmdesk.rules.letter_template import Span
from cmdesk.rules.periods import last_full_week
from cmdesk.ui.commands import Command
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.keeping import Caret, Keeper
from cmdesk.ui.page import Page, Route
from cmdesk.ui.parts import letter_route, thrown_letters
from cmdesk.ui.parts.composer_head import ComposerHead
from cmdesk.ui.parts.letter_concerns import RECORDS
from cmdesk.ui.parts.letter_desk import LetterDesk
from cmdesk.ui.parts.letter_list_parts import STAMP
from cmdesk.ui.parts.letter_route import BRIEF, CRISIS
from cmdesk.ui.parts.no_reader import no_reader
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
        self.stack = QStackedWidget()
        self.stack.addWidget(self.letter)
        self.stack.addWidget(no_reader(desk.words, self._open_consents))
        whole.addWidget(self.stack, 1)
        self._caret_in = "headline"  # where one typed last, while a button has the focus
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
        self.letter.plainer.counted.connect(self.head.say_words)
        self.letter.edited.connect(self._on_edited)
        self.letter.stood.connect(self._on_stood)
        self.letter.stale.connect(self.refresh)
        self.letter.finishing.slow.connect(self._on_slow)
        self.letter.finishing.finished.connect(self._on_finished)
        self.letter.finishing.left.connect(self._on_left)

    # Which letter.

    def visit(self, route: Route) -> None:
        super().visit(route)
        asked = letter_route.read(self.desk, route)
        self._turn_to(route.record, asked.reader, asked.first, asked.last, asked.kind)
        self._stamp = asked.stamp

    def leave(self) -> bool:
        self.keeper.keep_now()
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

    def _brief(self) -> None:
        self.write_kind(BRIEF)

    def _crisis(self) -> None:
        """Write a crisis notice, or note the time in the one that is being written."""
        if not self.letter.editor.stamp():
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
        words = self.desk.words
        if place.kept_at:
            self.head.say_saved(words.tr("Saved {time}").format(time=words.time(place.kept_at)))
        else:
            self._say_handed_over(place.sent_on)
        now = QApplication.focusWidget()
        if now is None or not self.isAncestorOf(now):
            kept = self.desk.ask(letter_drafts.find, self.keeper.key)
            caret = Caret(self.letter.editor.editors(), "headline")
            caret.put(kept.body if kept else {}).setFocus(Qt.FocusReason.OtherFocusReason)
        if self._stamp and not place.kept:
            self.letter.editor.stamp()
        self._stamp = False

    def _say_handed_over(self, day: date | None) -> None:
        words = self.desk.words
        told = words.tr("Handed over {day}")
        self.head.say_saved(told.format(day=words.month_day(day)) if day else "")

    def _body(self) -> dict[str, Any]:
        typed = self.letter.typed()
        if typed is None:
            return {}
        editors = self.letter.editor.editors()  # anew: paragraphs come and go
        last = self._caret_in if self._caret_in in editors else "headline"
        where = Caret(editors, last).where()
        self._caret_in = where["caret_in"]
        return typed.plain() | where

    def _on_edited(self) -> None:
        self._touched = self._edited_since = True
        self.keeper.touch()

    def _on_stood(self) -> None:
        self.head.say_to_fix(self.letter.to_fix)
        self.head.allow(self.letter.why_not())

    def _open_consents(self) -> None:
        self.desk.go(Route("chart", self._client_id, "consents"))

    # Throwing away.

    def throw_away(self) -> None:
        """Throw the letter in front away and go back; nothing is asked, the toast undoes it."""
        place = self.letter.place
        if place is None or not self._may_throw():
            self.desk.say.toast(self.desk.words.tr("Nothing is kept of this letter yet"))
        else:
            self.keeper.keep_now()  # so that Undo has the last word typed
            thrown_letters.throw_away(self.desk, self.keeper.key, place.party.called)
            self.desk.go_back()

    def _may_throw(self) -> bool:
        place, finishing = self.letter.place, self.letter.finishing
        begun = place is not None and (self._touched or place.kept is not None)
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

    def _on_slow(self) -> None:
        self.head.say_saved(self.desk.words.tr("Making the letter"))

    def _on_finished(self, in_front: bool) -> None:  # noqa: FBT001 - as the signal gives it
        """Say so. Its draft went with it; what was typed since is a draft of its own."""
        self._left.pop(self._leaving, None)
        if in_front:
            self._touched = self._edited_since
            self._say_handed_over(self.desk.today())

    def _on_left(self) -> None:
        self.desk.go(Route("updates"))

    def _on_told(self, trouble: str) -> None:
        """Say when the draft was kept, or that it could not be."""
        words, place = self.desk.words, self.letter.place
        if trouble:
            self.head.say_saved(words.tr("Not saved: {why}").format(why=trouble), kept=False)
        elif place:
            at = words.time(self.desk.clock().astimezone(place.zone))
            self.head.say_saved(words.tr("Saved {time}").format(time=at))

    # Window and keys.

    def fold(self, *, roomy: bool) -> None:
        self.letter.panes.fold(roomy=roomy)

    def next_pane(self, before: QWidget) -> None:
        """Go round in the letter alone: a pane that does not fit is brought to the front."""
        self.letter.panes.next_pane()

    def commands(self) -> Sequence[Command]:
        tr, letter = self.desk.words.tr, self.letter
        move = letter.panes.next_pane
        return (
            Command("composer.finish", tr("Finish and export"), self.finish, "Ctrl+Return"),
            Command("composer.finish_pad", tr("Finish and export"), self.finish, "Ctrl+Enter"),
            Command("composer.pane_tab", tr("Next pane"), move, "Ctrl+Tab", menu="view"),
            Command("composer.read", tr("Read in full size"), letter.preview.read, menu="view"),
            Command("composer.add", tr("Add a paragraph"), letter.add_paragraph, menu="edit"),
            Command("composer.words", tr("Next plainer word"), letter.plainer.next_advice, "F7"),
            Command("composer.brief", tr("Nothing material changed"), self._brief, menu="edit"),
            Command("composer.crisis", tr("Crisis notice: put the time down"), self._crisis, STAMP),
            Command("composer.kinds", tr("Another kind of letter"), self.head.open_kinds),
            Command(
                *("composer.throw", tr("Throw this letter away"), self.throw_away),
                enabled=self._may_throw,
                menu="edit",
                also=tr("discard delete draft false alarm"),
            ),
        )
