"""A list that measures only what it shows, tried with rows of any height."""

from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QSize, QStringListModel, Qt
from PySide6.QtGui import QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget
from pytestqt.qtbot import QtBot

from cmdesk.errors import Problem
from cmdesk.ui.widgets import paint
from cmdesk.ui.widgets.long_list import LongList

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen screen's own warning
Index = QModelIndex | QPersistentModelIndex


class Heights(QStyledItemDelegate):
    """Rows of given heights; it keeps which were asked for and which were painted."""

    def __init__(self, heights: Sequence[int]) -> None:
        super().__init__()
        self.heights = heights
        self.asked: set[int] = set()
        self.painted: list[int] = []

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802 - Qt's name
        self.asked.add(index.row())
        return QSize(100, self.heights[index.row()])

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        self.painted.append(index.row())


class Listed:
    """A shown list of 300 px with the delegate that measures it."""

    def __init__(self, qtbot: QtBot, heights: Sequence[int]) -> None:
        self.view, self.delegate = LongList("Rows", 50), Heights(heights)
        self.model = QStringListModel([str(n) for n in range(len(heights))])
        self.view.setItemDelegate(self.delegate)
        self.view.setModel(self.model)
        self.window = QWidget()  # as a window of its own a list would have a frame
        qtbot.addWidget(self.window)
        self.window.resize(200, 300)
        self.view.setParent(self.window)
        self.view.resize(200, 300)
        self.window.show()
        self.view.show()
        self.view.setFocus()
        self.paint()

    def paint(self) -> dict[int, int]:
        """Paint, and give the top of each row in view."""
        self.delegate.painted.clear()
        self.view.viewport().grab()
        rows = self.delegate.painted
        return {row: self.view.visualRect(self.model.index(row)).top() for row in rows}


HEIGHTS = st.lists(st.integers(20, 400), min_size=1, max_size=60)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(heights=HEIGHTS, turns=st.lists(st.integers(-200, 200), max_size=20))
@example(heights=[20, 280, 20, 300], turns=[100, -51])  # up from the end, past a row never seen
def test_what_is_seen_moves_as_far_as_it_was_scrolled(
    qtbot: QtBot, heights: list[int], turns: list[int]
) -> None:
    listed = Listed(qtbot, heights)
    bar = listed.view.verticalScrollBar()
    for turn in turns:
        before, value = listed.paint(), bar.value()
        bar.setValue(value + turn)
        moved = bar.value() - value
        after = listed.paint()
        stayed = set(before) & set(after)
        shifts = {after[row] - before[row] for row in stayed}
        assert shifts <= {-moved} or bar.value() in (0, bar.maximum())
        tops = [after[row] for row in sorted(after)]
        assert tops == sorted(tops)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(heights=HEIGHTS)
def test_every_row_is_reached_by_keys_and_then_whole(qtbot: QtBot, heights: list[int]) -> None:
    listed = Listed(qtbot, heights)
    listed.view.setCurrentIndex(listed.model.index(0))
    for row in range(1, len(heights)):
        QTest.keyClick(listed.view, Qt.Key.Key_J)
        assert listed.view.currentIndex().row() == row
        rect = listed.view.visualRect(listed.view.currentIndex())
        assert rect.height() == heights[row]
        if heights[row] < listed.view.viewport().height():
            assert rect.top() >= 0
            assert rect.bottom() < listed.view.viewport().height()
    QTest.keyClick(listed.view, Qt.Key.Key_Home)
    assert listed.paint()[0] == 0


def test_only_rows_in_view_are_measured(qtbot: QtBot) -> None:
    listed = Listed(qtbot, [100] * 10_000)
    assert len(listed.delegate.asked) < 10
    QTest.keyClick(listed.view, Qt.Key.Key_End)
    assert 9_999 in listed.paint()
    assert len(listed.delegate.asked) < 20


def test_the_end_of_the_bar_is_the_end_of_the_list(qtbot: QtBot) -> None:
    listed = Listed(qtbot, [100] * 500)
    bar = listed.view.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert listed.paint()[499] == 200
    assert len(listed.delegate.asked) < 20


def test_a_click_finds_its_row(qtbot: QtBot) -> None:
    listed = Listed(qtbot, [30, 60, 90])
    assert listed.view.indexAt(QPoint(5, 29)).row() == 0
    assert listed.view.indexAt(QPoint(5, 30)).row() == 1
    assert listed.view.indexAt(QPoint(5, 179)).row() == 2
    assert not listed.view.indexAt(QPoint(5, 180)).isValid()


def test_a_row_that_changed_is_measured_again(qtbot: QtBot) -> None:
    listed = Listed(qtbot, [30, 60, 90])
    listed.delegate.heights = [30, 10, 90]
    listed.model.setData(listed.model.index(1), "shorter")
    assert listed.paint() == {0: 0, 1: 30, 2: 40}


def test_an_empty_list_takes_every_key(qtbot: QtBot) -> None:
    listed = Listed(qtbot, [])
    for key in (Qt.Key.Key_Down, Qt.Key.Key_End, Qt.Key.Key_PageDown, Qt.Key.Key_J):
        QTest.keyClick(listed.view, key)
    assert listed.paint() == {}


class Unreadable(QStyledItemDelegate):
    """Stands for rows the disk does not give back."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        with paint.kept(painter):
            raise Problem("The disk did not answer.")


def test_a_row_that_cannot_be_read_leaves_the_list_standing(qtbot: QtBot) -> None:
    shown = LongList("Rows", 20)
    model = QStringListModel(["one", "two"])
    shown.setModel(model)
    shown.setItemDelegate(Unreadable(shown))
    qtbot.addWidget(shown)
    with qtbot.captureExceptions() as failed:
        shown.show()
        qtbot.waitUntil(lambda: bool(failed))
    assert not shown.viewport().paintingActive()
    shown.setItemDelegate(QStyledItemDelegate(shown))
    shown.viewport().grab()
