"""Today computed in a young and in an old practice, beside the same questions asked bare."""

import gc
from collections.abc import Generator
from typing import Any

import pytest

from cmdesk.casework import agenda
from tests.bench.big_vault import CLIENTS, ENTRIES
from tests.bench.busy_vault import busy_vault
from tests.bench.floor import Figure, ask, beside, noted, overheard

ROUNDS = 40
MOST = 50  # ms
GROWTH = 1.3
YOUNG = 20_000  # entries


FOUND: dict[int, float] = {}


@pytest.fixture
def by_timer() -> Generator[None]:
    """Collect no garbage meanwhile.

    The program never does so on the thread that asks: `ui/garbage.py` does, on the window's own.
    """
    gc.collect()
    gc.disable()
    yield
    gc.enable()


@pytest.mark.usefixtures("by_timer")
@pytest.mark.benchmark(group="today")
@pytest.mark.parametrize("entries", [YOUNG, ENTRIES])
def test_today(benchmark: Any, entries: int) -> None:
    busy = busy_vault(entries)
    store, raw = busy.store(), busy.raw()
    try:
        rows = store.ask(agenda.on)
        assert {row.kind for row in rows} >= {"task", "update", "cadence"}
        assert len(rows) > CLIENTS
        asked = overheard(store._reader, lambda: store.ask(agenda.on))
        figure = beside(
            benchmark,
            f"today of {entries:,} entries, {len(rows)} rows",
            lambda _: store.ask(agenda.on),
            lambda _: ask(raw, asked),
            range(ROUNDS),
            lambda _floor: MOST,
        )
    finally:
        raw.close()
        store.close()
    FOUND[entries] = figure.found
    if len(FOUND) > 1:
        grown = FOUND[ENTRIES] / FOUND[YOUNG]
        growth = noted(
            benchmark, Figure("today, as the log grows tenfold", grown, None, GROWTH, "x")
        )
        assert growth.found <= growth.allowed, growth.line
    assert figure.found <= figure.allowed, figure.line
