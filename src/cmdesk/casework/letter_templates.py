"""The kinds of letters: the program's own, and what the user made of them or added."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cmdesk.casework import drafts
from cmdesk.errors import Problem
from cmdesk.models.template import LetterTemplate
from cmdesk.models.update import UpdatePlan
from cmdesk.rules import letter_template as rules
from cmdesk.rules.codes import UpdateTemplate
from cmdesk.rules.letter_template import WEEKLY, Template

ENGLISH: Final = "en"
BUILT_IN: Final = tuple(code.value for code in UpdateTemplate)
# What reading a row raises that was not written by `save`.
UNREADABLE: Final = (ValueError, KeyError, TypeError, AttributeError)
GONE: Final = "This kind of letter is no longer there."


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of letter in a list. `own`: the program's; `changed`: the user's words stand in it."""

    code: str
    name: str
    template: Template
    own: bool
    changed: bool
    hidden: bool


@cache
def _shipped(code: str) -> dict[str, Any]:
    text = (files("cmdesk.resources") / "letters" / f"{code}.json").read_text("utf-8")
    return json.loads(text)


def _built_in(code: str, language: str) -> Template | None:
    if code not in BUILT_IN:
        return None
    kept = _shipped(code)
    return rules.read(code, kept, kept["words"], language)


@cache
def own_headings() -> frozenset[str]:
    """Return the program's own titles, headings and labels, in every language, with blanks."""
    worded = [words for code in BUILT_IN for words in _shipped(code)["words"].values()]
    parts = [part for words in worded for part in words["parts"].values()]
    return frozenset(
        (
            *(words["title"] for words in worded),
            *(part["title"] for part in parts if "title" in part),
            *(line.strip() for part in parts for line in part.get("words", "").splitlines()),
        )
    )


def of(session: Session, code: str, language: str = ENGLISH) -> Template:
    """Return a kind of letter in a language. Problem if it is not there."""
    found = find(session, code, language)
    if found is None:
        raise Problem(GONE, "Choose another kind.")
    return found


def find(session: Session, code: str, language: str = ENGLISH) -> Template | None:
    """Return a kind of letter, the user's own words before the program's; None if unknown."""
    return _standing(_row(session, code), code, language)


def _row(session: Session, code: str) -> LetterTemplate | None:
    query = select(LetterTemplate).where(LetterTemplate.code == code)
    return session.scalars(query).one_or_none()


def _standing(row: LetterTemplate | None, code: str, language: str) -> Template | None:
    kept = _kept(row, language) if row and row.parts else None
    return kept or _built_in(code, language)


def _kept(row: LetterTemplate, language: str) -> Template | None:
    """Read what the user keeps; None if it can't be read, so that all others still can."""
    kept = {
        "name": row.name,
        "span": row.span,
        "readers": row.readers,
        "topics": row.topics,
        "due_hours": row.due_hours,
        "parts": row.parts,
    }
    try:
        made = _read(row.code, kept, row.words, language)
        return None if rules.faults(made) else made
    except UNREADABLE:
        return None


def _read(code: str, kept: Mapping[str, Any], words: Mapping[str, Any], language: str) -> Template:
    """In a language without words of the user's, the program's stand in."""
    own: dict[str, Any] = _shipped(code)["words"] if code in BUILT_IN else {}
    return rules.read(code, kept, {**own, **words}, language)


def wrong(code: str, kept: Mapping[str, Any], words: Mapping[str, Any]) -> str:
    """Say why a kind of letter from elsewhere is not sound in each language; empty when it is.

    `kept` and `words` are what `letter_template.plain` gives, the words by language.
    """
    if code in BUILT_IN and not kept["parts"]:  # the program's own sections stand in it
        kept = {**kept, "parts": _shipped(code)["parts"]}
    try:
        made = [_read(code, kept, words, language) for language in {ENGLISH, *words}]
        return next((why for each in made for why in rules.faults(each).values()), "")
    except UNREADABLE:
        return "Its sections or words are not those of a letter."


def listed(session: Session, *, hidden: bool = False, language: str = ENGLISH) -> list[Kind]:
    """Return the kinds of letters: the program's in their order, then the user's own."""
    rows = {row.code: row for row in session.scalars(select(LetterTemplate))}
    added = sorted(rows.values(), key=lambda row: (row.position, row.id))
    codes = [*BUILT_IN, *(row.code for row in added if row.code not in BUILT_IN)]
    found = [_kind(code, rows.get(code), language) for code in codes]
    return [kind for kind in found if kind and (hidden or not kind.hidden)]


def _kind(code: str, row: LetterTemplate | None, language: str) -> Kind | None:
    own, changed = code in BUILT_IN, bool(row and row.parts)
    made = _standing(row, code, language)
    if made is None:  # not readable; a row without sections is kept for the program's own alone
        return None
    return Kind(code, made.name, made, own=own, changed=changed, hidden=bool(row and row.hidden))


def save(session: Session, template: Template, language: str = ENGLISH, draft_key: str = "") -> str:
    """Keep a kind of letter as typed in one language; return its code.

    One with the code of the program's own takes its place; what stands in other languages stays.
    Raises Problem, with what is wrong, if it is not sound.
    """
    wrong = rules.faults(template)
    if wrong:
        raise Problem(next(iter(wrong.values())), "Put it right and save again.")
    kept, words = rules.plain(template)
    row = _row(session, template.code)
    if row is None:
        row = LetterTemplate(code=template.code, words={}, position=_next_position(session))
        session.add(row)
    for name, value in kept.items():
        setattr(row, name, value)
    row.title = template.title
    row.words = {**row.words, language: words}
    session.flush()
    if draft_key:
        drafts.discard(session, draft_key)
    return row.code


def _next_position(session: Session) -> int:
    return (session.scalar(select(func.max(LetterTemplate.position))) or 0) + 1


def add(session: Session, template: Template, language: str = ENGLISH, draft_key: str = "") -> str:
    """Keep a new kind of letter. Problem while its code is taken."""
    if find(session, template.code) is not None:
        raise Problem("There is a kind of letter with this code.", "Choose another code.")
    return save(session, template, language, draft_key)


def reset(session: Session, code: str) -> None:
    """Take the user's words away: one of the program's own is as it came, any other is gone."""
    row = _row(session, code)
    if row is None:
        return
    if code not in BUILT_IN and _agreed(session, code):
        raise Problem(
            "An update plan asks for this kind of letter.", "Change the plan first, or hide it."
        )
    session.delete(row)
    session.flush()


def _agreed(session: Session, code: str) -> bool:
    query = select(UpdatePlan.id).where(UpdatePlan.template == code, UpdatePlan.ended_on.is_(None))
    return session.scalars(query.limit(1)).first() is not None


def hide(session: Session, code: str, *, hidden: bool = True) -> None:
    """Leave a kind of letter out of lists, or bring it back; letters written in it stay."""
    made = of(session, code)
    row = _row(session, code)
    if row is None:  # without sections: the program's own still stand in it
        row = LetterTemplate(
            code=code, name=made.name, span=made.span.value, readers=made.readers.value
        )
        session.add(row)
    row.hidden = hidden
    session.flush()


def copied(template: Template, taken: Mapping[str, object]) -> Template:
    """Return a copy to begin a new kind with, under a code that is free."""
    number = next(n for n in range(2, len(taken) + 3) if f"{template.code}_{n}" not in taken)
    return replace(template, code=f"{template.code}_{number}", name=f"{template.name} {number}")


__all__ = [
    "WEEKLY", "Kind", "add", "copied", "find", "hide", "listed", "of", "own_headings",
    "reset", "save", "wrong",
]  # fmt: skip
