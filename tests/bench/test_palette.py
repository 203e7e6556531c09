"""The search's answer after a key, in a large practice, beside the bare question to the index."""

from typing import Any

import pytest

from cmdesk.casework import jump, search
from cmdesk.store.engine import Raw
from cmdesk.store.store import Store
from tests.bench.big_vault import MIDDLING, VERY_COMMON
from tests.bench.floor import beside

ROUNDS = 60
MOST = 50  # ms
BARE = "SELECT rowid FROM search WHERE search MATCH ? ORDER BY rowid DESC LIMIT ?"


@pytest.mark.benchmark(group="palette")
@pytest.mark.parametrize("typed", ["brenner", "brener", f"maya {MIDDLING}", VERY_COMMON, "555 01"])
def test_answer_after_a_key(benchmark: Any, big_store: Store, big_raw: Raw, typed: str) -> None:
    index = big_store.ask(jump.read)

    def find(words: str) -> jump.Found:
        return big_store.ask(jump.find, index, words)

    def bare(words: str) -> object:
        return big_raw.execute(BARE, (search.phrase(words), jump.LOOKED_AT)).fetchall()

    assert index.names.known
    figure = beside(
        benchmark, f"search as typed, {typed}", find, bare, [typed] * ROUNDS, lambda _: MOST
    )
    assert figure.found <= figure.allowed, figure.line
