"""How many verdicts a second: a year's log of a large practice, read for five people."""

from datetime import date, timedelta
from random import Random
from typing import Any, cast

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from cmdesk.rules.codes import ConsentKind, Mark
from cmdesk.rules.consent import Entry, Recipient, Restriction, verdict
from cmdesk.rules.contact_codes import EntryStatus, Part2
from cmdesk.rules.topics import Topic
from tests.rules.making import consent, stand

ENTRIES, READERS = 10_000, 5
ASKED_FOR = 100_000  # verdicts a second on one core


def drawn_entry(number: int, draw: Random) -> Entry:
    usual = list(Topic)[:14]
    return Entry(
        ref=f"e-{number}",
        status=EntryStatus.SIGNED if draw.random() < 0.95 else EntryStatus.DRAFT,
        topics=frozenset(draw.sample(usual, draw.randint(1, 3))),
        part2=draw.choice(list(Part2)),
        family_line="A good week in group.",
        short_line="A good week." if draw.random() < 0.5 else None,
        short_topics=frozenset({Topic.PROGRESS}),
        marks={f"p-{draw.randrange(READERS)}": Mark.SHORT} if draw.random() < 0.2 else {},
    )


@pytest.mark.benchmark(group="verdicts")
def test_verdicts_a_second(benchmark: BenchmarkFixture) -> None:
    draw = Random(20260309)  # noqa: S311 - a log to read, not a secret
    entries = [drawn_entry(number, draw) for number in range(ENTRIES)]
    readers = [Recipient(f"p-{n}", "Diane", "Diane Brenner") for n in range(READERS)]
    consents = [
        consent(
            ref=f"k-{number}",
            kind=draw.choice([ConsentKind.PART2_SPECIFIC, ConsentKind.HIPAA]),
            recipients=frozenset({f"p-{number % READERS}"}),
            topics=frozenset(draw.sample(list(Topic)[:14], 9)),
            signed_on=date(2026, 1, 1) + timedelta(days=number),
        )
        for number in range(15)
    ]
    held = Restriction(frozenset({"p-0", "p-1"}), frozenset({Topic.TREATMENT}))
    standings = [stand(*consents, recipient=reader, restrictions=(held,)) for reader in readers]

    def read_all() -> int:
        return sum(verdict(entry, standing).rule for standing in standings for entry in entries)

    assert benchmark(read_all) > 0
    figures = cast("Any", benchmark)  # the plugin types neither its figures nor its notes
    a_second = ENTRIES * READERS / figures.stats.stats.min
    figures.extra_info["verdicts a second"] = round(a_second)
    assert a_second >= ASKED_FOR
