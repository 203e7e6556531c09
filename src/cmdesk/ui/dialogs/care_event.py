"""A return to use, a crisis or another turn: what happened, what came before, what was done."""

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtWidgets import QWidget

from cmdesk.casework import care_events, episodes, goals
from cmdesk.casework.episodes import Stay
from cmdesk.casework.goals import Contact
from cmdesk.rules import asam, care_event_draft
from cmdesk.rules.care_event_codes import EventKind
from cmdesk.rules.care_event_draft import CareEventForm
from cmdesk.rules.contact_codes import Part2
from cmdesk.store.journal import Label as Act
from cmdesk.ui import form
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs import episode_fields as own
from cmdesk.ui.dialogs.record_sheet import RecordSheet, Section, options
from cmdesk.ui.dialogs.sheet import standing_open
from cmdesk.ui.form import Bound
from cmdesk.ui.overlay import open_over
from cmdesk.ui.parts.veil import Veil
from cmdesk.ui.widgets.button import Button

WIDE: Final = 640
WORDS: Final = 48  # characters of a contact's words in the list


class CareEventDialog(RecordSheet[CareEventForm]):
    """A new turn, or one there is."""

    def __init__(self, desk: Desk, client_id: int, event_id: int | None) -> None:
        tr = desk.words.tr
        key = f"care_event:{event_id}" if event_id else f"care_event:new:{client_id}"
        title = tr("Turn of care") if event_id else tr("New turn of care")
        super().__init__(desk, title, key, width=WIDE, client_id=client_id)
        self._client_id, self._event_id, self._veil = client_id, event_id, Veil(desk)
        self.add(Section("", self._what()))
        self.add(Section(tr("What came before"), self._before()))
        self.add(Section(tr("What was done"), self._after()))
        self.away = Button(tr("Take it away"), "danger")
        self.away.clicked.connect(self._take_away)
        self.save_button = Button(tr("Save"), "primary", keys="Ctrl+Return")
        self.foot_buttons((self.away,) if event_id else (), self.save_button, self.save)
        begun = CareEventForm(happened_on=desk.today())
        self.begin(desk.ask(care_events.read, event_id) if event_id else begun)

    def _what(self) -> list[Bound | Sequence[Bound]]:
        tr, words, today = self.tr_, self.desk.words, self.desk.today
        stays = [
            (each.id, self._stay(each)) for each in self.desk.ask(episodes.stays, self._client_id)
        ]
        contacts: list[tuple[object, str]] = [
            (each.entry_id, self._contact(each))
            for each in self.desk.ask(goals.contacts, self._client_id)
        ]
        return [
            [
                form.choice("kind", tr("What it was"), options(tr, EventKind)),
                form.day("happened_on", tr("On"), today, words.short_day),
                form.choice("episode_id", tr("In or after"), [(None, tr("By its day")), *stays]),
            ],
            form.line("what", tr("What happened")),
            form.choice("entry_id", tr("It came up in"), [(None, tr("No contact")), *contacts]),
        ]

    def _stay(self, each: Stay) -> str:
        """Name a stay by its program, else its level, and the year."""
        day = each.form.admitted or each.form.discharged
        named = each.called or self.tr_(asam.told(each.form.level_of_care)) or self.tr_("A stay")
        return f"{self._veil.text(named)}, {day.year}" if day else self._veil.text(named)

    def _contact(self, each: Contact) -> str:
        """Name a contact by its day and how it begins."""
        day = self.desk.words.near_day(each.day, self.desk.today())
        begun = " ".join(self._veil.text(each.text).split())
        short = f"{begun[:WORDS].rstrip()} …" if len(begun) > WORDS else begun
        return f"{day}: {short}" if short else day

    def _before(self) -> list[Bound | Sequence[Bound]]:
        tr = self.tr_
        return [
            form.paragraph("came_before", tr("In the days before"), lines=2),
            own.factors(tr("What bore on it"), tr),
        ]

    def _after(self) -> list[Bound | Sequence[Bound]]:
        tr = self.tr_
        return [
            form.paragraph("response", tr("What was done, and by whom"), lines=2),
            [
                form.line("source", tr("Known from")),
                form.choice("part2", tr("Protected as substance use (Part 2)"), options(tr, Part2)),
            ],
        ]

    def faults(self) -> Mapping[str, str]:
        found = care_event_draft.faults(self.draft, self.desk.today())
        return {name: self.tr_(text) for name, text in found.items()}

    def save(self) -> None:
        if not self.ready(self.save_button):
            return
        act = Act(self.tr_("Save a turn of care"))
        args = (self._client_id, self.draft, self._event_id, self.keeper.key)
        doing = self.desk.do(self, act, care_events.save, *args)
        self.close_after(doing, self.save_button, self.tr_("Kept on the map"))

    def _take_away(self) -> None:
        if self._event_id is None:
            return
        act = Act(self.tr_("Take a turn of care away"))
        doing = self.desk.do(self, act, care_events.take_away, self._event_id)
        self.close_after(doing, self.away, self.tr_("Taken away"), saved=False)


def open_care_event(
    desk: Desk, window: QWidget, client_id: int, event_id: int | None = None
) -> CareEventDialog:
    """Open a turn over the window, or a new one; where one is open already, give that."""
    standing = standing_open(window, CareEventDialog)
    if standing is not None:
        return standing
    dialog = CareEventDialog(desk, client_id, event_id)
    dialog.again = lambda desk, window: open_care_event(desk, window, client_id, event_id)
    open_over(window, dialog, dialog.keeper.place(dialog.field("what").editor))
    return dialog
