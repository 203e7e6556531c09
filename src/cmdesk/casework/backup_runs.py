"""What became of each backup: written down after every try, read by Settings and by Today."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cmdesk.models.backup_run import BackupRun

CHECKED: Final = "checked"
OPENED: Final = "opened_in_test_restore"
FAILED: Final = "failed"
RESULTS: Final = (CHECKED, OPENED, FAILED)


@dataclass(frozen=True, slots=True)
class Run:
    """One try. `place` is the folder as the user knows it, `size` bytes, `rows` counts by table."""

    at: datetime
    place: str
    size: int
    result: str
    occasion: str
    file_name: str = ""
    sha256: str = ""
    verified: bool = False
    rows: Mapping[str, int] = field(default_factory=dict[str, int])
    why: str = ""


def record(session: Session, run: BackupRun | Run) -> int:
    """Write a try down and return its number.

    The table stands outside undo, so nothing is announced: who records from the window tells its
    pages with `desk.changed.emit(Change(frozenset({("backup_run", number)})))`.
    """
    if run.result not in RESULTS:
        raise ValueError(f"no result of a backup: {run.result}")
    row = run if isinstance(run, BackupRun) else _row(run)
    session.add(row)
    session.flush()
    return row.id


def recent(session: Session, limit: int | None = None) -> list[Run]:
    """Return the tries, newest first."""
    rows = session.scalars(
        select(BackupRun).order_by(BackupRun.at.desc(), BackupRun.id.desc()).limit(limit)
    )
    return [_run(row) for row in rows]


def newest(session: Session, result: str | None = None) -> Run | None:
    """Return the last try that ended so; without a result, that ended well.

    Last as they were written down: the clock may have been wrong in between, and a try that bears
    a date to come would stay the newest until then.
    """
    wanted = (CHECKED, OPENED) if result is None else (result,)
    row = session.scalars(
        select(BackupRun).where(BackupRun.result.in_(wanted)).order_by(BackupRun.id.desc()).limit(1)
    ).first()
    return _run(row) if row else None


def count(session: Session) -> int:
    """Return how many tries are known."""
    return session.scalar(select(func.count()).select_from(BackupRun)) or 0


def _text(path: str) -> str:
    """Spell out the bytes of a path that are no text, which the database would refuse."""
    return path.encode("utf-8", "backslashreplace").decode()


def _row(run: Run) -> BackupRun:
    return BackupRun(
        at=run.at,
        occasion=run.occasion,
        place=_text(run.place),
        file_name=run.file_name,
        size=run.size,
        sha256=run.sha256,
        verified=run.verified,
        rows=dict(run.rows),
        result=run.result,
        why=_text(run.why),
    )


def _run(row: BackupRun) -> Run:
    return Run(
        at=row.at,
        place=row.place,
        size=row.size,
        result=row.result,
        occasion=row.occasion,
        file_name=row.file_name,
        sha256=row.sha256,
        verified=row.verified,
        rows=row.rows,
        why=row.why,
    )
