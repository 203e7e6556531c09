"""The told-ledger: every statement a reader ever got, kept as a letter leaves, and asked again."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from cmdesk.casework import (
    compose,
    letter_entries,
    letter_events,
    letters_sent,
    merged,
    parties,
    told_drawn,
    verdicts,
)
from cmdesk.casework.drafting import LetterDraft, Passage, paragraphs
from cmdesk.casework.occasion import Case
from cmdesk.casework.parties import Party
from cmdesk.casework.released import Released
from cmdesk.models.task import Task
from cmdesk.models.update import ToldStatement, Update, UpdateCopy
from cmdesk.rules.leak_text import folded
from cmdesk.rules.letter import PartKind, Step
from cmdesk.rules.letter_state import CLOSED, LetterState
from cmdesk.rules.letter_template import filled
from cmdesk.rules.told import Ledger, Remark, RemarkKind, Said, Told

NOTHING: Final = frozenset[str]()
FRAME: Final = ("headline", "opening", "close")  # what a letter says around its parts


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing one reader was told. `state` says what became of its letter; empty: it counts."""

    id: int
    on: date
    party_key: str
    reader: str
    part: str
    text: str
    topics: tuple[str, ...]
    entry: str
    consent: str
    copy_id: int | None
    state: str = ""

    @property
    def withdrawn(self) -> bool:
        return self.state == LetterState.WITHDRAWN.value


@dataclass(frozen=True, slots=True)
class Beside:
    """All that a letter is held beside while it is typed; asked of the records once.

    `entries` are names outside and topics, by number; `standing` are the words its kind begins
    with, which are said in every letter and repeat nothing.
    """

    ledger: Ledger
    on: date
    entries: Mapping[int, tuple[str, frozenset[str]]]
    standing: frozenset[str] = NOTHING

    def remarks(self, draft: LetterDraft) -> tuple[Remark, ...]:
        """Return what the letter repeats or contradicts, in its order. It asks nothing."""
        said = tuple(self._said(draft))
        moved = [row.what for row in draft.closed]
        found = self.ledger.remarks(said, self.on, moved)
        own = {each.place for each in said if each.text.strip() in self.standing}
        return tuple(
            each for each in found if each.place not in own or each.kind is not RemarkKind.REPEATS
        )

    def _said(self, draft: LetterDraft) -> Iterator[Said]:
        for place, _, text, number in statements(draft):
            entry, topics = self.entries.get(number or 0, ("", NOTHING))
            yield Said(place, text, topics, entry)


def statements(draft: LetterDraft) -> Iterator[tuple[str, str, str, int | None]]:
    """Give each thing a letter says: its place, the key of its part, the words, and the entry.

    Places are those of the leak check, but for a row as a whole, which goes by `what`.
    """
    keys = {part.kind: part.key for part in draft.parts}
    frame = ((place, getattr(draft, place)) for place in FRAME)
    yield from ((place, place, text, None) for place, text in frame if text)
    for number, passage in enumerate(draft.passages):
        yield f"passage {number}", passage.part, passage.text, passage.entry_id
    for number, line in enumerate(draft.glance):
        yield f"glance {number}", _key(keys, PartKind.GLANCE), line.text, None
    for key, text in draft.texts.items():
        yield f"text {key}", key, text, None
    for number, goal in enumerate(draft.goals):
        text = f"{goal.name}: {goal.stands}" if goal.stands else goal.name
        yield f"goals {number} name", _key(keys, PartKind.GOALS), text, None
    rows = (("steps", PartKind.STEPS, draft.steps), ("dates", PartKind.DATES, draft.dates))
    for field, kind, steps in rows:
        for number, step in enumerate(steps):
            yield f"{field} {number} what", _key(keys, kind), _step(step), None
    yield from _rows(draft, keys)


def _rows(
    draft: LetterDraft, keys: Mapping[PartKind, str]
) -> Iterator[tuple[str, str, str, int | None]]:
    for number, row in enumerate(draft.closed):
        text = f"{_step(Step(row.when, row.what, ''))}. {row.became}. {row.note}".strip()
        yield f"closed {number} what", _key(keys, PartKind.CLOSED), text, None
    for number, moment in enumerate(draft.clock):
        text = _step(Step(moment.at, moment.what, ""))
        yield f"clock {number} what", _key(keys, PartKind.CLOCK), text, None
    for number, stay in enumerate(draft.stays):
        where = ", ".join(filter(None, (stay.where, stay.level, stay.ended)))
        text = _step(Step(stay.days, where, ""))
        yield f"stays {number} where", _key(keys, PartKind.HISTORY), text, None


def _key(keys: Mapping[PartKind, str], kind: PartKind) -> str:
    return keys.get(kind, kind.value)


def _step(step: Step) -> str:
    what = " ".join(filter(None, (step.lead.strip(), step.what.strip())))
    return f"{step.when.strip()}: {what}" if step.when.strip() and what else what


def keep(session: Session, copy: UpdateCopy, released: Released, draft: LetterDraft | None) -> None:
    """Keep each statement of a letter as it is handed over."""
    lines = {line.entry_id: line for line in released.findings.shared}
    if draft is None:
        draft = LetterDraft(passages=tuple(Passage(each.text, n) for n, each in lines.items()))
    topics = _of_tasks(session, released.client_id)
    for _, part, text, number in (*statements(draft), *told_drawn.drawn(released)):
        line = lines.get(number or 0)
        for said in paragraphs(text):
            about = line.topics if line else topics.get(folded(said.partition(": ")[2]), ())
            session.add(
                ToldStatement(
                    client_id=released.client_id,
                    person_id=released.recipient.person_id,
                    organisation_id=released.recipient.organisation_id,
                    update_copy_id=copy.id,
                    told_on=released.on,
                    part=part,
                    text=said,
                    topics=list(about),
                    entry=line.entry if line else "",
                    consent=line.consent if line else released.consent,
                )
            )
    session.flush()


def _of_tasks(session: Session, client_id: int) -> dict[tuple[str, ...], Sequence[str]]:
    """Return the topics of tasks by their lines for the family."""
    query = select(Task.family_line, Task.topics).where(
        Task.client_id.in_(merged.own_ids(session, client_id)), Task.family_line != ""
    )
    return {folded(line): topics for line, topics in session.execute(query)}


def ledger(
    session: Session, client_id: int, party: Party | None = None, text: str = ""
) -> list[Statement]:
    """Return what was told about a client, perhaps to one reader, the newest first.

    With `text`, what has all its words or how they begin.
    """
    query = select(ToldStatement).where(_about(session, client_id, party))
    rows = session.scalars(query.order_by(ToldStatement.told_on.desc(), ToldStatement.id)).all()
    wanted = folded(text)
    rows = [row for row in rows if _has(row.text, wanted)]
    states = _states(session, {row.update_copy_id for row in rows if row.update_copy_id})
    keys = {parties.key_of(row.person_id, row.organisation_id) for row in rows}
    readers = parties.of_keys(session, keys)
    found = ((row, parties.key_of(row.person_id, row.organisation_id)) for row in rows)
    return [
        Statement(
            id=row.id,
            on=row.told_on,
            party_key=readers[key].key if key in readers else key,
            reader=readers[key].full_name if key in readers else "",
            part=row.part,
            text=row.text,
            topics=tuple(row.topics),
            entry=row.entry,
            consent=row.consent,
            copy_id=row.update_copy_id,
            state=states.get(row.update_copy_id or 0, ""),
        )
        for row, key in found
    ]


def _has(text: str, wanted: Sequence[str]) -> bool:
    words = folded(text) if wanted else ()
    return all(any(word.startswith(each) for word in words) for each in wanted)


def _about(session: Session, client_id: int, party: Party | None) -> ColumnElement[bool]:
    """Ask for what was told about a client, also under a number that is gone."""
    own = ToldStatement.client_id.in_(merged.own_ids(session, client_id))
    if party is None:
        return own
    if party.person_id is None:
        return and_(own, ToldStatement.organisation_id == party.organisation_id)
    people = merged.person_ids(session, party.person_id)
    return and_(own, ToldStatement.person_id.in_(people))


def _states(session: Session, copies: Collection[int]) -> dict[int, str]:
    """Return what became of letters that count no longer or came back, by the copy's number."""
    if not copies:
        return {}
    stands = letter_events.states(session, copies)
    ended = CLOSED | {LetterState.CAME_BACK}
    gone = select(UpdateCopy.id).join(Update, UpdateCopy.update_id == Update.id)
    gone = gone.where(UpdateCopy.id.in_(copies), Update.status == "withdrawn")
    whole = dict.fromkeys(session.scalars(gone), LetterState.WITHDRAWN.value)
    return whole | {
        number: stand.state.value for number, stand in stands.items() if stand.state in ended
    }


def beside(session: Session, about: Case) -> Beside:
    """Read what a letter is held beside: what its reader was told in all others that count."""
    query = (
        select(ToldStatement, Update.period_from, Update.period_until, Update.template)
        .outerjoin(UpdateCopy, ToldStatement.update_copy_id == UpdateCopy.id)
        .outerjoin(Update, UpdateCopy.update_id == Update.id)
        .where(_about(session, about.client_id, about.party))
        .where(or_(Update.id.is_(None), letters_sent.reached()))
        .order_by(ToldStatement.id.desc())
    )
    same = (about.first, about.last, about.template.code)
    told = [_told(row) for row in session.execute(query) if tuple(row)[1:] != same]
    ids = letter_entries.of_letter(session, about)
    entries = {
        number: (entry.ref, frozenset(topic.value for topic in entry.topics))
        for number, _, entry in verdicts.for_rules(session, ids)
    }
    names = (about.name.called, about.name.given, about.name.family)
    ledger = Ledger(told, about.first, about.last, names)
    return Beside(ledger, about.on, entries, _standing_words(session, about))


def _standing_words(session: Session, about: Case) -> frozenset[str]:
    """Return the texts that this kind of letter begins with, filled in."""
    kind, say = about.template, compose.blanks(session, about)
    frame = (kind.headline, kind.opening, kind.close)
    texts = (*frame, *(part.words for part in kind.parts))
    return frozenset(filled(text, say).strip() for text in texts if text.strip())


def _told(found: Any) -> Told:
    row, first, last, _ = found
    return Told(
        text=row.text,
        on=row.told_on,
        first=first or row.told_on,
        last=last or row.told_on,
        part=row.part,
        topics=frozenset(row.topics),
        entry=row.entry,
        id=row.id,
    )


def against(session: Session, about: Case, draft: LetterDraft) -> list[Remark]:
    """Return what a letter repeats or contradicts of all its reader was told before."""
    return list(beside(session, about).remarks(draft))


__all__ = ["Beside", "Statement", "against", "beside", "keep", "ledger", "statements"]
