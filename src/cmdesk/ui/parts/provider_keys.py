"""The commands and keys of the providers page."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtWidgets import QWidget

from cmdesk.ui.commands import Command
from cmdesk.ui.icons import Icon
from cmdesk.ui.page import Hint
from cmdesk.ui.parts.provider_acts import ProviderActs
from cmdesk.words import Words


class Moves(NamedTuple):
    """What the page itself answers."""

    go_in: Callable[[], object]
    search: Callable[[], object]
    preview: Callable[[], object]
    filters: Callable[[], object]
    clear: Callable[[], object]


def commands(words: Words, acts: ProviderActs, moves: Moves, within: QWidget) -> Sequence[Command]:
    """List what can be done with the list and with the provider in front."""
    tr = words.tr
    return (
        Command("providers.new", tr("New provider"), acts.ask_new, "Ctrl+N", Icon.PLUS),
        Command("providers.edit", tr("Edit provider"), acts.ask_edit, "E", within=within),
        Command("providers.star", tr("Star provider"), acts.star, "S", within=within),
        Command("providers.log", tr("Log a call"), acts.ask_log, "L", within=within),
        Command("providers.call", tr("Call provider"), acts.ask_call, "C", within=within),
        Command("providers.check", tr("Check again"), acts.ask_check, "R", within=within),
        Command("providers.visit", tr("Add a site visit"), acts.ask_visit, "V", within=within),
        Command("providers.place", tr("Add to placement"), acts.ask_placement, "A", within=within),
        Command("providers.search", tr("Search providers"), moves.search, "Ctrl+F"),
        Command("providers.search_here", tr("Search"), moves.search, "/", within=within),
        Command(
            "providers.preview", tr("Show or hide preview"), moves.preview, "Space", within=within
        ),
        Command("providers.filters", tr("Show or hide filters"), moves.filters, "F", within=within),
        Command("providers.clear", tr("Clear filters"), moves.clear),
        Command("providers.open", tr("Open provider"), moves.go_in, "O", within=within),
    )


def hints(words: Words) -> Sequence[Hint]:
    tr = words.tr
    return (
        Hint(("↑ ↓",), tr("Move")),
        Hint(("Enter",), tr("Open provider")),
        Hint(("Space",), tr("Show or hide preview")),
        Hint(("S",), tr("Star")),
        Hint(("L",), tr("Log a call")),
        Hint(("/",), tr("Search")),
    )
