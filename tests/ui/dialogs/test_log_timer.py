"""A timed call: started once, told in the head of the log, its minutes filled in at the stop."""

from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from cmdesk.casework import call_timer
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.log_contact import LogDialog, open_log
from cmdesk.ui.parts.call_timer import CallTimer, TimerCard
from tests.ui.dialogs.practice import Case


def test_the_stop_fills_in_the_minutes_of_the_open_log(
    desk: Desk, window: QMainWindow, case: Case, qtbot: QtBot
) -> None:
    timer = CallTimer(desk)
    timer.toggle(case.maya)
    qtbot.waitUntil(lambda: timer.running is not None)
    assert timer.client == "Maya Brenner"
    dialog = open_log(desk, window, case.maya, timer=timer)
    assert isinstance(dialog, LogDialog)
    card = dialog.findChildren(TimerCard)[0]
    assert (card.isVisible(), card.time.text()) == (True, "0:00")
    card.stop.click()
    qtbot.waitUntil(lambda: dialog.draft.minutes == 1)
    assert not card.isVisible()
    assert desk.ask(call_timer.running) is None


def test_it_runs_on_after_the_desk_has_gone(desk: Desk, case: Case, qtbot: QtBot) -> None:
    CallTimer(desk).start(case.maya)
    qtbot.waitUntil(lambda: desk.ask(call_timer.running) is not None)
    again = CallTimer(desk)
    assert again.running is not None
    assert again.running.client_id == case.maya
