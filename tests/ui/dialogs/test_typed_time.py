"""Times and minutes as people type them."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmdesk.errors import Problem
from cmdesk.ui.dialogs.typed_time import read_minutes, read_time
from cmdesk.words import Words


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("4pm", time(16)),
        ("12am", time(0)),
        ("12 pm", time(12)),
        ("10:30 AM", time(10, 30)),
        ("16:30", time(16, 30)),
        ("1630", time(16, 30)),
        ("9", time(9)),
        ("", None),
    ],
)
def test_a_time_is_read(typed: str, read: time | None) -> None:
    assert read_time(typed) == read


@pytest.mark.parametrize("typed", ["25:00", "noon-ish", "10:99", "later"])
def test_what_is_no_time_is_refused(typed: str) -> None:
    with pytest.raises(Problem):
        read_time(typed)


@given(st.times())
def test_a_time_shown_is_read_back(moment: time) -> None:
    assert read_time(Words().time(moment)) == moment.replace(second=0, microsecond=0)


@pytest.mark.parametrize(
    ("typed", "read"),
    [("24", 24), ("24m", 24), ("24 min", 24), ("1h10", 70), ("1:10", 70), ("2h", 120), (" ", None)],
)
def test_minutes_are_read(typed: str, read: int | None) -> None:
    assert read_minutes(typed) == read


@pytest.mark.parametrize("typed", ["-5", "long", "1.5 days"])
def test_what_are_no_minutes_is_refused(typed: str) -> None:
    with pytest.raises(Problem):
        read_minutes(typed)
