"""Paints goals: what each is, the client's words, and how far it has come."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from cmdesk.casework.goals import GoalRow
from cmdesk.rules.goal_codes import QUARTERS, WORKED_ON, GoalStatus
from cmdesk.ui import icons, look
from cmdesk.ui.desk import Desk
from cmdesk.ui.icons import Icon
from cmdesk.ui.parts import phrases
from cmdesk.ui.parts.veil import Veil
from cmdesk.ui.widgets import paint
from cmdesk.ui.widgets.meter import draw_steps

Index = QModelIndex | QPersistentModelIndex
HEIGHT, EDGE, METER, MARK = 78, 24, 62, 16
NEXT_TO = 2  # days within which a day is today or yesterday
LINES = ((10, "strong"), (31, "small"), (50, "small"))  # pixels from the top


class GoalWords:
    """What is said of a goal, to the eye and to the ear."""

    def __init__(self, desk: Desk) -> None:
        self._desk, self._veil = desk, Veil(desk)

    def name(self, row: GoalRow) -> str:
        return self._veil.text(row.form.name or row.form.words)

    def quote(self, row: GoalRow) -> str:
        words = row.form.words if row.form.name else ""
        return f"“{self._veil.text(words)}”" if words else ""

    def standing(self, row: GoalRow) -> str:
        """Say where it stands: how far while it is worked on, else its status."""
        tr, status = self._desk.words.tr, row.form.status
        if status == GoalStatus.ACTIVE and row.quarters is not None:
            done = row.quarters == len(QUARTERS) - 1
            return tr("Done, not closed yet") if done else tr(QUARTERS[row.quarters])
        return tr(GoalStatus(status).label) if status else ""

    def detail(self, row: GoalRow) -> str:
        """Say from where to where, by when, and when it last moved."""
        words, form = self._desk.words, row.form
        tr = words.tr
        span = ""
        if form.baseline and form.target:
            span = tr("From {start} to {end}").format(start=form.baseline, end=form.target)
        elif form.target:
            span = tr("To {end}").format(end=form.target)
        by = form.target_on
        moved = row.last.moved_on if row.last else None
        parts = (
            self._veil.text(" ".join(filter(None, (span, form.measure if span else "")))),
            tr("by {day}").format(day=words.month_day(by)) if by else "",
            tr("moved {day}").format(day=self._near(moved)) if moved else "",
        )
        told = phrases.BETWEEN.join(part for part in parts if part)
        return told[:1].upper() + told[1:]

    def _near(self, day: date) -> str:
        """Say a day within a sentence: `today`, `Friday`, `Mar 2`."""
        near = self._desk.words.near_day(day, self._desk.today())
        return near.lower() if abs((self._desk.today() - day).days) < NEXT_TO else near

    def sentence(self, row: GoalRow) -> str:
        parts = (self.name(row), self.quote(row), self.standing(row), self.detail(row))
        ends = ("." if not part.endswith(".”") else "" for part in parts)
        told = (f"{part}{end}" for part, end in zip(parts, ends, strict=True) if part)
        return " ".join(told)


class GoalDelegate(QStyledItemDelegate):
    """Paints one goal; `row_at(place)` gives them."""

    def __init__(self, desk: Desk, row_at: Callable[[int], GoalRow | None]) -> None:
        super().__init__()
        self.words = GoalWords(desk)
        self._row_at = row_at

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(look.px(240), look.px(HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = self._row_at(index.row())
        if row is None:
            return
        rect, state = paint.told(option)
        with paint.kept(painter):
            paint.row_ground(painter, rect, state)
            self._draw(painter, rect.adjusted(look.px(EDGE), 0, -look.px(EDGE), 0), row)
            if state & QStyle.StateFlag.State_HasFocus:
                paint.draw_ring(painter, rect.adjusted(1, 1, -1, -2), 6)

    def _draw(self, painter: QPainter, inside: QRect, row: GoalRow) -> None:
        over = row.form.status not in (*WORKED_ON, GoalStatus.PROPOSED)
        first, second, third = (
            QRect(inside.x(), inside.y() + look.px(top), inside.width(), look.px(18))
            for top, _ in LINES
        )
        standing = self.words.standing(row)
        paint.draw_text(painter, first, standing, "small", "text2", align=paint.RIGHT)
        right = first.right() - paint.text_width(standing, "small") - look.px(8)
        if row.form.status == GoalStatus.MET:
            place = paint.centred(first, look.px(MARK), look.px(MARK))
            place.moveRight(right)
            icons.draw(painter, Icon.CIRCLE_CHECK, place, look.colour("ok"))
            right -= look.px(MARK + 8)
        elif row.quarters is not None:
            right -= look.px(METER)
            place = QRect(right, first.y(), look.px(METER), first.height())
            draw_steps(painter, place, row.quarters)
            right -= look.px(8)
        first.setRight(right)
        paint.draw_text(painter, first, self.words.name(row), "strong", "text3" if over else "text")
        paint.draw_text(painter, second, self.words.quote(row), "small", "text2")
        paint.draw_text(painter, third, self.words.detail(row), "small", "text3")
