"""The family update composer: what is known, the words, and the very letter, side by side."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, ClassVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from cmdesk.casework import begun, composing, update_list
from cmdesk.casework.begun import Begun
from cmdesk.casework.composing import Workplace
from cmdesk.casework.drafting import LetterDraft
from cmdesk.rules.periods import last_full_week
from cmdesk.ui import look
from cmdesk.ui.commands import Command
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.keeping import Keeper
from cmdesk.ui.icons import Icon
from cmdesk.ui.page import Page, Route
from cmdesk.ui.parts import letter_acts
from cmdesk.ui.parts.composer_head import ComposerHead
from cmdesk.ui.parts.finish_area import FinishArea
from cmdesk.ui.parts.letter_editor import LetterEditor, Standing
from cmdesk.ui.parts.letter_preview import LetterPreview, nothing_to_share
from cmdesk.ui.parts.verdict_card import Act
from cmdesk.ui.parts.verdict_cards import VerdictCards
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.card import column, grounded, line, row
from cmdesk.ui.widgets.empty import Empty

PAUSE = 400  # milliseconds without a key before the letter is laid out anew
WEEK = timedelta(days=7)
LEFT, RIGHT = (312, 272), (440, 328)  # pixels, roomy and folded


class ComposerPage(Page):
    """`Route("composer", client, tab)`; the tab names reader and period: `p12:2026-03-02:...`.

    Without a tab the letter due first is meant, for the last full week.
    """

    rail: ClassVar[bool] = True
    concerns: ClassVar[frozenset[str]] = frozenset(
        {
            "addendum",
            "circle_member",
            "client",
            "consent",
            "consent_recipient",
            "contact_point",
            "entry",
            "entry_mark",
            "entry_participant",
            "entry_wording",
            "entry_wrong_chart",
            "episode",
            "organisation",
            "person",
            "plain_email",
            "practice",
            "practitioner",
            "restriction",
            "restriction_entry",
            "restriction_recipient",
            "task",
            "update_copy",
            "update_plan",
        }
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._client_id: int | None = None
        self._reader = ""
        self._first, self._last = last_full_week(desk.today())
        self.place: Workplace | None = None
        self.begun: Begun | None = None
        self._lay_out()
        self.keeper = Keeper(desk, self, "", self._body, lambda: self._client_id)
        self.keeper.told.connect(self._on_told)
        self._pause = QTimer(self, interval=PAUSE, singleShot=True)
        self._pause.timeout.connect(self.lay_out_letter)
        self._connect()

    def _lay_out(self) -> None:
        desk, tr = self.desk, self.desk.words.tr
        whole = column(self)
        self.head = ComposerHead(desk)
        whole.addWidget(self.head)
        self.cards = VerdictCards(desk)
        self.editor = LetterEditor(desk)
        self.preview = LetterPreview(desk)
        self.finishing = FinishArea(desk)
        self._right = grounded("surface", edge="left")
        right = column(self._right)
        right.addWidget(self.preview, 1)
        right.addWidget(line())
        right.addWidget(self.finishing)
        panes = QWidget()
        inside = row(panes, gap=0)
        inside.addWidget(self.cards)
        inside.addWidget(line(upright=True))
        inside.addWidget(self.editor, 1)
        inside.addWidget(self._right)
        consents = Button(tr("Open consents"), "primary")
        consents.clicked.connect(self._open_consents)
        nobody = Empty(
            Icon.MAIL,
            tr("Nobody to write to yet"),
            tr("Add a consent that names someone, or agree an update plan."),
            [consents],
        )
        self.stack = QStackedWidget()
        self.stack.addWidget(panes)
        self.stack.addWidget(nobody)
        whole.addWidget(self.stack, 1)

    def _connect(self) -> None:
        self.head.reader_asked.connect(self.write_to)
        self.head.week_asked.connect(self.go_weeks)
        self.head.left.connect(self.desk.go_back)
        self.head.finish_asked.connect(self.finish)
        self.cards.asked.connect(self._act)
        self.editor.edited.connect(self._edited)
        self.editor.shortened.connect(self._shorten)
        self.editor.offered.connect(self._take_fresh)
        self.finishing.began.connect(self._show_standing)
        self.finishing.failed.connect(self._show_standing)
        self.finishing.finished.connect(self._on_finished)
        self.finishing.slow.connect(self._on_slow)
        self.finishing.left.connect(lambda: self.desk.go(Route("updates")))

    # Which letter.

    def visit(self, route: Route) -> None:
        super().visit(route)
        key, _, period = route.tab.partition(":")
        first, last = last_full_week(self.desk.today())
        if period:
            first, last = (date.fromisoformat(day) for day in period.split(":"))
        self._turn_to(route.record, key, first, last)

    def leave(self) -> bool:
        self.keeper.keep_now()
        return True

    def _turn_to(self, client_id: int | None, reader: str, first: date, last: date) -> None:
        self.keeper.keep_now()
        self._client_id, self._reader, self._first, self._last = client_id, reader, first, last
        self.place = self.begun = None
        self.mark_stale()

    def write_to(self, reader: str) -> None:
        """Take up the letter of another reader; this one is kept."""
        self._turn_to(self._client_id, reader, self._first, self._last)

    def go_weeks(self, count: int) -> None:
        step = WEEK * count
        self._turn_to(self._client_id, self._reader, self._first + step, self._last + step)

    def refresh(self) -> None:
        """Judge everything again; what is being typed stays."""
        if self._client_id is None:
            self.stack.setCurrentIndex(1)
            return
        typed = self._typed()
        self.place = place = self.desk.ask(
            composing.workplace, self._client_id, self._reader, self._first, self._last
        )
        self.stack.setCurrentIndex(0 if place else 1)
        self.head.show_letter(place.client.full if place else "", self._first, self._last)
        if place is None:
            self.head.show_readers((), "")
            return
        self._reader = place.party.key
        if typed:
            self.begun = begun.follow(typed, place.proposal, place.verdicts)
        else:
            self._take_up(place)
        self.head.show_readers(place.readers, place.party.key)
        self.finishing.show_place(place)
        self._show()
        now = QApplication.focusWidget()
        if not typed and (now is None or not self.isAncestorOf(now)):
            self.editor.headline.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take_up(self, place: Workplace) -> None:
        """Open the kept letter, or begin one."""
        self.begun = place.begin()
        self.keeper.forget()
        self.keeper.key = update_list.draft_key(
            self._client_id or 0, place.party.key, self._first, self._last
        )
        self.finishing.begin_anew()
        if place.kept_at:
            self._say_saved(place)
        else:
            self.head.say_saved(self._sent_words(place))

    def _say_saved(self, place: Workplace) -> None:
        words = self.desk.words
        if place.kept_at:
            self.head.say_saved(words.tr("Saved {time}").format(time=words.time(place.kept_at)))

    def _sent_words(self, place: Workplace) -> str:
        words = self.desk.words
        if place.sent_on is None:
            return ""
        return words.tr("Handed over {day}").format(day=words.month_day(place.sent_on))

    # The letter.

    def _typed(self) -> Begun | None:
        """Give the letter as it stands in the editors; None while another is being opened."""
        if self.place is None or self.begun is None:
            return None
        return replace(self.begun, letter=self.editor.letter())

    def _body(self) -> dict[str, Any]:
        typed = self._typed()
        return typed.plain() if typed else {}

    def _edited(self) -> None:
        self.begun = self._typed()
        self.keeper.touch()
        self._show_standing()
        self._pause.start()

    def _change(self, changed: Begun) -> None:
        """Take a change of the letter that did not come from typing."""
        self.begun = changed
        self.keeper.touch()
        self._show()

    def _show(self) -> None:
        if self.begun and self.place:
            self.editor.show_letter(self.begun.letter, self._standing())
            self._show_standing()
            self._pause.start()

    def _standing(self) -> Standing:
        if self.begun is None or self.place is None:
            return Standing()
        verdicts = self.place.verdicts
        return Standing(
            refused=begun.refusals(self.begun.letter, verdicts),
            has_short=frozenset(row.entry_id for row in self.place.materials if row.short),
            fresh=begun.fresh(self.begun, verdicts),
        )

    def _show_standing(self) -> None:
        """Say what is used, what must be mended, and whether the letter may go."""
        if self.begun is None or self.place is None:
            return
        used = begun.used(self.begun.letter)
        self.cards.show_all(self.place.materials, used, self.place.client.called)
        self.head.say_to_fix(len(self._standing().refused))
        self.head.allow(self.why_not())

    def why_not(self) -> str:
        """Say what keeps the letter from leaving; empty when nothing does."""
        tr = self.desk.words.tr
        if self.place is None or self.begun is None or nothing_to_share(self.desk, self.place)[0]:
            return tr("Nothing may be shared")
        if self.finishing.busy:
            return tr("The letter is being handed over")
        if self._standing().refused:
            return tr("Remove what can’t be sent first")
        if not any(part.text.strip() for part in self.begun.letter.passages):
            return tr("Add at least one paragraph")
        if self.place.way.do_not_contact:
            return tr("Marked “do not contact” in the circle")
        return ""

    def lay_out_letter(self) -> None:
        """Set the letter as it would leave now, without what can't be sent."""
        self._pause.stop()
        place, written = self.place, self.begun
        if place is None or written is None or self._client_id is None:
            return
        heading, why = nothing_to_share(self.desk, place)
        if heading:
            self.preview.say(heading, why)
            return
        letter = begun.leavable(written.letter, place.verdicts)
        self.preview.lay_out(self._client_id, place.party, self._first, self._last, letter)

    # What the cards and paragraphs ask for.

    def _act(self, act: Act, entry_id: int, words: str) -> None:
        if self.begun is None or self.place is None:
            return
        material = next(row for row in self.place.materials if row.entry_id == entry_id)
        if act == Act.ADD:
            self._change(begun.add(self._letter_now(), [entry_id], self.place.verdicts))
        elif act == Act.REMOVE:
            self._change(begun.remove(self._letter_now(), entry_id))
        elif act == Act.WRITE:
            done = letter_acts.write(self.desk, self, material, words)
            done.then(lambda _: self._put(entry_id, self.desk.words.tr("Line kept")))
        elif act == Act.ASK and self._client_id is not None:
            letter_acts.ask_client(self.desk, self, self._client_id, self.place, material)
        else:
            told = letter_acts.told(self.desk, self.place, act)
            done = letter_acts.choose(self.desk, self, self.place, act, entry_id)
            done.then(lambda _: self._put(entry_id, told))

    def _letter_now(self) -> Begun:
        return self._typed() or Begun(LetterDraft())

    def _put(self, entry_id: int, told: str) -> None:
        """Judge again, and let the letter follow what was chosen for an entry."""
        self.refresh()
        if self.place is None or self.begun is None:
            return
        if self.place.verdicts[entry_id].text:
            self._change(begun.add(self.begun, [entry_id], self.place.verdicts))
        else:
            self._change(begun.remove(self.begun, entry_id))
        self.desk.done(told)

    def _shorten(self, entry_id: int) -> None:
        self._act(Act.SHORT, entry_id, "")

    def _take_fresh(self) -> None:
        if self.place:
            fresh = begun.fresh(self._letter_now(), self.place.verdicts)
            self._change(begun.add(self._letter_now(), fresh, self.place.verdicts))

    def _open_consents(self) -> None:
        self.desk.go(Route("chart", self._client_id, "consents"))

    # Finishing.

    def finish(self) -> None:
        """Judge once more; hand the letter over if nothing stands against it."""
        self.keeper.keep_now()
        self.refresh()
        if why := self.why_not():
            self.desk.say.announce(why, at_once=True)
            self.editor.go_to_refused()
        elif self._client_id is not None and self.begun:
            letter = self.begun.letter
            self.finishing.finish(self._client_id, letter, self._first, self._last)

    def _on_slow(self) -> None:
        self.head.say_saved(self.desk.words.tr("Making the letter"))

    def _on_finished(self) -> None:
        self.keeper.throw_away()
        self._show_standing()
        self.head.say_saved(
            self.desk.words.tr("Handed over {day}").format(
                day=self.desk.words.month_day(self.desk.today())
            )
        )

    def _on_told(self, trouble: str) -> None:
        """Say when the draft was kept, or that it could not be."""
        words = self.desk.words
        if trouble:
            self.head.say_saved(words.tr("Not saved: {why}").format(why=trouble), kept=False)
        elif self.place:
            at = words.time(self.desk.clock().astimezone(self.place.zone))
            self.head.say_saved(words.tr("Saved {time}").format(time=at))

    # Window and keys.

    def fold(self, *, roomy: bool) -> None:
        self.cards.setFixedWidth(look.px(LEFT[0 if roomy else 1]))
        self._right.setFixedWidth(look.px(RIGHT[0 if roomy else 1]))

    def next_pane(self) -> None:
        """Put the keyboard into the next pane, the first after the last."""
        panes = (self.cards, self.editor, self._right)
        now = QApplication.focusWidget()
        inside = [now is not None and pane.isAncestorOf(now) for pane in panes]
        place = inside.index(True) if True in inside else -1
        for step in range(1, len(panes) + 1):
            if enter(panes[(place + step) % len(panes)]):
                return

    def commands(self) -> Sequence[Command]:
        tr = self.desk.words.tr
        return (
            Command("composer.finish", tr("Finish and export"), self.finish, "Ctrl+Return"),
            Command("composer.finish_pad", tr("Finish and export"), self.finish, "Ctrl+Enter"),
            Command("composer.pane", tr("Next pane"), self.next_pane, "F6", menu="view"),
            Command("composer.pane_tab", tr("Next pane"), self.next_pane, "Ctrl+Tab", menu="view"),
            Command("composer.read", tr("Read in full size"), self.preview.read, menu="view"),
            Command("composer.add", tr("Add a paragraph"), self.editor.add_paragraph, menu="edit"),
        )


def enter(pane: QWidget) -> bool:
    """Put the focus on the first part of a pane that takes it; false if there is none."""
    for widget in pane.findChildren(QWidget):
        takes = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        if takes and widget.isVisible() and widget.isEnabled():
            widget.setFocus(Qt.FocusReason.TabFocusReason)
            return True
    return False
