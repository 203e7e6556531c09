"""The page of the day: groups in order, one verb a row, done and put off with a way back."""

from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from cmdesk.casework import tasks
from cmdesk.store.store import Store
from cmdesk.ui import table
from cmdesk.ui.desk import Desk
from cmdesk.ui.page import Route
from cmdesk.ui.pages import today
from cmdesk.ui.pages.today import TodayPage
from cmdesk.ui.widgets.label import Label
from tests.ui.conftest import Said


@pytest.fixture
def page(desk: Desk, maya: int, store: Store, qtbot: QtBot) -> TodayPage:
    store.do("Add", tasks.add, maya, "Answer the school", desk.today() - timedelta(days=9))
    shown = TodayPage(desk)
    qtbot.addWidget(shown)
    shown.resize(1400, 900)
    shown.show()
    qtbot.waitUntil(lambda: bool(titles(shown)))
    return shown


def titles(page: TodayPage) -> list[str]:
    model = page.list.model()
    return [str(model.index(place, 0).data()) for place in range(model.rowCount())]


def go_to(page: TodayPage, title: str) -> None:
    model = page.list.model()
    page.list.setCurrentIndex(model.index(titles(page).index(title), 0))


def test_the_most_urgent_comes_first_and_is_chosen(page: TodayPage, desk: Desk) -> None:
    assert titles(page)[0] == "Answer the school"
    assert page.chosen is not None
    assert page.chosen.title == "Answer the school"
    count = today.waiting(desk)
    assert count.hot
    assert count.number >= 1
    assert any("overdue" in label.text() for label in page.findChildren(Label))


def test_enter_finishes_a_task_and_undo_brings_it_back(
    page: TodayPage, store: Store, said: Said, qtbot: QtBot
) -> None:
    QTest.keyClick(page.list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Answer the school" not in titles(page))
    assert said.toasts[-1][0] == "Done: Answer the school"
    store.undo()
    qtbot.waitUntil(lambda: "Answer the school" in titles(page))


def test_what_is_put_off_is_due_tomorrow(page: TodayPage, said: Said, qtbot: QtBot) -> None:
    page.put_off()
    qtbot.waitUntil(lambda: "Answer the school" not in titles(page))
    assert said.toasts[-1][0] == "Until tomorrow: Answer the school"


def test_a_letter_opens_in_the_composer(page: TodayPage, desk: Desk, maya: int) -> None:
    asked: list[Route] = []
    desk.went.connect(asked.append)
    go_to(page, "Diane Brenner")
    page.act()
    assert asked[-1].page == "composer"
    assert asked[-1].record == maya
    page.open_client()
    assert asked[-1] == Route("chart", maya)
    before = titles(page)
    page.finish()
    page.put_off()
    assert titles(page) == before


def test_the_verb_can_be_pressed(page: TodayPage, qtbot: QtBot) -> None:
    acted: list[str] = []
    page.list.acted.connect(lambda: acted.append("acted"))
    rect = page.list.visualRect(page.list.model().index(0, 0))
    words = QPoint(rect.x() + 60, rect.bottom() - 10)
    QTest.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=words)
    assert acted == []
    verb = QPoint(rect.right() - 20, rect.bottom() - 10)
    QTest.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=verb)
    assert acted == ["acted"]


def test_each_verb_leads_where_it_says(page: TodayPage, desk: Desk, maya: int) -> None:
    logged: list[int] = []
    renewed: list[tuple[int, int]] = []
    page.log_contact.connect(logged.append)

    def note(client: int, consent: int) -> None:
        renewed.append((client, consent))

    page.renew.connect(note)
    rows = {row.kind: row for row in page.shown}
    for kind in ("follow_up", "consent"):
        if kind in rows:
            table.select(page.list, page.model, rows[kind].id)
            page.act()
    assert bool(logged) == ("follow_up" in rows)
    assert bool(renewed) == ("consent" in rows)
    assert "move" not in rows or rows["move"].client_id == maya


def test_a_screen_reader_hears_group_row_and_verb(page: TodayPage) -> None:
    role = Qt.ItemDataRole.AccessibleTextRole
    told = str(page.list.model().index(0, 0).data(role))
    assert told.startswith("Overdue: Answer the school")
    assert told.endswith("Enter: Mark done.")


def test_names_are_hidden(page: TodayPage, desk: Desk) -> None:
    desk.privacy.toggle()
    role = Qt.ItemDataRole.AccessibleTextRole
    told = [str(page.list.model().index(n, 0).data(role)) for n in range(len(titles(page)))]
    assert not [line for line in told if "Brenner" in line]


def test_jumps_lead_to_their_group(page: TodayPage) -> None:
    go_to(page, "Diane Brenner")
    page.jump(1)
    assert page.chosen is not None
    assert page.chosen.id == 1


def test_an_empty_day_says_so(desk: Desk, store: Store, qtbot: QtBot) -> None:
    shown = TodayPage(desk)
    qtbot.addWidget(shown)
    shown.show()

    def said() -> bool:
        words = (label for label in shown.findChildren(Label) if label.isVisible())
        return any(label.text() == "Nothing else for today" for label in words)

    qtbot.waitUntil(said)
    assert titles(shown) == []
