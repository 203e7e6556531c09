"""The agreement on the rail: one’s own role, how soon one answers, what counts after hours."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cmdesk.casework.client_form import Agreement
from cmdesk.ui.desk import Desk
from cmdesk.ui.icons import Icon
from cmdesk.ui.parts.veil import Veil
from cmdesk.ui.widgets.button import IconButton
from cmdesk.ui.widgets.card import column, headed, line
from cmdesk.ui.widgets.label import Label


class AgreementCard(QWidget):
    """Out of sight while nothing of it is on record. Signal `asked`: change it."""

    asked = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._veil, self._tr = Veil(desk), desk.words.tr
        whole = column(self)
        whole.addSpacing(12)
        whole.addWidget(line())
        whole.addSpacing(11)
        self.open = IconButton(Icon.PENCIL, self._tr("Your agreement"), size="small")
        self.open.clicked.connect(self.asked)
        whole.addLayout(headed(self._tr("Your agreement"), self.open))
        whole.addSpacing(4)
        self.role = Label("", "body", wrap=True)
        self.answers, self.after_hours = (
            Label("", "small", "text2", wrap=True),
            Label("", "small", "text2", wrap=True),
        )
        for each in (self.role, self.answers, self.after_hours):
            whole.addWidget(each)

    def show_agreement(self, found: Agreement) -> None:
        """Say what is on record; what is not takes no room."""
        for label, words, said in (
            (self.role, "{text}", found.role),
            (self.answers, self._tr("You answer within: {text}"), found.answers),
            (self.after_hours, self._tr("After hours: {text}"), found.after_hours),
        ):
            label.setText(words.format(text=self._veil.text(said)))
            label.setVisible(bool(said))
        self.setVisible(found != Agreement())
