"""The words of a letter, section by section: the composer's middle pane."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QWidget

from cmdesk.casework.drafting import LetterDraft, Passage
from cmdesk.rules.letter import Step
from cmdesk.ui.desk import Desk
from cmdesk.ui.parts.letter_rows import EDGE, GlanceRow, Headline, PassageRow, StepRow, bare
from cmdesk.ui.parts.letter_sections import Section, drop, in_margin, plain_section, quiet_button
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.card import column, grounded, row
from cmdesk.ui.widgets.note import Note
from cmdesk.ui.widgets.text_edit import TextEdit


@dataclass(frozen=True, slots=True)
class Standing:
    """What the verdicts say of the letter: paragraphs refused, short versions, what is new."""

    refused: Mapping[int, str] = field(default_factory=dict[int, str])
    has_short: frozenset[int] = frozenset()
    fresh: tuple[int, ...] = ()


class LetterEditor(QScrollArea):
    """Signals `edited`, `shortened(int)`: an entry is to be told shorter, `offered`: add the new.

    `show_letter` is silent and leaves alone what did not change, so that typing is not disturbed.
    """

    edited = Signal()
    shortened = Signal(int)
    offered = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._letter = LetterDraft()
        self._standing = Standing()
        self.passages: list[PassageRow] = []
        self.steps: list[StepRow] = []
        self.glances: list[GlanceRow] = []
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
        tr = self._desk.words.tr
        self._head = Section(tr("Headline"))
        self.headline = Headline(
            tr("Headline"), placeholder=tr("The week in a few words"), lines=1, kind="bare"
        )
        self.headline.document().setDocumentMargin(0)
        self._head.body.addLayout(in_margin(self.headline))
        self._add_opening()
        self._glance = Section(tr("At a glance"))
        self._happened = Section(tr("What happened"))
        self._new = Note("", "accent")
        take = Button(tr("Add them"), size="small")
        take.clicked.connect(self.offered)
        self._new.add_button(take)
        self._new.hide()
        self._happened.body.addLayout(in_margin(self._new))
        self._paragraphs = column()
        self._happened.body.addLayout(self._paragraphs)
        self._add_foot(self._happened, tr("Add a paragraph"), self.add_paragraph)
        self._next = Section(tr("What is next, and who does what"))
        self._rows = column()
        self._next.body.addLayout(self._rows)
        self._add_foot(self._next, tr("Add a step"), self.add_step)
        ask, help_part = plain_section(tr("How you can help"), tr("One ask, with a day"))
        self.texts: dict[str, TextEdit] = {"help": ask}
        words = tr("End with one true, kind sentence")
        self.close_words, close_part = plain_section(tr("A kind close"), words, last=True)
        parts = (self._head, self._glance, self._happened, self._next, help_part, close_part)
        names = ("headline", "glance", "happened", "steps", "help", "close")
        self.feet = {name: part.foot for name, part in zip(names, parts, strict=True)}
        for part in parts:
            self._whole.addWidget(part)
        self._whole.addStretch(1)
        for editor in (self.headline, self.greeting, self.opening, ask, self.close_words):
            editor.edited.connect(self.edited)

    def _add_opening(self) -> None:
        """Greeting and opening fold away: they stay the same from week to week."""
        tr = self._desk.words.tr
        self.greeting = bare(tr("Greeting"), "")
        self.opening = bare(tr("Opening"), "")
        self._opening = QWidget()
        inside = column(self._opening, gap=4)
        inside.setContentsMargins(0, 6, EDGE, 0)
        inside.addWidget(self.greeting)
        inside.addWidget(self.opening)
        self._opening.hide()
        self._head.body.addWidget(self._opening)
        toggle = Button(tr("Greeting and opening"), "plain", size="small", drops=True)
        toggle.clicked.connect(lambda: self._opening.setVisible(not self._opening.isVisible()))
        self._head.head.addWidget(toggle)

    def _add_foot(self, part: Section, words: str, run: Callable[[], object]) -> None:
        foot = row()
        foot.setContentsMargins(0, 2, EDGE, 0)
        button = quiet_button(words, run)
        foot.addWidget(button)
        foot.addStretch(1)
        part.body.addLayout(foot)

    # Reading and showing.

    def editors(self) -> dict[str, TextEdit]:
        """Give what is typed in, by names that hold for the same letter opened again."""
        fixed: dict[str, TextEdit] = {
            "headline": self.headline,
            "greeting": self.greeting,
            "opening": self.opening,
            "close": self.close_words,
        }
        typed = {f"text {key}": editor for key, editor in self.texts.items()}
        return fixed | typed | {f"passage {n}": each.editor for n, each in enumerate(self.passages)}

    def letter(self) -> LetterDraft:
        """Give the letter as it is typed now."""
        return replace(
            self._letter,
            headline=self.headline.text().strip(),
            greeting=self.greeting.text().strip(),
            opening=self.opening.text().strip(),
            glance=tuple(each.line() for each in self.glances),
            passages=tuple(each.passage() for each in self.passages),
            steps=tuple(each.step() for each in self.steps),
            texts={key: editor.text().strip() for key, editor in self.texts.items()},
            close=self.close_words.text().strip(),
        )

    def show_letter(self, letter: LetterDraft, standing: Standing) -> None:
        before, self._letter = self._letter, letter
        for editor, text in (
            (self.headline, letter.headline),
            (self.greeting, letter.greeting),
            (self.opening, letter.opening),
            *((editor, letter.texts.get(key, "")) for key, editor in self.texts.items()),
            (self.close_words, letter.close),
        ):
            if editor.text().strip() != text:
                editor.set_text(text)
        self._show_glance(letter)
        typed = tuple(each.passage() for each in self.passages)
        if typed != letter.passages or standing != self._standing or not before.greeting:
            self._show_passages(letter.passages, standing)
        self._standing = standing
        if tuple(each.step() for each in self.steps) != letter.steps:
            self._show_steps(letter.steps)
        self._remark()

    def _show_glance(self, letter: LetterDraft) -> None:
        if [each.key for each in self.glances] == [each.label for each in letter.glance]:
            for shown, line_ in zip(self.glances, letter.glance, strict=True):
                shown.take(line_)
            return
        drop(self.glances)
        self.glances = [GlanceRow(self._desk, each, each.label) for each in letter.glance]
        for each in self.glances:
            each.edited.connect(self.edited)
            self._glance.body.addWidget(each)

    def _show_passages(self, passages: Sequence[Passage], standing: Standing) -> None:
        caret = self._caret()
        drop(self.passages)
        self.passages = [
            PassageRow(
                self._desk,
                passage,
                standing.refused.get(place, ""),
                has_short=passage.entry_id in standing.has_short,
            )
            for place, passage in enumerate(passages)
        ]
        for each in self.passages:
            self._adopt(each)
        self._give_back(caret)
        count = len(standing.fresh)
        words = self._desk.words.ntr(
            "{n} new entry can be shared since this letter was begun.",
            "{n} new entries can be shared since this letter was begun.",
            count,
        )
        self._new.say(words.format(n=count))
        self._new.setVisible(bool(count))

    def _adopt(self, each: PassageRow) -> None:
        each.edited.connect(self.edited)
        each.removed.connect(partial(self._remove_passage, each))
        each.shortened.connect(partial(self._shorten, each))
        self._paragraphs.addWidget(each)

    def _caret(self) -> tuple[int, int] | None:
        """Say in which paragraph, and where in it, one is typing."""
        for place, each in enumerate(self.passages):
            if each.editor.hasFocus():
                return place, each.editor.textCursor().position()
        return None

    def _give_back(self, caret: tuple[int, int] | None) -> None:
        if caret is None or caret[0] >= len(self.passages):
            return
        editor = self.passages[caret[0]].editor
        cursor = editor.textCursor()
        cursor.setPosition(min(caret[1], len(editor.toPlainText())))
        editor.setTextCursor(cursor)
        editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_steps(self, steps: Sequence[Step]) -> None:
        drop(self.steps)
        self.steps = []
        for step in steps:
            self._put_step(step)

    def _put_step(self, step: Step) -> StepRow:
        made = StepRow(self._desk, step)
        made.edited.connect(self.edited)
        made.removed.connect(partial(self._remove_step, made))
        self.steps.append(made)
        self._rows.addWidget(made)
        return made

    def _remark(self) -> None:
        ntr = self._desk.words.ntr
        bound = sum(each.passage().entry_id is not None for each in self.passages)
        told = ntr("From {n} entry", "From {n} entries", bound).format(n=bound)
        self._happened.remark.setText(told if bound else "")
        dated = len(self.steps)
        dates = ntr("{n} date", "{n} dates", dated).format(n=dated)
        self._next.remark.setText(dates if dated else "")
        filled = sum(bool(each.line().text) for each in self.glances)
        self._glance.remark.setText(
            ntr("{n} line", "{n} lines", filled).format(n=filled) if filled else ""
        )

    # Adding and removing.

    def add_paragraph(self) -> None:
        """Begin a paragraph of one's own."""
        made = PassageRow(self._desk, Passage(""), "", has_short=False)
        self.passages.append(made)
        self._adopt(made)
        made.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edited.emit()

    def add_step(self) -> None:
        self._put_step(Step("", "", "")).when.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edited.emit()

    def _remove_passage(self, each: PassageRow) -> None:
        self.passages.remove(each)
        drop([each])
        self.edited.emit()

    def _remove_step(self, each: StepRow) -> None:
        self.steps.remove(each)
        drop([each])
        self.edited.emit()

    def _shorten(self, each: PassageRow) -> None:
        entry_id = each.passage().entry_id
        if entry_id is not None:
            self.shortened.emit(entry_id)

    def go_to_refused(self) -> None:
        """Put the caret into the first paragraph that can't be sent."""
        for each in self.passages:
            if each.why:
                each.editor.setFocus(Qt.FocusReason.OtherFocusReason)
                self.ensureWidgetVisible(each, 0, 24)
                return
