"""Whom a line speaks to, where that is not the reader: "You told me" was said to who was there."""

from collections.abc import Collection, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.casework import merged, parties
from cmdesk.casework.occasion import Case
from cmdesk.models.client import CircleMember, Client
from cmdesk.models.entry import EntryParticipant
from cmdesk.models.person import Person
from cmdesk.rules.addressed import speaks_to_somebody
from cmdesk.rules.codes import TREATING
from cmdesk.rules.consent import Outcome, Verdict


def to_others(session: Session, about: Case, verdicts: Mapping[int, Verdict]) -> dict[int, str]:
    """Return the entries whose full line speaks to somebody else, each with whom it speaks to.

    The reader took no part in such an entry and somebody did who is not the client: of those who
    treat the client only where the reader does as well, since lines are written for the family.
    """
    asked = [
        number
        for number, verdict in verdicts.items()
        if verdict.outcome is Outcome.SHARE and speaks_to_somebody(verdict.text or "")
    ]
    if not asked:
        return {}
    there = _there(session, about, asked)
    reader = about.party.person_id
    own: set[int] = set(merged.person_ids(session, reader)) if reader else set()
    treating = _treating(session, about)
    at_work = not own.isdisjoint(treating)
    found: dict[int, str] = {}
    for number in asked:
        people = there.get(number, {})
        if own.isdisjoint(people):
            others = (who for key, who in people.items() if at_work or key not in treating)
            if name := next(others, ""):
                found[number] = name
    return found


def _there(session: Session, about: Case, entries: Collection[int]) -> dict[int, dict[int, str]]:
    """Return who took part in entries besides the client, by number, the first first."""
    client = select(Client.person_id).where(Client.id == about.client_id)
    query = (
        select(EntryParticipant.entry_id, Person)
        .join(Person, EntryParticipant.person_id == Person.id)
        .where(EntryParticipant.entry_id.in_(entries), Person.id.not_in(client))
        .order_by(EntryParticipant.position, EntryParticipant.id)
    )
    found: dict[int, dict[int, str]] = {}
    for entry, person in session.execute(query):
        found.setdefault(entry, {})[person.id] = parties.called(person)
    return found


def _treating(session: Session, about: Case) -> set[int]:
    query = select(CircleMember.person_id).where(
        CircleMember.client_id.in_(merged.own_ids(session, about.client_id)),
        CircleMember.relationship.in_(TREATING),
    )
    return set(session.scalars(query))


__all__ = ["to_others"]
