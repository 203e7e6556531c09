"""The lines a letter is written in: headline, glance and paragraph."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Generic, TypeVar

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFont, QPaintEvent, QTextCursor
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from shiboken6 import isValid

from cmdesk.casework import letter_prompts as prompts
from cmdesk.casework.drafting import Passage
from cmdesk.rules.letter import Glance
from cmdesk.ui import look
from cmdesk.ui.desk import Desk
from cmdesk.ui.icons import Icon
from cmdesk.ui.parts import phrases
from cmdesk.ui.theme import register_fonts
from cmdesk.ui.widgets.button import Button, IconButton
from cmdesk.ui.widgets.card import column, row
from cmdesk.ui.widgets.label import Label
from cmdesk.ui.widgets.note import Note
from cmdesk.ui.widgets.text_edit import TextEdit
from cmdesk.words import Words

EDGE = 32
LABEL = 104
T = TypeVar("T")
Typed = TextEdit | QLineEdit


class Headline(TextEdit):
    """The letter's first words, in the letter's own face."""

    def _face(self) -> QFont:
        register_fonts("Literata")
        face = QFont("Literata")
        face.setPixelSize(look.px(22))
        face.setWeight(QFont.Weight.DemiBold)
        return face


def bare(name: str, text: str, placeholder: str = "", lines: int = 1) -> TextEdit:
    """Make an editor without a frame, as tall as its words."""
    edit = TextEdit(name, placeholder=placeholder, lines=lines, kind="bare")
    edit.document().setDocumentMargin(0)
    edit.set_text(text)
    return edit


def bare_line(name: str, text: str, width: int, placeholder: str = "") -> QLineEdit:
    edit = QLineEdit(text)
    edit.setProperty("kind", "bare")
    edit.setAccessibleName(name)
    edit.setPlaceholderText(placeholder)
    look.hold_width(edit, width)
    edit.setTextMargins(-2, 0, -2, 0)
    edit.setCursorPosition(0)  # what is too long for it is read from its first word
    return edit


class Cross(IconButton):
    """Takes its row away; drawn only while the row is pointed at or typed in."""

    def __init__(self, name: str, line: QWidget) -> None:
        super().__init__(Icon.X, name, "inside", ink="text3")
        self._line = line

    def paintEvent(self, event: QPaintEvent) -> None:
        now = QApplication.focusWidget()
        inside = now is not None and self._line.isAncestorOf(now)
        if inside or self._line.underMouse():
            super().paintEvent(event)


class Line(QWidget):
    """A row that can be removed. Signals `edited`, `removed`."""

    edited = Signal()
    removed = Signal()

    def __init__(self, name: str) -> None:
        """`name` says what the cross does."""
        super().__init__()
        self.remove = Cross(name, self)
        self.remove.clicked.connect(self.removed)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus_changed)

    def _on_focus_changed(self, _old: QWidget | None, _now: QWidget | None) -> None:
        if isValid(self.remove):  # a row on its way out still hears of the focus it loses
            self.remove.update()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.remove.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.remove.update()


class Item(Line, Generic[T]):
    """A row of a list in the letter: gives back what it says now, and where it is typed."""

    def item(self) -> T:
        raise NotImplementedError

    def typed(self) -> Iterator[Typed]:
        """Give what is typed in, from left to right."""
        raise NotImplementedError


class GlanceRow(QWidget):
    """One line of the summary box. Signal `edited`."""

    edited = Signal()

    def __init__(self, say: Words, line: Glance, label: str) -> None:
        """`say` has the words of the letter's own language."""
        super().__init__()
        self._line = line
        whole = row(self, gap=0)
        whole.setContentsMargins(0, 0, EDGE, 0)
        beside = column()
        beside.addSpacing(3)
        name = Label(label, "small", "text2", wrap=True)
        look.hold_width(name, LABEL)
        name.setContentsMargins(0, 0, 8, 0)  # a long one wraps before it meets the words
        beside.addWidget(name)
        beside.addStretch(1)
        whole.addLayout(beside)
        self.editor = bare(label, line.text, say.tr(prompts.LINE))
        self.editor.edited.connect(self.edited)
        whole.addWidget(self.editor, 1)

    @property
    def key(self) -> str:
        return self._line.label

    def take(self, line: Glance) -> None:
        """Show what the program says now; typing goes on where it was."""
        self._line = line
        if line.text != self.editor.text():
            self.editor.set_text(line.text)

    def line(self) -> Glance:
        return replace(self._line, text=self.editor.text().strip())


class PassageRow(Item[Passage]):
    """One paragraph, perhaps bound to an entry. Signal `shortened`: tell the entry shorter."""

    shortened = Signal()

    def __init__(
        self, desk: Desk, passage: Passage, say: Words, *, why: str, has_short: bool
    ) -> None:
        """`why` says why it may not leave, empty while it may; `say` is the letter's language."""
        tr = desk.words.tr
        super().__init__(tr("Remove this paragraph"))
        self._passage, self.why = passage, why
        self._whole = whole = column(self)
        whole.setContentsMargins(0, 2, 0, 4)
        line = row(gap=4)
        line.setContentsMargins(0, 0, 4, 0)
        self.editor = bare(tr("Paragraph"), passage.text, say.tr(prompts.PARAGRAPH))
        self.editor.edited.connect(self.edited)
        line.addWidget(self.editor, 1)
        line.addWidget(self.remove, 0, Qt.AlignmentFlag.AlignTop)
        whole.addLayout(line)
        self.foot = column()  # what is to be said of the words above
        whole.addLayout(self.foot)
        self.note: Note | None = None
        if why:
            self._refuse(desk, why, has_short=has_short)

    def _refuse(self, desk: Desk, why: str, *, has_short: bool) -> None:
        """Turn the words red and say why they can't be sent."""
        tr = desk.words.tr
        _mark_red(self.editor)
        lead = tr("This paragraph can’t be sent.")
        why = phrases.curled(why)
        self.note = Note(f"{why}.", "crit", icon=Icon.LOCK, lead=lead)
        remove = Button(tr("Remove paragraph"), size="small")
        remove.clicked.connect(self.removed)
        self.note.add_button(remove)
        if has_short:
            shorten = Button(tr("Use short version"), size="small")
            shorten.clicked.connect(self.shortened)
            self.note.add_button(shorten)
        beside = row()
        beside.setContentsMargins(0, 6, EDGE, 4)
        beside.addWidget(self.note)
        self._whole.addLayout(beside)
        self.editor.setAccessibleDescription(f"{lead} {why}")

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self.why:
            _mark_red(self.editor)

    def passage(self) -> Passage:
        return replace(self._passage, text=self.editor.text().strip())

    def item(self) -> Passage:
        return self.passage()

    def typed(self) -> Iterator[Typed]:
        yield self.editor


def _mark_red(editor: TextEdit) -> None:
    """Underline in the colour of what must be mended, on its soft ground."""
    cursor = QTextCursor(editor.document())
    cursor.select(QTextCursor.SelectionType.Document)
    marked = cursor.charFormat()
    marked.setBackground(look.colour("crit_soft"))
    marked.setUnderlineStyle(marked.UnderlineStyle.SingleUnderline)
    marked.setUnderlineColor(look.colour("crit"))
    was = editor.blockSignals(True)  # noqa: FBT003 - this is not the user's typing
    cursor.mergeCharFormat(marked)
    editor.blockSignals(was)
