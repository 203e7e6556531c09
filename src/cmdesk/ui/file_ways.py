"""How files come into a chart: dropped on it, or chosen."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from cmdesk.casework import clients, documents
from cmdesk.rules.people import possessive
from cmdesk.ui import handing
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.file_in import open_file_in
from cmdesk.ui.pages.chart import ChartPage
from cmdesk.ui.parts.drop_here import DropHere

Choose = Callable[[QWidget, str, str], list[Path]]
KINDS: Final = "(*.pdf *.png *.jpg *.jpeg *.tif *.tiff *.webp *.gif)"


class FileWays(QObject):
    """Opens the dialog that takes files in, over the window."""

    def __init__(
        self, window: QWidget, desk: Desk, parent: QObject, choose: Choose = handing.choose_files
    ) -> None:
        """`choose` asks which files: an edge to the system."""
        super().__init__(parent)
        self._window, self._desk, self._choose = window, desk, choose

    def attach(self, page: ChartPage) -> DropHere:
        """Let a chart take files, and answer its button."""
        drop = DropHere(page, partial(self._words, page))

        def dropped(paths: list[Path]) -> None:
            open_file_in(self._desk, self._window, page.client_id, paths)

        def asked() -> None:
            self.add_file(page.client_id)

        drop.dropped.connect(dropped)

        def put_back(document: int) -> None:
            self.put_back(page.client_id, document)

        page.consents.files.add_asked.connect(asked)
        page.consents.files.put_back.connect(put_back)
        return drop

    def put_back(self, client_id: int, document: int) -> None:
        """Put a removed file back into the chart it was in."""
        tr = self._desk.words.tr
        self._desk.do(self, tr("Put a file back"), documents.put_back, client_id, document).then(
            lambda _: self._desk.done(tr("File is back in the chart"))
        )

    def _words(self, page: ChartPage) -> str:
        """Say what a drop will do; nothing where the records are only looked at."""
        if not page.client_id or self._desk.read_only:
            return ""
        name = self._desk.privacy.name(self._desk.ask(clients.head, page.client_id).name.called)
        tr = self._desk.words.tr
        return tr("Drop to keep in {whose} chart").format(whose=possessive(name)).replace("'", "’")

    def add_file(self, client_id: int) -> None:
        """Ask for files and take them in."""
        tr = self._desk.words.tr
        title = tr("Add files to the chart")
        paths = self._choose(self._window, title, f"{tr('PDF and pictures')} {KINDS}")
        if paths:
            open_file_in(self._desk, self._window, client_id, paths)
