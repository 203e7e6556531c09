"""In an empty practice each page says what will live there, and offers the way in."""

import pytest
from pytestqt.qtbot import QtBot

from cmdesk.ui.desk import Desk
from cmdesk.ui.page import Page, Route
from cmdesk.ui.pages.activity import ActivityPage
from cmdesk.ui.pages.clients import ClientsPage
from cmdesk.ui.pages.today import TodayPage
from cmdesk.ui.pages.updates import UpdatesPage
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.empty import Empty
from cmdesk.ui.widgets.skeleton import Skeleton


def shown(qtbot: QtBot, page: Page) -> list[Empty]:
    qtbot.addWidget(page)
    page.resize(1120, 680)
    page.visit(Route(""))
    page.show()
    waiting = page.findChildren(Skeleton)
    qtbot.waitUntil(lambda: not any(each.isVisible() for each in waiting))
    return [each for each in page.findChildren(Empty) if each.isVisible()]


@pytest.mark.parametrize("page", [TodayPage, ClientsPage, UpdatesPage])
def test_a_page_without_anybody_says_what_lives_there(
    qtbot: QtBot, desk: Desk, page: type[Page]
) -> None:
    made = page(desk)
    (empty,) = shown(qtbot, made)
    assert len(empty._heading.text().split()) > 1
    assert empty._text.text()
    assert [each for each in empty.findChildren(Button) if each.isVisible()]


def test_the_activity_record_is_never_empty(qtbot: QtBot, desk: Desk) -> None:
    page = ActivityPage(desk)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: page.list.model().rowCount() > 0)
