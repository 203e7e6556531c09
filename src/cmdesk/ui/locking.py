"""Lock: out of sight at once, then out of memory. Nothing that is open can stop or delay it."""

import sys
import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QPixmapCache
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from cmdesk.hardening import give_memory_back

if TYPE_CHECKING:
    from cmdesk.store.store import Store
    from cmdesk.ui.desk import Desk
    from cmdesk.ui.tasks import Tasks

BRIEF: Final = (
    2.0  # seconds the window stands still for writes under way; then they go on behind it
)


def sweep(window: QWidget) -> None:
    """Close every menu, list, calendar and dialog there is beside the window, whatever it holds."""
    popup = QApplication.activePopupWidget()
    while popup is not None:
        popup.hide()
        after = QApplication.activePopupWidget()
        popup = after if after is not popup else None
    for widget in QApplication.topLevelWidgets():
        if widget is window or not widget.isVisible():
            continue
        if isinstance(widget, QDialog):
            widget.reject()  # ends the loop it runs, that of a file dialog too
        widget.hide()


def forget_shapes() -> None:
    """Empty what keeps pictures and shapes of words, and the names a letter was checked for."""
    QPixmapCache.clear()
    for name in ("cmdesk.reports.fonts", "cmdesk.rules.leak_names", "cmdesk.rules.told"):
        keeps = sys.modules.get(name)  # paper may never have been loaded
        if keeps is not None:
            keeps.forget()


def forget_folders() -> None:
    """Let file dialogs begin anew: a folder may bear a client's name."""
    handing = sys.modules.get("cmdesk.ui.handing")  # it loads with the first file dialog
    if handing is not None:
        handing.forget_folders()


class Closing(QObject):
    """Records on their way out: the last writes end and the keys are zeroed on another thread.

    Signal `over`: everything is shut, and `untold` is what failed meanwhile.
    """

    over = Signal()

    def __init__(
        self,
        desk: "Desk | None",
        store: "Store",
        tasks: "Tasks",
        last: "Sequence[Callable[[Store], object]]" = (),
    ) -> None:
        """Take no more work. `last` is what is still to be done with the records open."""
        super().__init__()
        self._desk = desk  # kept until its workers ended: they must not be the last to hold it
        self._done = threading.Event()
        acts = (_with(store, act) for act in last)
        self._steps = [desk.let_go() if desk else _nothing, *acts, store.close]
        self.untold: list[BaseException] = []
        tasks.run(self, self._work).then(self._on_over).otherwise(self._on_failed)

    def wait(self, seconds: float | None = None) -> bool:
        """Wait for the end, on any thread; true when it came."""
        return self._done.wait(seconds)

    def _work(self) -> list[BaseException]:
        """Do one step after the other; none that fails keeps the keys in memory."""
        failed: list[BaseException] = []
        try:
            for step in self._steps:
                try:
                    step()
                except Exception as error:  # noqa: BLE001 - told afterwards, whatever it is
                    failed.append(error)
        finally:
            self._done.set()
        return failed

    def _on_over(self, failed: list[BaseException]) -> None:
        self.untold += failed
        if self._desk is not None:
            self.untold += self._desk.untold()
            self._desk.deleteLater()  # what listens to it holds it: by itself it would never go
            self._desk = None
        self._steps = []  # the last that holds the store
        forget_shapes()
        forget_folders()
        give_memory_back()
        self.over.emit()

    def _on_failed(self, error: BaseException) -> None:
        self._on_over([error])


def _nothing() -> None:
    pass


def _with(store: "Store", act: "Callable[[Store], object]") -> Callable[[], object]:
    return lambda: act(store)
