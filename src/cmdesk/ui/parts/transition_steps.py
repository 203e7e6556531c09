"""The checklists of a move: before, the day, the first week; ticked here, changed by Enter."""

from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from cmdesk.casework.transition_plan import Whole
from cmdesk.casework.transitions import StepRow
from cmdesk.rules.transition_codes import StepPart
from cmdesk.ui import look
from cmdesk.ui.desk import Desk
from cmdesk.ui.icons import Icon
from cmdesk.ui.parts.transition_gaps import clear, fill
from cmdesk.ui.parts.transition_words import MoveWords
from cmdesk.ui.widgets.button import IconButton
from cmdesk.ui.widgets.card import column, line, row
from cmdesk.ui.widgets.checks import CheckBox
from cmdesk.ui.widgets.label import Label

TOP: Final = Qt.AlignmentFlag.AlignTop
ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class TickBox(CheckBox):
    """Space ticks. Signal `opened`: Enter, to change the step."""

    opened = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if Qt.Key(event.key()) in ENTER:
            self.opened.emit()
        else:
            super().keyPressEvent(event)


class TickRow(QWidget):
    """One step. Signals `ticked(bool)`, `opened`: the words were pressed."""

    ticked = Signal(bool)
    opened = Signal()

    def __init__(self, step: StepRow, text: str, when: str, ink: str, sentence: str) -> None:
        super().__init__()
        done = step.done_on is not None
        across = row(self, gap=6)
        across.setContentsMargins(0, 2, 0, 2)
        self.setMinimumHeight(look.px(28))
        self.box = TickBox()
        self.box.setChecked(done)
        self.box.setAccessibleName(sentence)
        self.box.clicked.connect(self.ticked)
        self.box.opened.connect(self.opened)
        across.addWidget(self.box, 0, TOP)
        words = Label(text, "body", "text2" if done else "text", wrap=True)
        words.setContentsMargins(0, 2, 0, 2)
        across.addWidget(words, 1, TOP)
        if when:
            due = Label(when, "small", ink)
            due.setContentsMargins(0, 4, 0, 4)
            across.addWidget(due, 0, TOP)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(
            event.position().toPoint()
        ):
            self.opened.emit()


class Checklist(QWidget):
    """One of the three. Signals `ticked(int, bool)`, `opened(int)`, `add_asked(str)`: its part."""

    ticked = Signal(int, bool)
    opened = Signal(int)
    add_asked = Signal(str)

    def __init__(self, desk: Desk, part: StepPart) -> None:
        super().__init__()
        self._desk, self._words, self._part = desk, MoveWords(desk), part
        self._shown: list[QWidget] = []
        self.rows: list[TickRow] = []
        whole = column(self)
        whole.addWidget(line())
        head = row()
        head.setContentsMargins(0, 8, 0, 4)
        self.title = Label("", "strong")
        head.addWidget(self.title)
        head.addStretch(1)
        self.count = Label("", "small", "text2")
        head.addWidget(self.count)
        self.add = IconButton(Icon.PLUS, desk.words.tr("Add a step"), size="small")
        self.add.setEnabled(not desk.read_only)
        self.add.clicked.connect(partial(self.add_asked.emit, part.value))
        head.addWidget(self.add)
        whole.addLayout(head)
        self._rows = column()
        whole.addLayout(self._rows)
        whole.addStretch(1)

    def show_plan(self, plan: Whole) -> None:
        clear(self._shown)
        tr, steps = self._desk.words.tr, plan.part(self._part)
        title = self._words.part(plan, self._part)
        self.title.setText(title)
        done = sum(step.done_on is not None for step in steps)
        self.count.setText(tr("{n} of {all}").format(n=done, all=len(steps)) if steps else "")
        self.add.setAccessibleName(tr("Add a step: {part}").format(part=title))
        self.rows = [self._row(step) for step in steps]
        self._shown += self.rows
        if not steps:
            self._shown.append(Label(tr("Nothing here yet."), "body", "text2"))
        fill(self._rows, self._shown)

    def _row(self, step: StepRow) -> TickRow:
        text = self._words.hidden(step.text)
        when, ink = self._words.when(step)
        told = ", ".join(filter(None, (text, when)))
        sentence = self._desk.words.tr("{step}. Enter changes it.").format(step=told)
        made = TickRow(step, text, when, ink, sentence)
        made.setToolTip(self._words.hidden(step.evidence))
        made.box.setEnabled(not self._desk.read_only)
        made.ticked.connect(partial(self.ticked.emit, step.id))
        made.opened.connect(partial(self.opened.emit, step.id))
        return made
