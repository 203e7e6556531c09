"""A consent that is being filled in, as the printed form says it."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.casework import clock
from cmdesk.casework.consents import ConsentDraft
from cmdesk.casework.parties import Party, called, full_name, of_key, recipient
from cmdesk.letter_words import Standing, language_of, standing
from cmdesk.models.care import Episode
from cmdesk.models.client import Client
from cmdesk.models.person import Person
from cmdesk.models.practice import Practice, Practitioner
from cmdesk.models.provider import Organisation
from cmdesk.rules.codes import ConsentKind
from cmdesk.rules.consent_codes import Way
from cmdesk.rules.consent_text import ConsentPaper, Share
from cmdesk.rules.letter import Paper
from cmdesk.rules.topics import Topic
from cmdesk.rules.validity import SUBSTANCE_USE, SUBSTANCE_USE_FORMS
from cmdesk.words import N_

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
    language = language_of(edited.language or person.language)
    words = standing(language)
    return ConsentPaper(
        kind=kind,
        client=full_name(person) or called(person),
        called=called(person),
        born=person.born,
        practice=(practice.name if practice else "") or name,
        address=practice.address if practice else "",
        discloser=name if discloser in ("", OURS) else discloser,
        recipients=tuple(_named(session, edited.client_id, party, words) for party in parties),
        way=next((way for way in Way if way.value == edited.direction), Way.TO),
        shares=tuple(Share(words.tr(topic.label), words.tr(_detail(topic))) for topic in topics),
        limits=edited.limits.strip(),
        records=_records(edited.records_from, edited.records_until, words),
        purpose=edited.purpose.strip(),
        ends=_ends(session, edited, called(person), words),
        part2=kind in SUBSTANCE_USE_FORMS or bool(SUBSTANCE_USE & set(topics)),
        language=edited.language.strip() if words.english else "",  # else the form is in it
        overlay=edited.state_overlay.strip(),
        made_at=clock.now(session),
        paper=Paper(practice.paper) if practice else Paper.LETTER,
        written_in=language,
    )


def _ours(session: Session, practice: Practice | None) -> str:
    """Name who shares: the practitioner, of the practice."""
    practitioner = session.scalar(select(Practitioner.name).limit(1)) or ""
    names = [practitioner, practice.name if practice else ""]
    return ", ".join(dict.fromkeys(name for name in names if name))


def _named(session: Session, client_id: int, party: Party, words: Standing) -> str:
    """Write `Diane Brenner, mother` or `Tess Holloway, Stillwater Ridge`."""
    relation = recipient(session, client_id, party).relation
    house = party.organisation if party.person_id else ""
    tie = words.tr(relation) if relation not in ("", "other") else house
    return ", ".join(part for part in (party.full_name, tie) if part)


def _detail(topic: Topic) -> str:
    """Say what a topic holds, to the one it is about; what is our own note is left out."""
    if topic is Topic.ATTENDANCE:
        return N_("Where I am, dates, travel")
    if topic is Topic.SUBSTANCE_USE:
        return N_("Alcohol or drug use, tests, and treatment for it")
    if topic is Topic.HIV_STI:
        return N_("Tests and treatment")
    return "" if topic in SUBSTANCE_USE or topic is Topic.THERAPY_CONTENT else topic.detail


def _records(first: date | None, last: date | None, words: Standing) -> str:
    begin, end = words.day(first) if first else "", words.day(last) if last else ""
    if begin and end:
        return words.tr("Only records from {begin} to {end}.").format(begin=begin, end=end)
    if begin:
        return words.tr("Only records from {day} on.").format(day=begin)
    return words.tr("Only records up to {day}.").format(day=end) if end else ""


def _ends(session: Session, edited: ConsentDraft, name: str, words: Standing) -> str:
    """Say when it ends: a date, an event, or whichever is first. Empty when neither is set."""
    tr = words.tr
    events = [_leaving(session, edited.expires_episode_id, name, words)]
    work = tr("our work with {name} ends").format(name=name)
    events.append(work if edited.expires_with_engagement else "")
    event = tr(" or ").join(said for said in events if said)
    day = words.day(edited.expires_on) if edited.expires_on else ""
    if day and event:
        both = tr("It ends on {day}, or when {event}, if that is sooner.")
        return both.format(day=day, event=event)
    if day:
        return tr("It ends on {day}.").format(day=day)
    if event:
        return tr("It ends when {event}.").format(event=event)
    # Only this kind may be without an end: 42 CFR 2.31(a)(7).
    endless = ConsentKind(edited.kind) is ConsentKind.PART2_TPO
    return tr("It ends when my care ends.") if endless else ""


def _leaving(session: Session, episode_id: int | None, name: str, words: Standing) -> str:
    episode = session.get(Episode, episode_id) if episode_id else None
    if episode is None:
        return ""
    house = session.get(Organisation, episode.organisation_id) if episode.organisation_id else None
    # Not the blanks of a letter's step: what has not happened yet takes another verb in Spanish.
    said = words.tr("{called} leaves {place}")
    return said.format(called=name, place=house.name if house else words.tr("this stay"))
