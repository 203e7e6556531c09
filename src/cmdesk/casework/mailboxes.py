"""The e-mail address a reader's letter may go to: their own, and read by nobody it is kept from."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cmdesk.casework import clock, correspondence, merged, parties, verdicts
from cmdesk.casework.parties import Party
from cmdesk.models.client import Client
from cmdesk.models.person import ContactPoint
from cmdesk.rules.codes import ContactPointKind
from cmdesk.rules.consent import Consent, Standing


@dataclass(frozen=True, slots=True)
class Mailbox:
    """An address on record. `shared_with` are those who have it too and may not read all of it."""

    address: str
    point_id: int | None = None
    shared_with: tuple[str, ...] = ()


def of(session: Session, client_id: int, party: Party) -> Mailbox | None:
    """Return the reader's own address, a preferred one before others; one they share comes last.

    Where every address is shared with somebody who may not read this reader's letters, the first
    is given with their names: no e-mail may be drafted to it.
    """
    found = (_looked_at(session, client_id, party, point) for point in _points(session, party))
    first: Mailbox | None = None
    for box in found:
        if not box.shared_with:
            return box
        first = first or box
    return first


def named(session: Session, client_id: int, party: Party, address: str) -> Mailbox:
    """Look at one address, which the client accepted for unlocked letters to this reader."""
    own = (point for point in _points(session, party) if _same(point.value, address))
    point = next(own, None)
    shared = _others(session, client_id, party, address)
    return Mailbox(address, point.id if point else None, shared)


def _points(session: Session, party: Party) -> list[ContactPoint]:
    """Return the reader's e-mail addresses, those kept under a number that is gone with them."""
    if party.person_id is not None:
        whose = ContactPoint.person_id.in_(merged.person_ids(session, party.person_id))
    else:
        whose = ContactPoint.organisation_id == party.organisation_id
    query = select(ContactPoint).where(whose, ContactPoint.kind == ContactPointKind.E_MAIL)
    ordered = (ContactPoint.preferred.desc(), ContactPoint.position, ContactPoint.id)
    return [point for point in session.scalars(query.order_by(*ordered)) if point.value.strip()]


def _looked_at(session: Session, client_id: int, party: Party, point: ContactPoint) -> Mailbox:
    address = point.value.strip()
    return Mailbox(address, point.id, _others(session, client_id, party, address))


def _same(one: str, other: str) -> bool:
    return one.strip().casefold() == other.strip().casefold()


def _others(session: Session, client_id: int, party: Party, address: str) -> tuple[str, ...]:
    """Name everybody else on record who has this address and may not read all the reader may."""
    found = {each.key: each for each in _holders(session, address)}
    found.pop(party.key, None)
    if not found:
        return ()
    # What is told of the client, the client may know.
    own = session.scalar(select(Client.person_id).where(Client.id == client_id))
    others = [each for each in found.values() if each.person_id is None or each.person_id != own]
    kept_from = (each for each in others if not _may_read(session, client_id, party, each))
    return tuple(sorted(each.full_name for each in kept_from))


def _holders(session: Session, address: str) -> Iterator[Party]:
    query = select(ContactPoint.person_id, ContactPoint.organisation_id, ContactPoint.value).where(
        ContactPoint.kind == ContactPointKind.E_MAIL,
        func.lower(func.trim(ContactPoint.value)) == address.strip().lower(),
    )
    for person_id, organisation_id, value in session.execute(query):
        if _same(value, address):
            yield parties.of_key(session, parties.key_of(person_id, organisation_id))


def _may_read(session: Session, client_id: int, reader: Party, other: Party) -> bool:
    """Tell whether consents let somebody read whatever they let the reader read."""
    if correspondence.must_not_be_contacted(session, client_id, other):
        return False
    today = clock.today(session)
    one = verdicts.standing(session, client_id, reader, today)
    two = verdicts.standing(session, client_id, other, today)
    return (
        _topics(one.ordinary) <= _topics(two.ordinary)
        and _topics(one.part2) <= _topics(two.part2)
        and one.own_form.keys() <= two.own_form.keys()
        and _held(two) <= _held(one)
    )


def _topics(consents: Iterable[Consent]) -> frozenset[str]:
    return frozenset(topic for consent in consents for topic in consent.topics)


def _held(standing: Standing) -> set[tuple[frozenset[str], frozenset[str]]]:
    """Return what the client wants held back from somebody."""
    return {(frozenset(each.topics), each.entries) for each in standing.restrictions}
