"""What was promised, and by when: a few days are one press away, any other is typed."""

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cmdesk.ui import look
from cmdesk.ui.icons import Icon
from cmdesk.ui.widgets.card import column, row
from cmdesk.ui.widgets.date_field import DateField
from cmdesk.ui.widgets.field import Field, line_edit
from cmdesk.ui.widgets.segmented import Segment, Segmented
from cmdesk.ui.widgets.wrap_row import wrap_row
from cmdesk.words import Words

OTHER = "date"
WEEK = 7


def days_offered(today: date) -> dict[str, date]:
    """Give today, tomorrow, next Monday (Thursday, when that is one of the others), in a week."""
    monday = today + timedelta(days=WEEK - today.weekday())
    if (monday - today).days in (1, WEEK):
        monday = today + timedelta(days=(3 - today.weekday() - 1) % WEEK + 1)
    return {
        "today": today,
        "tomorrow": today + timedelta(days=1),
        "weekday": monday,
        "week": today + timedelta(days=WEEK),
    }


class FollowUp(QWidget):
    """Signal `edited()`. Without words there is no follow-up, whatever day is picked."""

    edited = Signal()

    def __init__(self, words: Words, today: Callable[[], date]) -> None:
        super().__init__()
        tr = words.tr
        self._words, self._today = words, today
        self._days = days_offered(today())
        whole = wrap_row(self, gap=12)
        self.what = line_edit()
        self.what.textEdited.connect(self._on_typed)
        self.field = Field(tr("Follow up"), self.what)
        when = QWidget()
        lines = column(when)
        self.when = Segmented(self._segments(), tr("When"))
        self.when.chosen.connect(self._on_chosen)
        self.day = DateField(today, show=words.short_day, name=tr("Follow up on"))
        self.day.picked.connect(self._on_picked)
        look.hold_width(self.day, 132)
        self.day.hide()
        side = row(gap=8)
        side.addWidget(self.when)
        side.addWidget(self.day)
        lines.addLayout(side)
        self.when_field = Field(tr("When"), when)
        whole.addWidget(self.field, 1)
        whole.addWidget(self.when_field)
        self.when.choose("tomorrow")

    def _segments(self) -> list[Segment]:
        tr = self._words.tr
        return [
            Segment("today", tr("Today")),
            Segment("tomorrow", tr("Tomorrow")),
            Segment("weekday", self._words.weekday(self._days["weekday"])),
            Segment("week", tr("In a week")),
            Segment(OTHER, tr("Date"), icon=Icon.CALENDAR),
        ]

    @property
    def text(self) -> str:
        return self.what.text()

    @property
    def due(self) -> date | None:
        """The day, if there is anything to do."""
        if not self.text.strip():
            return None
        return self.day.day if self.when.current == OTHER else self._days[self.when.current]

    @property
    def fault(self) -> str:
        """What is wrong with a typed day; a promise without one would stand on no page."""
        if self.when.current != OTHER or not self.text.strip():
            return ""
        if not self.day.check():
            return self.day.fault
        return "" if self.day.day else self._words.tr("On which day?")

    def load(self, text: str, due: date | None) -> None:
        """Show a follow-up. Silent: this is not the user's doing."""
        self.what.setText(text)
        near = next((key for key, day in self._days.items() if day == due), None)
        if due is None:
            near = OTHER if text else "tomorrow"
        self.when.choose(near or OTHER)
        self.day.set_day(None if near else due)
        self.day.setVisible(self.when.current == OTHER)
        self._remark()

    def _remark(self) -> None:
        """Say that a day has passed, and keep it."""
        due = self.due
        if due is not None and due < self._today():
            past = self._words.tr("This day has passed. It stays as it is.")
            self.when_field.remark.say(past, "warn", Icon.TRIANGLE_ALERT)
        else:
            self.when_field.say_fault("")

    def _on_typed(self) -> None:
        self._changed()

    def _on_chosen(self, key: str) -> None:
        self.day.setVisible(key == OTHER)
        if key == OTHER:
            self.day.setFocus()
        self._changed()

    def _on_picked(self, _day: date | None) -> None:
        self._changed()

    def _changed(self) -> None:
        self._remark()
        self.edited.emit()
