"""Where the wishes of the providers page lead: its dialogs, the call timer, the log."""

from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject

from cmdesk.casework import placement_writes, placements
from cmdesk.casework.placements import SearchRow
from cmdesk.store.journal import Label as Act
from cmdesk.ui.commands import Command
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.bring_in_twins import open_twins
from cmdesk.ui.dialogs.provider_check import open_check
from cmdesk.ui.dialogs.provider_notes import open_notes, open_view
from cmdesk.ui.dialogs.provider_place import open_place
from cmdesk.ui.dialogs.provider_professional import open_professional
from cmdesk.ui.dialogs.provider_program import open_program
from cmdesk.ui.dialogs.provider_tie import open_tie
from cmdesk.ui.dialogs.site_visit import open_visit
from cmdesk.ui.icons import Icon
from cmdesk.ui.log_ways import LogWays
from cmdesk.ui.page import Route
from cmdesk.ui.pages.providers import ProvidersPage
from cmdesk.ui.parts.provider_search import Asked
from cmdesk.ui.window import Window


class House(Protocol):
    """What the page asks of the house."""

    ways: LogWays

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
        """Answer the signals of this page."""
        acts = page.acts
        acts.call.connect(self.call)
        acts.log_call.connect(self.log_call)
        acts.edit.connect(self.edit)
        acts.check.connect(self.check)
        acts.notes.connect(self.notes)
        acts.visit.connect(self.visit)
        acts.tie.connect(self.tie)
        acts.add_to_placement.connect(self.add_to_placement)
        page.asking.keep_view.connect(self.keep_view)
        page.bring_in.connect(self._house.bring_in)
        page.sheet.twins.asked.connect(self.twins)

    def commands(self) -> list[Command]:
        """List what holds on every page: one hears of a program at any moment."""
        tr = self._desk.words.tr
        return [
            Command("provider.new", tr("New program"), self.new, icon=Icon.PLUS),
            Command("professional.new", tr("New professional"), self.new_professional),
        ]

    def new(self) -> None:
        self.edit(None)

    def edit(self, number: object) -> None:
        """Open a provider by number, below zero a professional; none, a new program."""
        if isinstance(number, int) and number < 0:
            open_professional(self._desk, self._window, -number).kept.connect(self._on_person)
            return
        program = number if isinstance(number, int) else None
        dialog = open_program(self._desk, self._window, program)
        dialog.kept.connect(self._on_kept)
        dialog.instead.connect(self.new_professional)

    def new_professional(self) -> None:
        open_professional(self._desk, self._window).kept.connect(self._on_person)

    def _on_kept(self, number: int) -> None:
        """Show what was saved."""
        self._desk.go(Route("providers", number))

    def _on_person(self, person_id: int) -> None:
        self._on_kept(-person_id)

    def check(self, number: int) -> None:
        open_check(self._desk, self._window, number)

    def notes(self, number: int) -> None:
        open_notes(self._desk, self._window, number)

    def visit(self, number: int, visit: object) -> None:
        open_visit(self._desk, self._window, number, visit if isinstance(visit, int) else None)

    def twins(self, number: int) -> None:
        """Show what may be the same provider."""
        open_twins(self._desk, self._window, [number])

    def tie(self, number: int, tie: object) -> None:
        open_tie(self._desk, self._window, number, tie if isinstance(tie, int) else None)

    def keep_view(self, asked: object) -> None:
        """Ask for a name for what narrows the list now."""
        if isinstance(asked, Asked):
            open_view(self._desk, self._window, asked.kept()).kept.connect(self._on_view)

    def _on_view(self, view: int) -> None:
        page = self._page()
        if page is not None:
            page.asking.take_view(view)

    def _page(self) -> ProvidersPage | None:
        shell = self._window.shell
        page = shell.page if shell is not None else None
        return page if isinstance(page, ProvidersPage) else None

    def _whom(self) -> int | None:
        """Tell whom the list is for, if it is for a client."""
        page = self._page()
        whom = page.asking.whom if page is not None else None
        return whom[0] if whom else None

    def add_to_placement(self, number: int) -> None:
        """Take a program into the search of the client the list is for, else into one chosen."""
        tr, searches = self._desk.words.tr, self._desk.ask(placements.searches)
        whom = self._whom()
        fitting = [each for each in searches if each.client_id == whom] or searches
        if not fitting:
            self._desk.say.toast(tr("No search is under way. Begin one in a chart."))
        elif len(fitting) == 1:
            self._add(number, fitting[0])
        else:
            dialog = open_place(self._desk, self._window, fitting)
            dialog.chosen.connect(partial(self._on_search, number))

    def _on_search(self, number: int, search: object) -> None:
        if isinstance(search, SearchRow):
            self._add(number, search)

    def _add(self, number: int, search: SearchRow) -> None:
        desk, name = self._desk, self._desk.privacy.name(search.name.called)
        words = desk.words.tr("Added to {name}’s search").format(name=name)
        act = Act(desk.words.tr("Add a program to a search"))
        desk.do(self, act, placement_writes.add, search.id, number).then(lambda _: desk.done(words))

    def call(self, number: int) -> None:
        """Start timing a call. One that runs already goes on: only its own button ends it."""
        timer, tr = self._house.ways.timer, self._desk.words.tr
        if timer.running is not None:
            self._desk.say.toast(tr("A call is being timed already. Stop it first."))
            return
        timer.start(self._whom(), -number if number < 0 else None, number)

    def log_call(self, number: int) -> None:
        """Open the log with this provider as the one that was called."""
        self._house.ways.log_call(self._whom(), number)
