"""What two entries of a directory are compared by, and how a pair of them is shown."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import Select
from sqlalchemy.orm import InstrumentedAttribute, Session

from cmdesk.casework.columns import read
from cmdesk.casework.name_search import folded

_LEFT_OUT: Final = re.compile(r"\b(the|inc|llc|pllc|ltd|corp|corporation|co|pc|of|at|and)\b|[^\w ]")
_STREETS: Final = {
    "street": "st", "avenue": "ave", "road": "rd", "boulevard": "blvd", "drive": "dr",
    "lane": "ln", "place": "pl", "court": "ct", "highway": "hwy", "suite": "ste", "floor": "fl",
    "north": "n", "south": "s", "east": "e", "west": "w", "northwest": "nw", "northeast": "ne",
    "southwest": "sw", "southeast": "se",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """One of the two, with what tells it from the other."""

    id: int
    uid: str
    name: str
    name2: str
    mine: bool
    source: str
    as_of: date | None
    street: str = ""
    city: str = ""
    state: str = ""
    zip: str = ""
    phones: tuple[str, ...] = ()

    @property
    def place(self) -> str:
        """Return the address in one line."""
        return ", ".join(filter(None, (self.street, self.city, f"{self.state} {self.zip}".strip())))


@dataclass(frozen=True, slots=True)
class Twins:
    """Two entries that may be one provider, and by what: name, phone, address."""

    one: Entry
    other: Entry
    why: tuple[str, ...]


def of(
    session: Session,
    question: Select[*tuple[Any, ...]],
    column: InstrumentedAttribute[Any],
    ids: set[int] | None,
) -> list[Any]:
    if ids is None:
        return read(session, question)
    return list(session.execute(question.where(column.in_(ids))))


def plain(name: str) -> str:
    return " ".join(_LEFT_OUT.sub(" ", folded(name).casefold()).split())


def street_key(street: str, code: str) -> str:
    """Form the key of an address: number and street in short words, and the ZIP code."""
    words = _LEFT_OUT.sub(" ", street.casefold()).split()
    if not words or not words[0][:1].isdecimal():
        return ""
    return " ".join((*(_STREETS.get(word, word) for word in words), code[:5]))
