"""Letters that grow, two of them side by side, and what was told, from a chart's own pages."""

from datetime import date

from PySide6.QtWidgets import QApplication, QLabel, QMainWindow, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.casework import next_letter
from cmdesk.casework.parity import Given
from cmdesk.models.person import Person
from cmdesk.models.update import ToldStatement
from cmdesk.rules.consent import Outcome
from cmdesk.store.store import Store
from cmdesk.ui.chart_ways import ChartWays
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.parity import open_parity
from cmdesk.ui.dialogs.told_ledger import open_ledger
from cmdesk.ui.icons import Icon
from cmdesk.ui.page import Route
from cmdesk.ui.parts.next_letters import NextLetters
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.card import column, scrolled

WEEK = date(2026, 3, 2), date(2026, 3, 8)


def person(store: Store, given: str) -> int:
    query = select(Person.id).where(Person.given_name == given)
    return store.ask(lambda session: session.scalars(query).one())


def words_of(widget: object) -> list[str]:
    assert isinstance(widget, NextLetters | QMainWindow)
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget)]


def test_the_next_letter_grows_at_the_side(desk: Desk, maya: int, qtbot: QtBot) -> None:
    shown = NextLetters(desk)
    qtbot.addWidget(shown)
    shown.show_client(maya)
    qtbot.waitUntil(lambda: bool(shown.rows))
    said = " ".join(words_of(shown))
    assert "entries can be shared" in said
    asked: list[Route] = []
    desk.went.connect(asked.append)
    assert "For Diane" in [each.text() for each in shown.findChildren(Button)]
    desk.privacy.toggle()  # nothing is asked for it: at once
    assert [each.text() for each in shown.findChildren(Button)][-1] == "For D."
    desk.privacy.toggle()
    (row,) = shown.rows
    row.findChildren(Button)[0].click()
    assert asked[0].page == "composer"
    assert asked[0].record == maya


def test_nothing_is_squashed_when_letters_come_later(desk: Desk, maya: int, qtbot: QtBot) -> None:
    sheet, shown = QWidget(), NextLetters(desk)
    whole = column(sheet)
    whole.addWidget(shown)
    area = scrolled(sheet, "Rail")
    qtbot.addWidget(area)
    area.resize(300, 60)
    area.show()
    QApplication.processEvents()
    shown._show(desk.ask(next_letter.growing, maya))  # as an answer that comes later does
    (row,) = shown.rows
    assert sheet.height() >= sheet.minimumSizeHint().height() > area.height()
    assert row.height() >= row.minimumSizeHint().height()


def test_two_letters_say_what_differs_and_why(
    desk: Desk, maya: int, store: Store, qtbot: QtBot
) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    window.resize(1200, 800)
    window.show()
    diane, david = f"p{person(store, 'Diane')}", f"p{person(store, 'David')}"
    named = {each.name: each for each in ChartWays(window, desk, window).commands(lambda: maya)}
    named["compare"].run()
    dialog = open_parity(desk, window, maya, diane, *WEEK)
    assert open_parity(desk, window, maya, diane, *WEEK) is dialog
    dialog.right.choose(david)
    dialog.right.chosen.emit(david)
    assert dialog.found is not None
    differing = dialog.found.differing
    assert 0 < differing < len(dialog.found.rows)
    assert str(differing) in dialog.count.text()
    qtbot.waitUntil(lambda: "Not in David" in " ".join(words_of(window)))
    dialog.right.choose(diane)
    dialog.right.chosen.emit(diane)
    assert dialog.count.text() == "Both letters say the same."
    dialog.only.setChecked(True)
    dialog.close_dialog()


def test_a_lock_stands_beside_what_is_kept_back_alone(
    desk: Desk, maya: int, store: Store, qtbot: QtBot
) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    diane = f"p{person(store, 'Diane')}"
    dialog = open_parity(desk, window, maya, diane, *WEEK)
    said = {
        outcome: dialog._state(Given(outcome, text, 8, why, written=written), shown)
        for outcome, text, why, written, shown in (
            (Outcome.SHARE, "", "Covered: progress", None, ""),
            (Outcome.SHORT, "Group.", "Only the short version", "", ""),
            (Outcome.KEEP_BACK, "", "", None, ""),
        )
    }
    assert said == {
        Outcome.SHARE: (Icon.PENCIL, "warn", "Covered: progress · no line written yet"),
        Outcome.SHORT: (Icon.PENCIL, "warn", "Only the short version · left out of the letter"),
        Outcome.KEEP_BACK: (Icon.LOCK, "text2", "Not in the letter"),
    }
    dialog.close_dialog()


def test_what_was_told_is_found_by_a_word(
    desk: Desk, maya: int, store: Store, qtbot: QtBot
) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    window.resize(1200, 800)
    window.show()
    diane = person(store, "Diane")

    def tell(session: Session) -> None:
        for text in ("She leaves on March 20.", "She slept seven hours."):
            told = ToldStatement(
                client_id=maya, person_id=diane, told_on=date(2026, 3, 2), text=text
            )
            session.add(told)

    store.do("Tell", tell)
    named = {each.name: each for each in ChartWays(window, desk, window).commands(lambda: maya)}
    named["told"].run()
    dialog = open_ledger(desk, window, maya)  # the one that stands open
    assert dialog.count.text() == "2 statements"
    dialog.search.setText("slept")
    qtbot.waitUntil(lambda: dialog.count.text() == "1 statement")
    assert [each.text for each in dialog.found] == ["She slept seven hours."]
    dialog.search.setText("zebra")
    qtbot.waitUntil(lambda: not dialog.found)
    assert "Nothing was told" in dialog.count.text()
