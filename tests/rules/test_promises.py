"""A promise and what became of it, from the task and from the next letter's own steps."""

from datetime import date

import pytest

from cmdesk.rules.letter import Part, PartKind, Step
from cmdesk.rules.letter_template import Template
from cmdesk.rules.promises import (
    Became,
    Promise,
    Proposal,
    TaskNow,
    asks,
    due_of,
    moved_in,
    newest,
    proposed,
    said_again,
    waits,
)

TOLD, ON, DUE = date(2026, 3, 9), date(2026, 3, 16), date(2026, 3, 11)
LATER = date(2026, 3, 20)
CLOSED = Part(PartKind.CLOSED, "closed")


def promise(
    due: date | None = DUE, what: str = "Diane visits", task: int | None = None, number: int = 1
) -> Promise:
    when = {DUE: "Wed, March 11", LATER: "Fri, March 20"}.get(due, "soon") if due else "soon"
    return Promise(number, 1, TOLD, when, due, what, task_id=task)


@pytest.mark.parametrize(
    ("task", "proposal"),
    [
        (None, None),
        (TaskNow(DUE), None),
        (TaskNow(DUE, DUE), Proposal(Became.DONE, DUE)),
        (TaskNow(LATER), Proposal(Became.MOVED, LATER)),
        (TaskNow(None), Proposal(Became.MOVED)),
        (TaskNow(DUE, None, dropped=True), Proposal(Became.DROPPED)),
    ],
)
def test_what_a_task_says(task: TaskNow | None, proposal: Proposal | None) -> None:
    assert proposed(DUE, task) == proposal


@pytest.mark.parametrize(
    ("told", "steps", "kept_up"),
    [
        (promise(), (), True),
        (promise(LATER), (), False),  # still to come
        (promise(None), (), True),
        (promise(None), (Step("soon", "diane visits.", ""),), False),
        (promise(LATER), (Step("Fri, March 20", "Diane visits", ""),), False),
        (promise(LATER), (Step("Fri, March 27", "Diane visits", ""),), True),
        (promise(LATER), (Step("", "Diane visits", ""),), False),
        (promise(LATER), (Step("Fri, March 27", "Tess calls", ""),), False),
    ],
)
def test_what_a_letter_waits_for(told: Promise, steps: tuple[Step, ...], kept_up: bool) -> None:
    assert waits(told, steps, ON) is kept_up


def test_what_the_task_says_waits_even_if_told_again() -> None:
    from_task = Promise(1, 1, TOLD, "soon", None, "x", proposal=Proposal(Became.DONE, DUE))
    assert waits(from_task, (Step("soon", "x", ""),), ON)


def test_moved_in_the_letter_itself() -> None:
    steps = (Step("Fri, March 27", "Diane visits", ""),)
    assert moved_in(promise(LATER), steps, ON) == Proposal(Became.MOVED, date(2026, 3, 27))
    assert moved_in(promise(DUE), steps, ON) is None  # it went by: done, more likely
    both = (*steps, Step("Fri, March 20", "Diane visits", ""))
    assert moved_in(promise(LATER), both, ON) is None
    assert said_again(promise(LATER), both, ON)


def test_each_thing_is_told_by_the_letter_that_said_it_last() -> None:
    last, before = promise(LATER, task=7, number=2), promise(DUE, task=7, number=1)
    other = promise(DUE, number=3)
    assert newest([last, other, before, promise(DUE, number=4)]) == [last, other]


@pytest.mark.parametrize(
    ("when", "day"),
    [
        ("Sun, December 20", date(2026, 12, 20)),  # not of the year before
        ("dom., 20 de diciembre", date(2026, 12, 20)),
        ("December 20", date(2026, 12, 20)),
        ("Sat, December 20", date(2025, 12, 20)),  # its weekday says it went by
        ("Mon, December 20", date(2026, 12, 20)),  # of neither year
        ("December 20, 2025", date(2025, 12, 20)),
        ("by 12/20/25", date(2025, 12, 20)),
        ("March 4", date(2026, 3, 4)),
    ],
)
def test_a_day_without_its_year_is_to_come(when: str, day: date) -> None:
    assert due_of(when, TOLD) == day


@pytest.mark.parametrize(
    ("template", "parts", "asked"),
    [
        (Template("weekly", ""), (CLOSED,), True),
        (Template("brief_no_change", ""), (), True),  # it says that plans go on as they are
        (Template("own_kind", ""), (), True),
        (Template("decision", ""), (), False),
        (Template("decision", ""), (Part(PartKind.TEXT, "t"), CLOSED), True),
        (Template("crisis_notice", "", due_hours=4), (CLOSED,), False),
    ],
)
def test_which_letters_wait(template: Template, parts: tuple[Part, ...], asked: bool) -> None:
    assert asks(template, parts) is asked


def test_days_of_steps() -> None:
    assert due_of("Wed, March 11", TOLD) == DUE
    assert due_of("mié., 11 de marzo", TOLD) == DUE
    assert due_of("next week", TOLD) is None
