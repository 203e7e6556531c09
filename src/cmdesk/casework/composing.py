"""What the composer of a family update shows: readers, what is known, and how a letter may go."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from cmdesk.casework import (
    addressed,
    audience,
    begun,
    clock,
    compose,
    going_on,
    hand_over_way,
    kept_copy,
    letter_drafts,
    letters_sent,
    occasion,
    parties,
    timeline,
    update_list,
    updates,
    verdicts,
)
from cmdesk.casework.begun import Begun
from cmdesk.casework.drafting import LetterDraft
from cmdesk.casework.hand_over_way import Way
from cmdesk.casework.occasion import Case
from cmdesk.casework.parties import Party
from cmdesk.models.update import UpdateCopy, UpdatePlan
from cmdesk.rules import consent as rules
from cmdesk.rules.agenda import when
from cmdesk.rules.codes import Mark
from cmdesk.rules.letter_template import Template, due_at, worded
from cmdesk.rules.people import Name


@dataclass(frozen=True, slots=True)
class Reader:
    """Someone a letter may be written to; `due` in words while an update plan is agreed."""

    party: Party
    due_on: date | None
    due: str
    no_consent: str


@dataclass(frozen=True, slots=True)
class Material:
    """One entry of the period. `allowed` is the verdict without the practitioner's mark."""

    entry_id: int
    at: datetime
    kind: str
    method: str
    outcome: str
    people: tuple[Name, ...]
    narrative: str
    family_line: str
    topics: tuple[str, ...]
    short_line: str
    short_topics: tuple[str, ...]
    mark: str
    verdict: rules.Verdict
    allowed: rules.Verdict
    short: str  # the short version, where consent covers it
    corrected: bool
    speaks_to: str = ""  # what somebody else is called, to whom the full line speaks

    @property
    def waits(self) -> bool:
        """Only the short version is covered, and nobody has said yet that it will do."""
        return self.verdict.outcome == rules.Outcome.SHORT and not self.mark

    @property
    def left_out(self) -> bool:
        """It goes in by a choice alone: only shorter, or although it speaks to somebody else."""
        return self.waits or bool(self.speaks_to)


@dataclass(frozen=True, slots=True)
class Workplace:
    """One reader's letter for one period, with all it rests on."""

    client: Name
    party: Party
    readers: tuple[Reader, ...]
    materials: tuple[Material, ...]
    proposal: LetterDraft
    kept: Begun | None
    kept_at: datetime | None
    sent_on: date | None
    copy_id: int  # the one handed over last, 0 where there is none
    unreadable: bool  # the one handed over last can't be gone on with
    agreed: str  # the language a letter that is begun now would be in
    no_consent: str
    way: Way
    zone: ZoneInfo
    template: Template
    now: datetime

    @property
    def verdicts(self) -> Mapping[int, rules.Verdict]:
        return {row.entry_id: row.verdict for row in self.materials}

    @property
    def as_it_left(self) -> LetterDraft | None:
        """The words that were handed over last, while nothing else was begun since."""
        return self.kept.letter if self.kept and self.kept_at is None else None

    def begin(self) -> Begun:
        """Go on with what was kept, or lay out a first letter."""
        if self.kept is None:
            waiting = {row.entry_id for row in self.materials if row.left_out}
            return begun.begin(self.proposal, waiting, self.now)
        return begun.follow(self.kept, self.proposal, self.verdicts)

    def fresh(self, writing: Begun) -> tuple[int, ...]:
        """Return what can be told in full, came since the letter was begun, and needs no choice."""
        chosen = {row.entry_id for row in self.materials if row.left_out}
        return tuple(each for each in begun.fresh(writing, self.verdicts) if each not in chosen)

    def due_by(self, writing: Begun) -> datetime | None:
        """Return when such a letter has to be out, in the practice’s zone, if within hours."""
        by = due_at(self.template, writing.since or self.now)
        return by.astimezone(self.zone) if by else None


def readers(session: Session, client_id: int, writing_to: str = "") -> list[Reader]:
    """Return those an update is agreed with, soonest due first, then others a consent names.

    Whose letter is being written stays among them, come what may: never is it another's suddenly.
    """
    today = clock.today(session)
    plans = _plans(session, client_id, today)
    named = {party.key: party for party in audience.readers(session, client_id)}
    for key in (*plans, writing_to) if writing_to else plans:
        named.setdefault(key, parties.of_key(session, key))
    # Loaded once for all of them: a dozen readers would otherwise ask a hundred questions.
    subject = verdicts.subject(session, client_id)
    forms = verdicts.consents(session, client_id)
    held = verdicts.restrictions(session, client_id)
    found: list[Reader] = []
    for key, party in named.items():
        who = parties.recipient(session, client_id, party)
        why = rules.standing(subject, who, forms, held, today).no_consent or ""
        due_on = plans.get(key)
        found.append(Reader(party, due_on, when(due_on, today) if due_on else "", why))
    known = [
        reader
        for reader in found
        if reader.due_on or not reader.no_consent or reader.party.key == writing_to
    ]
    return sorted(known, key=lambda reader: reader.due_on or date.max)


def _plans(session: Session, client_id: int, today: date) -> dict[str, date]:
    rows = session.scalars(
        select(UpdatePlan).where(
            UpdatePlan.client_id == client_id,
            or_(UpdatePlan.ended_on.is_(None), UpdatePlan.ended_on > today),
        )
    )
    return {
        parties.person_key(row.recipient_id): update_list.due_on(session, row, today)
        for row in rows
    }


def workplace(
    session: Session, client_id: int, party_key: str, first: date, last: date, template: str = ""
) -> Workplace | None:
    """Return all that one letter is written from; None while nobody is there to write to.

    Without the key of a reader, the letter due first is meant; without a kind of letter, the one
    agreed with the reader. A letter that was begun goes on in its language.
    """
    known = readers(session, client_id, party_key)
    if not known:
        return None
    named = next((reader.party for reader in known if reader.party.key == party_key), None)
    party = named or known[0].party
    about = updates.case(session, client_id, party, first, last, template=template)
    code = about.template.code
    kept = letter_drafts.find(
        session, update_list.draft_key(client_id, party.key, first, last, code)
    )
    copies, agreed = _handed_over(session, about), about.language
    about = occasion.in_language(session, about, going_on.written_in(kept, copies))
    judged, proposal = compose.lay_out(session, about)
    zone = clock.zone(session)
    return Workplace(
        client=about.name,
        party=party,
        readers=tuple(known),
        materials=_told_of(session, about, [row.entry_id for row in judged]),
        proposal=proposal,
        kept=begun.read(kept.body) if kept else going_on.as_sent(copies, judged, proposal),
        kept_at=kept.saved_at.astimezone(zone) if kept else None,
        sent_on=letters_sent.left_on(session, copies[0].id) if copies else None,
        copy_id=copies[0].id if copies else 0,
        unreadable=not kept and any(kept_copy.unreadable(copy) for copy in copies),
        agreed=agreed,
        no_consent=about.standing.no_consent or "",
        way=hand_over_way.way(session, client_id, party),
        zone=zone,
        template=about.template,
        now=clock.now(session),
    )


def _handed_over(session: Session, about: Case) -> list[UpdateCopy]:
    """Return what this reader was handed in this kind of letter for the period, the last first."""
    wanted = (about.first, about.last, about.template.code)
    return [
        copy
        for copy, update in letters_sent.copies(session, about.client_id, about.party)
        if (update.period_from, update.period_until, update.template) == wanted
    ]


def _told_of(session: Session, about: Case, ids: list[int]) -> tuple[Material, ...]:
    """Say of entries what this kind of letter does not tell of, and to whom their lines speak."""
    kind, found = about.template, materials(session, about.standing, ids)
    others = addressed.to_others(session, about, {row.entry_id: row.verdict for row in found})
    return tuple(
        replace(
            row,
            verdict=worded(row.verdict, kind),
            allowed=worded(row.allowed, kind),
            speaks_to=others.get(row.entry_id, ""),
        )
        for row in found
    )


def materials(session: Session, standing: rules.Standing, ids: list[int]) -> list[Material]:
    """Return entries with what the rules say of each for one reader, oldest first."""
    shown = {row.id: row for row in timeline.rows(session, ids)}
    narrow = {number: entry for number, _, entry in verdicts.for_rules(session, ids)}
    return [
        _material(row, narrow[number], standing)
        for number in ids
        if (row := shown.get(number)) is not None
    ]


def _material(row: timeline.TimelineRow, entry: rules.Entry, standing: rules.Standing) -> Material:
    unmarked = replace(entry, marks={})
    as_short = replace(entry, marks={standing.recipient.ref: Mark.SHORT})
    short = rules.verdict(as_short, standing)
    return Material(
        entry_id=row.id,
        at=row.at,
        kind=row.kind,
        method=row.method,
        outcome=row.outcome,
        people=row.people,
        narrative=row.narrative,
        family_line=entry.family_line or "",
        topics=tuple(sorted(entry.topics)),
        short_line=entry.short_line or "",
        short_topics=tuple(sorted(entry.short_topics)),
        mark=entry.marks.get(standing.recipient.ref, ""),
        verdict=rules.verdict(entry, standing),
        allowed=rules.verdict(unmarked, standing),
        short=(short.text or "") if short.outcome == rules.Outcome.SHORT else "",
        corrected=entry.corrected,
    )
