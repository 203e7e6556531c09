"""A client's own data and the agreement with them: read into a form, and written back."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.casework import clock, consents, documents, drafts
from cmdesk.casework.stored import copy_typed, refuse_changed
from cmdesk.errors import Problem
from cmdesk.models.client import Client, Engagement
from cmdesk.models.consent import Consent
from cmdesk.models.person import Person
from cmdesk.rules.client_draft import WORKED_WITH, ClientForm, faults

OF_PERSON: Final = (
    "given_name", "middle_name", "family_name", "preferred_name", "pronouns", "born", "interpreter",
)  # fmt: skip
OF_CLIENT: Final = (
    "code", "status", "sex_at_birth", "gender", "education", "employment", "living_situation",
    "legal_status", "diagnoses_reported", "allergies", "primary_substances", "recovery_on",
    "my_role",
)  # fmt: skip
OF_ENGAGEMENT: Final = (
    "began_on", "agreed_on", "agreement_id", "payers", "scope", "exclusions", "response_promise",
    "after_hours", "fee_model", "rates", "retainer_terms", "mileage_terms", "review_on", "ended_on",
    "end_reason",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Bound:
    """A valid consent that ends with the engagement: whom it names, and since when."""

    recipients: tuple[str, ...]
    signed_on: date | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """What is looked up of the agreement while one works: all as typed, empty where nothing is."""

    role: str = ""
    answers: str = ""  # within what time
    after_hours: str = ""


def agreement(session: Session, client_id: int) -> Agreement:
    """Return the user's role with a client and the terms that hold; terms that ended are none."""
    client, engagement = session.get_one(Client, client_id), _engagement(session, client_id)
    if engagement is None or engagement.ended_on is not None:
        return Agreement(client.my_role)
    return Agreement(client.my_role, engagement.response_promise, engagement.after_hours)


def read(session: Session, client_id: int) -> ClientForm:
    """Return a client with the engagement begun last. Problem if the client is gone."""
    client, person = _rows(session, client_id)
    engagement = _engagement(session, client_id)
    form = ClientForm(
        **{name: getattr(person, name) for name in OF_PERSON},
        **{name: getattr(client, name) for name in OF_CLIENT},
        languages=", ".join(client.languages),
        versions=(person.version, client.version, engagement.version if engagement else 0),
    )
    if engagement is None:
        return form
    return replace(form, **{name: getattr(engagement, name) for name in OF_ENGAGEMENT})


def _rows(session: Session, client_id: int) -> tuple[Client, Person]:
    client = session.get(Client, client_id)
    if client is None:
        raise Problem("This client is no longer there.", "Go back to the list of clients.")
    return client, session.get_one(Person, client.person_id)


def _engagement(session: Session, client_id: int) -> Engagement | None:
    query = select(Engagement).where(Engagement.client_id == client_id)
    newest = query.order_by(Engagement.began_on.desc(), Engagement.id.desc())
    return session.scalars(newest.limit(1)).first()


def agreements(session: Session, client_id: int) -> list[tuple[int, str]]:
    """Return the files of a chart, one of which may be the signed agreement."""
    return [(row.id, row.title) for row in documents.rows(session, client_id)]


def bound(session: Session, client_id: int) -> list[Bound]:
    """Return the consents that count today and end when the engagement does."""
    query = select(Consent.id).where(
        Consent.client_id == client_id, Consent.expires_with_engagement.is_(True)
    )
    ending = set(session.scalars(query))
    return [
        Bound(row.recipients, row.signed_on)
        for row in consents.rows(session, client_id)
        if row.id in ending and row.fault is None
    ]


def save(session: Session, client_id: int, edited: ClientForm, draft_key: str = "") -> None:
    """Keep a client as typed, and throw the draft away. Problem if it was changed meanwhile."""
    today = clock.today(session)
    found = faults(edited, today)
    if found:
        raise Problem(next(iter(found.values())), "Fill it in and save again.")
    client, person = _rows(session, client_id)
    engagement = _engagement(session, client_id)
    now = (person.version, client.version, engagement.version if engagement else 0)
    refuse_changed(now, edited.versions, "client")
    # What ended stays ended: opened again, the chart gets an engagement of its own.
    over = engagement is not None and engagement.ended_on is not None and not edited.ends
    copy_typed(edited, OF_PERSON, person)
    copy_typed(edited, OF_CLIENT, client)
    client.languages = [part for each in edited.languages.split(",") if (part := each.strip())]
    if over or (engagement is None and _agreed(edited)):
        engagement = Engagement(client_id=client_id)
        session.add(engagement)
    if engagement is not None:
        copy_typed(edited, OF_ENGAGEMENT, engagement)
        if not edited.ends:
            engagement.ended_on, engagement.end_reason = None, ""
        if edited.status in WORKED_WITH and engagement.began_on is None:
            engagement.began_on = today
    session.flush()
    if draft_key:
        drafts.discard(session, draft_key)


def _agreed(edited: ClientForm) -> bool:
    """Tell whether there is an engagement at all: an inquiry has none before it is worked with."""
    return edited.status in WORKED_WITH or any(getattr(edited, name) for name in OF_ENGAGEMENT)
