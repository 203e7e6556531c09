"""The practice file's coverage, safety plans, medicines, rhythms, and what else a task is about."""

# ruff: noqa: ARG002 - each kind of value uses what it needs of what all are handed

from collections.abc import Iterable, Sequence

from cmdesk.exchange.practice_fields import Row, Stored, columns
from cmdesk.exchange.practice_kinds import Kind, Nest
from cmdesk.exchange.practice_parts import One, Rows
from cmdesk.exchange.practice_values import Coded, Names, Number
from cmdesk.models.coverage import Appeal, Authorization, Extension, Policy, ReviewCall
from cmdesk.models.rhythm import CadenceRule
from cmdesk.models.safety import Medication, SafetyPlan, SafetyStep
from cmdesk.models.task import TaskLink
from cmdesk.rules.appeals import AppealLevel, AppealOutcome
from cmdesk.rules.authorization_draft import RatePer
from cmdesk.rules.care_codes import LevelOfCare
from cmdesk.rules.codes import Weekday
from cmdesk.rules.contact_codes import Method, Part2
from cmdesk.rules.family_codes import (
    AuthorizationDecision,
    AuthorizationKind,
    AuthorizationUnit,
    PlanType,
    SafetyConcern,
)

OF_CLIENT = {"client_id"}
OF_APPROVAL = {"authorization_id"}
COUNT = Number(least=0)


def apart(links: Iterable[Row]) -> list[Row]:
    """Write links so that each says one thing, and says it once."""
    said = dict.fromkeys(pair for link in links for pair in link.items())
    return [{key: ref} for key, ref in said]


class Steps(Rows):
    """The lines of a safety plan: by heading, and in the order in which they are tried."""

    def __init__(self) -> None:
        fields = columns(
            SafetyStep,
            leave={"safety_plan_id"},
            need={"step"},
            values={"step": Number(least=1, most=6)},
        )
        super().__init__("steps", SafetyStep, "safety_plan_id", fields)

    def settle(self, row: Row) -> None:
        if self.key in row:
            row[self.key] = sorted(row[self.key], key=lambda item: item["step"])

    def gather(self, stored: Sequence[Stored], owner: Stored, names: Names) -> Row:
        by_place = super().gather(stored, owner, names)
        self.settle(by_place)
        return by_place


class TaskLinks(Rows):
    """What else a task is about: one thing for each row."""

    def __init__(self) -> None:
        super().__init__("links", TaskLink, "task_id", columns(TaskLink, leave={"task_id"}))

    def settle(self, row: Row) -> None:
        if links := apart(row.pop(self.key, ())):
            row[self.key] = links

    def gather(self, stored: Sequence[Stored], owner: Stored, names: Names) -> Row:
        links = apart(self.inner.dump(item, names) for item in stored)
        return {self.key: links} if links else {}


POLICY = Kind(
    Policy,
    columns(Policy, leave=OF_CLIENT, need={"payer"}, values={"plan_type": Coded(PlanType)}),
    noun="policy",
    link="client_id",
    same=("payer", "member_number"),
)
GOES_ON = One(
    "goes_on_from",
    Extension,
    "authorization_id",
    columns(Extension, leave=OF_APPROVAL, need={"extends_id"}),
)
REVIEWS = Rows("reviews", ReviewCall, "authorization_id", columns(ReviewCall, leave=OF_APPROVAL))
APPEALS = Rows(
    "appeals",
    Appeal,
    "authorization_id",
    columns(
        Appeal,
        leave=OF_APPROVAL,
        need={"level"},
        values={"level": Coded(AppealLevel), "outcome": Coded(AppealOutcome)},
    ),
)
AUTHORIZATION = Kind(
    Authorization,
    columns(
        Authorization,
        leave=OF_CLIENT,
        values={
            "kind": Coded(AuthorizationKind),
            "level_requested": Coded(LevelOfCare),
            "units_requested": COUNT,
            "units_authorized": COUNT,
            "unit": Coded(AuthorizationUnit),
            "decision": Coded(AuthorizationDecision),
            "rate_cents": COUNT,
            "rate_per": Coded(RatePer),
        },
    ),
    noun="authorization",
    link="client_id",
    parts=(GOES_ON, REVIEWS, APPEALS),
    same=("policy", "kind", "from_on"),
)
SAFETY_PLAN = Kind(
    SafetyPlan,
    columns(SafetyPlan, leave=OF_CLIENT, values={"concern": Coded(SafetyConcern)}),
    noun="safety plan",
    link="client_id",
    parts=(Steps(),),
    same=("made_on",),
)
MEDICATION = Kind(
    Medication,
    columns(Medication, leave=OF_CLIENT, need={"name"}, values={"part2": Coded(Part2)}),
    noun="medication",
    link="client_id",
    same=("name", "started_on"),
)
CADENCE = Kind(
    CadenceRule,
    columns(
        CadenceRule,
        leave=OF_CLIENT,
        values={
            "method": Coded(Method),
            "every_days": Number(least=1),
            "times_a_week": Number(least=1),
            "weekday": Coded(Weekday),
            "grace_days": COUNT,
        },
    ),
    noun="cadence",
    link="client_id",
    same=("person", "method", "weekday"),
)
NESTS = (
    Nest("safety_plans", SAFETY_PLAN),
    Nest("medications", MEDICATION),
    Nest("policies", POLICY),
    Nest("authorizations", AUTHORIZATION),
    Nest("cadences", CADENCE),
)
