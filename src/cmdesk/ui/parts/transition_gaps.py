"""The gaps of a move, each with its one button; and the pairs who talk before it."""

from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QWidget

from cmdesk.casework.transition_plan import HandoffRow, Whole
from cmdesk.ui.desk import Desk
from cmdesk.ui.icons import Icon
from cmdesk.ui.parts.gap_words import Told
from cmdesk.ui.parts.press_row import PressRow
from cmdesk.ui.parts.transition_words import MoveWords
from cmdesk.ui.tokens import Ink
from cmdesk.ui.widgets.button import Button, IconButton
from cmdesk.ui.widgets.card import column, line, row
from cmdesk.ui.widgets.glyph import Glyph
from cmdesk.ui.widgets.label import Label

TOP: Final = Qt.AlignmentFlag.AlignTop
SHARES: Final = (30, 30, 24, 26, 22)  # of the width of the table of handoffs


def clear(shown: list[QWidget]) -> None:
    """Take away what was shown before."""
    for old in shown:
        old.hide()
        old.setParent(None)
        old.deleteLater()
    shown.clear()


def fill(layout: QBoxLayout, shown: list[QWidget]) -> None:
    """Put what is to be shown into a layout that may be on the screen already."""
    for each in shown:
        layout.addWidget(each)
        each.show()


class GapList(QWidget):
    """Signal `fix_asked(Told)`: the button of a gap was pressed."""

    fix_asked = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, self._words = desk, MoveWords(desk)
        self._shown: list[QWidget] = []
        self.buttons: list[Button] = []
        self._whole = column(self)
        head = row()
        head.setContentsMargins(0, 2, 0, 10)
        head.addWidget(Label(desk.words.tr("Gaps to close"), "heading"))
        head.addStretch(1)
        self.count = Label("", "body", "text2")
        head.addWidget(self.count)
        self._whole.addLayout(head)
        self._whole.addWidget(line())
        self._rows = column()
        self._whole.addLayout(self._rows)
        self._whole.addStretch(1)

    def show_plan(self, plan: Whole) -> None:
        """List the gaps of a plan; the first one's button is the page's main one."""
        clear(self._shown)
        self.buttons = []
        told = self._words.gaps(plan.days) if plan.closed_on is None else []
        self.count.setText(str(len(told)) if told else "")
        for place, each in enumerate(told):
            if place:
                self._shown.append(line())
            self._shown.append(self._row(each, first=place == 0))
        if not told:
            self._shown.append(self._none())
        fill(self._rows, self._shown)

    def _none(self) -> QWidget:
        made = QWidget()
        across = row(made)
        across.setContentsMargins(0, 12, 0, 12)
        across.addWidget(Glyph(Icon.CIRCLE_CHECK, "ok"))
        across.addWidget(Label(self._desk.words.tr("Every day is covered."), "body", "text2"), 1)
        return made

    def _row(self, told: Told, *, first: bool) -> QWidget:
        made = QWidget()
        across = row(made, gap=12)
        across.setContentsMargins(0, 10, 0, 10)
        across.addWidget(Glyph(Icon.TRIANGLE_ALERT, "warn"), 0, TOP)
        text = column(gap=2)
        text.addWidget(Label(told.title, "strong", wrap=True))
        if told.detail:
            text.addWidget(Label(told.detail, "body", "text2", wrap=True))
        across.addLayout(text, 1)
        fix = Button(told.fix, "primary" if first else "outline", size="small")
        fix.setAccessibleName(f"{told.fix}: {told.title}")
        fix.setEnabled(not self._desk.read_only)
        fix.clicked.connect(partial(self.fix_asked.emit, told))
        self.buttons.append(fix)
        across.addWidget(fix, 0, TOP)
        return made


class HandoffTable(QWidget):
    """Signals `opened(int)`: a handoff was pressed; `add_asked`."""

    opened = Signal(int)
    add_asked = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        tr = desk.words.tr
        self._desk, self._words = desk, MoveWords(desk)
        self._shown: list[QWidget] = []
        self.rows: list[PressRow] = []
        whole = column(self)
        head = row()
        head.setContentsMargins(0, 0, 0, 8)
        head.addWidget(Label(tr("Warm handoffs"), "heading"))
        head.addStretch(1)
        self.rule = Label("", "body", "text2", elide=True)
        head.addWidget(self.rule)
        self.add = IconButton(Icon.PLUS, tr("Add a handoff"), size="small")
        self.add.setEnabled(not desk.read_only)
        self.add.clicked.connect(self.add_asked)
        head.addWidget(self.add)
        whole.addLayout(head)
        whole.addWidget(line())
        titles = row(gap=8)
        titles.setContentsMargins(4, 6, 4, 6)
        for title, share in zip(
            (tr("From"), tr("To"), tr("Release"), tr("They have talked"), tr("Records")),
            SHARES,
            strict=True,
        ):
            titles.addWidget(Label(title, "small", "text2", elide=True), share)
        self._titles = QWidget()
        self._titles.setLayout(titles)
        whole.addWidget(self._titles)
        self._rows = column()
        whole.addLayout(self._rows)
        whole.addStretch(1)

    def show_plan(self, plan: Whole) -> None:
        clear(self._shown)
        self.rows = []
        self.rule.setText(self._words.pairs(plan))
        self._titles.setVisible(bool(plan.handoffs))
        for each in plan.handoffs:
            made = self._row(each)
            self.rows.append(made)
            self._shown += [line(), made]
        if plan.handoffs:
            self._shown.append(line())
        else:
            words = self._desk.words.tr("No pair yet. Who hands over, and who takes over?")
            nobody = Label(words, "body", "text2", wrap=True)
            nobody.setContentsMargins(0, 12, 0, 12)
            self._shown.append(nobody)
        fill(self._rows, self._shown)

    def _row(self, each: HandoffRow) -> PressRow:
        tr, name = self._desk.words.tr, self._words.hidden
        talked, talked_ink = self._words.talked(each)
        records, records_ink = self._words.records(each)
        release = tr("Signed") if each.release.signed else tr("Not valid yet")
        ends = tr("{start} to {end}").format(start=name(each.from_name), end=name(each.to_name))
        why = self._words.hidden(each.release.reason)
        told = ". ".join(filter(None, (ends, release, why, talked, records)))
        made = PressRow(told)
        made.setToolTip(why)
        made.line.setContentsMargins(4, 10, 4, 10)
        made.pressed.connect(partial(self.opened.emit, each.id))
        for words, share in ((name(each.from_name), SHARES[0]), (name(each.to_name), SHARES[1])):
            made.line.addWidget(Label(words, "medium", elide=True), share)
        made.line.addWidget(self._release(release, signed=each.release.signed), SHARES[2])
        made.line.addWidget(Label(talked, "body", talked_ink, elide=True), SHARES[3])
        made.line.addWidget(Label(records, "body", records_ink, elide=True), SHARES[4])
        return made

    def _release(self, words: str, *, signed: bool) -> QWidget:
        """Say it by mark and word, not by colour alone."""
        made = QWidget()
        across = row(made, gap=4)
        ink: Ink = "ok" if signed else "warn"
        across.addWidget(Glyph(Icon.CHECK if signed else Icon.TRIANGLE_ALERT, ink, 14))
        across.addWidget(Label(words, "body", ink, elide=True), 1)
        return made
