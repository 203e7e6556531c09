"""The circle editor's reads and writes: one person, and their place in one client's life."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from cmdesk.casework import clock, drafts, merged, person_rows
from cmdesk.casework.parties import name_of
from cmdesk.casework.person_rows import Stored
from cmdesk.casework.stored import refuse_changed
from cmdesk.errors import Problem
from cmdesk.models.client import CircleMember, Client, LegalAuthority, PlainEmail
from cmdesk.models.person import ContactPoint, Person, PersonRelation
from cmdesk.rules.codes import CaseRole
from cmdesk.rules.people import Name
from cmdesk.rules.people_draft import PersonDraft, TieDraft, faults

WHO = (
    "given_name",
    "middle_name",
    "family_name",
    "preferred_name",
    "suffix",
    "pronouns",
    "credentials",
    "job_title",
    "language",
    "notes",
)


def draft(session: Session, client_id: int, person_id: int | None) -> PersonDraft:
    """Return someone as the editor shows them; None, or not in the circle yet, gives a new place.

    Raises Problem if the client or the person is gone.
    """
    client = session.get(Client, client_id)
    if client is None:
        raise Problem("This client is no longer there.", "Go back to the list of clients.")
    last = next(reversed([number for number, _ in others(session, client_id, person_id)]), None)
    if person_id is None:
        return PersonDraft(client_id, ties=(TieDraft(),), after_id=last)
    person = _get(session, person_id)
    stored = _stored(session, client_id, person_id)
    own = client.person_id == person_id
    return PersonDraft(
        client_id=client_id,
        person_id=person_id,
        own=own,
        **{name: getattr(person, name) for name in WHO},
        organisation_id=person.organisation_id,
        interpreter=person.interpreter,
        after_id=_before(session, client_id, person_id) if _open(stored) else last,
        ties=person_rows.ties(stored.ties) or (() if own else (TieDraft(),)),
        points=person_rows.points(stored.points),
        authorities=person_rows.authorities(stored.authorities),
        plain_emails=person_rows.plain_emails(stored.plain_emails),
        relations=person_rows.relations(stored.relations, person_id),
        version=_version(person, stored),
    )


def _get(session: Session, person_id: int) -> Person:
    person = session.get(Person, person_id)
    if person is None:
        raise Problem("This person is no longer there.", "Close the dialog and look again.")
    return person


def _stored(session: Session, client_id: int, person_id: int) -> Stored:
    """Load what is kept of someone for this client; other families' rows stay out of sight."""
    members = session.scalars(
        select(CircleMember)
        .where(CircleMember.client_id == client_id, CircleMember.person_id == person_id)
        .order_by(CircleMember.until.is_not(None), CircleMember.position, CircleMember.id)
    ).all()
    wishes = select(PlainEmail).where(
        PlainEmail.circle_member_id.in_([member.id for member in members])
    )
    around = select(CircleMember.person_id).where(CircleMember.client_id == client_id)
    between = select(PersonRelation).where(
        or_(
            (PersonRelation.person_id == person_id) & PersonRelation.other_id.in_(around),
            (PersonRelation.other_id == person_id) & PersonRelation.person_id.in_(around),
        )
    )
    own = (LegalAuthority.client_id == client_id, LegalAuthority.person_id == person_id)
    points = select(ContactPoint).where(ContactPoint.person_id == person_id)
    return Stored(
        ties=members,
        points=session.scalars(points.order_by(ContactPoint.position, ContactPoint.id)).all(),
        authorities=session.scalars(
            select(LegalAuthority).where(*own).order_by(LegalAuthority.id)
        ).all(),
        plain_emails=session.scalars(wishes.order_by(PlainEmail.id.desc())).all(),
        relations=session.scalars(between.order_by(PersonRelation.id)).all(),
    )


def _open(stored: Stored) -> bool:
    return any(member.until is None for member in stored.ties)


def _version(person: Person, stored: Stored) -> str:
    """Name the state of every row the editor shows, so that the later writer is told."""
    rows = (person, *stored.all())
    return " ".join(f"{row.__tablename__}.{row.id}.{row.version}" for row in rows)


def others(session: Session, client_id: int, person_id: int | None) -> list[tuple[int, Name]]:
    """Return the rest of the circle, in its order."""
    found: dict[int, Name] = {}
    for member, person in session.execute(_places(client_id)):
        if member.person_id != person_id:
            found.setdefault(member.person_id, name_of(person))
    return list(found.items())


def _places(client_id: int) -> Select[CircleMember, Person]:
    return (
        select(CircleMember, Person)
        .join(Person, CircleMember.person_id == Person.id)
        .where(CircleMember.client_id == client_id, CircleMember.until.is_(None))
        .order_by(CircleMember.position, CircleMember.id)
    )


def _before(session: Session, client_id: int, person_id: int) -> int | None:
    before: int | None = None
    for member, _ in session.execute(_places(client_id)):
        if member.person_id == person_id:
            break
        before = member.person_id
    return before


def save(session: Session, edited: PersonDraft) -> int:
    """Keep someone as typed; return the person. Raises Problem for what can't be kept."""
    for words in faults(edited, clock.today(session)).values():
        raise Problem(words, "Mend it, then save again.")
    person = _get(session, edited.person_id) if edited.person_id else Person()
    stored = Stored()
    if edited.person_id:
        stored = _stored(session, edited.client_id, edited.person_id)
        refuse_changed(_version(person, stored), edited.version, "person")
    for name in WHO:
        setattr(person, name, getattr(edited, name).strip())
    person.organisation_id, person.interpreter = edited.organisation_id, edited.interpreter
    session.add(person)
    session.flush()
    person_rows.write(session, edited, person.id, stored)
    session.flush()
    _put_after(session, edited.client_id, person.id, edited.after_id)
    session.flush()
    return person.id


def _put_after(session: Session, client_id: int, person_id: int, after_id: int | None) -> None:
    """Move someone within the circle; where nothing moves, no other row is touched."""
    members = [member for member, _ in session.execute(_places(client_id))]
    mine = [member for member in members if member.person_id == person_id]
    rest = [member for member in members if member.person_id != person_id]
    places = [number for number, member in enumerate(rest) if member.person_id == after_id]
    at = 0 if after_id is None else places[-1] + 1 if places else len(rest)
    ordered = [*rest[:at], *mine, *rest[at:]]
    if ordered != members:
        for position, member in enumerate(ordered):
            member.position = position


def keep(session: Session, edited: PersonDraft, draft_key: str) -> int:
    """Save someone and throw the draft away, in one step."""
    number = save(session, edited)
    drafts.discard(session, draft_key)
    return number


def remove_from_circle(session: Session, client_id: int, person_id: int) -> None:
    """End someone's place in a client's life today; the person, the log and the papers stay.

    What the client accepted for their e-mail ends with it: it does not revive on a return.
    """
    today = clock.today(session)
    stored = _stored(session, client_id, person_id)
    if not _open(stored):
        raise Problem("This person is not in the circle any more.")
    for member in stored.ties:
        member.until = member.until or _not_before(member.since, today)
    for wish in stored.plain_emails:
        wish.ended_on = wish.ended_on or today
    session.flush()


def _not_before(since: date | None, day: date) -> date:
    return max(since, day) if since else day


def remove(session: Session, client_id: int, person_id: int, draft_key: str) -> None:
    """Take someone out of the circle and throw the draft away, in one step."""
    remove_from_circle(session, client_id, person_id)
    drafts.discard(session, draft_key)


def do_not_contact(session: Session, client_id: int) -> frozenset[int]:
    """Return everyone who is not to be contacted for this client, also after their time here."""
    rows = session.execute(
        select(CircleMember.person_id, CircleMember.roles).where(
            CircleMember.client_id.in_(merged.own_ids(session, client_id))
        )
    )
    found = [number for number, roles in rows if CaseRole.DO_NOT_CONTACT in roles]
    return frozenset(merged.kept_person(session, number) for number in found)


def warned(session: Session, client_id: int, person_id: int) -> str:
    """Say that someone is not to be contacted, and why as noted; empty when they may be.

    The sentence names nobody, so that it can stand wherever names are hidden.
    """
    notes = _notes(session, client_id, person_id, CaseRole.DO_NOT_CONTACT)
    return " ".join(("Do not contact this person.", *filter(None, notes))) if notes else ""


def not_to_hear(session: Session, client_id: int, person_id: int) -> tuple[str, ...]:
    """Return what this person must not be informed of, in the words of the note."""
    notes = _notes(session, client_id, person_id, CaseRole.DO_NOT_INFORM_OF)
    return tuple(note or "Ask the client what they must not hear of." for note in notes)


def _notes(session: Session, client_id: int, person_id: int, role: CaseRole) -> tuple[str, ...]:
    rows: Iterable[CircleMember] = session.scalars(
        select(CircleMember)
        .where(
            CircleMember.client_id.in_(merged.own_ids(session, client_id)),
            CircleMember.person_id.in_(merged.person_ids(session, person_id)),
        )
        .order_by(CircleMember.position, CircleMember.id)
    )
    return tuple(row.note.strip() for row in rows if role in row.roles)
