"""Somebody who presses anything: hundreds of keys in the real program, then the vault is sound."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cmdesk.app import Program
from cmdesk.models import complete
from cmdesk.store import check, vault
from cmdesk.ui import handing
from cmdesk.ui.unlock import UnlockPage
from tests.any_keys import KEYS, WORDS, Step, changed_mind, press
from tests.test_app import PASSPHRASE, SECONDS, Now, Start, folder, made, now, start

__all__ = ["folder", "made", "now", "start"]

STEPS: Final = 220
BUSY = 3  # milliseconds given to what a key began, now and then


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


def take(qtbot: QtBot, program: Program, step: Step) -> None:
    """Do one step, unlocking first if the step before has locked."""
    if program.desk is None:
        open_again(qtbot, program)
    press(program.window, step)


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
