"""Where the wishes about what was told lead: the log's dialogs, its paper and its table."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from cmdesk.casework import incidents, rights
from cmdesk.exchange import accounting_csv
from cmdesk.ui import handing
from cmdesk.ui.commands import Command
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.accounting import open_accounting
from cmdesk.ui.dialogs.incident import open_incident
from cmdesk.ui.dialogs.rights_request import open_request
from cmdesk.ui.dialogs.told import open_told
from cmdesk.ui.icons import Icon
from cmdesk.ui.pages.chart import ChartPage
from cmdesk.ui.pages.today import TodayPage

if TYPE_CHECKING:
    from pathlib import Path

    from cmdesk.store.store import Store


class PrivacyWays(QObject):
    """Opens what a sharing log, a day or the palette asks for, over the window."""

    def __init__(self, window: QWidget, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._window, self._desk = window, desk

    def attach(self, page: ChartPage) -> None:
        """Answer the signals of a chart's sharing log and of the card below it."""
        log, card = page.consents.sharing, page.consents.privacy

        def tell(uid: str) -> None:
            self.tell(page.client_id, uid)

        def account() -> None:
            self.account(page.client_id)

        def table() -> None:
            self.table(page.client_id)

        def request(number: object) -> None:
            self.request(page.client_id, number)

        def incident(number: object) -> None:
            self.incident(page.client_id, number)

        log.told_asked.connect(tell)
        log.paper_asked.connect(account)
        log.table_asked.connect(table)
        card.request_asked.connect(request)
        card.incident_asked.connect(incident)

    def attach_day(self, page: TodayPage) -> None:
        """Answer the rows of Today."""
        page.open_request.connect(self._open_request)
        page.open_incident.connect(self._open_incident)

    def commands(self, here: Callable[[], int | None]) -> list[Command]:
        """List what is found from everywhere; `here` answers whose chart is in front, if one is."""

        def on_chart(act: Callable[[int], None]) -> None:
            client = here()
            if client is not None:
                act(client)

        def in_a_chart() -> bool:
            return here() is not None and not self._desk.read_only

        tr = self._desk.words.tr
        return [
            Command(
                *(f"privacy.{name}", words, partial(on_chart, act)),
                menu="client",
                enabled=in_a_chart,
                also=also,
            )
            for name, words, act, also in (
                ("told", tr("Record a disclosure"), self.tell, tr("told shared report call")),
                ("request", tr("Record a request"), self.request, tr("rights access amend copy")),
                ("account", tr("Accounting of disclosures"), self.account, tr("sharing log PDF")),
            )
        ] + [
            Command(
                *("privacy.incident", tr("Privacy incident"), lambda: self.incident(here(), None)),
                icon=Icon.SHIELD_ALERT,
                enabled=lambda: not self._desk.read_only,
                also=tr("breach wrong address lost"),
            )
        ]

    def tell(self, client: int, uid: str = "") -> None:
        open_told(self._desk, self._window, client, uid or None)

    def account(self, client: int) -> None:
        open_accounting(self._desk, self._window, client)

    def request(self, client: int, number: object = None) -> None:
        asked = number if isinstance(number, int) else None
        open_request(self._desk, self._window, client, asked)

    def incident(self, client: int | None, number: object = None) -> None:
        known = number if isinstance(number, int) else None
        open_incident(self._desk, self._window, client, incident_id=known)

    def _open_request(self, number: int) -> None:
        self.request(self._desk.ask(rights.client_of, number), number)

    def _open_incident(self, number: int) -> None:
        self.incident(self._desk.ask(incidents.one, number).client_id, number)

    def table(self, client: int) -> None:
        """Write all that was ever told as a table, for the practice's own use."""
        tr, title = self._desk.words.tr, self._desk.words.tr("Where to put the table")
        stem = tr("Sharing log {day}").format(day=self._desk.today().isoformat())
        kinds = tr("Tables") + " (*.csv)"
        name = handing.free_name(title, stem, ".csv")
        target = handing.choose_save(self._window, title, name, kinds)
        if target is None:
            return
        work = partial(_write, client=client, target=target, act=tr("Exported a sharing log"))
        said = tr("Saved to {place}").format(place=target)
        self._desk.aside(self, work).then(lambda _: self._desk.say.toast(said)).otherwise(
            self._desk.say.failure
        )


def _write(store: "Store", *, client: int, target: "Path", act: str) -> None:
    handing.write_privately(target, store.ask(accounting_csv.make, client))
    store.note(act, "export")
