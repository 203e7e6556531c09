"""Where one types in a letter: kept with its draft, and found again when it is opened."""

from typing import Any

from PySide6.QtCore import Qt

from cmdesk.casework import letter_drafts
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.keeping import Caret
from cmdesk.ui.parts.letter_editor import LetterEditor

FIRST = "headline"


class LetterCaret:
    """While a button has the focus, it is where one typed last."""

    def __init__(self, desk: Desk, editor: LetterEditor) -> None:
        self._desk, self._editor = desk, editor
        self._last = FIRST

    def where(self) -> dict[str, Any]:
        """Return it as drafts keep it."""
        editors = self._editor.editors()  # anew: paragraphs come and go
        found = Caret(editors, self._last if self._last in editors else FIRST).where()
        self._last = found["caret_in"]
        return found

    def put(self, key: str) -> None:
        """Go on where the draft of this key was left."""
        kept = self._desk.ask(letter_drafts.find, key)
        here = Caret(self._editor.editors(), FIRST).put(kept.body if kept else {})
        here.setFocus(Qt.FocusReason.OtherFocusReason)


__all__ = ["LetterCaret"]
