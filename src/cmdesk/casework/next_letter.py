"""The letters that grow all week: for each reader what could be said now, and what still waits."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from cmdesk.casework import (
    clock,
    letter_drafts,
    letter_entries,
    letter_periods,
    letter_templates,
    parties,
    plan_facts,
    plan_list,
    promises,
    standings,
    verdicts,
)
from cmdesk.casework.letter_entries import Look, Read
from cmdesk.casework.letter_periods import Ask
from cmdesk.casework.parties import Party
from cmdesk.casework.plan_facts import Several
from cmdesk.casework.plan_list import Planned
from cmdesk.models.entry import Draft
from cmdesk.rules import consent as rules
from cmdesk.rules import letter_template
from cmdesk.rules.consent import Outcome
from cmdesk.rules.letter_entries import looked_back
from cmdesk.rules.letter_period import Period
from cmdesk.rules.letter_template import WEEKLY, Template
from cmdesk.rules.promises import Promise
from cmdesk.rules.standing import Standing

period_of = letter_periods.period_of


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

    Among them are those of days before that came too late for the letters of these days.
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
    kinds_of = kinds(session, {each.template for each in asked.values()})
    numbers = verdicts.entries_of_period(session, client_id, looked_back(whole[0])[0], whole[1])
    late = too_late(session, periods, stands, kinds_of, {client_id: numbers}, known)
    made = _Growing(
        read_entries(session, client_id, whole),
        late,
        kinds_of,
        promises.open_by_reader(session, client_id),
        _begun(session, client_id),
        zone,
    )
    found = [
        made.row(each, asked[each.row.id], readers[keys[each.row.id]], stands, periods)
        for each in plans
    ]
    return sorted(found, key=lambda each: (each.due, each.party.full_name))


def read_entries(session: Session, client_id: int, period: Period) -> Read:
    """Return the entries of some days as the rules read them, oldest first."""
    ids = verdicts.entries_of_period(session, client_id, *period)
    return {number: (at, entry) for number, at, entry in verdicts.for_rules(session, ids)}


def too_late(
    session: Session,
    periods: Mapping[Ask, Period],
    stands: Mapping[tuple[int, int], Standing],
    kinds: Mapping[str, Template | None],
    entries: Mapping[int, Sequence[int]],
    known: Several,
) -> dict[Ask, Read]:
    """Return for each letter the entries of days told already that it looks back for.

    `entries` are all that may come into question, by client, oldest first.
    """
    where = {ask: (ask.client_id, known.now(*ask.pair)[1]) for ask in periods}
    asked = [
        ask
        for ask in periods
        if where[ask] in stands and letter_entries.looks_back(ask.template, kinds[ask.template])
    ]
    if not asked:
        return {}
    since = looked_back(min(periods[ask][0] for ask in asked))[0]
    sent = letter_entries.letters(session, {known.now(*ask.pair) for ask in asked}, known, since)
    looks = [
        Look(
            ids=entries.get(ask.client_id, ()),
            first=periods[ask][0],
            template=ask.template,
            letters=sent.get(known.now(*ask.pair), ()),
            standing=narrowed(stands[where[ask]], kinds[ask.template]),
        )
        for ask in asked
    ]
    return dict(zip(asked, letter_entries.late(session, looks), strict=True))


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
    late: Mapping[Ask, Read]
    kinds: Mapping[str, Template | None]
    promises: Mapping[str, Sequence[Promise]]
    begun: Sequence[letter_drafts.Key]
    zone: ZoneInfo

    def row(
        self,
        plan: Planned,
        ask: Ask,
        party: Party,
        stands: Mapping[tuple[int, int], Standing],
        periods: Mapping[Ask, Period],
    ) -> Growing:
        template, days = plan.row.template, periods[ask]
        stand = stands[plan.row.client_id, party.person_id or 0]
        stand = narrowed(stand, self.kinds.get(template))
        own = within(self.entries, days, self.zone)
        late = self.late.get(ask, {})
        entries = {number: late[number][1] for number in late} | own
        lines, waiting, unwritten = self._sorted(entries, stand, {**self.entries, **late})
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
        self, entries: Mapping[int, rules.Entry], stand: Standing, read: Read
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
                day = read[number][0].astimezone(self.zone).date()
                lines.append(Sayable(number, day, verdict.text, short))
        return lines, waiting, unwritten


__all__ = ["Growing", "Sayable", "growing", "period_of"]
