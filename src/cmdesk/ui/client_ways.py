"""Where the wishes about clients lead: their own data, inquiries, and charts that are one."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from cmdesk.ui.commands import Command
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.client import open_client
from cmdesk.ui.dialogs.inquiry import open_inquiry
from cmdesk.ui.dialogs.merge import open_merge_clients, open_merge_people
from cmdesk.ui.icons import Icon
from cmdesk.ui.pages.clients import ClientsPage


class ClientWays(QObject):
    """Opens what the list of clients asks for, over the window."""

    def __init__(self, window: QWidget, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._window, self._desk = window, desk

    def commands(self) -> list[Command]:
        """List what holds on every page: a family may call at any moment."""
        tr = self._desk.words.tr
        return [Command("inquiry.new", tr("New inquiry"), self.open_inquiry, icon=Icon.PHONE)]

    def attach(self, page: ClientsPage) -> None:
        """Answer the signals of this page."""
        page.edit_client.connect(self.edit)
        page.merge_client.connect(self.merge)
        page.inquiry.connect(self.open_inquiry)

    def edit(self, client: int) -> None:
        open_client(self._desk, self._window, client)

    def merge(self, client: int) -> None:
        open_merge_clients(self._desk, self._window, client)

    def merge_person(self, person: int) -> None:
        open_merge_people(self._desk, self._window, person)

    def open_inquiry(self, inquiry: object = None) -> None:
        """Open this inquiry, or a new one."""
        open_inquiry(self._desk, self._window, inquiry if isinstance(inquiry, int) else None)
