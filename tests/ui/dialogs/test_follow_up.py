"""What was promised needs a day: without one it would stand on no page."""

from pytestqt.qtbot import QtBot

from cmdesk.ui.dialogs.follow_up import OTHER, FollowUp
from cmdesk.words import Words
from tests.ui.dialogs.practice import TODAY


def test_a_promise_without_a_day_is_asked_for_one(qtbot: QtBot, words: Words) -> None:
    follow = FollowUp(words, lambda: TODAY)
    qtbot.addWidget(follow)
    follow.when.choose(OTHER)
    assert follow.fault == ""  # nothing is promised
    follow.load("Ride home", None)
    assert follow.fault == "On which day?"
    follow.day.setText("soon")
    assert follow.fault not in ("", "On which day?")
    follow.day.setText("Mar 20")
    assert follow.fault == ""
    assert str(follow.due) == "2026-03-20"
    follow.when.choose("tomorrow")
    assert follow.fault == ""
