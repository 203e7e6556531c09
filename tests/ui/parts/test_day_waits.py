"""Before the rows of a day are known nothing is claimed; after a failure there is a way on."""

from PySide6.QtWidgets import QLabel, QStackedWidget
from pytestqt.qtbot import QtBot

from cmdesk.ui.desk import Desk
from cmdesk.ui.parts.day_waits import DayWaits
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.empty import Empty
from cmdesk.ui.widgets.skeleton import Skeleton
from tests.ui.conftest import Said


def test_it_waits_quietly_and_a_failure_leaves_a_way_on(
    desk: Desk, said: Said, qtbot: QtBot
) -> None:
    stack = QStackedWidget()
    asked: list[int] = []
    qtbot.addWidget(stack)
    rows = QLabel("rows")
    stack.addWidget(rows)
    waits = DayWaits(desk, stack, lambda: asked.append(1))
    assert isinstance(stack.currentWidget(), Skeleton)
    waits.tell(OSError("gone"))
    failed = stack.currentWidget()
    assert isinstance(failed, Empty)
    failed.findChildren(Button)[0].click()
    assert asked == [1]
    stack.setCurrentWidget(rows)
    waits.tell(OSError("gone"))
    assert stack.currentWidget() is rows  # what stood there stays
    qtbot.waitUntil(lambda: len(said.bugs) == 2)
    said.bugs.clear()
