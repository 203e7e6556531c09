"""The medicines of a client: what is taken, until when each lasts, and what was stopped."""

from functools import partial
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from cmdesk.casework import clients, medicines
from cmdesk.casework.medicines import MedicineRow
from cmdesk.rules.agenda import ENDING_SOON
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.medicine import open_medicine
from cmdesk.ui.dialogs.sheet import Sheet, standing_open
from cmdesk.ui.icons import Icon
from cmdesk.ui.overlay import open_over
from cmdesk.ui.parts import phrases
from cmdesk.ui.tokens import Ink
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.card import column, row
from cmdesk.ui.widgets.label import Label

WIDE: Final = 560


class MedicinesDialog(Sheet):
    """Lists them; each opens in a dialog of its own."""

    def __init__(self, desk: Desk, client_id: int) -> None:
        called = desk.privacy.name(desk.ask(clients.head, client_id).name.called)
        title = desk.words.tr("Medicines of {name}").format(name=called)
        super().__init__(desk, title, width=WIDE)
        self._client_id = client_id
        whole = self.lay(QWidget())
        told = self.tr_("As reported. Nothing here is a prescription.")
        whole.addWidget(Label(told, "small", "text2", wrap=True))
        self._list = column(gap=8)
        whole.addLayout(self._list)
        whole.addStretch(1)
        self.changes: dict[int, Button] = {}
        self.add = Button(self.tr_("Add medicine"), "primary", icon=Icon.PLUS)
        self.add.clicked.connect(partial(self.open_one, None))
        self.leave = Button(self.tr_("Close"), "plain", keys="Esc")
        self.leave.clicked.connect(self.close_dialog)
        self.foot.addStretch(1)
        self.foot.addWidget(self.leave)
        self.foot.addWidget(self.add)
        self.show_all()

    def show_all(self) -> None:
        """Ask again what there is."""
        while item := self._list.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        self.changes = {}
        found = self.desk.ask(medicines.rows, self._client_id)
        for each in found:
            self._list.addWidget(self._row(each))
        if not found:
            self._list.addWidget(Label(self.tr_("None on record."), "body", "text2"))

    def _row(self, each: MedicineRow) -> QWidget:
        made = QWidget()
        across, lines = row(made, gap=12), column()
        stopped = each.stopped_on is not None
        named = phrases.BETWEEN.join(filter(None, (each.name, each.dose)))
        lines.addWidget(Label(named, "medium", "text2" if stopped else "text", wrap=True))
        said, ink = self.told(each)
        if said:
            lines.addWidget(Label(said, "small", ink, wrap=True))
        across.addLayout(lines, 1)
        change = Button(self.tr_("Change"), "link", size="small")
        change.setAccessibleName(self.tr_("Change: {name}").format(name=each.name))
        change.clicked.connect(partial(self.open_one, each.id))
        self.changes[each.id] = change
        across.addWidget(change, 0, Qt.AlignmentFlag.AlignTop)
        return made

    def told(self, each: MedicineRow) -> tuple[str, Ink]:
        """Say how often it is taken and how long it lasts, amber where that is soon."""
        tr, words, today = self.tr_, self.desk.words, self.desk.today()
        if each.stopped_on:
            return tr("Stopped {day}").format(day=words.short_day(each.stopped_on)), "text2"
        ends, ink = "", "text2"
        if each.supply_ends_on:
            day = words.short_day(each.supply_ends_on)
            over = each.supply_ends_on < today
            ends = (tr("Supply ended {day}") if over else tr("Supply ends {day}")).format(day=day)
            soon = (each.supply_ends_on - today).days <= ENDING_SOON
            ink = "crit" if over else "warn" if soon else "text2"
        return phrases.BETWEEN.join(filter(None, (each.frequency, ends))), ink

    def open_one(self, medicine: int | None, _checked: object = None) -> None:
        """Open one of them, or a new one, over the list."""
        dialog = open_medicine(self.desk, self, self._client_id, medicine)
        dialog.closed.connect(self.show_all)


def open_medicines(desk: Desk, window: QWidget, client_id: int) -> MedicinesDialog:
    """Open over the window; where it is open already, give that."""
    standing = standing_open(window, MedicinesDialog)
    if standing is not None:
        return standing
    dialog = MedicinesDialog(desk, client_id)
    open_over(window, dialog, next(iter(dialog.changes.values()), dialog.add))
    return dialog
