"""A secret to type: shown on demand, pasted if wished, and Caps Lock told."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from cmdesk.ui import look
from cmdesk.ui.icons import Icon
from cmdesk.ui.widgets.button import IconButton
from cmdesk.words import Words

EYE = 24  # px at 100 %


class PassphraseField(QLineEdit):
    """Signal `caps_lock(bool)`: as far as the typed letters tell; Qt has no other way to know."""

    caps_lock = Signal(bool)

    def __init__(self, words: Words, *, size: str = "large", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words, self._caps = words, False
        self.setProperty("grade", size)
        self.setAccessibleName(words.tr("Passphrase"))
        self.setEchoMode(QLineEdit.EchoMode.Password)
        # No input method may learn it, no context menu undo may keep it.
        self.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhNoAutoUppercase
        )
        self.eye = IconButton(Icon.EYE, "", "inside", parent=self)
        self.eye.setCursor(Qt.CursorShape.ArrowCursor)
        self.eye.clicked.connect(self._on_eye)
        self.textChanged.connect(self._set_face)
        self.show_text(shown=False)

    def show_text(self, *, shown: bool) -> None:
        modes = QLineEdit.EchoMode
        self.setEchoMode(modes.Normal if shown else modes.Password)
        name = self._words.tr("Hide what is typed") if shown else self._words.tr("Show the text")
        self.eye.show_as(Icon.EYE_OFF if shown else Icon.EYE, name)
        self._set_face()

    def _set_face(self) -> None:
        face = look.font("reading")
        # Dots stand apart; the words that show while nothing is typed do not.
        if self.text() and self.echoMode() == QLineEdit.EchoMode.Password:
            face.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, look.px(5))
        self.setFont(face)
        self.setTextMargins(0, 0, look.px(28), 0)

    def forget(self) -> None:
        """Empty the field and what it could bring back."""
        self.clear()
        self.setModified(False)
        self.show_text(shown=False)

    def _on_eye(self) -> None:
        self.show_text(shown=self.echoMode() == QLineEdit.EchoMode.Password)
        self.setFocus()

    def _tell_caps(self, *, on: bool) -> None:
        if on != self._caps:
            self._caps = on
            self.caps_lock.emit(on)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        typed = event.text()
        if event.key() == Qt.Key.Key_CapsLock:
            self._tell_caps(on=not self._caps)
        elif len(typed) == 1 and typed.isalpha() and typed.upper() != typed.lower():
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._tell_caps(on=typed.isupper() != shift)
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_eye()

    def _place_eye(self) -> None:
        side = look.px(EYE)  # not its own width: at a change of style that comes later
        self.eye.move(self.width() - side - 8, (self.height() - side) // 2)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._set_face()
            self._place_eye()
