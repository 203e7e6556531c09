"""Put a row of Today off until a day."""

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtWidgets import QWidget

from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.sheet import Sheet, standing_open
from cmdesk.ui.overlay import open_over
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.date_field import DateField
from cmdesk.ui.widgets.field import Field

WIDE = 420


class SnoozeDialog(Sheet):
    """Asks for a day to come and hands it on."""

    def __init__(self, desk: Desk, put_off: Callable[[date], object]) -> None:
        super().__init__(desk, desk.words.tr("Put this off"), width=WIDE)
        self._put_off = put_off
        whole = self.lay(QWidget())
        self.until = DateField(desk.today, show=desk.words.short_day, name=self.tr_("Until"))
        self.until.set_day(desk.today() + timedelta(days=7))
        hint = self.tr_("It is back on Today then. Try “fri” or “mar 18”.")
        self.field = Field(self.tr_("Until"), self.until, hint=hint)
        whole.addWidget(self.field)
        self.cancel = Button(self.tr_("Cancel"), "plain", keys="Esc")
        self.save = Button(self.tr_("Put off"), "primary", keys="Ctrl+Return")
        self.foot.addStretch(1)
        self.foot.addWidget(self.cancel)
        self.foot.addWidget(self.save)
        self.cancel.clicked.connect(self.close_dialog)
        self.save.clicked.connect(self.finish)
        self.until.returnPressed.connect(self.finish)
        self.on_finish(self.finish)

    def finish(self) -> None:
        sound = self.until.check()
        day = self.until.day
        fault = self.until.fault
        if sound and (day is None or day <= self.desk.today()):
            fault = self.tr_("Give a day to come.")
        self.field.say_fault(fault)
        if fault or day is None:
            self.go_to(self.until)
            return
        self._put_off(day)
        self.close_dialog()


def open_snooze(desk: Desk, parent: QWidget, put_off: Callable[[date], object]) -> SnoozeDialog:
    """Open over the window `parent` is in; `put_off` is given the day."""
    standing = standing_open(parent, SnoozeDialog)
    if standing is not None:
        return standing
    dialog = SnoozeDialog(desk, put_off)
    open_over(parent, dialog, dialog.until)
    dialog.until.selectAll()
    return dialog
