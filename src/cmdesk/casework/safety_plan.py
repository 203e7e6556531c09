"""The plan for a hard hour: read, rewritten as a new version, and marked as reviewed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.casework import clock, parties, practice
from cmdesk.errors import Problem
from cmdesk.models.client import CircleMember
from cmdesk.models.person import ContactPoint, Person
from cmdesk.models.safety import SafetyPlan, SafetyStep
from cmdesk.rules.codes import ContactPointKind
from cmdesk.rules.days import add_months
from cmdesk.rules.people import Name
from cmdesk.rules.safety import HELPERS, LAST_STEP, LIFELINE, PROFESSIONALS

VOICES = (
    ContactPointKind.MOBILE,
    ContactPointKind.HOME,
    ContactPointKind.WORK,
)  # the order numbers are tried in
REVIEW_AFTER = 1  # months, where no next review was agreed


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One line under a step; a person of the circle or a number may stand by it."""

    step: int
    text: str = ""
    person_id: int | None = None
    phone: str = ""

    @property
    def empty(self) -> bool:
        return not (self.text.strip() or self.person_id or self.phone.strip())


@dataclass(frozen=True, slots=True)
class PlanDraft:
    """What is written: days, words and lines. `reviewed_on` may not lie ahead."""

    concern: str = ""
    reviewed_on: date | None = None
    review_on: date | None = None
    reasons: str = ""
    copies_to: str = ""
    lines: tuple[PlanLine, ...] = ()

    @property
    def words(self) -> tuple[object, ...]:
        """What makes it another plan when it changes; a review alone does not."""
        return self.reasons, self.lines


@dataclass(frozen=True, slots=True)
class Plan:
    """One version as it stands; `names` has the people of its lines by number."""

    id: int
    client_id: int
    made_on: date | None
    ended_on: date | None
    draft: PlanDraft
    names: dict[int, Name]


@dataclass(frozen=True, slots=True)
class Glance:
    """What the rail says. `first_calls`: a person's name, or the words of a line without one."""

    id: int
    concern: str
    made_on: date | None
    reviewed_on: date | None
    review_on: date | None
    first_calls: tuple[Name | str, ...]


@dataclass(frozen=True, slots=True)
class Reachable:
    """Someone of the circle who may be named in the plan, with the number to ring."""

    person_id: int
    name: Name
    phone: str


def newest(session: Session, client_id: int) -> Plan | None:
    """Return the version that counts, or None while no plan was made."""
    row = _counting(session, client_id)
    return _plan(session, row) if row else None


def version(session: Session, plan_id: int) -> Plan:
    """Return one version, also one that no longer counts."""
    return _plan(session, session.get_one(SafetyPlan, plan_id))


def history(session: Session, client_id: int) -> list[Plan]:
    """Return every version, the newest first."""
    query = select(SafetyPlan).where(SafetyPlan.client_id == client_id)
    return [_plan(session, row) for row in session.scalars(query.order_by(SafetyPlan.id.desc()))]


def _counting(session: Session, client_id: int) -> SafetyPlan | None:
    query = (
        select(SafetyPlan)
        .where(SafetyPlan.client_id == client_id, SafetyPlan.ended_on.is_(None))
        .order_by(SafetyPlan.id.desc())
    )
    return session.scalars(query.limit(1)).first()


def _steps(session: Session, plan_id: int) -> list[SafetyStep]:
    query = select(SafetyStep).where(SafetyStep.safety_plan_id == plan_id)
    return list(
        session.scalars(query.order_by(SafetyStep.step, SafetyStep.position, SafetyStep.id))
    )


def _plan(session: Session, row: SafetyPlan) -> Plan:
    steps = _steps(session, row.id)
    return Plan(
        id=row.id,
        client_id=row.client_id,
        made_on=row.made_on,
        ended_on=row.ended_on,
        draft=PlanDraft(
            row.concern,
            row.reviewed_on,
            row.review_on,
            row.reasons_for_living,
            row.copies_to,
            tuple(PlanLine(step.step, step.text, step.person_id, step.phone) for step in steps),
        ),
        names=_names(session, steps),
    )


def _names(session: Session, steps: Sequence[SafetyStep]) -> dict[int, Name]:
    numbers = [step.person_id for step in steps if step.person_id]
    found = session.scalars(select(Person).where(Person.id.in_(numbers)))
    return {person.id: parties.name_of(person) for person in found}


def reachable(session: Session, client_id: int) -> list[Reachable]:
    """Return the circle in its order, each with the number they are best rung at."""
    people = session.scalars(
        select(Person)
        .join(CircleMember, CircleMember.person_id == Person.id)
        .where(CircleMember.client_id == client_id, CircleMember.until.is_(None))
        .order_by(CircleMember.position, CircleMember.id)
    ).all()
    numbers = _numbers(session, [person.id for person in people])
    return [
        Reachable(person.id, parties.name_of(person), numbers.get(person.id, ""))
        for person in people
    ]


def _numbers(session: Session, people: Sequence[int]) -> dict[int, str]:
    points = session.scalars(
        select(ContactPoint).where(
            ContactPoint.person_id.in_(people),
            ContactPoint.kind.in_(VOICES),
            ContactPoint.may_call,
        )
    )
    ranked = sorted(
        points, key=lambda point: (not point.preferred, VOICES.index(point.kind), point.position)
    )
    found: dict[int, str] = {}
    for point in ranked:
        found.setdefault(point.person_id or 0, point.value)
    return found


def glance(session: Session, client_id: int) -> Glance | None:
    """Return what the rail says of the plan that counts."""
    row = _counting(session, client_id)
    if row is None:
        return None
    steps = _steps(session, row.id)
    return Glance(
        row.id, row.concern, row.made_on, row.reviewed_on, row.review_on, _first(session, steps)
    )


def _first(session: Session, steps: Sequence[SafetyStep]) -> tuple[Name | str, ...]:
    """Name whom the practitioner rings first: a professional of the plan, then a helper."""
    names, calls = _names(session, steps), list[Name | str]()
    for wanted in (PROFESSIONALS, HELPERS):
        lines = [step for step in steps if step.step == wanted]
        known = [names[step.person_id] for step in lines if step.person_id in names]
        said = [step.text for step in lines if step.text and step.phone not in ("", LIFELINE)]
        calls += known[:1] or said[:1]
    return tuple(calls)


def save(session: Session, client_id: int, draft: PlanDraft) -> int:
    """Keep a plan; what was reviewed stays as it was, and a new version counts from now on."""
    draft = _checked(draft, clock.today(session))
    row = _counting(session, client_id)
    before = _plan(session, row).draft if row else None
    if row is None or (before and before.reviewed_on and before.words != draft.words):
        day = clock.today(session)
        if row is not None:
            row.ended_on = day
        row = SafetyPlan(
            client_id=client_id, made_on=day, made_by=practice.draft(session).practitioner
        )
        session.add(row)
    row.concern = draft.concern
    row.reviewed_on, row.review_on = draft.reviewed_on, draft.review_on
    row.reasons_for_living, row.copies_to = draft.reasons, draft.copies_to
    session.flush()
    _write_lines(session, row.id, draft.lines)
    return row.id


def _checked(draft: PlanDraft, today: date) -> PlanDraft:
    kept = [line for line in draft.lines if not line.empty]
    if not kept:
        raise Problem("A safety plan needs at least one line.", "Begin with the warning signs.")
    if draft.reviewed_on and draft.reviewed_on > today:
        raise Problem("This review is still to come.", "Put its day under the next review.")
    if any(not 1 <= line.step <= LAST_STEP for line in kept):
        raise Problem("A safety plan has six steps.", "Put each line under one of them.")
    lines = [replace(line, text=line.text.strip(), phone=line.phone.strip()) for line in kept]
    ordered = tuple(sorted(lines, key=lambda line: line.step))
    return replace(
        draft, reasons=draft.reasons.strip(), copies_to=draft.copies_to.strip(), lines=ordered
    )


def _write_lines(session: Session, plan_id: int, lines: Sequence[PlanLine]) -> None:
    """Put the lines in the place of those before, and touch only what differs."""
    rows = _steps(session, plan_id)
    for place, line in enumerate(lines):
        if place >= len(rows):
            rows.append(SafetyStep(safety_plan_id=plan_id))
            session.add(rows[place])
        row = rows[place]
        row.step, row.position, row.text = line.step, place, line.text
        row.person_id, row.phone = line.person_id, line.phone
    for row in rows[len(lines) :]:
        session.delete(row)
    session.flush()


def mark_reviewed(session: Session, plan_id: int, review_on: date | None = None) -> None:
    """Note that the plan was gone through today, and when next: as agreed, else in a month."""
    row, today = session.get_one(SafetyPlan, plan_id), clock.today(session)
    if review_on and review_on <= today:
        raise Problem("The next review lies in the past.", "Choose a day to come.")
    row.reviewed_on, row.review_on = today, review_on or add_months(today, REVIEW_AFTER)
