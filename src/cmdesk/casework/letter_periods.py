"""The days each reader's next letter tells of, asked for many plans at once (decision 0020)."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Final, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cmdesk.casework import clients, clock, letter_templates, letters_sent, plan_facts, plan_list
from cmdesk.casework.columns import among, listed, read
from cmdesk.casework.letter_entries import WEEKS, series
from cmdesk.casework.parties import Party
from cmdesk.casework.plan_facts import Pair, Several
from cmdesk.casework.plan_list import Planned
from cmdesk.models.update import Update, UpdateCopy
from cmdesk.rules import letter_period as rules
from cmdesk.rules.codes import Cadence
from cmdesk.rules.letter_period import Period
from cmdesk.rules.letter_template import WEEKLY, Span

_UNTIL: Final = (
    select(
        *(Update.client_id, UpdateCopy.person_id, Update.template),
        func.max(Update.period_until).label("until"),
    )
    .join(Update, UpdateCopy.update_id == Update.id)
    .where(Update.client_id.in_(among("clients")), UpdateCopy.person_id.in_(among("people")))
    .where(letters_sent.reached())
    .group_by(Update.client_id, UpdateCopy.person_id, Update.template)
)


class Ask(NamedTuple):
    """One reader's letter: how often it is agreed, in which kind, and when it is due next."""

    client_id: int
    person_id: int
    every: str
    template: str
    due: date

    @property
    def pair(self) -> Pair:
        return self.client_id, self.person_id


def ask(plan: Planned) -> Ask:
    row = plan.row
    return Ask(row.client_id, row.recipient_id, row.every, row.template, plan.due)


def of_plans(
    session: Session, asked: Iterable[Ask], today: date, known: Several | None = None
) -> dict[Ask, Period]:
    """Return for each letter the first and the last day it tells of today."""
    asked = list(asked)
    if not asked:
        return {}
    known = known or plan_facts.several(session)
    until = _told_until(session, {each.pair for each in asked}, known)
    spans = _spans(session, {each.template for each in asked})
    found: dict[Ask, Period] = {}
    for each in asked:
        told = _until(until, known.now(*each.pair), each.template)
        span = spans[each.template]
        if span is Span.WEEK or (span is Span.MONTH and told is not None):
            found[each] = rules.running(told, each.due, Cadence(each.every), today)
        else:
            found[each] = _other(session, each.client_id, span, told, today)
    return found


def _other(session: Session, client_id: int, span: Span, told: date | None, today: date) -> Period:
    if span is Span.STAY:
        stay = clients.current_episode(session, client_id, today)
        if stay is not None and stay.first_day is not None and stay.first_day <= today:
            return stay.first_day, today
    return rules.of_span(span.value, told, today)


def _spans(session: Session, codes: Collection[str]) -> dict[str, Span]:
    """Return which days kinds of letters tell of; one that is gone is written as the weekly one."""
    found: dict[str, Span] = {}
    for code in codes:
        kind = None if code in WEEKS else letter_templates.find(session, code)
        found[code] = kind.span if kind else Span.WEEK
    return found


def _told_until(
    session: Session, pairs: Collection[Pair], known: Several
) -> dict[tuple[Pair, str], date]:
    """Return the last day that letters told of, by client and reader, under any of their numbers.

    By the kind of letter as well: a crisis notice closes no week.
    """
    now = {known.now(*pair) for pair in pairs}
    own, people = {client for client, _ in now}, {person for _, person in now}
    rows = read(
        session,
        _UNTIL,
        clients=listed(own | {gone for gone, kept in known.clients.items() if kept in own}),
        people=listed(people | {gone for gone, kept in known.people.items() if kept in people}),
    )
    found: dict[tuple[Pair, str], date] = {}
    for row in rows:
        key = (known.now(row.client_id, row.person_id), row.template)
        found[key] = max(row.until, found.get(key, row.until))
    return found


def _until(found: dict[tuple[Pair, str], date], pair: Pair, template: str) -> date | None:
    codes = series(template)
    return max((day for code in codes if (day := found.get((pair, code)))), default=None)


def period_of(session: Session, client_id: int, party: Party, template: str = WEEKLY) -> Period:
    """Return the first and the last day that the next letter of a kind tells this reader of.

    Without an agreed plan a week ends on Sunday.
    """
    today, zone = clock.today(session), clock.zone(session)
    known = plan_facts.several(session)
    rows = plan_list.holding(session, today, client_id)
    for plan in plan_list.planned(session, rows, today, zone, known):
        if known.now(client_id, plan.row.recipient_id)[1] == party.person_id:
            ask = Ask(client_id, plan.row.recipient_id, plan.row.every, template, plan.due)
            return of_plans(session, [ask], today, known)[ask]
    return _unplanned(session, client_id, party, template, today, known)


def _unplanned(
    session: Session, client_id: int, party: Party, template: str, today: date, known: Several
) -> Period:
    until: dict[tuple[Pair, str], date] = {}
    pair = (client_id, party.person_id or 0)
    if party.person_id is not None:
        until = _told_until(session, {pair}, known)
    else:
        for _, update in letters_sent.copies(session, client_id, party):
            key = (pair, update.template)
            until[key] = max(update.period_until, until.get(key, update.period_until))
    told = _until(until, known.now(*pair), template)
    span = _spans(session, {template})[template]
    if span is Span.WEEK:
        return rules.running(told, None, Cadence.WEEK, today)
    return _other(session, client_id, span, told, today)


__all__ = ["Ask", "ask", "of_plans", "period_of"]
