"""A half-typed contact as the draft table keeps it, and back."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, fields, replace
from datetime import date, time
from typing import Any, Final

from cmdesk.rules.log import LogDraft

DAYS: Final = ("day", "follow_up_on")
LISTS: Final = ("participants", "purposes", "topics", "short_topics")


def body_of(draft: LogDraft) -> dict[str, Any]:
    """Give plain values that JSON can hold."""
    body = asdict(draft)
    for name in (*DAYS, "at"):
        body[name] = body[name].isoformat() if body[name] is not None else None
    return body


def draft_of(body: Mapping[str, Any], otherwise: LogDraft) -> LogDraft:
    """Read a draft back; a field that can't be read is taken from `otherwise`."""
    known = {field.name for field in fields(LogDraft)}
    read: dict[str, Any] = {}
    for name in known & body.keys():
        try:
            read[name] = _reader(name)(body[name])
        except (TypeError, ValueError):
            continue
    return replace(otherwise, **read)


def _reader(name: str) -> Callable[[Any], Any]:
    if name in DAYS:
        return _day
    readers: dict[str, Callable[[Any], Any]] = {
        "at": _time,
        "marks": _pairs,
        "client_id": _number,
        "minutes": _number,
    }
    return readers.get(name, tuple if name in LISTS else str)


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _time(value: str | None) -> time | None:
    return time.fromisoformat(value) if value else None


def _number(value: int | None) -> int | None:
    return None if value is None else int(value)


def _pairs(value: list[list[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((key, mark) for key, mark in value)
