"""A date is typed the way people write it; the calendar is there for those who like to look."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QDate, QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QCalendarWidget, QFrame, QLineEdit, QWidget

from cmdesk.errors import Problem
from cmdesk.ui import look
from cmdesk.ui.icons import Icon
from cmdesk.ui.widgets.button import IconButton
from cmdesk.ui.widgets.card import column
from cmdesk.ui.widgets.field import restyle
from cmdesk.ui.widgets.typed_date import read_date


def _plain_text(day: date) -> str:
    return f"{day:%b} {day.day}, {day.year}"


class DateField(QLineEdit):
    """Signals `picked(object)`, a date or None, and `faulty(str)`: what is wrong, or nothing."""

    picked = Signal(object)
    faulty = Signal(str)

    def __init__(
        self,
        today: Callable[[], date],
        *,
        show: Callable[[date], str] = _plain_text,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._today, self._show = today, show
        self._day: date | None = None
        self.fault = ""
        self.setAccessibleName(name)
        self._button = IconButton(Icon.CALENDAR, name or "Calendar", "inside", parent=self)
        self._button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._button.setCursor(Qt.CursorShape.ArrowCursor)
        self._button.clicked.connect(self.open_calendar)
        self.textEdited.connect(self._on_edited)
        self._make_room()

    @property
    def day(self) -> date | None:
        """The date as it stands; None when empty or not a date."""
        return self._day

    def set_day(self, day: date | None) -> None:
        """Show a date. Silent: this is not the user's doing."""
        self._day, self.fault = day, ""
        self.setText(self._written(day) if day else "")
        restyle(self, "bad", "false")

    def _read(self) -> date | None:
        """Read what is typed. Raises Problem, in words for the field, when it is no date."""
        return read_date(self.text(), self._today())

    def _written(self, day: date) -> str:
        return self._show(day)

    def check(self) -> bool:
        """Read what is typed, say what is wrong; true when it is a date or empty."""
        try:
            self._day, self.fault = self._read(), ""
        except Problem as problem:
            self._day, self.fault = None, problem.message
        restyle(self, "bad", "true" if self.fault else "false")
        self.faulty.emit(self.fault)
        return not self.fault

    def refuse(self, why: str) -> None:
        """Say why the day that was read can't be taken."""
        self.fault = why
        restyle(self, "bad", "true")
        self.faulty.emit(why)

    def open_calendar(self) -> None:
        """Show a month to pick from, under the field."""
        sheet = QFrame(self, Qt.WindowType.Popup)
        sheet.setProperty("kind", "dialog")
        sheet.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        month = QCalendarWidget(sheet)
        month.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        month.setAccessibleName(self.accessibleName())
        day = self._day or self._today()
        month.setSelectedDate(QDate(day.year, day.month, day.day))
        column(sheet, edge=8).addWidget(month)
        month.activated.connect(self._on_day_chosen)
        month.clicked.connect(self._on_day_chosen)
        month.activated.connect(sheet.close)
        month.clicked.connect(sheet.close)
        sheet.move(self.mapToGlobal(QPoint(0, self.height() + 4)))
        sheet.show()
        month.setFocus()

    def _on_day_chosen(self, chosen: QDate) -> None:
        self.set_day(date(chosen.year(), chosen.month(), chosen.day()))
        self.faulty.emit("")
        self.picked.emit(self._day)

    def _on_edited(self) -> None:
        """Read along; what is half typed is not called wrong before the field is left."""
        try:
            day = self._read()
        except Problem:
            return
        self._day, self.fault = day, ""
        restyle(self, "bad", "false")
        self.faulty.emit("")
        self.picked.emit(day)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self.check() and self._day:
            self.setText(self._written(self._day))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()), 0)
        if event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.open_calendar()
        elif step and self._day:
            self.set_day(date.fromordinal(self._day.toordinal() + step))
            self.picked.emit(self._day)
        else:
            super().keyPressEvent(event)

    def _make_room(self) -> None:
        self.setTextMargins(0, 0, look.px(24), 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        side = self._button.width()
        self._button.move(self.width() - side - 4, (self.height() - side) // 2)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._make_room()
