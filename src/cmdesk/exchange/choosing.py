"""Which part of a large directory is wanted, and how many rows of it that would be."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Choice:
    """States by their two letters, and kinds: levels of care, or taxonomies. Empty means all."""

    states: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()

    def takes(self, state: str, kinds: Iterable[str]) -> bool:
        """Say whether a row of this state and of these kinds is wanted."""
        if self.states and state not in self.states:
            return False
        return not self.kinds or not self.kinds.isdisjoint(kinds)


ALL = Choice()


@dataclass(slots=True)
class Survey:
    """Rows counted by state and by all kinds each of them is of."""

    rows: Counter[tuple[str, frozenset[str]]] = field(
        default_factory=Counter[tuple[str, frozenset[str]]]
    )

    def add(self, state: str, kinds: Iterable[str]) -> None:
        self.rows[state, frozenset(kinds)] += 1

    def count(self, choice: Choice) -> int:
        """Return how many rows would be brought in."""
        return sum(n for (state, kinds), n in self.rows.items() if choice.takes(state, kinds))

    def states(self, kinds: frozenset[str] = frozenset()) -> dict[str, int]:
        """Return how many rows of these kinds each state has, in the order of the alphabet."""
        found: Counter[str] = Counter()
        choice = Choice(kinds=kinds)
        for (state, of), number in self.rows.items():
            if choice.takes(state, of):
                found[state] += number
        return dict(sorted(found.items()))

    def kinds(self, states: frozenset[str] = frozenset()) -> dict[str, int]:
        """Return how many rows of each kind these states have, the most common first."""
        found: Counter[str] = Counter()
        choice = Choice(states=states)
        for (state, of), number in self.rows.items():
            if choice.takes(state, ()):
                found.update(dict.fromkeys(of, number))
        return dict(found.most_common())
