"""Buttons: one filled per view, the rest outline or text; an icon button always has a name."""

from typing import Literal, NamedTuple

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QPushButton, QSizePolicy, QToolButton, QWidget

from cmdesk.ui import icons, look
from cmdesk.ui.icons import Icon
from cmdesk.ui.tokens import Ink, Role
from cmdesk.ui.widgets import paint
from cmdesk.ui.widgets.key_cap import draw_key_cap, key_cap_width, shown_keys

Kind = Literal["outline", "primary", "quiet", "plain", "danger", "link", "toast"]
Size = Literal["small", "normal", "large"]
GLYPH, GAP = 16, 6


class Shape(NamedTuple):
    height: int
    padding: int
    role: Role


SHAPES: dict[Size, Shape] = {
    "small": Shape(28, 11, "label"),
    "normal": Shape(32, 13, "medium"),
    "large": Shape(40, 17, "reading"),
}
BOXES = {"": (32, 32), "small": (28, 28), "rail": (40, 36)}
HEAVY: tuple[Kind, ...] = ("primary", "quiet", "link", "toast")


def pressed_by(button: QAbstractButton, event: QKeyEvent) -> bool:
    """Press the button that has the focus with Enter as with the space bar; Qt knows the latter."""
    held = Qt.KeyboardModifier
    plain = event.modifiers() in (held.NoModifier, held.KeypadModifier)
    enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
    if not (plain and enter) or event.isAutoRepeat():
        return False
    event.accept()
    button.click()
    return True


class Button(QPushButton):
    """A button with words, and perhaps an icon before and a key cap after them."""

    def __init__(
        self,
        text: str,
        kind: Kind = "outline",
        *,
        size: Size = "normal",
        icon: Icon | None = None,
        keys: str = "",
        drops: bool = False,
        spread: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """`keys` is shown, not bound. `drops` adds a chevron. `spread` puts the cap at the end."""
        super().__init__(text, parent)
        self._kind: Kind = kind
        self._size: Size = size
        self._icon, self._keys, self._drops, self._spread = icon, keys, drops, spread
        self._told = False
        self.setAutoDefault(False)
        self.setProperty("kind", kind)
        self.setProperty("grade", size)
        self.setSizePolicy(
            QSizePolicy.Policy.Preferred if spread else QSizePolicy.Policy.Minimum,
            QSizePolicy.Policy.Fixed,
        )
        self.setAccessibleName(text)

    def setText(self, text: str) -> None:
        super().setText(text)
        self.setAccessibleName(text)
        self._tell_whole()
        self.updateGeometry()

    def _weight(self) -> int:
        return 600 if self._kind in HEAVY else 500

    def _words(self) -> str:
        return self.text().replace("&&", "&")

    def _long(self) -> int:
        return paint.text_width(self._words(), SHAPES[self._size].role, self._weight())

    def _start(self) -> int:
        return look.px(GLYPH + GAP) if self._icon else 0

    def _content(self) -> int:
        width = self._long() + self._start()
        width += look.px(10) + key_cap_width(shown_keys(self._keys)) if self._keys else 0
        return width + (look.px(GLYPH + 4) if self._drops else 0)

    def sizeHint(self) -> QSize:
        shape = SHAPES[self._size]
        if self._kind == "link":
            return QSize(self._content() + 1, look.px(24))
        return QSize(self._content() + 2 * look.px(shape.padding) + 1, look.px(shape.height))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _colours(self) -> tuple[str, str, str]:
        """Choose ground, border and ink; an empty name draws nothing."""
        tokens, kind = look.tokens(), self._kind
        bare = kind in ("quiet", "plain", "link", "toast")
        if not self.isEnabled():
            return ("", "", "text3") if bare else (tokens.sunken, tokens.border, "text3")
        hot = self.underMouse() or self.isDown()
        if kind == "primary":
            fill = tokens.fill_hover if hot else tokens.fill
            return fill, "", "on_fill"
        inks = {"quiet": "accent", "plain": "text2", "danger": "crit", "toast": "bg"}
        ink = inks.get(kind, "accent" if kind == "link" else "text")
        if bare:
            return (tokens.hover if hot and kind in ("quiet", "plain") else ""), "", ink
        return (tokens.hover if hot else tokens.surface), tokens.border, ink

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = paint.begin(self)
        ground, border, ink = self._colours()
        if ground or border:
            paint.draw_box(painter, self.rect(), ground, border, 6)
        padding = 0 if self._kind == "link" else look.px(SHAPES[self._size].padding)
        inside = self.rect().adjusted(padding, 0, -padding, 0)
        if not self._spread and self._kind != "link":
            inside = paint.centred(inside, min(inside.width(), self._content()), self.height())
        self._draw_content(painter, inside, ink)

    def _draw_content(self, painter: QPainter, inside: QRect, ink: str) -> None:
        left, side = inside.x(), look.px(GLYPH)
        if self._icon:
            glyph = paint.centred(self.rect(), side, side)
            glyph.moveLeft(left)
            icons.draw(painter, self._icon, glyph, look.colour(ink))
            left += look.px(GLYPH + GAP)
        face = look.font(SHAPES[self._size].role, self._weight())
        face.setUnderline(self._kind == "toast" or (self._kind == "link" and self.underMouse()))
        painter.setFont(face)
        painter.setPen(QColor(getattr(look.tokens(), ink)))
        words = self._words()
        metrics = painter.fontMetrics()
        room = inside.right() + 3 - left - (self._content() - self._start() - self._long())
        if metrics.horizontalAdvance(words) > room:
            words = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room)
        width = metrics.horizontalAdvance(words)
        painter.drawText(QRect(left, 0, width + 2, self.height()), paint.LEFT, words)
        left += width
        if self._keys:
            keys = shown_keys(self._keys)
            at = inside.right() + 1 - key_cap_width(keys) if self._spread else left + look.px(10)
            place = QRect(at, 0, inside.width(), self.height())
            draw_key_cap(painter, place, keys, on_fill=self._kind == "primary" and ink != "text3")
        if self._drops:
            glyph = paint.centred(self.rect(), side, side)
            glyph.moveLeft(inside.right() + 1 - side)
            icons.draw(painter, Icon.CHEVRON_DOWN, glyph, look.colour("text2"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell_whole()

    def _tell_whole(self) -> None:
        """Say words that are cut short when they are pointed at, unless something else is said."""
        cut = self.width() < self.sizeHint().width() - 1
        if cut and (self._told or not self.toolTip()):
            self._told = True
            self.setToolTip(self._words())
        elif not cut and self._told:
            self._told = False
            self.setToolTip("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not pressed_by(self, event):
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()


class IconButton(QToolButton):
    """An icon to press, 32 px square, with a name for the tooltip and the screen reader."""

    def __init__(
        self,
        icon: Icon,
        name: str,
        kind: Literal["", "bordered", "fill", "inside"] = "",
        *,
        size: Literal["", "small", "rail"] = "",
        ink: Ink = "text2",
        keys: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("kind", kind)
        self.setProperty("grade", size)
        self._glyph = 20 if size == "rail" else 16
        self._box = (24, 24) if kind == "inside" else BOXES[size]
        self._fit()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.show_as(icon, name, "on_fill" if kind == "fill" else ink, keys=keys)

    def show_as(self, icon: Icon, name: str, ink: Ink = "text2", *, keys: str = "") -> None:
        """Take another icon and name, as show and hide do."""
        self.setIcon(icons.icon(icon, ink, "accent"))
        self.setAccessibleName(name)
        self.setToolTip(f"{name}  {shown_keys(keys)}" if keys else name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not pressed_by(self, event):
            super().keyPressEvent(event)

    def _fit(self) -> None:
        self.setIconSize(QSize(look.px(self._glyph), look.px(self._glyph)))
        self.setFixedSize(look.px(self._box[0]), look.px(self._box[1]))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()
