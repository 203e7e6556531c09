"""The week in review: everyone who was reached since Monday, and everyone who was not."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cmdesk.casework import clients, clock, merged, parties, reached
from cmdesk.models.client import Client
from cmdesk.models.entry import Entry
from cmdesk.models.person import Person
from cmdesk.rules.people import Name


@dataclass(frozen=True, slots=True)
class Touch:
    """One client; `last` is the day anybody around them was last reached."""

    client_id: int
    name: Name
    contacts: int = 0
    minutes: int = 0
    last: date | None = None


@dataclass(frozen=True, slots=True)
class WeekReview:
    """From a Monday to today. Those not touched stand with the longest silence first."""

    since: date
    touched: Sequence[Touch]
    untouched: Sequence[Touch]


def review(session: Session) -> WeekReview:
    """Return the active clients, by whether anybody around them was reached this week."""
    zone, today = clock.zone(session), clock.today(session)
    monday = today - timedelta(days=today.weekday())
    begins = datetime.combine(monday, time(), zone)
    owners = merged.owners(session)
    sums = (
        select(Entry.client_id, func.count(Entry.id), func.sum(Entry.minutes))
        .where(Entry.occurred_at >= begins, reached.met())
        .group_by(Entry.client_id)
    )
    done: dict[int, tuple[int, int]] = {}
    for number, count, minutes in session.execute(sums):
        kept = owners.get(number, number)
        before = done.get(kept, (0, 0))
        done[kept] = (before[0] + count, before[1] + (minutes or 0))
    query = (
        select(Client.id, Person, reached.anybody_met(Client.id))
        .join(Person, Client.person_id == Person.id)
        .where(Client.status.in_(clients.GROUPS["active"]), Client.id.not_in(merged.gone_clients()))
    )
    found = [
        Touch(
            number,
            parties.name_of(person),
            *done.get(number, (0, 0)),
            last=at.astimezone(zone).date() if at else None,
        )
        for number, person, at in session.execute(query)
    ]
    touched = [each for each in found if each.contacts]
    rest = [each for each in found if not each.contacts]
    return WeekReview(
        monday,
        sorted(touched, key=lambda each: each.name.sort_key),
        sorted(rest, key=lambda each: (each.last or date.min, each.name.sort_key)),
    )
