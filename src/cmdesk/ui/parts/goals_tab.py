"""One client's goals, how the chosen one moved, and how things are going by their scores."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from cmdesk.casework import goals
from cmdesk.casework.goals import GoalRow, Moved
from cmdesk.casework.timeline import Milestone
from cmdesk.ui import look, table
from cmdesk.ui.desk import Desk
from cmdesk.ui.icons import Icon
from cmdesk.ui.parts.goal_rows import HEIGHT, GoalDelegate
from cmdesk.ui.parts.log_list import LogList
from cmdesk.ui.parts.map_card import MapCard
from cmdesk.ui.parts.measure_card import MeasureCard
from cmdesk.ui.parts.timeline_words import moved
from cmdesk.ui.parts.veil import Veil
from cmdesk.ui.table import Column, Table
from cmdesk.ui.widgets.button import Button, IconButton
from cmdesk.ui.widgets.card import Card, column, line, row, scrolled
from cmdesk.ui.widgets.empty import Empty
from cmdesk.ui.widgets.label import Label


class GoalsTab(QWidget):
    """Signals `goal_asked(int or None)`: one to edit, none to add; `move_asked(int)`: it moved.

    `measure_asked(int or None)`: a score to edit, none to add.
    """

    goal_asked = Signal(object)
    measure_asked = Signal(object)
    move_asked = Signal(int)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        tr = desk.words.tr
        self._desk, self._veil, self._client_id = desk, Veil(desk), 0
        self._wanted: int | None = None  # to be chosen once the goals are there
        self._rows: dict[int, GoalRow] = {}
        self.model: Table[GoalRow] = Table(
            [Column("", self._name)], self._fetch, self._sentence, self
        )
        self.delegate = GoalDelegate(desk, self.model.row_at)
        self.list = LogList(tr("Goals"), look.px(HEIGHT))
        self.list.setModel(self.model)
        self.list.setItemDelegate(self.delegate)
        self.list.opened.connect(self.edit_chosen)
        self.list.doubleClicked.connect(self.edit_chosen)
        self.list.selectionModel().currentChanged.connect(self._show_moves)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._make_empty())
        self._stack.addWidget(self._make_halves())
        self.map = MapCard(desk)
        whole = column(self)
        whole.addWidget(self.map)
        whole.addWidget(line())
        whole.addWidget(self._stack, 1)

    def _make_empty(self) -> Empty:
        tr = self._desk.words.tr
        add = Button(tr("Add a goal"), "primary", icon=Icon.PLUS)
        add.clicked.connect(self.add)
        hint = tr("What they want to reach stands here, in their own words.")
        score = Button(tr("Add a measure"))
        score.clicked.connect(partial(self.measure_asked.emit, None))
        return Empty(Icon.FLAG, tr("No goals yet"), hint, [add, score])

    def _make_halves(self) -> QWidget:
        made = QWidget()
        halves = row(made, gap=0)
        left = column()
        head = row()
        head.setContentsMargins(24, 16, 24, 8)
        tr = self._desk.words.tr
        head.addWidget(Label(tr("Goals"), "heading"))
        head.addStretch(1)
        self.plus = IconButton(Icon.PLUS, tr("Add a goal"), size="small")
        self.plus.clicked.connect(self.add)
        head.addWidget(self.plus)
        left.addLayout(head)
        left.addWidget(line())
        left.addWidget(self.list, 1)
        halves.addLayout(left, 5)
        halves.addWidget(line(upright=True))
        halves.addWidget(self._make_right(), 6)
        return made

    def _make_right(self) -> QWidget:
        tr = self._desk.words.tr
        sheet = QWidget()
        whole = column(sheet, gap=16)
        whole.setContentsMargins(24, 16, 24, 24)
        self.measures = MeasureCard(self._desk)
        self.measures.measure_asked.connect(self.measure_asked)
        whole.addWidget(self.measures)
        self.card = Card(tr("How it moved"))
        self.moved = Button(tr("It moved"), "quiet", size="small", icon=Icon.FLAG, keys="M")
        self.moved.clicked.connect(self.move_chosen)
        self.edit = Button(tr("Edit goal"), "quiet", size="small")
        self.edit.clicked.connect(self.edit_chosen)
        self.card.head.addWidget(self.edit)
        self.card.head.addWidget(self.moved)
        whole.addWidget(self.card)
        whole.addStretch(1)
        return scrolled(sheet, tr("How things are going"))

    # The goals.

    def _fetch(self, ids: Sequence[int]) -> list[GoalRow]:
        return [self._rows[number] for number in ids]

    def _name(self, each: GoalRow) -> str:
        return self.delegate.words.name(each)

    def _sentence(self, each: GoalRow) -> str:
        return self.delegate.words.sentence(each)

    def show_client(self, client_id: int) -> None:
        """Show the goals of a client, keeping the one chosen."""
        self._client_id = client_id
        self._rows = {each.id: each for each in self._desk.ask(goals.rows, client_id)}
        table.show(self.list, self.model, self._rows)
        self.list.measure_again()
        scores = self.measures.show_client(client_id)
        self.map.show_client(client_id)
        self._stack.setCurrentIndex(1 if self._rows or scores else 0)
        self.card.setVisible(bool(self._rows))
        if self._wanted is not None:
            self.choose(self._wanted)
        if self._rows and not self.list.currentIndex().isValid():
            table.select(self.list, self.model, next(iter(self._rows)))
        self._show_moves()

    def choose(self, goal_id: int) -> None:
        """Choose a goal, now or when it is shown."""
        self._wanted = None if table.select(self.list, self.model, goal_id) else goal_id

    @property
    def chosen(self) -> GoalRow | None:
        """The goal one is on."""
        number = table.selected_id(self.list, self.model)
        return self._rows.get(number) if number is not None else None

    def add(self) -> None:
        self.goal_asked.emit(None)

    def edit_chosen(self) -> None:
        if self.isVisible() and self.chosen is not None:
            self.goal_asked.emit(self.chosen.id)

    def move_chosen(self) -> None:
        """Ask how the goal one is on moved; behind another tab nobody is on one."""
        if self.isVisible() and self.chosen is not None:
            self.move_asked.emit(self.chosen.id)

    # How the chosen one moved.

    def _show_moves(self) -> None:
        chosen = self.chosen
        moves = chosen.moves if chosen else ()
        set_by = min((each.id for each in moves), default=0)  # one entered late may be of before
        self.card.show_rows(
            [self._move(chosen, each, begins=each.id == set_by) for each in moves if chosen]
        )

    def _move(self, goal: GoalRow, each: Moved, *, begins: bool) -> QWidget:
        words, form = self._desk.words, each.form
        told = Milestone(goal.id, goal.form.name, form.status, form.quarters, begins)
        day = words.near_day(form.moved_on, self._desk.today()) if form.moved_on else ""
        made = QWidget()
        across = row(made, gap=8)
        text = column()
        text.addWidget(Label(moved(words, told), "medium"))
        if form.note:
            text.addWidget(Label(self._veil.text(form.note), "body", "text2", wrap=True))
        across.addLayout(text, 1)
        across.addWidget(Label(day, "small", "text2"))
        if not begins:
            said = words.tr("Take back: {what}").format(what=f"{moved(words, told)}, {day}")
            back = IconButton(Icon.X, said, size="small")
            back.clicked.connect(partial(self._take_back, each.id))
            across.addWidget(back)
        return made

    def _take_back(self, number: int) -> None:
        tr = self._desk.words.tr
        self._desk.do(self, tr("Take back how a goal moved"), goals.take_back, number).then(
            lambda _: self._desk.done(tr("Taken back"))
        )
