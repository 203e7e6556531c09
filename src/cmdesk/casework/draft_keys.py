"""What a draft goes by after two records became one, and whom its words are about then.

Drafts stand outside undo, so a merge leaves them as they are: they are read by the new numbers,
and once it is taken back by the old ones. What is typed into a form of one of the two records is
never laid over the other: such typing is saved or thrown away before they become one.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.casework import merged
from cmdesk.casework.marks import NARROWNESS
from cmdesk.errors import Problem
from cmdesk.models.entry import Draft

ADDING: Final = frozenset({"coverage", "cadence", "update"})  # the client's number follows
EDITING: Final = frozenset({"client", "standing", "safety"})  # so here, and it is that record's
PERSONS: Final = frozenset(
    {"person_id", "caller_id", "other_id", "reviewer_id", "prescriber_id"}
    | {"provider_id", "from_id", "to_id"}
    | {"participants", "not_reached"}
)
KEYS: Final = frozenset({"keys", "recipients", "waiting_on", "links", "reader", "recipient"})


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers that are gone, each with the one it goes by now."""

    clients: Mapping[int, int]
    people: Mapping[int, int]

    @property
    def none(self) -> bool:
        return not (self.clients or self.people)


def numbers(session: Session) -> Numbers:
    return Numbers(merged.owners(session), merged.people(session))


def key_now(key: str, now: Numbers) -> str:
    """Return the key a draft is found under; that of a form of the one gone stays its own."""
    parts = key.split(":")
    kind = parts[0]
    if len(parts) > 2 and (parts[1] == "new" or (kind, parts[2]) == ("person", "new")):
        at = 2 if parts[1] == "new" else 1
    elif kind in ADDING and len(parts) > 1:
        at = 1
    else:
        return key
    parts[at] = _number_now(parts[at], now.clients)
    if kind == "update" and len(parts) > 2:
        parts[2] = party_now(parts[2], now)
    return ":".join(parts)


def found_under(session: Session, kept: Iterable[tuple[str, datetime]]) -> dict[str, datetime]:
    """Map the keys drafts are found under to when each was kept."""
    when = dict(kept)
    now = numbers(session) if when else Numbers({}, {})
    return {key_now(key, now): at for key, at in when.items()} | when


def _number_now(number: str, gone: Mapping[int, int]) -> str:
    return str(gone.get(int(number), number)) if number.isdecimal() else number


def party_now(key: str, now: Numbers) -> str:
    """Return the key of a person by the number they go by; any other key stays."""
    return f"p{_number_now(key[1:], now.people)}" if key[:1] == "p" else key


def of_a_form_gone(key: str, body: Mapping[str, Any], now: Numbers) -> bool:
    """Whether it was typed over the record of a person who goes by another now."""
    return key.startswith("person:") and body.get("person_id") in now.people


def body_now(body: Mapping[str, Any], now: Numbers) -> dict[str, Any]:
    """Let a draft speak of those it was about by the numbers they go by."""
    return {name: _value_now(name, value, now) for name, value in body.items()}


def _value_now(name: str, value: Any, now: Numbers) -> Any:
    if isinstance(value, Mapping):
        return body_now(cast("Mapping[str, Any]", value), now)
    if isinstance(value, list | tuple):
        listed = cast("Sequence[Any]", value)
        if name == "marks":
            return _marks_now(listed, now)
        made = [_value_now(name, each, now) for each in listed]
        # Two that have become one are named once; lines of typing may well repeat.
        return list(dict.fromkeys(made)) if name in PERSONS | KEYS else made
    if name == "client_id":
        return now.clients.get(value, value)
    if name in PERSONS:
        return now.people.get(value, value)
    return party_now(value, now) if name in KEYS and isinstance(value, str) else value


def _marks_now(marks: Sequence[Any], now: Numbers) -> list[list[str]]:
    """Of two marks for one reader the narrower holds."""
    found: dict[str, str] = {}
    for key, mark in marks:
        reader = party_now(key, now)
        found[reader] = max(found.get(reader, ""), mark, key=NARROWNESS.index)
    return [[key, mark] for key, mark in found.items()]


def refuse_open_forms(
    session: Session, people: Collection[int], clients: Collection[int] = (), gone: int = 0
) -> None:
    """Problem while typing over one of these records, or a consent of the chart gone, is kept."""
    for row in session.scalars(select(Draft).order_by(Draft.id)):
        kind, *rest = row.key.split(":")
        theirs = {int(part) for part in rest if part.isdecimal()}
        if (
            (kind in EDITING and theirs & set(clients))
            or (kind == "consent" and gone and row.client_id == gone)
            or (kind == "person" and _of_person(rest, row.body, people, clients))
        ):
            raise Problem(
                "Something typed about one of them is not saved yet.",
                "Open it, save it or start over; then merge.",
            )


def _of_person(
    rest: Sequence[str],
    body: Mapping[str, Any],
    people: Collection[int],
    clients: Collection[int],
) -> bool:
    client, person = (int(part) if part.isdecimal() else 0 for part in rest)
    return person in people or body.get("person_id") in people or bool(person and client in clients)
