"""What the tests of all dialogs do with keyboard and eyes."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from cmdesk.ui.dialogs.sheet import Sheet


def type_(text: str) -> None:
    """Type where the focus is, as a person does."""
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClicks(focus, text)


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, key, modifier)


def tab_to(wanted: QWidget) -> None:
    """Press Tab until the focus is there."""
    for _ in range(60):
        if QApplication.focusWidget() is wanted:
            return
        press(Qt.Key.Key_Tab)
    pytest.fail(f"Tab never reaches {wanted.accessibleName()}")


def gone(dialog: Sheet) -> Callable[[], bool]:
    """Tell whether no dialog is in sight any more."""
    window = dialog.window()
    return lambda: not any(each.isVisible() for each in window.findChildren(Sheet))


def stops_of(dialog: Sheet) -> list[QWidget]:
    """Return where Tab stops, once around; each stop must have a name and be in sight."""
    seen: list[QWidget] = []
    while (focus := QApplication.focusWidget()) is not None and focus not in seen:
        assert focus.accessibleName(), type(focus).__name__
        assert dialog.isAncestorOf(focus)
        assert not focus.visibleRegion().isEmpty(), focus.accessibleName()
        seen.append(focus)
        press(Qt.Key.Key_Tab)
    return seen
