"""A goal and how it moved as they are typed, and what keeps them from being saved."""

from dataclasses import dataclass
from datetime import date

from cmdesk.rules.contact_codes import Part2
from cmdesk.rules.goal_codes import GoalStatus
from cmdesk.rules.topics import Topic


@dataclass(frozen=True, slots=True)
class GoalForm:
    """One goal as the dialog holds it.

    `name` is short, for a list; `words` are the client's own. Neither is told to anybody outside:
    `family_line` is what may be, where a consent covers the topics.
    """

    name: str = ""
    words: str = ""
    domain: str = ""
    measure: str = ""
    baseline: str = ""
    target: str = ""
    target_on: date | None = None
    agreed_on: date | None = None
    status: str = GoalStatus.ACTIVE
    family_line: str = ""
    topics: tuple[str, ...] = (Topic.PROGRESS,)
    part2: str = Part2.UNKNOWN
    version: int = 0


@dataclass(frozen=True, slots=True)
class MoveForm:
    """How a goal moved on a day. `quarters` of the way, 0 to 4; no status: it stays as it was.

    `entry_id` is the contact in which it came up.
    """

    moved_on: date | None = None
    quarters: int | None = None
    status: str = ""
    note: str = ""
    entry_id: int | None = None
    family_line: str = ""


def faults(draft: GoalForm, today: date) -> dict[str, str]:
    """Map fields to what keeps a goal from being saved."""
    found: dict[str, str] = {}
    if not (draft.name.strip() or draft.words.strip()):
        found["name"] = "Name the goal, or give the client’s words."
    if draft.agreed_on and draft.agreed_on > today:
        found["agreed_on"] = "This day is still to come."
    if draft.target_on and draft.agreed_on and draft.target_on < draft.agreed_on:
        found["target_on"] = "This is before it was agreed."
    return found


def move_faults(draft: MoveForm, today: date) -> dict[str, str]:
    """Map fields to what keeps a move from being saved."""
    found: dict[str, str] = {}
    if draft.moved_on is None:
        found["moved_on"] = "On which day?"
    elif draft.moved_on > today:
        found["moved_on"] = "This day is still to come."
    if not (draft.note.strip() or draft.status or draft.quarters is not None):
        found["note"] = "Say what moved, how far, or where it stands."
    return found
