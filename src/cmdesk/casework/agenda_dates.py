"""What ends, what moves and what is to be looked at again, gathered from its dates."""

from collections.abc import Collection, Iterator
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import Date, and_, bindparam, func, or_, select
from sqlalchemy.orm import Session, aliased

from cmdesk.casework import consent_ends, documents, plan_facts, verdicts
from cmdesk.casework.columns import read
from cmdesk.casework.parties import called, person_key
from cmdesk.models.care import Episode
from cmdesk.models.client import Client, Engagement
from cmdesk.models.consent import Consent, ConsentRecipient
from cmdesk.models.coverage import Authorization
from cmdesk.models.person import Person
from cmdesk.models.practice import Practitioner
from cmdesk.models.provider import Organisation
from cmdesk.models.safety import Medication, SafetyPlan
from cmdesk.rules.agenda import ENDING_SOON
from cmdesk.rules.agenda_items import Ending, Move, Reassessment
from cmdesk.rules.agenda_words import WEEK_AHEAD
from cmdesk.rules.consent import Consent as Form
from cmdesk.rules.consent import fault, last_day
from cmdesk.rules.days import later, short
from cmdesk.rules.episode_draft import ENDED
from cmdesk.rules.people import possessive

Refs = dict[int, str]  # clients worked with, by number
SUPPLY_OVER = 14  # days for which a supply that ran out is still asked about
SUPPLY_AFTER = 14  # days after leaving for which medicine is wanted

_later_stay = aliased(Episode)
_following, _house, _there = aliased(Episode), aliased(Organisation), aliased(Organisation)
_newer = aliased(SafetyPlan)
_first, _until = bindparam("first", type_=Date), bindparam("until", type_=Date)
_CONSENTS: Final = (
    select(
        *plan_facts.FORM,
        *(ConsentRecipient.person_id, Person.ref.label("their_ref"), Person.uid.label("their_uid")),
        *(Person.preferred_name, Person.given_name, Person.family_name),
    )
    .join(ConsentRecipient, ConsentRecipient.consent_id == Consent.id)
    .join(Person, ConsentRecipient.person_id == Person.id)
    .where(
        or_(
            Consent.expires_on.between(_first, _until),
            Consent.expires_episode_id.is_not(None),
            Consent.expires_with_engagement.is_(True),
        )
    )
)
_SUPPLIES: Final = (
    select(
        *(Medication.id, Medication.ref, Medication.uid, Medication.client_id, Medication.name),
        *(Medication.supply_ends_on, Medication.prescriber_id),
        *(Person.ref.label("their_ref"), Person.uid.label("their_uid")),
    )
    .outerjoin(Person, Medication.prescriber_id == Person.id)
    .where(
        or_(Medication.stopped_on.is_(None), Medication.stopped_on > bindparam("day")),
        Medication.supply_ends_on.between(_first, _until),
    )
)
_LICENCES: Final = select(
    Practitioner.id, Practitioner.ref, Practitioner.uid, Practitioner.licence_expires_on
).where(Practitioner.licence_expires_on <= _until)
_after = (
    select(_later_stay.id)
    .where(
        _later_stay.client_id == Episode.client_id,
        _later_stay.admitted >= Episode.planned_discharge,
    )
    .order_by(_later_stay.admitted, _later_stay.id)
    .limit(1)
    .scalar_subquery()
)
_LEAVES: Final = (
    select(
        *(Episode.id, Episode.ref, Episode.uid, Episode.client_id, Episode.planned_discharge),
        *(Person.preferred_name, Person.given_name, Person.family_name),
        *(_following.admitted, _house.name.label("house"), _there.name.label("there")),
    )
    .join(Client, Episode.client_id == Client.id)
    .join(Person, Client.person_id == Person.id)
    .outerjoin(_following, _following.id == _after)
    .outerjoin(_house, Episode.organisation_id == _house.id)
    .outerjoin(_there, _following.organisation_id == _there.id)
    .where(
        Episode.planned_discharge.is_not(None),  # a leave that is over still wants closing
        Episode.discharged.is_(None),
        Episode.status != ENDED,
    )
)
_SUPPLY_ENDS: Final = (
    select(Medication.client_id, func.min(Medication.supply_ends_on))
    .where(Medication.stopped_on.is_(None), Medication.supply_ends_on.is_not(None))
    .group_by(Medication.client_id)
)
_newest_plan = (
    select(func.max(_newer.id))
    .where(_newer.client_id == SafetyPlan.client_id, _newer.ended_on.is_(None))
    .scalar_subquery()
)
_REVIEWS: Final = tuple(
    (
        kind,
        what,
        select(model.id, model.ref, model.uid, model.client_id, due).where(due <= _until, still),
    )
    for kind, what, model, due, still in (
        (
            *("engagement_review", "Agreement review", Engagement, Engagement.review_on),
            Engagement.ended_on.is_(None),
        ),
        (
            *("safety_review", "Safety plan review", SafetyPlan, SafetyPlan.review_on),
            and_(SafetyPlan.ended_on.is_(None), SafetyPlan.id == _newest_plan),
        ),
        (
            *("insurance_review", "Insurance review", Authorization, Authorization.next_review_on),
            Authorization.closed_on.is_(None),
        ),
    )
)


def endings(session: Session, refs: Refs, day: date) -> Iterator[Ending]:
    """Give all that ends within a month, and what ran out and wants to be mended."""
    yield from _consents(session, refs, day)
    yield from _supplies(session, refs, day)
    yield from documents.ending(session, refs, day)
    yield from _licences(session, day)


def _consents(session: Session, refs: Refs, day: date) -> Iterator[Ending]:
    """Give the consents that are valid on the day and have a last one."""
    found = read(session, _CONSENTS, first=day, until=later(day, ENDING_SOON))
    rows = [row for row in found if row.client_id in refs]
    ends = consent_ends.of(session, rows)
    near_enough: list[tuple[Any, date, Form]] = []
    for row in rows:
        key = person_key(row.person_id)
        form = verdicts.consent_for_rules(session, row, [key], ends)
        over = last_day(form)
        if over is not None and 0 <= (over - day).days <= ENDING_SOON:
            near_enough.append((row, over, form))
    if not near_enough:
        return
    who = plan_facts.subjects(session, {row.client_id for row, _, _ in near_enough})
    for row, over, form in near_enough:
        if fault(form, who[row.client_id], day):
            continue
        yield Ending(
            *("consent", row.ref or row.uid, refs[row.client_id], row.their_ref or row.their_uid),
            what=f"{possessive(called(row))} consent",
            last_day=over,
            record=row.id,
        )


def _supplies(session: Session, refs: Refs, day: date) -> Iterator[Ending]:
    first, until = later(day, -SUPPLY_OVER), later(day, ENDING_SOON)
    for row in read(session, _SUPPLIES, day=day, first=first, until=until):
        if row.client_id in refs:
            yield Ending(
                *("medication", row.ref or row.uid, refs[row.client_id]),
                person=row.their_ref or row.their_uid,
                what=f"{row.name} supply",
                last_day=row.supply_ends_on,
                record=row.id,
                says="Supply ends",
                over=f"Supply ended {short(row.supply_ends_on, day)}",
            )


def _licences(session: Session, day: date) -> Iterator[Ending]:
    """Give the practitioner's own, until it is renewed."""
    for row in read(session, _LICENCES, until=later(day, ENDING_SOON)):
        yield Ending(
            *("licence", row.ref or row.uid, None, None),
            what="Your license",
            last_day=row.licence_expires_on,
            record=row.id,
            over=f"Your license ended {short(row.licence_expires_on, day)}",
        )


def moves(session: Session, refs: Refs, planned: Collection[int] = ()) -> Iterator[Move]:
    """Give the leaves, with where they lead if that is known; what is `planned` tells itself."""
    found = (row for row in read(session, _LEAVES) if row.id not in planned)
    rows = [row for row in found if row.client_id in refs]
    supplies = dict[int, date](read(session, _SUPPLY_ENDS)) if rows else {}
    for row in rows:
        leaves, supply = row.planned_discharge, supplies.get(row.client_id)
        runs_out = supply and leaves <= supply <= later(leaves, SUPPLY_AFTER)
        leads = row.house and row.there
        yield Move(
            ref=row.ref or row.uid,
            client=refs[row.client_id],
            title=f"{row.house} to {row.there}" if leads else f"{called(row)} leaves",
            leaves_on=leaves,
            next_begins=row.admitted,
            gaps=(f"medicine runs out {short(supply, leaves)}",) if supply and runs_out else (),
            record=row.id,
        )


def reassessments(session: Session, refs: Refs, day: date) -> Iterator[Reassessment]:
    """Give what is to be looked at again: agreements, safety plans, approvals under review."""
    until = day + timedelta(days=WEEK_AHEAD)
    for kind, what, question in _REVIEWS:
        for number, ref, uid, client, due in read(session, question, until=until):
            if client in refs:
                yield Reassessment(ref or uid, refs[client], what, due, kind, number)
