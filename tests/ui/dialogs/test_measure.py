"""A score: noted, refused out of its range, drawn in the care plan, changed and taken away."""

from datetime import date

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QMainWindow
from pytestqt.qtbot import QtBot

from cmdesk.casework import drafts, measures
from cmdesk.rules.measure_draft import MeasureForm
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.measure import MeasureDialog, open_measure
from cmdesk.ui.parts.goals_tab import GoalsTab
from cmdesk.ui.widgets.choice import Choice
from tests.ui.conftest import Said
from tests.ui.dialogs.hands import gone, press, stops_of, type_
from tests.ui.dialogs.practice import TODAY, Case

SAVE = (Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def noted(qtbot: QtBot, desk: Desk, case: Case, score: str, day: date, code: str = "phq9") -> int:
    told: list[int] = []
    form = MeasureForm(code, score=score, taken_on=day)
    desk.do(desk, "Note", measures.save, case.maya, form).then(told.append)
    qtbot.waitUntil(lambda: bool(told))
    return told[0]


def type_score(dialog: MeasureDialog, score: str) -> None:
    edit = dialog.field("score").editor
    assert isinstance(edit, QLineEdit)
    edit.clear()
    edit.setFocus()
    type_(score)


def test_a_score_is_noted_and_one_out_of_range_is_refused_with_the_range(
    qtbot: QtBot, desk: Desk, window: QMainWindow, case: Case, said: Said
) -> None:
    dialog = open_measure(desk, window, case.maya)
    assert open_measure(desk, window, case.maya) is dialog
    assert stops_of(dialog)
    assert not dialog.field("name").isVisible()
    type_score(dialog, "28")
    press(*SAVE)
    assert dialog.field("score").fault == "PHQ-9 goes from 0 to 27."
    type_score(dialog, "9")
    press(*SAVE)
    qtbot.waitUntil(gone(dialog))
    (row,) = desk.ask(measures.rows, case.maya)
    assert (row.name, row.score, row.day) == ("PHQ-9", 9, TODAY)
    assert said.toasts[-1][0] == "Score noted"
    assert desk.ask(drafts.find, dialog.keeper.key) is None
    again = open_measure(desk, window, case.maya, row.id)
    again.away.click()
    qtbot.waitUntil(gone(again))
    assert desk.ask(measures.rows, case.maya) == []


def test_a_measure_of_ones_own_is_named(desk: Desk, window: QMainWindow, case: Case) -> None:
    dialog = open_measure(desk, window, case.maya)
    box = dialog.field("instrument").editor
    assert isinstance(box, Choice)
    box.choose("other")
    box.chosen.emit("other")
    assert dialog.field("name").isVisible()
    type_score(dialog, "7")
    press(*SAVE)
    assert dialog.field("name").fault


def test_scores_are_read_by_pointer_by_keys_and_as_a_table(
    qtbot: QtBot, desk: Desk, window: QMainWindow, case: Case
) -> None:
    older = noted(qtbot, desk, case, "14", date(2026, 2, 3))
    noted(qtbot, desk, case, "9", date(2026, 3, 5))
    noted(qtbot, desk, case, "38", date(2026, 3, 5), "barc10")
    noted(qtbot, desk, case, "23", date(2025, 1, 5))
    tab = GoalsTab(desk)
    window.setCentralWidget(tab)
    tab.show_client(case.maya)
    card, chart = tab.measures, tab.measures.chart
    assert "PHQ-9 fell from 14 on February 3 to 9 on March 5" in chart.accessibleDescription()
    read: list[str] = []
    chart.read.connect(read.append)
    chart.setFocus(Qt.FocusReason.TabFocusReason)
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Left, Qt.Key.Key_Down, Qt.Key.Key_Up):
        QTest.keyClick(chart, key)
    first, second = "PHQ-9: 9 on March 5", "PHQ-9: 14 on February 3"
    assert read == [first, second, "BARC-10: 38 on March 5", first]
    assert chart.drawing is not None
    dot = chart.drawing.dots[0]
    QTest.mouseMove(chart, QPoint(round(dot.x) + 1, round(dot.y)))
    QTest.mouseMove(chart, QPoint(0, 0))
    assert not chart.grab().isNull()
    card.span.choose("all")
    card.span.chosen.emit("all")
    assert "23 on January 5, 2025" in chart.accessibleDescription()
    asked: list[object] = []
    tab.measure_asked.connect(asked.append)
    card.turn.click()
    assert not chart.isVisible()
    changes = [each for each in card.findChildren(type(card.turn)) if each.text() == "Change"]
    assert len(changes) == 4
    changes[2].click()
    card.add.click()
    assert asked == [older, None]
    card.turn.click()
    assert chart.isVisible()
