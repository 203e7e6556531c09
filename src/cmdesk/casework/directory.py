"""Everyone the practice knows: found as typed, and noticed before they are put down twice."""

import re
from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.casework import contacts, duplicates, merged
from cmdesk.casework.contacts import SHOWN, Someone
from cmdesk.casework.parties import name_of, person_key
from cmdesk.models.client import CircleMember, Client
from cmdesk.models.person import ContactPoint, Person
from cmdesk.models.provider import Organisation
from cmdesk.rules.people import phone_shown
from cmdesk.rules.people_draft import MAILS, PHONES, PersonDraft

FEWEST_DIGITS = 4  # fewer say nothing


def find(session: Session, client_id: int, text: str) -> list[Someone]:
    """Find people by the words of their names or by digits of a number; never the client."""
    digits = _digits(text)
    if len(digits) >= FEWEST_DIGITS and not any(sign.isalpha() for sign in text):
        ids = _with_number(session, digits)
    else:
        ids = [int(each.key[1:]) for each in contacts.people(session, text)]
    own = session.scalar(select(Client.person_id).where(Client.id == client_id))
    out = {own, *session.scalars(merged.gone_people())}
    return _shown(session, client_id, [number for number in ids if number not in out])


def alike(session: Session, draft: PersonDraft) -> list[Someone]:
    """Return who may be someone typed in already, by name, spelling, number or address."""
    found = duplicates.alike(
        session,
        draft.given_name,
        draft.family_name,
        None,
        [point.value for point in draft.points if point.kind in PHONES],
        [point.value for point in draft.points if point.kind in MAILS],
        but=draft.person_id,
    )
    own = session.scalar(select(Client.person_id).where(Client.id == draft.client_id))
    return _shown(
        session, draft.client_id, [each.person_id for each in found if each.person_id != own]
    )


def _with_number(session: Session, digits: str) -> list[int]:
    rows = session.execute(
        select(ContactPoint.person_id, ContactPoint.value)
        .where(ContactPoint.person_id.is_not(None), ContactPoint.kind.in_(PHONES))
        .order_by(ContactPoint.person_id, ContactPoint.position)
    )
    return [number for number, value in rows if number and digits in _digits(value)]


def _digits(value: str) -> str:
    return re.sub("[^0-9]", "", value)


def _shown(session: Session, client_id: int, ids: Iterable[int]) -> list[Someone]:
    """Name people, with what tells them apart: where they work, their number, if they are here."""
    wanted = list(dict.fromkeys(ids))[:SHOWN]
    here = set(
        session.scalars(
            select(CircleMember.person_id).where(
                CircleMember.client_id == client_id, CircleMember.until.is_(None)
            )
        )
    )
    return [_someone(session, number, here=number in here) for number in wanted]


def _someone(session: Session, person_id: int, *, here: bool) -> Someone:
    person = session.get_one(Person, person_id)
    house = session.get(Organisation, person.organisation_id) if person.organisation_id else None
    phone = session.scalar(
        select(ContactPoint.value)
        .where(ContactPoint.person_id == person_id, ContactPoint.kind.in_(PHONES))
        .order_by(ContactPoint.preferred.desc(), ContactPoint.position)
        .limit(1)
    )
    detail = (
        "In the circle" if here else "",
        house.name if house else "",
        phone_shown(phone or ""),
    )
    full = ", ".join(filter(None, (name_of(person).full, person.credentials)))
    return Someone(person_key(person_id), full, ", ".join(filter(None, detail)))
