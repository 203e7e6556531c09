"""Search in a large practice, beside the bare question to the index."""

from typing import Any

import pytest

from cmdesk.casework import search
from cmdesk.casework.search import Hit
from cmdesk.store.engine import Raw
from cmdesk.store.store import Store
from tests.bench.big_vault import MIDDLING, PHRASE, RARE, VERY_COMMON
from tests.bench.floor import beside

HITS = 20
ROUNDS = 60
MOST = 15  # ms
BARE = "SELECT rowid FROM search WHERE search MATCH ? ORDER BY rowid DESC LIMIT ?"
TYPED = {
    "rare": RARE,
    "middling": MIDDLING,
    "very common": VERY_COMMON,
    "beginning": VERY_COMMON[:4],
    "two words": PHRASE,
    "two words, one very common": f"{VERY_COMMON} {MIDDLING}",
    "two very common words": "group today",
}


@pytest.mark.benchmark(group="search")
@pytest.mark.parametrize("name", TYPED)
def test_newest_hits(benchmark: Any, big_store: Store, big_raw: Raw, name: str) -> None:
    typed = TYPED[name]

    def find(words: str) -> list[Hit]:
        return big_store.ask(search.search, words, HITS)

    def bare(words: str) -> object:
        return big_raw.execute(BARE, (search.phrase(words), HITS)).fetchall()

    hits = find(typed)
    assert len(hits) == (3 if typed == RARE else HITS)
    assert all(hit.snippet for hit in hits)
    figure = beside(
        benchmark,
        f"search, {name}",
        find,
        bare,
        [typed] * ROUNDS,
        lambda floor: min(2 * floor + 2, MOST),
    )
    assert figure.found <= figure.allowed, figure.line
