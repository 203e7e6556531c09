"""Whose crisis notice it is: named by her who writes it, and never guessed where two may read."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from cmdesk.casework import consents
from cmdesk.store.store import Store
from cmdesk.ui.chart_ways import ChartWays
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.crisis_reader import CrisisReader
from cmdesk.ui.page import Route
from cmdesk.ui.pages.chart import ChartPage
from cmdesk.ui.task_ways import TaskWays
from tests.ui.conftest import Said, bring_up
from tests.ui.pages.test_composer import consent_of, person


def test_it_is_asked_from_the_chart_s_menu_and_one_reader_needs_no_asking(
    desk: Desk, store: Store, maya: int, qtbot: QtBot
) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    window.resize(1200, 800)
    bring_up(qtbot, window)
    asked: list[Route] = []
    desk.went.connect(asked.append)
    page = ChartPage(desk)
    qtbot.addWidget(page)
    page.visit(Route("chart", maya))
    ChartWays(window, desk, window).attach(page)

    def choose() -> None:
        menu = {action.text(): action for action in page.head.menu().actions()}
        menu["Crisis notice …"].trigger()

    choose()
    (dialog,) = window.findChildren(CrisisReader)
    names = [each.text() for each in dialog.choices]
    assert names[0] == "Diane Brenner"  # due first, and yet not taken for granted
    assert "David Brenner" in names
    assert "Kevin Park" not in names  # the consent ran out
    assert asked == []
    place = str(names.index("David Brenner") + 1)
    QTest.keyClick(dialog, Qt.Key(ord(place)))
    assert asked == [Route("composer", maya, f"p{person(store, 'David')}:::crisis")]
    for given in ("David", "Tess", "Samuel"):
        store.do("End", consents.end, consent_of(store, given))
    choose()
    assert asked[1:] == [Route("composer", maya, f"p{person(store, 'Diane')}:::crisis")]


def test_without_a_chart_in_front_the_clients_are_offered(
    desk: Desk, said: Said, qtbot: QtBot
) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    asked: list[Route] = []
    desk.went.connect(asked.append)
    ways = {each.name: each for each in TaskWays(window, desk, lambda: None).commands()}
    assert ways["crisis"].enabled()
    ways["crisis"].run()
    assert asked == [Route("clients")]
    assert said.toasts[-1][0] == "Open the chart of whom the notice is about"
