"""One medicine as it was reported: what, how much, who prescribes it, and until when it lasts."""

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtWidgets import QWidget

from cmdesk.casework import medicines
from cmdesk.rules import medicine_draft
from cmdesk.rules.contact_codes import Part2
from cmdesk.rules.medicine_draft import MedicineForm
from cmdesk.store.journal import Label as Act
from cmdesk.ui import form
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.record_sheet import RecordSheet, Section, options
from cmdesk.ui.dialogs.sheet import standing_open
from cmdesk.ui.form import Bound
from cmdesk.ui.overlay import open_over
from cmdesk.ui.widgets.button import Button

WIDE: Final = 640


class MedicineDialog(RecordSheet[MedicineForm]):
    """A new medicine, or one there is. It is stopped by its day, never taken away."""

    def __init__(self, desk: Desk, client_id: int, medicine_id: int | None) -> None:
        tr = desk.words.tr
        key = f"medicine:{medicine_id}" if medicine_id else f"medicine:new:{client_id}"
        title = tr("Medicine") if medicine_id else tr("New medicine")
        super().__init__(desk, title, key, width=WIDE, client_id=client_id)
        self._client_id, self._medicine_id = client_id, medicine_id
        saved = desk.ask(medicines.read, medicine_id) if medicine_id else MedicineForm()
        self._names = desk.ask(medicines.prescribers, client_id, saved.prescriber_id)
        self.add(Section("", self._what()))
        self.add(Section(tr("How long"), self._how_long()))
        self.reason = self.add(Section("", [form.line("stop_reason", tr("Why it was stopped"))]))
        self.add(Section("", self._further()))
        self.save_button = Button(tr("Save"), "primary", keys="Ctrl+Return")
        self.foot_buttons((), self.save_button, self.save)
        self.begin(saved)

    def _what(self) -> list[Bound | Sequence[Bound]]:
        tr, name = self.tr_, self.desk.privacy.name
        people = [(number, name(each.full)) for number, each in self._names]
        by = [(None, tr("Not said")), *people]
        return [
            [
                form.line("name", tr("Medicine")),
                form.line("dose", tr("Dose"), placeholder=tr("20 mg")),
                form.line("frequency", tr("How often"), placeholder=tr("Every morning")),
            ],
            [
                form.line("purpose", tr("What for")),
                form.choice("prescriber_id", tr("Prescribed by"), by),
            ],
        ]

    def _how_long(self) -> list[Bound | Sequence[Bound]]:
        tr, words, today = self.tr_, self.desk.words, self.desk.today
        told = tr("Today tells you a month before.")
        return [
            [
                form.day("started_on", tr("Since"), today, words.short_day),
                form.day("supply_ends_on", tr("Supply ends"), today, words.short_day, hint=told),
                form.day("stopped_on", tr("Stopped on"), today, words.short_day),
            ]
        ]

    def _further(self) -> list[Bound | Sequence[Bound]]:
        tr = self.tr_
        return [
            [
                form.line("source", tr("Reported by")),
                form.choice("part2", tr("Protected as substance use (Part 2)"), options(tr, Part2)),
            ]
        ]

    def faults(self) -> Mapping[str, str]:
        found = medicine_draft.faults(self.draft, self.desk.today())
        return {name: self.tr_(text) for name, text in found.items()}

    def follow(self) -> None:
        self.reason.setVisible(self.draft.stopped_on is not None)

    def save(self) -> None:
        """Keep the medicine as typed."""
        if not self.ready(self.save_button):
            return
        act = Act(self.tr_("Save a medicine"))
        args = (self._client_id, self.draft, self._medicine_id, self.keeper.key)
        doing = self.desk.do(self, act, medicines.save, *args)
        self.close_after(doing, self.save_button, self.tr_("Medicine saved"))


def open_medicine(
    desk: Desk, window: QWidget, client_id: int, medicine_id: int | None = None
) -> MedicineDialog:
    """Open a medicine over the window, or a new one; where one is open already, give that."""
    standing = standing_open(window, MedicineDialog)
    if standing is not None:
        return standing
    dialog = MedicineDialog(desk, client_id, medicine_id)
    dialog.again = lambda desk, window: open_medicine(desk, window, client_id, medicine_id)
    open_over(window, dialog, dialog.keeper.place(dialog.field("name").editor))
    return dialog
