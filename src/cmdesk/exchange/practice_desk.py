"""The practice file's inquiries, merges, templates, state rules and incidents.

Two tables stay out. A snooze is a passing mark on a row of Today that it names by a number of this
vault alone, and some of those rows have no name outside it; without it the row shows again, which
is the safe side. Calendar events are read from a calendar file, which is where they are kept.
"""

from collections.abc import Iterable

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, aliased

from cmdesk.exchange.practice_consents import INCIDENT
from cmdesk.exchange.practice_fields import Row, columns
from cmdesk.exchange.practice_kinds import Kind, Nest
from cmdesk.exchange.practice_letters import LETTER_TEMPLATE
from cmdesk.exchange.practice_lists import Listed
from cmdesk.exchange.practice_parts import Rows
from cmdesk.exchange.practice_values import Coded, Misfit, Number, shown
from cmdesk.models.consent import StateRule
from cmdesk.models.inquiry import Inquiry
from cmdesk.models.merge import ClientMerge, PersonMerge
from cmdesk.models.template import Snippet, TaskSet, TaskSetStep
from cmdesk.rules.family_codes import InquiryStatus, MinorCare, ReferralSource, Urgency
from cmdesk.rules.topics import Topic


def settle_merges(merges: Iterable[Row], key: str) -> None:
    """Let every merge name the record that is kept in the end. Raises Misfit where none is."""
    kept = {merge[key]: merge["kept"] for merge in merges}
    for merge in merges:
        seen = {merge[key]}
        while merge["kept"] in kept and merge["kept"] not in seen:
            seen.add(merge["kept"])
            merge["kept"] = kept[merge["kept"]]
        if merge["kept"] in seen:
            why = f"the merges of {shown(merge[key])} lead back to it, so none would be kept"
            raise Misfit(why)


def chained(session: Session) -> bool:
    """Say whether a record that is kept was merged into another itself, by two files together."""
    people, clients = aliased(PersonMerge), aliased(ClientMerge)
    into_gone = exists().where(PersonMerge.kept_id == people.person_id)
    into_closed = exists().where(ClientMerge.kept_id == clients.client_id)
    return bool(session.scalar(select(into_gone | into_closed)))


INQUIRY = Kind(
    Inquiry,
    columns(
        Inquiry,
        need={"received_at", "caller_name"},
        values={
            "urgency": Coded(Urgency),
            "status": Coded(InquiryStatus),
            "referral_source_type": Coded(ReferralSource),
        },
    ),
    noun="inquiry",
    same=("received_at", "caller_name"),
)
PERSON_MERGE = Kind(
    PersonMerge,
    columns(PersonMerge, need={"person_id", "kept_id"}),
    noun="merge of two people",
    same=("person",),
)
CLIENT_MERGE = Kind(
    ClientMerge,
    columns(ClientMerge, need={"client_id", "kept_id"}),
    noun="merge of two clients",
    same=("client",),
)
SNIPPET = Kind(
    Snippet,
    columns(Snippet, need={"name"}, values={"topics": Listed(Coded(Topic), once=True)}),
    noun="snippet",
    same=("name",),
    unique=("name",),
)
TASK_SET = Kind(
    TaskSet,
    columns(TaskSet, need={"name"}),
    noun="task set",
    parts=(Rows("steps", TaskSetStep, "task_set_id", columns(TaskSetStep, leave={"task_set_id"})),),
    same=("name",),
    unique=("name",),
)
STATE_RULE = Kind(
    StateRule,
    columns(
        StateRule,
        need={"state", "care"},
        values={"care": Coded(MinorCare), "minor_may_consent_from": Number(least=0)},
    ),
    noun="state rule",
    same=("state", "care"),
)
SECTIONS = (
    Nest("person_merges", PERSON_MERGE),
    Nest("client_merges", CLIENT_MERGE),
    Nest("inquiries", INQUIRY),
    Nest("snippets", SNIPPET),
    Nest("task_sets", TASK_SET),
    Nest("state_rules", STATE_RULE),
    Nest("letter_templates", LETTER_TEMPLATE),
    Nest("privacy_incidents", INCIDENT),
)
