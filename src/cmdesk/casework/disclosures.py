"""The accounting of disclosures: one row for everything that left, and never a row less.

Fields follow 45 CFR 164.528(b)(2) and 42 CFR 2.25; all disclosures are logged, also those that
need not be accounted for.
"""

from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.casework import clock, merged, places
from cmdesk.casework.parties import outside_name
from cmdesk.casework.released import Released
from cmdesk.models.client import Client
from cmdesk.models.consent import Consent, Disclosure
from cmdesk.models.document import Document
from cmdesk.models.practice import Practice, Practitioner
from cmdesk.rules.codes import DisclosureBasis
from cmdesk.rules.days import in_full
from cmdesk.rules.periods import span

OF_ONE_ROW: Final = frozenset({"why_corrected", "time_unknown"})  # not of one that corrects it


@dataclass(frozen=True, slots=True)
class Evidence:
    """The very bytes that leave, and how."""

    document_id: int
    sha256: str  # of the file as handed over
    content_sha256: str  # of the same file before it was locked
    pages: int
    channel: str
    address: str = ""


def record(session: Session, released: Released, evidence: Evidence) -> Disclosure:
    """Write the row that says who was told what, when, on whose word and under which notice."""
    consent = session.scalar(
        select(Consent).where(
            Consent.client_id == released.client_id,
            (Consent.ref == released.consent) | (Consent.uid == released.consent),
        )
    )
    row = Disclosure(
        client_id=released.client_id,
        at=clock.now(session),
        zone=str(clock.zone(session)),
        basis=DisclosureBasis.CONSENT,
        recipient_person_id=released.recipient.person_id,
        recipient_organisation_id=released.recipient.organisation_id,
        recipient_name=released.recipient.full_name,
        recipient_organisation=released.recipient.organisation,
        recipient_address=evidence.address or places.of(session, released.recipient),
        discloser=discloser(session),
        what=_what(released),
        categories=list(released.topics),
        entries=[_line(line.entry, line.verdict, line.rule) for line in released.findings.shared],
        document_id=evidence.document_id,
        sha256=evidence.sha256,
        content_sha256=evidence.content_sha256,
        pages=evidence.pages,
        purpose=released.purpose,
        consent_id=consent.id if consent else None,
        consents=list(released.consents),
        notice_version=released.notice_id,
        notice_form=released.notice_form,
        channel=evidence.channel,
        min_necessary_confirmed_by=discloser(session),
        part2=released.part2,
        restriction_check="Every line was judged again as the letter was written.",
        override_reason="\n".join(released.overrides),
    )
    session.add(row)
    session.flush()
    return row


def _what(released: Released) -> str:
    """Say briefly what was told (45 CFR 164.528(b)(2)(iii)), and which letter it corrects."""
    letter = released.letter
    said = f"{released.kind}, {span(released.first, released.last)}"
    if letter.replaces is None:
        return said
    return f"{said}, corrected: replaces the one of {in_full(letter.replaces)}"


def _line(entry: str, verdict: str, rule: int) -> dict[str, Any]:
    return {"entry": entry, "verdict": verdict, "rule": rule}


def correct(session: Session, uid: str, why: str) -> str:
    """Add a row that takes a disclosure back on paper: it was recorded, and did not happen."""
    wrong = session.scalars(select(Disclosure).where(Disclosure.uid == uid)).one()
    said = _of_its_ground(last_said(session, wrong))
    return _beside(session, wrong, {"at": clock.now(session), "what": why, "emergency": said})


def _of_its_ground(row: Disclosure) -> dict[str, Any]:
    return {name: told for name, told in (row.emergency or {}).items() if name not in OF_ONE_ROW}


def note(session: Session, uid: str, why: str) -> str:
    """Add a row that tells what became of a disclosure since. It happened: the added row counts."""
    told = session.scalars(select(Disclosure).where(Disclosure.uid == uid)).one()
    return _noted(session, told, why)


def to_address(session: Session, told: Disclosure, address: str, why: str) -> None:
    """Say that what a row tells of went to another address: 45 CFR 164.528(b)(2)(ii)."""
    _noted(session, told, why, {"recipient_address": address})


def _noted(
    session: Session, told: Disclosure, why: str, changed: dict[str, Any] | None = None
) -> str:
    said = last_said(session, told).emergency or {}
    changed = {**(changed or {}), "emergency": {**said, "why_corrected": why}}
    return _beside(session, told, changed)


def rows_beside(session: Session, first: Disclosure) -> list[Disclosure]:
    """Return a row and all that puts it right, and puts that right, the oldest first."""
    found, asked = [first], [first.id]
    while asked:
        query = select(Disclosure).where(Disclosure.correction_of_id.in_(asked))
        added = session.scalars(query).all()
        found += added
        asked = [row.id for row in added]
    return sorted(found, key=lambda row: row.id)


def last_said(session: Session, first: Disclosure) -> Disclosure:
    """Return what a disclosure was last said to be; a row that takes it back says nothing of it."""
    beside = reversed(rows_beside(session, first))
    return next((row for row in beside if not _takes_back(row)), first)


def taken_back(session: Session, first: Disclosure) -> bool:
    """Whether the newest row beside a disclosure says that it did not happen."""
    newest = rows_beside(session, first)[-1]
    return newest is not first and _takes_back(newest)


def _takes_back(row: Disclosure) -> bool:
    return row.correction_of_id is not None and not (row.emergency or {}).get("why_corrected")


def once_more(
    session: Session, first: Disclosure, now: Released, address: str, document_id: int
) -> None:
    """Write the row of a letter that is told again as the same bytes.

    What it tells is what the first row says; whom, where and on whose word is of now.
    """
    named = session.scalars(
        select(Consent.id).where(
            Consent.client_id == now.client_id,
            (Consent.ref == now.consent) | (Consent.uid == now.consent),
        )
    ).first()
    changed = {
        "client_id": now.client_id,
        "at": clock.now(session),
        "zone": str(clock.zone(session)),
        "recipient_person_id": now.recipient.person_id,
        "recipient_organisation_id": now.recipient.organisation_id,
        "recipient_name": now.recipient.full_name,
        "recipient_organisation": now.recipient.organisation,
        "recipient_address": address or places.of(session, now.recipient),
        "discloser": discloser(session),
        "document_id": document_id,
        "consent_id": named or first.consent_id,
        "consents": list(dict.fromkeys((*first.consents, *now.consents))),
        "delivery_evidence": "",
        "min_necessary_confirmed_by": discloser(session),
        "restriction_check": "The letter was judged again as it was kept.",
        "emergency": _of_its_ground(first),
        "correction_of_id": None,
    }
    session.add(Disclosure(**_columns(first) | changed))
    session.flush()


def _beside(session: Session, first: Disclosure, changed: dict[str, Any]) -> str:
    copied = _columns(last_said(session, first))
    added = Disclosure(**copied | {"correction_of_id": first.id} | changed)
    session.add(added)
    session.flush()
    return added.uid


def _columns(row: Disclosure) -> dict[str, Any]:
    return {
        column.name: getattr(row, column.name)
        for column in Disclosure.__table__.columns
        if column.name not in {"id", "uid", "ref", "created_at", "updated_at", "version"}
    }


def discloser(session: Session) -> str:
    """Return who lets things out: the practitioner, of the practice."""
    practice = session.scalar(select(Practice.name).limit(1))
    practitioner = session.scalar(select(Practitioner.name).limit(1))
    return ", ".join(name for name in (practitioner, practice) if name)


def accounting(session: Session, client_id: int | None = None) -> list[dict[str, Any]]:
    """Return the rows, oldest first, with the fields of the accounting as plain values."""
    query = (
        select(Disclosure, Client)
        .join(Client, Disclosure.client_id == Client.id)
        .order_by(Disclosure.at, Disclosure.id)
    )
    if client_id is not None:
        query = query.where(Disclosure.client_id.in_(merged.own_ids(session, client_id)))
    return [_plain(session, row, client) for row, client in session.execute(query)]


def _plain(session: Session, row: Disclosure, client: Client) -> dict[str, Any]:
    consent = session.get(Consent, row.consent_id) if row.consent_id else None
    corrected = session.get(Disclosure, row.correction_of_id) if row.correction_of_id else None
    document = session.get(Document, row.document_id) if row.document_id else None
    zone = clock.zone(session)
    return {
        "id": row.uid,
        "client": outside_name(client),
        "at": row.at.isoformat(timespec="seconds").replace("+00:00", "Z"),
        "at_local": row.at.astimezone(zone).isoformat(timespec="seconds"),
        "basis": row.basis,
        "recipient_name": row.recipient_name,
        "recipient_organisation": row.recipient_organisation or None,
        "recipient_address": row.recipient_address or None,
        "discloser": row.discloser,
        "what": row.what,
        "categories": row.categories,
        "entries": row.entries,
        "document_id": document.uid if document else None,
        "sha256": row.sha256,
        "content_sha256": row.content_sha256,
        "pages": row.pages,
        "purpose": row.purpose,
        "consent_id": outside_name(consent) if consent else None,
        "consents": row.consents,
        "notice_version": row.notice_version or None,
        "notice_form": row.notice_form or None,
        "channel": row.channel,
        "delivery_evidence": row.delivery_evidence or None,
        "min_necessary_confirmed_by": row.min_necessary_confirmed_by,
        "part2": row.part2,
        "emergency": row.emergency or None,
        "correction_of": corrected.uid if corrected else None,
    }
