"""Visits to programs, and what of relationships and payments a family is told before it decides."""

from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cmdesk.casework import clock, drafts
from cmdesk.casework.provider_facts import owner
from cmdesk.casework.stored import copy_typed, refuse_changed, stored
from cmdesk.errors import Problem
from cmdesk.models.provider import Organisation, ProviderTie, SiteVisit
from cmdesk.models.task import Task, TaskLink
from cmdesk.rules.codes import TaskState
from cmdesk.rules.provider_draft import TieForm, VisitForm, tie_faults, visit_faults
from cmdesk.rules.provider_said import amounts

VISIT: Final = ("visited_on", "met", "seen", "notes", "follow_up", "travel_paid_by")
TIE: Final = ("kind", "what", "happened_on", "ended_on", "disclosed_to", "disclosed_on")
AGAIN: Final = "Put it right and save again."


def visit(session: Session, visit_id: int) -> VisitForm:
    """Return a visit as it would be typed. Raises Problem if it is gone."""
    row = stored(session, SiteVisit, visit_id, "visit")
    ratings: dict[str, Any] = row.ratings
    kept: dict[str, Any] = {name: getattr(row, name) for name in VISIT}
    task = _task(session, row.organisation_id, row.follow_up)
    kept["follow_up_on"] = task.due if task else None
    marks = tuple((aspect, int(mark)) for aspect, mark in ratings.items())
    return VisitForm(**kept, ratings=marks, version=row.version)


def save_visit(
    session: Session,
    organisation_id: int,
    form: VisitForm,
    visit_id: int | None = None,
    draft_key: str = "",
) -> int:
    """Keep a visit as typed; the newest is the day the provider was visited on. Raises Problem.

    What is to follow up becomes a task of the provider, due today where no day is given; said in
    other words later, the same task says so, unless it is done.
    """
    if wrong := visit_faults(form, clock.today(session)):
        raise Problem(next(iter(wrong.values())), AGAIN)
    house = stored(session, Organisation, organisation_id, "provider")
    row = (
        stored(session, SiteVisit, visit_id, "visit")
        if visit_id
        else SiteVisit(organisation_id=organisation_id)
    )
    if visit_id:
        refuse_changed(row.version, form.version, "visit")
    before = row.follow_up if visit_id else ""
    copy_typed(form, VISIT, row)
    _follow_up(session, house, before, form)
    row.ratings = {aspect: mark for aspect, mark in form.ratings if mark}
    session.add(row)
    house.mine = True
    _visited(session, house)
    if draft_key:
        drafts.discard(session, draft_key)
    return row.id


def _task(session: Session, house: int, text: str) -> Task | None:
    """Find the open task that a visit asked for; none where it is done, or was never asked."""
    if not text:
        return None
    query = (
        select(Task)
        .join(TaskLink, TaskLink.task_id == Task.id)
        .where(TaskLink.organisation_id == house, Task.text == text)
        .where(Task.done_on.is_(None), Task.state != TaskState.DROPPED)
    )
    return session.scalars(query.order_by(Task.id.desc()).limit(1)).one_or_none()


def _follow_up(session: Session, house: Organisation, before: str, form: VisitForm) -> None:
    """Keep what is to follow up as a task; the same words again leave one that is done alone."""
    text, task = form.follow_up.strip(), _task(session, house.id, before)
    if not text:
        if task is not None:
            task.state = TaskState.DROPPED
        return
    if task is None and text == before:
        return
    if task is None:
        task = Task(text=text)
        session.add(task)
        session.flush()
        session.add(TaskLink(task_id=task.id, organisation_id=house.id))
    task.text, task.due = text, form.follow_up_on or task.due or clock.today(session)


def remove_visit(session: Session, visit_id: int) -> None:
    """Take a visit away, as one noted by mistake, with its task. Undo brings both back."""
    row = stored(session, SiteVisit, visit_id, "visit")
    house = session.get_one(Organisation, row.organisation_id)
    task = _task(session, house.id, row.follow_up)
    if task is not None:
        task.state = TaskState.DROPPED
    session.delete(row)
    _visited(session, house)


def _visited(session: Session, house: Organisation) -> None:
    session.flush()
    query = select(func.max(SiteVisit.visited_on)).where(SiteVisit.organisation_id == house.id)
    house.visited_on = session.scalar(query)
    session.flush()


def tie(session: Session, tie_id: int) -> TieForm:
    """Return a tie as it would be typed. Raises Problem if it is gone."""
    row = stored(session, ProviderTie, tie_id, "tie")
    kept: dict[str, Any] = {name: getattr(row, name) for name in TIE}
    whole, cents = divmod(row.amount_cents or 0, 100)
    amount = f"${whole:,}.{cents:02}" if cents else f"${whole:,}"
    return TieForm(**kept, amount=amount if row.amount_cents else "", version=row.version)


def save_tie(
    session: Session, number: int, form: TieForm, tie_id: int | None = None, draft_key: str = ""
) -> int:
    """Keep a relationship or payment as typed; `number` below zero is a professional's.

    Raises Problem for what can't be read, and where it was changed meanwhile.
    """
    if wrong := tie_faults(form, clock.today(session)):
        raise Problem(next(iter(wrong.values())), AGAIN)
    whose = owner(session, number)
    link = {"organisation_id": number} if number > 0 else {"person_id": -number}
    row = stored(session, ProviderTie, tie_id, "tie") if tie_id else ProviderTie(**link)
    if tie_id:
        refuse_changed(row.version, form.version)
    copy_typed(form, TIE, row)
    row.amount_cents = next(iter(amounts(form.amount)), None)
    whose.mine = True
    session.add(row)
    session.flush()
    if draft_key:
        drafts.discard(session, draft_key)
    return row.id


def remove_tie(session: Session, tie_id: int) -> None:
    """Take a tie away, as one noted by mistake. Undo brings it back."""
    session.delete(stored(session, ProviderTie, tie_id, "tie"))
    session.flush()
