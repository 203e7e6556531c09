"""What the consent dialog reads and writes beside the form itself."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.casework import (
    clients,
    clock,
    consent_renewal,
    consents,
    contacts,
    documents,
    drafts,
    verdicts,
)
from cmdesk.casework.consents import ConsentDraft
from cmdesk.casework.contacts import Someone
from cmdesk.models.care import Episode
from cmdesk.models.consent import Consent
from cmdesk.models.provider import Organisation
from cmdesk.rules.care_codes import LevelOfCare
from cmdesk.rules.people import Pronouns, pronouns
from cmdesk.rules.validity import coming_of_age


@dataclass(frozen=True, slots=True)
class Stay:
    """A stay whose end can end a consent."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Ended:
    """When a consent was ended, how and by whom, and the notice in writing if it came."""

    on: date | None
    how: str
    by: str = ""
    document_id: int | None = None


def stays(session: Session, client_id: int) -> list[Stay]:
    """Return a client's stays, the one begun last first."""
    query = (
        select(Episode, Organisation.name)
        .outerjoin(Organisation, Episode.organisation_id == Organisation.id)
        .where(Episode.client_id == client_id)
        .order_by(Episode.admitted.desc(), Episode.id.desc())
    )
    return [Stay(episode.id, house or _level(episode)) for episode, house in session.execute(query)]


def _level(episode: Episode) -> str:
    return LevelOfCare(episode.level_of_care).label if episode.level_of_care else "this stay"


def may_be_told(session: Session, client_id: int, text: str) -> list[Someone]:
    """Find whom a consent could name: the circle and organisations first, never the client."""
    own = contacts.around(session, client_id)
    wanted = text.casefold().split()
    near = [
        someone
        for someone in own[1:]
        if all(
            any(part.startswith(word) for part in someone.name.casefold().split())
            for word in wanted
        )
    ]
    known = {someone.key for someone in own}
    far = [*contacts.organisations(session, text), *contacts.people(session, text)]
    found = [*near, *(someone for someone in far if someone.key not in known)]
    return found[: contacts.SHOWN]


def ended(session: Session, consent_id: int) -> Ended:
    row = session.get_one(Consent, consent_id)
    return Ended(row.revoked_on, row.revoked_how, row.revoked_by, row.revocation_document_id)


def of_age_on(session: Session, client_id: int) -> date | None:
    """Return the 18th birthday of a client who is not yet 18; None for any other."""
    born = verdicts.subject(session, client_id).born
    birthday = coming_of_age(born) if born else None
    return birthday if birthday and birthday > clock.today(session) else None


def file_name(session: Session, client_id: int, document_id: int | None) -> str:
    """Return the name of the form on file; empty when there is none."""
    kept = {row.id: row for row in documents.rows(session, client_id)}
    return kept[document_id].file_name if document_id in kept else ""


def keep(session: Session, edited: ConsentDraft, consent_id: int | None, draft_key: str) -> int:
    """Save a form and throw its draft away, in one step."""
    number = consent_renewal.keep(session, edited, consent_id)
    drafts.discard(session, draft_key)
    return number


def end(session: Session, consent_id: int, how: str, by: str, draft_key: str) -> None:
    """End a consent from now on; what was typed since it was saved goes with it."""
    consents.end(session, consent_id, how, by)
    drafts.discard(session, draft_key)


def file_notice(
    session: Session, client_id: int, consent_id: int, content: bytes, name: str
) -> int:
    """Keep the notice that ended a consent in writing, beside it; return the document."""
    document = consents.keep_form(session, client_id, content, name, "Notice that ends a consent")
    consents.file_revocation(session, consent_id, document)
    return document


def spoken_of(session: Session, client_id: int) -> tuple[str, Pronouns]:
    """Return what the client is called, and how to go on after the name."""
    head = clients.head(session, client_id)
    return head.name.called, pronouns(head.pronouns, head.name.called)
