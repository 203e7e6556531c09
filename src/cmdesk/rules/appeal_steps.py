"""Which step against a denial is open, by when, and which comes after one that did not help."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final, NamedTuple

from cmdesk.rules.appeals import (
    FIRST_INTERNAL,
    AppealForm,
    AppealLevel,
    AppealOutcome,
    file_by,
)
from cmdesk.rules.days import later

ASKED_AFTER: Final = 14  # days after its last one for which a step nobody took is asked about
ASKED_WITHOUT: Final = 60  # days after a denial for which it is, where no last day is known
_NEXT: Final[Mapping[str, AppealLevel]] = MappingProxyType(
    {
        AppealLevel.PEER_TO_PEER: AppealLevel.EXPEDITED_INTERNAL,
        AppealLevel.EXPEDITED_INTERNAL: AppealLevel.EXTERNAL_EXPEDITED,
        AppealLevel.STANDARD_INTERNAL_1: AppealLevel.EXTERNAL_STANDARD,
        AppealLevel.STANDARD_INTERNAL_2: AppealLevel.EXTERNAL_STANDARD,
    }
)


@dataclass(frozen=True, slots=True)
class Denial:
    """What was refused: when, for care that was given already or not, and by which kind of plan."""

    on: date | None
    given: bool = False
    plan_type: str = ""


class Act(StrEnum):
    BEGIN = "begin"  # nobody has answered the denial yet
    FILE = "file"
    ANSWER = "answer"  # theirs
    GO_ON = "go_on"  # they stayed with no, and a level is left


class Open(NamedTuple):
    """What is open of a denial: the step, by when (if anybody knows), and since when."""

    act: Act
    level: AppealLevel
    due: date | None
    since: date


def following(level: str, *, given: bool = False) -> AppealLevel | None:
    """Return the step after one that did not help; care that is over has none that is expedited."""
    if level == AppealLevel.PEER_TO_PEER.value and given:
        return AppealLevel.STANDARD_INTERNAL_1
    return _NEXT.get(level)


def against(level: str, denial: Denial, steps: Iterable[AppealForm]) -> date | None:
    """Return the day from which a step's time runs.

    An appeal is against the denial itself, what follows against the last answer.
    """
    if level == AppealLevel.PEER_TO_PEER.value or level in FIRST_INTERNAL:
        return denial.on
    answers = [
        each.decided_on
        for each in steps
        if each.decided_on and each.level != AppealLevel.PEER_TO_PEER.value
    ]
    return max(answers, default=denial.on)


def begun(denial: Denial, steps: Sequence[AppealForm]) -> AppealForm:
    """Propose the next step, with the last day for it."""
    last = steps[-1] if steps else None
    after = following(last.level, given=denial.given) if last else None
    return at_level(after or AppealLevel.PEER_TO_PEER, denial, steps)


def at_level(level: str, denial: Denial, steps: Sequence[AppealForm]) -> AppealForm:
    """Propose a step of this level."""
    day = against(level, denial, steps)
    return AppealForm(level, denied_on=day, due_on=file_by(level, day, denial.plan_type))


def open_step(denial: Denial, steps: Sequence[AppealForm], today: date) -> Open | None:
    """Say what of a denial is to be done or waited for next, the most pressing of it.

    `steps` come in the order in which they were begun. What nobody took up is asked about until
    two weeks after its last day.
    """
    waiting = [found for step in steps if (found := _waiting(step, today))]
    if waiting:
        return min(waiting, key=lambda each: each.due or date.max)
    found = _go_on(denial, steps) if steps else _begin(denial)
    if found is None or today > later(*_asked_until(found)):
        return None
    return found


def _waiting(step: AppealForm, today: date) -> Open | None:
    if step.decided_on or step.outcome:
        return None
    level, since = AppealLevel(step.level), step.filed_on or step.denied_on or today
    if step.filed_on:
        return Open(Act.ANSWER, level, step.answer_due_on, since)
    return Open(Act.FILE, level, step.due_on, since)


def _begin(denial: Denial) -> Open | None:
    if denial.on is None:
        return None
    level = AppealLevel.STANDARD_INTERNAL_1
    return Open(Act.BEGIN, level, file_by(level, denial.on, denial.plan_type), denial.on)


def _go_on(denial: Denial, steps: Sequence[AppealForm]) -> Open | None:
    # Of two answers of one day, that to the step begun later counts.
    last = max(reversed(steps), key=lambda each: each.decided_on or date.min)
    level = following(last.level, given=denial.given)
    if last.outcome != AppealOutcome.UPHELD.value or level is None or last.decided_on is None:
        return None
    form = at_level(level, denial, steps)
    return Open(Act.GO_ON, level, form.due_on, last.decided_on)


def _asked_until(found: Open) -> tuple[date, int]:
    return (found.due, ASKED_AFTER) if found.due else (found.since, ASKED_WITHOUT)


__all__ = ["Act", "Denial", "Open", "against", "at_level", "begun", "following", "open_step"]
