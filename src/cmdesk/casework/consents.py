"""Consents: what each says, whether it is valid today, and how one is written, ended or renewed."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from cmdesk.casework import clock, documents, verdicts
from cmdesk.casework.parties import key_of, of_key, outside_name, parts_of
from cmdesk.errors import Problem
from cmdesk.models.client import Client
from cmdesk.models.consent import Consent, ConsentRecipient, Restriction, RestrictionRecipient
from cmdesk.models.person import Person
from cmdesk.rules import consent as rules
from cmdesk.rules.codes import Capacity, ConsentKind, RevokedHow
from cmdesk.rules.people import pronouns
from cmdesk.rules.scope import scope


@dataclass(frozen=True, slots=True)
class ConsentDraft:
    """One form as the dialog holds it. `recipients` are the rules' keys: p12, o3."""

    client_id: int
    kind: str = ConsentKind.PART2_SPECIFIC
    recipients: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    purpose: str = ""
    limits: str = ""
    signed_on: date | None = None
    begins_on: date | None = None
    expires_on: date | None = None
    expires_episode_id: int | None = None
    expires_with_engagement: bool = False
    signer: str = ""
    signer_authority: str = ""
    capacity: str = Capacity.UNKNOWN
    form_on_file: bool = False
    document_id: int | None = None
    statements: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    letter_words: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class ConsentRow:
    """A consent as the rail and the list show it. `fault` is None while it is valid."""

    id: int
    ref: str
    kind: str
    recipients: tuple[str, ...]
    keys: tuple[str, ...]
    topics: tuple[str, ...]
    signed_on: date | None
    last_day: date | None
    fault: str | None
    revoked_on: date | None


def rows(session: Session, client_id: int) -> list[ConsentRow]:
    """Return all consents of a client, those signed last first."""
    subject = verdicts.subject(session, client_id)
    today = clock.today(session)
    found = [
        _row(session, row, subject, today)
        for row in session.scalars(select(Consent).where(Consent.client_id == client_id))
    ]
    return sorted(found, key=lambda row: (row.signed_on or date.min, row.id), reverse=True)


def _row(session: Session, row: Consent, subject: rules.Subject, today: date) -> ConsentRow:
    keys = _keys(session, row.id)
    read = verdicts.consent_for_rules(session, row, keys)
    names = [of_key(session, key) for key in keys]
    return ConsentRow(
        id=row.id,
        ref=outside_name(row),
        kind=row.kind,
        recipients=tuple(party.full_name for party in names),
        keys=tuple(keys),
        topics=tuple(row.topics),
        signed_on=row.signed_on,
        last_day=rules.last_day(read),
        fault=rules.fault(read, subject, today),
        revoked_on=row.revoked_on,
    )


def _keys(session: Session, consent_id: int) -> list[str]:
    query = select(ConsentRecipient).where(ConsentRecipient.consent_id == consent_id)
    return [
        key_of(to.person_id, to.organisation_id)
        for to in session.scalars(query.order_by(ConsentRecipient.id))
    ]


def draft(session: Session, consent_id: int) -> ConsentDraft:
    row = _get(session, consent_id)
    return ConsentDraft(
        client_id=row.client_id,
        kind=row.kind,
        recipients=tuple(_keys(session, row.id)),
        topics=tuple(row.topics),
        purpose=row.purpose,
        limits=row.limits,
        signed_on=row.signed_on,
        begins_on=row.begins_on,
        expires_on=row.expires_on,
        expires_episode_id=row.expires_episode_id,
        expires_with_engagement=row.expires_with_engagement,
        signer=row.signer,
        signer_authority=row.signer_authority,
        capacity=row.capacity,
        form_on_file=row.form_on_file,
        document_id=row.document_id,
        statements=tuple(row.statements),
        channels=tuple(row.channels),
        letter_words=row.letter_words,
        version=row.version,
    )


def _get(session: Session, consent_id: int) -> Consent:
    row = session.get(Consent, consent_id)
    if row is None:
        raise Problem("This consent is no longer there.", "Close the dialog and look again.")
    return row


def save(session: Session, edited: ConsentDraft, consent_id: int | None = None) -> int:
    """Keep a form as typed; the rules judge it, an unfinished one just shares nothing yet."""
    row = _get(session, consent_id) if consent_id else Consent(client_id=edited.client_id)
    if consent_id and row.version != edited.version:
        raise Problem("This consent was changed elsewhere.", "Open it again to see how.")
    if not edited.recipients:
        raise Problem("A consent names whom you may share with.", "Choose at least one person.")
    _write(row, edited)
    session.add(row)
    session.flush()
    if set(_keys(session, row.id)) != set(edited.recipients):
        if consent_id:  # other recipients make another version of the form
            flag_modified(row, "updated_at")
        session.execute(delete(ConsentRecipient).where(ConsentRecipient.consent_id == row.id))
        session.add_all(
            ConsentRecipient(consent_id=row.id, **_to(key)) for key in edited.recipients
        )
        session.flush()
    return row.id


def _write(row: Consent, edited: ConsentDraft) -> None:
    row.kind, row.purpose, row.limits = edited.kind, edited.purpose.strip(), edited.limits.strip()
    row.topics = list(edited.topics)
    row.signed_on, row.begins_on = edited.signed_on, edited.begins_on
    row.expires_on, row.expires_episode_id = edited.expires_on, edited.expires_episode_id
    row.expires_with_engagement = edited.expires_with_engagement
    row.signer, row.signer_authority = edited.signer, edited.signer_authority.strip()
    row.capacity, row.form_on_file = edited.capacity, edited.form_on_file
    row.document_id = edited.document_id
    row.statements, row.channels = list(edited.statements), list(edited.channels)
    row.letter_words = edited.letter_words.strip()


def _to(key: str) -> dict[str, int | None]:
    person_id, organisation_id = parts_of(key)
    return {"person_id": person_id, "organisation_id": organisation_id}


def end(session: Session, consent_id: int, how: str = RevokedHow.ORAL) -> None:
    """End a consent today. By word is enough to stop; the paper can follow (domain.md 0.5)."""
    row = _get(session, consent_id)
    if row.revoked_on:
        raise Problem("This consent has been ended already.")
    row.revoked_on, row.revoked_how = clock.today(session), RevokedHow(how)


def keep_form(session: Session, client_id: int, content: bytes, name: str) -> int:
    """Keep a scanned form inside the vault; return the document."""
    kind = "application/pdf" if content.startswith(b"%PDF-") else "application/octet-stream"
    return documents.add(
        session,
        content,
        title="Signed consent",
        file_name=name,
        media_type=kind,
        kind="release",
        client_id=client_id,
    )


def state(session: Session, edited: ConsentDraft) -> tuple[str | None, str]:
    """Tell what keeps a form from counting today (None: it counts), and its words for letters."""
    client = verdicts.subject(session, edited.client_id)
    row = Consent(client_id=edited.client_id, ref="draft")
    _write(row, edited)
    read = verdicts.consent_for_rules(session, row, edited.recipients)
    person = session.get_one(Person, session.get_one(Client, edited.client_id).person_id)
    words = scope(read, client.called, pronouns(person.pronouns, client.called))
    return rules.fault(read, client, clock.today(session)), words


def hold_back(
    session: Session,
    client_id: int,
    topics: list[str],
    from_keys: list[str],
    until: date | None,
    reason: str,
) -> int:
    """Record a wish of the client that something is not told to someone yet."""
    row = Restriction(client_id=client_id, topics=topics, until=until, reason=reason.strip())
    session.add(row)
    session.flush()
    session.add_all(RestrictionRecipient(restriction_id=row.id, **_to(key)) for key in from_keys)
    session.flush()
    return row.id
