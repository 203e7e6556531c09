"""Typing that is not saved yet. Written at every pause, read back after a lock or a crash."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from cmdesk.models.entry import Draft


@dataclass(frozen=True, slots=True)
class Kept:
    key: str
    saved_at: datetime
    body: Mapping[str, Any]


def keep(session: Session, key: str, body: Mapping[str, Any], client_id: int | None = None) -> None:
    row = session.scalars(select(Draft).where(Draft.key == key)).one_or_none()
    if row is None:
        session.add(Draft(key=key, client_id=client_id, body=dict(body)))
    else:
        row.body, row.client_id = dict(body), client_id


def find(session: Session, key: str) -> Kept | None:
    row = session.scalars(select(Draft).where(Draft.key == key)).one_or_none()
    return Kept(row.key, row.saved_at, row.body) if row else None


def all_of(session: Session, prefix: str) -> list[Kept]:
    """Return what was left unfinished, newest first."""
    query = select(Draft).where(Draft.key.startswith(prefix, autoescape=True))
    rows = session.scalars(query.order_by(Draft.saved_at.desc(), Draft.id.desc()))
    return [Kept(row.key, row.saved_at, row.body) for row in rows]


def of_client(session: Session, client_id: int, prefix: str) -> list[Kept]:
    """Return what was left unfinished for one client, newest first."""
    query = select(Draft).where(
        Draft.client_id == client_id, Draft.key.startswith(prefix, autoescape=True)
    )
    rows = session.scalars(query.order_by(Draft.saved_at.desc(), Draft.id.desc()))
    return [Kept(row.key, row.saved_at, row.body) for row in rows]


def discard(session: Session, key: str) -> None:
    session.execute(delete(Draft).where(Draft.key == key))
