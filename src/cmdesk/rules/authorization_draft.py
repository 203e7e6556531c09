"""What is asked of an insurer and what is given, as it is typed, and what is odd with it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final, NamedTuple

from cmdesk.rules.code import Code
from cmdesk.rules.coverage import COUNTED
from cmdesk.rules.days import later, near
from cmdesk.rules.episode_draft import cents
from cmdesk.rules.family_codes import (
    AuthorizationDecision,
    AuthorizationKind,
    AuthorizationUnit,
)

ONE_DAY: Final = timedelta(days=1)
REFUSABLE: Final = frozenset({AuthorizationDecision.DENIED, AuthorizationDecision.PARTIAL})
UNDATED: Final[Mapping[str, str]] = MappingProxyType(
    {
        AuthorizationDecision.DENIED: "When did their no come? The time to appeal runs from it.",
        AuthorizationDecision.PARTIAL: (
            "When did their answer come? The time to appeal the rest runs from it."
        ),
    }
)


class RatePer(Code):
    DAY = "day", "a day"
    SESSION = "session", "a session"
    STAY = "stay", "for the stay"


@dataclass(frozen=True, slots=True)
class AuthorizationDraft:
    """What was asked of an insurer, and what was given, apart from each other.

    `episode_id` is the stay it is for, `extends_id` the approval it goes on from. Rate and terms
    are those of a single-case agreement, the rate as it is typed. `version` is that of the row it
    was read from.
    """

    policy_id: int | None = None
    episode_id: int | None = None
    kind: str = AuthorizationKind.PRE_CERT
    level_requested: str = ""
    units_requested: int | None = None
    units_authorized: int | None = None
    unit: str = AuthorizationUnit.DAYS
    number: str = ""
    from_on: date | None = None
    through_on: date | None = None
    last_covered_on: date | None = None
    next_review_on: date | None = None
    criteria: str = ""
    decision: str = AuthorizationDecision.PENDING
    decided_on: date | None = None
    reason: str = ""
    extends_id: int | None = None
    rate: str = ""
    rate_per: str = ""
    terms: str = ""
    reviewer_contact: str = ""
    version: int = 0

    @property
    def last(self) -> date | None:
        return self.last_covered_on or self.through_on


class StayDays(NamedTuple):
    """From when to when the stay is, as far as it is known. `over`: they have left."""

    first: date | None = None
    last: date | None = None
    over: bool = False


class Link(NamedTuple):
    """An approval there is, by its number, with the one it goes on from and its last day.

    `refused`: it was denied or withdrawn, so that another may go on where it would have.
    """

    number: int
    after: int
    last: date | None
    refused: bool = False


def going_on(links: Iterable[Link]) -> set[int]:
    """Return the numbers of the approvals that another goes on from."""
    return {each.after for each in links if each.after and not each.refused}


def faults(draft: AuthorizationDraft, today: date) -> dict[str, str]:
    """Map fields to what is wrong with them; empty when sound."""
    last = _least("last_covered_on", draft.last_covered_on, draft.from_on)
    found = _least("through_on", draft.through_on, draft.from_on) | last
    for name in ("units_requested", "units_authorized"):
        count = getattr(draft, name)
        if count is not None and count < 0:
            found[name] = "This can’t be less than none."
    if draft.decision in COUNTED and not (draft.units_authorized or draft.last):
        found.setdefault("units_authorized", "How many were approved, or through which day?")
    if draft.decided_on and draft.decided_on > today:
        found["decided_on"] = "This day is still to come."
    if draft.rate.strip() and cents(draft.rate) is None:
        found["rate"] = "Type an amount, like $780."
    return found


def _least(name: str, day: date | None, first: date | None) -> dict[str, str]:
    return {name: "It ends before it begins."} if day and first and day < first else {}


def asks(draft: AuthorizationDraft, stay: StayDays, today: date) -> dict[str, str]:
    """Map fields to what is odd about them. It may be so: saving again keeps it."""
    found = _too_much(draft) | _counted(draft, today)
    if draft.decision in UNDATED and draft.decided_on is None:
        found["decided_on"] = UNDATED[draft.decision]
    if draft.decision == AuthorizationDecision.DENIED and draft.units_authorized:
        given = draft.units_authorized
        found["units_authorized"] = f"Denied, and {given} approved? Then it is approved in part."
    if draft.decision not in COUNTED:
        return found
    if stay.first and draft.from_on and draft.from_on < stay.first:
        found["from_on"] = f"The stay begins {near(stay.first, today)}."
    return found | _past(draft, stay, today)


def _past(draft: AuthorizationDraft, stay: StayDays, today: date) -> dict[str, str]:
    """Say where it goes past the stay: by its last day, or by a count from its first."""
    if stay.last is None:
        return {}
    left = f"{'They left' if stay.over else 'They leave'} {near(stay.last, today)}."
    if draft.last:
        past = draft.last > stay.last
        return {"last_covered_on": f"{left} This goes past the stay."} if past else {}
    first, count = draft.from_on, draft.units_authorized
    if not (first and count) or draft.unit != AuthorizationUnit.DAYS:
        return {}
    last = later(first, count - 1)
    through = f"This goes through {near(last, today)}."
    return {"units_authorized": f"{through} {left}"} if last > stay.last else {}


def _too_much(draft: AuthorizationDraft) -> dict[str, str]:
    asked, given = draft.units_requested, draft.units_authorized
    more = asked is not None and given is not None and given > asked
    return {"units_authorized": f"More than the {asked} asked for."} if more else {}


def _counted(draft: AuthorizationDraft, today: date) -> dict[str, str]:
    """Say where a count of days and the days themselves differ."""
    first, last, count = draft.from_on, draft.last, draft.units_authorized
    if not (first and last and count) or draft.unit != AuthorizationUnit.DAYS:
        return {}
    days = (last - first) // ONE_DAY + 1
    if days == count:
        return {}
    said = "1 day" if days == 1 else f"{days} days"
    span = f"{near(first, today)} to {near(last, today)}"
    return {"units_authorized": f"{span} is {said}, not {count}."}


def link_fault(
    number: int, after: int | None, links: Iterable[Link], *, refused: bool = False
) -> str:
    """Say what is wrong with going on from another approval; empty when it is sound.

    What was refused takes nobody's place there.
    """
    known = {each.number: each for each in links}
    if after is None:
        return ""
    if after == number:
        return "It can’t go on from itself."
    others = (each for each in known.values() if each.number != number)
    if not refused and after in going_on(others):
        return "Another one goes on from there already."
    seen, at = {number}, after
    while at in known:
        if at in seen:
            return "It would go on from itself."
        seen.add(at)
        at = known[at].after
    return ""


def link_ask(draft: AuthorizationDraft, links: Iterable[Link], today: date) -> str:
    """Say which days stand between an approval and the one it goes on from."""
    before = next((each for each in links if each.number == draft.extends_id), None)
    if before is None or before.last is None or draft.from_on is None:
        return ""
    first = later(before.last, 1)
    if draft.from_on <= first:
        return ""
    last = later(draft.from_on, -1)
    between = near(first, today)
    return f"Nothing is approved {between}{'' if first == last else f' to {near(last, today)}'}."
