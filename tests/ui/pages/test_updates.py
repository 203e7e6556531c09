"""The list of family updates: due by plan, begun, and handed over."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from cmdesk.casework import drafts
from cmdesk.models.person import Person
from cmdesk.store.store import Store
from cmdesk.ui.desk import Desk
from cmdesk.ui.page import Count, Route
from cmdesk.ui.pages import updates
from cmdesk.ui.pages.updates import UpdatesPage
from tests.ui.conftest import Said

Open = Callable[[], UpdatesPage]


@pytest.fixture
def opened(desk: Desk, maya: int, qtbot: QtBot) -> Open:
    def show() -> UpdatesPage:
        page = UpdatesPage(desk)
        qtbot.addWidget(page)
        page.resize(1200, 800)
        page.show()
        return page

    return show


def diane(store: Store) -> int:
    query = select(Person.id).where(Person.given_name == "Diane")
    return store.ask(lambda session: session.scalars(query).one())


def shown(page: UpdatesPage) -> list[list[str]]:
    model = page.list.model()
    return [
        [str(model.index(row, column).data()) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def test_the_plans_are_listed_by_when_they_are_due(opened: Open, desk: Desk) -> None:
    page = opened()
    assert shown(page) == [["Maya Brenner", "March 2 to 8", "Today", "Last one Mar 2"]]
    assert updates.waiting(desk) == Count(1)


def test_enter_takes_up_the_letter(opened: Open, desk: Desk, store: Store, maya: int) -> None:
    page = opened()
    asked: list[Route] = []
    desk.went.connect(asked.append)
    QTest.keyClick(page.list, Qt.Key.Key_Return)
    tab = f"p{diane(store)}:2026-03-02:2026-03-08:weekly"
    assert asked == [Route("composer", maya, tab)]


def test_drafts_and_letters_handed_over_are_lists_of_their_own(
    opened: Open, store: Store, maya: int
) -> None:
    key = f"update:{maya}:p{diane(store)}:2026-03-02:2026-03-08"
    body: dict[str, Any] = {"letter": {"headline": "A steady week"}, "offered": {}, "made": []}
    store.do("Keep draft", drafts.keep, key, body, maya)
    page = opened()
    page.lists.choose("begun")
    page.lists.chosen.emit("begun")
    assert shown(page) == [
        ["Maya Brenner", "March 2 to 8", "Saved Today, 9:41 AM", "A steady week"]
    ]
    assert page.throw.isVisible()
    page.lists.choose("sent")
    page.lists.chosen.emit("sent")
    assert [row[:3] for row in shown(page)] == [["Maya Brenner", "February 23 to March 1", "Mar 2"]]


def test_each_list_has_its_own_headings_and_keys(opened: Open) -> None:
    page = opened()
    heard: list[None] = []
    page.hints_changed.connect(lambda: heard.append(None))

    def says() -> tuple[list[str], list[str], bool]:
        model = page.list.model()
        across = Qt.Orientation.Horizontal
        heads = [str(model.headerData(place, across)) for place in range(model.columnCount())]
        (brief,) = (each for each in page.commands() if each.name == "updates.brief")
        return heads[2:], [each.keys[0] for each in page.hints()], brief.enabled()

    assert says() == (["Due", "So far"], ["↑ ↓", "Enter", "B", "O"], True)
    for key, heads, keys in (
        ("begun", ["Saved", "Headline"], ["↑ ↓", "Enter", "Del", "O"]),
        ("sent", ["Handed over", "Headline"], ["↑ ↓", "Enter", "O"]),
    ):
        page.lists.choose(key)
        page.lists.chosen.emit(key)
        assert says() == (heads, keys, False)
    assert len(heard) == 2


def test_a_draft_is_thrown_away_with_a_key_and_put_back(
    opened: Open, store: Store, maya: int, said: Said, qtbot: QtBot
) -> None:
    key = f"update:{maya}:p{diane(store)}:2026-03-02:2026-03-08"
    body: dict[str, Any] = {"letter": {"headline": "A steady week"}, "offered": {}, "made": []}
    store.do("Keep draft", drafts.keep, key, body, maya)
    page = opened()
    assert not page.throw.isVisible()
    page.throw_away()  # what is due is no draft
    assert said.toasts == []
    page.lists.choose("begun")
    page.lists.chosen.emit("begun")
    page.throw_away()
    qtbot.waitUntil(lambda: not page.throw.isVisible())
    told, undo = said.toasts[-1]
    assert (told, shown(page)) == ("The letter for Diane is thrown away", [])
    assert undo is not None
    undo()
    qtbot.waitUntil(lambda: len(shown(page)) == 1)


def test_an_empty_list_says_what_lives_there(opened: Open) -> None:
    page = opened()
    page.lists.choose("begun")
    page.lists.chosen.emit("begun")
    assert not page.list.isVisible()
    assert not page.write.isVisible()


def test_names_are_hidden(opened: Open, desk: Desk) -> None:
    page = opened()
    desk.privacy.toggle()
    assert shown(page)[0][0] == "M. B."
