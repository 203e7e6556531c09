"""How the backups stand: the newest of each kind, for Settings, Today and the rules of when."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cmdesk.casework import activity, backup_runs
from cmdesk.casework.backup_runs import CHECKED, FAILED, OPENED, Run
from cmdesk.models.backup_run import BackupRun


@dataclass(frozen=True, slots=True)
class Known:
    """What was written down. None where there was no such try; `failed` only if none came after."""

    made: Run | None = None
    drilled: datetime | None = None
    second: datetime | None = None
    failed: Run | None = None
    runs: int = 0


def look(session: Session, second: str = "") -> Known:
    """Look them up; `second` is the second place as the tries name it."""
    drilled = backup_runs.newest(session, OPENED)
    there = select(BackupRun.at).where(BackupRun.place == second, BackupRun.result == CHECKED)
    failed_last = _last(session, FAILED) > _last(session, CHECKED)
    return Known(
        made=backup_runs.newest(session, CHECKED),
        drilled=drilled.at if drilled else None,
        second=session.scalars(there.order_by(BackupRun.id.desc())).first() if second else None,
        failed=_failed(session) if failed_last else None,
        runs=backup_runs.count(session),
    )


def _failed(session: Session) -> Run | None:
    """Return the failed try, unless these records were brought back from a backup since then."""
    failed = backup_runs.newest(session, FAILED)
    brought_back = activity.latest(session, "restore")
    return None if failed and brought_back and brought_back > failed.at else failed


def _last(session: Session, result: str) -> int:
    """Return the number of the last try that ended so, 0 if there is none."""
    query = select(func.max(BackupRun.id)).where(BackupRun.result == result)
    return session.scalar(query) or 0
