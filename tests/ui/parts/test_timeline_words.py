"""An entry that is not signed says what it lacks."""

from dataclasses import replace

import pytest

from cmdesk.casework import timeline
from cmdesk.rules.contact_codes import EntryStatus
from cmdesk.ui.desk import Desk
from cmdesk.ui.parts.timeline_words import TimelineWords
from tests.ui.dialogs.conftest import case, desk, folder, unlock, whole_vault
from tests.ui.dialogs.practice import Case

__all__ = ["case", "desk", "folder", "unlock", "whole_vault"]


@pytest.mark.parametrize(
    ("missing", "said"),
    [
        ((), "Not signed: ready to sign"),
        (("minutes",), "Not signed: add minutes"),
        (
            ("minutes", "narrative", "short_topics", "day"),
            "Not signed: add minutes, what happened, details and the day",
        ),
    ],
)
def test_it_says_what_is_missing(
    desk: Desk, case: Case, missing: tuple[str, ...], said: str
) -> None:
    words = TimelineWords(desk)
    (row,) = desk.ask(timeline.rows, [case.entry])
    row = replace(row, missing=missing)
    assert words.chips(row)[0] == (said, "warn")
    assert f"{said}." in words.sentence(row)
    signed = replace(row, status=EntryStatus.SIGNED)
    assert "Not signed" not in words.sentence(signed)
