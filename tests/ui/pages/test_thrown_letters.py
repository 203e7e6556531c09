"""A letter that was begun for nothing is thrown away, from where it is written or listed."""

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cmdesk.casework import letter_drafts, today, update_list
from cmdesk.rules.letter import PartKind
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


def test_a_part_is_left_out_of_one_letter_and_put_back(
    opened: Open, store: Store, qtbot: QtBot
) -> None:
    page = opened()
    editor = page.letter.editor
    kinds = {part.part.kind: part for part in editor.parts}
    assert kinds[PartKind.GLANCE].turn is None  # its words are taken out by hand
    calls = kinds[PartKind.CALLS]
    before = page.letter.letter.parts
    assert calls.turn is not None
    calls.turn.click()
    assert page.letter.letter.parts == tuple(part for part in before if part.key != "calls")
    page.refresh()  # judged anew it stays listed
    assert calls in editor.parts
    assert (calls.remark.text(), calls.inside.isVisibleTo(calls)) == ("Not in this letter", False)
    page.leave()
    key = page.keeper.key
    qtbot.waitUntil(lambda: store.ask(letter_drafts.find, key) is not None)
    other = opened()  # read anew, it can still be put back
    again = next(part for part in other.letter.editor.parts if part.part.kind is PartKind.CALLS)
    assert again.turn is not None
    assert again.turn.accessibleName() == "Put it back: Who to call"
    again.turn.click()
    assert other.letter.letter.parts == before
