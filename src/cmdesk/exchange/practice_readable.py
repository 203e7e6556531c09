"""Whether what a practice file says of letters can be read again by the rest of the program."""

from collections.abc import Iterable, Mapping
from dataclasses import is_dataclass
from typing import Any, Final, cast, get_args, get_origin, get_type_hints

from cmdesk.casework import drafting, letter_templates
from cmdesk.exchange.practice_fields import Row
from cmdesk.exchange.practice_values import Misfit
from cmdesk.rules.letter_template import Readers, Span

SECTIONS: Final = "its sections are not those of a letter this program wrote; leave them out"
LINES: Final = {"shared": ("entry", "text", "verdict"), "kept_back": ("entry",)}


def settle_template(row: Row) -> None:
    """See that a kind of letter can be read in each language. Raises Misfit."""
    for key in ("span", "readers"):
        if row.get(key) == "":  # nothing: what it is if the file does not say
            del row[key]
    kept = {
        "name": row["name"],
        "span": row.get("span", Span.WEEK.value),
        "readers": row.get("readers", Readers.FAMILY.value),
        "topics": row.get("topics", []),
        "due_hours": row.get("due_hours"),
        "parts": row.get("parts", []),
    }
    if why := letter_templates.wrong(row["code"], kept, row.get("words", {})):
        raise Misfit(f"{why[0].lower()}{why[1:].rstrip('.')}")


def settle_copy(row: Row) -> None:
    """See that a letter that left can be gone on with. Raises Misfit."""
    for key, needed in LINES.items():
        lines: list[Row] = row.get(key, [])
        if not all(isinstance(line.get(name), str) for line in lines for name in needed):
            keys = ", ".join(needed)
            raise Misfit(f"each row of {key} needs the text of these keys: {keys}")
        if not all(isinstance(line.get("reach", ""), str) for line in lines):
            raise Misfit(f"reach is not text in a row of {key}")
    if not (sections := row.get("sections")):
        return
    try:
        draft = drafting.read(sections)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise Misfit(SECTIONS) from None
    plain = all(isinstance(sections.get(name, []), list) for name in ("parts", *drafting.LISTS))
    if not (plain and _fits(draft, type(draft))):
        raise Misfit(SECTIONS)


def _fits(value: object, kind: Any) -> bool:
    """Whether a value read from a file is of the kind its field declares, all the way down."""
    origin, inside = get_origin(kind), get_args(kind)
    if origin is tuple:
        return all(_fits(each, inside[0]) for each in cast("Iterable[object]", value))
    if origin is Mapping:
        return isinstance(value, dict) and all(
            isinstance(text, str) for text in cast("Row", value).values()
        )
    if not isinstance(value, kind):
        return False
    if not is_dataclass(kind):
        return True
    return all(_fits(getattr(value, name), of) for name, of in get_type_hints(kind).items())
