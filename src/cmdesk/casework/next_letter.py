"""The letters that grow all week: for each reader what could be said now, and what still waits."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from cmdesk.casework import (
    clock,
    letter_drafts,
    letter_periods,
    letter_templates,
    parties,
    plan_facts,
    plan_list,
    promises,
    standings,
    verdicts,
)
from cmdesk.casework.parties import Party
from cmdesk.casework.plan_list import Planned
from cmdesk.models.entry import Draft
from cmdesk.rules import consent as rules
from cmdesk.rules import letter_template
from cmdesk.rules.consent import Outcome
from cmdesk.rules.letter_period import Period
from cmdesk.rules.letter_template import WEEKLY, Template
from cmdesk.rules.promises import Promise
from cmdesk.rules.standing import Standing

period_of = letter_periods.period_of
Read = Mapping[int, tuple[datetime, rules.Entry]]


@dataclass(frozen=True, slots=True)
class Sayable:
    """A line that would be said now, of an entry of a day. `short`: only the short version."""

    entry_id: int
    day: date
    text: str
    short: bool = False


@dataclass(frozen=True, slots=True)
class Growing:
    """One reader's next letter. Of so many `entries`, so many may be told, now or once worded.

    `waiting` are entries that only a short version is covered of, and nobody chose; `unwritten`
    may be told and have no line yet. `promises` were made in letters before.
    """

    plan: int
    party: Party
    template: str
    due: date
    first: date
    last: date
    lines: tuple[Sayable, ...] = ()
    told: int = 0
    entries: int = 0
    waiting: tuple[int, ...] = ()
    unwritten: tuple[int, ...] = ()
    promises: tuple[Promise, ...] = ()
    no_consent: str = ""
    begun: bool = False


def growing(session: Session, client_id: int) -> list[Growing]:
    """Return the next letter of each plan of a client that holds, the one due first at the top."""
    today, zone, known = clock.today(session), clock.zone(session), plan_facts.several(session)
    rows = plan_list.holding(session, today, client_id)
    plans = list(plan_list.planned(session, rows, today, zone, known))
    if not plans:
        return []
    asked = {each.row.id: letter_periods.ask(each) for each in plans}
    periods = letter_periods.of_plans(session, asked.values(), today, known)
    keys = {each.row.id: parties.person_key(each.row.recipient_id) for each in plans}
    readers = parties.of_keys(session, keys.values())
    wanted = [(client_id, readers[keys[each.row.id]]) for each in plans]
    stands = standings.standings(session, wanted, today)
    days = list(periods.values())
    whole = (min(first for first, _ in days), max(last for _, last in days))
    made = _Growing(
        read_entries(session, client_id, whole),
        kinds(session, {each.template for each in asked.values()}),
        promises.open_by_reader(session, client_id),
        _begun(session, client_id),
        zone,
    )
    found = [
        made.row(each, readers[keys[each.row.id]], stands, periods[asked[each.row.id]])
        for each in plans
    ]
    return sorted(found, key=lambda each: (each.due, each.party.full_name))


def read_entries(session: Session, client_id: int, period: Period) -> Read:
    """Return the entries of some days as the rules read them, oldest first."""
    ids = verdicts.entries_of_period(session, client_id, *period)
    return {number: (at, entry) for number, at, entry in verdicts.for_rules(session, ids)}


def kinds(session: Session, codes: Iterable[str]) -> dict[str, Template | None]:
    """Return kinds of letters by their codes: some tell of a few topics alone."""
    return {code: letter_templates.find(session, code) for code in codes}


def within(entries: Read, period: Period, zone: ZoneInfo) -> dict[int, rules.Entry]:
    """Return those of a period, by their local days."""
    first, last = period
    return {
        number: entry
        for number, (at, entry) in entries.items()
        if first <= at.astimezone(zone).date() <= last
    }


def narrowed(stand: Standing, kind: Template | None) -> Standing:
    """Return where a reader stands for a kind of letter."""
    return letter_template.narrowed(stand, kind) if kind else stand


def _begun(session: Session, client_id: int) -> list[letter_drafts.Key]:
    query = session.query(Draft.key).filter(Draft.key.startswith(f"update:{client_id}:"))
    return [key for (text,) in query if (key := letter_drafts.parse(text))]


@dataclass(frozen=True, slots=True)
class _Growing:
    """All that is asked once for a client's letters."""

    entries: Read
    kinds: Mapping[str, Template | None]
    promises: Mapping[str, Sequence[Promise]]
    begun: Sequence[letter_drafts.Key]
    zone: ZoneInfo

    def row(
        self, plan: Planned, party: Party, stands: Mapping[tuple[int, int], Standing], days: Period
    ) -> Growing:
        template = plan.row.template
        stand = stands[plan.row.client_id, party.person_id or 0]
        stand = narrowed(stand, self.kinds.get(template))
        entries = within(self.entries, days, self.zone)
        lines, waiting, unwritten = self._sorted(entries, stand)
        return Growing(
            plan=plan.row.id,
            party=party,
            template=template,
            due=plan.due,
            first=days[0],
            last=days[1],
            lines=tuple(lines),
            told=len(lines) + len(waiting) + len(unwritten),
            entries=len(entries),
            waiting=tuple(waiting),
            unwritten=tuple(unwritten),
            promises=tuple(self.promises.get(party.key, ())),
            no_consent=stand.no_consent or "",
            begun=self._is_begun(party, template, days),
        )

    def _is_begun(self, party: Party, template: str, days: Period) -> bool:
        agreed = "" if template == WEEKLY else template
        return any(
            (key.party, key.first, key.template) == (party.key, days[0], agreed)
            and key.last <= days[1]
            for key in self.begun
        )

    def _sorted(
        self, entries: Mapping[int, rules.Entry], stand: Standing
    ) -> tuple[list[Sayable], list[int], list[int]]:
        """Sort entries into what would be said, what waits for a choice, and what has no line."""
        lines: list[Sayable] = []
        waiting: list[int] = []
        unwritten: list[int] = []
        for number, entry in entries.items():
            verdict = rules.verdict(entry, stand)
            if verdict.outcome is Outcome.KEEP_BACK:
                continue
            short = verdict.outcome is Outcome.SHORT
            if verdict.text is None:
                unwritten.append(number)
            elif short and not entry.marks.get(stand.recipient.ref):
                waiting.append(number)
            else:
                day = self.entries[number][0].astimezone(self.zone).date()
                lines.append(Sayable(number, day, verdict.text, short))
        return lines, waiting, unwritten


__all__ = ["Growing", "Sayable", "growing", "period_of"]
