"""Where things stand: three lines kept by hand above the log, edited in place."""

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget

from cmdesk.ui.desk import Desk
from cmdesk.ui.icons import Icon
from cmdesk.ui.parts import phrases
from cmdesk.ui.parts.veil import Veil
from cmdesk.ui.widgets.button import Button, IconButton
from cmdesk.ui.widgets.card import column, row
from cmdesk.ui.widgets.label import Label
from cmdesk.ui.widgets.text_edit import TextEdit


class StandingCard(QFrame):
    """Signals `saved(str)`: new words; `typed`: they are being written; `dropped`: not kept."""

    saved = Signal(str)
    typed = Signal()
    dropped = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, self._kept, self._veil = desk, "", Veil(desk)
        tr = desk.words.tr
        self.setProperty("kind", "card")
        self.setAccessibleName(tr("Where things stand"))
        whole = column(self)
        whole.setContentsMargins(16, 8, 10, 14)
        head = row(gap=0)
        head.addWidget(Label(tr("Where things stand"), "strong"))
        head.addStretch(1)
        self._when = Label("", "small", "text2")
        head.addWidget(self._when)
        self.pencil = IconButton(Icon.PENCIL, tr("Edit where things stand"), size="small")
        self.pencil.clicked.connect(self.edit)
        keeps = self.pencil.sizePolicy()
        keeps.setRetainSizeWhenHidden(True)
        self.pencil.setSizePolicy(keeps)
        head.addWidget(self.pencil)
        whole.addLayout(head)
        self._text = Label("", "reading", wrap=True)
        self._text.setContentsMargins(0, 0, 6, 0)
        whole.addWidget(self._text)
        self._editing = QWidget()
        self._make_editor(self._editing)
        self._editing.hide()
        whole.addWidget(self._editing)

    def _make_editor(self, home: QWidget) -> None:
        tr = self._desk.words.tr
        lines = column(home, gap=8)
        lines.setContentsMargins(0, 4, 6, 0)
        self.editor = TextEdit(tr("Where things stand"), lines=3)
        self.editor.edited.connect(self.typed)
        lines.addWidget(self.editor)
        buttons = row()
        buttons.addStretch(1)
        cancel = Button(tr("Cancel"), "plain", size="small")
        cancel.clicked.connect(self.cancel)
        self.save_button = Button(tr("Save"), "primary", size="small", keys="Ctrl+Return")
        self.save_button.clicked.connect(self.save)
        buttons.addWidget(cancel)
        buttons.addWidget(self.save_button)
        lines.addLayout(buttons)

    @property
    def editing(self) -> bool:
        return self._editing.isVisibleTo(self)

    def show_text(self, text: str, at: datetime | None) -> None:
        """Show what is kept; what is being typed stays."""
        words = self._desk.words
        self._kept = text
        self._text.setText(
            self._veil.text(text) or words.tr("Say in three lines where things stand.")
        )
        self._text.set_ink("text" if text else "text3")
        day = phrases.wrote(words, at.date(), self._desk.today()) if at and text else ""
        self._when.setText(day)

    def edit(self, text: str | None = None) -> None:
        """Begin to write, from what is kept or from words saved before."""
        self.editor.set_text(self._kept if not isinstance(text, str) else text)
        self._switch(editing=True)
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        self.editor.moveCursor(self.editor.textCursor().MoveOperation.End)

    def _switch(self, *, editing: bool) -> None:
        self._text.setVisible(not editing)
        self._editing.setVisible(editing)
        self.pencil.setVisible(not editing)

    def save(self) -> None:
        words = self.editor.text().strip()
        self.close_editor()
        if words != self._kept:
            self.saved.emit(words)
        else:
            self.dropped.emit()

    def cancel(self) -> None:
        self.close_editor()
        self.dropped.emit()

    def close_editor(self) -> None:
        self._switch(editing=False)
        self.pencil.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if self.editing and enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.save()
        elif self.editing and event.key() == Qt.Key.Key_Escape:
            self.cancel()
        else:
            super().keyPressEvent(event)
