"""Tasks that come round, and what keeps one from being saved."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmdesk.rules.codes import TaskState
from cmdesk.rules.task_draft import Recurrence, TaskForm, faults, next_day

DAYS = st.dates(date(1990, 1, 1), date(2090, 1, 1))


@pytest.mark.parametrize(
    ("recurrence", "due", "done", "following"),
    [
        ("day", "2026-03-09", "2026-03-09", "2026-03-10"),
        ("day", "2026-03-09", "2026-03-14", "2026-03-15"),
        ("workday", "2026-03-06", "2026-03-06", "2026-03-09"),
        ("workday", "2026-03-09", "2026-03-13", "2026-03-16"),
        ("week", "2026-03-09", "2026-03-09", "2026-03-16"),
        ("week", "2026-03-09", "2026-03-05", "2026-03-16"),  # done early: the next one stays
        ("week", "2026-03-09", "2026-03-17", "2026-03-23"),
        ("two_weeks", "2026-03-09", "2026-03-23", "2026-04-06"),
        ("month", "2026-01-31", "2026-01-31", "2026-02-28"),
        ("month", "2026-01-31", "2026-02-28", "2026-03-31"),
        ("month", "2026-01-31", "2026-05-02", "2026-05-31"),
        ("quarter", "2025-11-30", "2025-12-01", "2026-02-28"),
        ("year", "2024-02-29", "2024-03-01", "2025-02-28"),
        ("year", "2024-02-29", "2027-03-01", "2028-02-29"),
    ],
)
def test_when_it_comes_round(recurrence: str, due: str, done: str, following: str) -> None:
    found = next_day(Recurrence(recurrence), date.fromisoformat(due), date.fromisoformat(done))
    assert found == date.fromisoformat(following)


@given(st.sampled_from(Recurrence), DAYS, DAYS)
def test_always_later_and_never_skipping_more_than_one(
    recurrence: Recurrence, due: date, done: date
) -> None:
    found = next_day(recurrence, due, done)
    assert found > max(due, done)
    assert found - max(due, done) <= timedelta(days=366)


def test_at_the_end_of_the_calendar() -> None:
    last = date.max
    assert all(next_day(each, last, last) == last for each in Recurrence)


@pytest.mark.parametrize(
    ("draft", "fields"),
    [
        (TaskForm(7, "Call"), []),
        (TaskForm(7, "  "), ["text"]),
        (TaskForm(7, "Call", recurrence="week"), ["due"]),
        (TaskForm(7, "Call", due=date(2026, 3, 9), start=date(2026, 3, 10)), ["start"]),
        (TaskForm(7, "Call", due=date(2026, 3, 9), start=date(2026, 3, 9)), []),
        (TaskForm(7, "Call", chase_days="soon"), ["chase_days"]),
        (TaskForm(7, "Call", chase_days="0"), ["chase_days"]),
        (TaskForm(7, "Call", chase_days=" 7 "), []),
        # About nobody and without a day, it would stand on no page.
        (TaskForm(text="Renew the license"), ["due"]),
        (TaskForm(text="Renew the license", due=date(2026, 3, 9)), []),
        (TaskForm(text="Renew the license", links=("p12",)), []),
        (TaskForm(text="Call them back", links=("i6",)), ["due"]),
        (TaskForm(7, "Renew", links=("k4", "p12")), []),
        (TaskForm(7, "Renew", links=("k4", "k5")), ["links"]),
        (TaskForm(text="Renew the license", state=TaskState.WAITING), []),
    ],
)
def test_faults(draft: TaskForm, fields: list[str]) -> None:
    assert list(faults(draft)) == fields


def test_waiting() -> None:
    assert TaskForm(state=TaskState.WAITING).waits
    assert not TaskForm().waits
