"""Whether those who take over may be told, before a handoff: by the verdict itself."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.casework import parties, verdicts
from cmdesk.casework.parties import Party, outside_name
from cmdesk.errors import Problem
from cmdesk.models.care import Episode
from cmdesk.models.consent import Consent
from cmdesk.models.person import Person
from cmdesk.models.provider import Professional
from cmdesk.models.transition import Transition
from cmdesk.rules import consent as rules
from cmdesk.rules import standing
from cmdesk.rules.contact_codes import EntryStatus, Part2
from cmdesk.rules.topics import Topic


@dataclass(frozen=True, slots=True)
class Release:
    """`reason` says why nobody may be told yet; `consent` names the form relied on."""

    signed: bool
    reason: str = ""
    consent: str = ""


@dataclass(frozen=True, slots=True)
class Receiver:
    """Who takes over: a person, else the program they are at. `consent_id` is the form meant.

    Somebody named in `words` alone is nobody a form can name: a program does not stand for them.
    """

    person_id: int | None = None
    organisation_id: int | None = None
    consent_id: int | None = None
    words: str = ""


TREATMENT = rules.Entry(
    "", EntryStatus.SIGNED, frozenset({Topic.TREATMENT}), Part2.YES, family_line=""
)
UNNAMED = Release(signed=False, reason="Nobody on record takes over, so no consent can name them")
IN_WORDS = Release(
    signed=False, reason="Who takes over is named in words alone, so no consent can name them"
)


def releases(
    session: Session,
    client_id: int,
    receivers: Iterable[Receiver],
    on: date,
    *,
    part2: str = Part2.UNKNOWN,
) -> list[Release]:
    """Say for each whether how the treatment goes may be told on a day.

    What nobody said counts as protected by 42 CFR Part 2. Who takes over treats the client, so a
    form for treatment, payment and operations reaches them (45 CFR 164.506(c), 42 CFR 2.33).
    """
    asked = list(receivers)
    if not asked:
        return []
    facts = _Facts(
        verdicts.subject(session, client_id),
        verdicts.consents(session, client_id),
        verdicts.restrictions(session, client_id),
        on,
        replace(TREATMENT, part2=Part2.NO if part2 == Part2.NO else Part2.YES),
    )
    return [_release(session, client_id, receiver, facts) for receiver in asked]


@dataclass(frozen=True, slots=True)
class _Facts:
    """What is asked once for all receivers of a client."""

    subject: rules.Subject
    forms: list[rules.Consent]
    wishes: list[rules.Restriction]
    on: date
    entry: rules.Entry


def _release(session: Session, client_id: int, receiver: Receiver, facts: _Facts) -> Release:
    """Take the first of the person and the house that may be told, else the person's reason.

    What the client wishes kept from either is kept from both: they would hear it in one call.
    """
    meant = _meant(session, receiver, facts.forms)
    both = list(_parties(session, client_id, receiver))
    wishes = _of_both(facts.wishes, frozenset(party.key for party in both))
    answers: list[rules.Verdict] = []
    for party in both:
        told = _told(session, client_id, party)
        stand = standing.standing(facts.subject, told, meant, wishes, facts.on)
        answers.append(rules.verdict(facts.entry, stand))
    if not answers:
        return IN_WORDS if receiver.words and not receiver.person_id else UNNAMED
    best = next((each for each in answers if each.outcome == rules.Outcome.SHARE), None)
    if best is not None:
        return Release(signed=True, consent=", ".join(best.consents))
    wished = next((each for each in answers if each.rule == 4), answers[0])
    return Release(signed=False, reason=wished.why)


def _of_both(wishes: list[rules.Restriction], keys: frozenset[str]) -> list[rules.Restriction]:
    return [
        replace(wish, recipients=wish.recipients | keys) if wish.recipients & keys else wish
        for wish in wishes
    ]


def _meant(session: Session, receiver: Receiver, forms: list[rules.Consent]) -> list[rules.Consent]:
    """Leave the form that was linked, where one was."""
    row = session.get(Consent, receiver.consent_id) if receiver.consent_id else None
    return [form for form in forms if form.ref == outside_name(row)] if row else forms


def _parties(session: Session, client_id: int, receiver: Receiver) -> Iterator[Party]:
    """Give the person, then the house: a form may name either. Who is gone is left out.

    The house of somebody close is where they work, and speaks for nothing here.
    """
    house = None if receiver.words else receiver.organisation_id
    if receiver.person_id:
        person = session.get(Person, receiver.person_id)
        if person is not None:
            yield parties.of_person(session, person.id)
            near = parties.close_to(session, client_id, person.id)
            house = None if near else person.organisation_id
    if house:
        try:
            yield parties.of_organisation(session, house)
        except Problem:
            return


def next_house(session: Session, move: Transition) -> int | None:
    """Return the program a move leads to, its own or that of the stay that follows."""
    if move.to_organisation_id:
        return move.to_organisation_id
    stay = session.get(Episode, move.to_episode_id) if move.to_episode_id else None
    return stay.organisation_id if stay else None


def _told(session: Session, client_id: int, party: Party) -> rules.Recipient:
    """Return a party as one who will treat the client, unless a tie of the circle says otherwise.

    A person counts as that who works at a program or is on record as a professional.
    """
    found = parties.recipient(session, client_id, party)
    if found.relation or not _professional(session, party):
        return found
    return found if parties.kin_elsewhere(session, client_id, party) else replace(found, tpo=True)


def _professional(session: Session, party: Party) -> bool:
    if party.person_id is None or party.organisation:
        return True
    on_record = select(Professional.id).where(Professional.person_id == party.person_id)
    return session.scalar(on_record) is not None
