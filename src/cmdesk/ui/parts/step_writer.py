"""Ticks off and adds what is next for the client of a chart."""

from datetime import date
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from cmdesk.casework import tasks
from cmdesk.casework.tasks import NextStep
from cmdesk.ui.desk import Desk
from cmdesk.ui.parts.rail import Rail
from cmdesk.ui.parts.veil import Veil


class StepWriter(QObject):
    """Stands between the rail and the records of the client shown.

    A step that is half typed, or could not be saved, stays with the chart it was typed in.
    """

    def __init__(self, desk: Desk, rail: Rail, page: QWidget) -> None:
        super().__init__(page)
        self._desk, self._rail, self._client_id = desk, rail, 0
        self._typed: dict[int, tuple[str, date | None]] = {}
        rail.ticked.connect(self._finish)
        rail.added.connect(self._add)

    def show_client(self, client_id: int) -> None:
        new = self._rail.new_step
        if client_id != self._client_id:
            self._typed[self._client_id] = new.typed
            self._client_id = client_id
            new.show_typed(*self._typed.pop(client_id, ("", None)))
        self._rail.show_steps(self._desk.ask(tasks.next_steps, client_id), self._desk.today())

    def _finish(self, step: NextStep) -> None:
        words = self._desk.words
        said = words.tr("Done: {step}").format(step=Veil(self._desk).text(step.text))
        self._desk.do(self, words.tr("Finish a step"), tasks.finish, step).then(
            lambda _: self._desk.done(said)
        )

    def _add(self, text: str, due: date | None) -> None:
        client, act = self._client_id, self._desk.words.tr("Add a next step")
        self._desk.do(self, act, tasks.add, client, text, due).then(
            partial(self._on_added, client)
        ).otherwise(partial(self._on_not_added, client))

    def _on_added(self, client: int, _number: int) -> None:
        if client == self._client_id:
            self._rail.new_step.show_typed()
        else:
            del self._typed[client]
        self._desk.done(self._desk.words.tr("Next step added"))

    def _on_not_added(self, client: int, error: BaseException) -> None:
        self._desk.say.failure(error)
        if client == self._client_id:
            self._rail.new_step.begin()
