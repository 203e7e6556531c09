"""What ends, what moves and what is to be looked at again, gathered from its dates."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache, partial

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from cmdesk.casework import documents, verdicts
from cmdesk.casework.parties import called, outside_name, person_key
from cmdesk.models.care import Episode
from cmdesk.models.client import Client, Engagement
from cmdesk.models.consent import Consent, ConsentRecipient
from cmdesk.models.coverage import Authorization, Policy
from cmdesk.models.person import Person
from cmdesk.models.practice import Practitioner
from cmdesk.models.provider import Organisation
from cmdesk.models.safety import Medication, SafetyPlan
from cmdesk.rules.agenda import ENDING_SOON, WEEK_AHEAD
from cmdesk.rules.agenda_items import Ending, Move, Reassessment
from cmdesk.rules.consent import fault, last_day
from cmdesk.rules.coverage import Approval, Spent, counts, ends_early, spent
from cmdesk.rules.days import later, near
from cmdesk.rules.family_codes import AuthorizationDecision, AuthorizationUnit
from cmdesk.rules.people import possessive

Refs = dict[int, str]  # clients worked with, by number
# Made once: SQLAlchemy takes its time over the columns of an alias.
following, later_stay = aliased(Episode), aliased(Episode)
house, there = aliased(Organisation), aliased(Organisation)
newer = aliased(SafetyPlan)
SUPPLY_OVER = 14  # days for which a supply that ran out is still asked about
SUPPLY_AFTER = 14  # days after leaving for which medicine is wanted


def endings(session: Session, refs: Refs, day: date) -> Iterator[Ending]:
    """Give all that ends within a month, and what ran out and wants to be mended."""
    yield from _consents(session, refs, day)
    yield from _approved_days(session, refs, day)
    yield from _policies(session, refs, day)
    yield from _supplies(session, refs, day)
    yield from documents.ending(session, refs, day)
    yield from _licences(session, day)


def _consents(session: Session, refs: Refs, day: date) -> Iterator[Ending]:
    """Give the consents that are valid on the day and have a last one."""
    soon = Consent.expires_on.between(day, later(day, ENDING_SOON))
    by_event = or_(
        Consent.expires_episode_id.is_not(None), Consent.expires_with_engagement.is_(True)
    )
    query = (
        select(Consent, Person)
        .join(ConsentRecipient, ConsentRecipient.consent_id == Consent.id)
        .join(Person, ConsentRecipient.person_id == Person.id)
        .where(or_(soon, by_event))
    )
    subject = cache(partial(verdicts.subject, session))
    for row, person in session.execute(query):
        if row.client_id not in refs:
            continue
        read = verdicts.consent_for_rules(session, row, [person_key(person.id)])
        over = last_day(read)
        near_enough = over is not None and 0 <= (over - day).days <= ENDING_SOON
        if over is None or not near_enough or fault(read, subject(row.client_id), day):
            continue
        yield Ending(
            *("consent", outside_name(row), refs[row.client_id], outside_name(person)),
            what=f"{possessive(called(person))} consent",
            last_day=over,
            record=row.id,
        )


def _approved_days(session: Session, refs: Refs, day: date) -> Iterator[Ending]:
    """Give, for each stay, where its approvals end: they are one span, however many there are."""
    query = (
        select(Authorization, Episode)
        .outerjoin(Episode, Authorization.episode_id == Episode.id)
        .where(Authorization.closed_on.is_(None), Episode.discharged.is_(None))
        .order_by(Authorization.from_on, Authorization.id)
    )
    of_stay: dict[tuple[int, int | None, str], list[Authorization]] = {}
    stays: dict[int | None, Episode | None] = {}
    for row, stay in session.execute(query):
        last = row.last_covered_on or row.through_on
        if row.client_id in refs and counts(row.decision, row.unit, row.units_authorized, last):
            of_stay.setdefault((row.client_id, row.episode_id, row.unit), []).append(row)
            stays[row.episode_id] = stay
        elif row.client_id in refs and _sessions(row) and last:
            yield _approval(refs, row, last, None, None, day)
    for (_, episode, _), rows in of_stay.items():
        stay = stays[episode]
        approvals = [
            Approval(row.units_authorized, row.from_on, row.last_covered_on or row.through_on)
            for row in rows
        ]
        span = spent(approvals, stay.admitted if stay else None, day)
        last = (
            span.last
            if span
            else max(
                (end for row in rows if (end := row.last_covered_on or row.through_on)),
                default=None,
            )
        )
        if last:
            yield _approval(refs, rows[-1], last, span, stay, day)


def _sessions(row: Authorization) -> bool:
    given = (AuthorizationDecision.APPROVED, AuthorizationDecision.PARTIAL)
    return row.unit == AuthorizationUnit.SESSIONS and row.decision in given


def _approval(
    refs: Refs, row: Authorization, last: date, span: Spent | None, stay: Episode | None, day: date
) -> Ending:
    leaves = stay.planned_discharge if stay else None
    detail = f"{span.used} of {span.approved} days used" if span else ""
    if leaves and ends_early(last, leaves):
        detail = f"leaves {near(leaves, day)}"
    unit = AuthorizationUnit(row.unit).label.lower()
    return Ending(
        *("authorization", outside_name(row), refs[row.client_id], None),
        what=f"Approved {unit}",
        last_day=last,
        record=row.id,
        says="Approved through",
        detail=detail,
        over=f"Approval ended {near(last, day)}" if stay else "",
    )


def _policies(session: Session, refs: Refs, day: date) -> Iterator[Ending]:
    query = select(Policy).where(Policy.ends_on.between(day, later(day, ENDING_SOON)))
    for row in session.scalars(query):
        if row.client_id in refs and row.ends_on:
            yield Ending(
                *("policy", outside_name(row), refs[row.client_id], None),
                what=f"{row.payer} coverage",
                last_day=row.ends_on,
                record=row.id,
            )


def _supplies(session: Session, refs: Refs, day: date) -> Iterator[Ending]:
    query = (
        select(Medication, Person)
        .outerjoin(Person, Medication.prescriber_id == Person.id)
        .where(
            or_(Medication.stopped_on.is_(None), Medication.stopped_on > day),
            Medication.supply_ends_on.between(later(day, -SUPPLY_OVER), later(day, ENDING_SOON)),
        )
    )
    for row, prescriber in session.execute(query):
        if row.client_id in refs and row.supply_ends_on:
            yield Ending(
                *("medication", outside_name(row), refs[row.client_id]),
                person=outside_name(prescriber) if prescriber else None,
                what=f"{row.name} supply",
                last_day=row.supply_ends_on,
                record=row.id,
                says="Supply ends",
                over=f"Supply ended {near(row.supply_ends_on, day)}",
            )


def _licences(session: Session, day: date) -> Iterator[Ending]:
    """Give the practitioner's own, until it is renewed."""
    for row in session.scalars(
        select(Practitioner).where(Practitioner.licence_expires_on <= later(day, ENDING_SOON))
    ):
        if row.licence_expires_on:
            yield Ending(
                *("licence", outside_name(row), None, None),
                what="Your license",
                last_day=row.licence_expires_on,
                record=row.id,
                over=f"Your license ended {near(row.licence_expires_on, day)}",
            )


def moves(session: Session, refs: Refs) -> Iterator[Move]:
    """Give the planned leaves, with where they lead if that is known."""
    after = (
        select(later_stay.id)
        .where(
            later_stay.client_id == Episode.client_id,
            later_stay.admitted >= Episode.planned_discharge,
        )
        .order_by(later_stay.admitted, later_stay.id)
        .limit(1)
        .scalar_subquery()
    )
    query = (
        select(Episode, Person, following.admitted, house.name, there.name)
        .join(Client, Episode.client_id == Client.id)
        .join(Person, Client.person_id == Person.id)
        .outerjoin(following, following.id == after)
        .outerjoin(house, Episode.organisation_id == house.id)
        .outerjoin(there, following.organisation_id == there.id)
        .where(
            Episode.planned_discharge.is_not(None),  # a leave that is over still wants closing
            Episode.discharged.is_(None),
        )
    )
    supplies = _supply_ends(session)
    for row, person, begins, leaving, next_house in session.execute(query):
        leaves = row.planned_discharge
        if leaves is None or row.client_id not in refs:
            continue
        name, supply = called(person), supplies.get(row.client_id)
        runs_out = supply and leaves <= supply <= later(leaves, SUPPLY_AFTER)
        yield Move(
            ref=outside_name(row),
            client=refs[row.client_id],
            title=f"{leaving} to {next_house}" if leaving and next_house else f"{name} leaves",
            leaves_on=leaves,
            next_begins=begins,
            gaps=(f"medicine runs out {near(supply, leaves)}",) if supply and runs_out else (),
            record=row.id,
        )


def _supply_ends(session: Session) -> dict[int, date]:
    """Return the first day on which a client's medicine runs out."""
    query = (
        select(Medication.client_id, func.min(Medication.supply_ends_on))
        .where(Medication.stopped_on.is_(None), Medication.supply_ends_on.is_not(None))
        .group_by(Medication.client_id)
    )
    return {number: day for number, day in session.execute(query) if day}


def reassessments(session: Session, refs: Refs, day: date) -> Iterator[Reassessment]:
    """Give what is to be looked at again: agreements, safety plans, approvals under review."""
    until = day + timedelta(days=WEEK_AHEAD)
    newest = (
        select(func.max(newer.id))
        .where(newer.client_id == SafetyPlan.client_id, newer.ended_on.is_(None))
        .scalar_subquery()
    )
    for model, column, kind, what, still in (
        (
            *(Engagement, Engagement.review_on, "engagement_review", "Agreement review"),
            Engagement.ended_on.is_(None),
        ),
        (
            *(SafetyPlan, SafetyPlan.review_on, "safety_review", "Safety plan review"),
            and_(SafetyPlan.ended_on.is_(None), SafetyPlan.id == newest),
        ),
        (
            *(Authorization, Authorization.next_review_on, "insurance_review", "Insurance review"),
            Authorization.closed_on.is_(None),
        ),
    ):
        for row, due in session.execute(select(model, column).where(column <= until, still)):
            if due and row.client_id in refs:
                yield Reassessment(outside_name(row), refs[row.client_id], what, due, kind, row.id)
