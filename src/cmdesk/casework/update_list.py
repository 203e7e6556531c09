"""Family updates at a glance: which are due by each family's cadence, begun, and handed over."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cmdesk.casework import (
    clock,
    drafts,
    letter_drafts,
    letter_events,
    letter_periods,
    letter_templates,
    letters_sent,
    merged,
    parties,
    plan_facts,
    plan_list,
)
from cmdesk.casework.begun import since
from cmdesk.casework.clients import GROUPS
from cmdesk.casework.columns import among, listed, read
from cmdesk.casework.drafts import Kept
from cmdesk.casework.letter_events import Stand
from cmdesk.casework.parties import Party
from cmdesk.casework.plan_facts import Pair
from cmdesk.casework.plan_list import Planned
from cmdesk.models.client import Client, Engagement
from cmdesk.models.person import Person
from cmdesk.models.update import Update, UpdateCopy, UpdatePlan
from cmdesk.rules.cadence import next_due, since_agreed
from cmdesk.rules.codes import Cadence, Weekday
from cmdesk.rules.letter_state import LetterState
from cmdesk.rules.letter_template import WEEKLY, Template, due_at
from cmdesk.rules.people import Name

NEWEST = 200  # letters handed over that are listed
GONE: Final = Stand(LetterState.WITHDRAWN)  # with all of its week
_NAMES: Final = (
    select(Client.id, Person.given_name, Person.family_name, Person.preferred_name)
    .join(Person, Client.person_id == Person.id)
    .where(Client.id.in_(among("ids")))
)


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
    due_by: datetime | None = None
    sent_on: date | None = None
    headline: str = ""
    no_consent: str = ""
    template: str = WEEKLY
    stand: Stand = Stand()  # noqa: RUF009 - frozen

    @property
    def tab(self) -> str:
        """The composer's name for the letter, with its kind: the one agreed may be another."""
        return f"{self.party.key}:{self.first}:{self.last}:{self.template}"

    @property
    def key(self) -> str:
        """The name of its draft."""
        return draft_key(self.client_id, self.party.key, self.first, self.last, self.template)


def due_on(session: Session, plan: UpdatePlan, today: date) -> date:
    """Return the day the next letter of a plan is due; it may lie in the past."""
    last, began = so_far(session, plan.client_id, plan.recipient_id, plan.template)
    weekday = Weekday(plan.weekday) if plan.weekday else None
    due = next_due(Cadence(plan.every), weekday, last, began, today)
    agreed = plan_list.agreed_on(plan.created_at, plan.imported_digest, clock.zone(session))
    return since_agreed(due, Cadence(plan.every), weekday, agreed)


def so_far(
    session: Session, client_id: int, person_id: int, template: str = WEEKLY
) -> tuple[date | None, date | None]:
    """Return the days of the last letter and of the work's beginning, across merged records."""
    own = Engagement.client_id.in_(merged.own_ids(session, client_id))
    began = session.scalar(select(func.min(Engagement.began_on)).where(own))
    return letters_sent.last_sent(session, client_id, person_id, template), began


def due(session: Session, client_id: int | None = None) -> list[UpdateRow]:
    """Return the plans that hold today, perhaps of one client, the one due first at the top."""
    zone, today, known = clock.zone(session), clock.today(session), plan_facts.several(session)
    found = plan_list.holding(session, today, client_id)
    active = [row for row in found if row.status in GROUPS["active"]]
    plans = list(plan_list.planned(session, active, today, zone, known))
    of = "update:" if client_id is None else f"update:{client_id}:"
    told = _Told(session, plans, of, today)
    readers = [each.reader for each in plans]
    kept_back = plan_facts.no_consents(session, readers, today, known)
    rows = [told.row(each, kept_back, zone) for each in plans]
    return sorted(rows, key=lambda row: (row.due or date.max, row.client.sort_key))


class _Told:
    """Makes a row of each plan; who reads it and what is begun is asked once for all."""

    def __init__(self, session: Session, plans: Sequence[Planned], of: str, today: date) -> None:
        keys = {parties.person_key(each.row.recipient_id) for each in plans}
        self._parties = parties.of_keys(session, keys)
        self._kept = {kept.key: kept for kept in drafts.all_of(session, of)} if plans else {}
        self._asked = {each.row.id: letter_periods.ask(each) for each in plans}
        self._periods = letter_periods.of_plans(session, self._asked.values(), today)

    def row(self, plan: Planned, kept_back: Mapping[Pair, str], zone: ZoneInfo) -> UpdateRow:
        row, (first, last) = plan.row, self._periods[self._asked[plan.row.id]]
        party = self._parties[parties.person_key(row.recipient_id)]
        key = draft_key(row.client_id, party.key, first, last, row.template)
        kept = self._kept.get(letter_drafts.among(self._kept, key))
        return UpdateRow(
            id=row.id,
            client_id=row.client_id,
            client=Name(row.about_given, row.about_family, row.about_preferred),
            party=party,
            first=first,
            last=last,
            every=row.every,
            template=row.template,
            due=plan.due,
            begun_at=kept.saved_at.astimezone(zone) if kept else None,
            sent_on=plan.last_sent,
            no_consent=kept_back[row.client_id, row.recipient_id],
        )


def draft_key(
    client_id: int, party_key: str, first: date, last: date, template: str = WEEKLY
) -> str:
    """Name the draft of one reader's letter of a kind for one period."""
    return letter_drafts.key_of(client_id, party_key, first, last, template)


def begun(session: Session, client_id: int | None = None) -> list[UpdateRow]:
    """Return the letters that were begun and not handed over yet, the newest first."""
    zone = clock.zone(session)
    of = "update:" if client_id is None else f"update:{client_id}:"
    # Client, reader, both days and the kind of letter, which a weekly one's key leaves out.
    kept_all = drafts.all_of(session, of)
    gone = letter_drafts.outgrown([kept.key for kept in kept_all])
    found = [
        (kept, [*kept.key.split(":"), WEEKLY][:6]) for kept in kept_all if kept.key not in gone
    ]
    names = _names(session, {int(parts[1]) for _, parts in found})
    readers = parties.of_keys(session, {parts[2] for _, parts in found})
    kinds = {code: letter_templates.find(session, code) for code in {row[5] for _, row in found}}
    return [
        UpdateRow(
            id=number,
            client_id=int(client),
            client=names[int(client)],
            party=readers[key],
            first=date.fromisoformat(first),
            last=date.fromisoformat(last),
            begun_at=kept.saved_at.astimezone(zone),
            due_by=_due_by(kept, kinds[template], zone),
            headline=str(kept.body.get("letter", {}).get("headline", "")),
            template=template,
        )
        for number, (kept, (_, client, key, first, last, template)) in enumerate(found, start=1)
        if int(client) in names and key in readers
    ]


def _due_by(kept: Kept, kind: Template | None, zone: ZoneInfo) -> datetime | None:
    """Return when a letter has to be out that is due within hours of its beginning."""
    began = since(kept.body)
    by = due_at(kind, began) if kind and began else None
    return by.astimezone(zone) if by else None


def sent(session: Session, client_id: int | None = None) -> list[UpdateRow]:
    """Return the letters that were handed over, the newest first."""
    zone = clock.zone(session)
    query = (
        select(UpdateCopy, Update)
        .join(Update, UpdateCopy.update_id == Update.id)
        .where(*([Update.client_id.in_(merged.own_ids(session, client_id))] if client_id else []))
        .order_by(
            func.coalesce(UpdateCopy.sent_at, UpdateCopy.created_at).desc(), UpdateCopy.id.desc()
        )
        .limit(NEWEST)
    )
    found = [
        (parties.key_of(copy.person_id, copy.organisation_id), copy, update)
        for copy, update in session.execute(query)
    ]
    stands = letter_events.states(session, [copy.id for _, copy, _ in found])
    names = _names(session, {update.client_id for _, _, update in found})
    readers = parties.of_keys(session, {key for key, _, _ in found})
    return [
        UpdateRow(
            id=copy.id,
            client_id=update.client_id,
            client=names[update.client_id],
            party=readers[key],
            first=update.period_from,
            last=update.period_until,
            sent_on=(copy.sent_at or copy.created_at).astimezone(zone).date(),
            headline=copy.headline,
            template=update.template,
            stand=stands.get(copy.id, GONE if update.status == "withdrawn" else Stand()),
        )
        for key, copy, update in found
    ]


def _names(session: Session, ids: Collection[int]) -> dict[int, Name]:
    """Return the names of some clients; those who are gone are left out."""
    rows = read(session, _NAMES, ids=listed(ids)) if ids else ()
    return {row.id: parties.name_of(row) for row in rows}
