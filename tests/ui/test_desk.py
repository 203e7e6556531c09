from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from cmdesk.errors import Problem
from cmdesk.store.journal import Change
from cmdesk.ui.desk import Desk
from cmdesk.ui.page import Route
from tests.store import small
from tests.ui.conftest import Said


def test_a_write_is_announced_and_can_be_taken_back(desk: Desk, qtbot: QtBot) -> None:
    heard: list[Change] = []
    made: list[int] = []
    desk.changed.connect(heard.append)
    desk.do(desk, "Add client", small.add_client, "Maya").then(made.append)
    qtbot.waitUntil(lambda: bool(made))
    assert heard[0].rows == frozenset({("client", made[0])})
    assert desk.undo_label == "Add client"
    desk.undo(desk)
    assert desk.ask(small.clients) == []
    assert desk.redo_label == "Add client"
    desk.redo(desk)
    assert desk.ask(small.clients) == made


def test_reading_in_the_background(desk: Desk, qtbot: QtBot) -> None:
    desk.do(desk, "Add client", small.add_client, "Maya")
    seen: list[list[int]] = []
    desk.fetch(desk, small.clients).then(seen.append)
    qtbot.waitUntil(lambda: seen == [[1]])


def test_a_refusal_is_said(desk: Desk, said: Said, qtbot: QtBot) -> None:
    def refuse(session: Session) -> None:
        raise Problem("This client is closed.", "Open it again first.")

    desk.do(desk, "Rename", refuse)
    qtbot.waitUntil(lambda: bool(said.problems))
    assert said.problems.pop() == "This client is closed. Open it again first."
    assert desk.undo_label is None


def test_a_bug_is_told_without_values(desk: Desk, said: Said, qtbot: QtBot) -> None:
    def stumble(session: Session) -> None:
        raise ValueError("Maya Brenner")

    desk.fetch(desk, stumble)
    qtbot.waitUntil(lambda: bool(said.bugs))
    account = said.bugs.pop()
    assert "ValueError" in account
    assert "stumble" in account
    assert "Maya" not in account


def test_what_was_done_offers_the_way_back(desk: Desk, said: Said, qtbot: QtBot) -> None:
    desk.done("Nothing yet")
    assert said.toasts.pop() == ("Nothing yet", None)
    desk.do(desk, "Add client", small.add_client, "Maya")
    desk.done("Client added")
    text, undo = said.toasts.pop()
    assert text == "Client added"
    assert undo is not None
    undo()
    assert desk.ask(small.clients) == []


def test_notes_go_to_the_audit_trail_alone(desk: Desk) -> None:
    desk.note(desk, "Opened a chart", "viewed")
    assert desk.undo_label is None
    assert desk.ask(small.trail)[-1][:2] == ("Opened a chart", "viewed")


def test_a_page_asks_for_another(desk: Desk, qtbot: QtBot) -> None:
    went: list[object] = []
    desk.went.connect(went.append)
    desk.go(Route("chart", 7))
    assert went == [Route("chart", 7)]
