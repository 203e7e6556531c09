"""A letter as it is being written: what the program proposes, and what the practitioner typed.

Each passage remembers the entry it came from, so that a letter can be judged again at any moment.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Final

from cmdesk.rules.letter import (
    WEEKLY,
    Closed,
    Glance,
    Goal,
    Moment,
    Part,
    PartKind,
    Stay,
    Step,
)

HAPPENED: Final = "happened"


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph of a part of lines. Without an entry it was typed by hand."""

    text: str
    entry_id: int | None = None
    outcome: str = ""  # the verdict it was written under: share or short
    part: str = HAPPENED  # the key of the part it stands in


@dataclass(frozen=True, slots=True)
class LetterDraft:
    """`parts` are the sections in order; `texts` is what is typed, by their keys."""

    headline: str = ""
    greeting: str = ""
    opening: str = ""
    parts: tuple[Part, ...] = WEEKLY
    glance: tuple[Glance, ...] = ()
    passages: tuple[Passage, ...] = ()
    goals: tuple[Goal, ...] = ()
    steps: tuple[Step, ...] = ()
    dates: tuple[Step, ...] = ()
    closed: tuple[Closed, ...] = ()
    clock: tuple[Moment, ...] = ()
    stays: tuple[Stay, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict[str, str])
    close: str = ""
    farewell: str = "Warmly,"
    template: str = "weekly"
    title: str = "Family update"
    language: str = "en"
    replaces: int = 0  # the copy handed over that this one corrects
    later: tuple[int, ...] = ()  # entries that can be told, and are left for the next letter

    def paragraphs(self) -> dict[str, tuple[str, ...]]:
        """Return the paragraphs of parts of lines and of text, by key, as they go on paper."""
        said = {
            part.key: tuple(
                line
                for passage in self.passages
                if passage.part == part.key
                for line in paragraphs(passage.text)
            )
            for part in self.parts
            if part.kind is PartKind.LINES
        }
        typed = {key: paragraphs(text) for key, text in self.texts.items()}
        return {key: lines for key, lines in (typed | said).items() if lines}

    def plain(self) -> dict[str, Any]:
        """Return the draft as JSON keeps it."""
        return asdict(self)


LISTS: Final = {
    "glance": Glance,
    "passages": Passage,
    "goals": Goal,
    "steps": Step,
    "dates": Step,
    "closed": Closed,
    "clock": Moment,
    "stays": Stay,
}


KINDS: Final = {
    "glance": PartKind.GLANCE,
    "goals": PartKind.GOALS,
    "steps": PartKind.STEPS,
    "dates": PartKind.DATES,
    "closed": PartKind.CLOSED,
    "clock": PartKind.CLOCK,
    "stays": PartKind.HISTORY,
}


def printed(draft: LetterDraft) -> LetterDraft:
    """Return the draft without what none of its sections prints."""
    kinds = {part.kind for part in draft.parts}
    lines = {part.key for part in draft.parts if part.kind is PartKind.LINES}
    typed = {part.key for part in draft.parts if part.kind is PartKind.TEXT}
    return replace(
        draft,
        passages=tuple(passage for passage in draft.passages if passage.part in lines),
        texts={key: text for key, text in draft.texts.items() if key in typed},
        **{name: () for name, kind in KINDS.items() if kind not in kinds},
    )


def read(kept: Mapping[str, Any]) -> LetterDraft:
    """Return the draft that `plain` wrote."""
    typed: dict[str, Any] = dict(kept)
    for name, made in LISTS.items():
        typed[name] = tuple(made(**row) for row in _rows(kept, name))
    typed["later"] = tuple(kept.get("later", ()))
    typed["parts"] = tuple(_part(row) for row in _rows(kept, "parts")) or WEEKLY
    if "help" in typed:  # as it was kept before letters had parts
        typed["texts"] = {"help": typed.pop("help")}
    return LetterDraft(**typed)


def _part(row: Mapping[str, Any]) -> Part:
    kept: dict[str, Any] = dict(row)
    kept |= {"kind": PartKind(row["kind"]), "topics": tuple(row["topics"])}
    return Part(**kept)


def _rows(kept: Mapping[str, Any], name: str) -> Sequence[Mapping[str, Any]]:
    return kept.get(name, ())


def paragraphs(text: str) -> tuple[str, ...]:
    """Return what stands between line ends, without the empty ones."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())
