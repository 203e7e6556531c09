"""Ways to tasks and letters from anywhere: for the client in front, else for whoever is next."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from cmdesk.casework import update_list
from cmdesk.casework.tasks import NextStep
from cmdesk.ui.commands import Command
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.crisis_reader import begin_notice
from cmdesk.ui.dialogs.task import open_task
from cmdesk.ui.dialogs.task_set import open_task_set
from cmdesk.ui.icons import Icon
from cmdesk.ui.page import Route


class TaskWays(QObject):
    """`here` answers whose chart is in front, if one is."""

    def __init__(self, window: QWidget, desk: Desk, here: Callable[[], int | None]) -> None:
        super().__init__(desk)
        self._window, self._desk, self._here = window, desk, here

    def commands(self) -> list[Command]:
        tr = self._desk.words.tr
        new, made = tr("New task"), tr("Tasks from a set")
        write = tr("Write the update due first")
        return [
            Command("task", new, self.new, "Ctrl+Shift+T", Icon.SQUARE_CHECK_BIG, menu="client"),
            Command("task_set", made, self.from_set, icon=Icon.LIST_CHECKS, menu="client"),
            Command("write_due", write, self.write, "Ctrl+U", Icon.MAIL, menu="client"),
            Command(
                "crisis",
                tr("Crisis notice: start the clock"),
                self.crisis,
                icon=Icon.MAIL,
                menu="client",
                also=tr("emergency urgent hospital incident"),
            ),
        ]

    def new(self) -> None:
        self.new_for(self._here())

    def new_for(self, client: int | None) -> None:
        open_task(self._desk, self._window, client)

    def from_set(self) -> None:
        open_task_set(self._desk, self._window, self._here())

    def open_step(self, step: NextStep) -> None:
        """Open a next step that is a task; a promise is told in its entry."""
        if step.task_id is not None:
            self.open_number(step.task_id)

    def open_number(self, task: int) -> None:
        open_task(self._desk, self._window, None, task)

    def crisis(self) -> None:
        """Begin the letter that tells of a crisis, about the client in front; its clock runs.

        Without one, lead to the clients: whom it is about has to be said first.
        """
        client = self._here()
        if client is not None:
            begin_notice(self._desk, self._window, client)
            return
        self._desk.go(Route("clients"))
        self._desk.say.toast(self._desk.words.tr("Open the chart of whom the notice is about"))

    def write(self) -> None:
        """Open the letter most due: of the client in front, else of all."""
        client = self._here()
        due = self._desk.ask(update_list.due, client)
        if due:
            row = due[0]
            letter = f"{row.party.key}:{row.first}:{row.last}"
            self._desk.go(Route("composer", row.client_id, letter))
        elif client is not None:
            self._desk.go(Route("composer", client))
        else:
            self._desk.say.toast(self._desk.words.tr("No family update is due."))
