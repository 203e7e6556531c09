"""How much of a letter's week may be told its reader: the same verdicts the letter asks for."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from cmdesk.casework import clock, parties, verdicts
from cmdesk.rules.consent import Outcome
from cmdesk.rules.periods import last_full_week


@dataclass(frozen=True, slots=True)
class Share:
    """Of so many `entries` of the week that is over, so many may be told."""

    told: int
    entries: int


def shares(session: Session, letters: Iterable[tuple[int, str]]) -> dict[tuple[int, str], Share]:
    """Count for each client and reader, named as the rules do; what is one's choice counts."""
    first, last = last_full_week(clock.today(session))
    found: dict[tuple[int, str], Share] = {}
    for client_id, reader in letters:
        party = parties.of_key(session, reader)
        judged = verdicts.of_period(session, client_id, party, first, last)
        told = sum(each.verdict.outcome is not Outcome.KEEP_BACK for each in judged)
        found[client_id, reader] = Share(told, len(judged))
    return found
