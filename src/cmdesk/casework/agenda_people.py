"""Whom to reach by the rules set for them, and the families of whom nobody was reached."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from functools import cache, lru_cache
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, func, or_, select
from sqlalchemy.orm import Session, aliased

from cmdesk.casework import clients, clock, merged, parties, reached, rhythm
from cmdesk.casework.agenda_dates import Refs
from cmdesk.casework.columns import among, listed, read
from cmdesk.models.client import CircleMember, Client, Engagement
from cmdesk.models.person import Person
from cmdesk.models.rhythm import CadenceRule
from cmdesk.rules.agenda_items import Reach, Silence
from cmdesk.rules.cadence import Rhythm, reach_due
from cmdesk.rules.codes import CaseRole, Weekday
from cmdesk.rules.contact_codes import Method

TRIES_WITHIN: Final = 60  # days: older calls in vain are no longer counted
WAYS: Final[dict[str, str]] = {
    Method.PHONE: "Call {name}",
    Method.VIDEO: "Video call with {name}",
    Method.IN_PERSON: "Meet {name}",
    Method.TEXT: "Text {name}",
    Method.E_MAIL: "E-mail {name}",
}

_weekday, _alike = cache(Weekday), lru_cache(maxsize=1024)(Rhythm)  # many are alike
_whom = aliased(Person)
_them = func.coalesce(CadenceRule.person_id, Client.person_id)
_RULES: Final = (
    select(
        *(CadenceRule.id, CadenceRule.client_id, CadenceRule.every_days, CadenceRule.times_a_week),
        *(CadenceRule.weekday, CadenceRule.grace_days, CadenceRule.since, CadenceRule.until),
        *(CadenceRule.paused_until, _them.label("them"), Client.person_id.label("own")),
        reached.last_met(CadenceRule.client_id, _them, Client.person_id).label("newest"),
    )
    .join(Client, CadenceRule.client_id == Client.id)
    .where(
        or_(CadenceRule.until.is_(None), CadenceRule.until >= bindparam("day")),
        or_(CadenceRule.paused_until.is_(None), CadenceRule.paused_until < bindparam("day")),
    )
)
_CIRCLE: Final = select(
    CircleMember.client_id, CircleMember.person_id, CircleMember.roles, CircleMember.until
).where(CircleMember.client_id.in_(among("clients")))
_WHOM: Final = (  # asked of those who are due alone
    select(
        *(CadenceRule.id, CadenceRule.ref, CadenceRule.uid, CadenceRule.person_id),
        *(CadenceRule.method, _whom.ref.label("their_ref"), _whom.uid.label("their_uid")),
        *(_whom.given_name, _whom.family_name, _whom.preferred_name),
    )
    .join(Client, CadenceRule.client_id == Client.id)
    .join(_whom, _whom.id == _them)
    .where(CadenceRule.id.in_(among("ids")))
)
_began = (
    select(func.max(Engagement.began_on)).where(Engagement.client_id == Client.id).scalar_subquery()
)
_SILENT: Final = (
    select(
        *(Client.id, Client.created_at, reached.anybody_met(Client.id).label("newest")),
        *(_began.label("began"), Person.given_name, Person.family_name, Person.preferred_name),
    )
    .join(Person, Client.person_id == Person.id)
    .where(
        Client.status.in_(clients.GROUPS["active"]),
        Client.id.not_in(merged.gone_clients()),
        ~reached.anybody_met_since(Client.id, bindparam("limit")),
    )
)


def reaches(
    session: Session,
    refs: Refs,
    day: date,
    zone: ZoneInfo,
    *,
    until: date | None = None,
    tried: bool = True,
) -> Iterator[Reach]:
    """Give whom the rules make due by `until`, with the last contact and, if wanted, the tries."""
    rows = [row for row in read(session, _RULES, day=day) if row.client_id in refs]
    often = _this_week(session, rows, day, zone)
    joined = _joined(session, {row.client_id for row in rows})
    due: list[tuple[Any, Rhythm, datetime | None]] = []
    for row in rows:
        own, rule = joined.get(row.client_id), _rhythm(row)
        at = row.newest if own is None else own.get(row.them)
        this_week = often.get((row.client_id, row.them), 0) if rule.times_a_week else 0
        first = reach_due(rule, at.astimezone(zone).date() if at else None, this_week, day)
        if first is not None and first <= (until or day):  # of nobody else are the tries told
            due.append((row, rule, at))
    may = _may_be_reached(session, [row for row, _, _ in due], day)
    due = [each for each in due if each[0].id in may]
    if not due:
        return
    vain = _tried(session, {row.client_id for row, _, _ in due}) if tried else {}
    whom = {each.id: each for each in read(session, _WHOM, ids=listed(row.id for row, _, _ in due))}
    for row, rule, at in due:
        pair, them = (row.client_id, row.them), whom[row.id]
        yield Reach(
            ref=them.ref or them.uid,
            client=refs[row.client_id],
            person=them.their_ref or them.their_uid if them.person_id else None,
            title=_way(them),
            rhythm=rule,
            last_reached=at.astimezone(zone).date() if at else None,
            this_week=often.get(pair, 0),
            tried=sum(at is None or each > at for each in vain.get(pair, ())),
            record=row.id,
        )


def _may_be_reached(session: Session, rows: Sequence[Any], day: date) -> set[int]:
    """Leave out the rules about those who left the circle, or are not to be contacted."""
    if not rows:
        return set()
    owners, now = merged.owners(session), merged.people(session)

    def pair(client: int, person: int) -> tuple[int, int]:
        return owners.get(client, client), now.get(person, person)

    charts = {pair(row.client_id, row.them)[0] for row in rows}
    charts |= {gone for gone, kept in owners.items() if kept in charts}
    there: set[tuple[int, int]] = set()
    barred: set[tuple[int, int]] = set()
    for client, person, roles, until in read(session, _CIRCLE, clients=listed(charts)):
        if CaseRole.DO_NOT_CONTACT in roles:
            barred.add(pair(client, person))  # also after their time here
        elif until is None or until >= day:
            there.add(pair(client, person))
    open_to = there - barred
    return {
        row.id for row in rows if row.them == row.own or pair(row.client_id, row.them) in open_to
    }


def _this_week(
    session: Session, rows: list[Any], day: date, zone: ZoneInfo
) -> dict[tuple[int, int], int]:
    """Count the days since Monday on which someone was reached, where a rule counts them."""
    begins = datetime.combine(day - timedelta(days=day.weekday()), time(), zone)
    counted = sorted({row.client_id for row in rows if row.times_a_week})
    return reached.days_met(session, counted, begins)


def _tried(session: Session, charts: set[int]) -> dict[tuple[int, int], list[datetime]]:
    since = clock.now(session) - timedelta(days=TRIES_WITHIN)
    return reached.counted(reached.tries(session, charts, since))


def _joined(session: Session, charts: set[int]) -> dict[int, dict[int, datetime]]:
    """Return the last contacts of the charts that took up another one."""
    kept = set(merged.owners(session).values()) & charts
    return {number: reached.last_moments(session, number) for number in kept}


def _way(row: Any) -> str:
    """Say what is to be done: `Call Diane Brenner`, `Meet Maya`."""
    name = parties.name_of(row).full if row.person_id else parties.called(row)
    return WAYS.get(row.method or Method.PHONE, "Reach {name}").format(name=name)


def _rhythm(row: Any) -> Rhythm:
    weekday = _weekday(row.weekday) if row.weekday else None
    often = row.every_days, row.times_a_week, weekday, row.grace_days
    return _alike(*often, row.since, row.until, row.paused_until)


def silences(session: Session, refs: Refs, zone: ZoneInfo) -> Iterator[Silence]:
    """Give the clients of whom nobody was reached for as long as is set."""
    after = rhythm.silence_days(session)
    limit = clock.now(session) - timedelta(days=after - 1)
    joined = set(merged.owners(session).values())
    for row in read(session, _SILENT, limit=limit):
        at = row.newest
        if row.id in joined:
            at = max(reached.last_moments(session, row.id).values(), default=None)
        if at is not None and at >= limit:
            continue
        first = row.began or row.created_at.astimezone(zone).date()
        yield Silence(
            ref=refs[row.id],
            client=refs[row.id],
            called=parties.called(row),
            since=at.astimezone(zone).date() if at else first,
            ever=at is not None,
            after=after,
            record=row.id,
        )
