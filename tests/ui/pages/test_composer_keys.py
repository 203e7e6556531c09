"""Where the keyboard goes on in a letter: after what went, after an answer, and with Tab."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout
from pytestqt.qtbot import QtBot
from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.models.update import UpdatePlan
from cmdesk.store.store import Store
from cmdesk.ui.parts.letter_list_parts import ClockPart
from tests.ui.conftest import bring_up
from tests.ui.pages.test_composer import INSURER, RIDE, Open, narrow, opened, texts
from tests.ui.pages.test_composer_kinds import answers, press, promised

__all__ = ["opened"]  # the fixture


def focused() -> object:
    return QApplication.focusWidget()


def test_a_paragraph_that_goes_hands_the_keyboard_to_the_next_one_and_the_last_to_the_ask(
    opened: Open, store: Store, qtbot: QtBot
) -> None:
    narrow(store, "Diane", "family")
    page = opened()
    bring_up(qtbot, page)
    editor = page.letter.editor
    assert texts(page)[1:] == [INSURER]
    editor.passages[0].editor.setPlainText("David came.")
    qtbot.waitUntil(lambda: len(page.letter.marks.notes) == 1)
    remove = page.letter.marks.notes[0].remove
    remove.setFocus()
    remove.click()
    assert texts(page) == [INSURER]
    assert focused() is editor.passages[0].editor
    editor.passages[0].remove.setFocus()
    editor.passages[0].remove.click()
    assert (texts(page), focused()) == ([], editor.texts["help"])


def test_the_last_answer_leads_to_the_ask_and_a_day_half_typed_stays(
    opened: Open, store: Store, maya: int, qtbot: QtBot
) -> None:
    promised(store, maya, ["Call the insurer", "Send the forms"])
    page = opened()
    bring_up(qtbot, page)
    part = answers(page)
    first, second = part.waiting
    second.setFocus()
    press(Qt.Key.Key_M)
    QTest.keyClicks(second.day, "Mar 1")
    first.setFocus()
    press(Qt.Key.Key_D)
    qtbot.waitUntil(lambda: len(part.waiting) == 1)
    assert part.waiting == [second]
    assert (second.day.isVisible(), second.day.text()) == (True, "Mar 1, 2026")
    assert focused() is second.day
    press(Qt.Key.Key_Escape)
    press(Qt.Key.Key_X)
    qtbot.waitUntil(lambda: part.waiting == [])
    assert focused() is page.letter.editor.texts["help"]


def test_the_clock_fills_the_line_that_says_nothing_yet(opened: Open, qtbot: QtBot) -> None:
    page = opened(":::crisis")
    bring_up(qtbot, page)
    clock = next(part for part in page.letter.editor.parts if isinstance(part, ClockPart))
    clock.rows[0].at.setText("9:30 AM")  # type: ignore[attr-defined]  # a line of the clock
    page.letter.editor.stamp()
    assert [row.at for row in page.letter.letter.clock] == ["9:41 AM"]
    assert focused() is clock.rows[0].what  # type: ignore[attr-defined]  # a line of the clock
    clock.rows[0].what.setPlainText("The school called")  # type: ignore[attr-defined]  # as above
    page.letter.editor.stamp()
    assert [row.what for row in page.letter.letter.clock] == ["The school called", ""]


def test_what_is_greyed_in_a_spanish_letter_is_spanish(
    opened: Open, store: Store, qtbot: QtBot
) -> None:
    page = opened()
    editor = page.letter.editor
    assert editor.headline.placeholderText() == "The week in a few words"
    store.do("Agree", spanish)
    again = opened()
    editor = again.letter.editor
    names = [part.name.text() for part in editor.parts]
    assert names[0] == "De un vistazo"
    assert editor.close_words.accessibleName() == "Un cierre amable"
    assert editor.headline.placeholderText() == "La semana en pocas palabras"
    assert editor.glances[1].editor.placeholderText() == "Vacío, no se incluye"
    assert editor.steps[0].what.placeholderText() == "Lo que sigue"
    assert RIDE in texts(again)


def spanish(session: Session) -> None:
    """Let the letters to Diane be Spanish."""
    for plan in session.scalars(select(UpdatePlan)):
        plan.language = "es"


def test_tab_follows_the_order_of_reading_on_to_finish(opened: Open, qtbot: QtBot) -> None:
    page = opened()
    bring_up(qtbot, page)
    editor = page.letter.editor
    editor.add_paragraph()
    qtbot.waitUntil(lambda: not page._order._later.isActive())
    editor.glances[0].editor.setFocus()
    met: list[object] = []
    while focused() is not page.head.finish:
        met.append(focused())
        press(Qt.Key.Key_Tab)
        assert len(met) < 80
    told = [
        *(row.editor for row in editor.glances),
        *(row.editor for row in editor.passages),
        *(row.what for row in editor.steps),
        *(editor.texts["help"], editor.close_words),
        *(page.letter.finishing.panel.lock, page.letter.finishing.panel.change),
    ]
    assert [each for each in met if each in told] == told


def test_the_head_drops_a_remark_before_its_title_is_cut(opened: Open, qtbot: QtBot) -> None:
    head = opened().head
    head.say_to_answer(2)
    head.say_words(3, 0)
    for width in range(900, 1300, 25):
        head.setFixedWidth(width)
        head.fit()
        least = QHBoxLayout.minimumSize(head._row).width()
        assert least <= width or not head._row.fits(width)
