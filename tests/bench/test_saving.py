"""One contact logged and signed in a large practice, beside a bare commit of the very same rows."""

from datetime import date
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest

from cmdesk.casework import entries
from cmdesk.rules.log import LogDraft
from cmdesk.store.store import Store
from tests.bench.big_vault import CLIENTS, Big
from tests.bench.floor import Statement, beside, overheard

ROUNDS = 100
DRAFTS = [
    LogDraft(
        client_id=1 + number % CLIENTS,
        day=date(2026, 3, 6),
        minutes=20,
        participants=(2 + 2 * (number % CLIENTS),),
        narrative=f"Call number {number}: the group went well, and the ferry was late.",
        topics=("progress",),
        family_line="A good week in group.",
        follow_up="Ask about the ferry",
    )
    for number in range(ROUNDS)
]


def writes(heard: list[Statement]) -> list[Statement]:
    """Leave out what is read, and the journal, which no bare commit has."""
    written = ("INSERT", "UPDATE", "DELETE")
    return [
        (sql, values)
        for sql, values in heard
        if sql.startswith(written) and not sql.startswith("DELETE FROM journal")
    ]


def save(store: Store, number: int) -> int:
    return store.do("Log", entries.log, DRAFTS[number], sign=True)


@pytest.mark.benchmark(group="saving")
def test_logged_contact(benchmark: Any, big: Big, copied: Big, tmp_path: Path) -> None:
    """The same contacts are saved three times: overheard, through the store, and bare."""
    heard = big.copied(tmp_path / "heard.cmdesk").store()
    rows = [
        writes(overheard(heard._writer.engine, lambda n=number: save(heard, n)))
        for number in range(len(DRAFTS))
    ]
    heard.close()
    raw, store = big.copied(tmp_path / "bare.cmdesk").raw(), copied.store()

    def bare(number: int) -> None:
        raw.execute("BEGIN IMMEDIATE")
        for sql, values in rows[number]:
            raw.execute(sql, values)
        raw.execute("COMMIT")

    figure = beside(
        benchmark,
        "one contact logged and signed",
        lambda number: save(store, number),
        bare,
        range(len(DRAFTS)),
        lambda floor: 3 * floor,
        timer=perf_counter,
        warm_up=0,
    )
    raw.close()
    store.close()
    assert figure.found <= figure.allowed, figure.line
