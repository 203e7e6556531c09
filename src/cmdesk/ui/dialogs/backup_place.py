"""Where a backup goes, asked before the first one made by hand."""

from PySide6.QtWidgets import QWidget

from cmdesk.ui import handing
from cmdesk.ui.desk import Desk
from cmdesk.ui.icons import Icon
from cmdesk.ui.overlay import Dialog, open_over
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.label import Label
from cmdesk.words import Words


def back_up(window: QWidget, desk: Desk) -> None:
    """Back up now; ask where to first if nobody has said."""
    if desk.backing_up.doing:
        return
    if desk.backing_up.placed:
        desk.backing_up.back_up()
    else:
        open_over(window, BackupPlace(desk))


def folder_title(words: Words) -> str:
    """Say in the title of the file dialog what to look for."""
    return words.tr("Choose where backups go, on a drive you can unplug")


class BackupPlace(Dialog):
    """Two ways: a drive, which is remembered, or beside the records for now."""

    def __init__(self, desk: Desk) -> None:
        tr = desk.words.tr
        super().__init__(tr("Where should backups go?"), width=520, close_word=tr("Close"))
        self._desk = desk
        text = tr(
            "On a drive you can unplug, a backup survives a lost laptop. It is encrypted like "
            "your records. Beside your records it only helps if they are damaged."
        )
        self.body.addWidget(Label(text, "body", "text2", wrap=True))
        self.add_foot()
        self.here = Button(tr("Only on this laptop"))
        self.here.clicked.connect(self._on_here)
        self.drive = Button(tr("Choose a drive"), "primary", icon=Icon.HARD_DRIVE)
        self.drive.clicked.connect(self._on_drive)
        self.foot.addStretch(1)
        self.foot.addWidget(self.here)
        self.foot.addWidget(self.drive)
        self.setFocusProxy(self.drive)

    def _on_here(self) -> None:
        self._desk.backing_up.beside = True
        self._begin()

    def _on_drive(self) -> None:
        chosen = handing.choose_folder(self.window(), folder_title(self._desk.words))
        if chosen:
            self._desk.settings.change(backup_folder=str(chosen))
            self._begin()

    def _begin(self) -> None:
        self.close_dialog()
        self._desk.backing_up.back_up()
