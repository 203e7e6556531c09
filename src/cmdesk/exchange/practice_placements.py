"""The practice file's searches for a place: what is needed, who was asked, and who said what."""

# ruff: noqa: ARG002 - each kind of value uses what it needs of what all are handed

from typing import Any, cast

from cmdesk.exchange.practice_fields import columns
from cmdesk.exchange.practice_kinds import Kind, Nest
from cmdesk.exchange.practice_lists import Listed
from cmdesk.exchange.practice_parts import Rows
from cmdesk.exchange.practice_values import Coded, Misfit, Notes, Number, Value, shown
from cmdesk.models.placement import (
    CandidateAnswer,
    CandidateMove,
    FamilyWord,
    PlacementCandidate,
    PlacementNeed,
    PlacementSearch,
)
from cmdesk.rules.care_codes import LevelOfCare
from cmdesk.rules.contact_codes import Part2
from cmdesk.rules.placement import Met, plain, read
from cmdesk.rules.placement_draft import Around, Leaning, Per
from cmdesk.rules.provider_codes import ReferralState

COUNT = Number(least=0)


class Matched(Value):
    """How a need is matched: the field, and the codes, the most or the day it is held against."""

    empty: dict[str, Any] = {}  # noqa: RUF012 - read only
    plain: dict[str, Any] = {"type": "object"}  # noqa: RUF012 - read only

    def check(self, value: Any, notes: Notes) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise Misfit(f"{shown(value)} is not an object of a field and its value")
        kept = cast("dict[str, Any]", value)
        made = plain(read(kept))
        if kept and not made:
            raise Misfit(f"{shown(kept)} is not a field with codes, the most, or a day")
        return made


NEED = Kind(
    PlacementNeed,
    columns(
        PlacementNeed,
        leave={"search_id", "position"},
        need={"text"},
        values={"weight": Number(least=1, most=3), "test": Matched()},
    ),
    noun="need",
    link="search_id",
    same=("text",),
)
ANSWERS = Rows(
    "answers",
    CandidateAnswer,
    "candidate_id",
    columns(
        CandidateAnswer,
        leave={"candidate_id"},
        need={"need_id"},
        values={"met": Coded(Met)},
    ),
)
MOVES = Rows(
    "moves",
    CandidateMove,
    "candidate_id",
    columns(
        CandidateMove,
        leave={"candidate_id"},
        need={"state", "moved_on"},
        values={"state": Coded(ReferralState)},
    ),
)
CANDIDATE = Kind(
    PlacementCandidate,
    columns(
        PlacementCandidate,
        leave={"search_id", "position"},
        need={"organisation_id"},
        values={
            "state": Coded(ReferralState),
            "quoted_cents": COUNT,
            "quoted_per": Coded(Per),
        },
    ),
    noun="program of a search",
    link="search_id",
    parts=(ANSWERS, MOVES),
    same=("organisation",),
)
WORDS = Rows(
    "words",
    FamilyWord,
    "search_id",
    columns(
        FamilyWord,
        leave={"search_id"},
        absent={"words": ""},
        values={"leaning": Coded(Leaning)},
    ),
)
SEARCH = Kind(
    PlacementSearch,
    columns(
        PlacementSearch,
        leave={"client_id"},
        values={
            "levels": Listed(Coded(LevelOfCare), once=True),
            "around": Coded(Around),
            "most_miles": COUNT,
            "budget_cents": COUNT,
            "budget_per": Coded(Per),
            "part2": Coded(Part2),
        },
    ),
    noun="search for a place",
    link="client_id",
    parts=(WORDS,),
    nests=(Nest("needs", NEED), Nest("candidates", CANDIDATE)),
    same=("looking_for", "by_on"),
)
NESTS = (Nest("placements", SEARCH),)
