"""The practice file's care outside programs: services referred to, and papers asked for."""

from cmdesk.exchange.practice_fields import columns
from cmdesk.exchange.practice_kinds import Kind, Nest
from cmdesk.exchange.practice_lists import Listed
from cmdesk.exchange.practice_values import Coded, Number
from cmdesk.models.referral import RecordsRequest, Referral
from cmdesk.rules.contact_codes import Part2
from cmdesk.rules.provider_codes import ReferralState
from cmdesk.rules.referral_codes import (
    AskedHow,
    Barrier,
    Direction,
    Outcome,
    ServiceKind,
    ServicePer,
)
from cmdesk.rules.topics import Topic

COUNT = Number(least=0)

REFERRAL = Kind(
    Referral,
    columns(
        Referral,
        leave={"client_id"},
        need={"kind"},
        values={
            "kind": Coded(ServiceKind),
            "state": Coded(ReferralState),
            "outcome": Coded(Outcome),
            "barrier": Coded(Barrier),
            "cost_cents": COUNT,
            "cost_per": Coded(ServicePer),
            "topics": Listed(Coded(Topic), once=True),
            "part2": Coded(Part2),
        },
    ),
    noun="referral",
    link="client_id",
    same=("kind", "what", "organisation", "person"),
)
RECORDS_REQUEST = Kind(
    RecordsRequest,
    columns(
        RecordsRequest,
        leave={"client_id"},
        values={
            "direction": Coded(Direction),
            "asked_how": Coded(AskedHow),
            "chase_days": Number(least=1),
            "chases": COUNT,
            "fee_cents": COUNT,
            "part2": Coded(Part2),
        },
    ),
    noun="records request",
    link="client_id",
    same=("what", "asked_on", "organisation", "person"),
)
NESTS = (Nest("referrals", REFERRAL), Nest("records_requests", RECORDS_REQUEST))
