"""Somebody who presses anything: hundreds of keys in the real program, then the vault is sound."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from cmdesk.app import Program
from cmdesk.models import complete
from cmdesk.store import check, vault
from cmdesk.ui import handing
from cmdesk.ui.unlock import UnlockPage
from tests.test_app import PASSPHRASE, SECONDS, Now, Start, folder, made, now, start

__all__ = ["folder", "made", "now", "start"]

STEPS: Final = 220
BUSY = 3  # milliseconds given to what a key began, now and then
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
LOCK: Final = "lock"
Step = Press | str


def steps() -> st.SearchStrategy[list[Step]]:
    pressed = st.sampled_from(KEYS)
    one: st.SearchStrategy[Step] = st.one_of(
        pressed, pressed, pressed, pressed, pressed, st.sampled_from(WORDS)
    )
    return st.lists(one, min_size=STEPS, max_size=STEPS)


class Ears:
    """Hears what the user is told, beside the window that shows it."""

    def __init__(self, program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
        self.bugs: list[str] = []
        self.problems: list[str] = []
        window = program.window
        show_bug, show_problem = window.show_bug, window.show_problem

        def bug(account: str) -> None:
            self.bugs.append(account)
            show_bug(account)

        def problem(problem: object, action: object = None) -> None:
            self.problems.append(str(problem))
            show_problem(problem, action)  # type: ignore[arg-type] # handed on as it came

        monkeypatch.setattr(window, "show_bug", bug)
        monkeypatch.setattr(window, "show_problem", problem)


def changed_mind(*_given: object, **_named: object) -> None:
    """Stand in for a dialog of the system's that is closed again."""


def at_the_keyboard(program: Program) -> QWidget:
    return QApplication.focusWidget() or program.window


def put(widget: QWidget, sign: str) -> None:
    """Type one sign; Qt's own test keys know no others than ASCII."""
    if sign.isascii():
        QTest.keyClicks(widget, sign)
    else:
        QApplication.sendEvent(widget, QKeyEvent(QEvent.Type.KeyPress, 0, NONE, sign))


def take(qtbot: QtBot, program: Program, step: Step) -> None:
    """Do one step, unlocking first if the step before has locked."""
    if program.desk is None:
        open_again(qtbot, program)
    if isinstance(step, str):
        for sign in step:  # each goes where the keyboard is by then
            put(at_the_keyboard(program), sign)
    else:
        QTest.keyClick(at_the_keyboard(program), *step)


def open_again(qtbot: QtBot, program: Program) -> None:
    def door() -> list[UnlockPage]:
        return [page for page in program.window.findChildren(UnlockPage) if page.isVisible()]

    qtbot.waitUntil(lambda: bool(door()) and door()[0].field.isEnabled(), timeout=SECONDS)
    door()[0].field.setText(PASSPHRASE)
    door()[0].open_records()
    qtbot.waitUntil(lambda: program.desk is not None, timeout=SECONDS)


def press_anything(
    qtbot: QtBot, program: Program, path: list[Step], told: Callable[[], object]
) -> None:
    for number, step in enumerate(path):
        take(qtbot, program, step)
        if number % 7 == 0:
            qtbot.wait(BUSY)
        if number % 60 == 59:
            program.window.lock_asked.emit()
            qtbot.waitUntil(lambda: program.desk is None, timeout=SECONDS)
        if told():
            break


@pytest.mark.no_cover
@settings(
    max_examples=1,
    phases=[Phase.generate],
    deadline=None,
    suppress_health_check=(HealthCheck.function_scoped_fixture, HealthCheck.too_slow),
)
@given(path=steps())
def test_presses_anything(
    qtbot: QtBot,
    made: Path,
    tmp_path_factory: pytest.TempPathFactory,
    start: Start,
    path: list[Step],
) -> None:
    place = Path(shutil.copytree(made, tmp_path_factory.mktemp("user") / "Practice.cmdesk"))
    with pytest.MonkeyPatch.context() as patched:
        for edge in ("_chosen", "_all_chosen", "show_folder", "print_pdf"):
            patched.setattr(handing, edge, changed_mind)
        program = start(place)
        ears = Ears(program, patched)
        press_anything(qtbot, program, path, lambda: ears.bugs)
        assert ears.bugs == []
        program.window.close()
        qtbot.waitUntil(lambda: program.desk is None, timeout=SECONDS)
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    store = vault.unlock_and_open(place, complete(), Now(), passphrase=PASSPHRASE)
    assert check.check(store) == []
    store.close()
