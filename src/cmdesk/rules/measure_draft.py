"""A score as it is typed, and what keeps it from being saved."""

from dataclasses import dataclass
from datetime import date
from math import isfinite
from typing import Final

from cmdesk.rules.chart import figure
from cmdesk.rules.contact_codes import Part2
from cmdesk.rules.instruments import BY_CODE, OTHER
from cmdesk.rules.topics import Topic

LONG: Final = 60  # characters of a measure's own name


@dataclass(frozen=True, slots=True)
class MeasureForm:
    """One score on one day. Numbers are text as typed, so that any slip can be said.

    `name` and the range are for a measure of one's own. `family_line` is what a letter may say:
    without it the score stands in no letter, in no chart of one either.
    """

    instrument: str = "phq9"
    name: str = ""
    score: str = ""
    lowest: str = ""
    highest: str = ""
    lower_is_better: bool = True
    taken_on: date | None = None
    reported_by: str = ""
    entry_id: int | None = None
    topics: tuple[str, ...] = (Topic.PROGRESS,)
    family_line: str = ""
    part2: str = Part2.UNKNOWN
    note: str = ""
    version: int = 0


def number(typed: str) -> float | None:
    """Read `9`, `3.5` or `3,5`; nothing for what is no number."""
    try:
        value = float(typed.strip().replace(",", "."))
    except ValueError:
        return None
    return value if isfinite(value) else None


def limits(draft: MeasureForm) -> tuple[float | None, float | None]:
    """Return the least and the greatest score there can be; nothing where it is not known."""
    known = BY_CODE.get(draft.instrument)
    if known is not None:
        return known.lowest, known.highest
    return number(draft.lowest), number(draft.highest)


def faults(draft: MeasureForm, today: date) -> dict[str, str]:
    """Map fields to what keeps a score from being saved."""
    found: dict[str, str] = {}
    if draft.instrument not in BY_CODE:
        found |= _own(draft)
    if wrong := _score(draft):
        found["score"] = wrong
    if draft.taken_on is None:
        found["taken_on"] = "On which day?"
    elif draft.taken_on > today:
        found["taken_on"] = "This day is still to come."
    return found


def _own(draft: MeasureForm) -> dict[str, str]:
    """Judge the name and the range of a measure of one's own."""
    found: dict[str, str] = {}
    if draft.instrument != OTHER:
        found["instrument"] = "Choose a measure."
    if not draft.name.strip():
        found["name"] = "Name the measure."
    elif len(draft.name.strip()) > LONG:
        found["name"] = f"Use at most {LONG} characters."
    for field in ("lowest", "highest"):
        typed = getattr(draft, field)
        if typed.strip() and number(typed) is None:
            found[field] = "Give a number, or leave it empty."
    lowest, highest = limits(draft)
    if lowest is not None and highest is not None and highest <= lowest:
        found["highest"] = "This is not above the lowest score."
    return found


def _score(draft: MeasureForm) -> str:
    """Say what is wrong with a score, and in which range it must be."""
    known, value = BY_CODE.get(draft.instrument), number(draft.score)
    lowest, highest = limits(draft)
    name = known.name if known else draft.name.strip() or "This measure"
    said = ""
    if lowest is not None and highest is not None:
        said = f"{name} goes from {figure(lowest)} to {figure(highest)}."
    elif lowest is not None or highest is not None:
        least = lowest is not None
        bound = figure(lowest if lowest is not None else highest or 0.0)
        said = f"{name} is {bound} at {'least' if least else 'most'}."
    if value is None:
        return f"Give the score. {said}".strip() if not draft.score.strip() else _no_number(said)
    if (lowest is not None and value < lowest) or (highest is not None and value > highest):
        return said
    if known is not None and not known.parts and value != int(value):
        return f"{name} has whole scores only."
    return ""


def _no_number(said: str) -> str:
    return f"This is no number. {said}".strip()
