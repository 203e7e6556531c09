"""The keys and words of somebody who presses anything."""

from typing import Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ALT, NONE = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.NoModifier
Key = Qt.Key
Press = tuple[Key, Qt.KeyboardModifier]

KEYS: Final[tuple[Press, ...]] = (
    (Key.Key_1, CTRL), (Key.Key_2, CTRL), (Key.Key_3, CTRL), (Key.Key_Comma, CTRL),
    (Key.Key_L, CTRL), (Key.Key_L, CTRL), (Key.Key_K, CTRL), (Key.Key_K, CTRL), (Key.Key_U, CTRL),
    (Key.Key_T, CTRL), (Key.Key_F, CTRL), (Key.Key_Z, CTRL), (Key.Key_Z, CTRL | SHIFT),
    (Key.Key_C, CTRL | SHIFT), (Key.Key_1, CTRL | SHIFT), (Key.Key_Plus, CTRL),
    (Key.Key_Minus, CTRL), (Key.Key_F1, NONE), (Key.Key_F6, NONE), (Key.Key_F8, NONE),
    (Key.Key_Left, ALT), (Key.Key_Right, ALT), (Key.Key_Return, CTRL), (Key.Key_Return, NONE),
    (Key.Key_Return, NONE), (Key.Key_Return, NONE), (Key.Key_Escape, NONE),
    (Key.Key_Escape, NONE), (Key.Key_Tab, NONE), (Key.Key_Tab, NONE), (Key.Key_Tab, NONE),
    (Key.Key_Tab, SHIFT), (Key.Key_Up, NONE), (Key.Key_Down, NONE), (Key.Key_Down, NONE),
    (Key.Key_Space, NONE), (Key.Key_Home, NONE), (Key.Key_End, NONE), (Key.Key_PageDown, NONE),
    (Key.Key_Backspace, NONE), (Key.Key_Delete, NONE), (Key.Key_BracketLeft, NONE),
    (Key.Key_BracketRight, NONE), (Key.Key_Question, SHIFT),
    *((key, NONE) for key in (Key.Key_J, Key.Key_K, Key.Key_L, Key.Key_U, Key.Key_O, Key.Key_D)),
    *((key, NONE) for key in (Key.Key_S, Key.Key_E, Key.Key_M, Key.Key_N, Key.Key_Slash)),
)  # fmt: skip
WORDS: Final = (
    "maya call tess 24m fu mon ride home",
    "brenner",
    "Ring Dr. Okonedo about the refill, he is away until Thursday.",
    "240m",
    "<b>not bold</b> & 100 % Łukasz 🙂 שלום",
    "2026-02-31",
    "'; DROP TABLE entry; --",
    "@diane",
    "> lock",
    "  ",
)
Step = Press | str


def changed_mind(*_given: object, **_named: object) -> None:
    """Stand in for a dialog of the system's that is closed again."""


def at_the_keyboard(window: QWidget) -> QWidget:
    return QApplication.focusWidget() or window


def put(widget: QWidget, sign: str) -> None:
    """Type one sign; Qt's own test keys know no others than ASCII."""
    if sign.isascii():
        QTest.keyClicks(widget, sign)
    else:
        QApplication.sendEvent(widget, QKeyEvent(QEvent.Type.KeyPress, 0, NONE, sign))


def press(window: QWidget, step: Step) -> None:
    """Press a key or type words, each sign where the keyboard is by then."""
    if isinstance(step, str):
        for sign in step:
            put(at_the_keyboard(window), sign)
    else:
        QTest.keyClick(at_the_keyboard(window), *step)
