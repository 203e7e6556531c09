"""Watch over open records: are they still in place, and did a crash leave them whole."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer

from cmdesk.errors import Problem

if TYPE_CHECKING:
    from cmdesk.store.check import Finding
    from cmdesk.store.store import Store
    from cmdesk.ui.desk import Desk

LOOK_EVERY: Final = 5_000  # ms


class WatchOver(QObject):
    """Tells once when the vault was moved away, and looks at the records after a crash."""

    def __init__(self, desk: "Desk", store: "Store") -> None:
        super().__init__(desk)
        self._desk, self._store = desk, store
        self._timer = QTimer(self, interval=LOOK_EVERY)
        self._timer.timeout.connect(self.look)
        desk.closing.connect(self._timer.stop)
        self.looked = False  # at what a crash left

    @property
    def watches(self) -> bool:
        return self._timer.isActive()

    def start(self) -> None:
        self._timer.start()
        if self._store.crashed:
            from cmdesk.store import check  # noqa: PLC0415 - needed after a crash alone

            self._desk.aside(self, check.quick).then(self._on_checked)

    def look(self) -> None:
        """Say so, once, when the records are not where they were opened."""
        if self._store.in_place():
            return
        self._timer.stop()
        tr = self._desk.words.tr
        self._desk.say.problem(
            Problem(
                tr("The vault was moved or its drive taken out, so nothing more is saved."),
                tr("Put it back and unlock it again. What you typed since is lost when you lock."),
            )
        )

    def _on_checked(self, findings: "Sequence[Finding]") -> None:
        self.looked = True
        if findings:
            first, tr = findings[0], self._desk.words.tr
            why = tr("cmdesk ended unexpectedly, and the records were damaged: {why}")
            self._desk.say.problem(Problem(why.format(why=first.why), first.do))
