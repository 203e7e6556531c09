"""Typing is kept as a draft in the vault: as one types, when focus leaves, when one closes."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from shiboken6 import isValid

from cmdesk.casework import drafts
from cmdesk.casework.drafts import Kept
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs import last_try
from cmdesk.ui.dialogs.last_try import LastTry
from cmdesk.ui.overlay import Dialog
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.label import Label
from cmdesk.ui.widgets.text_edit import TextEdit
from cmdesk.words import Words

Editor = QLineEdit | TextEdit
PAUSE: Final = 1800  # milliseconds from a key until it is kept: under two seconds with the write


class Caret:
    """Where one was typing, so that a draft opens again at that place."""

    def __init__(self, editors: Mapping[str, Editor], at_first: str) -> None:
        """Take the editors by name; `at_first` is the one to go to when none was typed in."""
        self._editors, self._name = editors, at_first

    def where(self) -> dict[str, Any]:
        """Tell the editor and the place in it; the last one, while a button has the focus."""
        focus = QApplication.focusWidget()
        for name, editor in self._editors.items():
            if editor is focus:
                self._name = name
        editor = self._editors[self._name]
        place = (
            editor.textCursor().position()
            if isinstance(editor, TextEdit)
            else editor.cursorPosition()
        )
        return {"caret_in": self._name, "caret_at": place}

    def put(self, kept: Mapping[str, Any]) -> Editor:
        """Put the caret where a kept draft had it; answer the editor to focus."""
        name = str(kept.get("caret_in"))
        if name in self._editors:
            self._name = name
        editor, at = self._editors[self._name], kept.get("caret_at")
        place = at if isinstance(at, int) else 0
        if isinstance(editor, TextEdit):
            cursor = editor.textCursor()
            cursor.setPosition(max(0, min(place, len(editor.text()))))
            editor.setTextCursor(cursor)
        else:
            editor.setCursorPosition(place)
        return editor


def editors_in(dialog: QWidget) -> dict[str, Editor]:
    """Name each editor in sight by what it is called, and by its place among those called so."""
    found: dict[str, Editor] = {}
    for each in dialog.findChildren(QWidget):
        if isinstance(each, QLineEdit | TextEdit) and each.isVisibleTo(dialog):
            called = each.accessibleName()
            place = sum(name.startswith(f"{called}/") for name in found)
            found[f"{called}/{place}"] = each
    return found


class DraftBack(QObject):
    """Says at the head of a dialog that a draft is back. Signal `start_over`: it is not wanted."""

    start_over = Signal()

    def __init__(self, dialog: Dialog, words: Words) -> None:
        super().__init__(dialog)
        self.label = Label(words.tr("Your draft is back"), "small", "text2")
        self.button = Button(words.tr("Start over"), "link", size="small")
        self.button.clicked.connect(self.start_over)
        place = dialog.head.count() - 1
        dialog.head.insertWidget(place, self.label)
        dialog.head.insertWidget(place + 1, self.button)
        self.show(came=False)

    def show(self, *, came: bool) -> None:
        self.label.setVisible(came)
        self.button.setVisible(came)


class Keeper(QObject):
    """Signal `told(str)`: the draft is kept (empty), or why it is not.

    Signal `trouble(str)`: why it is not, and empty once it is after all.

    A draft goes through the store's queue of writes, outside undo and audit.
    """

    told = Signal(str)
    trouble = Signal(str)

    def __init__(
        self,
        desk: Desk,
        dialog: QWidget,
        key: str,
        body: Callable[[], dict[str, Any]],
        client: Callable[[], int | None],
    ) -> None:
        """Keep what `body` gives under `key`; `client` is whom it is about so far."""
        super().__init__(dialog)
        self.key = key
        self._desk, self._dialog = desk, dialog
        self._body, self._client = body, client
        self._unkept = False
        self.stuck = False  # what is typed is in memory alone, and that was said
        self._typed_in: QWidget | None = None  # the editor that had the focus last
        self._pause = QTimer(self, interval=PAUSE, singleShot=True)
        self._pause.timeout.connect(self.keep_now)
        desk.closing.connect(self.keep_now)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus_changed)

    def touch(self) -> None:
        """Something was typed. Whoever never pauses is kept, too: the clock is not set back."""
        self._unkept = True
        if not self._pause.isActive():
            self._pause.start()

    @Slot()
    def keep_now(self) -> None:
        """Write what is not kept yet."""
        self._pause.stop()
        if not self._unkept:
            return
        self._unkept = False
        key, body, client = self.key, self._whole(), self._client()
        # Handed to the desk, not to the dialog: that may be gone before the answer comes.
        held = LastTry(self._desk, key, body, client, partial(self._take_back, key))
        held.done.connect(self._on_kept)
        held.go()

    def kept(self) -> Kept | None:
        """Return what was typed here before, the newest of it, also while it waits for room."""
        return last_try.newest(self._desk, self.key)

    def place(self, otherwise: QWidget) -> QWidget:
        """Put the caret where the kept draft had it; answer the editor to focus."""
        kept, editors = self.kept(), editors_in(self._dialog)
        name = str(kept.body.get("caret_in")) if kept else ""
        return Caret(editors, name).put(kept.body) if kept and name in editors else otherwise

    def _whole(self) -> dict[str, Any]:
        """Give what is typed, and where; a page may know the place better."""
        body, editors = self._body(), editors_in(self._dialog)
        here: dict[QWidget | None, str] = {each: name for name, each in editors.items()}
        last = (QApplication.focusWidget(), self._typed_in)
        name = next((here[each] for each in last if each in here), "")
        return (Caret(editors, name).where() if name else {}) | body

    def forget(self) -> None:
        """Stop keeping: it is saved, or was thrown away."""
        self._pause.stop()
        self._unkept = self.stuck = False
        last_try.let_be(self._desk, self.key)

    def turn(self, key: str) -> None:
        """Keep what is typed so far as it is, and what comes under another key."""
        self.keep_now()
        self.key = key

    def throw_away(self) -> None:
        """Take the kept draft out of the vault."""
        self.forget()
        self._desk.do(self, "Throw draft away", drafts.discard, self.key)

    @Slot()
    def _on_kept(self) -> None:
        was, self.stuck = self.stuck, False
        self.told.emit("")
        if was:
            self.trouble.emit("")

    def _take_back(self, key: str, error: BaseException) -> bool:
        """Keep typing in memory and say so; it is tried again by itself, and when it closes.

        No, once the dialog is gone, or its page shows another draft: then it is tried elsewhere.
        """
        if not vars(self) or not isValid(self) or self._desk.leaving:
            return False
        if key != self.key or not self._dialog.isVisible():
            return False
        self._unkept = self.stuck = True
        self._pause.start()
        self.told.emit(str(error))
        self.trouble.emit(str(error))
        return True

    @Slot(QWidget, QWidget)
    def _on_focus_changed(self, old: QWidget | None, now: QWidget | None) -> None:
        # A dialog on its way out still hears of the focus it loses, a keeper even when it is empty.
        if not vars(self) or not isValid(self._dialog):
            return
        if isinstance(now, QLineEdit | TextEdit) and self._dialog.isAncestorOf(now):
            self._typed_in = now
        if old is not None and self._dialog.isAncestorOf(old):
            self.keep_now()
