"""What a day's page is worked out from: promises, rhythms, endings, moves, and who was reached."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from cmdesk.rules.cadence import Rhythm
from cmdesk.rules.codes import Cadence, TaskState, Weekday
from cmdesk.rules.family_codes import Urgency

NOBODY_REACHED: Final = 14  # days without a contact, unless it is set otherwise
NO_GOAL_MOVED: Final = 30  # days in which no goal of a client moved
ANSWER_WITHIN: Final[Mapping[Urgency | None, int]] = MappingProxyType(
    {Urgency.EMERGENCY: 0, Urgency.WITHIN_24_H: 1, Urgency.THIS_WEEK: 5, Urgency.PLANNING: 7}
)  # days; a day where nobody asked how urgent it is


@dataclass(frozen=True, slots=True)
class Task:
    """`kind` is `task`, or `follow_up` for what an entry promised.

    `attempts` are the tries that reached nobody since one began to wait, or since the promise was
    made; `chase_on` is the day to ask again, which counts where it comes before the task's own.
    """

    ref: str
    client: str | None
    title: str
    due: date | None
    state: TaskState = TaskState.NEXT
    person: str | None = None
    waiting_on: str = ""
    waiting_since: date | None = None
    kind: str = "task"
    record: int = 0
    attempts: int = 0
    chase_on: date | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """An update plan. `no_consent` is the standing's reason, empty where a consent is valid.

    `due` is the day its next letter is due, where that was worked out already.
    """

    ref: str
    client: str
    person: str
    called: str
    every: Cadence
    weekday: Weekday | None = None
    last_sent: date | None = None
    began: date | None = None
    no_consent: str = ""
    record: int = 0
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Ending:
    """What ends on a day: a consent, an authorization, a supply, a licence, a policy.

    `says` opens the sentence, such as "Approved through"; without it `what` does, and it ends.
    `detail` follows after a comma. `over` is said once the day has passed; empty = nothing is.
    """

    kind: str
    ref: str
    client: str | None
    person: str | None
    what: str  # "David's consent"
    last_day: date
    record: int = 0
    says: str = ""
    detail: str = ""
    over: str = ""


@dataclass(frozen=True, slots=True)
class Move:
    """A planned leave. `gaps` are said as they are, such as "travel is not booked".

    `told`: they say all there is, so that nothing is worked out from when the next begins.
    `left`: it happened, and is not asked to be closed while something is open.
    """

    ref: str
    client: str
    title: str
    leaves_on: date
    next_begins: date | None = None
    gaps: tuple[str, ...] = ()
    record: int = 0
    told: bool = False
    left: bool = False


@dataclass(frozen=True, slots=True)
class MovePart:
    """What a move asks for on a day: a step, a handoff, a first visit, a day of follow-up.

    It is told once it is `due`, or where it says so `ahead` of that, in days. `undated`: what it
    `says` is all, and how late it is does not follow.
    """

    kind: str
    ref: str
    client: str
    title: str
    due: date
    says: str = ""
    ahead: int = 0
    record: int = 0
    undated: bool = False


@dataclass(frozen=True, slots=True)
class Reassessment:
    """What is to be looked at again on a day. `kind` says what `record` is the number of."""

    ref: str
    client: str
    what: str  # "Housing"
    due: date
    kind: str = "reassessment"
    record: int = 0


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A family that called. `answer_within` are days, by how urgent it is; `next_on` outweighs."""

    ref: str
    caller: str
    received_on: date
    next_step: str = ""
    next_on: date | None = None
    answer_within: int = 1
    client: str | None = None
    record: int = 0


@dataclass(frozen=True, slots=True)
class Reach:
    """Someone to be reached by a rhythm. `tried` counts the tries in vain since `last_reached`."""

    ref: str
    client: str
    person: str | None
    title: str  # "Call Diane"
    rhythm: Rhythm
    last_reached: date | None = None
    this_week: int = 0  # days since Monday on which they were reached
    tried: int = 0
    record: int = 0


@dataclass(frozen=True, slots=True)
class Silence:
    """When anybody around a client was last reached; never = since work with them began.

    It asks for attention `after` so many days.
    """

    ref: str
    client: str
    called: str
    since: date
    ever: bool = True
    after: int = NOBODY_REACHED
    record: int = 0


@dataclass(frozen=True, slots=True)
class Standstill:
    """When any goal of a client last moved, while one is worked on.

    It asks for attention `after` so many days.
    """

    ref: str
    client: str
    called: str
    since: date
    after: int = NO_GOAL_MOVED
    record: int = 0


@dataclass(frozen=True, slots=True)
class Clocked:
    """A request or an incident that is open, and the last day the law leaves for it.

    Without a `due` no clock runs. `left` says how far it is, such as "answered, not closed yet";
    `says` is what is due, `undated` what is said where nobody typed since when it is open.
    """

    kind: str
    ref: str
    client: str | None
    what: str  # "Accounting of disclosures"
    since: date
    due: date | None = None
    left: str = ""
    record: int = 0
    says: str = "Answer"
    undated: str = ""
