"""The checklists a move begins with: before, the day, the first week; each can be changed."""

from typing import Final, NamedTuple

from cmdesk.rules.transition_codes import StepPart


class FirstStep(NamedTuple):
    """`offset_days` from the day of leaving. Without an owner it is one's own."""

    part: StepPart
    offset_days: int
    text: str
    owner: str = ""
    time: str = ""


_BEFORE, _DAY, _AFTER = StepPart.BEFORE, StepPart.DAY, StepPart.AFTER
BUILT_IN: Final = (
    FirstStep(_BEFORE, -14, "Releases signed for the new team"),
    FirstStep(_BEFORE, -10, "First visits booked: therapist, prescriber, program"),
    FirstStep(_BEFORE, -7, "Safety plan updated together"),
    FirstStep(_BEFORE, -7, "Records sent to the next program"),
    FirstStep(_BEFORE, -7, "Take-home medicine confirmed, and for how many days"),
    FirstStep(_BEFORE, -5, "Old and new team have talked"),
    FirstStep(_BEFORE, -5, "Approval or payment for the next program settled"),
    FirstStep(_BEFORE, -3, "Ride settled, with a second way"),
    FirstStep(_BEFORE, -2, "Family knows the plan and their part"),
    FirstStep(_DAY, 0, "Call in the morning", time="9:00 AM"),
    FirstStep(_DAY, 0, "Bags, papers and medicine checked out"),
    FirstStep(_DAY, 0, "Call that evening", time="8:00 PM"),
    FirstStep(_DAY, 0, "Tell the family when they arrive"),
    FirstStep(_AFTER, 2, "Call on the second day"),
    FirstStep(_AFTER, 3, "Family update, early"),
    FirstStep(_AFTER, 4, "First day at the next program"),
    FirstStep(_AFTER, 5, "Call the day after the first visit"),
    FirstStep(_AFTER, 7, "Ask how the fit feels"),
)
