"""Dialogs as part of the window: over a scrim, with the focus kept inside, closed by Esc."""

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QFrame, QWidget
from shiboken6 import isValid

from cmdesk.ui import look
from cmdesk.ui.icons import Icon
from cmdesk.ui.widgets.button import IconButton
from cmdesk.ui.widgets.card import column
from cmdesk.ui.widgets.label import Label
from cmdesk.ui.widgets.wrap_row import wrap_row

EDGE = 24


class Dialog(QFrame):
    """The sheet: title and close button above, `body` in the middle, `foot` when asked for.

    Signal `closed`: it went away, whatever the way.
    """

    closed = Signal()

    def __init__(self, title: str, *, width: int = 720, close_word: str = "Close") -> None:
        super().__init__()
        self.setProperty("kind", "dialog")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(title)
        self.wide = width
        self._whole = column(self)
        self.head = wrap_row(gap=12)
        self.head.setContentsMargins(EDGE, 12, 16, 6)
        self.title = Label(title, "heading")
        self.head.addWidget(self.title)
        self.head.addStretch(1)
        self.close_button = IconButton(Icon.X, close_word, size="small", keys="Esc")
        self.close_button.clicked.connect(self.close_dialog)
        self.head.addWidget(self.close_button)
        self._whole.addLayout(self.head)
        self.body = column(gap=12)
        self.body.setContentsMargins(EDGE, 0, EDGE, 16)
        self._whole.addLayout(self.body, 1)
        self.foot = wrap_row()
        self.foot.setContentsMargins(EDGE, 14, EDGE, 14)
        self._foot_frame: QFrame | None = None

    def add_foot(self) -> None:
        """Give the sheet its bottom bar; fill `foot` with buttons, the main one last."""
        self._foot_frame = QFrame(self)
        self._foot_frame.setProperty("kind", "dialog-foot")
        self._foot_frame.setLayout(self.foot)
        self._whole.addWidget(self._foot_frame)

    def show_foot(self, *, shown: bool) -> None:
        """Show the bottom bar, or spare its room while it offers nothing."""
        if self._foot_frame:
            self._foot_frame.setVisible(shown)

    def may_close(self) -> bool:
        """Say whether Esc and the cross may close it; a draft is kept, so nearly always."""
        return True

    def close_dialog(self) -> None:
        """Go away and give the focus back to what opened it."""
        scrim = self.parentWidget()
        if self.may_close() and isinstance(scrim, Scrim):
            scrim.dismiss()


class Scrim(QWidget):
    """Dims the window under a dialog and keeps mouse and keys out of it."""

    def __init__(self, window: QWidget, dialog: Dialog) -> None:
        super().__init__(window)
        self._window, self._dialog = window, dialog
        self._came_from = _from_inside(QApplication.focusWidget())
        self._caret: QWidget | None = None  # where one typed last in here
        dialog.setParent(self)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus)
        window.installEventFilter(self)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._cover()

    @Slot(QWidget, QWidget)
    def _on_focus(self, _old: QWidget | None, now: QWidget | None) -> None:
        """Take the caret back from a page that comes late: its keys would act behind the dialog."""
        if not vars(self) or not isValid(self):  # on its way out
            return
        if now is None or not self.isVisible() or now.window() is not self.window():
            return
        if self.isAncestorOf(now):
            self._caret = now
        elif top(self._window) is self:
            self.focus_on(self._caret)

    def dismiss(self) -> None:
        self._window.removeEventFilter(self)
        self.hide()
        self._give_back()
        self._dialog.closed.emit()
        self.deleteLater()

    def _give_back(self) -> None:
        """Put the focus on what opened it; where that is gone, on what stands in its place."""
        for place in self._came_from:
            if isValid(place) and place.isVisible():
                opened = place is self._came_from[0]
                found = [place] if opened else _stops_in(place)
                if found:
                    found[0].setFocus(Qt.FocusReason.OtherFocusReason)
                    return

    def abandon(self) -> None:
        """Go at once, unasked: the vault locks, and nothing may stay over the door."""
        self._window.removeEventFilter(self)
        self.hide()
        self.deleteLater()

    def _cover(self) -> None:
        self.setGeometry(self._window.rect())
        wide = max(
            self._dialog.wide, look.px(self._dialog.wide)
        )  # small text needs the margins too
        wide = min(wide, self.width() - 2 * EDGE)
        layout = self._dialog.layout()
        tall = layout.totalHeightForWidth(wide) if layout and layout.hasHeightForWidth() else -1
        tall = max(tall, self._dialog.sizeHint().height())
        tall = min(tall, self.height() - 2 * EDGE)
        # A little above the middle, where the eye rests.
        top = max(EDGE, (self.height() - tall) * 45 // 100)
        self._dialog.setGeometry(QRect((self.width() - wide) // 2, top, wide, tall))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.raise_()  # here alone: later it would cover the focus ring
        self._cover()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._cover()
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # The kind first: a window that is being destroyed still sends events through here.
        if event.type() == QEvent.Type.Resize and watched is self._window:
            self._cover()
        return False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._dialog.close_dialog()
            return
        event.accept()

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002, FBT001 - as Qt has it
        """Keep Tab inside the dialog: after the last comes the first."""
        stops = self._stops()
        if not stops:
            return False
        now = QApplication.focusWidget()
        place = stops.index(now) if now in stops else (-1 if next else 0)
        reason = Qt.FocusReason.TabFocusReason if next else Qt.FocusReason.BacktabFocusReason
        stops[(place + (1 if next else -1)) % len(stops)].setFocus(reason)
        return True

    def focus_on(self, widget: QWidget | None) -> None:
        """Put the focus here, or where Tab would go first while this can't be reached."""
        if widget and isValid(widget) and widget.isVisible() and widget.isEnabled():
            widget.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.focus_first()

    def focus_first(self) -> None:
        """Put the focus where Tab would go first: past the cross, if there is anything else."""
        stops = [stop for stop in self._stops() if stop is not self._dialog.close_button]
        (stops or [self._dialog.close_button])[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _stops(self) -> list[QWidget]:
        return _stops_in(self._dialog)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.colour("scrim"))
        painter.end()


def _from_inside(widget: QWidget | None) -> list[QWidget]:
    """Give a widget and all it stands in, up to the window."""
    found: list[QWidget] = []
    while widget is not None:
        found.append(widget)
        widget = widget.parentWidget()
    return found


def _stops_in(place: QWidget) -> list[QWidget]:
    """Give where Tab goes in there."""
    stops = [
        widget
        for widget in place.findChildren(QWidget)
        if widget.isVisible()
        and widget.isEnabled()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.focusProxy() is None
    ]
    return _in_tab_order(place, stops)


def _in_tab_order(place: QWidget, stops: list[QWidget]) -> list[QWidget]:
    """Sort as Qt's own chain runs."""
    ordered: list[QWidget] = []
    widget = place.nextInFocusChain()
    while widget is not None and widget is not place and len(ordered) < len(stops):
        if widget in stops and widget not in ordered:
            ordered.append(widget)
        widget = widget.nextInFocusChain()
    return ordered


def open_over(widget: QWidget, dialog: Dialog, focus: QWidget | None = None) -> None:
    """Show the dialog over the window `widget` is in; `focus` is where typing goes."""
    scrim = Scrim(widget.window(), dialog)
    scrim.show()
    scrim.focus_on(focus)


def top(window: QWidget) -> Scrim | None:
    """Return what lies over all else in a window, if a dialog is open."""
    shown = [scrim for scrim in window.findChildren(Scrim) if scrim.isVisible()]
    return shown[-1] if shown else None


def is_open(window: QWidget) -> bool:
    """Say whether a dialog stands over the window."""
    return top(window) is not None


def abandon_all(window: QWidget) -> None:
    """Take away every dialog of a window. Their drafts are kept before."""
    for scrim in window.findChildren(Scrim):
        scrim.abandon()
