"""Whether what a practice file says of letters can be read again by the rest of the program."""

from typing import Final

from cmdesk.casework import kept_copy, letter_templates
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
    if kept_copy.sound(sections) is None:
        raise Misfit(SECTIONS)
