import sys
import threading
from collections.abc import Generator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from cmdesk.errors import Cancelled, Locked, Problem
from cmdesk.ui import commands
from cmdesk.ui.commands import Command
from cmdesk.ui.privacy import Privacy
from cmdesk.ui.problem_bar import ProblemBar
from cmdesk.ui.say import Say, account_of
from cmdesk.ui.theme import Theme
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.label import Label
from cmdesk.ui.widgets.toast import STAYS_MS, Toast
from cmdesk.words import Words
from tests.ui.conftest import Said, bring_up


@pytest.fixture
def hooks() -> Generator[None]:
    kept = sys.excepthook, threading.excepthook, sys.unraisablehook
    yield
    sys.excepthook, threading.excepthook, sys.unraisablehook = kept


def test_a_failure_in_a_thread_is_told_on_the_screen(
    say: Say, said: Said, hooks: None, qtbot: QtBot
) -> None:
    say.install_hooks()

    def stumble() -> None:
        raise KeyError("Maya Brenner")

    thread = threading.Thread(target=stumble)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: bool(said.bugs))
    account = said.bugs.pop()
    assert "KeyError" in account
    assert "Maya" not in account


def test_what_nobody_caught_is_told(say: Say, said: Said, hooks: None) -> None:
    say.install_hooks()
    sys.excepthook(Problem, Problem("No room."), None)
    assert said.problems.pop() == "No room."
    sys.excepthook(Cancelled, Cancelled(), None)
    assert said.problems == said.bugs == []


def test_an_account_follows_the_cause() -> None:
    error = RuntimeError("secret")
    error.__cause__ = ValueError("secret")
    account = account_of(error)
    assert "RuntimeError" in account
    assert "ValueError" in account
    assert "secret" not in account


def test_the_bar_shows_the_last_problem(qtbot: QtBot, dress: Theme) -> None:
    bar = ProblemBar(Words())
    qtbot.addWidget(bar)
    bar.say(Problem("The disk is full.", "Choose another place."))
    assert bar.accessibleName() == "The disk is full. Choose another place."
    bar.say(Problem("No room."))
    assert bar.text == "No room."


@pytest.fixture
def toast(qtbot: QtBot, dress: Theme) -> Toast:
    room = QWidget()
    room.resize(800, 600)
    qtbot.addWidget(room)
    made = Toast(room)
    room.show()
    return made


def test_a_toast_offers_the_way_back_once(toast: Toast) -> None:
    undone: list[int] = []
    toast.say("Sent", lambda: undone.append(1))
    button = toast.findChild(Button)
    assert button is not None
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert undone == [1]
    assert not toast.isVisible()


def test_a_toast_waits_while_it_has_the_focus(toast: Toast, qtbot: QtBot) -> None:
    toast.say("Sent", lambda: None)
    bring_up(qtbot, toast.window())
    assert toast._clock.remainingTime() > STAYS_MS - 1000
    button = toast.findChild(Button)
    assert button is not None
    button.setFocus()
    assert not toast._clock.isActive()
    button.clearFocus()
    assert toast._clock.isActive()


def test_a_toast_stands_at_the_bottom_in_the_middle(toast: Toast) -> None:
    toast.say("Sent")
    assert abs(toast.geometry().center().x() - 400) <= 1
    assert 600 - toast.geometry().bottom() == 49


def test_a_toast_grows_with_the_text_and_stays_in_sight(toast: Toast, dress: Theme) -> None:
    toast.say("The update for Maximiliane von und zu Hohenberg is kept", lambda: None)
    before = toast.size()
    dress.zoom(5)
    QApplication.processEvents()
    (words,), room = toast.findChildren(Label), toast.parentWidget()
    assert toast.height() > before.height()
    assert words.height() >= words.heightForWidth(words.width())
    assert room is not None
    assert room.rect().contains(toast.geometry())


def test_names_are_hidden() -> None:
    privacy = Privacy()
    assert privacy.name("Maya Brenner") == "Maya Brenner"
    privacy.toggle()
    assert privacy.name("Maya Brenner") == "M. B."
    assert privacy.name("Tess Holloway, LMFT") == "T. H."
    assert privacy.name("Zoë O’Neill-Smith") == "Z. O."
    assert privacy.name("") == "•••"
    assert "7" not in privacy.amount("$7,200")


def test_two_commands_may_not_share_a_key(qtbot: QtBot) -> None:
    listed = QWidget()
    qtbot.addWidget(listed)
    log = Command("log", "Log", lambda: None, "L", within=listed)
    look = Command("look", "Look", lambda: None, "L")
    later = Command("later", "Later", lambda: None, "Ctrl+L")
    again = Command("again", "Again", lambda: None, "Ctrl+l")
    assert commands.clashes([log, look, later]) == []
    assert commands.clashes([log, look, later, again]) == [("Ctrl+L", ["later", "again"])]


def test_a_command_runs_only_when_it_may(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    ran: list[int] = []
    may = [False]
    command = Command("x", "X", lambda: ran.append(1), "Ctrl+J", enabled=lambda: may[0])
    made = commands.action(command, window)
    bring_up(qtbot, window)
    QTest.keyClick(window, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    may[0] = True
    QTest.keyClick(window, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    assert ran == [1]
    commands.unbind([made])
    QTest.keyClick(window, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    assert ran == [1]


def test_a_late_question_after_the_lock_is_not_told(say: Say, said: Said) -> None:
    say.failure(Locked())
    assert said.problems == []
