"""Consents: what each says, whether it is valid today, and how one is written, ended or renewed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from sqlalchemy import delete, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from cmdesk.casework import clock, documents, verdicts, whole_days
from cmdesk.casework.consent_draft import LISTS, TEXTS, VALUES, ConsentDraft
from cmdesk.casework.parties import key_of, of_key, outside_name, parts_of
from cmdesk.casework.stored import refuse_changed, stored
from cmdesk.errors import Problem
from cmdesk.models.client import Client
from cmdesk.models.consent import Consent, ConsentRecipient, Restriction, RestrictionRecipient
from cmdesk.models.person import Person
from cmdesk.rules import consent as rules
from cmdesk.rules.codes import RevokedHow, Signer
from cmdesk.rules.days import later
from cmdesk.rules.people import pronouns
from cmdesk.rules.scope import scope
from cmdesk.rules.topics import Topic
from cmdesk.rules.validity import coming_of_age, covers_until, faults, wanting

UNKNOWN_KIND: Final = "application/octet-stream"
SCANS: Final = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
)


@dataclass(frozen=True, slots=True)
class ConsentRow:
    """A consent as the rail and the list show it. `fault` is None while it is valid.

    `last_day` is the last one it can count: for a parent's signature no later than the day before
    the 18th birthday (`of_age_on`). `outdone`: a newer one of its kind counts for the same people.
    """

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
    of_age_on: date | None = None
    outdone: bool = False

    @property
    def ends_of_age(self) -> bool:
        """Whether it would go on, were it not for the 18th birthday."""
        return self.of_age_on is not None and self.last_day == later(self.of_age_on, -1)


@dataclass(frozen=True, slots=True)
class State:
    """What the rules say of a form as it stands: the first fault (None: it counts) and all."""

    fault: str | None
    wanting: tuple[str, ...]
    words: str  # for letters


def rows(session: Session, client_id: int) -> list[ConsentRow]:
    """Return all consents of a client, those signed last first."""
    subject = verdicts.subject(session, client_id)
    today = clock.today(session)
    found = [
        _row(session, row, subject, today)
        for row in session.scalars(select(Consent).where(Consent.client_id == client_id))
    ]
    found.sort(key=lambda row: (row.signed_on or date.min, row.id), reverse=True)
    return [replace(row, outdone=_outdone(row, found[:at])) for at, row in enumerate(found)]


def _outdone(row: ConsentRow, newer: Sequence[ConsentRow]) -> bool:
    """Tell whether two count for the same people, which nobody may have meant."""
    return row.fault is None and any(
        other.fault is None and other.kind == row.kind and set(row.keys) <= set(other.keys)
        for other in newer
    )


def _row(session: Session, row: Consent, subject: rules.Subject, today: date) -> ConsentRow:
    keys = keys_of(session, row.id)
    read = verdicts.consent_for_rules(session, row, keys)
    names = [of_key(session, key) for key in keys]
    fault = rules.fault(read, subject, today)
    by_parent = fault is None and read.signer == Signer.PARENT and subject.born
    return ConsentRow(
        id=row.id,
        ref=outside_name(row),
        kind=row.kind,
        recipients=tuple(party.full_name for party in names),
        keys=tuple(keys),
        topics=tuple(row.topics),
        signed_on=row.signed_on,
        last_day=rules.last_day(read) if fault else covers_until(read, subject),
        fault=fault,
        revoked_on=row.revoked_on,
        of_age_on=coming_of_age(subject.born) if by_parent and subject.born else None,
    )


def keys_of(session: Session, consent_id: int) -> list[str]:
    query = select(ConsentRecipient).where(ConsentRecipient.consent_id == consent_id)
    return [
        key_of(to.person_id, to.organisation_id)
        for to in session.scalars(query.order_by(ConsentRecipient.id))
    ]


def draft(session: Session, consent_id: int) -> ConsentDraft:
    row = get(session, consent_id)
    columns: dict[str, Any] = {name: getattr(row, name) for name in (*TEXTS, *VALUES)}
    columns |= {name: tuple(getattr(row, name)) for name in LISTS}
    return ConsentDraft(
        client_id=row.client_id,
        recipients=tuple(keys_of(session, row.id)),
        version=row.version,
        **columns,
    )


def get(session: Session, consent_id: int) -> Consent:
    return stored(session, Consent, consent_id, "consent")


def save(session: Session, edited: ConsentDraft, consent_id: int | None = None) -> int:
    """Keep a form as typed; the rules judge it, an unfinished one just shares nothing yet."""
    row = get(session, consent_id) if consent_id else Consent(client_id=edited.client_id)
    if consent_id:
        refuse_changed(row.version, edited.version, "consent")
    if not edited.recipients:
        raise Problem("A consent names whom you may share with.", "Choose at least one person.")
    whole_days.need(session, edited.expires_episode_id)
    _write(row, edited)
    session.add(row)
    session.flush()
    if set(keys_of(session, row.id)) != set(edited.recipients):
        if consent_id:  # other recipients make another version of the form
            flag_modified(row, "updated_at")
        session.execute(delete(ConsentRecipient).where(ConsentRecipient.consent_id == row.id))
        session.add_all(
            ConsentRecipient(consent_id=row.id, **_to(key)) for key in edited.recipients
        )
        session.flush()
    return row.id


def _write(row: Consent, edited: ConsentDraft) -> None:
    for name in VALUES:
        setattr(row, name, getattr(edited, name))
    for name in TEXTS:
        setattr(row, name, getattr(edited, name).strip())
    for name in LISTS:
        setattr(row, name, list(getattr(edited, name)))


def _to(key: str) -> dict[str, int | None]:
    person_id, organisation_id = parts_of(key)
    return {"person_id": person_id, "organisation_id": organisation_id}


def end(session: Session, consent_id: int, how: str = RevokedHow.ORAL, by: str = "client") -> None:
    """End a consent today. By word is enough to stop; the paper can follow (domain.md 0.5)."""
    row = get(session, consent_id)
    if row.revoked_on:
        raise Problem("This consent has been ended already.")
    row.revoked_on, row.revoked_how = clock.today(session), RevokedHow(how)
    row.revoked_by = by.strip()


def file_revocation(session: Session, consent_id: int, document_id: int) -> None:
    """Put the written notice beside a consent that was ended; the day it ended stays."""
    row = get(session, consent_id)
    if not row.revoked_on:
        raise Problem("This consent has not been ended.", "End it first.")
    row.revocation_document_id = document_id


def keep_form(
    session: Session, client_id: int, content: bytes, name: str, title: str = "Signed consent"
) -> int:
    """Keep a scanned paper inside the vault; return the document."""
    kind = next((kind for begins, kind in SCANS if content.startswith(begins)), UNKNOWN_KIND)
    return documents.add(
        session,
        content,
        title=title,
        file_name=name,
        media_type=kind,
        kind="release",
        client_id=client_id,
    )


def state(session: Session, edited: ConsentDraft) -> State:
    """Tell what keeps a form from counting today, and its words for letters."""
    client = verdicts.subject(session, edited.client_id)
    read, today = for_rules(session, edited), clock.today(session)
    person = session.get_one(Person, session.get_one(Client, edited.client_id).person_id)
    words = scope(read, client.called, pronouns(person.pronouns, client.called))
    found = faults(read, client, today)
    return State(next(iter(found), None), tuple(wanting(each) for each in found), words)


def beyond(session: Session, consent_id: int, edited: ConsentDraft) -> tuple[list[str], list[str]]:
    """Name the topics and the people added since a form was signed: its paper knows neither.

    Nothing, once another signature or paper is there, or where there never was one.
    """
    row = get(session, consent_id)
    signed = (row.kind, row.signed_on, row.document_id)
    if not row.form_on_file or signed != (edited.kind, edited.signed_on, edited.document_id):
        return [], []
    named = keys_of(session, consent_id)
    added = [key for key in edited.recipients if key not in named]
    topics = [Topic(code).in_words for code in edited.topics if code not in row.topics]
    return topics, [of_key(session, key).full_name for key in added]


def for_rules(session: Session, edited: ConsentDraft) -> rules.Consent:
    """Return a form as the rules read it, before it is saved."""
    row = Consent(client_id=edited.client_id, ref="draft")
    _write(row, edited)
    return verdicts.consent_for_rules(session, row, edited.recipients)


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
    name_readers(session, row.id, from_keys)
    return row.id


def name_readers(session: Session, hold_id: int, keys: Iterable[str]) -> None:
    """Write from whom a wish keeps something."""
    session.add_all(RestrictionRecipient(restriction_id=hold_id, **_to(key)) for key in keys)
    session.flush()


__all__ = [
    "ConsentDraft",
    "ConsentRow",
    "State",
    "beyond",
    "draft",
    "end",
    "file_revocation",
    "for_rules",
    "get",
    "hold_back",
    "keep_form",
    "keys_of",
    "name_readers",
    "rows",
    "save",
    "state",
]
