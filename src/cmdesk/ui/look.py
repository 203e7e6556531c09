"""What painters read: the tokens and the text scale in force, set by the theme alone."""

from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QWidget

from cmdesk.ui.tokens import FACES, LIGHT, Role, Tokens

HELD, HELD_TALL = "held_width", "held_height"
UNBOUNDED = (1 << 24) - 1  # pixels: Qt's own greatest width


class Look:
    """The one appearance of this process, like Qt's own palette: tokens, and scale in per cent."""

    tokens: Tokens = LIGHT
    scale: int = 100


def tokens() -> Tokens:
    """Give the colours in force. Read them when painting, never keep them."""
    return Look.tokens


def px(pixels: float) -> int:
    """Pixels of the design at the text scale in force."""
    return round(pixels * Look.scale / 100)


def colour(name: str) -> QColor:
    """Give a token as a colour to paint with."""
    return QColor(getattr(Look.tokens, name))


def font(role: Role, weight: int | None = None) -> QFont:
    """Give the face of this role at the text scale in force."""
    face = FACES[role]
    made = QFont("Inter")
    made.setPixelSize(px(face.size))
    made.setWeight(QFont.Weight(weight or face.weight))
    if face.spacing:
        made.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, face.spacing * px(face.size))
    return made


def numeric(face: QFont) -> QFont:
    """Give the same face with figures of one width, for columns of numbers only."""
    made = QFont(face)
    made.setFeature(QFont.Tag("tnum"), 1)
    return made


def hold_width(widget: QWidget, pixels: int) -> None:
    """Give a widget this width at 100 %; the theme gives it again when the text size changes."""
    widget.setProperty(HELD, pixels)
    widget.setFixedWidth(px(pixels))


def let_go(widget: QWidget) -> None:
    """Take back the width a widget was promised: it is as wide as its place again."""
    widget.setProperty(HELD, None)
    widget.setMinimumWidth(0)
    widget.setMaximumWidth(UNBOUNDED)


def hold_height(widget: QWidget, pixels: int) -> None:
    """Give a widget this height at 100 %, and again when the text size changes."""
    widget.setProperty(HELD_TALL, pixels)
    widget.setFixedHeight(px(pixels))


def hold_again(widget: QWidget) -> None:
    """Give a widget the size it was promised, at the text scale now in force."""
    wide, tall = widget.property(HELD), widget.property(HELD_TALL)
    if wide is not None:
        widget.setFixedWidth(px(wide))
    if tall is not None:
        widget.setFixedHeight(px(tall))


def line_height(role: Role) -> int:
    return px(FACES[role].line)
