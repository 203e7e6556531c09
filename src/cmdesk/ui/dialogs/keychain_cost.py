"""What it costs to let this computer's keychain open the records, before it may."""

from PySide6.QtCore import Signal

from cmdesk.ui.desk import Desk
from cmdesk.ui.overlay import Dialog
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.label import Label
from cmdesk.ui.widgets.note import Note


class KeychainCost(Dialog):
    """Signal `agreed`: the user knows what it costs and wants it."""

    agreed = Signal()

    def __init__(self, desk: Desk) -> None:
        tr = desk.words.tr
        title = tr("Open with this computer’s keychain")
        super().__init__(title, width=520, close_word=tr("Close"))
        text = tr(
            "cmdesk keeps a third key in the keychain of your account on this computer. The door "
            "then offers to open your records without the passphrase."
        )
        self.body.addWidget(Label(text, "body", "text2", wrap=True))
        cost = tr(
            "Whoever can use your account on this computer can then open every record. At a lock, "
            "only the computer’s own sign-in stands between them and your clients."
        )
        self.body.addWidget(Note(cost, "warn"))
        stays = tr(
            "Your passphrase and your recovery sheet go on working. You can turn this off at any "
            "time; the key in the keychain opens nothing from then on."
        )
        self.body.addWidget(Label(stays, "body", "text2", wrap=True))
        self.add_foot()
        leave = Button(tr("Leave it off"), "primary")
        leave.clicked.connect(self.close_dialog)
        self.agree = Button(tr("Turn it on"))
        self.agree.clicked.connect(self._on_agreed)
        self.foot.addStretch(1)
        self.foot.addWidget(self.agree)
        self.foot.addWidget(leave)

    def _on_agreed(self) -> None:
        self.agreed.emit()
        self.close_dialog()
