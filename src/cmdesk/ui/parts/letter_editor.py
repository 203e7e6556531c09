"""The words of a letter, section by section: the composer's middle pane."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QWidget

from cmdesk.casework import letter_prompts as prompts
from cmdesk.casework.drafting import LetterDraft, Passage
from cmdesk.rules.letter import Part, PartKind, Step
from cmdesk.rules.promises import Promise
from cmdesk.ui.desk import Desk
from cmdesk.ui.parts import left_out
from cmdesk.ui.parts.letter_frame import CloseSection, HeadSection, put
from cmdesk.ui.parts.letter_list_parts import ClockPart, GoalsPart, StaysPart, StepsPart
from cmdesk.ui.parts.letter_lists import StepRow
from cmdesk.ui.parts.letter_parts import (
    GlancePart,
    PartView,
    Place,
    Standing,
    TextPart,
    ToldPart,
    name_of,
)
from cmdesk.ui.parts.letter_promises import ClosedPart
from cmdesk.ui.parts.letter_row_parts import LinesPart
from cmdesk.ui.parts.letter_rows import EDGE, GlanceRow, PassageRow, Typed
from cmdesk.ui.parts.letter_sections import drop
from cmdesk.ui.widgets.card import column, grounded
from cmdesk.ui.widgets.text_edit import TextEdit
from cmdesk.words import Words

ASK: Final = "help"  # the section that asks the reader for something
VIEWS: Final[dict[PartKind, type[PartView]]] = {
    PartKind.GLANCE: GlancePart,
    PartKind.TEXT: TextPart,
    PartKind.GOALS: GoalsPart,
    PartKind.STEPS: StepsPart,
    PartKind.DATES: StepsPart,
    PartKind.CLOCK: ClockPart,
    PartKind.HISTORY: StaysPart,
}


class LetterEditor(QScrollArea):
    """Signals `edited`, `shortened(int)`: an entry is to be told shorter, `offered`: add the new.

    `settled(Promise, str, object)` tells what became of a promise, and the day it was moved to.
    `show_letter` is silent and leaves alone what did not change, so that typing is not disturbed.
    """

    edited = Signal()
    shortened = Signal(int)
    offered = Signal()
    settled = Signal(object, str, object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._letter = LetterDraft()
        self._standing = Standing()
        self._made_of: tuple[tuple[Part, ...], str, str] | None = None
        self._say: Words = desk.words
        self.parts: list[PartView] = []
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(desk.words.tr("The letter"))
        sheet = grounded("surface")
        self._whole = column(sheet)
        self._whole.setContentsMargins(EDGE, 6, 0, 32)
        self._lay_out()
        self.edited.connect(self._remark)
        self.setWidget(sheet)

    def _lay_out(self) -> None:
        self._head, self._close = HeadSection(self._desk.words), CloseSection()
        self.headline, self.greeting, self.opening = self._head.editors
        self.close_words = self._close.editor
        self._between = column()
        self._whole.addWidget(self._head)
        self._whole.addLayout(self._between)
        self._whole.addWidget(self._close)
        self.below = column()  # what is said of the letter as a whole
        self._whole.addLayout(self.below)
        self._whole.addStretch(1)
        for editor in (*self._head.editors, self.close_words):
            editor.edited.connect(self.edited)

    def _build(self, parts: Sequence[Part], name: str, language: str) -> None:
        """Lay out the sections of this letter; those of another one go."""
        if self._made_of == (tuple(parts), name, language):
            return
        self._made_of = tuple(parts), name, language
        drop(self.parts)
        self.parts = []
        self._say = prompts.words_of(language)
        self._head.speak(self._say)
        self._close.speak(self._say)
        if not any(part.kind is PartKind.CLOSED for part in parts):
            # Promises are answered for in every letter, also in one that does not print them.
            title = self._desk.words.tr("Promised before")
            parts = (*parts, Part(PartKind.CLOSED, "closed", title))
        for part in parts:
            made = self._part(part, name_of(self._desk.words, self._say, part, name))
            made.edited.connect(self.edited)
            made.left_behind.connect(partial(self._go_on_after, made))
            made.turned.connect(partial(self._turn, part.key))
            self.parts.append(made)
            self._between.addWidget(made)

    def _part(self, part: Part, name: str) -> PartView:
        if part.kind is PartKind.CLOSED:
            answers = ClosedPart(self._desk, part, name, self._say)
            answers.settled.connect(self.settled)
            return answers
        if part.kind is not PartKind.LINES:
            return VIEWS.get(part.kind, ToldPart)(self._desk, part, name, self._say)
        first = not self._of_lines()
        made = LinesPart(self._desk, part, name, self._say, first=first)
        made.shortened.connect(self.shortened)
        made.offered.connect(self.offered)
        return made

    # Which rows there are.

    def _of_lines(self) -> list[LinesPart]:
        return [each for each in self.parts if isinstance(each, LinesPart)]

    @property
    def passages(self) -> list[PassageRow]:
        return [row for part in self._of_lines() for row in part.paragraphs()]

    @property
    def steps(self) -> list[StepRow]:
        """The rows of what is next; days to know are rows of another part."""
        found = (part for part in self.parts if part.part.kind is PartKind.STEPS)
        rows = (row for part in found if isinstance(part, StepsPart) for row in part.rows)
        return [row for row in rows if isinstance(row, StepRow)]

    @property
    def glances(self) -> list[GlanceRow]:
        return [row for part in self.parts if isinstance(part, GlancePart) for row in part.rows]

    @property
    def texts(self) -> dict[str, TextEdit]:
        found = (part for part in self.parts if isinstance(part, TextPart))
        return {part.part.key: part.editor for part in found}

    # Reading and showing.

    def editors(self) -> dict[str, Typed]:
        """Give what is typed in, by names that hold for the same letter opened again."""
        found: dict[str, Typed] = {
            "headline": self.headline,
            "greeting": self.greeting,
            "opening": self.opening,
            "close": self.close_words,
        }
        for part in self.parts:
            if not isinstance(part, LinesPart):  # its paragraphs are counted through the letter
                found |= part.editors()
        passages = {f"passage {n}": each.editor for n, each in enumerate(self.passages)}
        return found | passages

    def places(self) -> Iterator[Place]:
        """Give what is typed in, each with the place below it, in the order of reading."""
        for editor in (self.headline, self.greeting, self.opening):
            yield editor, self._head.foot
        for part in self.parts:
            yield from () if part.left_out else part.places()
        yield self.close_words, self._close.foot

    def by_name(self) -> dict[str, Place]:
        """Give what the letter says by the names that a remark on it has."""
        passages = enumerate(self.passages)
        found: dict[str, Place] = {f"passage {n}": (row.editor, row.foot) for n, row in passages}
        found["headline"] = self.headline, self._head.foot
        for part in self.parts:
            # Paragraphs of lines are counted through the letter.
            if not (part.left_out or isinstance(part, LinesPart)):
                found |= dict(part.by_name())
        return found

    def letter(self) -> LetterDraft:
        """Give the letter as it is typed now."""
        typed = replace(
            self._letter,
            headline=self.headline.text().strip(),
            greeting=self.greeting.text().strip(),
            opening=self.opening.text().strip(),
            passages=() if self._of_lines() else self._letter.passages,
            close=self.close_words.text().strip(),
        )
        for part in self.parts:
            typed = part.put_into(typed)
        return typed

    def show_letter(self, letter: LetterDraft, standing: Standing) -> None:
        self._letter, self._standing = letter, standing
        parts = left_out.listed(letter.parts, standing.parts)
        self._build(parts, standing.name, letter.language)
        self._head.show_letter(letter)
        put(self.close_words, letter.close)
        for part in self.parts:
            part.show_letter(letter, standing)
        self._remark()

    def _turn(self, key: str) -> None:
        """Leave a part out of this letter, or put it back."""
        whole = self._made_of[0] if self._made_of else ()
        parts = left_out.turned(self._letter.parts, whole, key)
        self._letter = replace(self._letter, parts=parts)
        self._remark()
        self.edited.emit()

    def _remark(self) -> None:
        for part in self.parts:
            part.show_left_out(self._letter.parts)
            part.show_remark(self._standing)

    def show_waiting(self, promises: Sequence[Promise]) -> None:
        """Show the promises that are to be answered for."""
        for part in self._answers():
            part.show_waiting(promises)

    def _answers(self) -> list[ClosedPart]:
        return [part for part in self.parts if isinstance(part, ClosedPart)]

    # Adding and finding.

    def add_paragraph(self) -> None:
        """Begin a paragraph of one's own, where one is writing or in the first part of lines."""
        parts = self._of_lines()
        here = next((each for each in parts if each.isAncestorOf(self._typed_in())), None)
        if part := here or next(iter(parts), None):
            part.add(Passage("", part=part.part.key))

    def _typed_in(self) -> QWidget:
        return self.window().focusWidget() or self

    def add_step(self) -> None:
        for part in self.parts:
            if isinstance(part, StepsPart):
                part.add(Step("", "", ""))
                return

    def stamp(self) -> bool:
        """Put the time down in a crisis clock; false where the letter has none."""
        part = next((each for each in self.parts if isinstance(each, ClockPart)), None)
        if part:
            part.stamp()
        return part is not None

    def _go_on_after(self, part: PartView) -> None:
        """Go on where something of this part went: in the next paragraph, else at the ask."""
        later = self.parts[self.parts.index(part) + 1 :]
        lines = (each for each in later if isinstance(each, LinesPart))
        rows = [row for each in lines for row in each.paragraphs()]
        near = rows[0].editor if rows and isinstance(part, LinesPart) else None
        ask = self.texts.get(ASK, self.close_words)
        (near or ask).setFocus(Qt.FocusReason.OtherFocusReason)
        self.ensureWidgetVisible(near or ask, 0, 24)

    def go_to_promise(self) -> bool:
        """Put the keyboard on the first promise without an answer; false if there is none."""
        for part in self._answers():
            if part.waiting:
                part.waiting[0].setFocus(Qt.FocusReason.OtherFocusReason)
                self.ensureWidgetVisible(part.waiting[0], 0, 24)
                return True
        return False

    def go_to_refused(self) -> bool:
        """Put the caret into the first paragraph that can't be sent; false if there is none."""
        for each in self.passages:
            if each.why:
                each.editor.setFocus(Qt.FocusReason.OtherFocusReason)
                self.ensureWidgetVisible(each, 0, 24)
                return True
        return False


__all__ = ["LetterEditor", "Standing"]
