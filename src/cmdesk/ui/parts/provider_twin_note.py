"""A word on a provider's page that it may stand twice; nothing is decided there."""

from PySide6.QtCore import Signal

from cmdesk.casework import provider_twins
from cmdesk.casework.provider_twins import Proposals
from cmdesk.ui.desk import Desk
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.note import Note


class TwinNote(Note):
    """Signal `asked(int)`: what may be the same as this provider is to be shown."""

    asked = Signal(int)

    def __init__(self, desk: Desk) -> None:
        super().__init__("", "accent")
        self._desk, self._number = desk, 0
        self.look = Button(desk.words.tr("Look at them"), size="small")
        self.look.clicked.connect(lambda: self.asked.emit(self._number))
        self.add_button(self.look)
        self.hide()

    def show_for(self, number: int) -> None:
        """Look beside this provider, in the background; below zero beside a professional."""
        self._number = number
        self.hide()
        if not number:
            return

        def take(found: Proposals) -> None:
            if self._number == number and found.total:
                self.say(self._desk.words.tr("This provider may stand twice."))
                self.show()

        self._desk.fetch(self, provider_twins.beside, number).then(take)
