"""Says that no consent lets records go to somebody, or come, and leads to the form to sign."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cmdesk.casework import contacts
from cmdesk.casework.placement_release import NoRelease
from cmdesk.rules.consent_codes import Way
from cmdesk.rules.referral_draft import known
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.consent import ConsentDialog, open_consent
from cmdesk.ui.dialogs.sheet import Sheet
from cmdesk.ui.parts.veil import veil_of
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
        self.way = Way.TO
        self.consent = Button(desk.words.tr("New consent"), size="small")
        self.consent.clicked.connect(self.lead_on)
        self.add_button(self.consent)
        self.hide()

    def stop(self, words: str) -> None:
        """Show what is wanting; nothing hides it."""
        self.say(veil_of(self._desk).text(sentence(words)))
        self.setVisible(bool(words))

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
        dialog = consent_for(
            self._desk, self.window(), self._client_id, self._recipient(), self.way
        )
        dialog.closed.connect(self.looked_again)


def consent_for(
    desk: Desk, window: QWidget, client: int, recipient: str, way: Way = Way.TO, why: str = ""
) -> ConsentDialog:
    """Open a new consent that names somebody, over the window; say in it `why` it is needed.

    A form that was begun for somebody else is not given to them, unless it says nothing yet.
    """
    dialog = open_consent(desk, window, client)
    readers, tr = dialog.fields.readers, desk.words.tr
    if readers.keys and recipient not in readers.keys:
        if dialog.draft.beside_readers() == dialog.untouched.beside_readers():
            dialog.back.start_over.emit()
        else:
            other = tr("This form was begun for somebody else: finish it, or start over.")
            why = " ".join(filter(None, (sentence(why), other)))
    if not readers.keys and any(known(recipient)):
        readers.choose(desk.ask(contacts.named, (recipient,)))
        if way is not Way.TO:
            dialog.fields.more.begin_with(way)
        readers.picked.emit()
    if why:
        dialog.say_trouble(veil_of(desk).text(sentence(why)))
    return dialog


def sentence(words: str) -> str:
    """Begin with a capital, and end with a full stop."""
    said = words[:1].upper() + words[1:]
    return said if not said or said.endswith(".") else f"{said}."
