"""Which step against a denial is open, by when, and which comes after one that did not help."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final, NamedTuple

from cmdesk.rules.appeals import (
    FIRST_INTERNAL,
    TO_FILE,
    AppealForm,
    AppealLevel,
    AppealOutcome,
    file_by,
)
from cmdesk.rules.days import later

ASKED_AFTER: Final = 14  # days after its last one for which a step nobody took is asked about
ASKED_WITHOUT: Final = 60  # days after a denial for which it is, where no last day is known
PRESSING: Final = 30  # days before the appeal's last one in which nothing late stands before it
INTERNAL: Final = FIRST_INTERNAL | {AppealLevel.STANDARD_INTERNAL_2}
# Taken beside an appeal: neither stops the appeal's time nor stands for it.
BESIDE: Final = frozenset({AppealLevel.PEER_TO_PEER, AppealLevel.COMPLAINT})
_COMPLAINT: Final = AppealLevel.COMPLAINT.value
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
    """What was refused: when, for care that was given already or not, and by which kind of plan.

    `settled`: the approval no longer says no, so nothing is to be begun against it. `part`: some
    of it was given, and the rest refused, which is a denial of the rest.
    """

    on: date | None
    given: bool = False
    plan_type: str = ""
    settled: bool = False
    part: bool = False


class Act(StrEnum):
    BEGIN = "begin"  # nobody has appealed yet
    FILE = "file"
    ANSWER = "answer"  # theirs
    GO_ON = "go_on"  # they stayed with no, in whole or in part, and a level is left


class Open(NamedTuple):
    """What is open of a denial, or of the `part` of it: the step, by when and since when."""

    act: Act
    level: AppealLevel
    due: date | None
    since: date | None
    part: bool = False


def following(level: str, *, given: bool = False) -> AppealLevel | None:
    """Return the step after one that did not help; care that is over has none that is expedited."""
    if level == AppealLevel.PEER_TO_PEER.value and given:
        return AppealLevel.STANDARD_INTERNAL_1
    return _NEXT.get(level)


def against(level: str, denial: Denial, steps: Sequence[AppealForm]) -> date | None:
    """Return the day from which a step's time runs.

    An appeal is against the denial itself, what follows against the last answer to an appeal.
    """
    first_no = _first_no(denial, steps)
    if _first(level):
        return first_no
    answers = [
        each.decided_on
        for each in steps
        if each.decided_on and each.level in INTERNAL and not _taken_back(each)
    ]
    return max(answers, default=first_no)


def _first_no(denial: Denial, steps: Iterable[AppealForm]) -> date | None:
    """Return the day of the first notice of this denial that anybody knows.

    The time to appeal runs from the notice (29 CFR 2560.503-1(h)(3)(i), 45 CFR 147.136(b)): what
    a talk moves it to later gives no more. A step may know an earlier day than the approval, by
    its own notice or by having been taken at all. A notice whose own time was over when this
    denial came was of another.
    """
    first = [each for each in steps if _first(each.level)]
    if denial.on is None:
        return min((each.denied_on for each in first if each.denied_on), default=None)
    known = [each.denied_on or each.filed_on or each.decided_on for each in first]
    oldest = later(denial.on, -TO_FILE[AppealLevel.STANDARD_INTERNAL_1].days)
    return min(day for day in (*known, denial.on) if day and day >= oldest)


def _first(level: str) -> bool:
    return level == AppealLevel.PEER_TO_PEER.value or level in FIRST_INTERNAL


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
    two weeks after its last day. A step beside the appeal never hides the appeal's last day.
    """
    waiting = [found for step in steps if (found := _waiting(step))]
    then = _then(denial, steps)
    if then and today > _asked_until(then, denial, today):
        then = None
    if not waiting:
        return then
    found = min(waiting, key=lambda each: each.due or date.max)
    if then and all(_beside(each, then) for each in waiting) and _gives_way(found, then, today):
        return then
    return found


def _beside(each: Open, then: Open) -> bool:
    """Neither a step beside the appeal nor, after an answer, one without a day holds it back."""
    undated = each.act is Act.FILE and each.due is None
    return each.level in BESIDE or (undated and then.act is Act.GO_ON)


def _gives_way(beside: Open, then: Open, today: date) -> bool:
    """Say whether a step beside the appeal gives way to the appeal's own day."""
    if beside.due is None or then.due is None:
        return then.due is not None
    if beside.due >= today:
        return then.due < beside.due
    return today > later(beside.due, ASKED_AFTER) or then.due <= later(today, PRESSING)


def _waiting(step: AppealForm) -> Open | None:
    if step.decided_on or step.outcome:
        return None
    level, since = AppealLevel(step.level), step.filed_on or step.denied_on
    if step.filed_on:
        return Open(Act.ANSWER, level, step.answer_due_on, since)
    return Open(Act.FILE, level, step.due_on, since)


def _then(denial: Denial, steps: Sequence[AppealForm]) -> Open | None:
    """Say what nobody has taken up yet; None once they gave in, or no level is left."""
    if any(each.outcome == AppealOutcome.OVERTURNED.value for each in steps):
        return None
    # Of two answers of one day, that to the step begun later counts, and an appeal's before a
    # talk's.
    answered = [each for each in reversed(steps) if _answered(each) and each.level != _COMPLAINT]
    ranked = sorted(answered, key=lambda each: each.decided_on or date.min, reverse=True)
    last = min(ranked, key=lambda each: each.level in BESIDE, default=None)
    if last is None:
        return _begin(denial, steps)
    level = following(last.level, given=denial.given)
    if level is None:
        return None
    since = last.decided_on or last.filed_on or denial.on
    return Open(Act.GO_ON, level, at_level(level, denial, steps).due_on, since)


def _answered(step: AppealForm) -> bool:
    return bool(step.decided_on or step.outcome) and not _taken_back(step)


def _taken_back(step: AppealForm) -> bool:
    return step.outcome == AppealOutcome.WITHDRAWN.value


def _begin(denial: Denial, steps: Sequence[AppealForm]) -> Open | None:
    if denial.settled:
        return None
    level = AppealLevel.STANDARD_INTERNAL_1
    day = against(level, denial, steps)
    return Open(Act.BEGIN, level, file_by(level, day, denial.plan_type), day, denial.part)


def _asked_until(found: Open, denial: Denial, today: date) -> date:
    """Return the last day it is asked about; where no day is known, that is never over.

    An earlier no that only a step knows brings the last day forward, and never ends the asking.
    """
    if found.due:
        counted = file_by(found.level, denial.on, denial.plan_type) or found.due
        return later(max(found.due, counted), ASKED_AFTER)
    since = max((day for day in (found.since, denial.on) if day), default=today)
    return later(since, ASKED_WITHOUT)


__all__ = ["Act", "Denial", "Open", "against", "at_level", "begun", "following", "open_step"]
