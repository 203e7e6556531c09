"""What a move's plan asks the window for."""

from dataclasses import dataclass
from enum import Enum, auto


class Wants(Enum):
    """Each leads to a dialog of its own; `PAPER` to the one-page plan."""

    BEGIN = auto()
    EDIT = auto()
    DAY = auto()
    LEFT = auto()
    LANE = auto()
    HANDOFF = auto()
    STEP = auto()
    SET = auto()
    VISIT = auto()
    PAPER = auto()


@dataclass(frozen=True, slots=True)
class Wish:
    """`record` is what is to be changed, None for something new; `form` is how that begins."""

    wants: Wants
    client_id: int
    move_id: int = 0
    record: int | None = None
    form: object = None
