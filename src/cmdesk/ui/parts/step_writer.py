"""Ticks off and adds what is next for the client of a chart."""

from datetime import date

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from cmdesk.casework import tasks
from cmdesk.casework.tasks import NextStep
from cmdesk.ui.desk import Desk
from cmdesk.ui.parts.rail import Rail


class StepWriter(QObject):
    """Stands between the rail and the records of the client shown."""

    def __init__(self, desk: Desk, rail: Rail, page: QWidget) -> None:
        super().__init__(page)
        self._desk, self._rail, self._client_id = desk, rail, 0
        rail.ticked.connect(self._finish)
        rail.added.connect(self._add)

    def show_client(self, client_id: int) -> None:
        self._client_id = client_id
        self._rail.show_steps(self._desk.ask(tasks.next_steps, client_id), self._desk.today())

    def _finish(self, step: NextStep) -> None:
        words = self._desk.words
        said = words.tr("Done: {step}").format(step=step.text)
        self._desk.do(self, words.tr("Finish a step"), tasks.finish, step).then(
            lambda _: self._desk.done(said)
        )

    def _add(self, text: str, due: date | None) -> None:
        tr = self._desk.words.tr
        new = self._rail.new_step
        adding = self._desk.do(self, tr("Add a next step"), tasks.add, self._client_id, text, due)
        adding.then(new.taken).otherwise(new.not_taken)
