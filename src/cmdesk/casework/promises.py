"""What letters promised, answered for before the next one leaves: done, moved or dropped."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.casework import clock, kept_copy, merged, promise_rows, task_edit, tasks, verdicts
from cmdesk.casework.drafting import LetterDraft
from cmdesk.casework.occasion import Case
from cmdesk.casework.parties import Party
from cmdesk.casework.promise_rows import Letters
from cmdesk.casework.stored import stored
from cmdesk.casework.tasks import NextStep
from cmdesk.errors import Problem
from cmdesk.letter_words import Standing, standing
from cmdesk.models.task import Task
from cmdesk.models.update import LetterPromise, Update, UpdateCopy
from cmdesk.rules import consent
from cmdesk.rules import promises as rules
from cmdesk.rules.codes import TaskState
from cmdesk.rules.consent import Outcome
from cmdesk.rules.contact_codes import EntryStatus, Part2
from cmdesk.rules.leak_text import folded
from cmdesk.rules.letter import Closed, PartKind, Step
from cmdesk.rules.promises import SETTLED, Became, Promise
from cmdesk.words import N_

SAID: Final = {  # on paper
    Became.DONE: N_("Done"),
    Became.MOVED: N_("Moved"),
    Became.DROPPED: N_("Dropped"),
}


def kept(session: Session, copy: UpdateCopy, draft: LetterDraft) -> None:
    """Keep what a letter says will come next, as it is handed over.

    What it tells as moved is promised for its new day, if no step of it says so itself.
    """
    update = session.get_one(Update, copy.update_id)
    told_on = clock.today(session)
    known = _by_line(session, update.client_id)
    steps = [step for step in draft.steps if step.what.strip()]
    said = [(step, known.get(folded(step.what))) for step in steps]
    for promise in _moved(session, update, copy, draft):
        task = session.get(Task, promise.task_id) if promise.task_id else None
        if not any(task is not None and task is other for _, other in said):
            said.append((_at_its_new_day(promise, draft.language), task))
    for place, (step, task) in enumerate(said):
        session.add(
            LetterPromise(
                update_copy_id=copy.id,
                client_id=update.client_id,
                position=place,
                due=rules.due_of(step.when, told_on),
                when_words=step.when,
                what=step.what.strip(),
                who=step.who,
                task_id=task.id if task else None,
            )
        )
    session.flush()


def _by_line(session: Session, client_id: int) -> dict[tuple[str, ...], Task]:
    """Return what is still to be done by its line for the family, of two the one due first."""
    query = select(Task).where(
        Task.client_id.in_(merged.own_ids(session, client_id)),
        Task.family_line != "",
        Task.done_on.is_(None),
        Task.state != TaskState.DROPPED,
    )
    rows = sorted(session.scalars(query), key=lambda row: row.due or date.max, reverse=True)
    return {folded(row.family_line): row for row in rows}


def _moved(
    session: Session, update: Update, copy: UpdateCopy, draft: LetterDraft
) -> Iterator[Promise]:
    """Give the promises that this letter says were moved, and no step of it names."""
    told = {(row.when, folded(row.what)) for row in draft.closed}
    named = {folded(step.what) for step in draft.steps}
    letters = [
        each
        for each in promise_rows.letters(
            session, update.client_id, copy.person_id, copy.organisation_id
        )
        if each[0].id != copy.id
    ]
    for promise in rules.newest(promise_rows.of_letters(session, letters)):
        words = folded(promise.what)
        if promise.moved_to and (promise.when, words) in told and words not in named:
            yield promise


def _at_its_new_day(promise: Promise, language: str) -> Step:
    said = standing(language)
    when = said.weekday_date(promise.moved_to) if promise.moved_to else ""
    return Step(when, promise.what, promise.who)


def open_of(session: Session, client_id: int, party: Party) -> list[Promise]:
    """Return what was promised this reader and is not answered for, as it was told last."""
    letters = promise_rows.letters(session, client_id, party.person_id, party.organisation_id)
    return _open(session, letters)


def open_by_reader(session: Session, client_id: int) -> dict[str, list[Promise]]:
    """Return what is not answered for of everybody who got letters about a client, by their key."""
    letters = promise_rows.by_reader(session, client_id)
    every = [letter for each in letters.values() for letter in each]
    made = list(promise_rows.of_letters(session, every))
    found: dict[str, list[Promise]] = {}
    for key, each in letters.items():
        own = {copy.id for copy, _ in each}
        newest = rules.newest(promise for promise in made if promise.copy_id in own)
        found[key] = [promise for promise in newest if not promise.outcome]
    return found


def _open(session: Session, letters: Letters) -> list[Promise]:
    return [
        each for each in rules.newest(promise_rows.of_letters(session, letters)) if not each.outcome
    ]


def of_letter(session: Session, about: Case) -> list[Promise]:
    """Return what a letter has to answer for: what was promised in other letters before it."""
    return _open(session, _before(session, about))


def unsettled(session: Session, about: Case, draft: LetterDraft) -> list[Promise]:
    """Return the promises that keep a letter from being finished, in the order of the letters.

    A notice of a crisis waits for nothing.
    """
    if not rules.asks(about.template, draft.parts):
        return []
    return [
        replace(each, proposal=each.proposal or rules.moved_in(each, draft.steps, about.on))
        for each in of_letter(session, about)
        if rules.waits(each, draft.steps, about.on)
    ]


def refuse_unsettled(session: Session, about: Case, draft: LetterDraft) -> None:
    """Raise Problem while a promise is not answered for, or an answer may not be told any more."""
    for promise in unsettled(session, about, draft):
        raise Problem(
            f"The last letter promised “{promise.what}”: what became of it is not said.",
            "Say done, moved or dropped in the letter.",
        )
    letters = _before(session, about)
    held = {
        (each.when, folded(each.what))
        for each in promise_rows.of_letters(session, letters)
        if not _may_tell(session, about, each)
    }
    if any((row.when, folded(row.what)) in held for row in draft.closed):
        raise Problem(
            "What became of a promise may no longer be told this reader.",
            "Leave that line out of the letter: consents have changed since.",
        )


def settle(
    session: Session,
    promise_id: int,
    outcome: str,
    moved_to: date | None = None,
    note: str = "",
) -> None:
    """Say what became of a promise; its task, if still open, follows. No outcome opens it again.

    Raises Problem when it is moved to no day, or to one that went by.
    """
    row = stored(session, LetterPromise, promise_id, "promise", "Open the letter again.")
    if outcome and outcome not in SETTLED:
        raise Problem("A promise is done, moved or dropped.", "Choose one of the three.")
    became = Became(outcome) if outcome else None
    if became is Became.MOVED and moved_to is None:
        raise Problem("Say to which day it was moved.", "A day, or dropped.")
    if became is Became.MOVED and moved_to and moved_to < clock.today(session):
        raise Problem("A promise is moved to a day to come.", "Say done or dropped if it is over.")
    task = session.get(Task, row.task_id) if row.task_id else None
    row.settled_on = None
    if became:
        row.settled_on = task.done_on if task and task.done_on else clock.today(session)
    row.outcome, row.note = outcome, " ".join(note.split())
    row.moved_to = moved_to if became is Became.MOVED else None
    if task is not None and task.done_on is None and task.state != TaskState.DROPPED:
        _follow(session, task, became, moved_to)
    session.flush()


def _follow(session: Session, task: Task, became: Became | None, moved_to: date | None) -> None:
    if became is Became.DONE:
        tasks.finish(session, NextStep(task.text, task.due, task_id=task.id))
    elif became is Became.DROPPED:
        task_edit.drop(session, task.id)
    elif became is Became.MOVED:
        task.due = moved_to


def closed_for(session: Session, about: Case) -> tuple[Closed, ...]:
    """Return what a letter says of the promises before it: answered for, and not told yet."""
    letters = _before(session, about)
    told = {
        (row["when"], folded(row["what"])) for copy, _ in letters for row in kept_copy.closed(copy)
    }
    newest = next((copy for copy, _ in letters if _answers(copy)), None)
    since = promise_rows.day(newest, clock.zone(session)) if newest else date.min
    answered = [
        each
        for each in rules.newest(promise_rows.of_letters(session, letters))
        if each.settled_on is not None
        and (each.when, folded(each.what)) not in told
        and (newest is None or each.copy_id >= newest.id or each.settled_on >= since)
        and _may_tell(session, about, each)
    ]
    return closed_rows(answered, about.language)


def _answers(copy: UpdateCopy) -> bool:
    """Whether a letter had a section for what became of promises: no other closes them."""
    sent = kept_copy.letter(copy)
    if sent is None:
        return True  # brought in from elsewhere, or not to be read: nobody knows
    return any(part.kind is PartKind.CLOSED for part in sent.parts)


def closed_rows(promises: Iterable[Promise], language: str = "en") -> tuple[Closed, ...]:
    """Return answered promises as a letter prints them, in the words of their own letter."""
    said = standing(language)
    return tuple(
        Closed(each.when, each.what, said.tr(SAID[Became(each.outcome)]), _note(each, said))
        for each in promises
        if each.outcome
    )


def _note(promise: Promise, said: Standing) -> str:
    if promise.moved_to is None:
        return promise.note
    day = said.tr("To {day}.").format(day=said.weekday_date(promise.moved_to))
    return f"{day} {promise.note}".strip()


def _may_tell(session: Session, about: Case, promise: Promise) -> bool:
    """Judge a promise again: by its task's own words while it has one, else by the consents.

    The reader was told these very words; that they may hear of it at all is asked anew.
    """
    if about.standing.no_consent:
        return False
    task = session.get(Task, promise.task_id) if promise.task_id else None
    if task is None:
        return True
    line = consent.Entry(
        ref="",
        status=EntryStatus.SIGNED,
        topics=verdicts.topics(task.topics),
        part2=Part2(task.part2),
        family_line=promise.what,
    )
    return consent.verdict(line, about.standing).outcome is Outcome.SHARE


def _before(session: Session, about: Case) -> Letters:
    """Return the letters before the one that is written: the same one, sent already, is not."""
    party = about.party
    letters = promise_rows.letters(session, about.client_id, party.person_id, party.organisation_id)
    same = (about.first, about.last, about.template.code)
    return [
        (copy, update)
        for copy, update in letters
        if (update.period_from, update.period_until, update.template) != same
    ]


__all__ = [
    "closed_for", "closed_rows", "kept", "of_letter", "open_by_reader", "open_of",
    "refuse_unsettled", "settle", "unsettled",
]  # fmt: skip
