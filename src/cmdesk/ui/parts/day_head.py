"""Above the day's list: which day it is, what it holds in one sentence, and what is counted."""

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QSizePolicy, QWidget

from cmdesk.casework.today import TodayRow
from cmdesk.rules.agenda import Group
from cmdesk.ui import look
from cmdesk.ui.desk import Desk
from cmdesk.ui.icons import Icon
from cmdesk.ui.parts.agenda_rows import TITLES
from cmdesk.ui.widgets import paint
from cmdesk.ui.widgets.button import Button, pressed_by
from cmdesk.ui.widgets.card import column
from cmdesk.ui.widgets.label import Label
from cmdesk.ui.widgets.segmented import Segment, Segmented
from cmdesk.ui.widgets.wrap_row import wrap_row
from cmdesk.words import N_

WEEK: Final = 7  # days ahead
URGENT: Final = (Group.OVERDUE, Group.TODAY)
NUMBERS: Final = (
    *(N_("No"), N_("One"), N_("Two"), N_("Three"), N_("Four"), N_("Five")),
    *(N_("Six"), N_("Seven"), N_("Eight"), N_("Nine"), N_("Ten")),
)
SHORT: Final = TITLES | {Group.MOVES: N_("Moves with gaps"), Group.REASSESS: N_("Reassess")}


class Jump(QAbstractButton):
    """A group of the list and how many stand in it; a press leads there."""

    def __init__(self, words: str, count: int, *, hot: bool) -> None:
        super().__init__()
        self._count, self._hot = str(count), hot
        self.setText(words)
        self.setAccessibleName(f"{words}, {count}")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        wide = paint.text_width(self.text(), "medium") + look.px(4)
        return QSize(wide + paint.text_width(self._count, "strong") + 1, look.px(28))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = paint.begin(self)
        ink = "crit" if self._hot else "text" if self.underMouse() else "text2"
        took = paint.draw_text(painter, self.rect(), self.text(), "medium", ink)
        place = QRect(took + look.px(4), 0, self.width(), self.height())
        paint.draw_text(painter, place, self._count, "strong", "crit" if self._hot else "text")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not pressed_by(self, event):
            super().keyPressEvent(event)


class Jumps(QWidget):
    """The groups in a row. Signals `jumped(int)`: the place of a group's first row."""

    jumped = Signal(int)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._tr = desk.words.tr
        self._row = wrap_row(self, gap=20, lead=0)

    def show_groups(self, listed: Sequence[TodayRow]) -> None:
        while item := self._row.takeAt(0):
            widget = item.widget()
            if widget:
                widget.hide()
                widget.deleteLater()
        for group in Group:
            places = [each.id for each in listed if each.group == group]
            if places:
                hot = group == Group.OVERDUE
                jump = Jump(self._tr(SHORT[group]), len(places), hot=hot)
                jump.clicked.connect(partial(self._on_pressed, places[0]))
                self._row.addWidget(jump)
        self._row.addStretch(1)

    def _on_pressed(self, place: int, _checked: object = None) -> None:
        self.jumped.emit(place)


class DayHead(QFrame):
    """Signals `looked_ahead(int)`: for how many days; `task_asked`."""

    looked_ahead = Signal(int)
    task_asked = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        tr = desk.words.tr
        self._title = Label("", "title")
        self._summary = Label("", "body", "text2", wrap=True)
        self.span = Segmented(
            [Segment("0", tr("Today")), Segment(str(WEEK), tr("Next 7 days"))], tr("How far ahead")
        )
        self.span.chosen.connect(self._on_span)
        self.task = Button(tr("Task"), icon=Icon.PLUS)
        self.task.setAccessibleName(tr("New task"))
        self.task.clicked.connect(self.task_asked)
        across = wrap_row(self, gap=12)
        across.setContentsMargins(24, 20, 24, 0)
        lines = QWidget()
        told = column(lines, gap=2)
        told.addWidget(self._title)
        told.addWidget(self._summary)
        across.addWidget(lines, 1)
        across.addWidget(self.span)
        across.addWidget(self.task)

    @property
    def ahead(self) -> int:
        """For how many days one looks ahead."""
        return int(self.span.current)

    def _on_span(self, days: str) -> None:
        self.looked_ahead.emit(int(days))

    def show_day(self) -> None:
        self._title.setText(self._desk.words.full_day(self._desk.today()))

    def tell(self, listed: Sequence[TodayRow]) -> None:
        self._summary.setText(self.said(listed))

    def said(self, listed: Sequence[TodayRow]) -> str:
        """Say how much is to be done today, and where to begin."""
        words = self._desk.words
        urgent = sum(each.group in URGENT for each in listed)
        late = [each for each in listed if each.group == Group.OVERDUE]
        if not urgent:
            return words.tr("Nothing has to be done today.")
        many = words.ntr("One thing for today.", "{n} things for today.", urgent)
        said = many.format(n=self._number(urgent))
        if not late:
            return said
        overdue = words.ntr("One is overdue", "{n} are overdue", len(late))
        told = overdue.format(n=self._number(len(late)))
        first = late[0].whom or late[0].client
        if first is None:
            return f"{said} {told}."
        begin = words.tr("{overdue}; start with {name}.")
        return f"{said} {begin.format(overdue=told, name=self._desk.privacy.name(first.full))}"

    def _number(self, count: int) -> str:
        return self._desk.words.tr(NUMBERS[count]) if count < len(NUMBERS) else str(count)
