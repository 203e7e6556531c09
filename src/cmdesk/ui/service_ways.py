"""Where the wishes of care outside programs lead: referrals, records requests, and the consent."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from cmdesk.casework import records_requests, referrals
from cmdesk.casework.placement_release import NoRelease
from cmdesk.store.journal import Label as Act
from cmdesk.ui.commands import Command
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.records_request import open_records_request
from cmdesk.ui.dialogs.referral import open_referral
from cmdesk.ui.dialogs.release_needed import consent_for
from cmdesk.ui.icons import Icon
from cmdesk.ui.pages.chart import ChartPage


class ServiceWays(QObject):
    """Opens what the two lists or the palette ask for, over the window."""

    def __init__(self, window: QWidget, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._window, self._desk = window, desk

    def attach(self, page: ChartPage) -> None:
        """Answer the signals of a chart's lists."""
        pane = page.placements.services

        def referral(number: object) -> None:
            self.open_referral(page.client_id, number)

        def request(number: object) -> None:
            self.open_request(page.client_id, number)

        def sent(number: int) -> None:
            self.sent(page.client_id, number)

        pane.referral_asked.connect(referral)
        pane.request_asked.connect(request)
        pane.sent.connect(sent)
        pane.received.connect(self.received)
        pane.chased.connect(self.chased)
        pane.came.connect(self.came)

    def commands(self, here: Callable[[], int | None]) -> list[Command]:
        """List what is found from everywhere; `here` answers whose chart is in front, if one is."""
        tr = self._desk.words.tr

        def on_chart(act: Callable[[int], None]) -> None:
            client = here()
            if client is not None:
                act(client)

        return [
            Command(
                *(f"services.{name}", words, partial(on_chart, act)),
                icon=icon,
                menu="client",
                enabled=lambda: here() is not None and not self._desk.read_only,
                also=also,
            )
            for name, words, act, icon, also in (
                (
                    *("referral", tr("New referral"), self.open_referral, Icon.ROUTE),
                    tr("service transport housing benefits sober companion consultant"),
                ),
                (
                    *("request", tr("New records request"), self.open_request, Icon.FILE_TEXT),
                    tr("ask for records papers discharge summary chase release"),
                ),
            )
        ]

    def open_referral(self, client: int, number: object = None) -> None:
        known_one = number if isinstance(number, int) else None
        open_referral(self._desk, self._window, client, known_one)

    def open_request(self, client: int, number: object = None) -> None:
        known_one = number if isinstance(number, int) else None
        open_records_request(self._desk, self._window, client, known_one)

    def received(self, number: int) -> None:
        """Note that a service was received."""
        self._do(self._desk.words.tr("Service received"), referrals.received, number)

    def chased(self, number: int) -> None:
        """Count that papers were asked for again, and say when to ask next."""
        tr = self._desk.words.tr
        self._do(tr("Asked again"), records_requests.chase, number)

    def came(self, number: int) -> None:
        """Note that papers came."""
        self._do(self._desk.words.tr("Papers received"), records_requests.done, number)

    def sent(self, client: int, number: int) -> None:
        """Note that papers went; without a valid consent nothing is noted, and one is begun."""
        tr = self._desk.words.tr

        def failed(error: BaseException) -> None:
            if isinstance(error, NoRelease):
                self._lead_on(client, number, error)
            else:
                self._desk.say.failure(error)

        act = Act(tr("Papers sent"), undoable=False, kind="disclosure")
        self._desk.do(self, act, records_requests.done, number).then(
            lambda _: self._desk.done(tr("Papers sent"))
        ).otherwise(failed)

    def _lead_on(self, client: int, number: int, error: NoRelease) -> None:
        to = self._desk.ask(records_requests.read, number).recipient
        consent_for(self._desk, self._window, client, to, why=error.message)

    def _do(self, words: str, work: Callable[..., object], number: int) -> None:
        self._desk.do(self, Act(words), work, number).then(lambda _: self._desk.done(words))


__all__ = ["ServiceWays"]
