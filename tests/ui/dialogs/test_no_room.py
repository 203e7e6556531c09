"""The disk is full: what was typed stays, one sentence says so, it is kept once there is room."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QLineEdit, QMainWindow
from pytestqt.qtbot import QtBot
from sqlalchemy import Connection

from cmdesk.casework import clients, drafts, tasks
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.coverage import POLICY, open_coverage
from cmdesk.ui.dialogs.keeping import Keeper
from cmdesk.ui.dialogs.last_try import LastTry
from cmdesk.ui.dialogs.log_contact import LogDialog, open_log
from cmdesk.ui.page import Route
from cmdesk.ui.pages.chart import ChartPage
from cmdesk.ui.pages.composer import ComposerPage
from cmdesk.ui.widgets.label import Label
from cmdesk.ui.widgets.text_edit import TextEdit
from tests.ui.conftest import Said
from tests.ui.dialogs.practice import Case

LONG = "She called about the ride home. " * 3_000  # more than any free page takes
FULL = "The disk is full"
Room = Callable[[bool], None]


def trouble(dialog: LogDialog) -> str:
    return " ".join(label.text() for label in dialog.trouble.findChildren(Label))


def words_of(desk: Desk, key: str) -> object:
    kept = desk.ask(drafts.find, key)
    return kept.body["narrative"] if kept else None


def kept_now(desk: Desk, keeper: Keeper, key: str, qtbot: QtBot) -> Mapping[str, Any]:
    """Try again all that waits for room, and return what is kept under a key then."""
    keeper.keep_now()
    for held in desk.findChildren(LastTry):
        held.go()
    qtbot.waitUntil(lambda: desk.ask(drafts.find, key) is not None)
    kept = desk.ask(drafts.find, key)
    assert kept is not None
    return kept.body


@pytest.fixture
def room(desk: Desk) -> Room:
    """Return what lets the records grow no more (False), or again (True)."""

    def let_grow(grow: bool) -> None:
        def limit(connection: Connection) -> None:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            most = 1_000_000 if grow else pages
            connection.exec_driver_sql(f"PRAGMA max_page_count = {most}")

        desk._store.maintain([], limit)

    return let_grow


@pytest.fixture
def log(desk: Desk, window: QMainWindow, case: Case) -> LogDialog:
    dialog = open_log(desk, window, case.maya)
    assert isinstance(dialog, LogDialog)
    return dialog


@pytest.fixture
def chart(desk: Desk, window: QMainWindow, case: Case) -> ChartPage:
    page = ChartPage(desk)
    window.setCentralWidget(page)
    page.visit(Route("chart", case.maya))
    return page


def test_the_log_keeps_what_is_typed_until_there_is_room(
    log: LogDialog, desk: Desk, room: Room, qtbot: QtBot
) -> None:
    room(False)
    log.narrative.set_text(LONG)
    log.keeper.touch()
    log.keeper.keep_now()
    qtbot.waitUntil(lambda: FULL in log.foot_bar._kept.text())
    log.save(sign=False)
    qtbot.waitUntil(log.trouble.isVisible)
    assert FULL in trouble(log)
    assert log.isVisible()
    assert log.narrative.text() == LONG
    qtbot.waitUntil(log.keeper._pause.isActive)  # it tries again by itself
    room(True)
    log.keeper.keep_now()
    qtbot.waitUntil(lambda: desk.ask(drafts.find, log.keeper.key) is not None)


def test_what_was_typed_in_a_dialog_that_closed_is_kept_later(
    log: LogDialog, desk: Desk, room: Room, said: Said, qtbot: QtBot
) -> None:
    room(False)
    log.narrative.set_text(LONG)
    log.keeper.touch()
    key = log.keeper.key
    log.close_dialog()
    qtbot.waitUntil(lambda: len(said.problems) == 1)
    assert FULL in said.problems.pop()
    held = desk.findChildren(LastTry)[0]
    held.go()  # as it does by itself after some seconds
    qtbot.waitUntil(held.again.isActive)
    assert said.problems == []  # said once is enough
    room(True)
    held.go()
    qtbot.waitUntil(lambda: desk.ask(drafts.find, key) is not None)
    kept = desk.ask(drafts.find, key)
    assert kept is not None
    assert kept.body["narrative"] == LONG
    qtbot.waitUntil(lambda: desk.findChildren(LastTry) == [])
    assert said.toasts[-1][0] == "What you typed is kept now"


def test_what_was_kept_before_is_no_reason_to_give_the_rest_up(
    log: LogDialog, desk: Desk, room: Room, said: Said, qtbot: QtBot
) -> None:
    key = log.keeper.key
    log.narrative.set_text("She called.")
    log.keeper.touch()
    log.keeper.keep_now()
    room(False)
    log.narrative.set_text(LONG)
    log.keeper.touch()
    log.close_dialog()
    qtbot.waitUntil(lambda: len(said.problems) == 1)
    said.problems.clear()
    held = desk.findChildren(LastTry)[0]
    held.go()
    qtbot.waitUntil(held.again.isActive)
    room(True)
    held.go()
    qtbot.waitUntil(lambda: words_of(desk, key) == LONG)


def test_a_dialog_opened_again_meanwhile_shows_the_newest_words(
    log: LogDialog,
    desk: Desk,
    window: QMainWindow,
    case: Case,
    room: Room,
    said: Said,
    qtbot: QtBot,
) -> None:
    key = log.keeper.key
    log.narrative.set_text("She called.")
    log.keeper.touch()
    log.keeper.keep_now()
    qtbot.waitUntil(lambda: words_of(desk, key) == "She called.")
    room(False)
    log.narrative.set_text(LONG)
    log.keeper.touch()
    log.close_dialog()
    qtbot.waitUntil(lambda: len(said.problems) == 1)
    said.problems.clear()
    again = open_log(desk, window, case.maya)
    assert isinstance(again, LogDialog)
    assert again.narrative.text() == LONG
    room(True)
    again.start_over.click()  # what was thrown away does not come back by itself
    qtbot.waitUntil(lambda: desk.findChildren(LastTry) == [])
    assert words_of(desk, key) is None


def test_words_on_their_way_outlive_their_dialog(
    log: LogDialog, desk: Desk, room: Room, said: Said, qtbot: QtBot
) -> None:
    key = log.keeper.key
    room(False)
    log.narrative.set_text(LONG)
    log.keeper.touch()
    log.keeper.keep_now()
    log.close_dialog()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    qtbot.waitUntil(lambda: len(said.problems) == 1)
    said.problems.clear()
    room(True)
    desk.findChildren(LastTry)[0].go()
    qtbot.waitUntil(lambda: words_of(desk, key) == LONG)


def test_of_two_under_one_key_the_newer_words_are_kept(
    desk: Desk, case: Case, room: Room, said: Said, qtbot: QtBot
) -> None:
    room(False)
    for words in (LONG, LONG + "Twice."):
        newest = LastTry(desk, "log:new", {"narrative": words}, case.maya)
        newest.go()
    qtbot.waitUntil(newest.again.isActive)
    said.problems.clear()
    room(True)
    for each in desk.findChildren(LastTry):
        each.go()
    qtbot.waitUntil(lambda: desk.findChildren(LastTry) == [])
    assert words_of(desk, "log:new") == LONG + "Twice."


def test_words_of_the_draft_before_are_kept_under_its_own_key(
    log: LogDialog, desk: Desk, room: Room, said: Said, qtbot: QtBot
) -> None:
    key = log.keeper.key
    room(False)
    log.narrative.set_text(LONG)
    log.keeper.touch()
    log.keeper.turn("another")  # as the page of letters turns to another reader
    qtbot.waitUntil(lambda: len(said.problems) == 1)
    said.problems.clear()
    room(True)
    desk.findChildren(LastTry)[0].go()
    qtbot.waitUntil(lambda: words_of(desk, key) == LONG)
    assert not log.keeper._pause.isActive()


def test_a_form_one_went_back_from_is_kept_as_it_was_typed(
    desk: Desk, window: QMainWindow, case: Case, room: Room, said: Said, qtbot: QtBot
) -> None:
    dialog = open_coverage(desk, window, case.maya)
    dialog.open_form(POLICY, 0)
    key = dialog.keeper.key
    assert dialog._form is not None
    payer = dialog._form.field("payer").editor
    assert isinstance(payer, QLineEdit)
    room(False)
    payer.setText(LONG)
    typed = payer.text()
    dialog.keeper.touch()
    dialog.leave_form()
    qtbot.waitUntil(lambda: len(said.problems) == 1)
    said.problems.clear()
    room(True)
    assert kept_now(desk, dialog.keeper, key, qtbot)["payer"] == typed


def test_a_letter_one_turned_from_is_kept_as_it_was_typed(
    desk: Desk, window: QMainWindow, case: Case, room: Room, said: Said, qtbot: QtBot
) -> None:
    page = ComposerPage(desk)
    window.setCentralWidget(page)
    page.visit(Route("composer", case.maya, f"p{case.diane}"))
    qtbot.waitUntil(lambda: page.letter.place is not None)
    key, headline = page.keeper.key, page.letter.editor.editors()["headline"]
    assert isinstance(headline, TextEdit)
    room(False)
    headline.set_text(LONG)
    page.letter.edited.emit()
    page.visit(Route("composer", case.owen))
    assert page.letter.place is None  # there is nobody to write to
    qtbot.waitUntil(lambda: len(said.problems) == 1)
    said.problems.clear()
    room(True)
    kept = kept_now(desk, page.keeper, key, qtbot)
    assert kept["letter"]["headline"].startswith("She called about")


def test_where_things_stand_comes_back_into_its_field(
    chart: ChartPage, desk: Desk, case: Case, room: Room, said: Said, qtbot: QtBot
) -> None:
    room(False)
    chart.card.edit(LONG)
    chart.card.save()
    qtbot.waitUntil(lambda: chart.card.editing)
    assert chart.card.editor.text().strip() == LONG.strip()
    assert FULL in said.problems[0]
    room(True)
    chart.card.save()
    qtbot.waitUntil(lambda: desk.ask(clients.head, case.maya).where_things_stand == LONG.strip())
    said.problems.clear()


def test_a_next_step_comes_back_into_its_field(
    chart: ChartPage, desk: Desk, case: Case, room: Room, said: Said, qtbot: QtBot
) -> None:
    new = chart.side.new_step
    before = len(desk.ask(tasks.next_steps, case.maya))
    room(False)
    new.begin()
    new.what.setMaxLength(len(LONG))
    new.what.setText(LONG)
    new.add.click()
    qtbot.waitUntil(new.isVisible)
    assert new.what.text().strip() == LONG.strip()
    qtbot.waitUntil(lambda: len(said.problems) == 1)
    assert FULL in said.problems.pop()
    room(True)
    new.what.setText("Ask about the ride home")
    new.add.click()
    qtbot.waitUntil(lambda: len(desk.ask(tasks.next_steps, case.maya)) == before + 1)
    qtbot.waitUntil(lambda: not new.what.text())


def test_a_next_step_stays_with_the_chart_it_was_typed_in(
    chart: ChartPage, desk: Desk, case: Case, room: Room, said: Said, qtbot: QtBot
) -> None:
    new = chart.side.new_step
    room(False)
    new.begin()
    new.what.setMaxLength(len(LONG))
    new.what.setText(LONG)
    new.add.click()
    chart.visit(Route("chart", case.owen))
    qtbot.waitUntil(lambda: len(said.problems) == 1)
    said.problems.clear()
    assert new.typed == ("", None)
    assert not new.isVisible()
    new.begin()
    new.what.setText("Owen’s own")
    chart.visit(Route("chart", case.maya))
    qtbot.waitUntil(lambda: new.what.text() == LONG)
    room(True)
    new.add.click()
    chart.visit(Route("chart", case.owen))
    qtbot.waitUntil(lambda: [toast[0] for toast in said.toasts] == ["Next step added"])
    assert new.what.text() == "Owen’s own"
    chart.visit(Route("chart", case.maya))
    qtbot.waitUntil(lambda: new.what.text() == "")
