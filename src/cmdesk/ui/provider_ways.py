"""Where the wishes of the providers page lead: its dialogs, the call timer, the log."""

from typing import Protocol

from PySide6.QtCore import QObject

from cmdesk.ui.commands import Command
from cmdesk.ui.desk import Desk
from cmdesk.ui.log_ways import LogWays
from cmdesk.ui.pages.providers import ProvidersPage
from cmdesk.ui.window import Window


class House(Protocol):
    """What the page asks of the house."""

    ways: LogWays

    def log_contact(self, client: int | None) -> None: ...
    def bring_in(self) -> None: ...


class ProviderWays(QObject):
    """Opens what the page asks for, over the window."""

    def __init__(self, window: Window, desk: Desk, parent: QObject, house: House) -> None:
        super().__init__(parent)
        self._window, self._desk, self._house = window, desk, house

    def page(self, desk: Desk) -> ProvidersPage:
        """Make the page, and answer its signals."""
        made = ProvidersPage(desk)
        self.attach(made)
        return made

    def attach(self, page: ProvidersPage) -> None:
        acts = page.acts
        acts.call.connect(self.call)
        acts.log_call.connect(self.log_call)
        page.bring_in.connect(self._house.bring_in)

    def commands(self) -> list[Command]:
        """List what holds on every page."""
        return []

    def _whom(self) -> int | None:
        """Tell whom the list is for, if it is for a client."""
        shell = self._window.shell
        page = shell.page if shell is not None else None
        whom = page.asking.whom if isinstance(page, ProvidersPage) else None
        return whom[0] if whom else None

    def call(self, number: int) -> None:
        """Start timing a call; to a professional, with that person."""
        if self._house.ways.timer.running is not None:
            self._house.ways.timer.stop()
            return
        self._house.ways.timer.start(self._whom(), -number if number < 0 else None)

    def log_call(self, _number: int) -> None:
        self._house.log_contact(self._whom())
