"""What stands on the page of one day, Monday, March 9, 2026."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmdesk.rules.agenda import AgendaRow, Group, agenda, days_uncovered, when
from cmdesk.rules.agenda_items import (
    Ending,
    Inquiry,
    Move,
    Plan,
    Reach,
    Reassessment,
    Silence,
    Standstill,
    Task,
)
from cmdesk.rules.cadence import Rhythm, next_due, on_or_after, since_agreed
from cmdesk.rules.codes import Cadence, TaskState, Weekday

MONDAY = date(2026, 3, 9)


def day(offset: int) -> date:
    return MONDAY + timedelta(days=offset)


@pytest.mark.parametrize(
    ("due", "words"),
    [
        (day(-3), "3 days late"),
        (day(-1), "1 day late"),
        (day(0), "due today"),
        (day(2), "due Wednesday"),
        (day(6), "due Sunday"),
        (day(7), "due Mar 16"),
        (date(2027, 1, 4), "due Jan 4, 2027"),
    ],
)
def test_when(due: date, words: str) -> None:
    assert when(due, MONDAY) == words


def only(rows: tuple[AgendaRow, ...]) -> tuple[Group, str, date, str]:
    (row,) = rows
    return row.group, row.kind, row.due, row.why


@pytest.mark.parametrize(
    ("task", "expected"),
    [
        (
            Task("t", "c-maya", "Call back Kevin Park", day(-3)),
            ("overdue", "task", day(-3), "3 days late"),
        ),
        (
            Task("e", "c-maya", "Ask about the ride home", day(0), kind="follow_up"),
            ("today", "follow_up", day(0), "Due today"),
        ),
        (
            Task("e", "c-maya", "Ride home", day(-2), kind="follow_up", attempts=2),
            ("overdue", "follow_up", day(-2), "2 days late, tried twice"),
        ),
        (
            Task("t", None, "Records", day(3), TaskState.WAITING, None, "Fernbrook", day(-4)),
            ("waiting", "task", day(3), "Waiting on Fernbrook for 4 days"),
        ),
        (
            Task("t", None, "Records", None, TaskState.WAITING, waiting_since=day(-1)),
            ("waiting", "task", day(-1), "Waiting for 1 day"),
        ),
        (
            Task("t", None, "Records", None, TaskState.WAITING, None, "Dr. Okonedo", day(0)),
            ("waiting", "task", day(0), "Waiting on Dr. Okonedo"),
        ),
        (
            Task("t", None, "Records", None, TaskState.WAITING),
            ("waiting", "task", day(0), "Waiting"),
        ),
        (
            Task("t", None, "Records", day(-1), TaskState.WAITING, None, "Fernbrook", day(-9)),
            ("overdue", "task", day(-1), "1 day late"),
        ),
        (
            Task("t", None, "R", None, TaskState.WAITING, None, "Tess", day(-4), attempts=1),
            ("waiting", "task", day(-4), "Waiting on Tess for 4 days, tried once"),
        ),
        (
            Task("t", None, "R", None, TaskState.WAITING, attempts=3),
            ("waiting", "task", day(0), "Waiting, tried 3 times"),
        ),
        (
            Task(
                *("t", None, "R", None, TaskState.WAITING, None, "Tess", day(-4)),
                attempts=2,
                chase_on=day(-1),
            ),
            ("overdue", "task", day(-1), "Waiting on Tess for 4 days, tried twice"),
        ),
        (
            Task("t", None, "R", None, TaskState.WAITING, chase_on=day(1)),
            ("waiting", "task", day(0), "Waiting"),
        ),
        (  # a day of its own in three weeks keeps nobody from asking again
            Task("t", None, "R", day(21), TaskState.WAITING, chase_on=day(0)),
            ("today", "task", day(0), "Waiting"),
        ),
        (
            Task("t", None, "R", day(-2), TaskState.WAITING, chase_on=day(-1)),
            ("overdue", "task", day(-2), "2 days late"),
        ),
    ],
)
def test_tasks(task: Task, expected: tuple[str, str, date, str]) -> None:
    assert only(agenda(MONDAY, tasks=[task])) == expected


@pytest.mark.parametrize(
    "task",
    [
        Task("t", None, "Done", day(-3), TaskState.DONE),
        Task("t", None, "Dropped", day(-3), TaskState.DROPPED),
        Task("t", None, "Later", day(1)),
        Task("t", None, "Some day", None),
        Task("t", None, "Not waiting", None, chase_on=day(-1)),
    ],
)
def test_nothing_to_do_about(task: Task) -> None:
    assert agenda(MONDAY, tasks=[task]) == ()


@pytest.mark.parametrize(
    ("every", "weekday", "last_sent", "began", "due"),
    [
        # Mondays, sent last Monday; on another day; not for two weeks; never.
        ("week", "monday", day(-7), None, day(0)),
        ("week", "monday", day(-5), None, day(0)),
        ("week", "monday", day(-1), None, day(0)),
        ("week", "monday", day(0), None, day(7)),
        ("week", "monday", day(-14), None, day(-7)),
        ("week", "monday", None, None, day(0)),
        ("week", "friday", None, None, day(-3)),
        ("week", "monday", None, day(-6), day(0)),
        ("week", "monday", None, day(1), day(7)),
        ("week", None, day(-7), None, day(0)),
        ("week", None, None, None, day(0)),
        ("week", None, None, day(-2), day(-2)),
        ("two_weeks", "wednesday", day(-12), None, day(2)),
        ("two_weeks", "wednesday", day(-11), None, day(2)),
        ("two_weeks", "wednesday", day(-5), None, day(9)),
        ("two_weeks", None, day(-14), None, day(0)),
        ("day", "monday", day(-1), None, day(0)),
        ("day", None, day(0), None, day(1)),
        ("month", None, date(2026, 2, 9), None, day(0)),
        ("month", "friday", date(2026, 2, 13), None, date(2026, 3, 13)),
        ("quarter", None, date(2025, 11, 30), None, date(2026, 2, 28)),
    ],
)
def test_next_update(
    every: str, weekday: str | None, last_sent: date | None, began: date | None, due: date
) -> None:
    agreed = Weekday(weekday) if weekday else None
    assert next_due(Cadence(every), agreed, last_sent, began, MONDAY) == due


@pytest.mark.parametrize(
    ("every", "weekday", "agreed", "due"),
    [
        ("week", "monday", None, day(-60)),  # as of a file: nobody knows
        ("week", "monday", day(-90), day(-60)),
        ("week", "monday", day(0), day(0)),
        ("week", "monday", day(1), day(7)),
        ("week", None, day(1), day(1)),
        ("day", "monday", day(1), day(1)),
    ],
)
def test_what_is_agreed_today_is_late_for_no_week_before(
    every: str, weekday: str | None, agreed: date | None, due: date
) -> None:
    wanted = Weekday(weekday) if weekday else None
    assert since_agreed(day(-60), Cadence(every), wanted, agreed) == due


DATES = st.dates(date(2020, 1, 1), date(2030, 1, 1))


@given(DATES, st.sampled_from(Weekday), st.sampled_from(Cadence), DATES)
def test_the_next_update_lies_after_the_last(
    last_sent: date, weekday: Weekday, every: Cadence, today: date
) -> None:
    for agreed in (weekday, None):
        due = next_due(every, agreed, last_sent, None, today)
        assert last_sent < due <= last_sent + timedelta(days=99)
    assert on_or_after(today, weekday).weekday() == list(Weekday).index(weekday)
    assert timedelta() <= on_or_after(today, weekday) - today < timedelta(days=7)
    never = next_due(every, weekday, None, None, today)
    assert timedelta() <= today - never < timedelta(days=7)


def test_at_the_ends_of_the_calendar() -> None:
    for today in (date.min, date.max):
        assert next_due(Cadence.WEEK, Weekday.SUNDAY, None, None, today)
        assert next_due(Cadence.MONTH, None, today, None, today)


def plan(last_sent: date, no_consent: str = "") -> Plan:
    return Plan(
        "u", "c", "p", "Diane", Cadence.WEEK, Weekday.MONDAY, last_sent, no_consent=no_consent
    )


def test_updates() -> None:
    due = agenda(MONDAY, plans=[plan(day(-7))])
    assert only(due) == ("updates_due", "update", day(0), "Diane's update is due today")
    assert only(agenda(day(2), plans=[plan(day(-7))]))[3] == "Diane's update is 2 days late"
    assert only(agenda(day(-2), plans=[plan(day(-7))]))[3] == "Diane's update is due Monday"
    assert agenda(MONDAY, plans=[plan(day(0))]) == ()
    uncovered = agenda(MONDAY, plans=[plan(day(-7), "Diane's consent ended March 1")])
    assert only(uncovered) == ("updates_due", "uncovered", day(0), "Diane's consent ended March 1")


@pytest.mark.parametrize(
    ("left", "why"),
    [
        (-1, None),
        (0, "David's consent ends today"),
        (6, "David's consent ends Sunday"),
        (7, "David's consent ends Mar 16"),
        (9, "David's consent ends Mar 18"),
        (30, "David's consent ends Apr 8"),
        (31, None),
    ],
)
def test_ending_soon(left: int, why: str | None) -> None:
    ending = Ending("consent", "k", "c", "p-david", "David's consent", day(left))
    rows = agenda(MONDAY, endings=[ending])
    assert [(row.group, row.why) for row in rows] == ([("ending_soon", why)] if why else [])


@pytest.mark.parametrize(
    ("left", "why"),
    [
        (2, "Approved through Wednesday, leaves Mar 20"),
        (0, "Approved through today, leaves Mar 20"),
        (-2, "Approval ended Mar 7, leaves Mar 20"),
    ],
)
def test_the_cliff_stays_in_sight_once_it_is_reached(left: int, why: str) -> None:
    ending = Ending(
        *("authorization", "a", "c", None, "Approved days", day(left)),
        says="Approved through",
        detail="leaves Mar 20",
        over="Approval ended Mar 7",
    )
    assert only(agenda(MONDAY, endings=[ending])) == (
        "ending_soon",
        "authorization",
        day(left),
        why,
    )


@pytest.mark.parametrize(
    ("inquiry", "expected"),
    [
        (
            Inquiry("i", "Wen Li", day(0)),
            ("today", "inquiry", day(1), "New inquiry of Mar 9, nothing planned yet"),
        ),
        (
            Inquiry("i", "Wen Li", day(-3)),
            ("overdue", "inquiry", day(-2), "New inquiry of Mar 6, nothing planned yet"),
        ),
        (
            Inquiry("i", "Wen Li", day(-3), "Send the agreement", answer_within=7),
            ("today", "inquiry", day(4), "Wen Li called Mar 6, no day for it yet"),
        ),
        (
            Inquiry("i", "Wen Li", day(-3), "Send the agreement", day(0)),
            ("today", "inquiry", day(0), "Wen Li called Mar 6"),
        ),
        (
            Inquiry("i", "Wen Li", day(-3), "", day(-1)),
            ("overdue", "inquiry", day(-1), "New inquiry of Mar 6"),
        ),
    ],
)
def test_inquiries(inquiry: Inquiry, expected: tuple[str, str, date, str]) -> None:
    assert only(agenda(MONDAY, inquiries=[inquiry])) == expected
    assert agenda(MONDAY, inquiries=[inquiry])[0].title == (inquiry.next_step or "Answer Wen Li")


def test_an_inquiry_planned_for_later_waits_its_turn() -> None:
    assert agenda(MONDAY, inquiries=[Inquiry("i", "Wen Li", day(-3), "Call", day(1))]) == ()


WEEKLY = Rhythm(every_days=7, grace_days=2)


@pytest.mark.parametrize(
    ("reach", "expected"),
    [
        (
            Reach("k", "c", "p", "Call Diane", WEEKLY, day(-7)),
            ("today", "cadence", day(0), "Last reached Mar 2"),
        ),
        (
            Reach("k", "c", "p", "Call Diane", WEEKLY, day(-9), tried=2),
            ("today", "cadence", day(-2), "Last reached Feb 28, tried twice since"),
        ),
        (
            Reach("k", "c", "p", "Call Diane", WEEKLY, day(-10), tried=1),
            ("overdue", "cadence", day(-3), "Last reached Feb 27, tried once since"),
        ),
        (
            Reach("k", "c", None, "Call Maya", Rhythm()),
            ("today", "cadence", day(0), "Not reached yet"),
        ),
        (
            Reach("k", "c", None, "Call Maya", Rhythm(since=day(-1)), tried=4),
            ("overdue", "cadence", day(-1), "Not reached yet, tried 4 times"),
        ),
    ],
)
def test_who_is_to_be_reached(reach: Reach, expected: tuple[str, str, date, str]) -> None:
    assert only(agenda(MONDAY, reaches=[reach])) == expected


def test_nobody_is_called_before_their_day_or_in_a_pause() -> None:
    resting = Rhythm(every_days=7, paused_until=day(0))
    reaches = [
        Reach("k", "c", "p", "Call Diane", WEEKLY, day(-6)),
        Reach("k", "c", "p", "Call Diane", resting, day(-30)),
    ]
    assert agenda(MONDAY, reaches=reaches) == ()


@pytest.mark.parametrize(
    ("silence", "why"),
    [
        (Silence("c", "c", "Maya", day(-14)), "Nobody reached for 14 days"),
        (Silence("c", "c", "Maya", day(-14), ever=False), "Nobody reached yet, 14 days in"),
        (Silence("c", "c", "Maya", day(-13)), None),
        (Silence("c", "c", "Maya", day(-3), after=3), "Nobody reached for 3 days"),
    ],
)
def test_where_nobody_was_reached(silence: Silence, why: str | None) -> None:
    rows = agenda(MONDAY, silences=[silence])
    found = [(row.group, row.due, row.why, row.title) for row in rows]
    expected = (Group.REASSESS, silence.since + timedelta(days=silence.after), why, "Reach Maya")
    assert found == ([expected] if why else [])


@pytest.mark.parametrize(
    ("still", "why"),
    [
        (Standstill("c", "c", "Maya", day(-30)), "No goal moved for 30 days"),
        (Standstill("c", "c", "Maya", day(-29)), None),
        (Standstill("c", "c", "Maya", day(-1), after=1), "No goal moved for 1 day"),
    ],
)
def test_where_no_goal_moved(still: Standstill, why: str | None) -> None:
    rows = agenda(MONDAY, standstills=[still])
    found = [(row.group, row.kind, row.due, row.why, row.title) for row in rows]
    due = still.since + timedelta(days=still.after)
    expected = (Group.REASSESS, "goal_stalled", due, why, "Maya's goals")
    assert found == ([expected] if why else [])


def test_what_is_put_off_is_not_shown() -> None:
    tasks = [Task("a", "c", "One", day(0), record=1), Task("b", "c", "Two", day(0), record=2)]
    rows = agenda(MONDAY, tasks=tasks, snoozed={("task", 1): day(1), ("follow_up", 2): day(1)})
    assert [row.ref for row in rows] == ["b"]


def test_what_is_put_off_stands_on_the_day_it_is_there_again() -> None:
    consent = Ending("consent", "k", "c", "p", "David's consent", day(2), record=8)
    snoozed = {("task", number): day(until) for number, until in enumerate((2, 7, 8, 3, 4))}
    found = agenda(
        MONDAY,
        tasks=[
            Task("late", "c", "Call", day(-3), record=0),
            Task("now", "c", "Call", day(0), record=1),
            Task("beyond", "c", "Call", day(0), record=2),
            Task("before", "c", "Call", day(5), record=3),
            Task("after", "c", "Call", day(1), record=4),
        ],
        endings=[consent, replace(consent, ref="over", record=9)],
        snoozed=snoozed | {("consent", 8): day(1), ("consent", 9): day(3)},
        ahead=7,
    )
    assert [(row.ref, row.due, row.why, row.snoozed) for row in found] == [
        ("k", day(1), "Snoozed until Tuesday", True),
        ("late", day(2), "Snoozed until Wednesday, 3 days late", True),
        ("after", day(4), "Snoozed until Friday", True),
        ("before", day(5), "Due Saturday", False),
        ("now", day(7), "Snoozed until Mar 16", True),
    ]
    assert {row.group for row in found} == {Group.COMING}


@pytest.mark.parametrize(
    ("move", "why"),
    [
        (Move("ep", "c", "Home", day(11), day(15)), "3 days uncovered"),
        (Move("ep", "c", "Home", day(11), day(13)), "1 day uncovered"),
        (
            Move("ep", "c", "Home", day(11), day(15), ("travel is not booked",)),
            "3 days uncovered, travel is not booked",
        ),
        (
            Move("ep", "c", "Home", day(11), day(12), ("travel is not booked",)),
            "Travel is not booked",
        ),
        (Move("ep", "c", "Home", day(11)), "Nothing follows yet"),
        (Move("ep", "c", "Home", day(-2)), "Planned for Mar 7, not closed yet"),
        (Move("ep", "c", "Home", day(11), day(12)), None),
    ],
)
def test_moves_with_gaps(move: Move, why: str | None) -> None:
    assert [row.why for row in agenda(MONDAY, moves=[move])] == ([why] if why else [])


def test_days_uncovered() -> None:
    assert days_uncovered(day(0), day(0)) == 0
    assert days_uncovered(day(0), day(-5)) == 0
    assert days_uncovered(day(0), day(2)) == 1


def test_time_to_reassess() -> None:
    found = agenda(MONDAY, reassessments=[Reassessment("a", "c", "Housing", day(-1))])
    assert only(found) == ("reassess", "reassessment", day(-1), "Housing is 1 day late")
    assert agenda(MONDAY, reassessments=[Reassessment("a", "c", "Housing", day(7))]) == ()


def test_group_by_group_the_longest_due_first() -> None:
    rows = agenda(
        MONDAY,
        reassessments=[Reassessment("a", "c", "Housing", day(0))],
        moves=[Move("ep", "c", "Home", day(11))],
        endings=[Ending("consent", "k", "c", "p", "David's consent", day(3))],
        plans=[plan(day(-7))],
        tasks=[
            Task("w", None, "Records", None, TaskState.WAITING),
            Task("t1", "c", "One", day(0)),
            Task("t2", "c", "Two", day(-1)),
            Task("t4", "c", "Four", day(-2)),
            Task("t3", "b", "Three", day(-2)),
        ],
    )
    assert [row.ref for row in rows] == ["t3", "t4", "t2", "t1", "u", "k", "ep", "a", "w"]
    assert [*dict.fromkeys(row.group for row in rows)] == [
        group for group in Group if group != Group.COMING
    ]


def test_a_week_ahead_tells_what_is_promised_for_it() -> None:
    daily = Rhythm(every_days=3)
    found = agenda(
        MONDAY,
        tasks=[
            Task("late", "c", "Call", day(-1)),
            Task("now", "c", "Call", day(0)),
            Task("soon", "c", "Call", day(7)),
            Task("later", "c", "Call", day(8)),
        ],
        reaches=[Reach("r", "c", "p", "Call Diane", daily, last_reached=day(-1))],
        inquiries=[
            Inquiry("i", "Wen Li", day(-1), "Send it", next_on=day(2)),
            Inquiry("new", "Ann Ray", day(0)),
        ],
        ahead=7,
    )
    assert [(row.group.value, row.ref) for row in found] == [
        ("overdue", "late"),
        ("today", "now"),
        ("today", "new"),
        ("coming", "i"),
        ("coming", "r"),
        ("coming", "soon"),
    ]
