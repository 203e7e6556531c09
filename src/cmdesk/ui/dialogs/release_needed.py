"""Says that no consent lets records go to somebody, or come, and leads to the form to sign."""

from collections.abc import Callable

from PySide6.QtCore import Signal

from cmdesk.casework import contacts
from cmdesk.casework.placement_release import NoRelease
from cmdesk.rules.consent_codes import Way
from cmdesk.rules.referral_draft import known
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.consent import open_consent
from cmdesk.ui.dialogs.sheet import Sheet
from cmdesk.ui.parts.veil import Veil
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.note import Note


class ReleaseNeeded(Note):
    """Hidden until something is wanting; `recipient` answers who would get the records.

    `way` is what a new consent has to allow: that they are told, or that they tell.
    Signal `looked_again`: the form it led to was closed.
    """

    looked_again = Signal()

    def __init__(self, desk: Desk, client_id: int, recipient: Callable[[], str]) -> None:
        super().__init__("", "warn")
        self._desk, self._client_id, self._recipient = desk, client_id, recipient
        self.way, self._veil = Way.TO, Veil(desk)
        self.consent = Button(desk.words.tr("New consent"), size="small")
        self.consent.clicked.connect(self.lead_on)
        self.add_button(self.consent)
        self.hide()

    def stop(self, words: str) -> None:
        """Show what is wanting; nothing hides it."""
        said = self._veil.text(words[:1].upper() + words[1:])
        self.say(said if not said or said.endswith(".") else f"{said}.")
        self.setVisible(bool(said))

    def takes(self, error: BaseException, sheet: Sheet) -> bool:
        """Say in a sheet that records may not go, if that is what failed."""
        if not isinstance(error, NoRelease):
            return False
        self.stop(error.message)
        sheet.go_to(self.consent)
        self._desk.say.announce(error.message, at_once=True)
        return True

    def lead_on(self) -> None:
        """Open a new consent that names those who would get the records."""
        dialog = open_consent(self._desk, self.window(), self._client_id)
        dialog.closed.connect(self.looked_again)
        readers, key = dialog.fields.readers, self._recipient()
        if not readers.keys and any(known(key)):
            readers.choose(self._desk.ask(contacts.named, (key,)))
            if self.way is not Way.TO:
                dialog.fields.more.begin_with(self.way)
            readers.picked.emit()
