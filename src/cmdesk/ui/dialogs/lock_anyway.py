"""Asks before a lock by hand takes words along that can't be kept; no other lock asks anybody."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QWidget

from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.keeping import Keeper
from cmdesk.ui.dialogs.last_try import LastTry
from cmdesk.ui.lock import CHORD
from cmdesk.ui.overlay import Dialog, open_over
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.label import Label

WIDE = 480


def words_at_risk(window: QWidget, desk: Desk) -> bool:
    """Tell whether something typed is in memory alone: the keys that could seal it go with it."""
    holders = (*window.findChildren(Keeper), *desk.findChildren(LastTry))
    return any(each.stuck for each in holders)


def ask_first(window: QWidget, desk: Desk) -> "LockAnyway | None":
    """Ask, where words would be lost and nobody is in a hurry: the keys for it lock at once."""
    hurried = QApplication.keyboardModifiers() == CHORD.keyboardModifiers()
    if hurried or not words_at_risk(window, desk):
        return None
    dialog = LockAnyway(desk)
    open_over(window, dialog, dialog.stay)
    return dialog


class LockAnyway(Dialog):
    """Signal `confirmed`: the words may go."""

    confirmed = Signal()

    def __init__(self, desk: Desk) -> None:
        tr = desk.words.tr
        super().__init__(tr("Lock anyway?"), width=WIDE, close_word=tr("Close"))
        words = tr("What you typed last can’t be kept: the disk is full. A lock loses it.")
        self.body.addWidget(Label(words, "body", wrap=True))
        self.add_foot()
        self.stay = Button(tr("Stay here"))
        self.lock = Button(tr("Lock anyway"), "danger")
        self.foot.addStretch(1)
        self.foot.addWidget(self.stay)
        self.foot.addWidget(self.lock)
        self.stay.clicked.connect(self.close_dialog)
        # Not from within: whoever is being told of the click is about to be destroyed.
        later = Qt.ConnectionType.QueuedConnection
        self.lock.clicked.connect(self.confirmed, later)
        desk.say.announce(words, at_once=True)
