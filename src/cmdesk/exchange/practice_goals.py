"""The practice file's goals, each with the days on which it moved, and the measures taken."""

from cmdesk.exchange.practice_fields import columns
from cmdesk.exchange.practice_kinds import Kind, Nest
from cmdesk.exchange.practice_lists import Listed
from cmdesk.exchange.practice_parts import Rows
from cmdesk.exchange.practice_values import Coded, Number
from cmdesk.models.goal import Goal, GoalMove
from cmdesk.models.measure import MeasureResult
from cmdesk.rules.contact_codes import Part2
from cmdesk.rules.goal_codes import QUARTERS, GoalDomain, GoalStatus
from cmdesk.rules.topics import Topic

GOAL = Kind(
    Goal,
    columns(
        Goal,
        leave={"client_id"},
        values={
            "domain": Coded(GoalDomain),
            "priority": Number(least=0),
            "status": Coded(GoalStatus),
            "topics": Listed(Coded(Topic), once=True),
            "part2": Coded(Part2),
        },
    ),
    noun="goal",
    link="client_id",
    parts=(
        Rows(
            "moves",
            GoalMove,
            "goal_id",
            columns(
                GoalMove,
                leave={"goal_id"},
                need={"moved_on"},
                values={
                    "quarters": Number(least=0, most=len(QUARTERS) - 1),
                    "status": Coded(GoalStatus),
                },
            ),
        ),
    ),
    same=("name", "words"),
)
MEASURE = Kind(
    MeasureResult,
    columns(
        MeasureResult,
        leave={"client_id"},
        need={"instrument", "score", "taken_on"},
        values={"topics": Listed(Coded(Topic), once=True), "part2": Coded(Part2)},
    ),
    noun="measure",
    link="client_id",
    same=("instrument", "taken_on"),
)
NESTS = (Nest("goals", GOAL),)
