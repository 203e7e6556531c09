"""Family updates at a glance: which are due by each family's cadence, begun, and handed over."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from cmdesk.casework import clock, drafts, letters_sent, merged, parties, verdicts
from cmdesk.casework.clients import GROUPS
from cmdesk.casework.parties import Party
from cmdesk.models.client import Client, Engagement
from cmdesk.models.person import Person
from cmdesk.models.update import Update, UpdateCopy, UpdatePlan
from cmdesk.rules.cadence import next_due
from cmdesk.rules.codes import Cadence, Weekday
from cmdesk.rules.people import Name
from cmdesk.rules.periods import last_full_week

NEWEST = 200  # letters handed over that are listed


@dataclass(frozen=True, slots=True)
class UpdateRow:
    """One letter: due, begun or handed over. Times are in the practice's zone."""

    id: int
    client_id: int
    client: Name
    party: Party
    first: date
    last: date
    every: str = ""
    due: date | None = None
    begun_at: datetime | None = None
    sent_on: date | None = None
    headline: str = ""
    no_consent: str = ""


def due_on(session: Session, plan: UpdatePlan, today: date) -> date:
    """Return the day the next letter of a plan is due; it may lie in the past."""
    last, began = so_far(session, plan.client_id, plan.recipient_id)
    weekday = Weekday(plan.weekday) if plan.weekday else None
    return next_due(Cadence(plan.every), weekday, last, began, today)


def so_far(session: Session, client_id: int, person_id: int) -> tuple[date | None, date | None]:
    """Return the days of the last letter and of the work's beginning, across merged records."""
    own = Engagement.client_id.in_(merged.own_ids(session, client_id))
    began = session.scalar(select(func.min(Engagement.began_on)).where(own))
    return letters_sent.last_sent(session, client_id, person_id), began


def due(session: Session, client_id: int | None = None) -> list[UpdateRow]:
    """Return the plans that hold today, perhaps of one client, the one due first at the top."""
    today = clock.today(session)
    first, last = last_full_week(today)
    plans = session.scalars(
        select(UpdatePlan)
        .join(Client, UpdatePlan.client_id == Client.id)
        .where(
            Client.status.in_(GROUPS["active"]),
            or_(UpdatePlan.ended_on.is_(None), UpdatePlan.ended_on > today),
            or_(UpdatePlan.paused_until.is_(None), UpdatePlan.paused_until < today),
            *([Client.id == client_id] if client_id is not None else []),
        )
    )
    rows = [_planned(session, plan, today, first, last) for plan in plans]
    return sorted(rows, key=lambda row: (row.due or date.max, row.client.sort_key))


def _planned(session: Session, plan: UpdatePlan, today: date, first: date, last: date) -> UpdateRow:
    party = parties.of_person(session, plan.recipient_id)
    kept = drafts.find(session, draft_key(plan.client_id, party.key, first, last))
    return UpdateRow(
        id=plan.id,
        client_id=plan.client_id,
        client=_name(session, plan.client_id),
        party=party,
        first=first,
        last=last,
        every=plan.every,
        due=due_on(session, plan, today),
        begun_at=kept.saved_at.astimezone(clock.zone(session)) if kept else None,
        sent_on=letters_sent.last_sent(session, plan.client_id, plan.recipient_id),
        no_consent=verdicts.standing(session, plan.client_id, party, today).no_consent or "",
    )


def draft_key(client_id: int, party_key: str, first: date, last: date) -> str:
    """Name the draft of one reader's letter for one period."""
    return f"update:{client_id}:{party_key}:{first}:{last}"


def begun(session: Session, client_id: int | None = None) -> list[UpdateRow]:
    """Return the letters that were begun and not handed over yet, the newest first."""
    zone = clock.zone(session)
    rows: list[UpdateRow] = []
    of = "update:" if client_id is None else f"update:{client_id}:"
    for number, kept in enumerate(drafts.all_of(session, of), start=1):
        _, client, key, first, last = kept.key.split(":")
        if session.get(Client, int(client)) is None:
            continue
        rows.append(
            UpdateRow(
                id=number,
                client_id=int(client),
                client=_name(session, int(client)),
                party=parties.of_key(session, key),
                first=date.fromisoformat(first),
                last=date.fromisoformat(last),
                begun_at=kept.saved_at.astimezone(zone),
                headline=str(kept.body.get("letter", {}).get("headline", "")),
            )
        )
    return rows


def sent(session: Session, client_id: int | None = None) -> list[UpdateRow]:
    """Return the letters that were handed over, the newest first."""
    zone = clock.zone(session)
    query = (
        select(UpdateCopy, Update)
        .join(Update, UpdateCopy.update_id == Update.id)
        .where(
            Update.status != "withdrawn",
            *([Update.client_id.in_(merged.own_ids(session, client_id))] if client_id else []),
        )
        .order_by(
            func.coalesce(UpdateCopy.sent_at, UpdateCopy.created_at).desc(), UpdateCopy.id.desc()
        )
        .limit(NEWEST)
    )
    return [
        UpdateRow(
            id=copy.id,
            client_id=update.client_id,
            client=_name(session, update.client_id),
            party=parties.of_key(session, parties.key_of(copy.person_id, copy.organisation_id)),
            first=update.period_from,
            last=update.period_until,
            sent_on=(copy.sent_at or copy.created_at).astimezone(zone).date(),
            headline=copy.headline,
        )
        for copy, update in session.execute(query)
    ]


def _name(session: Session, client_id: int) -> Name:
    person = session.get_one(Person, session.get_one(Client, client_id).person_id)
    return parties.name_of(person)
