"""How much of a letter's week may be told its reader: the same verdicts the letter asks for."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from cmdesk.casework import (
    clock,
    letter_periods,
    next_letter,
    parties,
    plan_facts,
    plan_list,
    standings,
    verdicts,
)
from cmdesk.casework.letter_periods import Ask
from cmdesk.rules import consent as rules
from cmdesk.rules.consent import Outcome
from cmdesk.rules.letter_entries import looked_back


@dataclass(frozen=True, slots=True)
class Share:
    """Of so many `entries` of the days the letter tells of, so many may be told."""

    told: int
    entries: int


def shares(session: Session, letters: Iterable[tuple[int, str]]) -> dict[tuple[int, str], Share]:
    """Count for each client and reader, named as the rules do; what is one's choice counts."""
    today, zone = clock.today(session), clock.zone(session)
    letters = list(letters)
    readers = parties.of_keys(session, {key for _, key in letters})
    asked = _asked(session, letters, today)
    wanted = [(*pair, readers[pair[1]]) for pair in letters if pair in asked and pair[1] in readers]
    if not wanted:
        return {}
    known = plan_facts.several(session)
    periods = letter_periods.of_plans(session, asked.values(), today, known)
    where = standings.standings(session, [(client, party) for client, _, party in wanted], today)
    kinds = next_letter.kinds(session, {each.template for each in asked.values()})
    begin, end = min(day for day, _ in periods.values()), max(day for _, day in periods.values())
    charts = {client for client, _ in letters}
    weeks = verdicts.entries_of_charts(session, charts, begin, end)
    back = verdicts.entries_of_charts(session, charts, looked_back(begin)[0], end)
    late = next_letter.too_late(session, periods, where, kinds, back, known)
    numbers = [number for week in weeks.values() for number in week]
    entries = {number: (at, entry) for number, at, entry in verdicts.for_rules(session, numbers)}
    found: dict[tuple[int, str], Share] = {}
    for client_id, key, party in wanted:
        ask = asked[client_id, key]
        stand = where[client_id, party.person_id or 0]
        stand = next_letter.narrowed(stand, kinds[ask.template])
        own = {number: entries[number] for number in weeks.get(client_id, ())}
        week = next_letter.within(own, periods[ask], zone)
        week |= {number: entry for number, (_, entry) in late.get(ask, {}).items()}
        judged = (rules.verdict(entry, stand) for entry in week.values())
        told = sum(each.outcome is not Outcome.KEEP_BACK for each in judged)
        found[client_id, key] = Share(told, len(week))
    return found


def _asked(
    session: Session, letters: Collection[tuple[int, str]], today: date
) -> dict[tuple[int, str], Ask]:
    """Return the letter each plan that holds asks for, by client and reader."""
    known, clients = plan_facts.several(session), {client for client, _ in letters}
    rows = [row for row in plan_list.holding(session, today) if row.client_id in clients]
    plans = plan_list.planned(session, rows, today, clock.zone(session), known)
    found = {
        (plan.row.client_id, parties.person_key(plan.row.recipient_id)): letter_periods.ask(plan)
        for plan in plans
    }
    return {pair: found[pair] for pair in letters if pair in found}
