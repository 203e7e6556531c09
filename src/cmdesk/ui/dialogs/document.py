"""A file of the vault, looked at inside the program: nothing is written to disk."""

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QWidget

from cmdesk.casework import documents
from cmdesk.ui.desk import Desk
from cmdesk.ui.overlay import Dialog, open_over
from cmdesk.ui.parts.letter_preview import LetterPreview
from cmdesk.ui.widgets.card import scrolled
from cmdesk.ui.widgets.label import Label

WIDE = 720


class DocumentDialog(Dialog):
    """Shows a PDF or a picture; of anything else, why it can't be shown."""

    _noted = True  # that it was opened; not before it is built

    def __init__(self, desk: Desk, document_id: int) -> None:
        tr = desk.words.tr
        shown = desk.ask(documents.row, document_id)
        super().__init__(shown.title, width=WIDE, close_word=tr("Close"))
        content = desk.ask(documents.content, document_id)
        self.body.addWidget(self._view(desk, content, shown.media_type), 1)
        self._desk, self._ref, self._noted = desk, shown.ref, False

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and not self._noted:
            self._noted = True
            QTimer.singleShot(0, self, self._note_viewed)
        return super().event(event)

    def _note_viewed(self) -> None:
        """Add to the audit trail that this file was opened, once it is painted."""
        self._desk.note(self, f"Document {self._ref} opened", "view")

    def _view(self, desk: Desk, content: bytes, media_type: str) -> QWidget:
        if media_type == "application/pdf" and content.startswith(b"%PDF"):
            preview = LetterPreview(desk)
            preview.show_pdf(content)
            return preview
        picture = QPixmap()
        if picture.loadFromData(content):
            label = Label("")
            label.setPixmap(picture.scaledToWidth(min(picture.width(), WIDE - 64)))
            return scrolled(label, self.title.text())
        words = desk.words.tr("This kind of file can’t be shown inside. Export it to see it.")
        return Label(words, "body", "text2", wrap=True)


def open_document(desk: Desk, parent: QWidget, document_id: int) -> DocumentDialog:
    dialog = DocumentDialog(desk, document_id)
    open_over(parent, dialog)
    return dialog
