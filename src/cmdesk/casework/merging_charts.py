"""Two charts of one client become one, and both histories stay.

The consents of the chart that closes no longer count: each was given for one chart, and its end may
hang on that chart's engagement, so it is signed anew where it is still wanted. Holds go along: they
only ever narrow.
"""

from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.casework import clock, draft_keys, merging_consents
from cmdesk.casework.merging import become_one, both, fill, joined, point, rows, unite
from cmdesk.models.base import Record
from cmdesk.models.care import CareEvent, Episode
from cmdesk.models.client import CircleMember, Client, LegalAuthority
from cmdesk.models.consent import Restriction
from cmdesk.models.coverage import Authorization, Policy
from cmdesk.models.document import Document
from cmdesk.models.entry import Entry, EntryClient
from cmdesk.models.goal import Goal
from cmdesk.models.inquiry import Inquiry
from cmdesk.models.measure import MeasureResult
from cmdesk.models.merge import ClientMerge
from cmdesk.models.person import Person
from cmdesk.models.placement import PlacementSearch
from cmdesk.models.referral import RecordsRequest, Referral
from cmdesk.models.rhythm import CadenceRule
from cmdesk.models.rights import PrivacyIncident, RightsRequest
from cmdesk.models.safety import Medication, SafetyPlan
from cmdesk.models.task import Task
from cmdesk.models.transition import Transition
from cmdesk.models.update import LetterPromise, ToldStatement, UpdatePlan
from cmdesk.rules.codes import ClientStatus
from cmdesk.rules.contact_codes import EntryStatus

MOVED: Final[tuple[type[Record], ...]] = (
    Authorization, CadenceRule, CareEvent, Document, Episode, Goal, Inquiry, LegalAuthority,
    LetterPromise, MeasureResult, Medication, PlacementSearch, Policy, PrivacyIncident,
    RecordsRequest, Referral, Restriction, RightsRequest, SafetyPlan, Task, ToldStatement,
    Transition,
)  # fmt: skip
FILLED: Final = (
    "code", "sex_at_birth", "gender", "languages", "race_ethnicity", "religion_culture",
    "photo_id", "education", "employment", "military", "living_situation", "legal_status",
    "diagnoses_reported", "allergies", "primary_substances", "recovery_on", "my_role",
)  # fmt: skip


def merge_clients(session: Session, gone_id: int, kept_id: int) -> None:
    """Read `gone_id` as part of `kept_id`'s chart from now on. Problem when it can't be."""
    client, of = Client, ClientMerge.client_id
    gone, kept = both(session, client, of, gone_id, kept_id, "These are one chart already.")
    people = gone.person_id, kept.person_id
    draft_keys.refuse_open_forms(session, people, (gone_id, kept_id), gone_id)
    merging_consents.of_charts(session, gone_id, kept_id)
    for model in MOVED:
        point(session, model, "client_id", gone_id, kept_id)
    point(session, ClientMerge, "kept_id", gone_id, kept_id)
    _unsigned(session, gone_id, kept_id)
    _links(session, gone_id, kept_id)
    _circle(session, gone, kept)
    _plans(session, gone_id, kept_id)
    fill(kept, gone, FILLED)
    stands = joined(kept.where_things_stand, gone.where_things_stand)
    if stands != kept.where_things_stand:
        kept.where_things_stand = stands
        kept.where_things_stand_at = kept.where_things_stand_at or gone.where_things_stand_at
    gone.status = ClientStatus.CLOSED
    session.add(ClientMerge(client_id=gone_id, kept_id=kept_id))
    become_one(
        session, session.get_one(Person, gone.person_id), session.get_one(Person, kept.person_id)
    )


def _unsigned(session: Session, gone: int, kept: int) -> None:
    """Move what is not signed yet; a signed entry keeps the number it was signed with."""
    query = select(Entry).where(Entry.client_id == gone, Entry.status != EntryStatus.SIGNED)
    for row in session.scalars(query).all():
        row.client_id = kept
    session.flush()


def _links(session: Session, gone: int, kept: int) -> None:
    """Keep an entry that is also about the client linked once."""
    there = {row.entry_id for row in rows(session, EntryClient, "client_id", kept)}
    for row in rows(session, EntryClient, "client_id", gone):
        if row.entry_id in there:
            session.delete(row)
        else:
            row.client_id = kept
    session.flush()


def _circle(session: Session, gone: Client, kept: Client) -> None:
    """Put the people of both circles into one, each once; the client is not around themself."""
    places = rows(session, CircleMember, "client_id", kept.id)
    known = {row.person_id: row for row in places if row.until is None}
    for place, row in enumerate(rows(session, CircleMember, "client_id", gone.id), len(places)):
        row.client_id, row.position = kept.id, place
        if row.person_id in known and row.until is None:
            unite(session, row, known[row.person_id])
        elif row.until is None:
            known[row.person_id] = row
    session.flush()
    own = (gone.person_id, kept.person_id)
    for row in rows(session, CircleMember, "client_id", kept.id):
        if row.person_id in own:
            session.delete(row)
    session.flush()


def _plans(session: Session, gone: int, kept: int) -> None:
    """Let one update plan go on for each reader; the other ends today."""
    going = {row.recipient_id for row in rows(session, UpdatePlan, "client_id", kept)}
    for row in rows(session, UpdatePlan, "client_id", gone):
        row.client_id = kept
        if row.recipient_id in going and row.ended_on is None:
            row.ended_on = clock.today(session)
    session.flush()
