"""The practice file's moves from one level of care to the next, with all that belongs to each."""

from cmdesk.exchange.practice_fields import columns
from cmdesk.exchange.practice_kinds import Kind, Nest
from cmdesk.exchange.practice_parts import Rows
from cmdesk.exchange.practice_values import Coded, Number
from cmdesk.models.transition import (
    FirstVisit,
    Handoff,
    Transition,
    TransitionLane,
    TransitionStep,
)
from cmdesk.rules.contact_codes import Part2
from cmdesk.rules.transition_codes import Lane, MoveKind, StepPart, VisitKind
from cmdesk.rules.transition_draft import MOST_DAYS

OF_MOVE = {"transition_id"}
LANES = Rows(
    "lanes",
    TransitionLane,
    "transition_id",
    columns(TransitionLane, leave=OF_MOVE, need={"lane"}, values={"lane": Coded(Lane)}),
)
HANDOFFS = Rows("handoffs", Handoff, "transition_id", columns(Handoff, leave=OF_MOVE))
STEPS = Rows(
    "steps",
    TransitionStep,
    "transition_id",
    columns(
        TransitionStep,
        leave=OF_MOVE,
        need={"part", "text"},
        values={
            "part": Coded(StepPart),
            "offset_days": Number(least=-MOST_DAYS, most=MOST_DAYS),
        },
    ),
)
VISITS = Rows(
    "first_visits",
    FirstVisit,
    "transition_id",
    columns(FirstVisit, leave=OF_MOVE, need={"kind"}, values={"kind": Coded(VisitKind)}),
)
TRANSITION = Kind(
    Transition,
    columns(
        Transition,
        leave={"client_id"},
        values={
            "kind": Coded(MoveKind),
            "medicine_days": Number(least=0, most=MOST_DAYS),
            "part2": Coded(Part2),
        },
    ),
    noun="move",
    link="client_id",
    parts=(LANES, HANDOFFS, STEPS, VISITS),
    same=("from_episode", "leaves_on"),
)
NESTS = (Nest("transitions", TRANSITION),)
