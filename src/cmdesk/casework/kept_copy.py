"""What a letter that left said, as its copy keeps it; one that can't be read stops no other."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import is_dataclass
from functools import cache
from typing import Any, Final, cast, get_args, get_origin, get_type_hints

from cmdesk.casework import drafting
from cmdesk.casework.drafting import LetterDraft
from cmdesk.models.update import UpdateCopy

UNREADABLE: Final = (ValueError, KeyError, TypeError, AttributeError)
SHARED: Final = ("entry", "text", "verdict")  # what each line that was told is kept with
CANNOT_BE_READ: Final = "Its words can’t be read any more; its pages still can."


def letter(copy: UpdateCopy) -> LetterDraft | None:
    """Return the words of a copy; none where it keeps none, or they can't be read."""
    return sound(copy.sections) if copy.sections else None


def unreadable(copy: UpdateCopy) -> bool:
    """Whether not all of what a copy keeps are the words of a letter, or its lines."""
    if copy.sections:
        return letter(copy) is None
    rows = cast("object", copy.shared)
    if not isinstance(rows, list):
        return True
    kept = cast("list[object]", rows)
    return sum(1 for _ in lines(kept, *SHARED)) != len(kept)


def sound(sections: object) -> LetterDraft | None:
    """Read the words of a letter, if all of them are what they should be, all the way down."""
    if not isinstance(sections, dict):
        return None
    kept = cast("dict[str, Any]", sections)
    if not all(isinstance(kept.get(name, []), list) for name in ("parts", *drafting.LISTS)):
        return None
    try:
        draft = drafting.read(kept)
        return draft if _fits(draft, type(draft)) else None
    except UNREADABLE:
        return None


def _fits(value: object, kind: Any) -> bool:
    """Whether a value is of the kind its field declares."""
    origin, inside = get_origin(kind), get_args(kind)
    if origin is tuple:
        return all(_fits(each, inside[0]) for each in cast("Iterable[object]", value))
    if origin is Mapping:
        return isinstance(value, dict) and all(
            isinstance(text, str) for text in cast("dict[str, object]", value).values()
        )
    if not isinstance(value, kind):
        return False
    if not is_dataclass(kind):
        return True
    return all(_fits(getattr(value, name), of) for name, of in _declared(kind).items())


@cache
def _declared(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def closed(copy: UpdateCopy) -> Iterator[dict[str, Any]]:
    """Give what a letter said of promises; of years of letters the rest is not read for that."""
    kept = cast("object", copy.sections)
    rows = cast("dict[str, object]", kept).get("closed") if isinstance(kept, dict) else None
    return lines(rows, "when", "what")


def lines(rows: object, *needed: str) -> Iterator[dict[str, Any]]:
    """Give the rows of a copy's lists that have these texts; what is none of them is passed by."""
    for row in cast("Iterable[object]", rows) if isinstance(rows, list) else ():
        if isinstance(row, dict):
            line = cast("dict[str, Any]", row)
            if all(isinstance(line.get(name), str) for name in needed):
                yield line
