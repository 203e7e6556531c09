"""The ring around what has the focus is seen where that is, and nowhere else."""

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from cmdesk.ui.theme import Theme
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.focus_ring import FocusRing
from tests.ui.conftest import bring_up

TALL = 2_000


def place_of(part: QWidget, window: QWidget) -> QRect:
    return QRect(part.mapTo(window, QPoint(0, 0)), part.size())


def test_nothing_of_the_ring_lies_over_what_does_not_scroll(
    qapp: QApplication, dress: Theme, qtbot: QtBot
) -> None:
    window, area, content = QWidget(), QScrollArea(), QWidget()
    window.resize(300, 300)
    content.setFixedSize(200, TALL)
    button = Button("Go on", parent=content)
    button.move(40, 60)
    area.setWidget(content)
    whole = QVBoxLayout(window)
    whole.addSpacing(50)
    whole.addWidget(area)
    ring = FocusRing(window, qapp)
    bring_up(qtbot, window)
    button.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(ring.isVisible)
    assert place_of(ring, window).contains(place_of(button, window))
    assert ring.mask().isEmpty()  # the whole of it is seen
    bar, viewport = area.verticalScrollBar(), place_of(area.viewport(), window)
    bar.setValue(60 + button.height() // 2)
    seen = ring.mask().boundingRect().translated(ring.pos())
    assert not seen.isEmpty()
    assert viewport.contains(seen)
    bar.setValue(TALL)
    assert not ring.isVisible()
    bar.setValue(0)
    assert ring.isVisible()
    assert ring.mask().isEmpty()
