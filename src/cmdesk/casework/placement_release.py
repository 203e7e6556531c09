"""Whether a client’s records may go to a program on a day: a valid consent that names it."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from cmdesk.casework import clock, parties, verdicts
from cmdesk.casework.parties import Party
from cmdesk.casework.transition_release import TREATMENT
from cmdesk.errors import Problem
from cmdesk.models.consent import Consent
from cmdesk.rules import consent as rules
from cmdesk.rules.contact_codes import Part2
from cmdesk.rules.days import near
from cmdesk.rules.standing import Standing

WENT: Final = "Put the day right; if they went all the same, note it in the sharing log."


class NoRelease(Problem):
    """Records were to go where no consent lets them go."""


@dataclass(frozen=True, slots=True)
class Release:
    """`consent_id` is what it rests on, `covers` the topics of it that may go, in words.

    Without one, `why` says what is wanting.
    """

    consent_id: int | None = None
    why: str = ""
    covers: str = ""


def release(session: Session, client_id: int, organisation_id: int, part2: str) -> Release:
    """Look for the consent that lets records go; `part2` is the mark of the search."""
    return release_to(session, client_id, parties.of_organisation(session, organisation_id), part2)


def release_to(
    session: Session, client_id: int, party: Party, part2: str, on: date | None = None
) -> Release:
    """Look for the consent that lets records go to a program or a person, on a day or today.

    Records tell how the treatment goes, whatever else they tell: they are judged as an entry about
    it would be (domain.md 0.4). What nobody said counts as protected by 42 CFR Part 2.
    """
    today = clock.today(session)
    day = min(on or today, today)
    standing = _standing(session, client_id, party, day)
    records = replace(TREATMENT, part2=Part2.NO if part2 == Part2.NO else Part2.YES)
    found = rules.verdict(records, standing)
    if found.outcome is not rules.Outcome.SHARE:
        why = _why(found, standing, party.full_name)
        return Release(None, f"On {near(day, today)}: {why}" if day < today else why)
    held = frozenset(topic for wish in standing.restrictions for topic in wish.topics)
    named = next(each for each in standing.ordinary if each.ref == found.consent)
    return Release(_number(session, client_id, named.ref), covers=rules.listed(named.topics - held))


def _standing(session: Session, client_id: int, party: Party, on: date) -> Standing:
    """Return what counted on a day: a form replaced since did until the newer one began."""
    forms = verdicts.consents(session, client_id)
    if on < clock.today(session):
        forms = [_as_it_was(session, form, on) for form in forms]
    subject = verdicts.subject(session, client_id)
    reader = parties.recipient(session, client_id, party)
    return rules.standing(subject, reader, forms, verdicts.restrictions(session, client_id), on)


def _as_it_was(session: Session, form: rules.Consent, on: date) -> rules.Consent:
    newer = session.get(Consent, int(form.superseded_by)) if form.superseded_by else None
    began = (newer.begins_on or newer.signed_on) if newer else None
    return replace(form, superseded_by=None) if began is not None and began > on else form


def _why(found: rules.Verdict, standing: Standing, name: str) -> str:
    """Say what is wanting; a wish is not told in the client’s own words."""
    if found.rule == 4:
        whole = any(not (wish.topics or wish.entries) for wish in standing.restrictions)
        return f"A wish of the client keeps {'everything' if whole else 'this'} from {name}."
    if found.rule == 5:
        return f"No Part 2 consent names {name}, and the records may be protected."
    return found.why


def _number(session: Session, client_id: int, ref: str) -> int | None:
    query = select(Consent.id).where(
        Consent.client_id == client_id, or_(Consent.ref == ref, Consent.uid == ref)
    )
    return session.scalar(query)


def need_to(
    session: Session, client_id: int, party: Party, part2: str, on: date | None = None
) -> int | None:
    """Return the consent that lets records go to them, on a day or today. Raises NoRelease."""
    found = release_to(session, client_id, party, part2, on)
    if found.why:
        past = on is not None and on < clock.today(session)
        raise NoRelease(_sentence(found.why), WENT if past else "Have the consent signed first.")
    return found.consent_id


def _sentence(words: str) -> str:
    said = words[:1].upper() + words[1:]
    return said if said.endswith(".") else f"{said}."
