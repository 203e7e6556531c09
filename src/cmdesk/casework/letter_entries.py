"""The entries of a letter: those of its days, and what came too late for the letters before it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from cmdesk.casework import clock, kept_copy, letter_templates, letters_sent, merged, verdicts
from cmdesk.casework.columns import among, listed
from cmdesk.casework.occasion import Case
from cmdesk.casework.parties import Party
from cmdesk.casework.plan_facts import Pair, Several
from cmdesk.models.entry import Entry, EntryWording
from cmdesk.models.update import Update, UpdateCopy
from cmdesk.rules import consent as consent_rules
from cmdesk.rules import letter_entries as rules
from cmdesk.rules.codes import UpdateTemplate
from cmdesk.rules.contact_codes import EntryStatus
from cmdesk.rules.letter import PartKind
from cmdesk.rules.letter_entries import OUT, Dated, Sent
from cmdesk.rules.letter_period import OCCASIONAL
from cmdesk.rules.letter_template import WEEKLY, Span, Template
from cmdesk.rules.standing import Standing

# A week in which nothing changed is told as well: both close it for the letter after them.
WEEKS: Final = frozenset({WEEKLY, UpdateTemplate.BRIEF_NO_CHANGE.value})
Read = Mapping[int, tuple[datetime, consent_rules.Entry]]
_COPIES: Final = (
    select(
        *(Update.client_id, UpdateCopy.person_id, Update.template),
        *(Update.period_from, Update.period_until),
        *(UpdateCopy.created_at, UpdateCopy.sent_at, UpdateCopy.shared, UpdateCopy.kept_back),
    )
    .join(Update, UpdateCopy.update_id == Update.id)
    .where(letters_sent.reached())
)


class Look(NamedTuple):
    """One letter that looks back: over which entries, which letters were before it, who reads.

    `already` are the names of entries told in this very letter, which is written again.
    """

    ids: Sequence[int]
    first: date
    template: str
    letters: Sequence[Sent]
    standing: Standing
    already: frozenset[str] = frozenset()


def series(template: str) -> frozenset[str]:
    """Return the kinds of letters that close days for one another."""
    return WEEKS if template in WEEKS else frozenset({template})


def looks_back(template: str, kind: Template | None) -> bool:
    """Tell whether a kind of letter goes on from the one before it; none for an occasion does."""
    span = kind.span if kind else Span.WEEK
    return template not in OCCASIONAL and span in (Span.WEEK, Span.MONTH)


def of_letter(session: Session, about: Case) -> list[int]:
    """Return the entries a letter that is written tells of, oldest first."""
    own = verdicts.entries_of_period(session, about.client_id, about.first, about.last)
    kind, back = about.template, rules.looked_back(about.first)
    if not looks_back(kind.code, kind):
        return own
    rows = _rows(session, *_of_reader(session, about.client_id, about.party), since=back[0])
    same = [row for row in rows if _days(row) == (about.first, about.last, kind.code)]
    look = Look(
        ids=verdicts.entries_of_period(session, about.client_id, *back) if rows else (),
        first=about.first,
        template=kind.code,
        letters=_sent(session, [row for row in rows if row not in same]),
        standing=about.standing,
        already=frozenset(
            line["entry"] for row in same for line in kept_copy.lines(row.shared, "entry")
        ),
    )
    return [*late(session, [look])[0], *own]


def _days(row: Any) -> tuple[date, date, str]:
    return row.period_from, row.period_until, row.template


def _of_reader(session: Session, client_id: int, party: Party) -> Iterable[ColumnElement[bool]]:
    yield Update.client_id.in_(merged.own_ids(session, client_id))
    if party.person_id is None:
        yield UpdateCopy.organisation_id == party.organisation_id
    else:
        yield UpdateCopy.person_id.in_(merged.person_ids(session, party.person_id))


def _rows(session: Session, *where: ColumnElement[bool], since: date) -> Sequence[Any]:
    """Return the letters that count, as columns; a letter names no entry after its last day."""
    return session.execute(_COPIES.where(*where, Update.period_until >= since)).all()


def letters(
    session: Session, pairs: Collection[Pair], known: Several, since: date
) -> dict[Pair, list[Sent]]:
    """Return the letters of many readers by the numbers they go by now."""
    own, people = {client for client, _ in pairs}, {person for _, person in pairs}
    own |= {gone for gone, kept in known.clients.items() if kept in own}
    people |= {gone for gone, kept in known.people.items() if kept in people}
    where = Update.client_id.in_(among("clients")), UpdateCopy.person_id.in_(among("people"))
    query = _COPIES.where(*where, Update.period_until >= since)
    rows = session.execute(query, {"clients": listed(own), "people": listed(people)}).all()
    found: dict[Pair, list[Sent]] = {}
    for row, made in zip(rows, _sent(session, rows), strict=True):
        pair = known.now(row.client_id, row.person_id or 0)
        found.setdefault(pair, []).append(made)
    return found


def _sent(session: Session, rows: Sequence[Any]) -> list[Sent]:
    lines: dict[str, bool] = {}
    for code in {row.template for row in rows}:
        kind = letter_templates.find(session, code)
        lines[code] = kind is None or kind.has(PartKind.LINES)
    return [
        Sent(
            template=row.template,
            first=row.period_from,
            last=row.period_until,
            left_at=min(filter(None, (row.created_at, row.sent_at))),
            lines=lines[row.template],
            told=frozenset(line["entry"] for line in kept_copy.lines(row.shared, "entry")),
            held=frozenset(
                kept["entry"]
                for kept in kept_copy.lines(row.kept_back, "entry")
                if "reach" not in kept
            ),
            left_out={
                kept["entry"]: kept["reach"]
                for kept in kept_copy.lines(row.kept_back, "entry", "reach")
            },
        )
        for row in rows
    ]


def late(session: Session, looks: Sequence[Look]) -> list[Read]:
    """Return for each letter the entries it looks back for, oldest first, as the rules read them.

    All of them are asked for at once; an entry that no letter can look back for is not judged.
    """
    dated = _dated(session, {number for look in looks if look.letters for number in look.ids})
    bars = [_bars(look, dated) for look in looks]
    wanted = sorted({number for each in bars for number in each})
    entries = {number: (at, made) for number, at, made in verdicts.for_rules(session, wanted)}
    return [
        {
            number: entries[number]
            for number, bar in each.items()
            if bar is None or _is_late(bar, entries[number][1], look.standing)
        }
        for look, each in zip(looks, bars, strict=True)
    ]


def _bars(look: Look, dated: Mapping[int, Dated]) -> dict[int, int | None]:
    """Return what may be told of, with its bar; none of what this letter told already."""
    first, last = rules.looked_back(look.first)
    found: dict[int, int | None] = {}
    for number in look.ids:
        entry = dated.get(number)
        if entry is None or not first <= entry.day <= last:
            continue
        if entry.ref in look.already:
            found[number] = None
        elif (bar := rules.bar(entry, look.letters, series(look.template))) < OUT:
            found[number] = bar
    return found


def _is_late(bar: int, entry: consent_rules.Entry, stand: Standing) -> bool:
    verdict = consent_rules.verdict(entry, stand)
    unmarked = consent_rules.verdict(replace(entry, marks={}), stand) if entry.marks else verdict
    return rules.is_late(bar, verdict, unmarked)


def _dated(session: Session, ids: Collection[int]) -> dict[int, Dated]:
    """Return signed entries by number. The words an entry was signed with are as old as that."""
    if not ids:
        return {}
    zone, numbers = clock.zone(session), {"entries": listed(ids)}
    again = (
        select(EntryWording.entry_id, func.max(EntryWording.at))
        .where(EntryWording.entry_id.in_(among("entries")))
        .group_by(EntryWording.entry_id)
        .having(func.count() > 1)
    )
    worded: dict[int, datetime] = dict(session.execute(again, numbers).all())
    columns = select(Entry.id, Entry.ref, Entry.uid, Entry.occurred_at, Entry.signed_at)
    query = columns.where(Entry.id.in_(among("entries")), Entry.status == EntryStatus.SIGNED)
    return {
        row.id: Dated(
            row.ref or row.uid,
            row.occurred_at.astimezone(zone).date(),
            max(filter(None, (row.signed_at or row.occurred_at, worded.get(row.id)))),
        )
        for row in session.execute(query, numbers)
    }


__all__ = ["WEEKS", "Look", "Read", "late", "letters", "looks_back", "of_letter", "series"]
