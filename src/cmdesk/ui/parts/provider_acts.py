"""What is done with the provider in front: starred here, all else asked for by a signal."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from cmdesk.casework import provider_facts
from cmdesk.store.journal import Label as Act
from cmdesk.ui.desk import Desk
from cmdesk.ui.parts.provider_sheet import ProviderSheet


class ProviderActs(QObject):
    """Signals name the provider by number, below zero a professional.

    `edit(object)` is for a new one when it is None; `visit(int, object)` and `tie(int, object)` are
    for a new one when the second is None; `call(int)` starts the timer, `log_call(int)` the log.
    """

    edit = Signal(object)
    check = Signal(int)
    notes = Signal(int)
    visit = Signal(int, object)
    tie = Signal(int, object)
    call = Signal(int)
    log_call = Signal(int)
    add_to_placement = Signal(int)

    def __init__(self, desk: Desk, sheet: ProviderSheet, current: Callable[[], int | None]) -> None:
        super().__init__(sheet)
        self._desk, self._sheet, self._current = desk, sheet, current
        sheet.starred.connect(self.star)
        sheet.called.connect(self.ask_call)
        sheet.placement_asked.connect(self.ask_placement)
        sheet.edited.connect(self.ask_edit)
        sheet.check_asked.connect(self.ask_check)
        sheet.notes_asked.connect(self.ask_notes)
        sheet.visit.connect(self._ask_visit)
        sheet.tie.connect(self._ask_tie)

    def _with(self, run: Callable[[int], object]) -> None:
        number = self._current()
        if number is not None:
            run(number)

    def star(self) -> None:
        """Star the provider, or take the star away."""
        tr, page = self._desk.words.tr, self._sheet.page
        if page is None or self._desk.read_only:
            return
        starred = not page.listed.starred
        words = tr("Starred") if starred else tr("Star taken away")
        act = Act(tr("Star a provider") if starred else tr("Take a star away"))
        self._desk.do(self, act, provider_facts.star, page.listed.id, starred=starred).then(
            lambda _: self._desk.done(words)
        )

    def ask_new(self) -> None:
        self.edit.emit(None)

    def ask_edit(self) -> None:
        self._with(self.edit.emit)

    def ask_check(self) -> None:
        self._with(self.check.emit)

    def ask_notes(self) -> None:
        self._with(self.notes.emit)

    def ask_call(self) -> None:
        self._with(self.call.emit)

    def ask_log(self) -> None:
        self._with(self.log_call.emit)

    def ask_visit(self) -> None:
        self._ask_visit(None)

    def ask_placement(self) -> None:
        number = self._current()
        if number is not None and number > 0:
            self.add_to_placement.emit(number)

    def _ask_visit(self, visit: object) -> None:
        number = self._current()
        if number is not None and number > 0:
            self.visit.emit(number, visit)

    def _ask_tie(self, tie: object) -> None:
        self._with(partial(self._emit_tie, tie))

    def _emit_tie(self, tie: object, number: int) -> None:
        self.tie.emit(number, tie)
