"""Where the wishes of a treatment map lead: a stay, a turn, and the history for an admission."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from cmdesk.ui.commands import Command
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.care_event import open_care_event
from cmdesk.ui.dialogs.consent import open_consent
from cmdesk.ui.dialogs.episode import open_episode
from cmdesk.ui.dialogs.history_reader import open_history_reader
from cmdesk.ui.pages.chart import ChartPage


class MapWays(QObject):
    """Opens what a treatment map or the palette asks for, over the window."""

    def __init__(self, window: QWidget, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._window, self._desk = window, desk

    def attach(self, page: ChartPage) -> None:
        """Answer the signals of a chart's map."""
        card = page.goals.map

        def stay(number: object) -> None:
            self.open_stay(page.client_id, number)

        def turn(number: object) -> None:
            self.open_turn(page.client_id, number)

        card.stay_asked.connect(stay)
        card.turn_asked.connect(turn)
        card.history_asked.connect(lambda: self.history(page.client_id))

    def commands(self, here: Callable[[], int | None]) -> list[Command]:
        """List what is found from everywhere; `here` answers whose chart is in front, if one is."""

        def on_chart(act: Callable[[int], None]) -> None:
            client = here()
            if client is not None:
                act(client)

        tr = self._desk.words.tr
        return [
            Command(
                *(f"map.{name}", words, partial(on_chart, act)),
                menu="client",
                enabled=lambda: here() is not None and not self._desk.read_only,
                also=also,
            )
            for name, words, act, also in (
                ("stay", tr("Add a stay"), self.open_stay, tr("episode admission level of care")),
                ("turn", tr("Note a turn"), self.open_turn, tr("return to use crisis relapse")),
                ("history", tr("Two-page history"), self.history, tr("admissions packet map")),
            )
        ]

    def open_stay(self, client: int, number: object = None) -> None:
        open_episode(self._desk, self._window, client, number if isinstance(number, int) else None)

    def open_turn(self, client: int, number: object = None) -> None:
        known = number if isinstance(number, int) else None
        open_care_event(self._desk, self._window, client, known)

    def history(self, client: int) -> None:
        """Ask which program reads it, then open it as the letter it is."""
        consent = partial(open_consent, self._desk, self._window, client)
        open_history_reader(self._desk, self._window, client, consent)


__all__ = ["MapWays"]
