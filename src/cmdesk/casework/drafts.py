"""Typing that is not saved yet. Written at every pause, read back after a lock or a crash."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from cmdesk.casework import draft_keys, merged
from cmdesk.casework.draft_keys import Numbers
from cmdesk.models.entry import Draft


@dataclass(frozen=True, slots=True)
class Kept:
    key: str
    saved_at: datetime
    body: Mapping[str, Any]


def keep(session: Session, key: str, body: Mapping[str, Any], client_id: int | None = None) -> None:
    row = _exact(session, key) or _row(session, key, draft_keys.numbers(session))
    if row is None:
        session.add(Draft(key=key, client_id=client_id, body=dict(body)))
    else:
        row.key, row.body, row.client_id = key, dict(body), client_id


def find(session: Session, key: str) -> Kept | None:
    """Return what was typed, also under a number that is gone, in the numbers of now."""
    now = draft_keys.numbers(session)
    row = _row(session, key, now)
    return _read(row, now) if row else None


def _exact(session: Session, key: str) -> Draft | None:
    return session.scalars(select(Draft).where(Draft.key == key)).one_or_none()


def _row(session: Session, key: str, now: Numbers) -> Draft | None:
    """Return the draft of this very key; else the newest whose key has become this one."""
    row = _exact(session, key)
    if row is None and not now.none:
        return next((each for each in _newest(session, key, now) if _key(each, now) == key), None)
    return None if row and draft_keys.of_a_form_gone(row.key, row.body, now) else row


def _newest(session: Session, key: str, now: Numbers) -> list[Draft]:
    """Return the drafts of a kind, newest first, without forms of a person who is gone."""
    kind = key[: key.find(":") + 1] or key
    query = select(Draft).where(Draft.key.startswith(kind, autoescape=True))
    rows = session.scalars(query.order_by(Draft.saved_at.desc(), Draft.id.desc()))
    return [row for row in rows if not draft_keys.of_a_form_gone(row.key, row.body, now)]


def _key(row: Draft, now: Numbers) -> str:
    return draft_keys.key_now(row.key, now)


def _read(row: Draft, now: Numbers) -> Kept:
    body = row.body if now.none else draft_keys.body_now(row.body, now)
    return Kept(_key(row, now), row.saved_at, body)


def all_of(session: Session, prefix: str) -> list[Kept]:
    """Return what was left unfinished, newest first; of two under one key what `find` gives."""
    now = draft_keys.numbers(session)
    found: dict[str, Draft] = {}
    rows = _newest(session, prefix, now)
    for row in rows:
        key = _key(row, now)
        if row.key == key or key not in found:
            found[key] = row
    shown = {row.id for key, row in found.items() if key.startswith(prefix)}
    return [_read(row, now) for row in rows if row.id in shown]


def of_client(session: Session, client_id: int, prefix: str) -> list[Kept]:
    """Return what was left unfinished for one client, newest first."""
    own = Draft.client_id.in_(merged.own_ids(session, client_id))
    now = draft_keys.numbers(session)
    theirs = {draft_keys.key_now(key, now) for key in session.scalars(select(Draft.key).where(own))}
    return [kept for kept in all_of(session, prefix) if kept.key in theirs]


def discard(session: Session, key: str) -> None:
    """Throw away what `find` gives."""
    row = _row(session, key, draft_keys.numbers(session))
    if row is not None:
        session.execute(delete(Draft).where(Draft.id == row.id))
