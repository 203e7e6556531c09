"""What was agreed about letters: to whom, how often, of which kind, in which language."""

from dataclasses import dataclass, fields
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.casework import (
    clock,
    correspondence,
    drafts,
    letter_templates,
    merged,
    parties,
    verdicts,
)
from cmdesk.casework.parties import name_of
from cmdesk.casework.stored import copy_typed, refuse_changed, stored
from cmdesk.errors import Problem
from cmdesk.models.client import CircleMember
from cmdesk.models.entry import Entry
from cmdesk.models.person import Person
from cmdesk.models.update import UpdatePlan
from cmdesk.rules import consent as rules
from cmdesk.rules import plan_draft
from cmdesk.rules.codes import Relationship
from cmdesk.rules.contact_codes import Part2
from cmdesk.rules.people import Name
from cmdesk.rules.plan_draft import PlanForm

COPIED: Final = tuple(field.name for field in fields(PlanForm) if field.name != "version")


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody of the circle a letter may be agreed with.

    `no_consent` says why nothing could be told today; `agreed` that a plan holds already. With
    `no_part2` a part of the log can't be told: no Part 2 consent for them counts.
    """

    person_id: int
    name: Name
    tie: str
    no_consent: str
    agreed: bool
    language: str
    no_part2: bool = False


def readers(session: Session, client_id: int) -> list[Reader]:
    """Return the circle in its order, without those who must not be contacted."""
    today, subject = clock.today(session), verdicts.subject(session, client_id)
    forms, held = verdicts.consents(session, client_id), verdicts.restrictions(session, client_id)
    agreed = {row.recipient_id for row in _holding(session, client_id)}
    part2 = _has_part2(session, client_id)
    circle = (
        select(CircleMember, Person)
        .join(Person, CircleMember.person_id == Person.id)
        .where(CircleMember.client_id == client_id, CircleMember.until.is_(None))
        .order_by(CircleMember.position, CircleMember.id)
    )
    found: dict[int, Reader] = {}
    for member, person in session.execute(circle):
        party = parties.of_person(session, person.id)
        if correspondence.must_not_be_contacted(session, client_id, party):
            continue
        who = parties.recipient(session, client_id, party)
        stand = rules.standing(subject, who, forms, held, today)
        why, lacking = stand.no_consent or "", part2 and not stand.part2
        tie = Relationship(member.relationship).label if member.relationship else ""
        held_now = person.id in agreed
        told = Reader(person.id, name_of(person), tie, why, held_now, person.language, lacking)
        found.setdefault(person.id, told)
    return list(found.values())


def _has_part2(session: Session, client_id: int) -> bool:
    """Whether anything in the log is under 42 CFR Part 2; unknown counts as yes (domain.md 0.3)."""
    own = merged.own_ids(session, client_id)
    asked = select(Entry.id).where(Entry.client_id.in_(own), Entry.part2 != Part2.NO.value)
    return session.scalar(asked.limit(1)) is not None


def _holding(session: Session, client_id: int) -> list[UpdatePlan]:
    query = select(UpdatePlan).where(
        UpdatePlan.client_id == client_id, UpdatePlan.ended_on.is_(None)
    )
    return [*session.scalars(query.order_by(UpdatePlan.id))]


def one(session: Session, plan_id: int) -> PlanForm:
    row = _row(session, plan_id)
    told = {name: getattr(row, name) for name in COPIED}
    return PlanForm(**told, version=row.version)


def _row(session: Session, plan_id: int) -> UpdatePlan:
    return stored(session, UpdatePlan, plan_id, "plan")


def save(
    session: Session,
    client_id: int,
    form: PlanForm,
    plan_id: int | None = None,
    draft_key: str = "",
) -> int:
    """Keep what was agreed, and throw the draft away; return its number.

    One reader has one plan of a kind of letter. Raises Problem for what can't be agreed.
    """
    found = plan_draft.faults(form, clock.today(session))
    if found:
        raise Problem(next(iter(found.values())), "Put it right and save again.")
    letter_templates.of(session, form.template)
    _refuse_another(session, client_id, form, plan_id)
    row = _row(session, plan_id) if plan_id else UpdatePlan(client_id=client_id)
    if plan_id:
        refuse_changed(row.version, form.version, "plan")
    copy_typed(form, COPIED, row)
    session.add(row)
    session.flush()
    if draft_key:
        drafts.discard(session, draft_key)
    return row.id


def _refuse_another(session: Session, client_id: int, form: PlanForm, plan_id: int | None) -> None:
    for row in _holding(session, client_id):
        same = (row.recipient_id, row.template) == (form.recipient_id, form.template)
        if same and row.id != plan_id:
            raise Problem(
                "This letter is agreed with this reader already.", "Change the plan there is."
            )


def end(session: Session, plan_id: int) -> None:
    """End a plan today; its letters stay."""
    _row(session, plan_id).ended_on = clock.today(session)
    session.flush()
