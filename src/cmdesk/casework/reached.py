"""Who was reached when, and who was only tried: asked of the log, never kept beside it."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final, cast

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    ScalarSelect,
    and_,
    bindparam,
    exists,
    func,
    or_,
    select,
)
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from cmdesk.casework import clock, merged
from cmdesk.casework.columns import among, listed, read
from cmdesk.models.client import Client
from cmdesk.models.entry import Entry, EntryParticipant, EntryWrongChart
from cmdesk.rules.contact_codes import EntryKind
from cmdesk.rules.log import UNREACHED

MEETINGS: Final = (
    EntryKind.CONTACT,
    EntryKind.MEETING,
    EntryKind.CRISIS_RESPONSE,
    EntryKind.COURT,
    EntryKind.CONSULTATION,
)

EVER: Final = datetime(1, 1, 2, tzinfo=UTC)  # before any contact
newest = aliased(EntryWrongChart)
Number = InstrumentedAttribute[int] | ColumnElement[int]


@dataclass(frozen=True, slots=True)
class Contacted:
    """Days in the practice's zone. `attempts` in vain are those since one was last reached."""

    reached: date | None = None
    tried: date | None = None
    attempts: int = 0


NEVER: Final = Contacted()


@dataclass(frozen=True, slots=True)
class Try:
    """One call that reached nobody."""

    client_id: int
    person_id: int
    at: datetime


def happened() -> ColumnElement[bool]:
    """Leave out what was entered on the wrong chart; the newest word on that counts."""
    last = (
        select(func.max(newest.id))
        .where(newest.entry_id == EntryWrongChart.entry_id)
        .scalar_subquery()
    )
    return Entry.id.not_in(
        select(EntryWrongChart.entry_id).where(
            EntryWrongChart.wrong.is_(True), EntryWrongChart.id == last
        )
    )


def met() -> ColumnElement[bool]:
    """Whether an entry reached those who took part in it."""
    return and_(Entry.kind.in_(MEETINGS), Entry.outcome.not_in(UNREACHED), happened())


def _took_part(person: Number | None, *, reached: bool = True) -> ColumnElement[bool]:
    part = EntryParticipant
    query = select(part.id).where(part.entry_id == Entry.id)
    if person is not None:
        query = query.where(part.person_id == person)
    if reached:
        query = query.where(part.reached.is_(True))
    # Said outright: left alone, the person two questions further out would be asked for anew.
    return exists(query.correlate_except(part))


def last_met(client: Number, person: Number, own: Number) -> ScalarSelect[datetime | None]:
    """Ask for the last contact with a person of a client, newest first so that one row is read.

    A contact that names nobody was with the client, whose own person is `own`.
    """
    alone = and_(person == own, ~_took_part(None, reached=False))
    return _newest(client, or_(_took_part(person), alone))


def anybody_met(client: Number) -> ScalarSelect[datetime | None]:
    """Ask for the last contact with anybody around a client."""
    return _newest(client, _with_anybody())


def anybody_met_since(client: Number, since: BindParameter[datetime]) -> ColumnElement[bool]:
    """Whether anybody around a client was reached since a moment."""
    query = select(Entry.id).where(
        Entry.client_id == client, Entry.occurred_at >= since, met(), _with_anybody()
    )
    return exists(query.correlate_except(Entry))


def _with_anybody() -> ColumnElement[bool]:
    return or_(_took_part(None), ~_took_part(None, reached=False))


def _newest(client: Number, with_them: ColumnElement[bool]) -> ScalarSelect[datetime | None]:
    query = (
        select(Entry.occurred_at)
        .where(Entry.client_id == client, met(), with_them)
        .order_by(Entry.occurred_at.desc())
        .limit(1)
        .correlate_except(Entry)
    )
    return cast("ScalarSelect[datetime | None]", query.scalar_subquery())


def tries(session: Session, clients: Collection[int], since: datetime = EVER) -> list[Try]:
    """Return what reached nobody in some charts: by its outcome, its kind, or for one person."""
    found = read(session, _TRIES, clients=listed(clients), since=since) if clients else ()
    return [Try(*row) for row in found]


def counted(found: Iterable[Try]) -> dict[tuple[int, int], list[datetime]]:
    """Put the moments of tries together, by client and person."""
    made: dict[tuple[int, int], list[datetime]] = {}
    for each in found:
        made.setdefault((each.client_id, each.person_id), []).append(each.at)
    return made


def last_contacts(session: Session, client_id: int) -> dict[int, Contacted]:
    """Return for every person in a client's log when they were last reached and last tried.

    The client stands under the number of their own person, contacts that name nobody included.
    """
    zone, last = clock.zone(session), last_moments(session, client_id)
    found = counted(tries(session, merged.own_ids(session, client_id)))
    tried: dict[int, list[datetime]] = {}
    for (_, person), moments in found.items():
        tried.setdefault(merged.kept_person(session, person), []).extend(moments)
    return {
        person: Contacted(
            reached=last[person].astimezone(zone).date() if person in last else None,
            tried=max(tried[person]).astimezone(zone).date() if person in tried else None,
            attempts=sum(person not in last or at > last[person] for at in tried.get(person, ())),
        )
        for person in last.keys() | tried.keys()
    }


def last_moments(session: Session, client_id: int) -> dict[int, datetime]:
    """Return when each person of one chart was last reached, what was merged into it included."""
    charts = merged.own_ids(session, client_id)
    own = session.scalar(select(Client.person_id).where(Client.id == client_id)) or 0
    reached = (
        select(EntryParticipant.person_id, func.max(Entry.occurred_at))
        .join(Entry, EntryParticipant.entry_id == Entry.id)
        .where(Entry.client_id.in_(charts), met(), EntryParticipant.reached.is_(True))
        .group_by(EntryParticipant.person_id)
    )
    alone = select(func.max(Entry.occurred_at)).where(
        Entry.client_id.in_(charts), met(), ~_took_part(None, reached=False)
    )
    last: dict[int, datetime] = {}
    found = [*session.execute(reached), (own, session.scalar(alone))]
    for number, at in found:
        person = merged.kept_person(session, number)
        if at is not None:
            last[person] = max(at, last.get(person, at))
    return last


def days_met(
    session: Session, clients: Sequence[int], since: datetime
) -> dict[tuple[int, int], int]:
    """Count the days on which each person was reached, by client and person."""
    return {pair: len(found) for pair, found in which_days(session, clients, since).items()}


def which_days(
    session: Session, clients: Sequence[int], since: datetime
) -> dict[tuple[int, int], set[date]]:
    """Return the days on which each person was reached, by client and person."""
    if not clients:
        return {}
    zone = clock.zone(session)
    days: dict[tuple[int, int], set[date]] = {}
    for client, person, at in read(session, _MET, clients=listed(clients), since=since):
        days.setdefault((client, person), set()).add(at.astimezone(zone).date())
    return days


# Put together once, with what is made above: both are asked at every look at the day.
_TRIES: Final = (
    select(Entry.client_id, EntryParticipant.person_id, Entry.occurred_at)
    .join(EntryParticipant, EntryParticipant.entry_id == Entry.id)
    .where(
        Entry.client_id.in_(among("clients")),
        Entry.occurred_at >= bindparam("since"),
        Entry.kind.in_((*MEETINGS, EntryKind.ATTEMPTED_CONTACT)),
        or_(
            Entry.kind == EntryKind.ATTEMPTED_CONTACT,
            Entry.outcome.in_(UNREACHED),
            EntryParticipant.reached.is_(False),
        ),
        happened(),
    )
)
_MET: Final = (
    select(
        Entry.client_id,
        func.coalesce(EntryParticipant.person_id, Client.person_id),
        Entry.occurred_at,
    )
    .join(Client, Entry.client_id == Client.id)
    .outerjoin(EntryParticipant, EntryParticipant.entry_id == Entry.id)
    .where(
        Entry.client_id.in_(among("clients")),
        Entry.occurred_at >= bindparam("since"),
        met(),
        or_(EntryParticipant.id.is_(None), EntryParticipant.reached.is_(True)),
    )
)
