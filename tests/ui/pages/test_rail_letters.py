"""The letters that grow at the side of a chart, by keyboard."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from cmdesk.ui.desk import Desk
from cmdesk.ui.page import Route
from cmdesk.ui.pages.chart import ChartPage
from tests.ui.conftest import bring_up


def test_f6_and_tab_reach_the_next_letters_at_the_side(desk: Desk, maya: int, qtbot: QtBot) -> None:
    page = ChartPage(desk)
    qtbot.addWidget(page)
    page.resize(1440, 900)
    page.visit(Route("chart", maya))
    bring_up(qtbot, page)
    letters = page.side.letters
    qtbot.waitUntil(lambda: bool(letters.rows))
    before = QWidget(page)
    for _ in range(len(page.panes) + 1):
        page.next_pane(before)
        now = QApplication.focusWidget()
        if now is not None and page.side.isAncestorOf(now):
            break
    met: list[QWidget] = []
    while (now := QApplication.focusWidget()) and not letters.isAncestorOf(now):
        assert page.side.isAncestorOf(now)  # Tab goes through the side on the way
        met.append(now)
        assert len(met) < 60
        QTest.keyClick(now, Qt.Key.Key_Tab)
    asked: list[Route] = []
    desk.went.connect(asked.append)
    now = QApplication.focusWidget()
    assert now is not None
    QTest.keyClick(now, Qt.Key.Key_Space)
    assert [route.page for route in asked] == ["composer"]
