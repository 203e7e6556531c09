"""A half-typed person as the draft table keeps it, and back."""

import json
from collections.abc import Mapping
from dataclasses import asdict, fields, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Final, TypeVar

from cmdesk.rules.people_draft import (
    AuthorityDraft,
    PersonDraft,
    PlainEmailDraft,
    PointDraft,
    RelationDraft,
    TieDraft,
)

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

D = TypeVar("D", bound="DataclassInstance")
DAYS: Final = frozenset({"since", "until", "verified_on", "warned_on", "accepted_on", "ended_on"})
NUMBERS: Final = frozenset(
    {"id", "document_id", "other_id", "person_id", "organisation_id", "after_id"}
)
LISTS: Final[Mapping[str, "DataclassInstance"]] = {
    "ties": TieDraft(),
    "points": PointDraft(),
    "authorities": AuthorityDraft(),
    "plain_emails": PlainEmailDraft(),
    "relations": RelationDraft(),
}


def body_of(draft: PersonDraft) -> dict[str, Any]:
    """Give plain values that JSON can hold."""
    return json.loads(json.dumps(asdict(draft), default=str))


def draft_of(body: Mapping[str, Any], otherwise: PersonDraft) -> PersonDraft:
    """Read a draft back; what can't be read is taken from `otherwise`."""
    held = {"client_id", "own", "version", *LISTS}
    read = _read({name: value for name, value in body.items() if name not in held}, otherwise)
    lists: dict[str, Any] = {}
    for name, blank in LISTS.items():
        if isinstance(body.get(name), list):
            rows: list[Any] = body[name]
            lists[name] = tuple(_read(row, blank) for row in rows if hasattr(row, "keys"))
    return replace(read, **lists)


def _read(body: Mapping[str, Any], otherwise: D) -> D:
    known = {field.name: getattr(otherwise, field.name) for field in fields(otherwise)}
    read: dict[str, Any] = {}
    for name in known.keys() & body.keys():
        try:
            read[name] = _value(name, body[name], known[name])
        except (TypeError, ValueError):
            continue
    return replace(otherwise, **read)


def _value(name: str, value: Any, before: Any) -> Any:
    if name in DAYS:
        return date.fromisoformat(value) if value else None
    if name in NUMBERS:
        return None if value is None else int(value)
    if isinstance(before, bool):
        return bool(value)
    return tuple(str(each) for each in value) if name == "roles" else str(value)
