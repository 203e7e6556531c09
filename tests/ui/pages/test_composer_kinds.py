"""Letters of other kinds, a crisis by the clock, and what the last letter promised."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.casework import promises
from cmdesk.models.update import LetterPromise, ToldStatement, Update, UpdateCopy
from cmdesk.rules.letter import Closed
from cmdesk.rules.promises import Became
from cmdesk.store.store import Store
from cmdesk.ui.pages.composer import ComposerPage
from cmdesk.ui.parts import letter_acts
from cmdesk.ui.parts.letter_list_parts import ClockPart
from cmdesk.ui.parts.letter_promises import ClosedPart
from cmdesk.ui.parts.verdict_card import Act
from tests.ui.conftest import Said, bring_up
from tests.ui.pages.test_composer import Open, opened, person

__all__ = ["opened"]  # the fixture
ANSWER = "Say what became of what you promised"


def promised(store: Store, maya: int, what: Sequence[str]) -> None:
    """Keep a letter to Diane of the week before, and what it promised for March 4."""
    reader = person(store, "Diane")

    def work(session: Session) -> None:
        days = {"period_from": date(2026, 2, 23), "period_until": date(2026, 3, 1)}
        update = Update(client_id=maya, number=1, status="sent", **days)
        session.add(update)
        session.flush()
        copy = UpdateCopy(update_id=update.id, person_id=reader)
        session.add(copy)
        session.flush()
        for place, each in enumerate(what):
            session.add(
                LetterPromise(
                    update_copy_id=copy.id,
                    client_id=maya,
                    position=place,
                    due=date(2026, 3, 4),
                    when_words="Wed, March 4",
                    what=each,
                    who="Nora",
                )
            )

    store.do("Hand over", work)


def answers(page: ComposerPage) -> ClosedPart:
    return next(part for part in page.letter.editor.parts if isinstance(part, ClosedPart))


def press(key: Qt.Key) -> None:
    now = QApplication.focusWidget()
    assert now is not None
    QTest.keyClick(now, key)


def test_each_promise_is_answered_for_with_one_key(
    opened: Open, store: Store, maya: int, said: Said, qtbot: QtBot
) -> None:
    promised(store, maya, ["Call the insurer", "Send the forms", "Visit on Sunday"])
    page = opened()
    bring_up(qtbot, page)
    part = answers(page)
    assert [row.promise.what for row in part.waiting] == [
        "Call the insurer",
        "Send the forms",
        "Visit on Sunday",
    ]
    assert (page.letter.why_not(), page.head.finish.isEnabled()) == (ANSWER, False)
    assert part.remark.text() == "3 to answer for"
    page.finish()
    assert part.waiting[0].hasFocus()
    press(Qt.Key.Key_D)
    qtbot.waitUntil(lambda: len(part.waiting) == 2)
    assert part.waiting[0].hasFocus()  # and goes on from there
    press(Qt.Key.Key_M)
    QTest.keyClicks(part.waiting[0].day, "Mar 2, 2026")
    press(Qt.Key.Key_Return)
    assert part.waiting[0].remark.text == "That day went by: say done or dropped"
    part.waiting[0].day.selectAll()
    QTest.keyClicks(part.waiting[0].day, "Mar 18")
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(part.waiting) == 1)
    press(Qt.Key.Key_X)
    qtbot.waitUntil(lambda: part.waiting == [])
    qtbot.waitUntil(lambda: len(part.rows) == 3)
    assert [(row.what, row.became) for row in page.letter.letter.closed] == [
        ("Call the insurer", "Done"),
        ("Send the forms", "Moved"),
        ("Visit on Sunday", "Dropped"),
    ]
    assert "March 18" in page.letter.letter.closed[1].note
    qtbot.waitUntil(lambda: page.letter.why_not() == "")
    told, undo = said.toasts[-1]
    assert (told, undo is not None) == ("Dropped: Visit on Sunday", True)
    undo()  # type: ignore[misc]  # there is one
    qtbot.waitUntil(lambda: [row.promise.what for row in part.waiting] == ["Visit on Sunday"])
    assert len(page.letter.letter.closed) == 2


def test_esc_takes_back_that_it_was_moved(
    opened: Open, store: Store, maya: int, qtbot: QtBot
) -> None:
    promised(store, maya, ["Call the insurer"])
    page = opened()
    bring_up(qtbot, page)
    (row,) = answers(page).waiting
    row.buttons[Became.MOVED].click()
    assert row.day.hasFocus()
    press(Qt.Key.Key_Return)  # no day, no move
    assert row.day.isVisible()
    press(Qt.Key.Key_Escape)
    assert (row.hasFocus(), row.day.isVisible()) == (True, False)


def test_nothing_changed_is_said_in_a_letter_of_its_own(
    opened: Open, store: Store, qtbot: QtBot
) -> None:
    key = f"p{person(store, 'Diane')}"
    page = opened(f"{key}:2026-03-02:2026-03-08:brief")
    assert page.head.kind.text() == "Nothing material changed"
    assert page.head.about.text() == "Maya Brenner, March 2 to 8"
    assert page.keeper.key.endswith(":2026-03-02:2026-03-08:brief_no_change")
    assert page.letter.editor.texts["now"].text() != ""
    assert page.letter.why_not() == ""
    cards = page.letter.cards.cards.values()
    assert {act for card in cards for act in card.buttons} <= {Act.ASK}  # nothing else goes in
    assert letter_acts.undecided(page.letter.place, page.letter.typed()) == frozenset()  # type: ignore[arg-type]  # opened
    page.letter.lay_out_letter()
    qtbot.waitUntil(lambda: page.letter.preview.pages is not None)
    page.write_kind("weekly")
    qtbot.waitUntil(lambda: page.letter.watching.ready and "help" in page.letter.editor.texts)
    assert page.head.about.text() == "Maya Brenner, March 2 to 8"
    page.letter.editor.texts["help"].setPlainText("Call me by Thursday.")
    page.write_brief()
    qtbot.waitUntil(lambda: "now" in page.letter.editor.texts)
    page.write_kind("weekly")
    qtbot.waitUntil(lambda: "help" in page.letter.editor.texts)
    assert page.letter.editor.texts["help"].text() == "Call me by Thursday."


def test_a_crisis_is_written_down_by_the_clock(opened: Open, qtbot: QtBot) -> None:
    page = opened()
    bring_up(qtbot, page)
    page.stamp()
    qtbot.waitUntil(lambda: page.head.kind.text() == "Crisis notice")
    assert page.head.about.text() == "Maya Brenner, March 9"
    assert page.head.due.isVisible()
    assert page.head.due.accessibleName() == "Out by 1:41 PM"
    clock = next(part for part in page.letter.editor.parts if isinstance(part, ClockPart))
    qtbot.waitUntil(lambda: len(clock.rows) == 1)
    assert page.letter.letter.clock[0].at == "9:41 AM"
    now = QApplication.focusWidget()
    assert now is not None
    QTest.keyClicks(now, "The school called")
    page.stamp()  # the same key puts the time down again
    assert len(clock.rows) == 2
    qtbot.waitUntil(lambda: page.letter.watching.ready)
    assert page.letter.letter.clock[0].what == "The school called"
    page.leave()
    page.write_kind("weekly")
    qtbot.waitUntil(lambda: "help" in page.letter.editor.texts)
    page.write_kind("crisis_notice")
    qtbot.waitUntil(lambda: "now" in page.letter.editor.texts)
    assert [row.what for row in page.letter.letter.clock] == ["The school called", ""]
    assert Closed not in {type(row) for row in page.letter.letter.clock}


def test_a_notice_within_hours_waits_for_no_answer_and_the_brief_does(
    opened: Open, store: Store, maya: int, qtbot: QtBot
) -> None:
    promised(store, maya, ["Call the insurer"])
    page = opened(":::crisis")
    assert page.letter.letter.clock[0].at == "9:41 AM"  # it runs from here on
    qtbot.waitUntil(lambda: page.letter.watching.ready)
    assert (page.letter.waiting(), answers(page).waiting) == ([], [])
    assert page.letter.why_not() != ANSWER
    page.write_kind("brief_no_change")
    qtbot.waitUntil(lambda: page.letter.why_not() == ANSWER)
    (row,) = answers(page).waiting
    row.settled.emit("done", None)
    qtbot.waitUntil(lambda: answers(page).waiting == [])
    who = page.letter.place.party  # type: ignore[union-attr]  # opened
    assert store.ask(promises.open_of, maya, who) == []


def test_what_was_told_otherwise_stands_below_the_words(
    opened: Open, store: Store, maya: int, qtbot: QtBot
) -> None:
    promised(store, maya, [])
    reader = person(store, "Diane")
    leaves = "Maya leaves Stillwater Ridge on Friday, March 27."

    def tell(session: Session) -> None:
        copy = session.scalars(select(UpdateCopy.id).where(UpdateCopy.person_id == reader)).first()
        row = ToldStatement(client_id=maya, person_id=reader, update_copy_id=copy, text=leaves)
        row.told_on = date(2026, 3, 2)
        session.add(row)

    store.do("Tell", tell)
    page = opened()
    page.letter.editor.add_paragraph()
    last = page.letter.editor.passages[-1].editor
    last.setPlainText("Maya leaves Stillwater Ridge on Friday, March 20.")
    page.letter.lay_out_letter()
    said = f"Told Diane on Mar 2: “{leaves}”"
    said_of = page.letter.told
    qtbot.waitUntil(lambda: said_of.said.count(said) == 2)  # the step says the same day
    assert page.letter.why_not() == ""  # it advises, and never blocks
    last.setPlainText("She sleeps well.")
    page.letter.lay_out_letter()
    qtbot.waitUntil(lambda: said_of.said.count(said) == 1)
