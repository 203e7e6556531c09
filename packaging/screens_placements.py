"""Pictures of a search for a place: the board, side by side, and the dialogs over them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from cmdesk.casework import placement_writes, placements
from cmdesk.casework.placements import SearchRow
from cmdesk.rules.placement_way import Column, column
from cmdesk.ui.dialogs.placement_add import open_placement_add
from cmdesk.ui.dialogs.placement_candidate import open_placement_candidate
from cmdesk.ui.dialogs.placement_conflicts import open_placement_conflicts
from cmdesk.ui.dialogs.placement_decision import open_placement_decision
from cmdesk.ui.dialogs.placement_move import open_placement_move, open_records_again
from cmdesk.ui.dialogs.placement_search import open_placement_search
from cmdesk.ui.dialogs.placement_word import open_placement_word
from cmdesk.ui.page import Route
from cmdesk.ui.pages.placements import PlacementsPage

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget
    from screens import Studio

Draw = Callable[[], "QWidget"]


class Owen:
    """Owen's search, as the sample has it."""

    def __init__(self, studio: Studio) -> None:
        self._studio = studio

    @property
    def search(self) -> int:
        return self._row.id

    @property
    def client(self) -> int:
        return self._row.client_id

    @property
    def _row(self) -> SearchRow:
        """Give the search; one that a picture before has ended is taken up again."""
        store = self._studio.store
        for each in store.ask(placements.searches, closed=True):
            store.do("Open", placement_writes.close, each.id, closed=False)
        return store.ask(placements.searches)[0]

    @property
    def candidate(self) -> int:
        return self._studio.store.ask(placements.board, self.search).candidates[0].id

    @property
    def sent_to(self) -> int:
        """Give one that has the records."""
        found = self._studio.store.ask(placements.board, self.search).candidates
        return next(each.id for each in found if column(each.state) is Column.RECORDS_SENT)

    def first(self) -> QWidget:
        """Draw the page with the search under way."""
        return self.page(lambda _page: self.search)

    def page(self, then: Callable[[PlacementsPage], object] = lambda _page: None) -> QWidget:
        studio = self._studio
        studio.open(Route("placements"))
        studio.rest()
        shell = studio.window.shell
        shown = shell.page if shell is not None else None
        if isinstance(shown, PlacementsPage):
            then(shown)
        studio.rest()
        return studio.window

    def tab(self) -> QWidget:
        self._studio.open(Route("chart", self.client, "placements"))
        self._studio.rest()
        return self._studio.window

    def hidden(self) -> QWidget:
        return self.page(lambda _page: self._studio.desk.privacy.toggle())

    def over(self, show: Callable[..., object], *about: Callable[[], object]) -> Draw:
        """Open a dialog over the page; `about` gives what it is about, once it is there."""

        def draw() -> QWidget:
            def opened(_page: PlacementsPage) -> None:
                show(self._studio.desk, self._studio.window, *(each() for each in about))

            return self.page(opened)

        return draw

    def needs_end(self) -> QWidget:
        """Draw the end of the must-haves."""

        def opened(_page: PlacementsPage) -> None:
            desk, window = self._studio.desk, self._studio.window
            dialog = open_placement_search(desk, window, self.client, self.search)
            self._studio.rest()
            dialog.middle.verticalScrollBar().setValue(9999)

        return self.page(opened)

    def none(self) -> QWidget:
        self._studio.store.do("End", placement_writes.close, self.search)
        return self.page()


def differences(shown: PlacementsPage) -> None:
    shown.pane.rows.choose("differences")
    shown.pane.rows.chosen.emit("differences")


def foot(shown: PlacementsPage) -> None:
    bar = shown.pane.area.verticalScrollBar()
    bar.setValue(bar.maximum())


def placement_screens(studio: Studio) -> Iterator[tuple[str, Draw]]:
    """Give the pictures, each of Owen's search."""
    owen = Owen(studio)

    def search() -> int:
        return owen.search

    def client() -> int:
        return owen.client

    def candidate() -> int:
        return owen.candidate

    yield "08-placement", owen.first
    yield "08-placement-differences", partial(owen.page, differences)
    yield "08-placement-foot", partial(owen.page, foot)
    yield "08-placement-tab", owen.tab
    yield "08-placement-program", owen.over(open_placement_add, search)
    yield "08-placement-needs", owen.over(open_placement_search, client, search)
    yield "08-placement-needs-end", owen.needs_end
    yield "08-placement-new", owen.over(open_placement_search, client)
    yield "08-placement-candidate", owen.over(open_placement_candidate, search, candidate)
    into = partial(str, "not_going_ahead")
    yield "08-placement-move", owen.over(open_placement_move, search, candidate, into)
    yield "08-placement-again", owen.over(open_records_again, search, lambda: owen.sent_to)
    yield "08-placement-word", owen.over(open_placement_word, search, candidate)
    yield "08-placement-decision", owen.over(open_placement_decision, search)
    yield "08-placement-conflicts", owen.over(open_placement_conflicts, search)
    yield "08-placement-hidden", owen.hidden
    yield "08-placement-none", owen.none
