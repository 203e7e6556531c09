"""One letter that left, as it is looked at later: what was said, to whom, on which consents."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from cmdesk.casework import (
    clock,
    disclosures,
    drafting,
    kept_copy,
    letter_events,
    letters_sent,
    mailboxes,
    merged,
    parties,
    reprint,
    verdicts,
)
from cmdesk.casework.consents import keys_of
from cmdesk.casework.drafting import LetterDraft
from cmdesk.casework.letter_events import Stand
from cmdesk.casework.parties import Party, outside_name
from cmdesk.casework.reprint import Letter
from cmdesk.models.client import Client
from cmdesk.models.consent import Consent, Disclosure
from cmdesk.models.person import Person
from cmdesk.models.update import LetterEvent
from cmdesk.rules import consent as rules
from cmdesk.rules.codes import ConsentKind
from cmdesk.rules.days import near
from cmdesk.rules.letter import PartKind
from cmdesk.rules.letter_state import LetterState
from cmdesk.rules.people import Name

NOTHING = 0  # no row has this number


@dataclass(frozen=True, slots=True)
class Happened:
    """One thing that became of it."""

    state: LetterState
    on: date
    note: str = ""


@dataclass(frozen=True, slots=True)
class SentLetter:
    """`may_not` says why it may not go to its reader now; `consents` are in words.

    `address` is the one it was drafted to the last time, `mailbox` where an e-mail would go today.
    Without a fingerprint its PDF is not here: it came with a practice file.
    """

    id: int
    client_id: int
    client: Name
    party: Party
    first: date
    last: date
    left_on: date
    headline: str
    said: tuple[tuple[str, tuple[str, ...]], ...]  # headings, each with what stood under it
    topics: tuple[str, ...]
    consents: tuple[str, ...]
    address: str
    stand: Stand
    history: tuple[Happened, ...]
    replaces: date | None
    plain: bool
    sha256: str
    pages: int
    may_not: str
    mailbox: str
    no_mail: str  # why no e-mail can be drafted; empty while one can
    disclosure: str  # its row in the accounting, by its lasting name; empty without one


def read(session: Session, copy_id: int) -> SentLetter:
    """Return all there is to say of a letter. Raises Problem if it is gone."""
    found = reprint.find(session, copy_id)
    copy, update = found.copy, found.update
    row = session.get(Disclosure, copy.disclosure_id or NOTHING)
    box = mailboxes.of(session, found.client_id, found.party)
    shared = box.shared_with if box else ()
    person = session.get_one(Person, session.get_one(Client, found.client_id).person_id)
    kept = kept_copy.letter(copy)
    replaced = kept.replaces if kept else NOTHING
    stand = letter_events.state_of(session, copy_id)
    if update.status == LetterState.WITHDRAWN.value:
        stand = Stand(LetterState.WITHDRAWN)
    return SentLetter(
        id=copy_id,
        client_id=found.client_id,
        client=parties.name_of(person),
        party=found.party,
        first=update.period_from,
        last=update.period_until,
        left_on=letter_events.handed_over_on(session, copy),
        headline=copy.headline,
        said=tuple(_said_by(session, found)),
        topics=tuple(row.categories) if row else (),
        consents=tuple(_consents(session, found, row.consents if row else [])),
        address=_address(session, copy_id),
        stand=stand,
        history=_history(session, copy_id),
        replaces=letters_sent.left_on(session, replaced),
        plain=found.plain,
        sha256=row.sha256 if row else "",
        pages=(row.pages or 0) if row else 0,
        may_not=_may_not(session, found, stand),
        mailbox=box.address if box else "",
        no_mail=_no_mail(box.address if box else "", shared),
        disclosure=row.uid if row else "",
    )


def _address(session: Session, copy_id: int) -> str:
    """Return where it went when it was told last, also where that was put right since."""
    newest = letter_events.newest_disclosure(session, copy_id)
    return disclosures.last_said(session, newest).recipient_address if newest else ""


def _said_by(session: Session, found: Letter) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Give what it said; where that can't be read any more, one sentence in its place."""
    if kept_copy.unreadable(found.copy):
        yield "", (kept_copy.CANNOT_BE_READ,)
    yield from _told(reprint.words_of(session, found))


def _told(letter: LetterDraft) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Give what the letter said, part by part, as far as it was written for this reader."""
    prose = letter.paragraphs()
    rows: dict[PartKind, Sequence[Any]] = {
        PartKind.GLANCE: [line for line in letter.glance if line.text.strip()],
        PartKind.GOALS: letter.goals,
        PartKind.STEPS: letter.steps,
        PartKind.DATES: letter.dates,
        PartKind.CLOSED: letter.closed,
        PartKind.CLOCK: letter.clock,
        PartKind.HISTORY: letter.stays,
    }
    yield "", tuple(filter(None, (letter.greeting, *drafting.paragraphs(letter.opening))))
    for part in letter.parts:
        listed = (_line(each) for each in rows.get(part.kind, ()))
        lines = prose.get(part.key, ()) or tuple(line for line in listed if line)
        if lines:
            yield part.title, lines
    yield "", drafting.paragraphs(letter.close)


def _line(row: Any) -> str:
    """Write a row of a part, such as a goal, as one line."""
    values = (getattr(row, each.name) for each in fields(row))
    return " \u00b7 ".join(value for value in values if isinstance(value, str) and value.strip())


def _may_not(session: Session, found: Letter, stand: Stand) -> str:
    if found.copy.document_id is None:
        return "Its PDF is not in the vault"
    if stand.closed:
        return f"It was {stand.state.label.lower()}"
    return reprint.why_not(session, found.copy.id).rstrip(".")


def _no_mail(address: str, shared: tuple[str, ...]) -> str:
    if not address:
        return "No e-mail address on record"
    return f"{address} is also the address of {shared[0]}" if shared else ""


def _history(session: Session, copy_id: int) -> tuple[Happened, ...]:
    query = select(LetterEvent).where(LetterEvent.update_copy_id == copy_id)
    rows = session.scalars(query.order_by(LetterEvent.id))
    return tuple(Happened(LetterState(row.kind), row.happened_on, row.note) for row in rows)


def _consents(session: Session, found: Letter, names: list[str]) -> list[str]:
    """Say which consents it rests on, and which of them count no longer."""
    own = merged.own_ids(session, found.client_id)
    query = select(Consent).where(
        Consent.client_id.in_(own), or_(Consent.ref.in_(names), Consent.uid.in_(names))
    )
    rows = {outside_name(row): row for row in session.scalars(query)}
    return [_said(session, found, rows[name]) for name in names if name in rows]


def _said(session: Session, found: Letter, row: Consent) -> str:
    today = clock.today(session)
    kind = ConsentKind(row.kind).label
    signed = f"{kind}, signed {near(row.signed_on, today)}" if row.signed_on else kind
    form = verdicts.consent_for_rules(session, row, keys_of(session, row.id))
    fault = rules.fault(form, verdicts.subject(session, found.client_id), today)
    return f"{signed}. Counts no longer" if fault else signed
