"""The letters of a day: which days each tells of, and whether it is begun already."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.casework import (
    agenda_hours,
    clock,
    draft_keys,
    letter_drafts,
    letter_periods,
    parties,
)
from cmdesk.casework.agenda_hours import HOURS, Hour
from cmdesk.casework.columns import read
from cmdesk.casework.letter_periods import Ask
from cmdesk.models.entry import Draft
from cmdesk.rules.agenda import AgendaRow

_BEGUN: Final = select(Draft.key, Draft.saved_at).where(Draft.key.startswith("update:"))


class Letters:
    """Knows of each plan that is brought up what the composer opens its letter by."""

    def __init__(
        self, session: Session, plans: Mapping[int, Any], rows: Sequence[AgendaRow], today: date
    ) -> None:
        """Take the plans by number, and the rows that say when each letter is due."""
        due = {row.record: row.due for row in rows if row.kind in ("update", "uncovered")}
        self._asked = {
            number: Ask(plan.client_id, plan.recipient_id, plan.every, plan.template, due[number])
            for number, plan in plans.items()
        }
        self._periods = letter_periods.of_plans(session, self._asked.values(), today)
        self._begun: dict[str, datetime] = draft_keys.found_under(
            session, ((row.key, row.saved_at) for row in read(session, _BEGUN))
        )

        self._hours: dict[int, Hour] = {}
        if any(row.kind == HOURS for row in rows):
            self._now = clock.now(session)
            found = agenda_hours.begun(session, clock.zone(session))
            self._hours = {each.id: each for each in found}

    def by_hour(self, row: AgendaRow) -> dict[str, Any]:
        """Say by when a letter has to be out, and what the composer opens it by."""
        each = self._hours[row.record]
        return {"why": each.why(self._now), "letter": each.letter, "begun": True}

    def of(self, number: int) -> tuple[str, datetime | None]:
        """Return the composer's name for a plan's letter, and when its draft was saved."""
        asked = self._asked[number]
        key, (first, last) = parties.person_key(asked.person_id), self._periods[asked]
        whole = letter_drafts.key_of(asked.client_id, key, first, last, asked.template)
        begun = letter_drafts.among(self._begun, whole)
        return f"{key}:{first}:{last}", self._begun[begun] if begun else None
