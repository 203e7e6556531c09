"""The line above the composer: whose letter, for which week, to whom, and finishing it."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QWidget

from cmdesk.casework import letter_templates
from cmdesk.casework.composing import Reader
from cmdesk.rules.letter_template import Template
from cmdesk.rules.periods import span
from cmdesk.rules.plain_words import PLAIN_GRADE
from cmdesk.ui import look
from cmdesk.ui.desk import Desk
from cmdesk.ui.icons import Icon
from cmdesk.ui.parts.go_chip import GoChip
from cmdesk.ui.widgets.button import Button, IconButton
from cmdesk.ui.widgets.card import column, row
from cmdesk.ui.widgets.chip import Chip
from cmdesk.ui.widgets.glyph import Glyph
from cmdesk.ui.widgets.label import Label
from cmdesk.ui.widgets.segmented import Segment, Segmented
from cmdesk.ui.widgets.wrap_row import WrapRow, wrap_row

FEW = 3


class ComposerHead(QFrame):
    """Signals `reader_asked(str)`, `kind_asked(str)`, `left`, `throw_asked`, `finish_asked`.

    `week_asked(int)` is one back or on; `plainer_asked`, `fix_asked` and `answer_asked` lead to
    the next of them.
    """

    reader_asked = Signal(str)
    kind_asked = Signal(str)
    week_asked = Signal(int)
    left = Signal()
    throw_asked = Signal()
    finish_asked = Signal()
    plainer_asked = Signal()
    fix_asked = Signal()
    answer_asked = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        tr = desk.words.tr
        self.setProperty("kind", "head")
        self._row = whole = wrap_row(self, gap=8)
        whole.setContentsMargins(16, 10, 16, 10)
        back = IconButton(Icon.ARROW_LEFT, tr("Back"), "bordered", keys="Alt+Left")
        back.clicked.connect(self.left)
        title = self._lay_out_title()
        title.insertWidget(0, back)
        title.insertSpacing(1, 16)
        whole.addLayout(title)
        whole.addSpacing(24)
        self.readers = Segmented((), tr("For whom"))
        self.readers.chosen.connect(self.reader_asked)
        whole.addWidget(self.readers)
        self.others = Button(tr("Someone else"), "plain", size="small", drops=True)
        self.others.clicked.connect(self._open_others)
        whole.addWidget(self.others)
        self._switch_place = column()
        whole.addLayout(self._switch_place)
        whole.addStretch(1)
        self._lay_out_marks(whole)
        self.finish = Button(tr("Finish and export"), "primary", keys="Ctrl+Enter")
        self.finish.clicked.connect(self.finish_asked)
        whole.addWidget(self.finish)
        self._elsewhere: list[Reader] = []
        self._kept = True
        self._graded = False
        self.say_saved("")
        self.say_due(None)
        self.say_corrects(None)
        self.say_to_fix(0)
        self.say_to_answer(0)
        self.say_words(0, 0)

    def _lay_out_marks(self, whole: WrapRow) -> None:
        """Lay out what is said of the letter: kept, due, how it reads, what is to be fixed."""
        tr = self._desk.words.tr
        self._saved_mark = Glyph(Icon.CIRCLE_CHECK, "text2", 14)
        self.saved = Label("", "small", "text2")
        whole.addWidget(self._saved_mark)
        whole.addWidget(self.saved)
        whole.addSpacing(4)
        self.due = Chip("", "warn", Icon.TIMER)
        self.grade = Chip("", "ok", Icon.BOOK_OPEN)
        self.plainer = GoChip("warn", Icon.PEN_LINE, tr("Go to the next one (F7)"))
        self.plainer.clicked.connect(self.plainer_asked)
        self.to_fix = GoChip("crit", Icon.LOCK, tr("Go to the first one"))
        self.to_fix.clicked.connect(self.fix_asked)
        self.to_answer = GoChip("warn", Icon.CIRCLE_QUESTION_MARK, tr("Go to the first promise"))
        self.to_answer.clicked.connect(self.answer_asked)
        self.corrects = Chip("", "accent", Icon.PENCIL)
        chips = (self.corrects, self.due, self.grade, self.plainer, self.to_fix, self.to_answer)
        for chip in chips:
            whole.addWidget(chip)

    def _lay_out_title(self) -> QHBoxLayout:
        tr = self._desk.words.tr
        words = column()
        words.addStretch(1)
        first = row(gap=4)
        first.addWidget(Label(tr("Family update"), "title"))
        self.kind = Button("", "plain", size="small", drops=True)
        self.kind.clicked.connect(self.open_kinds)
        self._code = ""
        first.addWidget(self.kind)
        first.addStretch(1)
        words.addLayout(first)
        line = row(gap=2)
        self.about = Label("", "body", "text2")
        line.addWidget(self.about)
        line.addSpacing(4)
        self.earlier = IconButton(Icon.CHEVRON_LEFT, tr("The week before"), "inside")
        self.later = IconButton(Icon.CHEVRON_RIGHT, tr("The week after"), "inside")
        self.earlier.clicked.connect(lambda: self.week_asked.emit(-1))
        self.later.clicked.connect(lambda: self.week_asked.emit(1))
        for button in (self.earlier, self.later):
            look.hold_height(button, 20)
            line.addWidget(button)
        line.addStretch(1)
        words.addLayout(line)
        words.addStretch(1)
        made = row(gap=0)
        made.addLayout(words)
        return made

    def put(self, switch: QWidget) -> None:
        """Give the panes’ switch its place."""
        self._switch_place.addWidget(switch)

    def show_letter(self, client: str, first: date, last: date) -> None:
        year = f", {self._desk.today().year}"
        period = span(first, last).removesuffix(year)
        name = self._desk.privacy.name(client)
        self.about.setText(f"{name}, {period}" if name else period)
        self.later.setEnabled(last < self._desk.today())

    def show_readers(self, readers: Sequence[Reader], current: str) -> None:
        """Offer those an update is agreed with; the others a consent names stand in a menu."""
        planned = [reader for reader in readers if reader.due_on]
        near = planned or list(readers[:FEW])
        shown = [reader for reader in readers if reader in near or reader.party.key == current]
        self._elsewhere = [reader for reader in readers if reader not in shown]
        name = self._desk.privacy.name
        self.readers.offer(
            [
                Segment(
                    reader.party.key,
                    name(reader.party.called),
                    reader.due,
                    Icon.MAIL if reader.party.key == current else None,
                )
                for reader in shown
            ]
        )
        if shown:
            self.readers.choose(current)
        self.readers.setVisible(bool(shown))
        self.others.setVisible(bool(self._elsewhere))

    def _open_others(self) -> None:
        menu = QMenu(self.others)
        for reader in self._elsewhere:
            words = self._desk.privacy.name(reader.party.full_name)
            ask = partial(self.reader_asked.emit, reader.party.key)
            menu.addAction(words).triggered.connect(ask)
        menu.popup(self.others.mapToGlobal(self.others.rect().bottomLeft()))

    def show_kind(self, kind: Template | None) -> None:
        """Say which kind of letter it is."""
        self._code = kind.code if kind else ""
        self.kind.setText(kind.name if kind else "")
        words = self._desk.words.tr("Kind of letter: {name}")
        self.kind.setAccessibleName(words.format(name=kind.name if kind else ""))
        self.kind.setVisible(kind is not None)

    def say_due(self, by: datetime | None) -> None:
        """Say by when a letter has to be out that is due within hours."""
        words = self._desk.words
        text = words.tr("Out by {time}").format(time=words.time(by)) if by else ""
        self.due.show_as(text, "warn", Icon.TIMER)
        self.due.setVisible(by is not None)
        self.fit()

    def open_kinds(self) -> None:
        """Offer the other kinds of letters for this reader."""
        menu = QMenu(self.kind)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for each in self._desk.ask(letter_templates.listed):
            act = menu.addAction(each.name)
            act.setCheckable(True)
            act.setChecked(each.code == self._code)
            act.triggered.connect(partial(self.kind_asked.emit, each.code))
        menu.addSeparator()
        throw = menu.addAction(self._desk.words.tr("Throw this letter away"))
        throw.triggered.connect(self.throw_asked)
        menu.popup(self.kind.mapToGlobal(self.kind.rect().bottomLeft()))

    def say_saved(self, words: str, *, kept: bool = True) -> None:
        """Say when the draft was kept last, or that it was not."""
        self.saved.setText(words)
        self.saved.set_ink("text2" if kept else "crit")
        self._saved_mark.show_as(
            Icon.CIRCLE_CHECK if kept else Icon.CIRCLE_ALERT, "text2" if kept else "crit"
        )
        self._kept = kept
        self.fit()

    def say_to_fix(self, count: int) -> None:
        words = self._desk.words.ntr("{n} to fix", "{n} to fix", count).format(n=count)
        self.to_fix.say(words)
        self.to_fix.setVisible(bool(count))
        self.fit()

    def say_to_answer(self, count: int) -> None:
        """Say how many promises of the last letter wait for an answer."""
        words = self._desk.words.ntr("{n} to answer", "{n} to answer", count).format(n=count)
        self.to_answer.say(words)
        self.to_answer.setVisible(bool(count))
        self.fit()

    def say_corrects(self, left_on: date | None) -> None:
        """Say that it is a corrected copy of a letter that left on that day."""
        words = self._desk.words
        day = words.month_day(left_on) if left_on else ""
        told = words.tr("Corrects the letter of {day}").format(day=day) if left_on else ""
        self.corrects.show_as(told, "accent", Icon.PENCIL)
        self.corrects.setVisible(left_on is not None)
        self.fit()

    def say_words(self, grade: int, plainer: int) -> None:
        """Say which grade the letter reads at, and how many words could be plainer."""
        tr = self._desk.words.tr
        self._graded = bool(grade)
        easy = grade <= PLAIN_GRADE
        words = tr("Grade {n}").format(n=grade)
        self.grade.show_as(words, "ok" if easy else "warn", Icon.BOOK_OPEN)
        said = self._desk.words.ntr("{n} plainer word", "{n} plainer words", plainer)
        self.plainer.say(said.format(n=plainer))
        self.plainer.setVisible(bool(plainer))
        self.fit()

    def fit(self) -> None:
        """Keep to what is to be done where there is no room for all on one line."""
        kept, gap = (self._saved_mark, self.saved), self._row.spacing()
        tr, rest = self._desk.words.tr, (*kept, self.grade)
        self.others.setText(tr("Someone else"))
        if self.width() < self._row.needs(rest):
            self.others.setText(tr("Others"))
        room = self.width() - self._row.needs(rest)
        graded = self._graded and room >= self.grade.sizeHint().width() + gap
        if graded:
            room -= self.grade.sizeHint().width() + gap
        told = sum(each.sizeHint().width() + gap for each in kept)
        saved = bool(self.saved.text()) and (room >= told or not self._kept)
        for each, shown in ((self.grade, graded), *((one, saved) for one in kept)):
            if each.isHidden() == shown:
                each.setVisible(shown)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.fit()

    def allow(self, why_not: str) -> None:
        """Let the letter be finished, or say why not."""
        self.finish.setEnabled(not why_not)
        self.finish.setToolTip(why_not)
        self.finish.setAccessibleDescription(why_not)
