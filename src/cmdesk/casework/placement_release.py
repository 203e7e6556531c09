"""Whether a client’s records may go to a program today: a valid consent that names it."""

from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from cmdesk.casework import clock, parties, verdicts
from cmdesk.casework.parties import Party
from cmdesk.errors import Problem
from cmdesk.models.consent import Consent
from cmdesk.rules.contact_codes import Part2
from cmdesk.rules.standing import Standing


class NoRelease(Problem):
    """Records were to go where no consent lets them go."""


@dataclass(frozen=True, slots=True)
class Release:
    """`consent_id` is what it rests on; without one, `why` says in words what is wanting."""

    consent_id: int | None = None
    why: str = ""


def release(session: Session, client_id: int, organisation_id: int, part2: str) -> Release:
    """Look for the consent that lets records go; `part2` is the mark of the search."""
    return release_to(session, client_id, parties.of_organisation(session, organisation_id), part2)


def release_to(session: Session, client_id: int, party: Party, part2: str) -> Release:
    """Look for the consent that lets records go to a program or a person."""
    standing = verdicts.standing(session, client_id, party, clock.today(session))
    why = _hindered(standing, part2, party.full_name)
    if why:
        return Release(None, why)
    consents = standing.ordinary if part2 == Part2.NO else standing.part2
    return Release(_number(session, client_id, consents[0].ref))


def _hindered(standing: Standing, part2: str, name: str) -> str:
    if not standing.ordinary:
        return standing.no_consent or f"No consent names {name}."
    if any(not (wish.topics or wish.entries) for wish in standing.restrictions):
        return f"A wish of the client keeps everything from {name}."
    if part2 != Part2.NO and not standing.part2:
        return f"No Part 2 consent names {name}, and the records may be protected."
    return ""


def _number(session: Session, client_id: int, ref: str) -> int | None:
    query = select(Consent.id).where(
        Consent.client_id == client_id, or_(Consent.ref == ref, Consent.uid == ref)
    )
    return session.scalar(query)


def need(session: Session, client_id: int, organisation_id: int, part2: str) -> int | None:
    """Return the consent that lets records go. Raises NoRelease, with what is wanting."""
    return need_to(session, client_id, parties.of_organisation(session, organisation_id), part2)


def need_to(session: Session, client_id: int, party: Party, part2: str) -> int | None:
    """Return the consent that lets records go to them. Raises NoRelease."""
    found = release_to(session, client_id, party, part2)
    if found.why:
        raise NoRelease(_sentence(found.why), "Have the consent signed first.")
    return found.consent_id


def _sentence(words: str) -> str:
    said = words[:1].upper() + words[1:]
    return said if said.endswith(".") else f"{said}."
