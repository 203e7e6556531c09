"""The parts of a window that F6 leads through: which has the keyboard, and which is next."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget


def enter(pane: QWidget) -> bool:
    """Put the focus where a pane wants it, else on its first part that takes it, or on itself."""
    wanted = pane.focusProxy()
    parts = pane.findChildren(QWidget)
    for widget in (*((wanted,) if wanted else ()), *parts, pane):
        takes = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        if takes and widget.isVisible() and widget.isEnabled():
            widget.setFocus(Qt.FocusReason.TabFocusReason)
            return True
    return False


def move_on(panes: Sequence[QWidget]) -> None:
    """Put the keyboard into the pane after the one that has it; after the last comes the first.

    Of panes that lie within each other the later one counts. One that is folded is passed over.
    """
    focus, now = QApplication.focusWidget(), -1
    for place, pane in enumerate(panes):
        if focus is not None and (pane is focus or pane.isAncestorOf(focus)):
            now = place
    for step in range(1, len(panes) + 1):
        if enter(panes[(now + step) % len(panes)]):
            return
