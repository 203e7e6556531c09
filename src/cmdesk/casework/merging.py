"""Two records of one human being become one; what was signed keeps the number it was signed with.

A merge adds no consent. Those that named either record name the one person afterwards, which is
what the user confirms; holds and marks of both go on holding, the narrower one where they differ.
"""

from collections.abc import Sequence
from typing import Any, Final, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, Session
from sqlalchemy.orm.attributes import flag_modified

from cmdesk.casework import clock, draft_keys, entries, merging_consents, verdicts
from cmdesk.casework.duplicates import E_MAIL, bare
from cmdesk.casework.marks import NARROWNESS
from cmdesk.casework.merging_professionals import unite_sides
from cmdesk.casework.parties import person_key
from cmdesk.errors import Problem
from cmdesk.models.base import Record
from cmdesk.models.care import Episode
from cmdesk.models.client import CircleMember, Client, LegalAuthority
from cmdesk.models.consent import Consent, ConsentRecipient, RestrictionRecipient
from cmdesk.models.coverage import Authorization
from cmdesk.models.entry import Entry, EntryMark, EntryParticipant
from cmdesk.models.inquiry import Inquiry
from cmdesk.models.merge import PersonMerge
from cmdesk.models.person import Address, ContactPoint, Person, PersonRelation
from cmdesk.models.placement import FamilyWord
from cmdesk.models.provider import ProviderFact, ProviderTie
from cmdesk.models.referral import RecordsRequest, Referral
from cmdesk.models.rhythm import CadenceRule
from cmdesk.models.safety import Medication, SafetyStep
from cmdesk.models.task import Task, TaskLink
from cmdesk.models.transition import FirstVisit, Handoff, TransitionLane
from cmdesk.models.update import ToldStatement, UpdateCopy, UpdatePlan
from cmdesk.rules.codes import ContactPermission, Relationship
from cmdesk.rules.contact_codes import EntryStatus

# What only points at a person, and may point at the one kept.
POINTING: Final[tuple[tuple[type[Record], str], ...]] = (
    (Address, "person_id"),
    (Authorization, "reviewer_id"),
    (CadenceRule, "person_id"),
    (Episode, "provider_id"),
    (FamilyWord, "person_id"),
    (FirstVisit, "person_id"),
    (Handoff, "from_id"),
    (Handoff, "to_id"),
    (Inquiry, "caller_id"),
    (LegalAuthority, "person_id"),
    (Medication, "prescriber_id"),
    (RecordsRequest, "person_id"),
    (Referral, "person_id"),
    (SafetyStep, "person_id"),
    (Task, "waiting_on_id"),
    (TaskLink, "person_id"),
    (ToldStatement, "person_id"),
    (TransitionLane, "person_id"),
    (UpdateCopy, "person_id"),
    (PersonMerge, "kept_id"),
)
FILLED: Final = (
    "middle_name", "preferred_name", "suffix", "pronouns", "credentials", "job_title",
    "organisation_id", "language",
)  # fmt: skip
R = TypeVar("R", Person, Client)
VOICEMAILS: Final = (  # the narrower first
    ContactPermission.VOICEMAIL_NONE,
    ContactPermission.VOICEMAIL_NO_IDENTIFY,
    ContactPermission.VOICEMAIL_IDENTIFY,
)


def merge_people(session: Session, gone_id: int, kept_id: int) -> None:
    """Make `gone_id` go by `kept_id` from now on. Problem when it can't be."""
    person, of = Person, PersonMerge.person_id
    gone, kept = both(session, person, of, gone_id, kept_id, "These are the same person already.")
    if session.scalar(select(Client.id).where(Client.person_id == gone_id)) is not None:
        raise Problem("This person has a chart.", "Keep the one with the chart, or merge charts.")
    draft_keys.refuse_open_forms(session, (gone_id, kept_id))
    if kept.born is None:
        kept.born = gone.born
    become_one(session, gone, kept)


def become_one(session: Session, gone: Person, kept: Person) -> None:
    """Point everything that is not final at the person kept."""
    merging_consents.of_people(session, gone.id, kept.id)
    for model, column in POINTING:
        point(session, model, column, gone.id, kept.id)
    _marks(session, gone.id, kept.id)
    _recipients(session, gone.id, kept.id)
    _participants(session, gone.id, kept.id)
    _relations(session, gone.id, kept.id)
    _circles(session, gone.id, kept.id)
    _points(session, gone.id, kept.id)
    _plans(session, gone.id, kept.id)
    _profession(session, gone.id, kept.id)
    if not kept.pdf_password:  # how it was told goes with the one that was told
        kept.pdf_password, kept.pdf_password_told = gone.pdf_password, gone.pdf_password_told
    fill(kept, gone, FILLED)
    kept.interpreter = kept.interpreter or gone.interpreter
    kept.notes = joined(kept.notes, gone.notes)
    session.add(PersonMerge(person_id=gone.id, kept_id=kept.id))
    session.flush()


def both(
    session: Session,
    kind: type[R],
    merged: InstrumentedAttribute[int],
    gone_id: int,
    kept_id: int,
    already: str,
) -> tuple[R, R]:
    """Return the two records, neither of them merged into another so far; `already` says so."""
    gone, kept = session.get(kind, gone_id), session.get(kind, kept_id)
    if gone is None or kept is None:
        raise Problem("One of them is no longer there.", "Close the dialog and look again.")
    before = select(merged).where(merged.in_((gone_id, kept_id)))
    if gone_id == kept_id or session.scalar(before.limit(1)) is not None:
        raise Problem(already, "There is nothing to merge.")
    return gone, kept


def point(session: Session, model: type[Record], column: str, gone: int, kept: int) -> None:
    """Let every row that points at one number point at another."""
    for row in rows(session, model, column, gone):
        setattr(row, column, kept)
    session.flush()


def rows(session: Session, model: type[Record], column: str, number: int) -> Sequence[Any]:
    query = select(model).where(getattr(model, column) == number)
    return session.scalars(query.order_by(model.id)).all()


def fill(kept: Record, gone: Record, names: Sequence[str]) -> None:
    """Take over what is written in one record and empty in the other."""
    for name in names:
        if not getattr(kept, name) and getattr(gone, name):
            setattr(kept, name, getattr(gone, name))


def joined(first: str, second: str) -> str:
    """Put two notes under one another, a note that says nothing more left out."""
    return first if second in first else "\n".join(filter(None, (first, second)))


def _marks(session: Session, gone: int, kept: int) -> None:
    """Mark entries for the one kept as they were for the other, where that is narrower."""
    marked = session.scalars(
        select(EntryMark.entry_id).where(EntryMark.person_id == gone).distinct()
    ).all()
    for number, _, read in verdicts.for_rules(session, marked):
        old = read.marks.get(person_key(gone), "")
        if NARROWNESS.index(old) > NARROWNESS.index(read.marks.get(person_key(kept), "")):
            entries.choose(session, number, person_key(kept), old)


def _recipients(session: Session, gone: int, kept: int) -> None:
    """Let consents and holds name the one kept, each once; a form that is open must notice."""
    for model, owner in (
        (ConsentRecipient, "consent_id"),
        (RestrictionRecipient, "restriction_id"),
    ):
        there = {getattr(row, owner) for row in rows(session, model, "person_id", kept)}
        for row in rows(session, model, "person_id", gone):
            if getattr(row, owner) in there:
                session.delete(row)
            else:
                row.person_id = kept
                there.add(getattr(row, owner))
            if isinstance(row, ConsentRecipient):
                flag_modified(session.get_one(Consent, row.consent_id), "updated_at")
    session.flush()


def _participants(session: Session, gone: int, kept: int) -> None:
    """Change who took part in what is not signed yet."""
    open_ones = (
        select(EntryParticipant)
        .join(Entry, EntryParticipant.entry_id == Entry.id)
        .where(EntryParticipant.person_id == gone, Entry.status != EntryStatus.SIGNED)
    )
    there = {row.entry_id for row in rows(session, EntryParticipant, "person_id", kept)}
    for row in session.scalars(open_ones).all():
        if row.entry_id in there:
            session.delete(row)
        else:
            row.person_id = kept
    session.flush()


def _relations(session: Session, gone: int, kept: int) -> None:
    """Keep how they stand to others, once; nobody is related to themselves."""
    for column in ("person_id", "other_id"):
        point(session, PersonRelation, column, gone, kept)
    known: set[tuple[int, int, str]] = set()
    either = [
        *rows(session, PersonRelation, "person_id", kept),
        *rows(session, PersonRelation, "other_id", kept),
    ]
    for row in dict.fromkeys(either):
        low, high = sorted((row.person_id, row.other_id))
        if low == high or (low, high, row.kind) in known:
            session.delete(row)
        known.add((low, high, row.kind))
    session.flush()


def _circles(session: Session, gone: int, kept: int) -> None:
    """Unite the places held today; one that ended stays beside them, ended."""
    standing = {row.client_id: row for row in _places(session, kept) if row.until is None}
    for row in _places(session, gone):
        row.person_id = kept
        if row.until is None and row.client_id in standing:
            unite(session, row, standing[row.client_id])
        elif row.until is None:
            standing[row.client_id] = row
    session.flush()
    for row in _places(session, kept):  # nobody stands around themself
        if session.get_one(Client, row.client_id).person_id == kept:
            session.delete(row)
    session.flush()


def _places(session: Session, person_id: int) -> Sequence[CircleMember]:
    """Return the places in circles, those held today first."""
    places = rows(session, CircleMember, "person_id", person_id)
    return sorted(places, key=lambda row: row.until is not None)


def unite(session: Session, gone: CircleMember, kept: CircleMember) -> None:
    """Make two places held today one. Roles add up: a wish not to be called goes on holding.

    Another tie is closed, not thrown away: kinship once recorded keeps someone from being a
    treating provider for ever (domain.md 0.4, rule 3).
    """
    session.flush()
    kept.roles = list(dict.fromkeys((*kept.roles, *gone.roles)))
    kept.note = joined(kept.note, gone.note)
    merging_consents.plain_email(session, gone, kept)
    if kept.relationship in ("", Relationship.OTHER) and gone.relationship:
        kept.relationship, gone.relationship = gone.relationship, kept.relationship
    if gone.relationship in ("", kept.relationship):
        kept.since = min(filter(None, (kept.since, gone.since)), default=None)
        session.flush()
        session.delete(gone)
    else:
        gone.until = clock.today(session)
    session.flush()


def _points(session: Session, gone: int, kept: int) -> None:
    """Keep each number and address once; of two permissions the narrower one."""
    own = rows(session, ContactPoint, "person_id", kept)
    used = set(session.scalars(select(UpdateCopy.contact_point_id)))
    known = {_reach(row): row for row in own}
    for place, row in enumerate(rows(session, ContactPoint, "person_id", gone), len(own)):
        row.person_id, row.position, row.preferred = kept, place, row.preferred and not own
        twin = known.setdefault(_reach(row), row)
        if twin is row:
            continue
        for each in (twin, row):
            _narrow(each, row if each is twin else twin)
        if row.id not in used:
            session.delete(row)
    session.flush()


def _reach(row: ContactPoint) -> tuple[str, str]:
    plain = row.value.strip().casefold()
    return row.kind, plain if row.kind in E_MAIL else bare(plain) or plain


def _narrow(row: ContactPoint, other: ContactPoint) -> None:
    row.may_call = row.may_call and other.may_call
    row.may_text = row.may_text and other.may_text
    row.email_encrypted_only = row.email_encrypted_only or other.email_encrypted_only
    row.voicemail = min(row.voicemail, other.voicemail, key=VOICEMAILS.index)


def _plans(session: Session, gone: int, kept: int) -> None:
    """Let one update plan go on for each client; the other ends today."""
    today = clock.today(session)
    going = {row.client_id for row in rows(session, UpdatePlan, "recipient_id", kept)}
    for row in rows(session, UpdatePlan, "recipient_id", gone):
        row.recipient_id = kept
        if row.client_id in going and row.ended_on is None:
            row.ended_on = today
    session.flush()


def _profession(session: Session, gone: int, kept: int) -> None:
    unite_sides(session, gone, kept)
    for model in (ProviderFact, ProviderTie):
        point(session, model, "person_id", gone, kept)
    point(session, ProviderFact, "told_by_id", gone, kept)
