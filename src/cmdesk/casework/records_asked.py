"""Whether the client lets somebody tell us: what papers asked of them rest on.

45 CFR 164.508 and 42 CFR 2.31 ask it of those who tell. Asking stays possible without one: a
provider may have a form of its own, or another ground.
"""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.casework import clock, merged, service_party, verdicts
from cmdesk.casework.parties import Party
from cmdesk.models.consent import Consent, ConsentRecipient
from cmdesk.rules import consent as rules
from cmdesk.rules.consent_codes import Way
from cmdesk.rules.contact_codes import Part2
from cmdesk.rules.referral_draft import RequestForm
from cmdesk.rules.validity import SUBSTANCE_USE_FORMS, fault, signing_order

LETS_THEM: Final = (Way.FROM.value, Way.BOTH.value)


def wanting(session: Session, client_id: int, form: RequestForm) -> str:
    """Say in a sentence what is wanting before they may tell us; empty if nothing is."""
    if not form.recipient.strip() or form.over:
        return ""
    party = service_party.party(session, form.recipient)
    if party is None:  # a name that is new
        return f"No consent lets {form.recipient.strip()} tell you yet."
    kept, today = merged.kept_client(session, client_id), clock.today(session)
    subject = verdicts.subject(session, kept)
    found = [verdicts.consent_for_rules(session, row, ()) for row in _naming(session, kept, party)]
    valid = [each for each in found if fault(each, subject, today) is None]
    if valid:
        return _protected(form, party.full_name, valid)
    if not found:
        return f"No consent lets {party.full_name} tell you yet."
    newest = max(found, key=signing_order)
    return f"{party.full_name}’s consent {fault(newest, subject, today)}."


def _protected(form: RequestForm, name: str, valid: Sequence[rules.Consent]) -> str:
    """Say that the Part 2 form is wanting; what nobody said of the papers may be protected."""
    if form.part2 == Part2.NO or any(each.kind in SUBSTANCE_USE_FORMS for each in valid):
        return ""
    if form.part2 == Part2.YES:
        return f"No Part 2 consent lets {name} tell you yet."
    return f"No Part 2 consent lets {name} tell you, and what they have may be protected."


def _naming(session: Session, client_id: int, party: Party) -> list[Consent]:
    """Return the consents of a client that let a party tell us, whatever they are worth."""
    named = (
        ConsentRecipient.person_id.in_(merged.person_ids(session, party.person_id))
        if party.person_id
        else ConsentRecipient.organisation_id == party.organisation_id
    )
    query = select(Consent).where(
        Consent.client_id == client_id,
        Consent.direction.in_(LETS_THEM),
        Consent.id.in_(select(ConsentRecipient.consent_id).where(named)),
    )
    return list(session.scalars(query))


__all__ = ["wanting"]
