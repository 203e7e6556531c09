"""A large file on its way into the records: a backup first, then one act, stopped when wished."""

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event
from typing import Any, Final

from cmdesk.exchange.result import Result
from cmdesk.store import backup
from cmdesk.store.journal import Label
from cmdesk.store.migrate import BACKUPS
from cmdesk.store.store import Store

# Rows of a file, each up to five in the records. More can't be undone, so a backup comes first.
UNDONE_UP_TO: Final = 4_000

Progress = Callable[[float], None]
Work = Callable[[Any, Progress, Event], Result]  # the session is the first


@dataclass(frozen=True)
class Job:
    """What is to be done. `rows` is how many there are, as far as that is known."""

    words: str
    work: Work
    rows: int
    stop: Event = field(default_factory=Event)

    @property
    def undoable(self) -> bool:
        return self.rows <= UNDONE_UP_TO


def run(store: Store, job: Job, progress: Progress) -> Result:
    """Do it: all of it or nothing. Raises Cancelled when `stop` was set, Problem."""
    if not job.undoable and backup.changed(store):
        backup.make(
            store, store.folder / BACKUPS, "before_import", cancelled=job.stop.is_set
        )  # what an import brought can't be taken back by undo
    label = Label(job.words, undoable=job.undoable)
    return store.do(label, job.work, progress, job.stop)
