"""What a letter says that nobody types in it: its title, its headings, and labels of its box.

They come from its kind, which the user may have worded, so the leak check reads them as well. The
program's own are spared: they are said of anybody, whatever a consent covers.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Final

from cmdesk.casework import letter_templates
from cmdesk.casework.drafting import KINDS, LetterDraft
from cmdesk.rules.letter import WEEKLY, Part, PartKind

NAME: Final = "{name}"  # the one blank a heading is printed with
TITLE: Final = "title"
HEADING: Final = "heading"
LABEL: Final = "label"
ALWAYS: Final = frozenset({PartKind.CALLS, PartKind.CHART, PartKind.MAP})
_LISTS: Final = {kind: name for name, kind in KINDS.items()}


def headings(draft: LetterDraft, called: str) -> Iterator[tuple[str, str]]:
    """Give what will be printed of them, by place. `called` is what the client is called."""
    own, prose = _own(called), draft.paragraphs()
    said = [(TITLE, draft.title)]
    said += [
        (f"{HEADING} {part.key}", part.title.replace(NAME, called))
        for part in draft.parts
        if part.key in prose or _has_rows(part, draft)
    ]
    said += [(f"{LABEL} {n}", line.label) for n, line in enumerate(draft.glance) if line.text]
    yield from ((place, words) for place, words in said if words not in own)


def _has_rows(part: Part, draft: LetterDraft) -> bool:
    """Tell whether more than prose is below its heading; the box at the top has no heading."""
    if part.kind is PartKind.GLANCE:
        return False
    return part.kind in ALWAYS or bool(getattr(draft, _LISTS.get(part.kind, ""), ()))


def _own(called: str) -> frozenset[str]:
    words = (*letter_templates.own_headings(), *(part.title for part in WEEKLY))
    return frozenset(each.replace(NAME, called) for each in words)


def bare(draft: LetterDraft, called: str, cut: Callable[[str], str]) -> LetterDraft:
    """Return the letter with these words cut; one left without a title has the most general."""
    own = _own(called)

    def kept(words: str) -> str:
        filled = words.replace(NAME, called)
        rest = cut(filled)
        return words if filled in own or rest == filled else rest

    return replace(
        draft,
        title=kept(draft.title).strip() or LetterDraft().title,
        parts=tuple(replace(part, title=kept(part.title)) for part in draft.parts),
        glance=tuple(replace(line, label=kept(line.label)) for line in draft.glance),
    )


def in_words(place: str, words: str) -> str:
    """Return how one speaks of such a place in a refusal; empty where it is typed in the letter."""
    called = {
        TITLE: "The title of this kind of letter",
        HEADING: f"The heading “{words}”",
        LABEL: f"The label “{words}”",
    }
    return called.get(place.partition(" ")[0], "")


__all__ = ["bare", "headings", "in_words"]
