"""How the backups stand: the newest of each kind, for Settings, Today and the rules of when."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cmdesk.casework import backup_runs
from cmdesk.casework.backup_runs import CHECKED, FAILED, OPENED, Run
from cmdesk.models.backup_run import BackupRun


@dataclass(frozen=True, slots=True)
class Known:
    """What was written down. None where there was no such try."""

    made: Run | None = None
    drilled: datetime | None = None
    second: datetime | None = None
    failed: Run | None = None
    runs: int = 0


def look(session: Session, second: str = "") -> Known:
    """Look them up; `second` is the second place as the tries name it."""
    drilled = backup_runs.newest(session, OPENED)
    there = select(func.max(BackupRun.at)).where(
        BackupRun.place == second, BackupRun.result == CHECKED
    )
    return Known(
        made=backup_runs.newest(session, CHECKED),
        drilled=drilled.at if drilled else None,
        second=session.scalar(there) if second else None,
        failed=backup_runs.newest(session, FAILED),
        runs=backup_runs.count(session),
    )
