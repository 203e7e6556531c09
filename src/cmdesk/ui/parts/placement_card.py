"""One program on the board: its name, what was last, how long it has been."""

from PySide6.QtCore import QMimeData, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QDrag, QKeyEvent, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QSizePolicy, QWidget

from cmdesk.ui import icons, look
from cmdesk.ui.icons import Icon
from cmdesk.ui.widgets import paint
from cmdesk.ui.widgets.button import pressed_by

KIND = "application/x-cmdesk-candidate"  # what is dragged: the number of a candidate
EDGE, LINE, TOP = 9, 18, 7  # px at 100 %
STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
WALKS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_K: -1, Qt.Key.Key_J: 1}


class PlacementCard(QAbstractButton):
    """Signals `stepped(int)`: to the left or right; `walked(int)`: to the card before or after.

    `clicked` opens it, as Enter does.
    """

    stepped = Signal(int)
    walked = Signal(int)

    def __init__(
        self,
        number: int,
        name: str,
        lines: tuple[str, str, str],
        *,
        spoken: str,
        over: bool = False,
        amber: bool = False,
        red: bool = False,
        leading: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.number = number
        self._lines, self._over, self._leading = lines, over, leading
        self._last_ink = "crit" if red else "warn" if amber else "text2"
        self._held: QPoint | None = None
        self.setText(name)
        self.setAccessibleName(spoken)
        self.setToolTip(name)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        lines = 1 + sum(bool(line) for line in self._lines)
        return QSize(look.px(120), look.px(2 * TOP + lines * LINE))

    def minimumSizeHint(self) -> QSize:
        return QSize(look.px(80), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, tokens = paint.begin(self), look.tokens()
        ground = tokens.sunken if self._over else tokens.surface
        if self.underMouse():
            ground = tokens.hover
        paint.draw_box(painter, self.rect(), ground, tokens.border, 6)
        inside = self.rect().adjusted(look.px(EDGE), look.px(TOP), -look.px(EDGE), -look.px(TOP))
        line = QRect(inside.topLeft(), QSize(inside.width(), look.px(LINE)))
        name = QRect(line)
        if self._leading:
            side = look.px(14)
            star = paint.centred(line, side, side)
            star.moveRight(inside.right())
            icons.draw(painter, Icon.STAR, star, look.colour("accent"))
            name.setRight(star.left() - look.px(4))
        ink = "text2" if self._over else "text"
        paint.draw_text(painter, name, self.text(), "body" if self._over else "medium", ink)
        for at, words in enumerate(filter(None, self._lines), 1):
            place = line.translated(0, at * look.px(LINE))
            last = words is self._lines[1]
            paint.draw_text(painter, place, words, "small", self._last_ink if last else "text2")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in STEPS:
            self.stepped.emit(STEPS[key])
        elif key in WALKS:
            self.walked.emit(WALKS[key])
        elif not pressed_by(self, event):
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._held = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        here = event.position().toPoint()
        held = self._held
        far = QApplication.startDragDistance()
        if held is None or (here - held).manhattanLength() < far:
            return
        self._held = None
        self.setDown(False)
        drag, data = QDrag(self), QMimeData()
        data.setData(KIND, str(self.number).encode())
        drag.setMimeData(data)
        drag.setPixmap(self.grab())
        drag.setHotSpot(held)
        drag.exec(Qt.DropAction.MoveAction)
