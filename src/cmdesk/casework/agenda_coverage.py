"""What a day asks about coverage: approvals and policies that end, and steps against denials."""

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from sqlalchemy import Date, bindparam, func, select
from sqlalchemy.orm import Session

from cmdesk.casework import appeals
from cmdesk.casework.agenda_dates import Refs
from cmdesk.casework.appeals import Pressing
from cmdesk.casework.columns import read
from cmdesk.models.care import Episode
from cmdesk.models.coverage import Authorization, Extension, Policy
from cmdesk.rules.agenda import ENDING_SOON
from cmdesk.rules.agenda_items import Clocked, Ending
from cmdesk.rules.appeal_steps import Act
from cmdesk.rules.appeals import EXTERNAL, AppealLevel
from cmdesk.rules.coverage import Approval, Spent, counts, ends_early, spent
from cmdesk.rules.days import later, short
from cmdesk.rules.episode_draft import ENDED
from cmdesk.rules.family_codes import AuthorizationDecision, AuthorizationUnit
from cmdesk.rules.people import possessive

GIVEN: Final = (AuthorizationDecision.APPROVED, AuthorizationDecision.PARTIAL)
NO_DAY: Final = "The day of their no is missing"
NO_DAY_IN_PART: Final = "The day of their answer is missing"
_first, _until = bindparam("first", type_=Date), bindparam("until", type_=Date)
_APPROVALS: Final = (
    select(
        *(Authorization.id, Authorization.ref, Authorization.uid, Authorization.client_id),
        *(Authorization.episode_id, Authorization.decision, Authorization.unit),
        *(Authorization.units_authorized, Authorization.from_on),
        func.coalesce(Authorization.last_covered_on, Authorization.through_on).label("last"),
        *(Episode.admitted, Episode.planned_discharge, Extension.extends_id),
    )
    .outerjoin(Episode, Authorization.episode_id == Episode.id)
    .outerjoin(Extension, Extension.authorization_id == Authorization.id)
    .where(
        Authorization.closed_on.is_(None),
        Episode.discharged.is_(None),
        func.coalesce(Episode.status, "") != ENDED,
    )
    .order_by(Authorization.from_on, Authorization.id)
)
_POLICIES: Final = select(
    Policy.id, Policy.ref, Policy.uid, Policy.client_id, Policy.payer, Policy.ends_on
).where(Policy.ends_on.between(_first, _until))


def endings(session: Session, refs: Refs, day: date) -> Iterator[Ending]:
    """Give the approvals and the policies that end within a month, and what ran out."""
    yield from _approved_days(session, refs, day)
    yield from _policies(session, refs, day)


def _approved_days(session: Session, refs: Refs, day: date) -> Iterator[Ending]:
    """Give, for each stay, where its approvals end: they are one span, however many there are."""
    of_stay: dict[tuple[int, int | None, str], list[Any]] = {}
    asked = [row for row in read(session, _APPROVALS) if row.client_id in refs]
    gone_on = {row.extends_id for row in asked if row.decision in GIVEN}
    for row in asked:
        if counts(row.decision, row.unit, row.units_authorized, row.last):
            of_stay.setdefault((row.client_id, row.episode_id, row.unit), []).append(row)
        elif _sessions(row) and row.last and row.id not in gone_on:
            yield _approval(refs, row, row.last, None, day, at_stay=False)
    for (_, stay, _), rows in of_stay.items():
        approvals = [
            Approval(row.units_authorized, row.from_on, row.last, row.id, row.extends_id or 0)
            for row in rows
        ]
        span = spent(approvals, rows[0].admitted, day)
        last = span.through if span else max((row.last for row in rows if row.last), default=None)
        if last:
            yield _approval(refs, rows[-1], last, span, day, at_stay=stay is not None)


def _sessions(row: Any) -> bool:
    return row.unit == AuthorizationUnit.SESSIONS and row.decision in GIVEN


def _approval(
    refs: Refs, row: Any, last: date, span: Spent | None, day: date, *, at_stay: bool
) -> Ending:
    leaves = row.planned_discharge if at_stay else None
    detail = f"{span.used} of {span.approved} days used" if span else ""
    if span and span.pause and not (leaves and leaves <= span.pause[0]):
        first, until = span.pause
        days = (
            short(first, day) if first == until else f"{short(first, day)} to {short(until, day)}"
        )
        detail = f"nothing for {days}"
    elif leaves and ends_early(last, leaves):
        detail = f"leaves {short(leaves, day)}"
    unit = AuthorizationUnit(row.unit).label.lower()
    return Ending(
        *("authorization", row.ref or row.uid, refs[row.client_id], None),
        what=f"Approved {unit}",
        last_day=last,
        record=row.id,
        says="Approved through",
        detail=detail,
        over=f"Approval ended {short(last, day)}" if at_stay else "",
    )


def _policies(session: Session, refs: Refs, day: date) -> Iterator[Ending]:
    for row in read(session, _POLICIES, first=day, until=later(day, ENDING_SOON)):
        if row.client_id in refs:
            yield Ending(
                *("policy", row.ref or row.uid, refs[row.client_id], None),
                what=f"{row.payer} coverage",
                last_day=row.ends_on,
                record=row.id,
            )


def clocks(session: Session, refs: Refs, day: date) -> Iterator[Clocked]:
    """Give, for each denial, the step that is open, with its last day."""
    for each in appeals.pressing(session, refs, day):
        act, level, due, since, part = each.open
        missing = NO_DAY_IN_PART if part else NO_DAY
        yield Clocked(
            *("appeal", each.ref, refs[each.client_id]),
            what=_what(each),
            since=since or day,
            due=due,
            left=f"{level.label.lower()} was not begun" if act is Act.GO_ON else "",
            record=each.authorization_id,
            says="Answer" if act is Act.ANSWER else _step(level),
            undated="" if since else missing,
        )


def _what(each: Pressing) -> str:
    act, level = each.open.act, each.open.level
    who = each.payer or "the plan"
    if act is Act.BEGIN:
        no = "partial approval" if each.open.part else "denial"
        return f"{possessive(who)} {no}" if each.payer else f"A {no}"
    if level in EXTERNAL or level is AppealLevel.COMPLAINT:
        return f"{level.label} of {possessive(who)} no"
    joined = "with" if level is AppealLevel.PEER_TO_PEER else "to"
    return f"{level.label} {joined} {who}"


def _step(level: AppealLevel) -> str:
    return "Appeal" if "appeal" in level.label.casefold() else level.label
