"""A stay as it is typed, with its levels of care, and what keeps it from being saved."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Final, NamedTuple

from cmdesk.rules import known_day
from cmdesk.rules.care_codes import DischargeReason, LevelOfCare
from cmdesk.rules.contact_codes import Part2
from cmdesk.rules.days import in_full, later
from cmdesk.rules.known_day import Known
from cmdesk.rules.levels import DAY_AND_NIGHT, support

ENDED: Final = "ended"  # the status of a stay that is over, on a day nobody knows
NINETY: Final = 90  # days after leaving on which one asks whether there was care
MOST_DAYS: Final = 9_999
_HOUSE: Final = re.compile(r"o(\d{1,12})")
_MONEY: Final = re.compile(r"\$?\s*(\d{1,3}(?:,\d{3}){1,2}|\d{1,9})(\.\d{1,2})?")


class LevelForm(NamedTuple):
    """One level of care inside a stay, as text: days in ISO 8601, `number` of the row if kept."""

    level: str = ""
    since: str = ""
    until: str = ""
    reason: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class EpisodeForm:
    """One stay. `where` is `o12` for a provider on record, else a name that is new.

    Days may be unknown: `over` says that it ended all the same. Of a month or a year the first day
    stands, with how exactly it is known. `factors` are codes and words.
    """

    where: str = ""
    provider_id: int | None = None
    level_of_care: str = ""
    reason: str = ""
    admitted: date | None = None
    discharged: date | None = None
    over: bool = False
    planned_discharge: date | None = None
    planned_days: int | None = None
    payer: str = ""
    cost: str = ""
    clinicians: str = ""
    my_role: str = ""
    admission_type: str = ""
    discharge_type: str = ""
    discharge_reason: str = ""
    against_advice: bool = False
    destination: str = ""
    outcome: str = ""
    lessons: str = ""
    historical: bool = False
    source: str = ""
    part2: str = Part2.UNKNOWN
    presentation: tuple[str, ...] = ()
    factors: tuple[str, ...] = ()
    in_care_at_90: str = ""
    later: str = ""
    levels: tuple[tuple[str, ...], ...] = ()
    version: int = 0
    admitted_known: str = Known.DAY
    discharged_known: str = Known.DAY


class Stretch(NamedTuple):
    """From when to when somebody was somewhere, by day and night or not."""

    name: str
    first: date | None
    last: date
    residential: bool


def house(where: str) -> int | None:
    """Return the number of a provider on record; None for a name that is typed."""
    found = _HOUSE.fullmatch(where)
    return int(found[1]) if found else None


def cents(cost: str) -> int | None:
    """Read `41,500` or `$780.50`; None for nothing and for what is no amount."""
    found = _MONEY.fullmatch(cost.strip())
    if not found:
        return None
    return int(Decimal(found[1].replace(",", "") + (found[2] or "")) * 100)


def amount(kept: int | None) -> str:
    """Write cents as they are typed: `$41,500` or `$780.50`."""
    if kept is None:
        return ""
    whole, rest = divmod(kept, 100)
    return f"${whole:,}" + (f".{rest:02}" if rest else "")


def levels(draft: EpisodeForm) -> tuple[LevelForm, ...]:
    return tuple(LevelForm(*each) for each in draft.levels)


def day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def faults(draft: EpisodeForm, today: date) -> dict[str, str]:
    """Map fields to what keeps a stay from being saved, one sentence each."""
    found = {
        "where": _where(draft),
        "admitted": _began(draft),
        "discharged": _left(draft, today),
        "over": _over(draft, today),
        "planned_discharge": _planned(draft),
        "planned_days": _days(draft.planned_days),
        "cost": "" if not draft.cost.strip() or cents(draft.cost) is not None else
        "Type an amount, like $41,500.",
        "discharge_reason": _reason(draft),
        "in_care_at_90": _ninety(draft, today),
        "levels": _levels(draft),
    }  # fmt: skip
    return {name: why for name, why in found.items() if why}


def _where(draft: EpisodeForm) -> str:
    named = draft.where.strip() or draft.level_of_care or draft.provider_id is not None
    return "" if named else "Say where it was, or at which level of care."


def _began(draft: EpisodeForm) -> str:
    if draft.admitted is None or _ended(draft) or known_day.whole(draft.admitted_known):
        return ""
    return "Give the whole day, or say that it ended: days are counted from it."


def _left(draft: EpisodeForm, today: date) -> str:
    if draft.discharged is None:
        return ""
    if draft.admitted and known_day.last(draft.discharged, draft.discharged_known) < draft.admitted:
        return "This is before the first day."
    if draft.discharged > today:
        return "This day is still to come: put it under “Leaves on”."
    return ""


def _over(draft: EpisodeForm, today: date) -> str:
    begins = draft.over and draft.admitted is not None and draft.admitted > today
    return "It begins on a day still to come." if begins else ""


def _planned(draft: EpisodeForm) -> str:
    early = draft.planned_discharge and draft.admitted and draft.planned_discharge < draft.admitted
    return "This is before the first day." if early else ""


def _days(planned: int | None) -> str:
    return "" if planned is None or 0 <= planned <= MOST_DAYS else "Type a number of days."


def _ended(draft: EpisodeForm) -> bool:
    return draft.over or draft.discharged is not None


def _reason(draft: EpisodeForm) -> str:
    told = draft.discharge_reason not in ("", DischargeReason.UNKNOWN)
    return "Give the last day, or tick that it ended." if told and not _ended(draft) else ""


def _ninety(draft: EpisodeForm, today: date) -> str:
    if not draft.in_care_at_90:
        return ""
    if not _ended(draft):
        return "Give the last day first."
    if draft.discharged is None:
        return ""
    known = later(known_day.last(draft.discharged, draft.discharged_known), NINETY)
    return f"The 90 days end on {in_full(known)}." if known > today else ""


def _levels(draft: EpisodeForm) -> str:
    """Say what is wrong with the levels inside a stay, the first of it."""
    rows = levels(draft)
    return next((why for row in rows if (why := _level(row, draft))), "") or _overlap(rows)


def _level(row: LevelForm, draft: EpisodeForm) -> str:
    since, until = day(row.since), day(row.until)
    if not row.level:
        return "Choose the level, or remove the line."
    name = LevelOfCare(row.level).label
    if since and until and until < since:
        return f"{name} ends before it begins."
    for each in filter(None, (since, until)):
        if draft.admitted and each < draft.admitted:
            return f"{name} is before the first day of the stay."
        if draft.discharged and each > known_day.last(draft.discharged, draft.discharged_known):
            return f"{name} is after the last day of the stay."
    return ""


def _overlap(rows: Sequence[LevelForm]) -> str:
    """Say which two levels hold at one time. One may begin on the day the other ends."""
    dated = [
        (since, day(row.until) or date.max, row.level) for row in rows if (since := day(row.since))
    ]
    dated.sort()
    for (_, until, before), (since, _, after) in pairwise(dated):
        # Without a last day a level holds until the next begins.
        if since < until < date.max:
            first, second = LevelOfCare(before).label, LevelOfCare(after).label
            return f"{second} begins before {first} ends."
    return ""


def stretch(draft: EpisodeForm, name: str = "") -> Stretch:
    """Return the days of a stay as far as anybody knows them.

    One that goes on lasts to the day planned, else on and on; one that ended on a day unknown
    counts as its first day. Of a month or a year only the days count that it had for sure.
    """
    inside = [row.level for row in levels(draft)] or [draft.level_of_care]
    residential = any(level and support(level) >= DAY_AND_NIGHT for level in inside)
    last = draft.discharged or (draft.admitted if draft.over else draft.planned_discharge)
    begun = known_day.last(draft.admitted, draft.admitted_known) if draft.admitted else None
    return Stretch(name, begun, last or date.max, residential)


def days_of(draft: EpisodeForm) -> EpisodeForm:
    """Return of a stay only what decides whether it lies over another."""
    return EpisodeForm(
        level_of_care=draft.level_of_care, levels=draft.levels, over=draft.over,
        admitted=draft.admitted, discharged=draft.discharged,
        planned_discharge=draft.planned_discharge,
        admitted_known=draft.admitted_known, discharged_known=draft.discharged_known,
    )  # fmt: skip


def overlaps(one: Stretch, others: Iterable[Stretch]) -> list[Stretch]:
    """Return the stays by day and night that lie over this one. A day of moving is in both."""
    if not one.residential:
        return []
    return [other for other in others if other.residential and _meet(one, other)]


def _meet(one: Stretch, other: Stretch) -> bool:
    if one.first is None or other.first is None:
        return False
    first, last = max(one.first, other.first), min(one.last, other.last)
    within = any(each.first < first == last < each.last for each in (one, other) if each.first)
    return first < last or within


__all__ = [
    "ENDED", "NINETY", "EpisodeForm", "LevelForm", "Stretch", "amount", "cents", "day", "days_of",
    "faults", "house", "levels", "overlaps", "stretch",
]  # fmt: skip
