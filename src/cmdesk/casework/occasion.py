"""What one letter rests on: who reads, about whom, which days, and where the reader stands."""

from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from cmdesk.casework import clock, letter_templates, verdicts
from cmdesk.casework.parties import Party, name_of
from cmdesk.errors import Problem
from cmdesk.letter_words import ENGLISH, Standing, language_of, standing
from cmdesk.models.client import Client
from cmdesk.models.person import Person
from cmdesk.models.update import UpdatePlan
from cmdesk.rules import consent as rules
from cmdesk.rules import letter_template
from cmdesk.rules.letter_template import WEEKLY, Template
from cmdesk.rules.people import Name


class _Agreed(NamedTuple):
    template: str
    language: str


@dataclass(frozen=True, slots=True)
class Case:
    """All that one letter rests on, loaded once: who reads, about whom, on which day."""

    client_id: int
    party: Party
    first: date
    last: date
    on: date
    name: Name
    pronouns: str
    standing: rules.Standing
    consents: dict[str, rules.Consent]
    template: Template
    language: str = ENGLISH  # the letter's: `en` or `es`

    @property
    def words(self) -> Standing:
        """Give the standing words of the letter's language."""
        return standing(self.language)


def case(
    session: Session,
    client_id: int,
    party: Party,
    first: date,
    last: date,
    language: str = "",
    template: str = "",
) -> Case:
    """Load what a letter rests on. Without a language or a kind, they are the reader's.

    The reader stands, and the consents reach, only as far as the kind of letter tells. Raises
    Problem if there is no such kind.
    """
    if last < first:
        raise Problem("The period ends before it begins.", "Give the earlier day first.")
    person = session.scalars(
        select(Person).join(Client, Client.person_id == Person.id).where(Client.id == client_id)
    ).one()
    on = clock.today(session)
    agreed = _agreed(session, client_id, party, on)
    language = language_of(language or agreed.language or party.language)
    kind = _kind(session, template, agreed.template, language)
    reach = letter_template.allowed(kind)
    return Case(
        client_id=client_id,
        party=party,
        first=first,
        last=last,
        on=on,
        name=name_of(person),
        pronouns=person.pronouns,
        standing=letter_template.narrowed(verdicts.standing(session, client_id, party, on), kind),
        consents={
            consent.ref: letter_template.narrowed_consent(consent, reach)
            for consent in verdicts.consents(session, client_id)
        },
        template=kind,
        language=language,
    )


def in_language(session: Session, about: Case, language: str) -> Case:
    """Return what a letter rests on, for one that is written in this language already."""
    if not language or language_of(language) == about.language:
        return about
    kind = letter_templates.of(session, about.template.code, language)
    return replace(about, language=language_of(language), template=kind)


def _kind(session: Session, wanted: str, agreed: str, language: str) -> Template:
    """Return the kind of letter; a plan that asks for one that is gone gets the weekly one."""
    if wanted:
        return letter_templates.of(session, wanted, language)
    found = letter_templates.find(session, agreed, language) if agreed else None
    return found or letter_templates.of(session, WEEKLY, language)


def _agreed(session: Session, client_id: int, party: Party, on: date) -> _Agreed:
    """Return the kind of letter and the language a plan that holds today names."""
    query = select(UpdatePlan.template, UpdatePlan.language).where(
        UpdatePlan.client_id == client_id,
        UpdatePlan.recipient_id == party.person_id,
        or_(UpdatePlan.ended_on.is_(None), UpdatePlan.ended_on > on),
    )
    row = session.execute(query.order_by(UpdatePlan.id.desc()).limit(1)).first()
    return _Agreed(*row) if row else _Agreed("", "")
