"""Where files from elsewhere come in, and where entries that stand twice are brought together."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from cmdesk.ui.commands import Command
from cmdesk.ui.desk import Desk
from cmdesk.ui.handing import choose_open
from cmdesk.ui.icons import Icon

if TYPE_CHECKING:
    from cmdesk.ui.dialogs.bring_in import IntakeDialog
    from cmdesk.ui.dialogs.bring_in_twins import TwinsDialog


class BringInWays(QObject):
    """Asks for a file, and opens what is to be asked about it."""

    def __init__(self, window: QWidget, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._window, self._desk = window, desk

    def commands(self) -> list[Command]:
        """List what is found from everywhere."""
        tr = self._desk.words.tr

        def may() -> bool:
            return not self._desk.read_only

        also = tr("import csv excel xlsx nppes samhsa vcard directory contacts")
        twice = tr("merge duplicates programs providers same")
        return [
            Command("import", tr("Bring in a file …"), self.ask, icon=Icon.ARCHIVE, also=also),
            Command(
                "provider_twins",
                tr("Providers that stand twice"),
                self.twins,
                enabled=may,
                also=twice,
            ),
        ]

    def ask(self) -> None:
        """Ask for a practice file, an address book or a directory."""
        tr = self._desk.words.tr
        kinds = tr("Practice files, address books, tables, workbooks")
        chosen = choose_open(
            self._window, tr("Bring in a file"), f"{kinds} (*.json *.vcf *.csv *.xlsx *.zip)"
        )
        if chosen is not None:
            self.take(chosen)

    def take(self, path: Path) -> "IntakeDialog":
        """Ask about this file, over the window."""
        # Readers of workbooks and cards are loaded with the first file, not with the window.
        from cmdesk.ui.dialogs.bring_in import open_bring_in  # noqa: PLC0415 - its libraries load with it

        return open_bring_in(self._desk, self._window, path)

    def twins(self) -> "TwinsDialog":
        """Show what may stand twice."""
        from cmdesk.ui.dialogs.bring_in_twins import open_twins  # noqa: PLC0415 - loaded with it

        return open_twins(self._desk, self._window)
