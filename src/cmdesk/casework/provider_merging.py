"""Two entries of one provider become one; everything that points at the one that goes is moved.

A merge adds no consent, as with people (casework/merging.py): holds and marks of both go on
holding, the narrower one where they differ. What is final (disclosures, marks once given) keeps
its number, so then the entry stays behind the other one, out of every list; so it does when both
come from directories, so that a later edition finds each of them and brings neither back.
"""

from datetime import date
from typing import Final

from sqlalchemy import JSON, func, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from cmdesk.casework import entries, merging_candidates, merging_consents, verdicts
from cmdesk.casework.duplicates import E_MAIL, bare
from cmdesk.casework.marks import NARROWNESS
from cmdesk.casework.merged import MERGED_PROVIDER
from cmdesk.casework.merging import VOICEMAILS, fill, joined, point, rows
from cmdesk.casework.parties import organisation_key
from cmdesk.errors import Problem
from cmdesk.models.base import Record
from cmdesk.models.care import Episode
from cmdesk.models.consent import (
    Consent,
    ConsentRecipient,
    Disclosure,
    Restriction,
    RestrictionRecipient,
)
from cmdesk.models.coverage import Policy
from cmdesk.models.entry import EntryMark
from cmdesk.models.person import Address, ContactPoint, Person
from cmdesk.models.placement import PlacementCandidate, PlacementSearch
from cmdesk.models.provider import Organisation, ProviderFact, ProviderTie, SiteVisit
from cmdesk.models.referral import RecordsRequest, Referral
from cmdesk.models.task import TaskLink
from cmdesk.models.transition import FirstVisit, Transition, TransitionLane
from cmdesk.models.update import ToldStatement, UpdateCopy

# What only points at a provider, and may point at the one kept.
POINTING: Final[tuple[tuple[type[Record], str], ...]] = (
    (Episode, "organisation_id"),
    (FirstVisit, "organisation_id"),
    (Person, "organisation_id"),
    (PlacementSearch, "chosen_id"),
    (Policy, "organisation_id"),
    (ProviderFact, "organisation_id"),
    (ProviderTie, "organisation_id"),
    (RecordsRequest, "organisation_id"),
    (Referral, "organisation_id"),
    (SiteVisit, "organisation_id"),
    (ToldStatement, "organisation_id"),
    (Transition, "to_organisation_id"),
    (TransitionLane, "organisation_id"),
    (UpdateCopy, "organisation_id"),
)
# What is moved with care: each thing once.
UNITED: Final[tuple[tuple[type[Record], str], ...]] = (
    (Address, "organisation_id"),
    (ConsentRecipient, "organisation_id"),
    (ContactPoint, "organisation_id"),
    (Organisation, "parent_id"),
    (PlacementCandidate, "organisation_id"),
    (RestrictionRecipient, "organisation_id"),
    (TaskLink, "organisation_id"),
)
# What is final, and goes on naming the number it was written with.
FINAL: Final[tuple[tuple[type[Record], str], ...]] = (
    (Disclosure, "recipient_organisation_id"),
    (EntryMark, "organisation_id"),
)
_OWN: Final = frozenset(
    {"id", "uid", "ref", "imported_digest", "created_at", "updated_at", "version", "name", "kind",
     "parent_id", "sud_program", "npi", "directory_key", "source", "source_as_of", "mine",
     "starred", "notes"}
)  # fmt: skip
FILLED: Final = tuple(
    column.key for column in Organisation.__table__.columns if column.key not in _OWN
)
LISTS: Final = tuple(
    column.key
    for column in Organisation.__table__.columns
    if column.key in FILLED and isinstance(column.type, JSON)
)

# What stands or falls together, some of it by the name of the fact that tells it.
TOGETHER: Final = {
    "wait": ("wait", "wait_days", "opening_on", "openings"),
    "cost": ("private_pay_cents", "private_pay_per"),
    "needs": ("needs",),
    "place": ("latitude", "longitude"),
    "capacity": ("capacity",),
    "detox": ("detox_on_site",),
    "rating": ("my_rating",),
}
LATEST: Final = ("verified_on", "visited_on")


def merge_providers(session: Session, gone_id: int, kept_id: int) -> None:
    """Make `gone_id` go by `kept_id` from now on. Problem when it can't be."""
    gone, kept = _both(session, gone_id, kept_id)
    newer = _told_later(session, gone_id, kept_id)
    merging_consents.of_organisations(session, gone_id, kept_id)
    for model, column in POINTING:
        point(session, model, column, gone_id, kept_id)
    _marks(session, gone_id, kept_id)
    _recipients(session, gone_id, kept_id)
    _points(session, gone_id, kept_id)
    _addresses(session, gone_id, kept_id)
    merging_candidates.unite(session, gone_id, kept_id)
    _links(session, gone_id, kept_id)
    _parents(session, gone, kept)
    _facts(gone, kept, newer)
    flag_modified(kept, "updated_at")  # an open list must hear of what only points at it
    _leave(session, gone, kept)


def _both(session: Session, gone_id: int, kept_id: int) -> tuple[Organisation, Organisation]:
    gone, kept = session.get(Organisation, gone_id), session.get(Organisation, kept_id)
    if gone is None or kept is None:
        raise Problem("One of them is no longer there.", "Close the dialog and look again.")
    if gone_id == kept_id or MERGED_PROVIDER in (gone.kind, kept.kind):
        raise Problem("These are the same provider already.", "There is nothing to merge.")
    return gone, kept


def _told_later(session: Session, gone: int, kept: int) -> frozenset[str]:
    """Name the facts of which the one that goes was told last: what is old must not look new."""
    query = select(ProviderFact.organisation_id, ProviderFact.field, func.max(ProviderFact.told_on))
    query = query.where(ProviderFact.organisation_id.in_((gone, kept)), ProviderFact.words != "")
    groups = session.execute(query.group_by(ProviderFact.organisation_id, ProviderFact.field))
    told = {(house, name): day for house, name, day in groups}
    return frozenset(
        name
        for (house, name), day in told.items()
        if house == gone and day > told.get((kept, name), date.min)
    )


def _facts(gone: Organisation, kept: Organisation, newer: frozenset[str]) -> None:
    """Fill what is empty, take what was told later; codes add up, and protection fails closed."""
    for name in LISTS:
        both = dict.fromkeys((*getattr(kept, name), *getattr(gone, name)))
        if list(both) != getattr(kept, name):
            setattr(kept, name, list(both))
    for fact, names in TOGETHER.items():
        unknown = all(getattr(kept, name) in (None, "") for name in names)  # nought is known
        for name in names if unknown or fact in newer else ():
            setattr(kept, name, getattr(gone, name))
    for name in LATEST:
        days = filter(None, (getattr(kept, name), getattr(gone, name)))
        setattr(kept, name, max(days, default=None))
    together = {*LISTS, *(name for names in TOGETHER.values() for name in names)}
    fill(kept, gone, [name for name in FILLED if name not in together])
    kept.notes = joined(kept.notes, gone.notes)
    kept.sud_program = kept.sud_program or gone.sud_program
    kept.mine, kept.starred = kept.mine or gone.mine, kept.starred or gone.starred
    if not kept.source:
        kept.source, kept.source_as_of = gone.source, gone.source_as_of


def _leave(session: Session, gone: Organisation, kept: Organisation) -> None:
    """Take the entry away, or, where it must stay, out of sight."""
    session.flush()
    final = any(rows(session, model, column, gone.id) for model, column in FINAL)
    if final or (gone.directory_key and kept.directory_key) or (gone.ref and kept.ref):
        gone.kind, gone.parent_id = MERGED_PROVIDER, kept.id
        gone.mine = gone.starred = False
        session.flush()
        return
    key, npi, ref, digest = gone.directory_key, gone.npi, gone.ref, gone.imported_digest
    session.delete(gone)
    session.flush()
    kept.directory_key = kept.directory_key or key
    kept.npi, kept.ref = kept.npi or npi, kept.ref or ref
    kept.imported_digest = kept.imported_digest or digest
    session.flush()


def _marks(session: Session, gone: int, kept: int) -> None:
    """Mark entries for the one kept as they were for the other, where that is narrower."""
    given = select(EntryMark.entry_id).where(EntryMark.organisation_id == gone).distinct()
    marked = session.scalars(given).all()
    old_key, key = organisation_key(gone), organisation_key(kept)
    for number, _, read in verdicts.for_rules(session, marked):
        old = read.marks.get(old_key, "")
        if NARROWNESS.index(old) > NARROWNESS.index(read.marks.get(key, "")):
            entries.choose(session, number, key, old)


def _recipients(session: Session, gone: int, kept: int) -> None:
    """Let consents and holds name the one kept, each once; a form that is open must notice."""
    owners: tuple[tuple[type[Record], str, type[Record]], ...] = (
        (ConsentRecipient, "consent_id", Consent),
        (RestrictionRecipient, "restriction_id", Restriction),
    )
    for model, owner, form in owners:
        _once(session, model, owner, gone, kept, form)


def _links(session: Session, gone: int, kept: int) -> None:
    _once(session, TaskLink, "task_id", gone, kept, None)


def _once(
    session: Session,
    model: type[Record],
    owner: str,
    gone: int,
    kept: int,
    form: type[Record] | None,
) -> None:
    """Point rows at the one kept; where their owner names it already, one row is enough."""
    there = {getattr(row, owner) for row in rows(session, model, "organisation_id", kept)}
    for row in rows(session, model, "organisation_id", gone):
        number = getattr(row, owner)
        if number in there:
            session.delete(row)
        else:
            row.organisation_id = kept
            there.add(number)
        if form is not None:
            flag_modified(session.get_one(form, number), "updated_at")
    session.flush()


def _points(session: Session, gone: int, kept: int) -> None:
    """Keep each number and address once; of two permissions the narrower one."""
    own = rows(session, ContactPoint, "organisation_id", kept)
    known = {_reach(row): row for row in own}
    used = select(UpdateCopy.contact_point_id).where(UpdateCopy.contact_point_id.is_not(None))
    written = set(session.scalars(used))
    moved = rows(session, ContactPoint, "organisation_id", gone)
    for place, row in enumerate(moved, len(own)):
        row.organisation_id, row.position, row.preferred = kept, place, row.preferred and not own
        twin = known.setdefault(_reach(row), row)
        if twin is row:
            continue
        twin.may_call = row.may_call = twin.may_call and row.may_call
        twin.may_text = row.may_text = twin.may_text and row.may_text
        narrow = min(twin.voicemail, row.voicemail, key=VOICEMAILS.index)
        twin.voicemail = row.voicemail = narrow
        encrypted = twin.email_encrypted_only or row.email_encrypted_only
        twin.email_encrypted_only = row.email_encrypted_only = encrypted
        twin.label = twin.label or row.label
        if row.id not in written:
            session.delete(row)
    session.flush()


def _reach(row: ContactPoint) -> tuple[str, str]:
    plain = row.value.strip().casefold()
    return row.kind, plain if row.kind in E_MAIL else bare(plain) or plain


def _addresses(session: Session, gone: int, kept: int) -> None:
    """Keep each place once: the same street and city are the same place."""
    own = rows(session, Address, "organisation_id", kept)
    known = {_place(row) for row in own}
    for row in rows(session, Address, "organisation_id", gone):
        if _place(row) in known or (own and not any(_place(row))):
            session.delete(row)
        else:
            row.organisation_id = kept
    session.flush()


def _place(row: Address) -> tuple[str, ...]:
    parts = (row.street, row.street2, row.city, row.state, row.zip[:5])
    return tuple(" ".join(part.casefold().split()) for part in parts)


def _parents(session: Session, gone: Organisation, kept: Organisation) -> None:
    """Hand its places on; nobody belongs to themself."""
    point(session, Organisation, "parent_id", gone.id, kept.id)
    if kept.parent_id == kept.id:
        kept.parent_id = None
    if kept.parent_id is None and gone.parent_id != kept.id:
        kept.parent_id = gone.parent_id
    session.flush()
