"""Next steps: the box ticks, the words of a task open it."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from cmdesk.casework.tasks import NextStep
from cmdesk.ui.desk import Desk
from cmdesk.ui.parts.steps import StepList, StepRow
from tests.ui.pages.conftest import desk, said, store, template

__all__ = ["desk", "said", "store", "template"]
TODAY = date(2026, 3, 9)
TASK = NextStep("Call the school", TODAY, task_id=7)
PROMISE = NextStep("Raise the ride home", TODAY, follow_up_id=3)


@pytest.mark.parametrize(
    ("step", "opens", "told"),
    [(TASK, True, "opened"), (TASK, False, "ticked"), (PROMISE, True, "ticked")],
)
def test_pressing_the_words(
    qtbot: QtBot, desk: Desk, step: NextStep, opens: bool, told: str
) -> None:
    listed = StepList(desk, opens=opens)
    qtbot.addWidget(listed)
    heard: list[tuple[str, object]] = []

    def opened(each: object) -> None:
        heard.append(("opened", each))

    def ticked(each: object) -> None:
        heard.append(("ticked", each))

    listed.opened.connect(opened)
    listed.ticked.connect(ticked)
    listed.show_steps([step], TODAY)
    listed.show()
    (line,) = listed.findChildren(StepRow)
    QTest.mouseClick(line, Qt.MouseButton.LeftButton, pos=line.rect().center())
    assert heard == [(told, step)]


def test_the_box_ticks(qtbot: QtBot, desk: Desk) -> None:
    listed = StepList(desk, opens=True)
    qtbot.addWidget(listed)
    listed.show_steps([TASK], TODAY)
    with qtbot.waitSignal(listed.ticked):
        listed.boxes()[0].click()
