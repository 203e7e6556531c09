"""The pages about places to be: providers, placements, transitions; and where their wishes lead.

Each page has ways of its own, which open what it asks for over the window.
"""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject

from cmdesk.casework import placements, transitions
from cmdesk.ui.commands import Command
from cmdesk.ui.desk import Desk
from cmdesk.ui.icons import Icon
from cmdesk.ui.log_ways import LogWays
from cmdesk.ui.page import PageEntry, Route
from cmdesk.ui.pages.chart import ChartPage
from cmdesk.ui.placement_ways import PlacementWays
from cmdesk.ui.provider_ways import ProviderWays
from cmdesk.ui.transition_ways import TransitionWays
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
        self.transitions = TransitionWays(window, desk, self)
        self.placements = PlacementWays(window, desk, self, house.ways)

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
            PageEntry(
                *("placements", tr("Placements"), Icon.KANBAN, self.placements.page),
                *(placements.counts, "Ctrl+5"),
            ),
            PageEntry(
                *("transitions", tr("Transitions"), Icon.ROUTE, self.transitions.page),
                *(transitions.open_ones, "Ctrl+6"),
            ),
        ]

    def attach(self, page: ChartPage) -> None:
        """Answer the tabs of a chart that are about places."""
        self.placements.attach(page.placements.pane)
        self.transitions.attach(page)
        page.placements.search_asked.connect(self.placements.begin)

    def commands(self, here: Callable[[], int | None]) -> list[Command]:
        """List what holds on every page; `here` answers whose chart is in front, if one is."""
        return [*self.providers.commands(), *self.placements.commands(here)]

    def open_provider(self, number: int) -> None:
        """Show a provider on its page; below zero a professional."""
        self._desk.go(Route("providers", number))
