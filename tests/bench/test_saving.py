"""One contact logged and signed in a large practice, beside a bare commit of the very same rows."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from cmdesk.casework import entries
from cmdesk.rules.log import LogDraft
from cmdesk.store.store import Store
from tests.bench.big_vault import CLIENTS, Big
from tests.bench.floor import (
    MILLISECONDS,
    WARM_UP,
    Figure,
    Statement,
    beside,
    noted,
    overheard,
    p95,
)

ROUNDS = 100
MOST = 50  # ms
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
    for number in range(ROUNDS + WARM_UP)
]


def writes(heard: list[Statement]) -> list[Statement]:
    """Leave out what is read, and the journal, which no bare commit has."""
    written = ("INSERT", "UPDATE", "DELETE")
    return [
        (sql, values)
        for sql, values in heard
        if sql.startswith(written) and not sql.startswith("DELETE FROM journal")
    ]


@pytest.mark.benchmark(group="saving")
def test_logged_contact(benchmark: Any, big: Big, copied: Big, tmp_path: Path) -> None:
    """The same contacts are saved twice: through the store, overheard, and again by themselves."""
    store, raw = copied.store(), big.copied(tmp_path / "bare.cmdesk").raw()
    to_do: dict[int, list[Statement]] = {}
    heard_first = big.copied(tmp_path / "heard.cmdesk").store()
    for number in range(len(DRAFTS)):
        to_do[number] = writes(
            overheard(heard_first._writer, lambda n=number: save(heard_first, n))
        )
    heard_first.close()

    def bare(number: int) -> None:
        raw.execute("BEGIN IMMEDIATE")
        for sql, values in to_do[number]:
            raw.execute(sql, values)
        raw.execute("COMMIT")

    for number in range(WARM_UP):
        bare(number)
        save(store, number)
    figure = in_turn(benchmark, store, bare)
    raw.close()
    store.close()
    assert figure.found <= figure.allowed, figure.line


def save(store: Store, number: int) -> int:
    return store.do("Log", entries.log, DRAFTS[number], sign=True)


def in_turn(benchmark: Any, store: Store, bare: Any) -> Figure:
    raise NotImplementedError
