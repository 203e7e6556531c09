"""What a letter is held beside, read from the records in the background after each change."""

from datetime import date

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from cmdesk.casework import vetting
from cmdesk.casework.leak_check import Watch
from cmdesk.casework.vetting import Vetting
from cmdesk.store.journal import Change
from cmdesk.ui.desk import Desk

WORDS_ONLY = "draft"  # the table in which typing is kept; nothing is looked for there
About = tuple[int, str, date, date, str]  # client, reader, first and last day, kind of letter


class Watching(QObject):
    """Signal `came`: there is a check to go by, newer than the one before.

    The last one is kept until the next is there, so that underlines stay; `ready` says whether it
    knows all that the records know.
    """

    came = Signal()

    def __init__(self, desk: Desk, owner: QWidget) -> None:
        """`owner` shows the letter; while it is out of sight nothing is read."""
        super().__init__(owner)
        self._desk, self._owner = desk, owner
        self.vetting: Vetting | None = None
        self._about: About | None = None
        self._news = self._known = 0  # changes so far, and how many of them the check knows
        self._under_way = False
        desk.changed.connect(self._on_changed)
        desk.closing.connect(self.forget)

    @property
    def watch(self) -> Watch | None:
        return self.vetting.watch if self.vetting else None

    @property
    def ready(self) -> bool:
        return self.vetting is not None and self._known == self._news

    def turn_to(self, about: About) -> None:
        """Look after this letter; what was known of another is dropped."""
        if about != self._about:
            self.forget()
            self._about = about
        self.catch_up()

    def forget(self) -> None:
        """Let go of all names."""
        self.vetting = self._about = None
        self._news += 1

    def catch_up(self) -> None:
        """Read anew if something changed since; one reading at a time."""
        about = self._about
        if about is None or self.ready or self._under_way or self._desk.leaving:
            return
        self._under_way, news = True, self._news

        def take(made: Vetting) -> None:
            self._under_way = False
            if about == self._about:
                self.vetting, self._known = made, news
                self.came.emit()
            self.catch_up()

        def fail(error: BaseException) -> None:
            self._under_way = False
            if not self._desk.leaving:
                self._desk.say.failure(error)

        self._desk.fetch(self, vetting.vetting, *about).then(take).otherwise(fail)

    @Slot(object)
    def _on_changed(self, change: Change) -> None:
        if all(table == WORDS_ONLY for table, _ in change.rows):
            return
        self._news += 1
        if self._owner.isVisible():
            self.catch_up()
