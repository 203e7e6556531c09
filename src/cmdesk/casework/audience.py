"""Who may see a contact that is still being typed: judged as if it were signed now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.casework import clock, timeline, verdicts
from cmdesk.casework.parties import Party, key_of, of_key, outside_name
from cmdesk.models.consent import Consent, ConsentRecipient
from cmdesk.models.entry import Entry
from cmdesk.rules import consent as rules
from cmdesk.rules.codes import Mark
from cmdesk.rules.contact_codes import EntryStatus, Part2
from cmdesk.rules.log import LogDraft


@dataclass(frozen=True, slots=True)
class Preview:
    """One reader: what consent allows, and what comes out with the practitioner's mark."""

    key: str
    called: str
    full_name: str
    relation: str
    allowed: str  # rules.Outcome without any mark
    has_short: bool  # a short version is there and is covered
    outcome: str
    why: str
    text: str


def readers(session: Session, client_id: int) -> list[Party]:
    """Return all whom a consent names: the circle first, in its order, then the others."""
    found = {party.key: party for party in timeline.readers(session, client_id)}
    named = (
        select(ConsentRecipient)
        .join(Consent, ConsentRecipient.consent_id == Consent.id)
        .where(Consent.client_id == client_id)
        .order_by(ConsentRecipient.id)
    )
    for to in session.scalars(named):
        key = key_of(to.person_id, to.organisation_id)
        if key not in found:
            found[key] = of_key(session, key)
    return list(found.values())


def standings(session: Session, client_id: int) -> list[rules.Standing]:
    """Return where each reader stands today: what typing can't change, asked once for all keys."""
    today = clock.today(session)
    return [
        verdicts.standing(session, client_id, party, today) for party in readers(session, client_id)
    ]


def preview(
    session: Session,
    draft: LogDraft,
    entry_id: int | None = None,
    stands: Sequence[rules.Standing] | None = None,
) -> list[Preview]:
    """Judge unsaved typing for every reader, today; nobody while there is no client.

    `stands` are the client's `standings`, if they were asked before and nothing has changed.
    """
    if draft.client_id is None:
        return []
    if stands is None:
        stands = standings(session, draft.client_id)
    entry = _as_signed(session, draft, entry_id)
    marks = {key: Mark(mark) for key, mark in draft.marks if mark}
    return [_seen(entry, stand, marks) for stand in stands]


def _as_signed(session: Session, draft: LogDraft, entry_id: int | None) -> rules.Entry:
    kept = session.get(Entry, entry_id) if entry_id else None
    return rules.Entry(
        ref=outside_name(kept) if kept else "",
        status=EntryStatus.SIGNED,
        topics=verdicts.topics(draft.topics),
        part2=Part2(draft.part2),
        family_line=draft.family_line,
        short_line=draft.short_line,
        short_topics=verdicts.topics(draft.short_topics),
    )


def _seen(entry: rules.Entry, stand: rules.Standing, marks: Mapping[str, Mark]) -> Preview:
    who = stand.recipient
    short = rules.verdict(replace(entry, marks={who.ref: Mark.SHORT}), stand)
    chosen = rules.verdict(replace(entry, marks=marks), stand)
    return Preview(
        key=who.ref,
        called=who.called,
        full_name=who.full_name,
        relation=who.relation,
        allowed=rules.verdict(entry, stand).outcome,
        has_short=short.outcome == rules.Outcome.SHORT,
        outcome=chosen.outcome,
        why=chosen.why,
        text=chosen.text or "",
    )
