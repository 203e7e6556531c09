"""Text of any length: grows with what is written, at the design's line height, plain text only."""

from typing import Literal

from PySide6.QtCore import QEvent, QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QFont, QResizeEvent, QTextBlockFormat, QTextCursor
from PySide6.QtWidgets import QSizePolicy, QTextEdit, QWidget

from cmdesk.ui import look
from cmdesk.ui.tokens import Role


class TextEdit(QTextEdit):
    """Signal `edited`: the user typed. `set_text` is silent."""

    edited = Signal()

    def __init__(
        self,
        name: str,
        *,
        placeholder: str = "",
        lines: int = 3,
        role: Role = "reading",
        kind: Literal["", "bare"] = "",
        parent: QWidget | None = None,
    ) -> None:
        """`lines` is the least height, in lines of text."""
        super().__init__(parent)
        self._role: Role = role
        self._lines, self._loading = lines, False
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(name)
        self.setProperty("kind", kind)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(2)
        self._set_face()
        self.textChanged.connect(self._on_changed)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)

    def text(self) -> str:
        return self.toPlainText()

    def set_text(self, text: str) -> None:
        """Show text. Silent: this is not the user's doing. It can't be undone by typing Ctrl+Z."""
        self._loading = True
        self.setPlainText(text)
        self._space_lines()
        self.document().clearUndoRedoStacks()
        self._loading = False
        self._fit()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste words only; line breaks become the plain kind."""
        if source.hasText():
            self.textCursor().insertText(source.text().replace("\r\n", "\n").replace("\r", "\n"))

    def sizeHint(self) -> QSize:
        return QSize(look.px(320), self._wanted())

    def minimumSizeHint(self) -> QSize:
        return QSize(look.px(120), self._wanted())

    def _face(self) -> QFont:
        return look.font(self._role)

    def _set_face(self) -> None:
        self.setFont(self._face())
        self.viewport().setFont(self._face())  # the placeholder's, which nothing hands on
        self._space_lines()
        self._fit()

    def _space_lines(self) -> None:
        was, self._loading = self._loading, True
        spacing = QTextBlockFormat()
        spacing.setLineHeight(
            look.line_height(self._role), QTextBlockFormat.LineHeightTypes.FixedHeight.value
        )
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.mergeBlockFormat(spacing)
        self._loading = was

    def _wanted(self) -> int:
        chrome = self.height() - self.viewport().height() if self.isVisible() else look.px(14)
        least = self._lines * look.line_height(self._role) + 4
        return max(least, round(self.document().size().height())) + chrome

    def _fit(self) -> None:
        if self.height() != self._wanted():
            self.setFixedHeight(self._wanted())
            self.updateGeometry()

    def _on_changed(self) -> None:
        if not self._loading:
            self.edited.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._set_face()
