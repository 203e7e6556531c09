"""What was chosen of a file so far: codes alone, so that it may outlive a lock; and doing it."""

from collections.abc import Callable
from dataclasses import dataclass
from threading import Event
from typing import Any, Final

from cmdesk.exchange import bringing, intake, nppes, samhsa_xlsx
from cmdesk.exchange.bringing import Looked
from cmdesk.exchange.choosing import ALL, Choice
from cmdesk.exchange.result import Result
from cmdesk.ui.bringing_in import Progress


@dataclass(frozen=True, slots=True)
class Wish:
    """`target` and `mapping` are those of a table, `choice` of a directory.

    `columns` tells whether the file still is the one that was mapped; it names none of them.
    """

    target: str = ""
    mapping: tuple[str, ...] = ()
    columns: int = 0
    choice: Choice = ALL

    def fits(self, looked: Looked) -> bool:
        """Say whether this was chosen for a file like this one."""
        return bool(self.target) and self.columns == columns_of(looked)


NONE_YET: Final = Wish()


def columns_of(looked: Looked | None) -> int:
    """Return what two files share only if their columns are the same."""
    return hash(looked.table.columns if looked and looked.table else ())


def work_of(looked: Looked, wish: Wish) -> Callable[[Any, Progress, Event], Result]:
    """Return what takes this file in as it was chosen, given a session."""

    def work(session: Any, progress: Progress, stop: Event) -> Result:
        if looked.kind == nppes.KIND:
            return nppes.bring_in_file(session, looked.path, wish.choice, progress, stop)
        name, data = looked.path.name, looked.data
        if looked.kind == samhsa_xlsx.KIND:
            return samhsa_xlsx.bring_in(session, data, name, progress, stop, wish.choice)
        if looked.kind == intake.PRACTICE:
            return intake.bring_in(session, data, looked.kind, name, progress, looked.path.parent)
        return bringing.bring_in(session, looked, wish.target, wish.mapping, progress, stop)

    return work
