"""What the last letter promised: each is done, moved or dropped before the next one leaves."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget

from cmdesk.casework import letter_prompts as prompts
from cmdesk.casework.drafting import LetterDraft
from cmdesk.rules.letter import Closed, Part
from cmdesk.rules.promises import Became, Promise
from cmdesk.ui import look
from cmdesk.ui.desk import Desk
from cmdesk.ui.parts.letter_lists import WHEN
from cmdesk.ui.parts.letter_parts import Standing
from cmdesk.ui.parts.letter_row_parts import RowsPart
from cmdesk.ui.parts.letter_rows import EDGE, Item, Typed, bare
from cmdesk.ui.parts.letter_sections import drop, within
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.card import column, row
from cmdesk.ui.widgets.date_field import DateField
from cmdesk.ui.widgets.field import Remark
from cmdesk.ui.widgets.label import Label
from cmdesk.words import Words

KEYS: Final = {
    Qt.Key.Key_D: Became.DONE,
    Qt.Key.Key_M: Became.MOVED,
    Qt.Key.Key_X: Became.DROPPED,
}
TOP = Qt.AlignmentFlag.AlignTop


class PromiseRow(QFrame):
    """A promise that waits for an answer; D, M and X give it while the row has the keyboard.

    Signals `settled(str, object)`: what became of it, and the day it was moved to; `moved_on(int)`:
    arrow up or down.
    """

    settled = Signal(str, object)
    moved_on = Signal(int)

    def __init__(self, desk: Desk, promise: Promise) -> None:
        super().__init__()
        self._desk, self.promise = desk, promise
        self.setProperty("kind", "card")
        self.setProperty("tone", "warn")
        self.setProperty("ring", True)  # noqa: FBT003 - a Qt property
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        whole = column(self, gap=6)
        whole.setContentsMargins(12, 8, 12, 8)
        line = row(gap=8)
        when = Label(promise.when, "reading", wrap=True)
        look.hold_width(when, WHEN - 12)
        line.addWidget(when, 0, TOP)
        line.addWidget(Label(promise.what, "reading", wrap=True), 1)
        line.addWidget(Label(promise.who, "body", "text2"), 0, TOP)
        whole.addLayout(line)
        if news := self._news():
            whole.addWidget(Label(news, "small", "warn", wrap=True))
        whole.addWidget(self._choices())
        whole.addWidget(self._ask_day())
        self.remark = Remark()
        self.day.faulty.connect(self.remark.say)
        whole.addWidget(self.remark)
        said = desk.words.tr("{when}: {what}. {news} D done, M moved, X dropped.")
        self.setAccessibleName(said.format(when=promise.when, what=promise.what, news=news))

    def _news(self) -> str:
        """Say what the records know of it."""
        tr, known = self._desk.words.tr, self.promise.proposal
        if known is None:
            return ""
        day = self._desk.words.month_day(known.day) if known.day else ""
        says = {
            Became.DONE: tr("Its task was done {day}."),
            Became.MOVED: tr("It is for {day} now."),
            Became.DROPPED: tr("Its task was dropped."),
        }
        return says[known.outcome].format(day=day)

    def _choices(self) -> QWidget:
        tr = self._desk.words.tr
        self._buttons = QWidget()
        line = row(self._buttons, gap=6)
        names = {Became.DONE: tr("Done"), Became.MOVED: tr("Moved"), Became.DROPPED: tr("Dropped")}
        self.buttons: dict[Became, Button] = {}
        for key, became in KEYS.items():
            button = Button(names[became], size="small", keys=chr(key.value))
            button.clicked.connect(partial(self.answer, became))
            button.setAccessibleDescription(self.promise.what)
            self.buttons[became] = button
            line.addWidget(button)
        line.addStretch(1)
        return self._buttons

    def _ask_day(self) -> QWidget:
        tr, desk = self._desk.words.tr, self._desk
        self._asked = QWidget()
        line = row(self._asked, gap=6)
        self.day = DateField(desk.today, name=tr("Moved to which day"))
        self.day.setPlaceholderText(tr("Moved to which day"))
        look.hold_width(self.day, 180)
        self.day.returnPressed.connect(self._move)
        move = Button(tr("Move it"), size="small")
        move.clicked.connect(self._move)
        line.addWidget(self.day)
        line.addWidget(move)
        line.addStretch(1)
        self._asked.hide()
        return self._asked

    @property
    def asking(self) -> bool:
        """Whether the day it was moved to is being typed."""
        return not self._asked.isHidden()

    def answer(self, became: Became) -> None:
        """Settle it, or ask for the day it was moved to."""
        if became is not Became.MOVED:
            self.settled.emit(became.value, None)
            return
        known = self.promise.proposal
        self.day.set_day(known.day if known else None)
        self._buttons.hide()
        self._asked.show()
        self.day.setFocus(Qt.FocusReason.OtherFocusReason)
        self.day.selectAll()

    def _move(self) -> None:
        if not (self.day.check() and self.day.day):
            return
        if self.day.day < self._desk.today():
            self.day.refuse(self._desk.words.tr("That day went by: say done or dropped"))
            return
        self.settled.emit(Became.MOVED.value, self.day.day)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, plain = event.key(), event.modifiers() == Qt.KeyboardModifier.NoModifier
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(key), 0)
        if self.day.hasFocus():
            if key == Qt.Key.Key_Escape:
                self._asked.hide()
                self._buttons.show()
                self.setFocus(Qt.FocusReason.OtherFocusReason)
            elif key not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                super().keyPressEvent(event)
        elif plain and key in KEYS:
            self.answer(KEYS[Qt.Key(key)])
        elif step:
            self.moved_on.emit(step)
        else:
            super().keyPressEvent(event)


class ClosedRow(Item[Closed]):
    """One promise answered for: when it was due, what it was, what became of it, and why."""

    def __init__(self, desk: Desk, closed: Closed, say: Words) -> None:
        tr = desk.words.tr
        super().__init__(tr("Leave this out of the letter"))
        self._closed = closed
        whole = row(self, gap=8)
        whole.setContentsMargins(0, 2, 4, 2)
        when = Label(closed.when, "reading", wrap=True)
        look.hold_width(when, WHEN)
        whole.addWidget(when, 0, TOP)
        words = column()
        self.what = bare(tr("What was promised"), closed.what)
        self.note = bare(tr("Why, or what came of it"), closed.note, say.tr(prompts.WHY))
        for each in (self.what, self.note):
            each.edited.connect(self.edited)
            words.addWidget(each)
        whole.addLayout(words, 1)
        whole.addWidget(Label(closed.became, "strong"), 0, TOP)
        whole.addWidget(self.remove, 0, TOP)

    def item(self) -> Closed:
        return replace(self._closed, what=self.what.text().strip(), note=self.note.text().strip())

    def typed(self) -> Iterator[Typed]:
        yield from (self.what, self.note)


class ClosedPart(RowsPart[Closed]):
    """Promises to answer for, and those that are. Signal `settled(Promise, str, object)`."""

    settled = Signal(object, str, object)

    def __init__(self, desk: Desk, part: Part, name: str, say: Words) -> None:
        super().__init__(desk, part, name, say)
        self.waiting: list[PromiseRow] = []
        self._open = column(gap=6)
        self._open.setContentsMargins(0, 2, EDGE, 4)
        self.body.insertLayout(0, self._open)

    def items_of(self, letter: LetterDraft) -> Sequence[Closed]:
        return letter.closed

    def row_of(self, item: Closed, place: int) -> ClosedRow:
        return ClosedRow(self.desk, item, self.say)

    def put_into(self, letter: LetterDraft) -> LetterDraft:
        return replace(letter, closed=self.items())

    def show_letter(self, letter: LetterDraft, standing: Standing) -> None:
        super().show_letter(letter, standing)
        self.setHidden(not self.rows and not self.waiting)

    def show_waiting(self, promises: Sequence[Promise]) -> None:
        """Show what is to be answered for; those that go on waiting stay as they are."""
        if [each.promise for each in self.waiting] == list(promises):
            return
        at = next((n for n, each in enumerate(self.waiting) if within(each)), None)
        known = {each.promise: each for each in self.waiting}
        here = self.waiting[at] if at is not None else None
        for each in self.waiting:
            self._open.removeWidget(each)
        self.waiting = [known.pop(each, None) or self._ask(each) for each in promises]
        for each in self.waiting:
            self._open.addWidget(each)
        self.setHidden(not self.rows and not self.waiting)
        if at is not None and here not in self.waiting:
            self._go_on(at)
        drop(list(known.values()))  # only now: what is hidden gives the keyboard to anybody
        self.say_remark(self.standing)

    def _ask(self, promise: Promise) -> PromiseRow:
        made = PromiseRow(self.desk, promise)
        made.settled.connect(partial(self.settled.emit, promise))
        made.moved_on.connect(partial(self._move, made))
        return made

    def _go_on(self, at: int) -> None:
        """Put the keyboard on the next open promise, else say that it is to go on elsewhere."""
        if not self.waiting:
            self.left_behind.emit()
            return
        here = self.waiting[min(at, len(self.waiting) - 1)]
        here.show()  # a layout does so later, and what is out of sight takes no keys
        (here.day if here.asking else here).setFocus(Qt.FocusReason.OtherFocusReason)

    def _move(self, here: PromiseRow, step: int) -> None:
        place = self.waiting.index(here) + step
        if 0 <= place < len(self.waiting):
            self.waiting[place].setFocus(Qt.FocusReason.TabFocusReason)

    def say_remark(self, standing: Standing) -> None:
        words, count = self.desk.words, len(self.waiting)
        told = words.ntr("{n} to answer for", "{n} to answer for", count).format(n=count)
        self.remark.setText(told if count else "")
