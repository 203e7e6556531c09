"""A letter as it is being written: what the program proposes, and what the practitioner typed.

Each passage remembers the entry it came from, so that a letter can be judged again at any moment.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from cmdesk.rules.letter import Glance, Step


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph of "What happened". Without an entry it was typed by hand."""

    text: str
    entry_id: int | None = None
    outcome: str = ""  # the verdict it was written under: share or short


@dataclass(frozen=True, slots=True)
class LetterDraft:
    headline: str = ""
    greeting: str = ""
    opening: str = ""
    glance: tuple[Glance, ...] = ()
    passages: tuple[Passage, ...] = ()
    steps: tuple[Step, ...] = ()
    help: str = ""
    close: str = ""
    farewell: str = "Warmly,"

    def plain(self) -> dict[str, Any]:
        """Return the draft as JSON keeps it."""
        return asdict(self)


def read(kept: Mapping[str, Any]) -> LetterDraft:
    """Return the draft that `plain` wrote."""
    typed: dict[str, Any] = dict(kept)
    typed["glance"] = tuple(Glance(**line) for line in _rows(kept, "glance"))
    typed["passages"] = tuple(Passage(**passage) for passage in _rows(kept, "passages"))
    typed["steps"] = tuple(Step(**step) for step in _rows(kept, "steps"))
    return LetterDraft(**typed)


def _rows(kept: Mapping[str, Any], name: str) -> Sequence[Mapping[str, Any]]:
    return kept.get(name, ())


def paragraphs(text: str) -> tuple[str, ...]:
    """Return what stands between line ends, without the empty ones."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())
