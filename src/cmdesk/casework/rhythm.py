"""How often whom to reach, whom that makes due, and what is put off."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from cmdesk.casework import clock, merged, parties, people, reached
from cmdesk.casework.columns import read
from cmdesk.errors import Problem
from cmdesk.models.client import CircleMember, Client
from cmdesk.models.person import Person
from cmdesk.models.preference import Setting
from cmdesk.models.rhythm import CadenceRule, Snooze
from cmdesk.rules.agenda_items import NO_GOAL_MOVED, NOBODY_REACHED
from cmdesk.rules.codes import Relationship, Weekday
from cmdesk.rules.people import Name
from cmdesk.words import N_

MOST_DAYS = 366
NOT_TO_REACH = N_("Marked do not contact in the circle.")
SILENCE_KEY = "nobody_reached_days"
STANDSTILL_KEY = "no_goal_moved_days"
_KEPT: Final = select(Setting.value).where(Setting.key == bindparam("key"))
_SNOOZED: Final = select(Snooze.kind, Snooze.record, Snooze.until).where(
    Snooze.until > bindparam("day")
)


@dataclass(frozen=True, slots=True)
class CadenceDraft:
    """A rule as it is edited. No person is the client; of the three rhythms one is set."""

    client_id: int
    person_id: int | None = None
    method: str = ""
    every_days: int | None = None
    times_a_week: int | None = None
    weekday: str = ""
    grace_days: int = 0
    since: date | None = None
    until: date | None = None
    paused_until: date | None = None
    id: int | None = None


@dataclass(frozen=True, slots=True)
class Someone:
    """One whom a rule can be about. `person_id` is None for the client."""

    person_id: int | None
    name: Name
    tie: str = ""


def faults(draft: CadenceDraft) -> dict[str, str]:
    """Map fields to what is wrong with them; empty when sound."""
    found: dict[str, str] = {}
    if not (draft.every_days or draft.times_a_week or draft.weekday):
        found["every_days"] = "How often? Give days, times a week or a weekday."
    if draft.every_days is not None and not 0 < draft.every_days <= MOST_DAYS:
        found["every_days"] = "Give a number of days from 1 to 366."
    if draft.times_a_week is not None and not 0 < draft.times_a_week <= len(Weekday):
        found["times_a_week"] = "A week has seven days."
    if draft.grace_days < 0:
        found["grace_days"] = "Give a number of days, or 0."
    if draft.until and draft.since and draft.until < draft.since:
        found["until"] = "This is before it begins."
    return found


def save(session: Session, draft: CadenceDraft) -> int:
    """Add a rule, or change the one the draft was read from; return its number."""
    wrong = faults(draft)
    if wrong:
        raise Problem(next(iter(wrong.values())))
    if draft.person_id in not_to_reach(session, draft.client_id):
        raise Problem(NOT_TO_REACH)
    row = session.get(CadenceRule, draft.id) if draft.id is not None else None
    row = row or CadenceRule(client_id=draft.client_id)
    row.person_id, row.method = draft.person_id, draft.method
    row.every_days, row.times_a_week = draft.every_days, draft.times_a_week
    row.weekday, row.grace_days = draft.weekday, draft.grace_days
    row.since, row.until = draft.since, draft.until
    row.paused_until = draft.paused_until
    session.add(row)
    session.flush()
    return row.id


def not_to_reach(session: Session, client_id: int) -> frozenset[int]:
    """Return whom no rule can be about: they are not to be contacted, by any of their numbers."""
    barred = people.do_not_contact(session, client_id)
    gone = {number for number, kept in merged.people(session).items() if kept in barred}
    return barred | gone


def remove(session: Session, number: int) -> None:
    """End a rule for good; one already gone is nothing to worry about."""
    row = session.get(CadenceRule, number)
    if row is not None:
        session.delete(row)


def rules_of(session: Session, client_id: int) -> list[CadenceDraft]:
    """Return the rules of a client, the client's own first, in the order they were made."""
    query = select(CadenceRule).where(CadenceRule.client_id == client_id)
    rows = session.scalars(query.order_by(CadenceRule.person_id.is_not(None), CadenceRule.id))
    return [
        CadenceDraft(
            client_id=row.client_id,
            person_id=row.person_id,
            method=row.method,
            every_days=row.every_days,
            times_a_week=row.times_a_week,
            weekday=row.weekday,
            grace_days=row.grace_days,
            since=row.since,
            until=row.until,
            paused_until=row.paused_until,
            id=row.id,
        )
        for row in rows
    ]


def whom(session: Session, client_id: int) -> list[Someone]:
    """Return the client and then the circle, whom a rule can be about."""
    client = session.get_one(Person, session.get_one(Client, client_id).person_id)
    circle = (
        select(CircleMember, Person)
        .join(Person, CircleMember.person_id == Person.id)
        .where(CircleMember.client_id == client_id, CircleMember.until.is_(None))
        .order_by(CircleMember.position, CircleMember.id)
    )
    found: dict[int | None, Someone] = {None: Someone(None, parties.name_of(client))}
    for member, person in session.execute(circle):
        tie = Relationship(member.relationship).label if member.relationship else ""
        found.setdefault(person.id, Someone(person.id, parties.name_of(person), tie))
    return list(found.values())


def own_person(session: Session, client_id: int) -> int:
    """Return the number of the client as a person."""
    return session.get_one(Client, client_id).person_id


def last_contacts(session: Session, client_id: int) -> dict[int, reached.Contacted]:
    """Return when each person of a client's log was last reached and last tried."""
    return reached.last_contacts(session, client_id)


def silence_days(session: Session) -> int:
    """Return after how many days without anybody reached a client is brought up."""
    return _days(session, SILENCE_KEY, NOBODY_REACHED)


def set_silence_days(session: Session, days: int) -> None:
    _set_days(session, SILENCE_KEY, days)


def standstill_days(session: Session) -> int:
    """Return after how many days in which no goal moved a client is brought up."""
    return _days(session, STANDSTILL_KEY, NO_GOAL_MOVED)


def set_standstill_days(session: Session, days: int) -> None:
    _set_days(session, STANDSTILL_KEY, days)


def _days(session: Session, key: str, usual: int) -> int:
    """Read a number of days the practice set; a file may have brought anything under its key."""
    days = (session.scalar(_KEPT, {"key": key}) or {}).get("days")
    return days if isinstance(days, int) and days > 0 else usual


def _set_days(session: Session, key: str, days: int) -> None:
    if not 0 < days <= MOST_DAYS:
        raise Problem("Give a number of days from 1 to 366.")
    row = session.scalars(select(Setting).where(Setting.key == key)).one_or_none()
    row = row or Setting(key=key)
    row.value = {"days": days}
    session.add(row)


def snoozed(session: Session, day: date) -> dict[tuple[str, int], date]:
    """Return what is put off beyond a day, by kind and record, with the day it is there again."""
    return {(kind, record): until for kind, record, until in read(session, _SNOOZED, day=day)}


def snooze(session: Session, kind: str, record: int, until: date) -> None:
    """Hide a row of Today until a day, on which it is there again."""
    if until <= clock.today(session):
        raise Problem("This day has passed.", "Give a day to come.")
    row = session.scalars(
        select(Snooze).where(Snooze.kind == kind, Snooze.record == record)
    ).one_or_none()
    row = row or Snooze(kind=kind, record=record)
    row.until = until
    session.add(row)
