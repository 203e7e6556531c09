"""One set of line icons, tinted with a token when they are drawn."""

from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from cmdesk.ui import look
from cmdesk.ui.tokens import Ink

FOLDER = Path(__file__).parents[1] / "resources" / "icons"
STROKE = b'stroke-width="2"'


class Icon(StrEnum):
    """Every icon there is, by the name of its file."""

    ARCHIVE = "archive"
    ARROW_BIG_UP = "arrow-big-up"
    ARROW_LEFT = "arrow-left"
    BELL = "bell"
    BOOK_CHECK = "book-check"
    BOOK_OPEN = "book-open"
    BUILDING_COMPLEX = "building-complex"
    CALENDAR = "calendar"
    CHART_LINE = "chart-line"
    CHECK = "check"
    CHEVRON_DOWN = "chevron-down"
    CHEVRON_LEFT = "chevron-left"
    CHEVRON_RIGHT = "chevron-right"
    CHEVRON_UP = "chevron-up"
    CIRCLE_ALERT = "circle-alert"
    CIRCLE_CHECK = "circle-check"
    CIRCLE_QUESTION_MARK = "circle-question-mark"
    CLIPBOARD_LIST = "clipboard-list"
    CMDESK = "cmdesk"
    CORNER_DOWN_RIGHT = "corner-down-right"
    ELLIPSIS = "ellipsis"
    EYE = "eye"
    EYE_OFF = "eye-off"
    FILE_OUTPUT = "file-output"
    FILE_PEN_LINE = "file-pen-line"
    FILE_TEXT = "file-text"
    FLAG = "flag"
    FOOTPRINTS = "footprints"
    HARD_DRIVE = "hard-drive"
    HISTORY = "history"
    INFO = "info"
    KANBAN = "kanban"
    KEYBOARD = "keyboard"
    LIFE_BUOY = "life-buoy"
    LIST_CHECKS = "list-checks"
    LOCK = "lock"
    MAIL = "mail"
    MAP_PIN = "map-pin"
    MESSAGE_SQUARE = "message-square"
    PALETTE = "palette"
    PEN_LINE = "pen-line"
    PENCIL = "pencil"
    PHONE = "phone"
    PHONE_MISSED = "phone-missed"
    PILL = "pill"
    PLUS = "plus"
    PRINTER = "printer"
    RECEIPT = "receipt"
    REFRESH_CW = "refresh-cw"
    ROTATE_CCW = "rotate-ccw"
    ROUTE = "route"
    SEARCH = "search"
    SETTINGS = "settings"
    SHIELD_ALERT = "shield-alert"
    SHIELD_CHECK = "shield-check"
    SLIDERS_HORIZONTAL = "sliders-horizontal"
    SQUARE_CHECK_BIG = "square-check-big"
    STAR = "star"
    SUN = "sun"
    TAGS = "tags"
    TEXT_QUOTE = "text-quote"
    TIMER = "timer"
    TRIANGLE_ALERT = "triangle-alert"
    USER = "user"
    USER_PLUS = "user-plus"
    USERS = "users"
    VIDEO = "video"
    X = "x"
    ZOOM_IN = "zoom-in"


@lru_cache(maxsize=512)
def pixmap(icon: Icon, ink: str, size: int, ratio: float, stroke: float = 1.75) -> QPixmap:
    """Draw the icon in a colour (`#RRGGBB`), `size` logical pixels square, for one pixel ratio."""
    # The set is drawn 2 wide on 24; the design asks for 1.75.
    svg = (FOLDER / f"{icon}.svg").read_bytes().replace(b"currentColor", ink.encode())
    svg = svg.replace(STROKE, f'stroke-width="{stroke}"'.encode())
    drawn = QPixmap(round(size * ratio), round(size * ratio))
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(QByteArray(svg)).render(painter, QRectF(drawn.rect()))
    painter.end()
    drawn.setDevicePixelRatio(ratio)
    return drawn


def forget() -> None:
    """Drop every drawn icon: the colours have changed."""
    pixmap.cache_clear()


def draw(painter: QPainter, icon: Icon, rect: QRect, ink: QColor, *, stroke: float = 1.75) -> None:
    """Draw the icon into the middle of `rect`, as large as its shorter side."""
    size = min(rect.width(), rect.height())
    ratio = painter.device().devicePixelRatio()
    corner = rect.center() - QPoint((size - 1) // 2, (size - 1) // 2)
    painter.drawPixmap(corner, pixmap(icon, ink.name(), size, ratio, stroke))


class _Engine(QIconEngine):
    """Asks for its colour each time it paints, so that a theme change needs no reloading."""

    def __init__(self, icon: Icon, off: Ink, on: Ink) -> None:
        super().__init__()
        self._icon = icon
        self._off: Ink = off
        self._on: Ink = on

    def _colour(self, mode: QIcon.Mode, state: QIcon.State) -> QColor:
        if mode == QIcon.Mode.Disabled:
            return look.colour("text3")
        return look.colour(self._on if state == QIcon.State.On else self._off)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        draw(painter, self._icon, rect, self._colour(mode, state))

    def scaledPixmap(
        self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float
    ) -> QPixmap:
        # `size` is in logical pixels: taken for device pixels, icons are too small and blurred.
        side = min(size.width(), size.height())
        return pixmap(self._icon, self._colour(mode, state).name(), side, scale)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def clone(self) -> QIconEngine:
        return _Engine(self._icon, self._off, self._on)


def icon(icon: Icon, ink: Ink = "text2", on: Ink | None = None) -> QIcon:
    """Make an icon in a token's colour for buttons and actions; `on` is its colour when checked."""
    return QIcon(_Engine(icon, ink, on or ink))
