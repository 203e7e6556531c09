"""Next steps with a box to tick each."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget

from cmdesk.casework.tasks import NextStep
from cmdesk.ui import look
from cmdesk.ui.desk import Desk
from cmdesk.ui.parts import phrases
from cmdesk.ui.parts.veil import Veil
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.card import column, row
from cmdesk.ui.widgets.checks import CheckBox
from cmdesk.ui.widgets.label import Label

TOP, LEFT = Qt.AlignmentFlag.AlignTop, Qt.AlignmentFlag.AlignLeft


class StepRow(QWidget):
    """A box, the words, and when it is due. Signal `pressed`: the words were pressed."""

    pressed = Signal()

    def __init__(self, text: str, when: str, ink: str) -> None:
        super().__init__()
        line = row(self, gap=6)
        line.setContentsMargins(0, 2, 0, 2)
        self.box = CheckBox()
        self.box.setAccessibleName(f"{text}, {when}" if when else text)
        line.addWidget(self.box, 0, TOP)
        line.addSpacing(1)
        words = Label(text, "body", wrap=True)
        words.setContentsMargins(0, 2, 0, 2)
        line.addWidget(words, 1, TOP)
        due = Label(when, "small", ink)
        due.setContentsMargins(0, 4, 0, 4)
        line.addWidget(due, 0, TOP)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(
            event.position().toPoint()
        ):
            self.pressed.emit()


class StepList(QWidget):
    """What is open for a client.

    Signals `ticked(NextStep)`; `opened(NextStep)`: the words of a task were pressed, where `opens`
    says so. Elsewhere, and on a promise, pressing the words ticks.
    """

    ticked = Signal(object)
    opened = Signal(object)

    def __init__(
        self, desk: Desk, *, most: int = 100, unfolds: bool = False, opens: bool = False
    ) -> None:
        """`most` is how many are shown; the rest is counted, and with `unfolds` one press away."""
        super().__init__()
        self._opens = opens
        self._unfolds, self._open = unfolds, False
        self._words, self._veil, self._most = desk.words, Veil(desk), most
        self._whole = column(self)
        self._shown: list[QWidget] = []

    def show_steps(self, steps: Sequence[NextStep], today: date) -> None:
        for old in self._shown:
            self._whole.removeWidget(old)
            old.hide()
            old.deleteLater()
        most = len(steps) if self._open else self._most
        self._shown = [self._row(step, today) for step in steps[:most]]
        rest = len(steps) - self._most
        if rest > 0 and self._unfolds:
            self._shown.append(self._fold_button(steps, today))
        elif rest > 0:
            self._shown.append(Label(self._words.tr("{n} more").format(n=rest), "small", "text3"))
        if not steps:
            self._shown.append(Label(self._words.tr("Set a next step"), "body", "warn"))
        for each in self._shown:
            left = isinstance(each, Button)
            self._whole.addWidget(each, 0, LEFT if left else Qt.AlignmentFlag(0))

    def _fold_button(self, steps: Sequence[NextStep], today: date) -> Button:
        tr = self._words.tr
        words = tr("Show fewer") if self._open else tr("Show all {n}").format(n=len(steps))
        made = Button(words, "link", size="small")

        def turn() -> None:
            self._open = not self._open
            self.show_steps(steps, today)

        made.clicked.connect(turn)
        return made

    def _row(self, step: NextStep, today: date) -> StepRow:
        when = phrases.due(self._words, step.due, today)
        made = StepRow(self._veil.text(step.text), when, phrases.due_ink(step.due, today))
        made.setMinimumHeight(look.px(28))

        def tick() -> None:
            self.ticked.emit(step)

        def press() -> None:
            if self._opens and step.task_id is not None:
                self.opened.emit(step)
            else:
                made.box.click()

        made.box.clicked.connect(tick)
        made.pressed.connect(press)
        return made

    def boxes(self) -> list[CheckBox]:
        return [each.box for each in self._shown if isinstance(each, StepRow)]
