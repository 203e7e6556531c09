"""Says by itself that an entry is a late one, and takes the reason."""

from PySide6.QtWidgets import QWidget

from cmdesk.casework import contacts
from cmdesk.rules.log import LogDraft
from cmdesk.ui.desk import Desk
from cmdesk.ui.icons import Icon
from cmdesk.ui.widgets.card import row
from cmdesk.ui.widgets.chip import Chip
from cmdesk.ui.widgets.field import line_edit


class Late(QWidget):
    """In sight only when the contact was longer ago than the practice's late-entry window."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        tr = desk.words.tr
        line = row(self, gap=12)
        line.addWidget(Chip(tr("Late entry"), "warn", Icon.HISTORY))
        self.edit = line_edit(tr("Why it is entered late, if you like"))
        line.addWidget(self.edit, 1)
        self.hide()

    @property
    def reason(self) -> str:
        return self.edit.text()

    def load(self, reason: str) -> None:
        self.edit.setText(reason)

    def judge(self, draft: LogDraft) -> None:
        """Show itself for a contact that is late as it stands now."""
        self.setVisible(self._desk.ask(contacts.late, draft))
