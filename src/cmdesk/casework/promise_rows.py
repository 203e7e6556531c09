"""The promises of the letters one reader got, as rows, with what their tasks say of them now."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.casework import clock, letters_sent, merged, parties
from cmdesk.casework.parties import Party
from cmdesk.models.task import Task
from cmdesk.models.update import LetterPromise, Update, UpdateCopy
from cmdesk.rules import promises as rules
from cmdesk.rules.codes import TaskState
from cmdesk.rules.promises import Promise, TaskNow

Letters = Sequence[tuple[UpdateCopy, Update]]


def letters(
    session: Session, client_id: int, person_id: int | None, organisation_id: int | None
) -> Letters:
    """Return the letters that reached their reader, the last first; of one the last copy.

    What stands in one that came back was never promised to anybody, nor said to be done.
    """
    party = Party("", "", "", "", person_id=person_id, organisation_id=organisation_id)
    found: dict[int, tuple[UpdateCopy, Update]] = {}
    for copy, update in letters_sent.copies(session, client_id, party, reached_alone=True):
        found.setdefault(update.id, (copy, update))
    return list(found.values())


def of_letters(session: Session, letters: Letters) -> Iterator[Promise]:
    """Give the promises of some letters in their order, with what the tasks say of them."""
    numbers = [copy.id for copy, _ in letters]
    query = (
        select(LetterPromise)
        .where(LetterPromise.update_copy_id.in_(numbers))
        .order_by(LetterPromise.position, LetterPromise.id)
    )
    rows: dict[int, list[LetterPromise]] = {number: [] for number in numbers}
    for row in session.scalars(query) if numbers else ():
        rows[row.update_copy_id].append(row)
    now = _tasks(session, {row.task_id for each in rows.values() for row in each if row.task_id})
    zone = clock.zone(session)
    for copy, _ in letters:
        for row in rows[copy.id]:
            made = _promise(row, day(copy, zone))
            task = now.get(row.task_id or 0)
            yield made if row.outcome else replace(made, proposal=rules.proposed(row.due, task))


def _tasks(session: Session, numbers: Collection[int]) -> dict[int, TaskNow]:
    if not numbers:
        return {}
    query = select(Task.id, Task.due, Task.done_on, Task.state).where(Task.id.in_(numbers))
    return {
        number: TaskNow(due, done_on, state == TaskState.DROPPED)
        for number, due, done_on, state in session.execute(query)
    }


def _promise(row: LetterPromise, told_on: date) -> Promise:
    return Promise(
        id=row.id,
        copy_id=row.update_copy_id,
        told_on=told_on,
        when=row.when_words,
        due=row.due,
        what=row.what,
        who=row.who,
        task_id=row.task_id,
        outcome=row.outcome,
        settled_on=row.settled_on,
        moved_to=row.moved_to,
        note=row.note,
    )


def day(copy: UpdateCopy, zone: ZoneInfo) -> date:
    """Return the local day a letter left."""
    return (copy.sent_at or copy.created_at).astimezone(zone).date()


def by_reader(session: Session, client_id: int) -> dict[str, Letters]:
    """Return what `letters` does, of all readers at once, by the keys they go by now."""
    now = merged.people(session)
    query = (
        select(UpdateCopy, Update)
        .join(Update, UpdateCopy.update_id == Update.id)
        .where(Update.client_id.in_(merged.own_ids(session, client_id)), letters_sent.reached())
        .order_by(UpdateCopy.id.desc())
    )
    found: dict[str, dict[int, tuple[UpdateCopy, Update]]] = {}
    for copy, update in session.execute(query):
        person = now.get(copy.person_id, copy.person_id) if copy.person_id else None
        key = parties.key_of(person, copy.organisation_id)
        found.setdefault(key, {}).setdefault(update.id, (copy, update))
    return {key: list(each.values()) for key, each in found.items()}
