"""Pictures of the treatment map: as a table, its dialogs, the history, and one's own results."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from cmdesk.casework import care_events, episodes, history_readers
from cmdesk.models.provider import Organisation
from cmdesk.ui.dialogs.care_event import open_care_event
from cmdesk.ui.dialogs.episode import open_episode
from cmdesk.ui.dialogs.history_reader import HISTORY, open_history_reader
from cmdesk.ui.page import Route
from cmdesk.ui.pages.chart import ChartPage
from cmdesk.ui.parts.results_card import ResultsCard
from cmdesk.ui.widgets.card import column, grounded

if TYPE_CHECKING:
    from screens import Studio
    from sqlalchemy.orm import Session

Draw = Callable[[], "QWidget"]


def map_screens(studio: Studio) -> Iterator[tuple[str, Draw]]:
    """Give the pictures, each of Maya's chart, over it, or of what it leads to."""
    maya = studio.client("c-maya")

    def as_table() -> QWidget:
        studio.open(Route("chart", maya, "care_plan"))
        studio.rest()
        studio.window.findChildren(ChartPage)[-1].goals.map.turn.click()
        return studio.window

    def stay(client: int) -> None:
        first = studio.store.ask(episodes.stays, client)[-2].id
        open_episode(studio.desk, studio.window, client, first)

    def new_stay(client: int) -> None:
        open_episode(studio.desk, studio.window, client)

    def turn(client: int) -> None:
        number = studio.store.ask(care_events.rows, client)[1].id
        open_care_event(studio.desk, studio.window, client, number)

    def reader(client: int) -> None:
        open_history_reader(studio.desk, studio.window, client, lambda: None)

    yield "09-map-table", as_table
    for name, show in (
        ("09-stay", stay),
        ("09-stay-new", new_stay),
        ("09-turn", turn),
        ("09-history-reader", reader),
    ):
        yield name, partial(studio.over_chart, show)
    yield "09-history-letter", partial(history, studio)
    yield "07-own-results", partial(results, studio)


def history(studio: Studio) -> QWidget:
    """Draw the history in the composer, as it is written to the first program that may read it."""
    maya = studio.client("c-maya")
    party = studio.store.ask(history_readers.readers, maya)[0].party
    studio.open(Route("composer", maya, f"{party.key}:::{HISTORY}"))
    studio.rest()
    studio.rest()
    return studio.window


def results(studio: Studio) -> QWidget:
    """Draw the card alone: it stands on the page of a provider."""
    maya = studio.client("c-maya")

    def bridge(session: Session) -> int:
        return session.query(Organisation).filter_by(ref="o-bridge").one().id

    sheet = grounded("bg")
    whole = column(sheet, edge=24)
    card = ResultsCard(studio.desk)
    whole.addWidget(card)
    whole.addStretch(1)
    card.show_results(studio.store.ask(bridge), maya)
    return sheet
