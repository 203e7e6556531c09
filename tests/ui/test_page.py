from typing import ClassVar

from pytestqt.qtbot import QtBot

from cmdesk.ui.desk import Desk
from cmdesk.ui.page import Page
from tests.store import small


class Clients(Page):
    concerns: ClassVar[frozenset[str]] = frozenset({"client"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.asked = 0

    def refresh(self) -> None:
        self.asked += 1


def add(desk: Desk, name: str = "Maya") -> None:
    desk.do(desk, "Add", small.add_client, name)


def test_a_page_in_view_asks_again(desk: Desk, qtbot: QtBot) -> None:
    page = Clients(desk)
    qtbot.addWidget(page)
    page.show()
    assert page.asked == 1
    add(desk)
    qtbot.waitUntil(lambda: page.asked == 2)


def test_a_burst_is_one_question(desk: Desk, qtbot: QtBot) -> None:
    page = Clients(desk)
    qtbot.addWidget(page)
    page.show()
    for name in ("Maya", "Owen", "Grace"):
        add(desk, name)
    qtbot.waitUntil(lambda: page.asked > 1)
    assert page.asked == 2


def test_a_hidden_page_waits_until_it_is_seen(desk: Desk, qtbot: QtBot) -> None:
    page = Clients(desk)
    qtbot.addWidget(page)
    add(desk)
    add(desk)
    assert page.asked == 0
    page.show()
    assert page.asked == 1
    page.hide()
    page.show()
    assert page.asked == 1


def test_what_does_not_concern_it_passes_by(desk: Desk, qtbot: QtBot) -> None:
    add(desk)
    page = Clients(desk)
    qtbot.addWidget(page)
    page.show()
    desk.do(desk, "Note", small.add_note, 1, "words")
    qtbot.wait(0)
    assert page.asked == 1


def test_hidden_names_are_painted_again(desk: Desk, qtbot: QtBot) -> None:
    page = Clients(desk)
    qtbot.addWidget(page)
    page.show()
    desk.privacy.toggle()
    qtbot.waitUntil(lambda: page.asked == 2)
