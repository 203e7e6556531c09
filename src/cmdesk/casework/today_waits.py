"""What one waits for on others and put off: it stands in no list until it is there again."""

from collections.abc import Collection
from typing import Final

from sqlalchemy import and_, bindparam, select
from sqlalchemy.orm import Session

from cmdesk.casework import agenda, clock
from cmdesk.casework.columns import read
from cmdesk.models.rhythm import Snooze
from cmdesk.models.task import Task
from cmdesk.rules.codes import TaskState

_PUT_OFF: Final = (
    select(Task.id, Task.client_id)
    .join(Snooze, and_(Snooze.kind == "task", Snooze.record == Task.id))
    .where(
        Task.state == TaskState.WAITING,
        Task.done_on.is_(None),
        Snooze.until > bindparam("day"),
    )
)


def put_off(session: Session, shown: Collection[int]) -> int:
    """Count them, without those that are `shown` on their day already, by number."""
    rows = [row for row in read(session, _PUT_OFF, day=clock.today(session)) if row.id not in shown]
    if not rows:
        return 0
    refs = agenda.worked_with(session)
    return sum(row.client_id is None or row.client_id in refs for row in rows)
