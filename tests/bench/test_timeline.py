"""A page of the log in a large practice, beside the same questions asked of SQLCipher alone."""

from collections.abc import Sequence
from random import Random
from typing import Any

import pytest

from cmdesk.casework import timeline
from cmdesk.casework.timeline import TimelineRow
from cmdesk.rules.consent import Standing
from cmdesk.store.engine import Raw
from cmdesk.store.store import Store
from tests.bench.big_vault import CLIENTS
from tests.bench.floor import ask, beside, overheard

PAGE = 60  # entries
ROUNDS = 200
MOST = 20  # ms
Page = tuple[list[int], Sequence[Standing]]


def pages(store: Store, count: int) -> list[Page]:
    """Choose pages all over the practice, each with where its readers stand."""
    draw = Random(1)  # noqa: S311 - pages to read, not secrets
    chosen: list[Page] = []
    for _ in range(count):
        client = draw.randint(1, CLIENTS)
        ids = store.ask(timeline.find, client)
        start = draw.randrange(len(ids) - PAGE)
        chosen.append((ids[start : start + PAGE], store.ask(timeline.standings, client)))
    return chosen


@pytest.mark.benchmark(group="timeline")
def test_page_of_the_log(benchmark: Any, big_store: Store, big_raw: Raw) -> None:
    chosen = pages(big_store, ROUNDS)

    def show(page: Page) -> list[TimelineRow]:
        return big_store.ask(timeline.rows, *page)

    assert all(len(show(page)) == PAGE for page in chosen[:3])
    asked = {page[0][0]: overheard(big_store._reader, lambda p=page: show(p)) for page in chosen}
    figure = beside(
        benchmark,
        f"timeline page of {PAGE}",
        show,
        lambda page: ask(big_raw, asked[page[0][0]]),
        chosen,
        lambda floor: min(3 * floor, MOST),
    )
    assert figure.found <= figure.allowed, figure.line


@pytest.mark.benchmark(group="timeline")
def test_all_numbers_of_a_client(benchmark: Any, big_store: Store, big_raw: Raw) -> None:
    """What is asked once as the log opens: the order of all entries, and the readers."""
    draw = Random(2)  # noqa: S311 - clients to open, not secrets
    clients = [draw.randint(1, CLIENTS) for _ in range(ROUNDS)]

    def open_log(client: int) -> None:
        big_store.ask(timeline.find, client)
        big_store.ask(timeline.standings, client)

    asked = {
        client: overheard(big_store._reader, lambda c=client: open_log(c)) for client in clients
    }
    figure = beside(
        benchmark,
        "opening a log of 400",
        open_log,
        lambda client: ask(big_raw, asked[client]),
        clients,
        lambda _floor: MOST,
    )
    assert figure.found <= figure.allowed, figure.line
