"""What follows a move: first visits kept or missed, days that are watched, and what is noted."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from cmdesk.casework.transition_days import VisitRow
from cmdesk.casework.transition_plan import Whole
from cmdesk.ui.desk import Desk
from cmdesk.ui.icons import Icon
from cmdesk.ui.parts.press_row import PressRow
from cmdesk.ui.parts.transition_words import MoveWords
from cmdesk.ui.widgets.button import Button, IconButton
from cmdesk.ui.widgets.card import Card, column, row
from cmdesk.ui.widgets.glyph import Glyph
from cmdesk.ui.widgets.label import Label

TOP = Qt.AlignmentFlag.AlignTop


class VisitsCard(Card):
    """Signals `add_asked`, `opened(int)` and `kept(int, bool)`: a visit was kept, or missed."""

    add_asked = Signal()
    opened = Signal(int)
    kept = Signal(int, bool)

    def __init__(self, desk: Desk) -> None:
        tr = desk.words.tr
        super().__init__(tr("First visits"))
        self._desk, self._words = desk, MoveWords(desk)
        self.add = IconButton(Icon.PLUS, tr("Add a first visit"), size="small")
        self.add.setEnabled(not desk.read_only)
        self.add.clicked.connect(self.add_asked)
        self.head.addWidget(self.add)

    def show_plan(self, plan: Whole) -> None:
        nothing = self._desk.words.tr("None booked yet.")
        self.show_rows([self._row(visit) for visit in plan.days.visits], nothing)

    def _row(self, visit: VisitRow) -> QWidget:
        tr = self._desk.words.tr
        said, ink = self._words.visit(visit)
        label, kind = self._words.hidden(visit.label), self._words.visit_kind(visit)
        made = QWidget()
        across = row(made, gap=8)
        sentence = tr("{visit}. Enter changes it.").format(visit=f"{label}, {kind}, {said}")
        pressed = PressRow(sentence)
        pressed.pressed.connect(partial(self.opened.emit, visit.id))
        text = column()
        text.addWidget(Label(label, "medium", elide=True))
        text.addWidget(Label(kind, "small", "text2", elide=True))
        pressed.line.addLayout(text, 1)
        pressed.line.addWidget(Label(said, "small", ink))
        across.addWidget(pressed, 1)
        due = visit.visit_on is not None and visit.visit_on <= self._desk.today()
        if due and visit.attended is None and not self._desk.read_only:
            for words, attended in ((tr("Kept"), True), (tr("Missed"), False)):
                button = Button(words, size="small")
                button.setAccessibleName(f"{words}: {label}")
                button.clicked.connect(partial(self.kept.emit, visit.id, attended))
                across.addWidget(button)
        return made


class ClocksCard(Card):
    """The days after leaving that are watched: alerts of our own, no measure."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.words.tr("Days watched after leaving"))
        self._desk, self._words = desk, MoveWords(desk)

    def show_plan(self, plan: Whole) -> None:
        tr = self._desk.words.tr
        nothing = tr("Say what was treated, to watch days 2, 7 and 30.")
        if plan.days.leaves_on is None:
            nothing = tr("Set the day of leaving first.")
        elif plan.form.kind == "other":
            nothing = tr("None are watched for this move.")
        rows: list[QWidget] = []
        for clock in plan.clocks:
            name, said, ink = self._words.clock(clock)
            made = QWidget()
            across = row(made, gap=8)
            across.addWidget(Label(name, "body"), 1)
            marks = {"ok": Icon.CHECK, "crit": Icon.TRIANGLE_ALERT}
            if ink in marks:
                across.addWidget(Glyph(marks[ink], ink, 14))
            across.addWidget(Label(said, "body", ink))
            rows.append(made)
        self.show_rows(rows, nothing)


class NotesCard(Card):
    """What is noted for the way. Signal `edit_asked`."""

    edit_asked = Signal()

    def __init__(self, desk: Desk) -> None:
        tr = desk.words.tr
        super().__init__(tr("For the way"))
        self._desk, self._words = desk, MoveWords(desk)
        self.edit = Button(tr("Edit"), "quiet", size="small")
        self.edit.setAccessibleName(tr("Edit the move"))
        self.edit.setEnabled(not desk.read_only)
        self.edit.clicked.connect(self.edit_asked)
        self.head.addWidget(self.edit)

    def show_plan(self, plan: Whole) -> None:
        tr, form = self._desk.words.tr, plan.form
        notes = (
            (tr("Medicine"), form.medicine_words),
            (tr("Risk plan"), form.risk_plan),
            (tr("Travel"), form.travel),
            (tr("Belongings"), form.belongings),
            (tr("School or work"), form.school_work),
            (tr("Phone and screens"), form.phone_rules),
            (tr("Family plan"), form.family_plan),
        )
        rows: list[QWidget] = []
        for title, words in notes:
            if words:
                made = QWidget()
                lines = column(made)
                lines.addWidget(Label(title, "small", "text2"))
                lines.addWidget(Label(self._words.hidden(words), "body", wrap=True))
                rows.append(made)
        self.show_rows(rows, tr("Nothing noted yet."))
