"""What a merge holds back: what a client ended for one of two records, and what would add up.

A consent ends by itself alone (domain.md 0.5). Where two records of one human being stood apart,
though, the client who ended one may never have known of the other. And what each record was allowed
is all that the one person is: the consents of both do not combine.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.casework import clock, consents, parties, verdicts
from cmdesk.models.client import CircleMember, Client, PlainEmail
from cmdesk.models.consent import Consent, ConsentRecipient
from cmdesk.models.person import Person
from cmdesk.rules.days import in_full
from cmdesk.rules.merging import together
from cmdesk.rules.topics import Topic


@dataclass(frozen=True, slots=True)
class Narrowed:
    """A wish a merge adds: these topics of a client are kept from one reader, for this reason."""

    client_id: int
    topics: tuple[str, ...]
    key: str
    reason: str


def of_people(session: Session, gone: int, kept: int) -> None:
    """Hold back what two people could not be told before they became one."""
    _hold_back(session, people_narrowed(session, gone, kept))


def of_organisations(session: Session, gone: int, kept: int) -> None:
    """Hold back what was ended for one of two providers and goes on for the other."""
    named = {number: _naming_house(session, number) for number in (gone, kept)}
    key = parties.organisation_key(kept)
    found: list[Narrowed] = []
    for ended, going in ((named[gone], named[kept]), (named[kept], named[gone])):
        for client in dict.fromkeys(row.client_id for row in ended):
            theirs = [row for row in ended if row.client_id == client]
            others = [row for row in going if row.client_id == client]
            found += _ended(session, client, theirs, others, key)
    for client in sorted({row.client_id for number in named for row in named[number]}):
        sides = [parties.of_organisation(session, number) for number in (gone, kept)]
        found += _combined_sides(session, client, sides[0], sides[1], key)
    _hold_back(session, found)


def _naming_house(session: Session, organisation_id: int) -> Sequence[Consent]:
    to = select(ConsentRecipient.consent_id).where(
        ConsentRecipient.organisation_id == organisation_id
    )
    return session.scalars(select(Consent).where(Consent.id.in_(to)).order_by(Consent.id)).all()


def of_charts(session: Session, gone: int, kept: int) -> None:
    """Hold back what was ended in the chart that closes and goes on in the one kept."""
    _hold_back(session, charts_narrowed(session, gone, kept))


def _hold_back(session: Session, narrowed: Iterable[Narrowed]) -> None:
    for each in narrowed:
        topics = list(each.topics)
        consents.hold_back(session, each.client_id, topics, [each.key], None, each.reason)


def people_narrowed(session: Session, gone: int, kept: int) -> list[Narrowed]:
    """Return what a merge of two people is to hold back, before it happens."""
    named = {number: _naming(session, number) for number in (gone, kept)}
    key = parties.person_key(kept)
    found: list[Narrowed] = []
    for ended, going in ((named[gone], named[kept]), (named[kept], named[gone])):
        for client in dict.fromkeys(row.client_id for row in ended):
            theirs = [row for row in ended if row.client_id == client]
            others = [row for row in going if row.client_id == client]
            found += _ended(session, client, theirs, others, key)
    for client in sorted({row.client_id for number in named for row in named[number]}):
        found += _combined(session, client, gone, kept)
    return found


def _naming(session: Session, person_id: int) -> Sequence[Consent]:
    to = select(ConsentRecipient.consent_id).where(ConsentRecipient.person_id == person_id)
    return session.scalars(select(Consent).where(Consent.id.in_(to)).order_by(Consent.id)).all()


def _combined(session: Session, client_id: int, gone: int, kept: int) -> Iterator[Narrowed]:
    """Tell what the consents of two records would allow together and neither did alone."""
    sides = [parties.of_person(session, number) for number in (gone, kept)]
    yield from _combined_sides(session, client_id, sides[0], sides[1], parties.person_key(kept))


def _combined_sides(
    session: Session, client_id: int, gone: parties.Party, kept: parties.Party, key: str
) -> Iterator[Narrowed]:
    one = parties.recipient(session, client_id, gone)
    other = parties.recipient(session, client_id, kept)
    subject = verdicts.subject(session, client_id)
    forms, today = verdicts.consents(session, client_id), clock.today(session)
    topics = together(one, other, forms, subject, today)
    if topics:
        reason = f"Neither record of {other.called} alone could be told this"
        listed = tuple(topic.value for topic in Topic if topic in topics)
        yield Narrowed(client_id, listed, key, reason)


def charts_narrowed(session: Session, gone: int, kept: int) -> list[Narrowed]:
    """Return what a merge of two charts is to hold back, before it happens."""
    forms = {number: _by_reader(session, number) for number in (gone, kept)}
    return [
        each
        for key, ended in forms[gone].items()
        for each in _ended(session, kept, ended, forms[kept].get(key, ()), key)
    ]


def _by_reader(session: Session, client_id: int) -> dict[str, list[Consent]]:
    found: dict[str, list[Consent]] = {}
    forms = select(Consent).where(Consent.client_id == client_id).order_by(Consent.id)
    for row in session.scalars(forms).all():
        for key in consents.keys_of(session, row.id):
            found.setdefault(key, []).append(row)
    return found


def _ended(
    session: Session, client_id: int, ended: Iterable[Consent], going: Iterable[Consent], key: str
) -> Iterator[Narrowed]:
    """Tell the topics of each consent that was ended after another began that still stands."""
    begun = [row.signed_on or row.begins_on or date.min for row in going if not row.revoked_on]
    for row in ended:
        if row.revoked_on and any(day <= row.revoked_on for day in begun):
            person = session.get_one(Person, session.get_one(Client, client_id).person_id)
            who = parties.of_key(session, key).called
            said = f"{parties.called(person)} ended a consent for {who}"
            reason = f"{said} on {in_full(row.revoked_on)}"
            yield Narrowed(client_id, tuple(row.topics), key, reason)


def plain_email(session: Session, gone: CircleMember, kept: CircleMember) -> None:
    """Put what the client said of unlocked e-mail together: ended for one is ended for both."""
    rows = select(PlainEmail).where(PlainEmail.circle_member_id.in_((gone.id, kept.id)))
    found = session.scalars(rows.order_by(PlainEmail.id)).all()
    over = [row.ended_on for row in found if row.ended_on]
    for row in found:
        later = [day for day in over if row.accepted_on is None or day >= row.accepted_on]
        if row.ended_on is None and later:
            row.ended_on = min(later)
        row.circle_member_id = kept.id
