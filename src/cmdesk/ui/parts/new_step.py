"""One line to add a next step: what, and by when."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from cmdesk.ui import look
from cmdesk.ui.desk import Desk
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.card import column, row
from cmdesk.ui.widgets.date_field import DateField
from cmdesk.ui.widgets.field import Remark, line_edit


class NewStep(QWidget):
    """Signal `added(str, date or None)`. Enter adds, Esc puts it away."""

    added = Signal(str, object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        tr = desk.words.tr
        whole = column(self, gap=6)
        whole.setContentsMargins(0, 6, 0, 0)
        self.what = line_edit(tr("What is next?"), size="small")
        whole.addWidget(self.what)
        below = row(gap=8)
        self.when = DateField(desk.today, show=desk.words.month_day, name=tr("By when"))
        self.when.setPlaceholderText(tr("By when, or empty"))
        self.when.setProperty("size", "small")
        below.addWidget(self.when, 1)
        self.add = Button(tr("Add"), size="small")
        self.add.clicked.connect(self._add)
        below.addWidget(self.add)
        whole.addLayout(below)
        self._remark = Remark()
        whole.addWidget(self._remark)
        self.when.faulty.connect(self._remark.say)
        self.what.returnPressed.connect(self._add)
        self.when.returnPressed.connect(self._add)
        self.setMinimumWidth(look.px(120))

    def begin(self) -> None:
        self.show()
        self.what.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add(self) -> None:
        text = self.what.text().strip()
        if not text or not self.when.check():
            return
        self.hide()
        self.added.emit(text, self.when.day)

    def taken(self, _number: object) -> None:
        """Be empty for the next: this step is saved."""
        self.what.clear()
        self.when.set_day(None)
        self._desk.done(self._desk.words.tr("Next step added"))

    def not_taken(self, error: BaseException) -> None:
        """Show what was typed again: it could not be saved."""
        self._desk.say.failure(error)
        self.begin()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            return
        super().keyPressEvent(event)
