"""The few strokes every painted widget and delegate shares."""

from collections.abc import Generator, Sequence
from contextlib import contextmanager

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QWidget

from cmdesk.ui import look
from cmdesk.ui.tokens import Role

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTRE = Qt.AlignmentFlag.AlignCenter
RESTYLED = (QEvent.Type.StyleChange, QEvent.Type.FontChange, QEvent.Type.ApplicationFontChange)


@contextmanager
def kept(painter: QPainter) -> Generator[None]:
    """Give the painter back as it was, also when what is painted fails: Qt would crash over it."""
    painter.save()
    try:
        yield
    finally:
        painter.restore()


def told(option: QStyleOptionViewItem) -> tuple[QRect, QStyle.StateFlag]:
    """Give the place and the state of a row to paint, which Qt's stubs do not know of."""
    rect: QRect = option.rect  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType, reportUnknownVariableType] - not in the stubs
    state: QStyle.StateFlag = option.state  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType, reportUnknownVariableType] - not in the stubs
    return rect, state


def begin(widget: QWidget) -> QPainter:
    painter = QPainter(widget)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    return painter


def draw_box(
    painter: QPainter, rect: QRect | QRectF, ground: str, border: str = "", radius: float = 6
) -> None:
    """Fill a rounded box; its 1 px border lies inside `rect`. Empty names draw nothing."""
    inside = QRectF(rect)
    painter.setBrush(QColor(ground) if ground else Qt.BrushStyle.NoBrush)
    painter.setPen(Qt.PenStyle.NoPen)
    if border:
        inside.adjust(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(QColor(border), 1))
        radius -= 0.5
    painter.drawRoundedRect(inside, radius, radius)


def draw_ring(painter: QPainter, rect: QRect | QRectF, radius: float = 6) -> None:
    """Draw the 2 px focus ring just inside `rect`."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(look.colour("accent"), 2))
    painter.drawRoundedRect(QRectF(rect).adjusted(1, 1, -1, -1), radius - 1, radius - 1)


def row_ground(painter: QPainter, rect: QRect, state: QStyle.StateFlag) -> None:
    """Fill the ground of a row, by whether one is on it or points at it, and rule its foot."""
    if state & QStyle.StateFlag.State_Selected:
        painter.fillRect(rect, look.colour("selection"))
    elif state & QStyle.StateFlag.State_MouseOver:
        painter.fillRect(rect, look.colour("hover"))
    painter.fillRect(QRect(rect.x(), rect.bottom(), rect.width(), 1), look.colour("border"))


def text_width(text: str, role: Role, weight: int | None = None) -> int:
    return QFontMetrics(look.font(role, weight)).horizontalAdvance(text)


def lay_out(
    words: str,
    role: Role,
    width: float,
    *,
    weight: int | None = None,
    align: Qt.AlignmentFlag = LEFT,
    formats: Sequence[QTextLayout.FormatRange] = (),
) -> tuple[QTextLayout, int]:
    """Lay words out on as many lines as they need, at the design's height; answer that of all."""
    layout = QTextLayout(words.replace("\n", "\u2028"), look.font(role, weight))
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    option.setAlignment(align & Qt.AlignmentFlag.AlignHorizontal_Mask)
    layout.setTextOption(option)
    layout.setFormats(list(formats))
    tall, count = look.line_height(role), 0
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        line.setPosition(QPointF(0, count * tall + (tall - line.height()) / 2))
        count += 1
    layout.endLayout()
    return layout, max(1, count) * tall


def draw_lines(painter: QPainter, rect: QRect, words: str, role: Role, ink: str = "text") -> None:
    """Draw words from the top of `rect` on as many lines as they need."""
    layout, _ = lay_out(words, role, rect.width())
    painter.setPen(look.colour(ink))
    layout.draw(painter, QPointF(rect.topLeft()))


def draw_text(
    painter: QPainter,
    rect: QRect,
    text: str,
    role: Role = "body",
    ink: str = "text",
    *,
    align: Qt.AlignmentFlag = LEFT,
    weight: int | None = None,
    figures: bool = False,
) -> int:
    """Draw one line, shortened with an ellipsis to fit; answer the width it took."""
    face = look.font(role, weight)
    painter.setFont(look.numeric(face) if figures else face)
    painter.setPen(look.colour(ink))
    metrics = painter.fontMetrics()
    width = metrics.horizontalAdvance(text)
    if width > rect.width():
        text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        width = metrics.horizontalAdvance(text)
    painter.drawText(rect, align | Qt.TextFlag.TextSingleLine, text)
    return width


def centred(rect: QRect, width: int, height: int) -> QRect:
    """Give the box of this size in the middle of `rect`."""
    corner = QPoint(
        rect.x() + (rect.width() - width) // 2, rect.y() + (rect.height() - height) // 2
    )
    return QRect(corner.x(), corner.y(), width, height)
