"""The sheet both big dialogs are laid out on: its middle scrolls, head and foot stay."""

from collections.abc import Callable
from typing import ClassVar, Final, TypeVar

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from cmdesk.errors import Problem
from cmdesk.ui import look
from cmdesk.ui.desk import Desk
from cmdesk.ui.names_cover import NamesCover
from cmdesk.ui.overlay import EDGE, Dialog
from cmdesk.ui.widgets.card import column, row
from cmdesk.ui.widgets.note import Note

S = TypeVar("S", bound="Sheet")
BETWEEN, BAR = 32, 10
PINNED: Final = (BETWEEN, 8, EDGE, 16)
SHARE, LEFT_TALL = 0.8, 280  # of the wished width, below which it folds; px at 100 %
UNBOUNDED: Final = (1 << 24) - 1  # Qt's own greatest width
FINISH: Final = ("Ctrl+Return", "Ctrl+Enter")


class Middle(QScrollArea):
    """As tall as what is in it, if the window has the room; else it scrolls."""

    def __init__(self, content: QWidget, name: str) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(name)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._content = content
        self.setWidget(content)
        self.verticalScrollBar().rangeChanged.connect(self._even_out)

    def _even_out(self, _first: int, last: int) -> None:
        """Let the scroll bar stand in the margin, so that fields end where the buttons end."""
        layout = self._content.layout()
        if layout:
            edges = layout.contentsMargins()
            edges.setRight(EDGE - BAR if last else EDGE)
            layout.setContentsMargins(edges)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        layout = self._content.layout()
        if layout is None:
            return self._content.sizeHint().height()
        if layout.hasHeightForWidth():
            return layout.totalHeightForWidth(width)
        return layout.totalSizeHint().height()

    def sizeHint(self) -> QSize:
        width = self.width() if self.isVisible() else self._content.sizeHint().width()
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 80)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Asked of Qt, not of our own attributes: Python may have cleared those already while the
        # widget still waits for its deletion.
        if event.type() == QEvent.Type.LayoutRequest and watched is self.widget():
            self.updateGeometry()
        return super().eventFilter(watched, event)


class Sheet(Dialog):
    """A dialog whose main button is also Ctrl+Enter and which says inside itself what failed.

    `again` opens it once more after a lock, with the draft it kept; it may hold numbers alone.
    """

    again: Callable[[Desk, QWidget], object] | None = None
    hides_names: ClassVar[bool] = False  # it shows its own names anew; others are covered

    def __init__(self, desk: Desk, title: str, *, width: int) -> None:
        super().__init__(title, width=width, close_word=desk.words.tr("Close"))
        self.desk = desk
        self.tr_ = desk.words.tr
        self.setProperty("sheet", True)  # noqa: FBT003 - a Qt property
        self._left: QWidget | None = None
        self._pinned: QWidget | None = None
        self._tight: bool | None = None
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        self.add_foot()
        self.names_cover = None if self.hides_names else NamesCover(self, desk)

    def lay(self, content: QWidget, left: QWidget | None = None) -> QVBoxLayout:
        """Put a content into the middle, perhaps beside another; answer the layout to fill."""
        self.middle = Middle(content, self.accessibleName())
        made = column(content, gap=12)
        made.setContentsMargins(BETWEEN if left else EDGE, 4, EDGE, 16)
        side_by_side = row(gap=0)
        self._filled, self._left = made, left
        self._held = column()
        if left:
            self._held.addWidget(left)
            self._left_wide = left.maximumWidth() * 100 // look.Look.scale
            side_by_side.addLayout(self._held)
        self._right = column()
        self._right.addWidget(self.middle, 1)
        self._pin_place = column()
        self._right.addLayout(self._pin_place)
        side_by_side.addLayout(self._right, 1)
        self.body.addLayout(side_by_side, 1)
        self.trouble = Note("", "crit")
        self._under = QWidget()
        under = column(self._under)
        under.setContentsMargins(EDGE, 0, EDGE, 12)
        under.addWidget(self.trouble)
        self.body.addWidget(self._under)
        self._under.hide()
        self._fold()
        return made

    def _fold(self) -> None:
        """Put what stands at the left and what is pinned into what scrolls, where room is short."""
        tight = hasattr(self, "middle") and 0 < self.width() < look.px(self.wide) * SHARE
        if tight == self._tight:
            return
        self._tight = tight
        left, pinned, made = self._left, self._pinned, self._filled
        if left:
            self._held.setContentsMargins(*((0, 0, 0, 0) if tight else (EDGE, 4, 0, 16)))
            self._hold(left, tight=tight)
            made.insertWidget(0, left) if tight else self._held.addWidget(left)
            edges = made.contentsMargins()
            edges.setLeft(EDGE if tight else BETWEEN)
            made.setContentsMargins(edges)
        if pinned:
            self._pin_place.setContentsMargins(*((0, 0, 0, 0) if tight else PINNED))
            made.addWidget(pinned) if tight else self._pin_place.addWidget(pinned)

    def _hold(self, left: QWidget, *, tight: bool) -> None:
        """Let the left part take the whole line, or keep it to its own width."""
        left.setProperty(look.HELD, None if tight else self._left_wide)
        left.setMinimumWidth(0)
        left.setMaximumWidth(UNBOUNDED)
        left.setMinimumHeight(look.px(LEFT_TALL) if tight else 0)
        if not tight:
            look.hold_width(left, self._left_wide)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def pin(self, widget: QWidget) -> None:
        """Keep a widget in sight under what scrolls, as long as there is room for both."""
        self._pinned, self._tight = widget, None
        self._pin_place.addWidget(widget)
        self._fold()

    def on_finish(self, run: Callable[[], object]) -> None:
        """Bind Ctrl+Enter, also that of the number pad."""
        for keys in FINISH:
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(run)

    def say_failed(self, error: BaseException) -> None:
        """Say what failed where it happened; what was typed stays. A bug goes the bug's way."""
        if not isinstance(error, Problem):
            self.desk.say.failure(error)
            return
        words = f"{error.message} {error.hint}" if error.hint else error.message
        self.say_trouble(words)

    def say_trouble(self, words: str) -> None:
        self.trouble.say(words, "crit")
        self._under.setVisible(bool(words))
        if words:
            self.desk.say.announce(words, at_once=True)

    def go_to(self, widget: QWidget) -> None:
        """Put the focus there and scroll it into sight."""
        widget.setFocus(Qt.FocusReason.OtherFocusReason)
        self.middle.ensureWidgetVisible(widget, 0, 24)


def standing_open(parent: QWidget, kind: type[S]) -> S | None:
    """Find a dialog of this kind that is open in the window already."""
    for found in parent.window().findChildren(kind):
        if found.isVisible():
            return found
    return None
