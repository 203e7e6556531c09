"""One client's needs against 25,000 programs, beside reading those programs at all."""

from collections.abc import Generator
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest
from sqlalchemy import insert
from sqlalchemy.orm import Session

from cmdesk.casework import clients, placement_match
from cmdesk.casework import placement_writes as writes
from cmdesk.casework.clients import ClientDraft
from cmdesk.models.base import Base
from cmdesk.models.provider import Organisation
from cmdesk.rules.placement import Asked, Match, Need
from cmdesk.rules.placement_draft import SearchForm
from cmdesk.rules.provider_codes import AgeGroup, Takes, Treats
from cmdesk.store import vault
from cmdesk.store.header import FLOOR
from cmdesk.store.store import Store
from tests.bench.floor import beside
from tests.records import PASSPHRASE, Clock

MOST: Final = 200  # milliseconds
TIMES: Final = 12  # of what reading the same columns takes
PROGRAMS: Final = 25_000
ROUNDS: Final = 20
NEEDS: Final = (
    Need(0, "Treats school refusal", weight=3, test=Match(Asked.TREATS, ("school_refusal",))),
    Need(0, "Takes teens", test=Match(Asked.AGE, ("teen",))),
    Need(0, "Takes Medicaid", test=Match(Asked.TAKES, ("medicaid",))),
    Need(0, "Place by April 2", test=Match(Asked.OPENING, by=date(2026, 4, 2))),
    Need(0, "Under $11,000 a month", test=Match(Asked.PRICE, most=1_100_000)),
    Need(0, "Full school credit"),
)
READ: Final = (
    "SELECT id, name, mine, treats, age_groups, takes, opening_on, openings, wait_days,"
    " verified_on, private_pay_cents, private_pay_per FROM organisation"
)


def programs() -> list[dict[str, Any]]:
    """Make programs that differ as those of a national directory do."""
    treats, ages, takes = list(Treats), list(AgeGroup), list(Takes)
    return [
        {
            "name": f"Program {number:05}",
            "mine": number % 100 == 0,
            "treats": [treats[(number + n) % len(treats)].value for n in range(number % 6)],
            "age_groups": [ages[(number + n) % len(ages)].value for n in range(number % 4)],
            "takes": [takes[(number + n) % len(takes)].value for n in range(number % 5)],
            "openings": number % 4 or None,
            "wait_days": number % 60 if number % 3 else None,
            "private_pay_cents": 10_000 + number if number % 2 else None,
            "private_pay_per": "day" if number % 2 else "",
        }
        for number in range(PROGRAMS)
    ]


@pytest.fixture
def store(tmp_path: Path) -> Generator[Store]:
    folder = tmp_path / "programs.cmdesk"
    opened = vault.create(folder, PASSPHRASE, Base.metadata, Clock(), kdf=FLOOR)[0]
    yield opened
    opened.close()


def made(session: Session) -> int:
    session.execute(insert(Organisation), programs())
    owen = clients.add(session, ClientDraft("Owen", "Castellano"))
    search = writes.begin(session, owen, SearchForm("A school", part2="no"))
    form = SearchForm("A school", part2="no", version=1)
    writes.save(session, search, form, NEEDS)
    return search


def test_a_client_against_all_programs(benchmark: Any, store: Store) -> None:
    search = store.do("Make", made)
    answer = store.ask(placement_match.find, search)
    assert answer.total == PROGRAMS
    assert answer.found[0].mine

    def match(text: str) -> int:
        return store.ask(placement_match.find, search, text).total

    def floor(_text: str) -> int:
        """Read the same columns of the same rows, and make nothing of them."""
        return store.ask(lambda session: len(session.connection().exec_driver_sql(READ).fetchall()))

    typed = [""] * ROUNDS
    name = "a client against 25,000 programs"
    figure = beside(benchmark, name, match, floor, typed, lambda least: min(MOST, TIMES * least))
    assert figure.found <= MOST
