"""How much of a letter's week may be told its reader: the same verdicts the letter asks for."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from cmdesk.casework import clock, parties, standings, verdicts
from cmdesk.rules import consent as rules
from cmdesk.rules.consent import Outcome
from cmdesk.rules.periods import last_full_week


@dataclass(frozen=True, slots=True)
class Share:
    """Of so many `entries` of the week that is over, so many may be told."""

    told: int
    entries: int


def shares(session: Session, letters: Iterable[tuple[int, str]]) -> dict[tuple[int, str], Share]:
    """Count for each client and reader, named as the rules do; what is one's choice counts."""
    today = clock.today(session)
    letters = list(letters)
    readers = parties.of_keys(session, {key for _, key in letters})
    wanted = [(client_id, key, readers[key]) for client_id, key in letters if key in readers]
    where = standings.standings(session, [(each[0], each[2]) for each in wanted], today)
    weeks = verdicts.entries_of_charts(
        session, {client_id for client_id, _ in letters}, *last_full_week(today)
    )
    numbers = [number for week in weeks.values() for number in week]
    entries = {number: entry for number, _, entry in verdicts.for_rules(session, numbers)}
    found: dict[tuple[int, str], Share] = {}
    for client_id, key, party in wanted:
        stand, week = where[client_id, party.person_id or 0], weeks.get(client_id, ())
        judged = (rules.verdict(entries[number], stand) for number in week)
        told = sum(each.outcome is not Outcome.KEEP_BACK for each in judged)
        found[client_id, key] = Share(told, len(week))
    return found
