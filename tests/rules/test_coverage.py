"""Approved days: counted as an insurer counts them, both ends included, each day once."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmdesk.rules.coverage import (
    Approval,
    Spent,
    counts,
    ends_early,
    linked,
    next_review,
    spent,
    unbroken,
)

FEBRUARY = date(2026, 2, 3)
MONDAY = date(2026, 3, 9)
days = st.dates(date(2025, 1, 1), date(2027, 12, 31))
approvals = st.lists(
    st.builds(
        Approval,
        st.none() | st.integers(0, 90),
        st.none() | days,
        st.none() | days,
    ),
    max_size=4,
)


def test_the_pictures_stay() -> None:
    found = spent([Approval(37)], FEBRUARY, MONDAY)
    assert found == Spent(37, 35, 2, date(2026, 3, 11))
    assert found is not None
    assert found.share == pytest.approx(35 / 37)


@pytest.mark.parametrize(
    ("given_", "today", "left_on", "wanted"),
    [
        ([], MONDAY, None, None),
        ([Approval(5)], FEBRUARY - timedelta(2), None, (5, 0, 5)),  # not begun
        ([Approval(5)], MONDAY, None, (5, 5, 0)),  # over
        ([Approval(37)], MONDAY, date(2026, 2, 12), (37, 10, 2)),  # left before
        ([Approval(None, FEBRUARY, date(2026, 2, 5))], MONDAY, None, (3, 3, 0)),
        ([Approval(37, FEBRUARY, date(2026, 3, 10))], MONDAY, None, (36, 35, 1)),
        ([Approval(14, FEBRUARY), Approval(23)], MONDAY, None, (37, 35, 2)),
        ([Approval(14, FEBRUARY), Approval(14, date(2026, 2, 10))], MONDAY, None, (21, 21, 0)),
        ([Approval(14, FEBRUARY), Approval(3, date(2026, 2, 5))], MONDAY, None, (14, 14, 0)),
        ([Approval(None, FEBRUARY, date(2026, 1, 5))], MONDAY, None, None),  # ends before it begins
        ([Approval(None, FEBRUARY)], MONDAY, None, None),
    ],
)
def test_days_are_counted(
    given_: list[Approval],
    today: date,
    left_on: date | None,
    wanted: tuple[int, int, int] | None,
) -> None:
    found = spent(given_, FEBRUARY, today, left_on)
    assert (found and (found.approved, found.used, found.left)) == wanted


def test_without_any_first_day_nothing_is_claimed() -> None:
    assert spent([Approval(37)], None, MONDAY) is None


@given(approvals, st.none() | days, days)
def test_used_and_left_never_pass_what_was_approved(
    given_: list[Approval], admitted: date | None, today: date
) -> None:
    found = spent(given_, admitted, today)
    if found:
        assert found.used >= 0
        assert found.left >= 0
        assert found.used + found.left == found.approved
        assert found.left == 0 or found.last > today


@pytest.mark.parametrize(
    ("decision", "unit", "count", "last", "wanted"),
    [
        ("approved", "days", 37, None, True),
        ("partial", "days", 5, None, True),
        ("approved", "days", None, MONDAY, True),
        ("approved", "days", None, None, False),
        ("approved", "days", 0, MONDAY, False),
        ("approved", "sessions", 8, None, False),
        ("denied", "days", 37, None, False),
    ],
)
def test_only_days_that_were_given_count(
    decision: str, unit: str, count: int | None, last: date | None, *, wanted: bool
) -> None:
    assert counts(decision, unit, count, last) is wanted


def test_the_day_of_leaving_needs_no_approval() -> None:
    wednesday = date(2026, 3, 11)
    assert ends_early(wednesday, date(2026, 3, 20))
    assert not ends_early(wednesday, date(2026, 3, 12))
    assert not ends_early(wednesday, None)


def test_a_chain_ends_where_its_last_link_does() -> None:
    """The links come in any order, and only the first has a day of its own."""
    links = [
        Approval(9, number=3, after=2),
        Approval(14, number=2, after=1),
        Approval(14, FEBRUARY, number=1),
    ]
    found = spent(links, None, MONDAY)
    assert found == Spent(37, 35, 2, date(2026, 3, 11))
    first_unknown = [Approval(14, number=1), Approval(23, number=2, after=1)]
    assert spent(first_unknown, FEBRUARY, MONDAY) == Spent(37, 35, 2, date(2026, 3, 11))


def test_a_ring_of_links_gives_no_day() -> None:
    ring = [Approval(14, number=1, after=2), Approval(14, number=2, after=1)]
    assert [each.first for each in linked(ring, FEBRUARY)] == [None, None]


def test_approvals_with_a_last_day_alone_stand_in_its_order() -> None:
    known = [
        Approval(None, None, date(2026, 3, 1)),
        Approval(None, None, date(2026, 3, 11)),
        Approval(9, date(2026, 3, 12), date(2026, 3, 20)),
    ]
    found = spent(known, FEBRUARY, MONDAY)
    assert found == Spent(46, 35, 11, date(2026, 3, 20))


def test_days_nobody_approved_between_two_approvals_are_told() -> None:
    links = [Approval(37, FEBRUARY), Approval(5, date(2026, 3, 16))]
    found = spent(links, FEBRUARY, MONDAY)
    assert found is not None
    assert found.pause == (date(2026, 3, 12), date(2026, 3, 15))
    assert (found.through, found.last) == (date(2026, 3, 11), date(2026, 3, 20))
    after = spent(links, FEBRUARY, date(2026, 3, 16))
    assert after is not None
    assert (after.pause, after.through) == (None, date(2026, 3, 20))


@given(approvals, st.none() | days, days)
def test_a_pause_lies_inside_and_ahead(
    given_: list[Approval], admitted: date | None, today: date
) -> None:
    found = spent(given_, admitted, today)
    if found and found.pause:
        first, last = found.pause
        assert first <= last < found.last
        assert today <= last
        assert found.through < first


@pytest.mark.parametrize(
    ("held", "last", "wanted"),
    [
        (MONDAY, date(2026, 3, 13), date(2026, 3, 12)),
        (MONDAY, date(2026, 3, 16), date(2026, 3, 13)),  # the Friday before
        (MONDAY, date(2026, 3, 15), date(2026, 3, 13)),
        (MONDAY, date(2026, 3, 10), None),
        (MONDAY, None, None),
    ],
)
def test_the_next_review_is_on_the_weekday_before(
    held: date, last: date | None, wanted: date | None
) -> None:
    assert next_review(held, last) == wanted


@pytest.mark.parametrize(
    ("last", "following", "joined"),
    [
        (date(2026, 3, 11), None, True),
        (None, None, True),
        (date(2026, 3, 11), date(2026, 3, 12), True),
        (date(2026, 3, 11), date(2026, 3, 13), False),
        (None, date(2026, 3, 12), False),
    ],
)
def test_what_goes_on_begins_where_the_days_end(
    last: date | None, following: date | None, *, joined: bool
) -> None:
    assert unbroken(last, following) is joined
