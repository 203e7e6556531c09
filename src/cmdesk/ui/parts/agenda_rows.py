"""Paints the page of a day: groups, and a line with its verb for each thing to do."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from cmdesk.casework.today import TodayRow
from cmdesk.rules.agenda import Group
from cmdesk.rules.contact_codes import Method
from cmdesk.ui import icons, look
from cmdesk.ui.desk import Desk
from cmdesk.ui.icons import Icon
from cmdesk.ui.parts import phrases
from cmdesk.ui.parts.veil import Veil
from cmdesk.ui.tokens import Ink
from cmdesk.ui.widgets import paint
from cmdesk.words import N_

Index = QModelIndex | QPersistentModelIndex
ROW, HEADING, FIRST_HEADING = 36, 46, 34
EDGE, GLYPH, TITLE, GAP = 8, 16, 39, 10  # pixels from the left of the list, and between words
VERB, DUE = 92, 88
CLIENT, WHY = 0.335, 0.46  # of the width

TITLES: Final = {
    Group.OVERDUE: N_("Overdue"),
    Group.TODAY: N_("Today"),
    Group.COMING: N_("Next 7 days"),
    Group.UPDATES_DUE: N_("Family updates"),
    Group.ENDING_SOON: N_("Ending soon"),
    Group.MOVES: N_("Moves ahead with gaps"),
    Group.REASSESS: N_("Time to reassess"),
    Group.WAITING: N_("Waiting on others"),
}
ICONS: Final = {
    "task": Icon.SQUARE_CHECK_BIG,
    "follow_up": Icon.PHONE,
    "candidate": Icon.PHONE,
    "referral": Icon.ROUTE,
    "records_request": Icon.FILE_TEXT,
    "records_wanted": Icon.FILE_TEXT,
    "placement": Icon.KANBAN,
    "cadence": Icon.PHONE,
    "inquiry": Icon.USER_PLUS,
    "update": Icon.MAIL,
    "uncovered": Icon.MAIL,
    "consent": Icon.FILE_PEN_LINE,
    "coming_of_age": Icon.FILE_PEN_LINE,
    "authorization": Icon.SHIELD_CHECK,
    "policy": Icon.SHIELD_CHECK,
    "medication": Icon.PILL,
    "document": Icon.FILE_TEXT,
    "licence": Icon.BOOK_CHECK,
    "move": Icon.ROUTE,
    "move_plan": Icon.ROUTE,
    "move_step": Icon.SQUARE_CHECK_BIG,
    "handoff": Icon.USERS,
    "first_visit": Icon.CALENDAR,
    "follow_up_day": Icon.TIMER,
    "stay_end": Icon.ROUTE,
    "engagement_review": Icon.REFRESH_CW,
    "safety_review": Icon.LIFE_BUOY,
    "insurance_review": Icon.SHIELD_CHECK,
    "appeal": Icon.SHIELD_ALERT,
    "stalled": Icon.PHONE_MISSED,
    "goal_stalled": Icon.FLAG,
    "rights_request": Icon.FILE_TEXT,
    "privacy_incident": Icon.SHIELD_ALERT,
    "letter_back": Icon.MAIL,
    "letter_unsent": Icon.MAIL,
    "letter_hours": Icon.MAIL,
}
VERBS: Final = {
    "task": N_("Mark done"),
    "follow_up": N_("Log contact"),
    "candidate": N_("Log contact"),
    "referral": N_("Open"),
    "records_request": N_("Chase"),
    "records_wanted": N_("Open"),
    "placement": N_("See search"),
    "cadence": N_("Log contact"),
    "inquiry": N_("Answer"),
    "update": N_("Write"),
    "uncovered": N_("See consents"),
    "consent": N_("Renew"),
    "coming_of_age": N_("See consents"),
    "authorization": N_("See coverage"),
    "policy": N_("Renew"),
    "medication": N_("Log contact"),
    "document": N_("Open"),
    "licence": N_("Open settings"),
    "move": N_("Plan the move"),
    "move_plan": N_("Close gaps"),
    "move_step": N_("See plan"),
    "handoff": N_("See plan"),
    "first_visit": N_("See plan"),
    "follow_up_day": N_("See plan"),
    "stay_end": N_("Close stay"),
    "engagement_review": N_("Review"),
    "safety_review": N_("Review"),
    "insurance_review": N_("Review"),
    "appeal": N_("See coverage"),
    "stalled": N_("Log contact"),
    "goal_stalled": N_("See goals"),
    "rights_request": N_("Open"),
    "privacy_incident": N_("Open"),
    "letter_back": N_("See letter"),
    "letter_unsent": N_("See letter"),
    "letter_hours": N_("Write"),
}
BY_METHOD: Final[dict[str, str]] = {
    Method.PHONE: N_("Log call"),
    Method.VIDEO: N_("Log call"),
    Method.VOICEMAIL: N_("Log call"),
    Method.TEXT: N_("Log message"),
    Method.E_MAIL: N_("Log message"),
    Method.SECURE_MESSAGE: N_("Log message"),
    Method.IN_PERSON: N_("Log meeting"),
}
LOGGED: Final = ("follow_up", "cadence")


def columns(width: int, client: str) -> tuple[int, int, int]:
    """Give where title, name and reason begin, in pixels: what gives way to a name is the rest."""
    at = round(width * CLIENT)
    named = at + paint.text_width(client, "body") + look.px(GAP)
    return look.px(TITLE), at, max(round(width * WHY), named)


class AgendaDelegate(QStyledItemDelegate):
    """Paints one row; `row_at(place)` gives them, `size_of(group)` how many a group has.

    The row one is on has its verb as a button.
    """

    def __init__(
        self,
        desk: Desk,
        row_at: Callable[[int], TodayRow | None],
        size_of: Callable[[Group], int],
    ) -> None:
        super().__init__()
        self._desk, self._row_at, self._size_of = desk, row_at, size_of
        self._veil = Veil(desk)

    def begins_group(self, place: int) -> bool:
        row, before = self._row_at(place), self._row_at(place - 1) if place else None
        return row is not None and (before is None or before.group != row.group)

    def heading(self, place: int) -> int:
        """Give the height of the heading above a row, 0 where none stands."""
        if not self.begins_group(place):
            return 0
        return look.px(HEADING if place else FIRST_HEADING)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(look.px(400), look.px(ROW) + self.heading(index.row()))

    def verb(self, row: TodayRow) -> str:
        words = BY_METHOD.get(row.method, VERBS[row.kind]) if row.kind in LOGGED else None
        if row.kind == "records_request" and row.group == Group.WAITING:
            words = N_("Open")
        if row.begun and row.kind == "update":
            words = N_("Continue")
        return self._desk.words.tr(words or VERBS[row.kind])

    def icon(self, row: TodayRow) -> Icon:
        by_method = phrases.METHOD_ICONS.get(row.method) if row.kind in LOGGED else None
        return by_method or ICONS[row.kind]

    def on_verb(self, rect: QRect, place: int, point: QPoint) -> bool:
        """Say whether a point of the list lies on the verb of a row."""
        line = rect.adjusted(0, self.heading(place), 0, 0)
        return self._verb_box(line).contains(point)

    def _verb_box(self, line: QRect) -> QRect:
        wide = look.px(VERB)
        return QRect(line.right() + 1 - wide, line.y() + 3, wide, line.height() - 6)

    def when(self, row: TodayRow) -> tuple[str, str]:
        """Say when it is due, and in which ink; of what waits, the reason says for how long."""
        if row.group == Group.WAITING:
            return "", "text2"
        today = self._desk.today()
        ink = phrases.due_ink(row.due, today)
        if row.group == Group.ENDING_SOON and row.due < today:
            return self._desk.words.tr("Ended"), "crit"
        if row.group == Group.ENDING_SOON and (row.due - today).days < 7:
            ink = "warn"
        if row.group == Group.MOVES and row.due >= today:
            ink = "warn"
        return phrases.due(self._desk.words, row.due, today), ink

    def cells(self, row: TodayRow) -> tuple[str, str, str]:
        """Give title, client and reason as they may be shown now."""
        client = self._desk.privacy.name(row.client.full) if row.client else ""
        return self._veil.text(row.title), client, self._veil.text(row.why)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = self._row_at(index.row())
        if row is None:
            return
        rect, state = paint.told(option)
        with paint.kept(painter):
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            above = self.heading(index.row())
            if above:
                self._draw_heading(painter, QRect(rect.x(), rect.y(), rect.width(), above), row)
            line = rect.adjusted(0, above, 0, 0)
            chosen = bool(state & QStyle.StateFlag.State_Selected)
            if chosen:
                tokens = look.tokens()
                paint.draw_box(painter, line.adjusted(0, 1, 0, -1), tokens.selection, radius=6)
            else:
                edge = QRect(line.x() + look.px(EDGE), line.bottom(), line.width(), 1)
                painter.fillRect(edge, look.colour("border"))
            if state & QStyle.StateFlag.State_HasFocus:
                paint.draw_ring(painter, line.adjusted(0, 1, 0, -1), 6)
            self._draw_row(painter, line, row, chosen=chosen)

    def _draw_heading(self, painter: QPainter, place: QRect, row: TodayRow) -> None:
        words = self._desk.words.tr(TITLES[row.group])
        line = place.adjusted(look.px(EDGE), place.height() - look.px(30), 0, -look.px(8))
        ink: Ink = "crit" if row.group == Group.OVERDUE else "text"
        took = paint.draw_text(painter, line, words, "strong", ink)
        line.setLeft(line.x() + took + look.px(8))
        paint.draw_text(painter, line, str(self._size_of(row.group)), "body", "text2")
        rule = QRect(place.x() + look.px(EDGE), place.bottom(), place.width(), 1)
        painter.fillRect(rule, look.colour("border"))

    def _draw_row(self, painter: QPainter, line: QRect, row: TodayRow, *, chosen: bool) -> None:
        title, client, why = self.cells(row)
        glyph = paint.centred(
            QRect(line.x() + look.px(EDGE), line.y(), look.px(GLYPH), line.height()),
            look.px(GLYPH),
            look.px(GLYPH),
        )
        icons.draw(painter, self.icon(row), glyph, look.colour("text2"))
        right = self._verb_box(line).left() - look.px(8)
        due_left = right - look.px(DUE)
        starts = columns(line.width(), client)
        ends = (starts[1], starts[2], due_left - line.x())
        for text, start, end, role, ink in zip(
            (title, client, why),
            starts,
            ends,
            ("medium", "body", "body"),
            ("text", "text2", "text2"),
            strict=True,
        ):
            place = QRect(line.x() + start, line.y(), end - start - look.px(GAP), line.height())
            if place.width() > 0:
                paint.draw_text(painter, place, text, role, ink)
        when, ink = self.when(row)
        place = QRect(due_left, line.y(), right - due_left, line.height())
        paint.draw_text(painter, place, when, "small", ink, align=paint.RIGHT)
        self._draw_verb(painter, self._verb_box(line), self.verb(row), chosen=chosen)

    def _draw_verb(self, painter: QPainter, box: QRect, verb: str, *, chosen: bool) -> None:
        if chosen:
            inside = box.adjusted(0, 0, -look.px(3), 0)
            paint.draw_box(painter, inside, look.tokens().fill, radius=6)
            paint.draw_text(painter, inside, verb, "small_strong", "on_fill", align=paint.CENTRE)
        else:
            place = box.adjusted(0, 0, -look.px(8), 0)
            paint.draw_text(painter, place, verb, "small_strong", "accent", align=paint.RIGHT)
