"""What is said of the words in one editor: drawn under them, and a menu with better ones."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QMenu, QTextEdit

from cmdesk.casework import spelling
from cmdesk.casework.spelling import Personal, Unknown
from cmdesk.rules.language_guess import remark
from cmdesk.rules.plain_words import WORDING, Advice, Kind
from cmdesk.ui import look
from cmdesk.ui.widgets.text_edit import TextEdit
from cmdesk.words import N_, Words

WHY = {
    Kind.JARGON: N_("Say it in plainer words"),
    Kind.STIGMA: N_("Say it more kindly"),
    Kind.ABBREVIATION: N_("Write it out"),
    Kind.ASKS: N_("One ask is enough"),
    Kind.DAY: N_("Name the day"),
    Kind.GRADE: N_("Hard to read"),
}
Said = Advice | Unknown
Underline = QTextCharFormat.UnderlineStyle


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found in a text, in its order. Places are counted in signs of the text."""

    text: str = ""
    advice: tuple[Advice, ...] = ()
    unknown: tuple[Unknown, ...] = ()
    language: str = "en"
    own: Personal = field(default_factory=Personal)
    checked: bool = False  # against the dictionary

    @property
    def all(self) -> list[Said]:
        shown = [each for each in self.advice if each.kind is not Kind.GRADE]
        return sorted([*shown, *self.unknown], key=lambda each: (each.start, each.end))


class TextWords(QObject):
    """Marks one editor and goes when it goes.

    Signals `onward`: the next one is asked for by key, `learned(str)` and `unlearned(str)`: a word
    for the dictionary, or out of it.
    """

    onward = Signal()
    learned = Signal(str)
    unlearned = Signal(str)

    def __init__(self, words: Words, typed: TextEdit) -> None:
        super().__init__(typed)
        self._words, self.typed = words, typed
        self.findings = Findings()
        self.menu: QMenu | None = None
        self._drawn_at = -1
        typed.installEventFilter(self)
        typed.viewport().installEventFilter(self)

    def show(self, findings: Findings) -> None:
        """Draw these; what is typed on moves the lines along until the next ones come."""
        self.findings = findings
        self.typed.setExtraSelections([self._drawn(each) for each in findings.all])
        self._drawn_at = self.typed.document().revision()

    def draw_again(self) -> None:
        """Words that were set anew, even the very same, have lost their lines."""
        if self._drawn_at != self.typed.document().revision():
            self.show(self.findings)

    def _drawn(self, each: Said) -> QTextEdit.ExtraSelection:
        drawn = QTextEdit.ExtraSelection()
        face = QTextCharFormat()
        if isinstance(each, Unknown):
            face.setUnderlineStyle(Underline.WaveUnderline)
            face.setUnderlineColor(look.colour("accent"))
        else:
            plain = each.kind in WORDING
            face.setUnderlineStyle(Underline.SingleUnderline if plain else Underline.DotLine)
            face.setUnderlineColor(look.colour("warn"))
        # What the stubs of Qt leave out of this small record.
        drawn.format = face  # pyright: ignore[reportAttributeAccessIssue]
        drawn.cursor = self._over(each)  # pyright: ignore[reportAttributeAccessIssue]
        return drawn

    def _over(self, each: Said) -> QTextCursor:
        text = self.findings.text
        cursor = QTextCursor(self.typed.document())
        cursor.setPosition(units(text, each.start))
        cursor.setPosition(units(text, each.end), QTextCursor.MoveMode.KeepAnchor)
        return cursor

    # Going from one to the next.

    def after(self, place: int) -> Said | None:
        """Return the first one that begins at or after a place in Qt's count."""
        text = self.findings.text
        return next((each for each in self._sound() if units(text, each.start) >= place), None)

    def choose(self, each: Said) -> None:
        self.typed.setTextCursor(self._over(each))
        self.typed.setFocus(Qt.FocusReason.OtherFocusReason)

    def at(self, place: int) -> list[Said]:
        """Return what is said of a place, the shortest stretch first."""
        text = self.findings.text
        found = [
            each
            for each in self._sound()
            if units(text, each.start) <= place <= units(text, each.end)
        ]
        return sorted(found, key=lambda each: each.end - each.start)

    def _sound(self) -> Sequence[Said]:
        """Give what was found, unless the text has changed since."""
        return self.findings.all if self.findings.text == self.typed.text() else []

    def why(self, each: Said) -> str:
        """Say in words what there is about a stretch of text."""
        tr = self._words.tr
        if isinstance(each, Unknown):
            return tr("Not in the dictionary")
        if each.kind is Kind.LONG:
            return tr("{n} words in one sentence").format(n=each.figure)
        if each.kind is Kind.LANGUAGE:
            return tr(remark(self.findings.text, self.findings.language))
        return tr(WHY[each.kind])

    # The menu.

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QContextMenuEvent):
            if event.reason() == QContextMenuEvent.Reason.Keyboard:
                self._open_at_caret()
            else:
                place = self.typed.cursorForPosition(event.pos()).position()
                self._open(place, event.globalPos())
            return True
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._on_key(event)
        return super().eventFilter(watched, event)

    def _on_key(self, event: QKeyEvent) -> bool:
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        )
        if event.key() == Qt.Key.Key_F7 and plain:
            self.onward.emit()
            return True
        shift = event.modifiers() == Qt.KeyboardModifier.ShiftModifier
        asked = event.key() == Qt.Key.Key_Menu and plain
        if asked or (event.key() == Qt.Key.Key_F10 and shift):
            self._open_at_caret()
            return True
        entered = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if entered and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self._open_at_caret()
            return True
        return False

    def _open_at_caret(self) -> None:
        below = self.typed.viewport().mapToGlobal(self.typed.cursorRect().bottomLeft())
        self._open(self.typed.textCursor().selectionStart(), below)

    def _open(self, place: int, at: QPoint) -> None:
        if self.menu is not None and self.menu.isVisible():
            return  # some systems tell of the key, and then of the menu it asks for
        self.menu = self.menu_at(place)
        self.menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.menu.destroyed.connect(self._forget_menu)
        self.menu.popup(at)

    def _forget_menu(self) -> None:
        self.menu = None

    def menu_at(self, place: int) -> QMenu:
        """Make the usual menu of a text, with what is said of this place on top."""
        menu = self.typed.createStandardContextMenu()
        usual = menu.actions()
        for each in self.at(place):
            self._fill(menu, each)
        self._offer_to_forget(menu, place)
        ours = menu.actions()[len(usual) :]
        for action in usual if ours else ():  # behind what is said of the place
            menu.removeAction(action)
            menu.addAction(action)
        can = next((action for action in ours if action.isEnabled()), None)
        if can is not None:
            menu.setActiveAction(can)
        return menu

    def _offer_to_forget(self, menu: QMenu, place: int) -> None:
        cursor = QTextCursor(self.typed.document())
        cursor.setPosition(place)
        cursor.select(QTextCursor.SelectionType.WordUnderCursor)
        word = cursor.selectedText()
        if spelling.was_added(word, self.findings.own):
            take = menu.addAction(self._words.tr("Take out of the dictionary"))
            take.triggered.connect(partial(self.unlearned.emit, word))
            menu.addSeparator()

    def _fill(self, menu: QMenu, each: Said) -> None:
        tr = self._words.tr
        menu.addAction(self.why(each)).setEnabled(False)
        findings = self.findings
        if isinstance(each, Advice):
            offers = each.offers
        else:
            offers = spelling.suggest(each.word, findings.language, findings.own)
        for offer in offers:
            menu.addAction(_literal(offer)).triggered.connect(partial(self._put, each, offer))
        if isinstance(each, Unknown):
            if not offers:
                menu.addAction(tr("No similar word")).setEnabled(False)
            menu.addSeparator()
            learn = menu.addAction(tr("Add to dictionary"))
            learn.triggered.connect(partial(self.learned.emit, each.word))
        menu.addSeparator()

    def _put(self, each: Said, offer: str) -> None:
        """Write the offer as if typed: Ctrl+Z in the text brings the old words back."""
        if self.findings.text == self.typed.text():
            self._over(each).insertText(offer)
            self.typed.setFocus(Qt.FocusReason.OtherFocusReason)


def _literal(words: str) -> str:
    return words.replace("&", "&&")


def units(text: str, place: int) -> int:
    """Count as Qt does, which takes two for a sign beyond the first plane."""
    return place if text.isascii() else place + sum(1 for each in text[:place] if each > "\uffff")


__all__ = ["Findings", "Said", "TextWords", "units"]
