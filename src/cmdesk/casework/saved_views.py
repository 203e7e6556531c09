"""Searches of a list that are wanted again, in the order they were saved."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cmdesk.casework.stored import stored
from cmdesk.errors import Problem
from cmdesk.models.provider import SavedView

PROVIDERS: Final = "providers"
LONGEST: Final = 60  # characters of a name


@dataclass(frozen=True, slots=True)
class View:
    """A search by name; `chosen` is what the list reads back."""

    id: int
    name: str
    chosen: Mapping[str, Any]


def views(session: Session, place: str) -> list[View]:
    """Return the saved searches of a list."""
    query = select(SavedView).where(SavedView.place == place)
    rows = session.scalars(query.order_by(SavedView.position, SavedView.id))
    return [View(row.id, row.name, row.chosen) for row in rows]


def save(session: Session, place: str, name: str, chosen: Mapping[str, Any]) -> int:
    """Keep a search under a name; the same name again takes its place. Raises Problem unnamed."""
    named = " ".join(name.split())
    if not named:
        raise Problem("Name this view.", "A word or two will do.")
    if len(named) > LONGEST:
        raise Problem(f"Use at most {LONGEST} characters.", "A word or two will do.")
    rows = session.scalars(select(SavedView).where(SavedView.place == place)).all()
    row = next((each for each in rows if each.name.casefold() == named.casefold()), None)
    if row is None:
        last = select(func.max(SavedView.position)).where(SavedView.place == place)
        row = SavedView(place=place, position=(session.scalar(last) or 0) + 1)
        session.add(row)
    row.name, row.chosen = named, dict(chosen)
    session.flush()
    return row.id


def remove(session: Session, view_id: int) -> None:
    """Take a saved search away. Undo brings it back."""
    session.delete(stored(session, SavedView, view_id, "view"))
    session.flush()


def ordered(facets: Mapping[str, Iterable[str]]) -> dict[str, list[str]]:
    """Write what is ticked under each facet as a file keeps it."""
    return {facet: sorted(options) for facet, options in facets.items() if options}
