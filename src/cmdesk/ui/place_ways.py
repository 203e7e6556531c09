"""The pages about places to be: providers, placements, transitions; and where their wishes lead.

Each page has ways of its own, which open what it asks for over the window.
"""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject

from cmdesk.ui.commands import Command
from cmdesk.ui.desk import Desk
from cmdesk.ui.icons import Icon
from cmdesk.ui.log_ways import LogWays
from cmdesk.ui.page import PageEntry, Route
from cmdesk.ui.provider_ways import ProviderWays
from cmdesk.ui.window import Window


class House(Protocol):
    """What these pages ask of the house."""

    ways: LogWays

    def log_contact(self, client: int | None) -> None: ...
    def bring_in(self) -> None: ...


class PlaceWays(QObject):
    """Makes these pages, and answers their signals. Lives as long as the desk."""

    def __init__(self, window: Window, desk: Desk, house: House) -> None:
        super().__init__(desk)
        self._window, self._desk = window, desk
        self.providers = ProviderWays(window, desk, self, house)

    def entries(self) -> list[PageEntry]:
        """List the pages in the order of the sidebar."""
        tr = self._desk.words.tr
        return [
            PageEntry(
                "providers",
                tr("Providers"),
                Icon.BUILDING_COMPLEX,
                self.providers.page,
                shortcut="Ctrl+4",
            ),
        ]

    def commands(self, here: Callable[[], int | None]) -> list[Command]:
        """List what holds on every page; `here` answers whose chart is in front, if one is."""
        return [*self.providers.commands()]

    def open_provider(self, number: int) -> None:
        """Show a provider on its page; below zero a professional."""
        self._desk.go(Route("providers", number))
