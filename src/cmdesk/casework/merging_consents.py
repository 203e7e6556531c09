"""What a client ended for a person in one of two records is held back in the one that is left.

A consent ends by itself alone (domain.md 0.5). Where two records of one human being stood apart,
though, the client who ended one may never have known of the other.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.casework import consents, parties
from cmdesk.models.client import CircleMember, Client, PlainEmail
from cmdesk.models.consent import Consent, ConsentRecipient
from cmdesk.models.person import Person
from cmdesk.rules.days import in_full


def of_people(session: Session, gone: int, kept: int) -> None:
    """Hold back what was ended for one of two people and goes on for the other."""
    named = {number: _naming(session, number) for number in (gone, kept)}
    for ended, going in ((named[gone], named[kept]), (named[kept], named[gone])):
        for client in dict.fromkeys(row.client_id for row in ended):
            theirs = [row for row in ended if row.client_id == client]
            others = [row for row in going if row.client_id == client]
            _hold(session, client, theirs, others, parties.person_key(kept))


def _naming(session: Session, person_id: int) -> Sequence[Consent]:
    to = select(ConsentRecipient.consent_id).where(ConsentRecipient.person_id == person_id)
    return session.scalars(select(Consent).where(Consent.id.in_(to)).order_by(Consent.id)).all()


def of_charts(session: Session, gone: int, kept: int) -> None:
    """Hold back what was ended in the chart that closes and goes on in the one kept."""
    forms = {number: _by_reader(session, number) for number in (gone, kept)}
    for key, ended in forms[gone].items():
        _hold(session, kept, ended, forms[kept].get(key, ()), key)


def _by_reader(session: Session, client_id: int) -> dict[str, list[Consent]]:
    found: dict[str, list[Consent]] = {}
    forms = select(Consent).where(Consent.client_id == client_id).order_by(Consent.id)
    for row in session.scalars(forms).all():
        for key in consents.keys_of(session, row.id):
            found.setdefault(key, []).append(row)
    return found


def _hold(
    session: Session, client_id: int, ended: Iterable[Consent], going: Iterable[Consent], key: str
) -> None:
    """Hold the topics of each consent that was ended after another began that still stands."""
    begun = [row.signed_on or row.begins_on or date.min for row in going if not row.revoked_on]
    for row in ended:
        if row.revoked_on and any(day <= row.revoked_on for day in begun):
            person = session.get_one(Person, session.get_one(Client, client_id).person_id)
            who = parties.of_key(session, key).called
            said = f"{parties.called(person)} ended a consent for {who}"
            reason = f"{said} on {in_full(row.revoked_on)}"
            consents.hold_back(session, client_id, list(row.topics), [key], None, reason)


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
