"""The ways into the log: a contact, the call timer, what waits for a signature, the snippets."""

from functools import partial

from PySide6.QtCore import QObject

from cmdesk.casework import provider_call, worklist
from cmdesk.casework.call_timer import Stopped
from cmdesk.casework.row_log import DayRow
from cmdesk.ui.commands import Command
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.log_contact import LogDialog, open_log
from cmdesk.ui.dialogs.sheet import Sheet, standing_open
from cmdesk.ui.dialogs.snippets import open_snippets
from cmdesk.ui.dialogs.worklist import Worklist, open_worklist
from cmdesk.ui.icons import Icon
from cmdesk.ui.overlay import Dialog
from cmdesk.ui.parts.call_timer import CallTimer, TimerCard
from cmdesk.ui.window import Window


class LogWays(QObject):
    """Lives as long as the desk. A stopped call is logged, wherever one is."""

    def __init__(self, window: Window, desk: Desk) -> None:
        super().__init__(desk)
        self._window, self._desk = window, desk
        self.timer = CallTimer(desk)
        self.timer.stopped.connect(self._on_stopped)

    def show_timer(self) -> None:
        """Put the card of a running call into the sidebar."""
        if self._window.shell is not None:
            self._window.shell.sidebar.show_call(TimerCard(self.timer, self._desk, named=True))

    def commands(self) -> list[Command]:
        tr = self._desk.words.tr
        unsigned = self._desk.ask(worklist.count)
        waiting = tr("Unsigned entries ({n})").format(n=unsigned)
        return [
            Command(
                "timer",
                tr("Start or stop the call timer"),
                self.toggle_timer,
                "Ctrl+T",
                Icon.TIMER,
                menu="client",
            ),
            Command("unsigned", waiting, self.open_worklist, icon=Icon.PEN_LINE, menu="client"),
            Command("snippets", tr("Snippets"), self.open_snippets, icon=Icon.TEXT_QUOTE),
        ]

    def log_call(self, client: int | None, provider: int) -> None:
        """Open the log of a call to a provider, below zero a professional."""
        dialog = self.open_log(client, None)
        if isinstance(dialog, LogDialog):
            dialog.meet(self._desk.ask(provider_call.met, provider))

    def open_log(self, client: int | None, entry: int | None, row: DayRow | None = None) -> Sheet:
        """Open the log; what stays behind as a draft shows on the page once it is closed.

        `row` is the row of Today that asks for a new contact.
        """
        dialog = open_log(self._desk, self._window, client, entry, self.timer, row)
        self.refresh_after(dialog)
        return dialog

    def refresh_after(self, dialog: Dialog) -> None:
        shell = self._window.shell
        if shell is not None and shell.page is not None:
            dialog.closed.connect(shell.page.mark_stale)

    def toggle_timer(self) -> None:
        """Start for the client of the chart in front, if one is; stop opens the log."""
        self.timer.toggle(self._here())

    def _here(self) -> int | None:
        shell = self._window.shell
        in_chart = shell is not None and shell.route.page == "chart"
        return shell.route.record if shell and in_chart else None

    def _on_stopped(self, took: Stopped) -> None:
        if standing_open(self._window, LogDialog) is not None:
            return  # the log that is open hears of it itself
        dialog = self.open_log(took.call.client_id, None)
        if isinstance(dialog, LogDialog):
            dialog.take_call(took)
            if took.call.provider is not None:
                dialog.meet(self._desk.ask(provider_call.met, took.call.provider))

    def open_worklist(self) -> Worklist:
        dialog = open_worklist(self._desk, self._window)
        dialog.opened.connect(partial(self._on_entry, dialog))
        return dialog

    def _on_entry(self, dialog: Worklist, entry: int) -> None:
        """Open an entry over the worklist, which shows what is left once it is closed."""
        sheet = self.open_log(None, entry)
        if isinstance(sheet, LogDialog):
            sheet.lead_on(dialog.following)
        sheet.closed.connect(dialog.show_all)

    def open_snippets(self) -> None:
        open_snippets(self._desk, self._window)
