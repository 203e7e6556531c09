"""What a merge takes along, told before it happens: holds, warnings, rhythms, and what narrows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from cmdesk.casework import clock, merging_consents, parties
from cmdesk.models.client import CircleMember, Client
from cmdesk.models.consent import Restriction, RestrictionRecipient
from cmdesk.models.person import Person
from cmdesk.models.rhythm import CadenceRule
from cmdesk.rules.codes import CaseRole


@dataclass(frozen=True, slots=True)
class Along:
    """One item for each thing, by a full name; `narrowed` are the wishes it adds, by their reason.

    Of two people the names are those of clients; of two charts those of the people around one.
    """

    holds: tuple[str, ...] = ()
    warned: tuple[str, ...] = ()
    rhythms: tuple[str, ...] = ()
    narrowed: tuple[str, ...] = ()


def of_people(session: Session, gone: int, kept: int) -> Along:
    """Return what comes to `kept` that is about `gone` today."""
    today = clock.today(session)
    holds = (
        select(Restriction.client_id)
        .join(RestrictionRecipient, RestrictionRecipient.restriction_id == Restriction.id)
        .where(RestrictionRecipient.person_id == gone, _going(Restriction.until, today))
    )
    warned = select(CircleMember).where(CircleMember.person_id == gone)
    rhythms = select(CadenceRule.client_id).where(
        CadenceRule.person_id == gone, _going(CadenceRule.until, today)
    )
    return Along(
        holds=_of_clients(session, session.scalars(holds.order_by(Restriction.id))),
        warned=_of_clients(
            session, (row.client_id for row in session.scalars(warned) if _warns(row))
        ),
        rhythms=_of_clients(session, session.scalars(rhythms.order_by(CadenceRule.id))),
        narrowed=_reasons(merging_consents.people_narrowed(session, gone, kept)),
    )


def of_charts(session: Session, gone: int, kept: int) -> Along:
    """Return what comes into the chart of `kept` that stands in that of `gone` today."""
    today = clock.today(session)
    own = [session.get_one(Client, number).person_id for number in (gone, kept)]
    holds = select(Restriction.id).where(
        Restriction.client_id == gone, _going(Restriction.until, today)
    )
    warned = select(CircleMember).where(
        CircleMember.client_id == gone, CircleMember.person_id.not_in(own)
    )
    rhythms = select(CadenceRule.person_id).where(
        CadenceRule.client_id == gone, _going(CadenceRule.until, today)
    )
    people = (number or own[0] for number in session.scalars(rhythms.order_by(CadenceRule.id)))
    narrowed = (
        *merging_consents.charts_narrowed(session, gone, kept),
        *merging_consents.people_narrowed(session, own[0], own[1]),
    )
    return Along(
        holds=tuple(_readers(session, hold) for hold in session.scalars(holds)),
        warned=_of_people(
            session, (row.person_id for row in session.scalars(warned) if _warns(row))
        ),
        rhythms=_of_people(session, people),
        narrowed=_reasons(narrowed),
    )


def _going(until: InstrumentedAttribute[date | None], today: date) -> ColumnElement[bool]:
    return or_(until.is_(None), until >= today)


def _warns(row: CircleMember) -> bool:
    return CaseRole.DO_NOT_CONTACT in row.roles


def _of_clients(session: Session, numbers: Iterable[int]) -> tuple[str, ...]:
    return _of_people(
        session, (session.get_one(Client, number).person_id for number in list(numbers))
    )


def _of_people(session: Session, numbers: Iterable[int]) -> tuple[str, ...]:
    return tuple(parties.full_name(session.get_one(Person, number)) for number in list(numbers))


def _readers(session: Session, hold_id: int) -> str:
    """Name from whom a wish keeps something."""
    to = select(RestrictionRecipient).where(RestrictionRecipient.restriction_id == hold_id)
    found = (parties.key_of(row.person_id, row.organisation_id) for row in session.scalars(to))
    return ", ".join(parties.of_key(session, key).full_name for key in list(found))


def _reasons(narrowed: Iterable[merging_consents.Narrowed]) -> tuple[str, ...]:
    return tuple(each.reason for each in narrowed)
