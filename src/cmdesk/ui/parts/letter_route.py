"""Which letter a route means: to whom, for which days, and of which kind."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from cmdesk.casework import (
    composing,
    letter_drafts,
    letter_periods,
    letter_templates,
    update_list,
)
from cmdesk.rules.codes import UpdateTemplate
from cmdesk.rules.letter_template import WEEKLY
from cmdesk.rules.periods import last_full_week
from cmdesk.ui.desk import Desk
from cmdesk.ui.page import Route

CRISIS: Final = UpdateTemplate.CRISIS_NOTICE.value
BRIEF: Final = UpdateTemplate.BRIEF_NO_CHANGE.value
SHORT: Final = {"brief": BRIEF, "crisis": CRISIS}  # what a route may call them


@dataclass(frozen=True, slots=True)
class Asked:
    """An empty reader means the one whose letter is due first, an empty kind the one agreed.

    `stamp`: the clock of a crisis is to be started.
    """

    reader: str
    first: date
    last: date
    kind: str
    stamp: bool = False


def read(desk: Desk, route: Route) -> Asked:
    """Read `p12:2026-03-02:2026-03-08:decision`, of which each part may be left out."""
    reader, first, last, kind = [*route.tab.split(":"), "", "", "", ""][:4]
    kind = SHORT.get(kind, kind)
    if first and last:
        return Asked(reader, date.fromisoformat(first), date.fromisoformat(last), kind)
    if route.record is None:
        return Asked(reader, *last_full_week(desk.today()), kind)
    if kind:
        days = days_of(desk, route.record, reader, kind)
        return Asked(reader, *days, kind, stamp=kind == CRISIS)
    rows = desk.ask(update_list.due, route.record)
    due = next((row for row in rows if reader in ("", row.party.key)), None)
    if due:
        return Asked(due.party.key, due.first, due.last, kind)
    return Asked(reader, *last_full_week(desk.today()), kind)


def days_of(desk: Desk, client_id: int, reader: str, kind: str) -> tuple[date, date]:
    """Give the days that the next letter of a kind tells of.

    A notice that is begun and has to be out by an hour is gone on with, also after midnight.
    """
    known = desk.ask(composing.readers, client_id, reader)
    if not known:
        return last_full_week(desk.today())
    named = next((each.party for each in known if each.party.key == reader), known[0].party)
    template = desk.ask(letter_templates.of, kind or WEEKLY)
    begun = desk.ask(letter_drafts.still_open, client_id, named.key, template)
    if begun:
        return begun.first, begun.last
    return desk.ask(letter_periods.period_of, client_id, named, kind or WEEKLY)
