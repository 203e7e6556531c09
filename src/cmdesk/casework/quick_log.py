"""The quick log line at work: whom it may name, the contact it fills in, and the last one again."""

from dataclasses import dataclass, field, replace
from datetime import date, time

from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.casework import clock, contacts, merged, namesakes, tasks
from cmdesk.casework.parties import name_of
from cmdesk.casework.reached import happened
from cmdesk.errors import Problem
from cmdesk.models.client import CircleMember, Client
from cmdesk.models.entry import Entry
from cmdesk.models.person import Person
from cmdesk.models.task import Task, TaskLink
from cmdesk.rules.codes import ClientStatus
from cmdesk.rules.contact_codes import Direction, EntryKind, Method, Outcome
from cmdesk.rules.days import later
from cmdesk.rules.log import ALONE, LogDraft, attempted
from cmdesk.rules.logline import Line, Names, Someone, index

# Nobody logs a contact with these from the line; their charts stay open to the dialog.
_LEFT = (ClientStatus.CLOSED, ClientStatus.DECLINED, ClientStatus.DECEASED)


@dataclass(frozen=True, slots=True)
class Known:
    """Whom a line may name: keys are `c3` and `p12`. `own` is each client's own person.

    `telling` is what tells clients of one name apart; from `today` on a promise is counted.
    """

    names: Names
    own: dict[str, int]
    telling: dict[str, str] = field(default_factory=dict[str, str])
    today: date | None = None


def known(session: Session) -> Known:
    """Read all names once, when the dialog opens; two queries, whatever the practice's size."""
    teams: dict[int, set[str]] = {}
    members = select(CircleMember.person_id, CircleMember.client_id, CircleMember.until)
    today = clock.today(session)
    for person_id, client_id, until in session.execute(members):
        if until is None or until >= today:
            teams.setdefault(person_id, set()).add(f"c{client_id}")
    rows = session.execute(
        select(
            Person.id,
            Person.given_name,
            Person.family_name,
            Person.preferred_name,
            Client.id,
            Client.status,
        )
        .outerjoin(Client, Client.person_id == Person.id)
        .where(Person.id.not_in(merged.gone_people()))
    )
    gone = set(session.scalars(merged.gone_clients()))
    clients: list[Someone] = []
    people: list[Someone] = []
    own: dict[str, int] = {}
    for person_id, given, family, preferred, client_id, status in rows:
        names = ways_to_call(given, family, preferred)
        around = teams.get(person_id, set())
        if client_id and client_id not in gone:
            own[f"c{client_id}"] = person_id
            around.add(f"c{client_id}")
            if status not in _LEFT:
                clients.append(Someone(f"c{client_id}", names))
        people.append(Someone(f"p{person_id}", names, frozenset(around)))
    telling = {f"c{number}": words for number, words in namesakes.telling(session).items()}
    return Known(index(clients, people), own, telling, today)


def ways_to_call(given: str, family: str, preferred: str) -> tuple[str, ...]:
    """Full name first, as headings show it; then each way to call someone."""
    called = preferred.strip() or given.strip()
    full = f"{called} {family}".strip()
    return tuple(name for name in (full, f"{given} {family}".strip(), given, family, preferred)
                 if name)  # fmt: skip


def draft(line: Line, whom: Known, before: LogDraft) -> LogDraft:
    """Fill in what a line says; what it leaves out stays as it was `before`.

    A contact in which nobody else is named was with the client. Work done alone has no method.
    """
    client_id = _number(line.client) if line.client else before.client_id
    other_day = line.day is not None and line.day != before.day
    filled = replace(
        before,
        client_id=client_id,
        day=line.day or before.day,
        at=line.at if line.at or other_day else before.at,
        minutes=before.minutes if line.minutes is None else line.minutes,
        direction=line.direction or before.direction,
        outcome=line.outcome or before.outcome,
        topics=tuple(dict.fromkeys((*before.topics, *line.topics))),
        narrative=before.narrative or _sentence(line.summary),
        follow_up=_sentence(line.follow_up) or before.follow_up,
        follow_up_on=line.follow_up_on or before.follow_up_on or _soon(line, whom),
        miles=before.miles if line.miles is None else line.miles,
        expense_cents=before.expense_cents if line.expense_cents is None else line.expense_cents,
    )
    filled = with_kind(filled, line.kind, line.method)
    return replace(filled, participants=_who(line, whom, filled, before))


def _soon(line: Line, whom: Known) -> date | None:
    """Give tomorrow for what is promised without a day: with none it would turn up nowhere."""
    return later(whom.today, 1) if line.follow_up and whom.today else None


def with_kind(draft: LogDraft, kind: EntryKind | None, method: Method | None) -> LogDraft:
    """Set kind and method together: a meeting is in person, a note carries no method."""
    if kind is None and (method is None or draft.kind in ALONE):
        kind = EntryKind(draft.kind) if method is None else EntryKind.CONTACT
    kind = kind or EntryKind(draft.kind)
    if kind in ALONE:
        return replace(draft, kind=kind, method="", direction="", outcome=Outcome.COMPLETED)
    usual = Method.IN_PERSON if kind is EntryKind.MEETING else Method(draft.method or Method.PHONE)
    draft = replace(
        draft,
        method=method or usual,
        direction=draft.direction or Direction.OUTBOUND,
        outcome=Outcome.REACHED if draft.kind in ALONE else draft.outcome,
    )
    if kind in (EntryKind.CONTACT, EntryKind.ATTEMPTED_CONTACT):
        kind = EntryKind.ATTEMPTED_CONTACT if attempted(draft) else EntryKind.CONTACT
    return replace(draft, kind=kind)


def _who(line: Line, whom: Known, filled: LogDraft, before: LogDraft) -> tuple[int, ...]:
    named = tuple(_number(key) for key in line.people)
    if named or filled.kind in ALONE or filled.client_id is None:
        return named
    if before.participants and before.client_id == filled.client_id:
        return before.participants
    own = whom.own.get(f"c{filled.client_id}")
    said = line.method is not None or line.kind is not None
    return (own,) if own is not None and said else ()


def _number(key: str) -> int:
    return int(key[1:])


def _sentence(text: str) -> str:
    """Write typed words as a sentence begins."""
    return text[:1].upper() + text[1:]


def repeat_last(session: Session, client_id: int) -> LogDraft | None:
    """Propose the last contact again, as of now: the people, method, minutes, topics; no text."""
    whose = merged.own_ids(session, client_id)
    last = session.scalar(
        select(Entry.id)
        .where(Entry.client_id.in_(whose), Entry.kind.not_in(ALONE), happened())
        .order_by(Entry.occurred_at.desc(), Entry.id.desc())
        .limit(1)
    )
    if last is None:
        return None
    now = contacts.now(session)
    then = contacts.opened(session, last).draft
    return LogDraft(
        client_id=client_id,
        day=now.date(),
        at=time(now.hour, now.minute),
        minutes=then.minutes,
        kind=then.kind,
        method=then.method,
        direction=then.direction,
        outcome=then.outcome,
        location=then.location,
        participants=then.participants,
        purposes=then.purposes,
        topics=then.topics,
    )


def plan(session: Session, planned: LogDraft, typed: str = "") -> int:
    """Make a task of a contact that is still to come; return its number.

    No word is lost: the line as `typed` and what the family may read are its notes, and what is
    to follow the contact is a task of its own.
    """
    if planned.client_id is None or planned.day is None:
        raise Problem("A plan needs a client and a day.", "Fill them in and try again.")
    told, after = planned.narrative.strip(), planned.follow_up.strip()
    words = told or after or _in_words(session, planned)
    number = tasks.add(session, planned.client_id, words, planned.day)
    rest = (typed.strip(), planned.family_line.strip(), planned.short_line.strip())
    session.get_one(Task, number).notes = "\n".join(filter(None, rest))
    if told and after:
        tasks.add(session, planned.client_id, after, planned.follow_up_on or planned.day)
    session.add_all(TaskLink(task_id=number, person_id=person_id)
                    for person_id in planned.participants)  # fmt: skip
    session.flush()
    return number


_VERBS = {
    Method.PHONE: "Call",
    Method.TEXT: "Text",
    Method.E_MAIL: "E-mail",
    Method.IN_PERSON: "Meet",
    Method.VIDEO: "Video call with",
}


def _in_words(session: Session, planned: LogDraft) -> str:
    """Say what is planned: `Call Tess Holloway`."""
    people = session.scalars(select(Person).where(Person.id.in_(planned.participants)))
    names = {person.id: name_of(person).full for person in people}
    called = ", ".join(names[each] for each in planned.participants if each in names)
    verb = _VERBS.get(Method(planned.method), "Contact") if planned.method else "Work on"
    return f"{verb} {called}".strip() if called else EntryKind(planned.kind).label
