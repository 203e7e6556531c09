"""What directories and address books have in common on their way into the records."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.exchange.result import Result, Skipped
from cmdesk.models.person import ContactPoint
from cmdesk.models.update import UpdateCopy

_NUMBER = re.compile(
    r"(?:\+?1[ .-]?)?\(?\d{3}\)?[ .-]?\d{3}[ .-]?\d{4}(?:\s?(?:x|ext\.?)\s?\d+)?", re.IGNORECASE
)
_BETWEEN = re.compile(r"(?:[\s/,;&|]|\bor\b|\band\b)*", re.IGNORECASE)


class Point(NamedTuple):
    """A number or an address. `kind` is a code of ContactPointKind."""

    kind: str
    value: str
    label: str = ""


def numbers_in(text: str) -> list[str]:
    """Part a field in which two numbers or more stand; anything else stays whole."""
    found = _NUMBER.findall(text)
    return found if len(found) > 1 and _BETWEEN.fullmatch(_NUMBER.sub(" ", text)) else [text]


def point_key(point: Point) -> str:
    """Compare e-mail without case, and numbers by their digits."""
    if "@" in point.value:
        return point.value.casefold()
    digits = "".join(char for char in point.value if char.isdecimal())
    return digits.removeprefix("1") if len(digits) == 11 else digits or point.value.casefold()


@dataclass(slots=True)
class Written:
    """What became of programs or people, counted as such and not as rows."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    skipped: list[Skipped] = field(default_factory=list[Skipped])

    def result(self, kind: str, unread: Iterable[Skipped]) -> Result:
        skipped = sorted((*unread, *self.skipped), key=lambda each: each.line or 0)
        return Result(kind, self.added, self.updated, self.unchanged, tuple(skipped))


def mark(stated: str, kept: str) -> str:
    """Join the digests of what a file stated and of what was kept then, for the next import."""
    return stated if stated == kept else f"{stated} {kept}"


def is_same(marked: str | None, stated: str) -> bool:
    """Say whether a file states what it stated the last time."""
    return marked is not None and marked.split(" ")[0] == stated


def is_untouched(marked: str | None, held: str) -> bool:
    """Say whether a row still is what the last import made of it."""
    return marked is not None and marked.split(" ")[-1] == held


def point_row(position: int, point: Point) -> dict[str, Any]:
    """Give the columns of a contact point; the first one is the one to use."""
    return {
        "position": position,
        "preferred": position == 0,
        "kind": point.kind,
        "value": point.value,
        "label": point.label,
    }


def remove_unused(session: Session, points: Iterable[ContactPoint]) -> None:
    """Delete points the file no longer states, but for those a letter went to."""
    for point in points:
        used = select(UpdateCopy.id).where(UpdateCopy.contact_point_id == point.id).limit(1)
        if session.scalar(used) is None:
            session.delete(point)
