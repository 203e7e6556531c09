"""The recent clients of the sidebar: back after a lock, and told apart where names are the same."""

from PySide6.QtCore import QObject

from cmdesk.casework import namesakes, recent
from cmdesk.ui.desk import Desk
from cmdesk.ui.shell import Shell


class Recents(QObject):
    """Lives as long as the shell; what it keeps stays inside the vault."""

    def __init__(self, shell: Shell, desk: Desk) -> None:
        super().__init__(shell)
        self._shell, self._desk = shell, desk
        shell.recall(desk.ask(recent.clients))
        self._kept = shell.recent
        self._tell_apart()
        desk.met.connect(self._tell_apart)
        desk.closing.connect(self._keep)

    def _tell_apart(self) -> None:
        self._shell.sidebar.tell_apart(self._desk.ask(namesakes.telling))

    def _keep(self) -> None:
        """Keep them with the last drafts; what is only looked at takes no writes."""
        if self._shell.recent != self._kept and not self._desk.read_only:
            self._kept = self._shell.recent
            self._desk.do(self, "Keep recent clients", recent.keep, self._kept)
