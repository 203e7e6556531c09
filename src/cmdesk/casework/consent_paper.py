"""A consent that is being filled in, as the printed form says it."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.casework import clock
from cmdesk.casework.consents import ConsentDraft
from cmdesk.casework.parties import Party, called, full_name, of_key, recipient
from cmdesk.models.care import Episode
from cmdesk.models.client import Client
from cmdesk.models.person import Person
from cmdesk.models.practice import Practice, Practitioner
from cmdesk.models.provider import Organisation
from cmdesk.rules.codes import ConsentKind
from cmdesk.rules.consent_codes import Way
from cmdesk.rules.consent_text import ConsentPaper, Share
from cmdesk.rules.days import in_full
from cmdesk.rules.letter import Paper
from cmdesk.rules.topics import Topic
from cmdesk.rules.validity import SUBSTANCE_USE, SUBSTANCE_USE_FORMS

OURS = "practice"  # what the column says when we are the ones who share


def paper(session: Session, edited: ConsentDraft) -> ConsentPaper:
    """Gather the names, days and words of one form. Nothing is kept by it."""
    person = session.get_one(Person, session.get_one(Client, edited.client_id).person_id)
    practice = session.scalars(select(Practice).limit(1)).one_or_none()
    name = _ours(session, practice)
    discloser = edited.discloser.strip()
    parties = [of_key(session, key) for key in edited.recipients]
    topics = [topic for topic in Topic if topic in edited.topics]
    kind = ConsentKind(edited.kind)
    return ConsentPaper(
        kind=kind,
        client=full_name(person) or called(person),
        called=called(person),
        born=person.born,
        practice=(practice.name if practice else "") or name,
        address=practice.address if practice else "",
        discloser=name if discloser in ("", OURS) else discloser,
        recipients=tuple(_named(session, edited.client_id, party) for party in parties),
        way=next((way for way in Way if way.value == edited.direction), Way.TO),
        shares=tuple(Share(topic.label, _detail(topic)) for topic in topics),
        limits=edited.limits.strip(),
        records=_records(edited.records_from, edited.records_until),
        purpose=edited.purpose.strip(),
        ends=_ends(session, edited, called(person)),
        part2=kind in SUBSTANCE_USE_FORMS or bool(SUBSTANCE_USE & set(topics)),
        language=edited.language.strip(),
        overlay=edited.state_overlay.strip(),
        made_at=clock.now(session),
        paper=Paper(practice.paper) if practice else Paper.LETTER,
    )


def _ours(session: Session, practice: Practice | None) -> str:
    """Name who shares: the practitioner, of the practice."""
    practitioner = session.scalar(select(Practitioner.name).limit(1)) or ""
    names = [practitioner, practice.name if practice else ""]
    return ", ".join(dict.fromkeys(name for name in names if name))


def _named(session: Session, client_id: int, party: Party) -> str:
    """Write `Diane Brenner, mother` or `Tess Holloway, Stillwater Ridge`."""
    relation = recipient(session, client_id, party).relation
    house = party.organisation if party.person_id else ""
    tie = relation if relation not in ("", "other") else house
    return ", ".join(part for part in (party.full_name, tie) if part)


def _detail(topic: Topic) -> str:
    """Say what a topic holds, to the one it is about; what is our own note is left out."""
    if topic is Topic.ATTENDANCE:
        return "Where I am, dates, travel"
    if topic is Topic.SUBSTANCE_USE:
        return "Alcohol or drug use, tests, and treatment for it"
    if topic is Topic.HIV_STI:
        return "Tests and treatment"
    return "" if topic in SUBSTANCE_USE or topic is Topic.THERAPY_CONTENT else topic.detail


def _records(first: date | None, last: date | None) -> str:
    if first and last:
        return f"Only records from {in_full(first)} to {in_full(last)}."
    if first:
        return f"Only records from {in_full(first)} on."
    return f"Only records up to {in_full(last)}." if last else ""


def _ends(session: Session, edited: ConsentDraft, name: str) -> str:
    """Say when it ends: a date, an event, or whichever is first. Empty when neither is set."""
    events = [_leaving(session, edited.expires_episode_id, name)]
    events.append(f"our work with {name} ends" if edited.expires_with_engagement else "")
    event = " or ".join(words for words in events if words)
    if edited.expires_on and event:
        return f"It ends on {in_full(edited.expires_on)}, or when {event}, if that is sooner."
    if edited.expires_on:
        return f"It ends on {in_full(edited.expires_on)}."
    if event:
        return f"It ends when {event}."
    # Only this kind may be without an end: 42 CFR 2.31(a)(7).
    return "It ends when my care ends." if ConsentKind(edited.kind) is ConsentKind.PART2_TPO else ""


def _leaving(session: Session, episode_id: int | None, name: str) -> str:
    episode = session.get(Episode, episode_id) if episode_id else None
    if episode is None:
        return ""
    house = session.get(Organisation, episode.organisation_id) if episode.organisation_id else None
    return f"{name} leaves {house.name if house else 'this stay'}"
