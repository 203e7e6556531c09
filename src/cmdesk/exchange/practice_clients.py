"""The practice file's clients: the circle around each, consents, care, letters and tasks."""

from cmdesk.exchange.practice_care import NESTS as CARE
from cmdesk.exchange.practice_care import TaskLinks
from cmdesk.exchange.practice_consents import CONSENT, DISCLOSURE, RESTRICTION, RIGHTS_REQUEST
from cmdesk.exchange.practice_entries import ENTRY
from cmdesk.exchange.practice_fields import Row, columns
from cmdesk.exchange.practice_goals import MEASURE
from cmdesk.exchange.practice_goals import NESTS as GOALS
from cmdesk.exchange.practice_kinds import Kind, Nest, Twin
from cmdesk.exchange.practice_letters import NESTS as LETTERS
from cmdesk.exchange.practice_lists import Listed
from cmdesk.exchange.practice_parts import Latest, Rows
from cmdesk.exchange.practice_people import PERSON_FIELDS, SOME_NAME, named, parts_of_person
from cmdesk.exchange.practice_placements import NESTS as PLACES
from cmdesk.exchange.practice_services import NESTS as SERVICES
from cmdesk.exchange.practice_transitions import NESTS as MOVES
from cmdesk.exchange.practice_turns import NESTS as TURNS
from cmdesk.exchange.practice_values import (
    Coded,
    Number,
)
from cmdesk.models.care import Episode, LevelStay
from cmdesk.models.client import CircleMember, Client, Engagement, LegalAuthority, PlainEmail
from cmdesk.models.person import Person
from cmdesk.models.task import Task
from cmdesk.rules.care_codes import AdmissionType, DischargeReason, LevelOfCare
from cmdesk.rules.care_event_codes import InCare
from cmdesk.rules.codes import (
    CaseRole,
    ClientStatus,
    EndReason,
    LegalAuthorityKind,
    LivingSituation,
    Relationship,
    TaskState,
)
from cmdesk.rules.contact_codes import Part2
from cmdesk.rules.known_day import Known
from cmdesk.rules.provider_codes import Treats
from cmdesk.rules.topics import Topic

OF_CLIENT = {"client_id"}
TOPICS = Listed(Coded(Topic), once=True)


def settle_task(row: Row) -> None:
    if "done_on" in row:
        row.setdefault("state", TaskState.DONE.value)


ENGAGEMENT = Kind(
    Engagement,
    columns(
        Engagement,
        leave=OF_CLIENT,
        called={"began_on": "began", "ended_on": "ended"},
        values={"end_reason": Coded(EndReason)},
    ),
    noun="engagement",
    link="client_id",
    same=("began",),
)
CIRCLE = Kind(
    CircleMember,
    columns(
        CircleMember,
        leave=OF_CLIENT,
        need={"person_id"},
        values={"relationship": Coded(Relationship), "roles": Listed(Coded(CaseRole), once=True)},
    ),
    noun="person of the circle",
    link="client_id",
    parts=(
        Latest(
            "plain_email",
            PlainEmail,
            "circle_member_id",
            columns(PlainEmail, leave={"circle_member_id"}, absent={"address": ""}),
            "plain_email_before",
        ),
    ),
    same=("person",),
)
AUTHORITY = Kind(
    LegalAuthority,
    columns(
        LegalAuthority,
        leave=OF_CLIENT,
        need={"person_id", "kind"},
        values={"kind": Coded(LegalAuthorityKind)},
    ),
    noun="legal authority",
    link="client_id",
)
EPISODE = Kind(
    Episode,
    columns(
        Episode,
        leave=OF_CLIENT,
        values={
            "level_of_care": Coded(LevelOfCare),
            "admitted_known": Coded(Known),
            "discharged_known": Coded(Known),
            "planned_days": Number(least=0),
            "admission_type": Coded(AdmissionType),
            "discharge_reason": Coded(DischargeReason),
            "part2": Coded(Part2),
            "presentation": Listed(Coded(Treats), once=True),
            "in_care_at_90": Coded(InCare),
        },
    ),
    noun="episode",
    link="client_id",
    parts=(
        Rows(
            "level_stays",
            LevelStay,
            "episode_id",
            columns(
                LevelStay,
                leave={"episode_id"},
                need={"level_of_care"},
                values={"level_of_care": Coded(LevelOfCare)},
            ),
        ),
    ),
)
TASK = Kind(
    Task,
    columns(
        Task,
        leave=OF_CLIENT,
        absent={"text": ""},
        values={"state": Coded(TaskState), "topics": TOPICS, "part2": Coded(Part2)},
    ),
    noun="task",
    link="client_id",
    parts=(TaskLinks(),),
    settle=settle_task,
)
CLIENT = Kind(
    Client,
    columns(
        Client,
        leave={"person_id"},
        values={"status": Coded(ClientStatus), "living_situation": Coded(LivingSituation)},
    ),
    noun="client",
    twin=Twin(Person, "person_id", "person_", PERSON_FIELDS, tuple(parts_of_person())),
    nests=(
        Nest("engagement", ENGAGEMENT, single=True, before="engagements_before"),
        Nest("circle", CIRCLE),
        Nest("legal_authorities", AUTHORITY),
        Nest("consents", CONSENT),
        Nest("restrictions", RESTRICTION),
        Nest("episodes", EPISODE),
        *CARE,
        Nest("entries", ENTRY),
        *TURNS,
        *GOALS,
        Nest("measures", MEASURE),
        *LETTERS,
        Nest("disclosures", DISCLOSURE),
        Nest("rights_requests", RIGHTS_REQUEST),
        Nest("tasks", TASK),
        *MOVES,
        *PLACES,
        *SERVICES,
    ),
    needs_ref=True,
    unique=("card_uid",),
    settle=named,
    also=SOME_NAME,
)
