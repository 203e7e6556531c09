"""The running call timer. It stands in the vault, so it outlives pages, locks and crashes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy.orm import Session

from cmdesk.casework import clock, drafts
from cmdesk.errors import Problem
from cmdesk.rules.log import LONGEST_DAY

KEY = "call_timer"  # of the one draft that holds it


@dataclass(frozen=True, slots=True)
class Running:
    """A call under way; whom it is about and with may be left open. `started_at` is UTC.

    `provider` is who was called from the directory, below zero a professional.
    """

    started_at: datetime
    client_id: int | None = None
    person_id: int | None = None
    provider: int | None = None

    def minutes(self, now: datetime) -> int:
        """Count begun minutes: one from the first second, a day at the most."""
        seconds = (now - self.started_at).total_seconds()
        return min(max(1, int(-(-seconds // 60))), LONGEST_DAY)


@dataclass(frozen=True, slots=True)
class Stopped:
    """What a call took. `minutes` are begun minutes, at least one."""

    call: Running
    minutes: int


def start(
    session: Session,
    client_id: int | None = None,
    person_id: int | None = None,
    provider: int | None = None,
) -> None:
    """Start timing now. Problem while another call is timed: only one can be held."""
    if running(session) is not None:
        raise Problem("A call is being timed already.", "Stop it first.")
    body = {
        "client_id": client_id,
        "person_id": person_id,
        "provider": provider,
        "started_at": clock.now(session).astimezone(UTC).isoformat(),
    }
    drafts.keep(session, KEY, body, client_id)


def running(session: Session) -> Running | None:
    """Return the call under way, None if none is timed."""
    kept = drafts.find(session, KEY)
    return _read(kept.body) if kept else None


def _read(body: Mapping[str, Any]) -> Running | None:
    """Read the draft back; one that can't be read is no timer."""
    try:
        started = datetime.fromisoformat(body["started_at"])
        client_id, person_id = (
            None if body[name] is None else int(body[name]) for name in ("client_id", "person_id")
        )
        called = body.get("provider")
        provider = None if called is None else int(called)
    except (KeyError, TypeError, ValueError):
        return None
    return Running(started, client_id, person_id, provider) if started.tzinfo else None


def about(session: Session, client_id: int | None, person_id: int | None = None) -> None:
    """Say whom the running call is about, once it is known; nothing happens without one."""
    call = running(session)
    if call is not None:
        body = {
            "client_id": client_id,
            "person_id": person_id,
            "provider": call.provider,
            "started_at": call.started_at.isoformat(),
        }
        drafts.keep(session, KEY, body, client_id)


def stop(session: Session) -> Stopped | None:
    """End the timing and return what it took; None if none was under way."""
    call = running(session)
    drop(session)
    return Stopped(call, call.minutes(clock.now(session))) if call else None


def drop(session: Session) -> None:
    """Throw the timing away."""
    drafts.discard(session, KEY)
