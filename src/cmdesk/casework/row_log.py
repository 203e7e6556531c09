"""What a row of the day asks to be logged: with whom, how, and the step that is done by it."""

from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.casework import agenda_placements, clock, contacts, merged
from cmdesk.casework.quick_log import ways_to_call
from cmdesk.casework.tasks import NextStep
from cmdesk.models.client import CircleMember, Client
from cmdesk.models.entry import Entry, EntryParticipant, FollowUp
from cmdesk.models.person import Person
from cmdesk.models.placement import PlacementCandidate
from cmdesk.models.provider import Organisation
from cmdesk.models.rhythm import CadenceRule
from cmdesk.models.safety import Medication
from cmdesk.models.task import Task, TaskLink
from cmdesk.rules.contact_codes import Method, Purpose
from cmdesk.rules.log import LogDraft, attempted
from cmdesk.rules.logline import Part, Someone, index, parse

SPOKEN_OF: Final = frozenset({"about", "for", "of", "on", "re"})  # the name after it is a subject


class DayRow(NamedTuple):
    """A row of the agenda, by its kind and the number of what it is about."""

    kind: str
    record: int


@dataclass(frozen=True, slots=True)
class Asked:
    """`people` are those the row is about; `step` is what may be ticked off once one is reached.

    `likely` says whether such a contact is what the step asks for.
    """

    client_id: int | None = None
    people: tuple[int, ...] = ()
    method: str = Method.PHONE
    step: NextStep | None = None
    likely: bool = False
    purposes: tuple[str, ...] = ()
    narrative: str = ""  # how the entry may begin

    def into(self, draft: LogDraft) -> LogDraft:
        """Give a new contact with the people and the way the row asks for."""
        asked = replace(draft, participants=self.people, method=self.method)
        asked = replace(asked, purposes=self.purposes) if self.purposes else asked
        return replace(asked, narrative=self.narrative) if self.narrative else asked

    def concerns(self, draft: LogDraft) -> bool:
        """Whether there is a step, and a contact is about its client."""
        return self.step is not None and draft.client_id == self.client_id

    def met(self, draft: LogDraft) -> bool:
        """Whether a contact is more than an attempt on those the row is about."""
        missed = bool(self.people) and set(self.people) <= set(draft.not_reached)
        return not (missed or attempted(draft))

    def reached(self, draft: LogDraft) -> bool:
        """Whether a contact reached one of those the row is about, or anybody where it names none.

        Somebody else may do for the step, but that is not taken for granted.
        """
        there = set(draft.participants) - set(draft.not_reached)
        return self.met(draft) and (not self.people or bool(there & set(self.people)))


def asked(session: Session, client_id: int, row: DayRow) -> Asked:
    """Read what a row asks for; of one that is gone, or of another kind, nothing is known."""
    tell = _TELL.get(row.kind)
    found = tell(session, client_id, row.record) if tell else Asked()
    people = (merged.kept_person(session, number) for number in found.people)
    return replace(found, client_id=client_id, people=tuple(dict.fromkeys(people)))


def _promise(session: Session, client_id: int, record: int) -> Asked:
    """Take whom the promise names, else the first who took part where it was made."""
    promise = session.get(FollowUp, record)
    if promise is None:
        return Asked()
    entry = session.get_one(Entry, promise.entry_id)
    first = session.scalars(
        select(EntryParticipant.person_id)
        .where(EntryParticipant.entry_id == entry.id)
        .order_by(EntryParticipant.position)
        .limit(1)
    )
    named, said = _named(session, client_id, promise.text)
    step = NextStep(promise.text, promise.due, follow_up_id=record)
    return Asked(
        people=named or tuple(first),
        method=said or _way(entry.method),
        step=step if promise.done_on is None else None,
        likely=True,
    )


def _task(session: Session, client_id: int, record: int) -> Asked:
    """Take whom the task names, else whom it waits for, else those of the circle it is about."""
    task = session.get(Task, record)
    if task is None:
        return Asked()
    about = session.scalars(
        select(TaskLink.person_id)
        .where(TaskLink.task_id == record, TaskLink.person_id.is_not(None))
        .order_by(TaskLink.id)
    )
    own = _own(session, client_id)
    linked = tuple(number for number in about if number is not None and number != own)
    waited = (task.waiting_on_id,) if task.waiting_on_id else ()
    named, said = _named(session, client_id, task.text)
    people = named or waited or linked
    step = NextStep(task.text, task.due, task_id=record) if task.done_on is None else None
    return Asked(None, people, said or Method.PHONE, step, likely=bool(people))


def _reach(session: Session, client_id: int, record: int) -> Asked:
    rule = session.get(CadenceRule, record)
    if rule is None:
        return Asked()
    people = (rule.person_id or _own(session, client_id),)
    return Asked(people=people, method=_way(rule.method))


def _supply(session: Session, _client_id: int, record: int) -> Asked:
    medicine = session.get(Medication, record)
    prescriber = medicine.prescriber_id if medicine else None
    return Asked(people=(prescriber,) if prescriber else ())


def _candidate(session: Session, client_id: int, record: int) -> Asked:
    """Take who is at the program: of the client’s circle if somebody is, else the first.

    A step of a later day is not taken for done by a contact before it.
    """
    row = session.get(PlacementCandidate, record)
    if row is None:
        return Asked()
    house = session.get_one(Organisation, row.organisation_id)
    near = select(CircleMember.person_id).where(
        CircleMember.client_id == client_id, CircleMember.until.is_(None)
    )
    there = select(Person.id).where(
        Person.organisation_id == house.id, Person.id.not_in(merged.gone_people())
    )
    people = session.scalars(there.order_by(Person.id.not_in(near), Person.id).limit(1))
    asks = f" {row.next_step}" if row.next_step else ""
    words = agenda_placements.said(row.next_step, house.name)
    return Asked(
        people=tuple(people),
        step=NextStep(words, row.next_on, candidate_id=record) if row.next_step else None,
        likely=row.next_on is None or row.next_on <= clock.today(session),
        purposes=(Purpose.PLACEMENT_SEARCH,),
        narrative=f"{house.name}:{asks}",
    )


def _silent(session: Session, client_id: int, _record: int) -> Asked:
    return Asked(people=(_own(session, client_id),))


_TELL: Final = {
    "follow_up": _promise,
    "task": _task,
    "cadence": _reach,
    "medication": _supply,
    "stalled": _silent,
    "candidate": _candidate,
}


def _own(session: Session, client_id: int) -> int:
    return session.get_one(Client, client_id).person_id


def _way(method: str) -> str:
    """Give how one goes about it again: a message left is followed by a call."""
    return Method.PHONE if method in ("", Method.VOICEMAIL) else method


def _named(session: Session, client_id: int, words: str) -> tuple[tuple[int, ...], str]:
    """Read whom of the client and the circle some words are to reach, and how."""
    today = clock.today(session)
    near = select(CircleMember.person_id).where(
        CircleMember.client_id == client_id,
        CircleMember.until.is_(None) | (CircleMember.until >= today),
    )
    own = _own(session, client_id)
    query = select(Person).where((Person.id == own) | Person.id.in_(near))
    chart = f"c{client_id}"
    people = [
        Someone(
            f"p{each.id}",
            ways_to_call(each.given_name, each.family_name, each.preferred_name),
            frozenset({chart}),
        )
        for each in session.scalars(query)
    ]
    line = parse(words, contacts.now(session), index([], people), client=chart)
    subjects = {
        str(span.value)
        for span in line.spans
        if span.part is Part.PERSON
        and SPOKEN_OF.intersection(words[: span.start].casefold().split()[-1:])
    }
    named = tuple(int(key[1:]) for key in line.people if key not in subjects)
    return named, line.method or ""
