"""The week in review: two lists, each name a way to the chart."""

from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from cmdesk.casework.week_review import Touch
from cmdesk.rules.people import Name
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.week_review import open_week_review
from cmdesk.ui.page import Route
from tests.ui.dialogs.hands import gone
from tests.ui.dialogs.practice import TODAY, Case


def test_a_name_leads_to_the_chart(
    desk: Desk, window: QMainWindow, case: Case, qtbot: QtBot
) -> None:
    went: list[Route] = []
    desk.went.connect(went.append)
    dialog = open_week_review(desk, window)
    assert open_week_review(desk, window) is dialog
    assert dialog.told(Touch(1, Name("A"))) == "Not reached yet"
    assert dialog.told(Touch(1, Name("A"), last=TODAY)) == "Last reached Today"
    assert dialog.told(Touch(1, Name("A"), 2, 90)) == "2 contacts · 1 h 30 min"
    dialog.names[case.maya].click()
    assert went == [Route("chart", case.maya)]
    qtbot.waitUntil(gone(dialog))
