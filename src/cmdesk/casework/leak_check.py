"""The leak check of a letter: its parts, what each may not say, and what was marked otherwise.

A mark "not about that" belongs to one reader's letter for one period and to one phrase. It stands
with the period's update, dated and attributed, and goes into the sharing log with the letter.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.casework import (
    clock,
    disclosures,
    drafts,
    leak_headings,
    leak_index,
    letters_sent,
    merged,
)
from cmdesk.casework.drafting import LetterDraft
from cmdesk.casework.occasion import Case
from cmdesk.casework.parties import Party, outside_name
from cmdesk.errors import Problem
from cmdesk.models.person import Person
from cmdesk.models.update import Update
from cmdesk.rules import leaks
from cmdesk.rules.leaks import Hit, Index
from cmdesk.rules.letter_template import WEEKLY

NOT_ABOUT_THAT = "not_about_that"
TAKEN_BACK = "not_about_that_taken_back"
MOST_REASON = 500  # signs of a reason
LISTS: Final = {  # of a draft, each with what is written in its rows
    "goals": ("name", "stands"),
    "steps": ("when", "lead", "what", "who"),
    "dates": ("when", "lead", "what", "who"),
    "closed": ("when", "what", "became", "note"),
    "clock": ("at", "what", "who"),
    "stays": ("days", "where", "level", "ended"),
}


@dataclass(frozen=True, slots=True)
class Excuse:
    """What is typed of a mark."""

    reason: str = ""


@dataclass(frozen=True, slots=True)
class Watch:
    """All the check needs of the records. `marks` are reasons, by the key of a hit.

    `phrases` are the words that were marked, by the same keys; `called` is the client's name.
    """

    index: Index
    marks: Mapping[str, str]
    phrases: Mapping[str, str] = field(default_factory=dict[str, str])
    called: str = ""

    def hits(self, text: str) -> tuple[Hit, ...]:
        """Return what stands in the way, without what was marked."""
        return tuple(hit for hit in leaks.check(self.index, text) if hit.key not in self.marks)


def watch(session: Session, about: Case) -> Watch:
    rows = _marks(
        session, about.client_id, about.party, about.first, about.last, about.template.code
    )
    return Watch(
        leak_index.index(session, about),
        {key: str(row.get("reason", "")) for key, row in rows.items()},
        {key: str(row.get("words", "")) for key, row in rows.items()},
        about.name.called,
    )


def texts(draft: LetterDraft, called: str = "") -> Iterator[tuple[str, str]]:
    """Give all a letter says that somebody typed, by the place where it is typed.

    `called` is what the client is called, as headings are printed with it.
    """
    yield from leak_headings.headings(draft, called)
    yield from (
        ("headline", draft.headline),
        ("greeting", draft.greeting),
        ("opening", draft.opening),
        ("close", draft.close),
        ("farewell", draft.farewell),
    )
    yield from ((f"text {key}", text) for key, text in draft.texts.items())
    yield from ((f"glance {n}", line.text) for n, line in enumerate(draft.glance))
    yield from ((f"passage {n}", part.text) for n, part in enumerate(draft.passages))
    for listed, names in LISTS.items():
        for number, row in enumerate(getattr(draft, listed)):
            for name in names:
                yield f"{listed} {number} {name}", getattr(row, name)


def check(made: Watch, draft: LetterDraft) -> dict[str, tuple[Hit, ...]]:
    """Return the places where something stands in the way."""
    found = {place: made.hits(text) for place, text in texts(draft, made.called) if text}
    return {place: hits for place, hits in found.items() if hits}


def in_headings(made: Watch, draft: LetterDraft) -> list[tuple[str, tuple[Hit, ...]]]:
    """Return what can't be sent where nobody types: how one speaks of the place, and why."""
    said = leak_headings.headings(draft, made.called)
    found = ((leak_headings.in_words(place, words), made.hits(words)) for place, words in said)
    return [(place, hits) for place, hits in found if hits]


def refuse(made: Watch, draft: LetterDraft) -> None:
    """Raise Problem, with the first reason in words, while anything stands in the way."""
    for place, hits in in_headings(made, draft):
        why = hits[0].why
        raise Problem(
            f"{place} can’t be sent: {why[0].lower()}{why[1:]}.",
            "Change it in Settings, Letters, or mark it “not about that” in the letter.",
        )
    for hits in check(made, draft).values():
        why = hits[0].why
        raise Problem(
            f"A sentence of this letter can’t be sent: {why[0].lower()}{why[1:]}.",
            "Take it out, or mark it “not about that” in the letter.",
        )


def marked(made: Watch, draft: LetterDraft) -> tuple[str, ...]:
    """Return what the letter says although the check found it, each with the reason given."""
    said = {
        hit.key: f"“{hit.phrase}” is not about that: {made.marks[hit.key]}"
        for _, text in texts(draft, made.called)
        for hit in leaks.check(made.index, text)
        if hit.key in made.marks
    }
    return tuple(said.values())


def without(made: Watch, draft: LetterDraft) -> LetterDraft:
    """Return the letter without the sentences that can't be sent."""

    def bare(text: str) -> str:
        return cut(text, made.hits(text))

    draft = leak_headings.bare(draft, made.called, bare)
    return replace(
        draft,
        headline=bare(draft.headline),
        greeting=bare(draft.greeting),
        opening=bare(draft.opening),
        texts={key: bare(text) for key, text in draft.texts.items()},
        close=bare(draft.close),
        farewell=bare(draft.farewell),
        glance=tuple(replace(line, text=bare(line.text)) for line in draft.glance),
        passages=tuple(replace(part, text=bare(part.text)) for part in draft.passages),
        **{
            listed: tuple(
                replace(row, **{name: bare(getattr(row, name)) for name in names})
                for row in getattr(draft, listed)
            )
            for listed, names in LISTS.items()
        },
    )


def cut(text: str, hits: Sequence[Hit]) -> str:
    """Take the sentences of these hits out of a text."""
    for start, end in spans(text, hits):
        text = text[:start] + text[end:]
    return text


def spans(text: str, hits: Sequence[Hit]) -> list[tuple[int, int]]:
    """Return the sentences of these hits, the last first, each with the space beside it."""
    found: list[tuple[int, int]] = []
    tail = len(text)  # what follows from here on goes as well
    for first, last in reversed(_apart(sorted({hit.whole for hit in hits}))):
        end = len(text) - len(text[last:].lstrip(" "))
        if end >= tail:
            end, tail = tail, len(text[:first].rstrip(" "))
            found.append((tail, end))
        else:
            found.append((first, end))
    return found


def _apart(ordered: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Make one of spans that overlap: a name may stand in two sentences."""
    made: list[tuple[int, int]] = []
    for start, end in ordered:
        if made and start < made[-1][1]:
            made[-1] = (made[-1][0], max(end, made[-1][1]))
        else:
            made.append((start, end))
    return made


def mark(
    session: Session,
    client_id: int,
    party: Party,
    first: date,
    last: date,
    hit: Hit,
    reason: str,
    draft_key: str = "",
    template: str = WEEKLY,
) -> None:
    """Say that a phrase of this letter is not about what the check took it for.

    `draft_key` is what the reason was kept under while it was typed.
    """
    reason = " ".join(reason.split())[:MOST_REASON]
    if not reason:
        raise Problem("Say in a few words why it is not about that.", "It goes into the log.")
    row = {"key": hit.key, "words": hit.phrase, "found": hit.why, "reason": reason}
    _put_down(session, (client_id, first, last, template), party, NOT_ABOUT_THAT, row)
    if draft_key:
        drafts.discard(session, draft_key)


def take_back(
    session: Session,
    client_id: int,
    party: Party,
    first: date,
    last: date,
    key: str,
    template: str = WEEKLY,
) -> None:
    """Let a phrase stand in the way again. That it was marked stays on record."""
    if key not in _marks(session, client_id, party, first, last, template):
        raise Problem("This mark is not there any more.", "Open the letter again.")
    _put_down(session, (client_id, first, last, template), party, TAKEN_BACK, {"key": key})


def _put_down(
    session: Session,
    letter: tuple[int, date, date, str],
    party: Party,
    kind: str,
    row: Mapping[str, str],
) -> None:
    """Add a row to the period's update: what was done, by whom, when."""
    update = letters_sent.period(session, *letter)
    made = {
        "kind": kind,
        "reader": party.ref,
        **row,
        "until": letter[2].isoformat(),
        "at": clock.now(session).isoformat(timespec="seconds"),
        "by": disclosures.discloser(session),
    }
    update.approvals = [*update.approvals, made]
    session.flush()


def _marks(
    session: Session, client_id: int, party: Party, first: date, last: date, template: str
) -> dict[str, dict[str, Any]]:
    """Return the marks that stand, by the keys of what was found.

    Those made while the letter was shorter stand as well: it is the same letter, grown.
    """
    own = Update.client_id.in_(merged.own_ids(session, client_id))
    query = select(Update.period_until, Update.approvals).where(
        own, Update.period_from == first, Update.template == template
    )
    refs = {party.ref}
    if party.person_id is not None:
        same = Person.id.in_(merged.person_ids(session, party.person_id))
        refs |= {outside_name(row) for row in session.scalars(select(Person).where(same))}
    rows: list[dict[str, Any]] = [
        row
        for until, rows in session.execute(query)
        for row in rows
        if row.get("until", until.isoformat()) <= last.isoformat()
    ]
    found: dict[str, dict[str, Any]] = {}
    for row in sorted(rows, key=lambda row: str(row.get("at", ""))):
        if row.get("reader") in refs and "key" in row:
            if row.get("kind") == NOT_ABOUT_THAT:
                found[str(row["key"])] = row
            elif row.get("kind") == TAKEN_BACK:
                found.pop(str(row["key"]), None)
    return found


__all__ = [
    "Excuse", "Watch", "check", "cut", "mark", "marked", "refuse", "spans", "take_back", "texts",
    "watch", "without",
]  # fmt: skip
