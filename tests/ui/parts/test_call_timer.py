"""The call timer: it runs in the vault, and what it took goes into the log."""

from datetime import timedelta

import pytest

from cmdesk.ui.parts.call_timer import length
from tests.records import MONDAY_NOON


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [(0, "0:00"), (59, "0:59"), (24 * 60 + 8, "24:08"), (3848, "1:04:08"), (-5, "0:00")],
)
def test_it_shows_minutes_and_seconds(seconds: int, shown: str) -> None:
    assert length(MONDAY_NOON, MONDAY_NOON + timedelta(seconds=seconds)) == shown
