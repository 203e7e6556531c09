"""A letter that was begun for nothing is thrown away, from where it is written or listed."""

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cmdesk.casework import today, update_list
from cmdesk.store.store import Store
from cmdesk.ui.desk import Desk
from cmdesk.ui.page import Route
from tests.ui.conftest import Said, bring_up
from tests.ui.pages.test_composer import Open, opened

__all__ = ["opened"]  # the fixture


def waiting(store: Store) -> list[str]:
    return [row.title for row in store.ask(today.rows) if row.kind == "letter_hours"]


def test_a_notice_of_a_false_alarm_is_thrown_away_and_put_back(
    opened: Open, desk: Desk, store: Store, maya: int, said: Said, qtbot: QtBot
) -> None:
    page = opened(":::crisis")
    bring_up(qtbot, page)
    asked: list[None] = []
    desk.returned.connect(lambda: asked.append(None))
    now = QApplication.focusWidget()
    assert now is not None
    QTest.keyClicks(now, "The school called")
    page.throw_away()
    qtbot.waitUntil(lambda: bool(said.toasts))
    assert (said.toasts[-1][0], len(asked)) == ("The letter for Diane is thrown away", 1)
    assert (waiting(store), store.ask(update_list.begun, maya)) == ([], [])
    undo = said.toasts[-1][1]
    assert undo is not None
    undo()
    qtbot.waitUntil(lambda: waiting(store) == ["Crisis notice to Diane"])
    page.visit(Route("composer", maya, ":::crisis"))
    qtbot.waitUntil(lambda: page.letter.place is not None)
    (line,) = page.letter.letter.clock
    assert (line.at, line.what) == ("9:41 AM", "The school called")


def test_nothing_begun_is_nothing_to_throw_away(opened: Open, said: Said) -> None:
    page = opened()
    page.throw_away()
    assert said.toasts[-1] == ("Nothing is kept of this letter yet", None)
    assert page.letter.place is not None
