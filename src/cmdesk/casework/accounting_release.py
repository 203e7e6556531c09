"""An accounting that is handed out: to the client, or to one who may act for them, and no other.

45 CFR 164.528, 164.502(g), 164.514(h). `release` alone makes what paper takes, and that it was
handed out is a disclosure itself, to the client.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Final, final

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from cmdesk.casework import (
    accounting,
    clock,
    disclosures,
    merged,
    parties,
    places,
    practice,
    rights,
    verdicts,
)
from cmdesk.casework.accounting import Short, Told
from cmdesk.casework.disclosures import Evidence
from cmdesk.casework.rights import Disagreement
from cmdesk.casework.stored import stored
from cmdesk.errors import Problem
from cmdesk.letter_words import language_of, standing
from cmdesk.models.client import Client, LegalAuthority
from cmdesk.models.consent import Disclosure
from cmdesk.models.person import Person
from cmdesk.models.practice import Practice
from cmdesk.models.rights import RightsRequest
from cmdesk.rules.codes import DisclosureBasis, LegalAuthorityKind
from cmdesk.rules.days import age_on
from cmdesk.rules.letter import Paper
from cmdesk.rules.rights import Decision, Right, due

_WARRANT: Final = object()
OF_AGE: Final = 18
# Who stands in the client's place, of any age or of a minor alone: 45 CFR 164.502(g)(2), (3).
FOR_ANYONE: Final = frozenset(
    {
        LegalAuthorityKind.LEGAL_GUARDIAN,
        LegalAuthorityKind.HEALTH_CARE_PROXY,
        LegalAuthorityKind.DURABLE_POA,
        LegalAuthorityKind.CONSERVATOR,
    }
)
FOR_MINORS: Final = frozenset({LegalAuthorityKind.PARENT_OF_MINOR, LegalAuthorityKind.CUSTODY})


@dataclass(frozen=True, slots=True)
class Reader:
    """Who may have the accounting; `authority` is empty for the client."""

    key: str
    name: str
    authority: str
    language: str


@dataclass(frozen=True, slots=True)
class Wish:
    """What was asked for, by whom and when, and how one knew that it was them."""

    reader: str
    first: date | None
    last: date
    asked_on: date | None
    identified: str
    short: bool = False
    language: str = ""  # none: the reader's own
    request_id: int | None = None


@final
@dataclass(frozen=True, slots=True, repr=False)
class ReleasedAccounting:
    """An accounting for a reader who may have it: `rows` oldest first."""

    warrant: object
    client_id: int
    reader: Reader
    about: str
    called: str
    first: date | None
    last: date
    rows: tuple[Told | Short, ...]
    asked_on: date
    identified: str
    request_id: int | None
    discloser: str
    contact: str
    language: str  # as PDF names it
    paper: Paper
    made_at: datetime
    part2: bool
    disagreements: tuple[Disagreement, ...]

    def __post_init__(self) -> None:
        if self.warrant is not _WARRANT:
            raise TypeError("only accounting_release.release makes what may leave")


def readers(session: Session, client_id: int) -> list[Reader]:
    """Return who may have it: the client first, then those whose authority counts today."""
    client = session.get_one(Client, merged.kept_client(session, client_id))
    own = parties.of_person(session, client.person_id)
    found = {own.key: Reader(own.key, own.full_name, "", language_of(own.language))}
    for row in _authorities(session, client_id):
        party = parties.of_person(session, row.person_id)
        words = LegalAuthorityKind(row.kind).label
        language = language_of(party.language)
        found.setdefault(party.key, Reader(party.key, party.full_name, words, language))
    return list(found.values())


def _authorities(session: Session, client_id: int) -> list[LegalAuthority]:
    """Return what is on record, holds today, and was looked at: a paper, or who verified it."""
    today = clock.today(session)
    kinds = FOR_ANYONE | FOR_MINORS if _minor(session, client_id) else FOR_ANYONE
    query = select(LegalAuthority).where(
        LegalAuthority.client_id.in_(merged.own_ids(session, client_id)),
        LegalAuthority.kind.in_([kind.value for kind in kinds]),
        or_(LegalAuthority.since.is_(None), LegalAuthority.since <= today),
        or_(LegalAuthority.until.is_(None), LegalAuthority.until >= today),
        or_(LegalAuthority.document_id.is_not(None), LegalAuthority.verified_by != ""),
    )
    return list(session.scalars(query.order_by(LegalAuthority.id)))


def _minor(session: Session, client_id: int) -> bool:
    born = verdicts.subject(session, merged.kept_client(session, client_id)).born
    return born is not None and age_on(born, clock.today(session)) < OF_AGE


def release(session: Session, client_id: int, wish: Wish) -> ReleasedAccounting:
    """Release an accounting. Raises Problem when the reader may not have it."""
    reader = next((each for each in readers(session, client_id) if each.key == wish.reader), None)
    if reader is None:
        raise Problem(
            "Only the client, or who may act for them, can have this.",
            "Record their authority in the circle first.",
        )
    if wish.asked_on is None or not wish.identified.strip():
        raise Problem("Say when they asked, and how you know it is them.")
    if wish.first and wish.first > wish.last:
        raise Problem("The first day is after the last.", "Turn them around.")
    client = session.get_one(Client, merged.kept_client(session, client_id))
    person = session.get_one(Person, client.person_id)
    whole = not _kept_from(session, client_id, reader)
    found = _for(session, client_id, wish, whole=whole)
    language = language_of(wish.language) if wish.language else reader.language
    house = session.scalars(select(Practice).limit(1)).one_or_none()
    contact = [house.address, house.phone, house.email] if house else []
    return ReleasedAccounting(
        warrant=_WARRANT,
        client_id=client.id,
        reader=reader,
        about=parties.full_name(person) or parties.called(person),
        called=parties.called(person),
        first=wish.first,
        last=wish.last,
        rows=tuple(accounting.short_form(found) if wish.short else found),
        asked_on=wish.asked_on,
        identified=wish.identified.strip(),
        request_id=wish.request_id,
        discloser=disclosures.discloser(session),
        contact=", ".join(" ".join(part.split()) for part in contact if part),
        language=standing(language).tag,
        paper=Paper(practice.draft(session).paper),
        made_at=clock.now(session),
        part2=any(each.part2 for each in found),
        # Of what a minor agreed to alone, nobody knows which statement speaks of it.
        disagreements=tuple(rights.disagreements(session, client_id)) if whole else (),
    )


def _kept_from(session: Session, client_id: int, reader: Reader) -> bool:
    """Whether care a minor agreed to alone is kept from who acts for them (42 CFR 2.14)."""
    acts = bool(reader.authority) and _minor(session, client_id)
    return acts and not _with_parents(session, client_id)


def _for(session: Session, client_id: int, wish: Wish, *, whole: bool) -> list[Told]:
    """Leave out what an agency asked to keep off, and what is not for this reader."""
    today = clock.today(session)
    found = accounting.rows(session, client_id, wish.first, wish.last)
    found = [each for each in found if (each.suspended_until or date.min) < today]
    if not whole:
        found = [each for each in found if not each.part2]
    return found


def _with_parents(session: Session, client_id: int) -> bool:
    """Whether state law needs a parent for this minor's care; where nobody looked, it does not."""
    subject = verdicts.subject(session, merged.kept_client(session, client_id))
    from_age, born = subject.substance_use_from, subject.born
    return bool(from_age and born and age_on(born, clock.today(session)) < from_age)


def record(session: Session, released: ReleasedAccounting, evidence: Evidence) -> str:
    """Write that it was handed out, and what answers the request; return the row's uid."""
    reader = released.reader
    person_id, _ = parties.parts_of(reader.key)
    row = Disclosure(
        client_id=released.client_id,
        at=clock.now(session),
        zone=str(clock.zone(session)),
        basis=DisclosureBasis.TO_THE_CLIENT,
        recipient_person_id=person_id,
        recipient_name=reader.name,
        recipient_address=evidence.address or places.of_key(session, reader.key),
        discloser=released.discloser,
        what="Accounting of disclosures",
        document_id=evidence.document_id,
        sha256=evidence.sha256,
        content_sha256=evidence.content_sha256,
        pages=evidence.pages,
        purpose="Asked for under 45 CFR 164.528",
        channel=evidence.channel,
        min_necessary_confirmed_by=released.discloser,
        part2=released.part2,
        restriction_check="To the client, or to one who stands in the client’s place.",
        emergency=dict(_said(released)),
    )
    session.add(row)
    _answer(session, released, evidence.document_id)
    session.flush()
    return row.uid


def _said(released: ReleasedAccounting) -> Mapping[str, str]:
    last = due(Right.ACCOUNTING, released.asked_on) or released.asked_on
    told = {
        "asked_on": released.asked_on.isoformat(),
        "due_on": last.isoformat(),
        "identified": released.identified,
        "authority": released.reader.authority,
    }
    return MappingProxyType({name: value for name, value in told.items() if value})


@dataclass(frozen=True, slots=True)
class Answer:
    """What a request was answered with so far."""

    document_id: int | None
    decision: str
    decided_on: date | None


def answered(session: Session, request_id: int | None) -> Answer | None:
    """Return how a request stands, to be put back should the accounting not get to its place."""
    if request_id is None:
        return None
    row = stored(session, RightsRequest, request_id, "request")
    return Answer(row.document_id, row.decision, row.decided_on)


def take_back(session: Session, uid: str, request_id: int | None, before: Answer | None) -> None:
    """Correct the row of an accounting that did not get out; its request stands as before."""
    disclosures.correct(session, uid, "Not handed over: the file could not be put in its place.")
    if request_id is None or before is None:
        return
    row = stored(session, RightsRequest, request_id, "request")
    row.document_id, row.decision = before.document_id, before.decision
    row.decided_on = before.decided_on
    session.flush()


def _answer(session: Session, released: ReleasedAccounting, document_id: int) -> None:
    """Keep what was given beside the request: 45 CFR 164.528(d). It stays open until closed."""
    if released.request_id is None:
        return
    row = stored(session, RightsRequest, released.request_id, "request")
    row.document_id = document_id
    if not row.decision:
        row.decision, row.decided_on = Decision.GRANTED.value, clock.today(session)
