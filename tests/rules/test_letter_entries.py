"""What a letter looks back for: each way an entry of days told already is decided, or is not."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from cmdesk.rules.consent import Outcome, Verdict
from cmdesk.rules.letter_entries import (
    KEPT,
    LATER,
    OUT,
    UNNAMED,
    UNWRITTEN,
    Dated,
    Sent,
    bar,
    is_late,
    looked_back,
    reach,
)

SATURDAY, MONDAY = date(2026, 3, 7), datetime(2026, 3, 9, 16, tzinfo=UTC)
BEFORE, AFTER = MONDAY.replace(day=7), MONDAY.replace(day=10)
WEEK = Sent("weekly", date(2026, 3, 2), date(2026, 3, 8), MONDAY)
BRIEF = replace(WEEK, template="brief", lines=False)
NOTICE = replace(WEEK, template="crisis")
WEEKS = frozenset({"weekly", "brief"})
TOLD, HELD = frozenset({"e"}), frozenset({"e"})


def verdict(outcome: Outcome, text: str | None = "Words.") -> Verdict:
    return Verdict("e", outcome, 8, text, None, "")


SHARE, SHORT = verdict(Outcome.SHARE), verdict(Outcome.SHORT)
KEEP, BARE = verdict(Outcome.KEEP_BACK, None), verdict(Outcome.SHARE, None)


@pytest.mark.parametrize(
    ("letters", "ready", "wanted"),
    [
        ((), AFTER, OUT),  # before the first letter
        ((WEEK,), BEFORE, OUT),  # it was there, and the letter names none of its entries
        ((WEEK,), AFTER, UNNAMED),
        ((NOTICE,), AFTER, OUT),  # a notice closes no week
        ((BRIEF,), BEFORE, UNNAMED),  # which decided about none
        ((replace(WEEK, told=TOLD),), AFTER, OUT),
        ((WEEK, replace(NOTICE, told=TOLD)), AFTER, OUT),
        ((replace(WEEK, held=HELD),), BEFORE, KEPT),
        ((WEEK, replace(NOTICE, held=HELD)), AFTER, UNNAMED),
        ((replace(WEEK, left_out={"e": "short"}),), BEFORE, 2),
        ((replace(BRIEF, held=HELD), replace(WEEK, left_out={"e": UNWRITTEN})), AFTER, 1),
        ((replace(WEEK, left_out={"e": "share"}),), AFTER, OUT),
        ((replace(WEEK, left_out={"e": LATER}),), BEFORE, KEPT),  # and so it comes again
        ((replace(WEEK, left_out={"e": "poem"}),), BEFORE, UNNAMED),  # spoiled: as if unsaid
    ],
)
def test_what_stands_in_the_way(letters: tuple[Sent, ...], ready: datetime, wanted: int) -> None:
    assert bar(Dated("e", SATURDAY, ready), letters, WEEKS) == wanted


@pytest.mark.parametrize(
    ("height", "now", "unmarked", "late"),
    [
        (UNNAMED, SHARE, SHARE, True),
        (UNNAMED, KEEP, SHARE, True),  # her own mark: it stays in sight
        (UNNAMED, KEEP, KEEP, False),
        (KEPT, KEEP, SHARE, False),
        (KEPT, BARE, BARE, True),
        (1, SHORT, SHORT, True),
        (1, BARE, BARE, False),
        (2, SHORT, SHORT, False),
        (2, SHARE, SHARE, True),
        (OUT, SHARE, SHARE, False),
    ],
)
def test_what_is_late(height: int, now: Verdict, unmarked: Verdict, late: bool) -> None:
    assert is_late(height, now, unmarked) is late


def test_reach_and_days() -> None:
    assert [reach(each) for each in (KEEP, BARE, SHORT, SHARE)] == [0, 1, 2, 3]
    assert looked_back(date(2026, 3, 9)) == (date(2026, 2, 2), date(2026, 3, 8))
