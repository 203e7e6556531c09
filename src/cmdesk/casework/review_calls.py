"""Reviews with an insurer: set, held, tied to the entry that tells of them, each leading on."""

from dataclasses import dataclass, fields
from datetime import date
from typing import Final, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.casework import approved_days, clock, drafts, parties
from cmdesk.casework.stored import copy_typed, refuse_changed, stored
from cmdesk.errors import Problem
from cmdesk.models.care import Episode
from cmdesk.models.coverage import Authorization, ReviewCall
from cmdesk.models.entry import Entry, EntryParticipant, EntryWrongChart
from cmdesk.models.person import Person
from cmdesk.rules import coverage, review_draft
from cmdesk.rules.review_draft import ReviewForm

COPIED: Final = tuple(
    each.name for each in fields(ReviewForm) if each.name not in ("next_on", "version")
)
MOST_ENTRIES: Final = 30  # of the log, to tie a review to


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """One review as the list shows it."""

    id: int
    authorization_id: int
    form: ReviewForm


class LogLine(NamedTuple):
    """An entry to tie a review to: when it was, how, and with whom."""

    id: int
    on: date
    method: str
    people: tuple[str, ...]


def rows(session: Session, client_id: int) -> list[ReviewRow]:
    """Return a client’s reviews, the latest first."""
    query = (
        select(ReviewCall)
        .join(Authorization, ReviewCall.authorization_id == Authorization.id)
        .where(Authorization.client_id == client_id)
    )
    found = [ReviewRow(row.id, row.authorization_id, _form(row)) for row in session.scalars(query)]
    return sorted(found, key=_place, reverse=True)


def _place(row: ReviewRow) -> tuple[bool, date, int]:
    day = row.form.held_on or row.form.due_on or date.min
    return row.form.held_on is None, day, row.id


def _form(row: ReviewCall) -> ReviewForm:
    kept = {name: getattr(row, name) for name in COPIED}
    return ReviewForm(**kept, version=row.version)


def read_form(session: Session, number: int) -> ReviewForm:
    """Return a review as it is kept. Problem when it is gone."""
    return _form(stored(session, ReviewCall, number, "review"))


def begin(session: Session, authorization_id: int) -> ReviewForm:
    """Return what a new review begins with: the day set with the approval, and who reviews."""
    row = stored(session, Authorization, authorization_id, "approval")
    waiting = _waiting(session, authorization_id)
    reviewer = session.get(Person, row.reviewer_id) if row.reviewer_id else None
    names = (reviewer.given_name, reviewer.family_name) if reviewer else (row.reviewer_contact,)
    named = " ".join(filter(None, names))
    return ReviewForm(due_on=None if waiting else row.next_review_on, reviewer=named)


def next_day(session: Session, authorization_id: int, held_on: date) -> date | None:
    """Propose when the next one is held: before the days of the whole chain run out."""
    row = stored(session, Authorization, authorization_id, "approval")
    asked = approved_days.asked(session, row.client_id)
    about = [each for each in asked if each.row.episode_id == row.episode_id]
    stay = session.get(Episode, row.episode_id) if row.episode_id else None
    open_ones = [each for each in about if each.row.closed_on is None]
    spent = approved_days.spent(open_ones, stay, clock.today(session))
    return coverage.next_review(held_on, spent.last if spent else approved_days.last_of(row))


def entries(session: Session, client_id: int, also: int | None = None) -> list[LogLine]:
    """Return the latest entries of a client’s log, with `also`, the one tied already."""
    wrong = select(EntryWrongChart.entry_id)
    query = select(Entry).where(Entry.client_id == client_id, Entry.id.not_in(wrong))
    found = list(session.scalars(query.order_by(Entry.occurred_at.desc()).limit(MOST_ENTRIES)))
    if also and all(row.id != also for row in found) and (tied := session.get(Entry, also)):
        found.append(tied)
    named = (
        select(EntryParticipant.entry_id, Person)
        .join(Person, EntryParticipant.person_id == Person.id)
        .where(EntryParticipant.entry_id.in_([row.id for row in found]))
        .order_by(EntryParticipant.position)
    )
    people: dict[int, list[str]] = {}
    for number, person in session.execute(named):
        people.setdefault(number, []).append(parties.called(person))
    zone = clock.zone(session)
    return [
        LogLine(
            row.id,
            row.occurred_at.astimezone(zone).date(),
            row.method,
            tuple(people.get(row.id, ())),
        )
        for row in found
    ]


def save(
    session: Session,
    authorization_id: int,
    form: ReviewForm,
    number: int | None = None,
    draft_key: str = "",
) -> int:
    """Keep a review as typed, and the next one it leads to. Problem when it does not hold.

    The approval’s own next review is then the earliest that is still to be held.
    """
    if found := review_draft.faults(form, clock.today(session)):
        raise Problem(next(iter(found.values())), "Put it right and save again.")
    if number:
        row = stored(session, ReviewCall, number, "review")
        refuse_changed(row.version, form.version, "review")
    else:
        row = ReviewCall(authorization_id=authorization_id)
    approval = stored(session, Authorization, row.authorization_id, "approval")
    copy_typed(form, COPIED, row)
    session.add(row)
    if form.next_on:
        session.add(
            ReviewCall(authorization_id=approval.id, due_on=form.next_on, reviewer=row.reviewer)
        )
    session.flush()
    _settle(session, approval, row)
    if draft_key:
        drafts.discard(session, draft_key)
    return row.id


def take_away(session: Session, number: int) -> None:
    """Take a review away that was never set."""
    row = stored(session, ReviewCall, number, "review")
    approval = stored(session, Authorization, row.authorization_id, "approval")
    session.delete(row)
    session.flush()
    _settle(session, approval, row)


def _waiting(session: Session, authorization_id: int) -> list[ReviewCall]:
    query = select(ReviewCall).where(
        ReviewCall.authorization_id == authorization_id,
        ReviewCall.held_on.is_(None),
        ReviewCall.due_on.is_not(None),
    )
    return list(session.scalars(query.order_by(ReviewCall.due_on, ReviewCall.id)))


def _settle(session: Session, approval: Authorization, row: ReviewCall) -> None:
    """Set the approval’s next review; a day typed with it stays unless this one was it."""
    waiting = _waiting(session, approval.id)
    known = approval.next_review_on
    if waiting:
        approval.next_review_on = waiting[0].due_on
    elif known and (known == row.due_on or (row.held_on and known <= row.held_on)):
        approval.next_review_on = None
    session.flush()
