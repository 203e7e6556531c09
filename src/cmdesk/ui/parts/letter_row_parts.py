"""The parts of a letter that are lists: rows can be typed in, added and taken away."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit

from cmdesk.casework.drafting import LetterDraft, Passage
from cmdesk.rules.letter import Part, PartKind
from cmdesk.ui.desk import Desk
from cmdesk.ui.parts.letter_parts import PartView, Place, Standing
from cmdesk.ui.parts.letter_rows import EDGE, Item, PassageRow, Typed
from cmdesk.ui.parts.letter_sections import drop, in_margin, quiet_button, within
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.card import column, row
from cmdesk.ui.widgets.note import Note
from cmdesk.words import Words

T = TypeVar("T")
Named = dict[str, Typed]
NAMES = {  # of a list in the draft, and of what a row is about
    PartKind.GOALS: ("goals", "name"),
    PartKind.STEPS: ("steps", "what"),
    PartKind.DATES: ("dates", "what"),
    PartKind.CLOSED: ("closed", "what"),
    PartKind.CLOCK: ("clock", "what"),
    PartKind.HISTORY: ("stays", "where"),
}


class RowsPart(PartView, Generic[T]):
    """A list of the letter; without rows it is out of sight, unless one can be added."""

    def __init__(self, desk: Desk, part: Part, name: str, say: Words) -> None:
        super().__init__(desk, part, name, say)
        self.rows: list[Item[T]] = []
        self.standing = Standing()
        self.lines = column()
        self.body.addLayout(self.lines)
        self._adds = False

    def items_of(self, letter: LetterDraft) -> Sequence[T]:
        raise NotImplementedError

    def row_of(self, item: T, place: int) -> Item[T]:
        raise NotImplementedError

    def offer(self, words: str, blank: T) -> None:
        """Put a button below that adds a row."""
        foot = row()
        foot.setContentsMargins(0, 2, EDGE, 0)
        foot.addWidget(quiet_button(words, partial(self.add, blank)))
        foot.addStretch(1)
        self.body.addLayout(foot)
        self._adds = True

    def show_letter(self, letter: LetterDraft, standing: Standing) -> None:
        items, before = tuple(self.items_of(letter)), self.standing
        self.standing = standing
        if items != self.items() or self.differs(before):
            caret = self._caret()
            drop(self.rows)
            self.rows = []
            for place, item in enumerate(items):
                self.adopt(self.row_of(item, place))
            self._give_back(caret)
        self.setHidden(not items and not self._adds)

    def differs(self, before: Standing) -> bool:
        """Whether the rows say more than their words, and that has changed."""
        return False

    def items(self) -> tuple[T, ...]:
        return tuple(each.item() for each in self.rows)

    def adopt(self, made: Item[T]) -> None:
        made.edited.connect(self.edited)
        made.removed.connect(partial(self._remove, made))
        self.rows.append(made)
        self.lines.addWidget(made)

    def add(self, item: T) -> Item[T]:
        """Put in a row more, and the caret where it is still empty."""
        made = self.row_of(item, -1)
        self.adopt(made)
        fields = list(made.typed())
        empty = next((each for each in fields if not each.text()), fields[0])
        self.setHidden(False)
        empty.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edited.emit()
        return made

    def _remove(self, each: Item[T]) -> None:
        """Take a row away; the keyboard goes on to the next one."""
        place, here = self.rows.index(each), within(each)
        self.rows.remove(each)
        if here and place < len(self.rows):
            next(self.rows[place].typed()).setFocus(Qt.FocusReason.OtherFocusReason)
        elif here:
            self.left_behind.emit()
        drop([each])
        self.edited.emit()

    def _caret(self) -> tuple[str, int] | None:
        """Say in which row, and where in it, one is typing; on a button of it, behind the words."""
        for number, each in enumerate(self.rows):
            fields = list(each.typed())
            if within(each) and not any(field.hasFocus() for field in fields):
                return f"{self.part.key} {number} 0", len(fields[0].text())
        for name, each in self.editors().items():
            if each.hasFocus():
                line = isinstance(each, QLineEdit)
                return name, each.cursorPosition() if line else each.textCursor().position()
        return None

    def _give_back(self, caret: tuple[str, int] | None) -> None:
        editor = self.editors().get(caret[0]) if caret else None
        if caret is None or editor is None:
            return
        if isinstance(editor, QLineEdit):
            editor.setCursorPosition(caret[1])
        else:
            cursor = editor.textCursor()
            cursor.setPosition(min(caret[1], len(editor.toPlainText())))
            editor.setTextCursor(cursor)
        editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def places(self) -> Iterator[Place]:
        for each in self.rows:
            for typed in each.typed():
                yield typed, self.foot

    def by_name(self) -> Iterator[tuple[str, Place]]:
        field, words = NAMES.get(self.part.kind, ("", ""))
        for number, each in enumerate(self.rows):
            yield f"{field} {number} {words}", (next(each.typed()), self.foot)

    def editors(self) -> Named:
        found: Named = {}
        for number, each in enumerate(self.rows):
            for at, typed in enumerate(each.typed()):
                found[f"{self.part.key} {number} {at}"] = typed
        return found


class LinesPart(RowsPart[Passage]):
    """Paragraphs, most of them bound to an entry.

    Signals `shortened(int)`: an entry is to be told shorter, `offered`: add what is new.
    """

    shortened = Signal(int)
    offered = Signal()

    def __init__(self, desk: Desk, part: Part, name: str, say: Words, *, first: bool) -> None:
        """`first` also takes the paragraphs that belong to no part of this letter."""
        super().__init__(desk, part, name, say)
        tr = desk.words.tr
        self._first, self._places = first, list[int]()
        self._new = Note("", "accent")
        take = Button(tr("Add them"), size="small")
        take.clicked.connect(self.offered)
        self._new.add_button(take)
        self._new.hide()
        self.body.insertLayout(0, in_margin(self._new))
        self.offer(tr("Add a paragraph"), Passage("", part=part.key))

    def items_of(self, letter: LetterDraft) -> Sequence[Passage]:
        known = {part.key for part in letter.parts if part.kind is PartKind.LINES}
        found = [
            (place, each)
            for place, each in enumerate(letter.passages)
            if each.part == self.part.key or (self._first and each.part not in known)
        ]
        self._places = [place for place, _ in found]
        return [each for _, each in found]

    def row_of(self, item: Passage, place: int) -> PassageRow:
        why = self.standing.refused.get(self._places[place], "") if place >= 0 else ""
        short = item.entry_id in self.standing.has_short
        made = PassageRow(self.desk, item, self.say, why=why, has_short=short)
        made.shortened.connect(partial(self._shorten, made))
        return made

    def show_letter(self, letter: LetterDraft, standing: Standing) -> None:
        super().show_letter(letter, standing)
        count = len(standing.fresh) if self._first else 0
        words = self.desk.words.ntr(
            "{n} new entry can be shared since this letter was begun.",
            "{n} new entries can be shared since this letter was begun.",
            count,
        )
        self._new.say(words.format(n=count))
        self._new.setVisible(bool(count))

    def differs(self, before: Standing) -> bool:
        now = self.standing
        return (before.refused, before.has_short) != (now.refused, now.has_short)

    def put_into(self, letter: LetterDraft) -> LetterDraft:
        return replace(letter, passages=(*letter.passages, *self.items()))

    def paragraphs(self) -> list[PassageRow]:
        return [each for each in self.rows if isinstance(each, PassageRow)]

    def places(self) -> Iterator[Place]:
        # A paragraph the verdicts refuse says so by itself, and goes as a whole.
        for each in self.paragraphs():
            if not each.why:
                yield each.editor, each.foot

    def say_remark(self, standing: Standing) -> None:
        count = sum(each.entry_id is not None for each in self.items())
        told = self.desk.words.ntr("From {n} entry", "From {n} entries", count).format(n=count)
        self.remark.setText(told if count else "")

    def _shorten(self, each: PassageRow) -> None:
        entry_id = each.passage().entry_id
        if entry_id is not None:
            self.shortened.emit(entry_id)
