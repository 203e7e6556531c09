"""The way to add somebody a consent should name who is nowhere on record yet."""

from PySide6.QtCore import Signal

from cmdesk.casework import consent_form
from cmdesk.casework.contacts import Someone
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.pick_field import PickField
from cmdesk.ui.widgets.button import Button


class NewReader(Button):
    """In sight once who is typed is nowhere. Signal `took()`: they were added and are chosen."""

    took = Signal()

    def __init__(self, desk: Desk, client_id: int, readers: PickField) -> None:
        super().__init__(desk.words.tr("Add person to circle"), "link")
        self._desk, self._client_id, self._readers = desk, client_id, readers
        readers.edit.textChanged.connect(self._offer)
        self.hide()

    def known(self) -> list[Someone]:
        """Return whom the typed words could mean."""
        return self._desk.ask(consent_form.may_be_told, self._client_id, self._readers.pending)

    def look_again(self) -> None:
        """Take who was typed, if they were added meanwhile and nobody else can be meant."""
        found = self.known() if self._readers.pending else []
        if len(found) == 1 and not self._readers.keys:
            self._readers.choose(found)
            self.took.emit()
        self._offer()

    def _offer(self, _text: str = "") -> None:
        self.setVisible(bool(self._readers.pending) and not self.known())
