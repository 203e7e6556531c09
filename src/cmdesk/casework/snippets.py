"""Snippets the user keeps: a short name for words typed again and again."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.casework.stored import stored
from cmdesk.errors import Problem
from cmdesk.models.template import Snippet
from cmdesk.rules.snippets import NAME
from cmdesk.rules.topics import Topic

LONGEST_NAME = 24  # letters
LONGEST_TEXT = 4000


@dataclass(frozen=True, slots=True)
class Kept:
    """`;name` stands for `text`; `topics` are ticked with it."""

    id: int
    name: str
    text: str
    topics: tuple[str, ...] = ()


def all_snippets(session: Session) -> list[Kept]:
    """Return all snippets by name."""
    rows = session.scalars(select(Snippet).order_by(Snippet.name, Snippet.id))
    return [Kept(row.id, row.name, row.text, tuple(row.topics)) for row in rows]


def as_typed(session: Session) -> dict[str, str]:
    """Map each name to its words, as `rules.snippets.expand` wants them."""
    return {each.name.casefold(): each.text for each in all_snippets(session)}


def add(session: Session, name: str, text: str, topics: Sequence[str] = ()) -> int:
    """Keep a snippet; return its number. Problem if the name is taken or is no word."""
    row = Snippet(**_sound(session, name, text, topics, None))
    session.add(row)
    session.flush()
    return row.id


def edit(
    session: Session, snippet_id: int, name: str, text: str, topics: Sequence[str] = ()
) -> None:
    row = _row(session, snippet_id)
    for column, value in _sound(session, name, text, topics, snippet_id).items():
        setattr(row, column, value)
    session.flush()


def remove(session: Session, snippet_id: int) -> None:
    session.delete(_row(session, snippet_id))
    session.flush()


def _row(session: Session, snippet_id: int) -> Snippet:
    return stored(session, Snippet, snippet_id, "snippet", "Go back to the list.")


def _sound(
    session: Session, name: str, text: str, topics: Sequence[str], own: int | None
) -> dict[str, object]:
    """Check a snippet; return its columns. Names are one word, in lower case."""
    name = name.strip().removeprefix(";").casefold()
    if not NAME.fullmatch(name) or len(name) > LONGEST_NAME:
        raise Problem(
            "A snippet\u2019s name is one short word.", "Use letters and figures, no spaces."
        )
    if not text.strip():
        raise Problem("A snippet needs words.", "Say what the name stands for.")
    if len(text) > LONGEST_TEXT:
        raise Problem("This snippet is too long.", f"Keep it under {LONGEST_TEXT:,} letters.")
    if any(each.name.casefold() == name and each.id != own for each in all_snippets(session)):
        raise Problem(f"There is a snippet {name} already.", "Choose another name.")
    return {"name": name, "text": text.strip(), "topics": [Topic(each).value for each in topics]}
