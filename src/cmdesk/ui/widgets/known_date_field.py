"""A date of which no more than its month or its year may be known, typed the way people say it."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QKeyEvent

from cmdesk.errors import Problem
from cmdesk.rules import known_day
from cmdesk.rules.known_day import Known
from cmdesk.ui.widgets.date_field import DateField
from cmdesk.ui.widgets.typed_date import EXAMPLE

ROUGH_EXAMPLE = "Write a date like 3/18/2021, or Mar 2021, or 2021."


class KnownDateField(DateField):
    """Its `day` is the first of what is meant; `known` says how exactly that is known."""

    def __init__(
        self, today: Callable[[], date], *, show: Callable[[date], str], example: str
    ) -> None:
        super().__init__(today, show=show)
        self.known = Known.DAY
        self.setPlaceholderText(example)

    def _read(self) -> date | None:
        if rough := known_day.read(self.text()):
            day, self.known = rough
            return day
        try:
            day = super()._read()
        except Problem as problem:
            if problem.message == EXAMPLE:
                raise Problem(ROUGH_EXAMPLE) from None
            raise
        self.known = Known.DAY
        return day

    def _written(self, day: date) -> str:
        return known_day.said(day, self.known, super()._written, known_day.in_month)

    def _on_day_chosen(self, chosen: QDate) -> None:
        self.known = Known.DAY
        super()._on_day_chosen(chosen)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step from day to day, where it is a day."""
        steps = Qt.Key(event.key()) in (Qt.Key.Key_Up, Qt.Key.Key_Down)
        opens = event.modifiers() & Qt.KeyboardModifier.AltModifier
        if steps and not opens and self.known is not Known.DAY:
            event.ignore()
        else:
            super().keyPressEvent(event)


__all__ = ["KnownDateField"]
