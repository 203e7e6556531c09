"""Pictures of a search for a place: the board, side by side, and the dialogs over them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from cmdesk.casework import placement_writes, placements
from cmdesk.ui.dialogs.placement_add import open_placement_add
from cmdesk.ui.dialogs.placement_candidate import open_placement_candidate
from cmdesk.ui.dialogs.placement_conflicts import open_placement_conflicts
from cmdesk.ui.dialogs.placement_decision import open_placement_decision
from cmdesk.ui.dialogs.placement_move import open_placement_move
from cmdesk.ui.dialogs.placement_search import open_placement_search
from cmdesk.ui.dialogs.placement_word import open_placement_word
from cmdesk.ui.page import Route
from cmdesk.ui.pages.placements import PlacementsPage

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget
    from screens import Studio

Draw = Callable[[], "QWidget"]


def placement_screens(studio: Studio) -> Iterator[tuple[str, Draw]]:
    """Give the pictures, each of Owen's search."""
    window, desk = studio.window, studio.desk

    def search() -> int:
        return studio.store.ask(placements.searches)[0].id

    def candidate(at: int = 0) -> int:
        return studio.store.ask(placements.board, search()).candidates[at].id

    def page(then: Callable[[PlacementsPage], object] = lambda _page: None) -> QWidget:
        desk.go(Route("placements"))
        studio.rest()
        shell = window.shell
        shown = shell.page if shell is not None else None
        assert isinstance(shown, PlacementsPage)
        then(shown)
        studio.rest()
        return window

    def differences(shown: PlacementsPage) -> None:
        shown.pane.rows.choose("differences")
        shown.pane.rows.chosen.emit("differences")

    def foot(shown: PlacementsPage) -> None:
        bar = shown.pane.area.verticalScrollBar()
        bar.setValue(bar.maximum())

    def hidden() -> QWidget:
        desk.privacy.toggle()
        made = page()
        return made

    def tab() -> QWidget:
        client = studio.store.ask(placements.searches)[0].client_id
        desk.go(Route("chart", client, "placements"))
        studio.rest()
        return window

    def over(open_it: Callable[[], object]) -> Draw:
        return partial(page, lambda _page: open_it())

    def down() -> None:
        dialog = open_placement_search(desk, window, owner(), search())
        studio.rest()
        dialog.middle.verticalScrollBar().setValue(9999)

    def owner() -> int:
        return studio.store.ask(placements.searches)[0].client_id

    def none() -> QWidget:
        studio.store.do("End", placement_writes.close, search())
        made = page()
        studio.store.undo()
        return made

    yield "08-placement", page
    yield "08-placement-differences", partial(page, differences)
    yield "08-placement-foot", partial(page, foot)
    yield "08-placement-tab", tab
    yield "08-placement-program", over(lambda: open_placement_add(desk, window, search()))
    yield "08-placement-needs", over(lambda: open_placement_search(desk, window, owner(), search()))
    yield "08-placement-needs-end", over(down)
    yield "08-placement-new", over(lambda: open_placement_search(desk, window, owner()))
    yield (
        "08-placement-candidate",
        over(lambda: open_placement_candidate(desk, window, search(), candidate())),
    )
    yield (
        "08-placement-move",
        over(lambda: open_placement_move(desk, window, search(), candidate(), "not_going_ahead")),
    )
    yield (
        "08-placement-word",
        over(lambda: open_placement_word(desk, window, search(), candidate())),
    )
    yield "08-placement-decision", over(lambda: open_placement_decision(desk, window, search()))
    yield "08-placement-conflicts", over(lambda: open_placement_conflicts(desk, window, search()))
    yield "08-placement-none", none
