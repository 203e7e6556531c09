"""What is drawn anew while the focus is on it can be gone through by keys at once."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from cmdesk.rules.lane_picture import Bar, Kind, picture
from cmdesk.rules.stay import Stay
from cmdesk.rules.transition import Leaving, gaps
from cmdesk.rules.transition_codes import Lane
from cmdesk.rules.treatment_map import Map, make
from cmdesk.ui.theme import Theme
from cmdesk.ui.widgets.lanes import LanesView
from cmdesk.ui.widgets.treatment_strip import TreatmentStrip
from cmdesk.words import Words

TODAY = date(2026, 3, 9)


def words_of(bar: Bar) -> str:
    return bar.label


def test_lanes_that_were_empty(qtbot: QtBot, dress: Theme) -> None:
    view = LanesView(Words(), "Who carries what")
    qtbot.addWidget(view)
    titles = {lane: lane.label for lane in Lane}
    move = Leaving(TODAY)
    view.show_picture(picture(move, ()), titles, "", words_of, words_of)
    view.show()
    view.setFocus()
    assert view.chosen is None
    view.show_picture(picture(move, gaps(move)), titles, "", words_of, words_of)
    QTest.keyClick(view, Qt.Key.Key_Down)
    assert view.chosen is not None
    assert (view.chosen.lane, view.chosen.kind) == (Lane.HOME, Kind.GAP)


def test_a_strip_whose_stay_is_gone(qtbot: QtBot, dress: Theme) -> None:
    strip = TreatmentStrip(Words(), lambda item: str(item.number))
    qtbot.addWidget(strip)
    strip.resize(600, 120)
    strip.show_map(Map(), TODAY, str, "")
    strip.show()
    strip.setFocus()
    found = make([Stay(7, "", "mh:php", date(2026, 1, 1), None)], [], TODAY)
    strip.show_map(found, TODAY, str, "")
    QTest.keyClick(strip, Qt.Key.Key_Right)
    assert strip.at is not None
    assert strip.at.number == 7
