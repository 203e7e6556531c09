"""From which age a minor may consent alone, by kind of care, as the practitioner has looked it up.

No state's law is built in: ages differ and change (45 CFR 164.502(g)(3), 42 CFR 2.14). A row counts
only with a source and the day it was checked, and only for the state of the practice.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.casework import clock
from cmdesk.errors import Problem
from cmdesk.models.consent import StateRule
from cmdesk.models.practice import Practice
from cmdesk.rules.family_codes import MinorCare
from cmdesk.rules.validity import MAJORITY


@dataclass(frozen=True, slots=True)
class StateRow:
    """One kind of care; `age` in years, none = not before 18."""

    care: str
    age: int | None = None
    source: str = ""
    checked_on: date | None = None
    note: str = ""

    @property
    def blank(self) -> bool:
        return self == StateRow(self.care)


@dataclass(frozen=True, slots=True)
class StateTable:
    """The state of the practice, and a row for each kind of care, blank where none is kept."""

    state: str
    rows: tuple[StateRow, ...]


def table(session: Session) -> StateTable:
    state = _state(session)
    kept = {row.care: row for row in _kept(session, state)}
    rows = [_read(kept[care]) if care in kept else StateRow(care) for care in MinorCare]
    return StateTable(state, tuple(rows))


def _state(session: Session) -> str:
    return _spelled(session.scalar(select(Practice.state).limit(1)) or "")


def _spelled(state: str) -> str:
    return " ".join(state.split()).upper()


def _kept(session: Session, state: str) -> list[StateRule]:
    """Return the rows of a state; of two for one kind of care the one changed last comes last."""
    if not state:
        return []
    rows = session.scalars(select(StateRule).order_by(StateRule.updated_at, StateRule.id))
    return [row for row in rows if _spelled(row.state) == state]


def _read(row: StateRule) -> StateRow:
    age = row.minor_may_consent_from
    return StateRow(row.care, age, row.source, row.checked_on, row.note)


def ages(session: Session) -> dict[str, int]:
    """Return the ages that count, by kind of care; a kind without a whole row is left out."""
    if session.scalar(select(StateRule.id).limit(1)) is None:
        return {}  # as nearly always, and asked for every client
    today, found = clock.today(session), dict[str, int]()
    for row in _kept(session, _state(session)):
        whole = row.source.strip() and row.checked_on and row.checked_on <= today
        if row.minor_may_consent_from is None or not whole:
            continue
        # Of two rows for one kind of care the narrower holds.
        found[row.care] = max(row.minor_may_consent_from, found.get(row.care, 0))
    return found


def faults(edited: StateTable, today: date) -> Mapping[str, str]:
    """Map `state` and `<care>.<field>` to what is wrong; empty when sound."""
    found: dict[str, str] = {}
    filled = [row for row in edited.rows if not row.blank]
    if filled and not _spelled(edited.state):
        found["state"] = "Of which state are these rules?"
    for row in filled:
        if row.age is not None and not 0 <= row.age <= MAJORITY:
            found[f"{row.care}.age"] = "An age from 0 to 18."
        if not row.source.strip():
            found[f"{row.care}.source"] = "Where does it say so? The section of the law will do."
        if row.checked_on is None:
            found[f"{row.care}.checked_on"] = "On which day did you look it up?"
        elif row.checked_on > today:
            found[f"{row.care}.checked_on"] = "This day is still to come."
    return found


def save(session: Session, edited: StateTable) -> None:
    """Keep the table. A blank row is taken away: then nothing is assumed."""
    wrong = faults(edited, clock.today(session))
    if wrong:
        raise Problem(next(iter(wrong.values())))
    state = _spelled(edited.state)
    practice = session.scalars(select(Practice).limit(1)).one_or_none()
    if practice is None:
        raise Problem("There is no practice yet.", "Fill in the letterhead first.")
    practice.state = state
    for row in edited.rows:
        _write(session, state, row)
    session.flush()


def _write(session: Session, state: str, row: StateRow) -> None:
    older = [kept for kept in _kept(session, state) if kept.care == row.care]
    if row.blank:
        for kept in older:
            session.delete(kept)
        return
    for kept in older[:-1]:
        session.delete(kept)
    written = older[-1] if older else StateRule(state=state, care=row.care)
    written.minor_may_consent_from = row.age
    written.source, written.checked_on = row.source.strip(), row.checked_on
    written.note = row.note.strip()
    session.add(written)
