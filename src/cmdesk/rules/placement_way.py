"""The way of a candidate over the board: six columns, and the states that stand in each."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from cmdesk.rules.code import Code
from cmdesk.rules.provider_codes import NOT_GOING_AHEAD, ReferralState

LONG_WAIT: Final = 7  # days without an answer after which a card says so in amber
NEAR: Final = 14  # days before the day of a search on which it stands on Today
MOST_SIDE_BY_SIDE: Final = 4


class Column(Code):
    ASKED = "asked", "Asked"
    RECORDS_SENT = "records_sent", "Records sent"
    REVIEWING = "reviewing", "They are reviewing"
    OFFERED = "offered", "Offered a place"
    FAMILY_DECIDES = "family_decides", "Family decides"
    NOT_GOING_AHEAD = "not_going_ahead", "Not going ahead"


_STANDS: Final = {
    ReferralState.CONSIDERED: Column.ASKED,
    ReferralState.CONTACTED: Column.ASKED,
    ReferralState.PACKET_SENT: Column.RECORDS_SENT,
    ReferralState.UNDER_REVIEW: Column.REVIEWING,
    ReferralState.WAITLISTED: Column.REVIEWING,
    ReferralState.ACCEPTED: Column.OFFERED,
    ReferralState.FAMILY_DECIDES: Column.FAMILY_DECIDES,
    ReferralState.SCHEDULED: Column.FAMILY_DECIDES,
    ReferralState.ADMITTED: Column.FAMILY_DECIDES,
}
# What a card becomes that is put into a column. Why it does not go ahead is asked.
INTO: Final = {
    Column.ASKED: ReferralState.CONTACTED,
    Column.RECORDS_SENT: ReferralState.PACKET_SENT,
    Column.REVIEWING: ReferralState.UNDER_REVIEW,
    Column.OFFERED: ReferralState.ACCEPTED,
    Column.FAMILY_DECIDES: ReferralState.FAMILY_DECIDES,
    Column.NOT_GOING_AHEAD: ReferralState.DECLINED_BY_PROGRAM,
}
BEFORE_RECORDS: Final = frozenset({ReferralState.CONSIDERED, ReferralState.CONTACTED})
ANSWERED: Final = frozenset({Column.OFFERED, Column.FAMILY_DECIDES, Column.NOT_GOING_AHEAD})


def column(state: str) -> Column:
    """Return the column in which a state stands."""
    return _STANDS.get(ReferralState(state), Column.NOT_GOING_AHEAD)


def beside(here: Column, step: int) -> Column | None:
    """Return the column so many places to the right, or none beyond the edge."""
    columns = tuple(Column)
    at = columns.index(here) + step
    return columns[at] if 0 <= at < len(columns) else None


def recalled(before: str, after: str) -> bool:
    """Whether a step back says that records just noted as sent did not go.

    Any other way out of that state leads on from it: then they went.
    """
    return before == ReferralState.PACKET_SENT.value and ReferralState(after) in BEFORE_RECORDS


def waited(state: str, since: date | None, today: date) -> int | None:
    """Count the days an answer is waited for; None where none is."""
    if since is None or since > today or column(state) in ANSWERED:
        return None
    return (today - since).days


@dataclass(frozen=True, slots=True)
class MoveForm:
    """A move as it is typed."""

    state: str = ReferralState.CONTACTED
    moved_on: date | None = None
    reason: str = ""


def move_faults(form: MoveForm, today: date) -> dict[str, str]:
    """Map fields to what keeps a move from being noted."""
    found = day_faults(form.moved_on, today)
    if ReferralState(form.state) in NOT_GOING_AHEAD and not form.reason.strip():
        found["reason"] = "Say why in a few words."
    return found


def day_faults(day: date | None, today: date) -> dict[str, str]:
    """Map the field to what keeps the day of a move from being noted."""
    if day is None:
        return {"moved_on": "On which day?"}
    return {"moved_on": "This day is still to come."} if day > today else {}
