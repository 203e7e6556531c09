"""The leak check at 500 clients: an index once, then a key typed, beside looking for each name."""

from random import Random
from typing import Any

from cmdesk.casework import leak_check, parties, updates
from cmdesk.casework.leak_check import Watch
from cmdesk.models.client import CircleMember
from cmdesk.rules import leaks
from cmdesk.rules.leaks import Held, Index, Named
from cmdesk.rules.topics import Topic
from cmdesk.store.store import Store
from tests.bench.floor import beside
from tests.records import WEEK
from tests.reports.letters import CLOSE, HAPPENED_1, HAPPENED_2, HAPPENED_3, HELP, OPENING

MOST = 16  # ms, one frame
BUILT = 250  # ms, off the keys: once when a letter is opened
PEOPLE = 3_000  # 500 clients with five people each
KEYS = 60
LINES = 15_000
SECTIONS = (OPENING, HAPPENED_1, HAPPENED_2, HAPPENED_3, HELP, CLOSE)


def people() -> list[Named]:
    chance = Random(20260309)  # noqa: S311 - names to look for, not a secret

    def word() -> str:
        return "".join(chance.choices("abcdefghijklmnopqrstuvwxyz", k=7)).title()

    return [Named(word(), word()) for _ in range(PEOPLE)]


def made_of(everybody: list[Named]) -> Index:
    kept = [(f"{HAPPENED_2} It was {n} days ago.", "kept") for n in range(100)]
    held = [(each, "another client") for each in everybody]
    return leaks.index(Held("Diane", held, outside=frozenset(Topic), kept=kept))


def test_a_key_typed(benchmark: Any) -> None:
    """Each key makes one section new to the check; the others are known."""
    everybody = people()
    index = made_of(everybody)
    typed = [HAPPENED_1 + " She also told us this"[:n] + f" {n}" for n in range(KEYS)]

    def key(text: str) -> int:
        return sum(len(leaks.check(index, part)) for part in (*SECTIONS, text))

    def floor(text: str) -> int:
        """Look for each family name as it is written, in what was typed alone."""
        return sum(text.find(each.family) >= 0 for each in everybody)

    assert key("David") == key("nothing")
    figure = beside(benchmark, "leak check: a key typed", key, floor, typed, lambda _: MOST)
    assert figure.found <= MOST


def test_a_key_typed_beside_years_of_entries(benchmark: Any) -> None:
    """Three sentences of each of 5,000 entries are kept back; the sentence typed is like many."""
    chance = Random(20260309)  # noqa: S311 - sentences to look for, not a secret
    words = " ".join((*SECTIONS, HAPPENED_2)).casefold().replace(".", "").split()

    def sentence() -> str:
        said = " ".join(chance.choices(words, k=chance.randrange(5, 15)))
        return f"Maya {chance.choice(('told me', 'asked', 'said'))} that {said}."

    kept = [(sentence(), "kept") for _ in range(LINES)]
    index = leaks.index(Held("Diane", kept=kept))
    typed = [f"{sentence()} {sentence()}" for _ in range(KEYS)]

    def key(text: str) -> int:
        return len(leaks.check(index, text))

    def floor(text: str) -> int:
        """Look for what was typed in each line, as it is written."""
        return sum(text in line for line, _ in kept)

    figure = beside(
        benchmark, "leak check: a key typed, 5,000 entries", key, floor, typed, lambda _: MOST
    )
    assert figure.found <= MOST


def test_the_index_of_a_large_practice(benchmark: Any, big_store: Store) -> None:
    def floor(client: int) -> object:
        names = CircleMember.client_id, CircleMember.person_id
        return big_store.ask(lambda session: session.query(*names).all())

    def build(client: int) -> Watch:
        def work(session: Any) -> Watch:
            party = parties.of_person(session, 2 * client)
            return leak_check.watch(session, updates.case(session, client, party, *WEEK))

        return big_store.ask(work)

    clients = list(range(1, 400, 20))
    figure = beside(benchmark, "leak check: the index", build, floor, clients, lambda _: BUILT)
    assert figure.found <= BUILT
