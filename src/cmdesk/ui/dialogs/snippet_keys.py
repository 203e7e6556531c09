"""In running text, `;name` and a space become the words the user keeps under that name."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QTextCursor

from cmdesk.casework import snippets
from cmdesk.casework.snippets import Kept
from cmdesk.rules.snippets import typed
from cmdesk.ui.desk import Desk
from cmdesk.ui.widgets.text_edit import TextEdit


class SnippetKeys(QObject):
    """Signal `expanded(Kept)`: a snippet was put in. One Ctrl+Z takes its words out again."""

    expanded = Signal(object)

    def __init__(self, desk: Desk, edit: TextEdit) -> None:
        super().__init__(edit)
        self._desk, self._edit = desk, edit
        self._kept: dict[str, Kept] | None = None
        edit.edited.connect(self._on_edited)

    def forget(self) -> None:
        """Read the snippets again: they may have been changed."""
        self._kept = None

    def _on_edited(self) -> None:
        cursor = self._edit.textCursor()
        block, place = cursor.block().text(), cursor.positionInBlock()
        if place < 2 or not block[place - 1].isspace() or ";" not in block[:place]:
            return  # nearly every key: nothing is looked up
        name = typed(block, place)
        kept = self._find(name) if name else None
        if kept is None:
            return
        cursor.setPosition(cursor.position() - len(name) - 2)
        cursor.movePosition(
            QTextCursor.MoveOperation.NextCharacter, QTextCursor.MoveMode.KeepAnchor, len(name) + 1
        )
        cursor.insertText(kept.text)
        self.expanded.emit(kept)

    def _find(self, name: str) -> Kept | None:
        if self._kept is None:
            self._kept = {each.name: each for each in self._desk.ask(snippets.all_snippets)}
        return self._kept.get(name)
