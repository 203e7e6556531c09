"""One line to add a next step: what, and by when."""

from datetime import date

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

    @property
    def typed(self) -> tuple[str, date | None]:
        """What is typed so far, and its day."""
        return self.what.text(), self.when.day

    def show_typed(self, text: str = "", due: date | None = None) -> None:
        """Show what was typed before; with nothing, be empty and out of the way."""
        self.what.setText(text)
        self.when.set_day(due)
        self.setVisible(bool(text))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            return
        super().keyPressEvent(event)
