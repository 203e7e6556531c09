from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmdesk.rules.backup_keeping import (
    BEFORE_MIGRATION,
    LEAST,
    LONGER,
    LONGEST,
    USUAL,
    Held,
    Keeping,
    Kept,
    clock_moved,
    due_daily,
    due_drill,
    due_on_leaving,
    due_second_place,
    thin,
)

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NEW_YORK = ZoneInfo("America/New_York")


def kept(at: datetime, occasion: str = "quit", *, verified: bool = True) -> Kept:
    return Kept(f"{at.isoformat()}-{occasion}", at, occasion, verified)


def every(span: timedelta, count: int, end: datetime = NOW) -> list[Kept]:
    return [kept(end - span * number) for number in range(count)]


def thinned_out(backups: list[Kept], now: datetime = NOW, keeping: Keeping = USUAL) -> list[Kept]:
    """Thin again and again until nothing more goes, as the runs of later days do."""
    left = list(backups)
    while gone := set(thin(left, now, moved=False, keeping=keeping).remove):
        left = [one for one in left if one not in gone]
    return left


aware = st.datetimes(datetime(2000, 1, 1), datetime(2060, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - made aware
backups = st.lists(
    st.builds(
        kept,
        aware,
        st.sampled_from(["quit", "by_hand", BEFORE_MIGRATION]),
        verified=st.booleans(),
    ),
    max_size=60,
    unique_by=lambda one: one.name,
)
keepings = st.sampled_from([USUAL, LONGER, LONGEST, Keeping(0, 0, 0, 0, 0)])


@pytest.mark.parametrize(
    ("last", "changed", "due"),
    [
        (None, True, True),
        (None, False, False),
        (NOW - 4 * HOUR, True, True),
        (NOW - 4 * HOUR + timedelta(seconds=1), True, False),
        (NOW - 4 * HOUR, False, False),
        (NOW + HOUR, True, True),  # the clock was set back
    ],
)
def test_leaving_takes_a_backup_of_what_changed_four_hours_after_the_last(
    last: datetime | None, changed: bool, due: bool
) -> None:
    assert due_on_leaving(NOW, last, changed=changed) is due


@pytest.mark.parametrize(
    ("now", "last", "due"),
    [
        ((2026, 3, 9, 23, 41), None, True),
        ((2026, 3, 9, 23, 41), (2026, 3, 8, 23, 41), True),
        ((2026, 3, 9, 23, 41), (2026, 3, 9, 23, 40), False),
        ((2026, 3, 9, 23, 39), (2026, 3, 8, 23, 40), False),
        ((2026, 3, 9, 23, 39), (2026, 3, 8, 23, 39), True),  # yesterday's was missed
        ((2026, 3, 9, 23, 41), (2026, 3, 10, 1, 0), True),  # from the future
        ((2026, 3, 8, 9, 0), (2026, 3, 7, 23, 40), False),  # the night the clocks went forward
        ((2026, 11, 1, 9, 0), (2026, 10, 31, 23, 40), False),  # and back
    ],
)
def test_the_daily_one_is_due_at_its_hour_or_the_next_time(
    now: tuple[int, ...], last: tuple[int, ...] | None, due: bool
) -> None:
    local = datetime(*now, tzinfo=NEW_YORK)  # type: ignore[arg-type,misc]
    before = datetime(*last, tzinfo=NEW_YORK).astimezone(UTC) if last else None  # type: ignore[arg-type,misc]
    assert due_daily(local, before, time(23, 40)) is due


def test_a_daily_hour_that_a_change_of_the_clocks_leaves_out_comes_all_the_same() -> None:
    before = datetime(2026, 3, 7, 2, 30, tzinfo=NEW_YORK)
    assert due_daily(datetime(2026, 3, 8, 9, tzinfo=NEW_YORK), before, time(2, 30))


@pytest.mark.parametrize(("rule", "days"), [(due_second_place, 7), (due_drill, 30)])
def test_second_place_and_test_restore_come_round(rule: object, days: int) -> None:
    assert callable(rule)
    assert rule(NOW, None)
    assert rule(NOW, NOW - days * DAY)
    assert rule(NOW, NOW + HOUR)
    assert not rule(NOW, NOW - days * DAY + HOUR)


@pytest.mark.parametrize("by", [-10 * 365 * DAY, 10 * 365 * DAY, -DAY - HOUR, DAY + HOUR])
def test_nothing_goes_when_the_clock_moved(by: timedelta) -> None:
    many, now = every(HOUR, 500), NOW + by
    assert clock_moved(now, many[0].at, NOW)
    assert clock_moved(now, None, NOW)
    assert thin(many, now, moved=True).held is Held.CLOCK_MOVED
    assert thin(many, now, moved=True).remove == ()


@pytest.mark.parametrize("by", [HOUR, -HOUR, DAY, -DAY])
def test_a_clock_of_another_zone_or_season_has_not_moved(by: timedelta) -> None:
    assert not clock_moved(NOW + by, NOW, NOW)
    assert not clock_moved(NOW, None, None)
    assert not clock_moved(NOW, NOW - 30 * DAY, NOW)
    assert clock_moved(NOW, NOW - 32 * DAY, NOW)
    assert clock_moved(NOW, NOW + 2 * DAY, NOW)


def test_a_clock_that_stays_wrong_takes_nothing_that_a_right_one_would_leave() -> None:
    """Ten years ahead for a week of daily backups, then right again: a year of months is there."""
    left = thinned_out(every(DAY, 400))
    ahead = NOW + 3653 * DAY
    for day in range(7):
        left.append(kept(ahead + day * DAY))
        left = thinned_out(left, ahead + day * DAY)
    months = {(one.at.year, one.at.month) for one in left if one.at <= NOW}
    assert len(months) >= USUAL.monthly - 1
    assert NOW in {one.at for one in left}


def test_what_stays_of_two_years_of_daily_work() -> None:
    stays = thinned_out(every(6 * HOUR, 4 * 730))
    ages = sorted((NOW - one.at) / DAY for one in stays)
    assert [age for age in ages if age <= 2] == [number / 4 for number in range(9)]
    days = {one.at.date() for one in stays}
    assert {NOW.date() - number * DAY for number in range(14)} <= days
    weeks = {one.at.isocalendar()[:2] for one in stays}
    assert {(NOW - number * 7 * DAY).isocalendar()[:2] for number in range(8)} <= weeks
    assert len({(one.at.year, one.at.month) for one in stays}) == 12
    assert len(stays) == 9 + 12 + 6 + 10  # days 3 to 14, weeks 3 to 8, months before those
    more = thinned_out(every(6 * HOUR, 4 * 730), keeping=LONGER)
    assert {NOW.date() - number * DAY for number in range(30)} <= {one.at.date() for one in more}


def test_leap_days_and_the_turn_of_the_year_are_days_like_others() -> None:
    now = datetime(2028, 3, 1, 12, tzinfo=UTC)
    stays = {one.at.date().isoformat() for one in thinned_out(every(DAY, 90, now), now)}
    assert "2028-02-29" in stays
    now = datetime(2027, 1, 3, 12, tzinfo=UTC)  # Sunday of week 53 of 2026
    assert len(thinned_out(every(DAY, 12, now), now)) == 12


def test_copies_before_an_upgrade_stay_for_half_a_year() -> None:
    upgrades = [kept(NOW - age * DAY, BEFORE_MIGRATION) for age in (100, 179, 200, 220)]
    stays = thinned_out([*every(HOUR, 100), *every(DAY, 600), *upgrades])
    assert set(upgrades[:2]) <= set(stays)


def test_five_stay_and_a_fifth_goes_at_once() -> None:
    same_day = every(timedelta(minutes=1), 40, NOW - 30 * DAY)
    assert len(thin(same_day, NOW, moved=False).remove) == 8
    assert len(thinned_out(same_day)) == LEAST
    assert len(thin(same_day[:7], NOW, moved=False).remove) == 1
    assert thin(same_day[:5], NOW, moved=False).remove == ()


def test_an_unverified_newest_holds_everything() -> None:
    many = [kept(NOW, verified=False), *every(HOUR, 300)]
    many[1:] = [kept(one.at - HOUR) for one in many[1:]]
    assert thin(many, NOW, moved=False).held is Held.NEWEST_UNVERIFIED
    assert thin([], NOW, moved=False).remove == ()


def test_an_unverified_one_does_not_stand_for_its_month() -> None:
    month = NOW - 200 * DAY
    sound, unsound = kept(month), kept(month + HOUR, verified=False)
    stays = thinned_out([sound, unsound, *every(DAY, 20)])
    assert sound in stays
    assert unsound not in stays


@given(backups, aware, keepings)
def test_whatever_is_there_the_newest_and_enough_stay(
    many: list[Kept], now: datetime, keeping: Keeping
) -> None:
    gone = thin(many, now, moved=False, keeping=keeping).remove
    assert set(gone) <= set(many)
    assert len(gone) <= max(1, len(many) // 5)
    assert len(many) - len(gone) >= min(len(many), LEAST)
    assert [one.at for one in gone] == sorted(one.at for one in gone)
    if many:
        newest = max(many, key=lambda one: (one.at, one.name))
        assert newest not in gone
    assert all(now - one.at > keeping.everything_days * DAY for one in gone)


@given(backups, aware)
def test_thinning_comes_to_an_end_and_then_changes_nothing(many: list[Kept], now: datetime) -> None:
    left = thinned_out(many, now)
    assert thin(left, now, moved=False).remove == ()
    assert len(left) >= min(len(many), LEAST)


def test_one_backup_a_week_is_thinned_in_the_long_run() -> None:
    """Each time the newest is a week old; held for that, they would fill the disk."""
    there: list[Kept] = []
    for week in range(200):
        now = NOW + week * 7 * DAY
        moved = clock_moved(now, max((one.at for one in there), default=None), now)
        there.append(Kept(f"{week:03}", now, "quit"))
        gone = thin(there, now, moved=moved).remove
        there = [one for one in there if one not in gone]
    assert len(there) < 40
