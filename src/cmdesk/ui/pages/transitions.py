"""Transitions: all moves ahead, those with the most open gaps first; a row opens its plan."""

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QStackedWidget

from cmdesk.casework import transitions
from cmdesk.casework.transitions import MoveRow
from cmdesk.ui import look, table
from cmdesk.ui.commands import Command
from cmdesk.ui.desk import Desk
from cmdesk.ui.icons import Icon
from cmdesk.ui.page import Hint, Page, Route
from cmdesk.ui.parts import phrases
from cmdesk.ui.parts.transition_wish import Wants, Wish
from cmdesk.ui.parts.transition_words import MoveWords
from cmdesk.ui.parts.two_lines import PADDING, Cell, RowList, TwoLines
from cmdesk.ui.table import Column, Table
from cmdesk.ui.widgets import paint
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.card import column, row
from cmdesk.ui.widgets.empty import Empty
from cmdesk.ui.widgets.label import Label

SHARES = (32, 10, 45, 13)
GAPS = 2  # the column of the gaps


def fitted(parts: Sequence[str], room: int) -> str:
    """Join what stands whole in a line of this width in pixels; the rest is counted: `+2`."""
    for shown in range(len(parts), 1, -1):
        more = [f"+{len(parts) - shown}"] if shown < len(parts) else []
        told = phrases.BETWEEN.join([*parts[:shown], *more])
        if paint.text_width(told, "small") <= room:
            return told
    more = [f"+{len(parts) - 1}"] if len(parts) > 1 else []
    return phrases.BETWEEN.join([*parts[:1], *more])


class TransitionsPage(Page):
    """Enter goes to the plan in its chart. Signal `wished(Wish)`: a dialog, or the paper."""

    wished = Signal(object)
    concerns: ClassVar[frozenset[str]] = frozenset(
        {"transition", "transition_lane", "transition_step", "handoff", "first_visit"}
        | {"client", "person", "episode", "organisation", "medication"}
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        tr = desk.words.tr
        self._rows: dict[int, MoveRow] = {}
        self._words = MoveWords(desk)
        titles = (tr("Client and move"), tr("Leaves"), tr("Open gaps"), tr("Ready"))
        columns = [
            Column[MoveRow](title, lambda each, at=place: self._cell(each, at).first)
            for place, title in enumerate(titles)
        ]
        self.model = Table(columns, self._fetch, self._sentence, self)
        self.list = RowList(tr("Moves ahead"), SHARES)
        self.list.setModel(self.model)
        self.list.setItemDelegate(TwoLines(self._cell, self.list))
        self.list.opened.connect(self.open_plan)
        self._lay_out()

    def _lay_out(self) -> None:
        tr = self.desk.words.tr
        whole = column(self)
        head = QFrame()
        head.setProperty("kind", "head")
        lines = column(head, gap=4)
        lines.setContentsMargins(24, 20, 24, 12)
        first = row()
        first.addWidget(Label(tr("Transitions"), "title"))
        first.addStretch(1)
        self.open = Button(tr("Open plan"), "primary", icon=Icon.ROUTE, keys="Enter")
        self.open.clicked.connect(self.open_plan)
        first.addWidget(self.open)
        lines.addLayout(first)
        self.count = Label("", "body", "text2")
        lines.addWidget(self.count)
        whole.addWidget(head)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        whom = Button(tr("Choose a client"), "primary")
        whom.clicked.connect(partial(self.desk.go, Route("clients")))
        hint = tr("Plan a move in a client’s chart, under Transition.")
        self._stack.addWidget(Empty(Icon.ROUTE, tr("No moves ahead"), hint, [whom]))
        whole.addWidget(self._stack, 1)

    def visit(self, route: Route) -> None:
        super().visit(route)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        rows = self.desk.ask(transitions.ahead)
        self._rows = {each.id: each for each in rows}
        table.show(self.list, self.model, list(self._rows))
        if rows and table.selected_id(self.list, self.model) is None:
            table.select(self.list, self.model, rows[0].id)
        self._stack.setCurrentIndex(0 if rows else 1)
        self.open.setVisible(bool(rows))
        ntr = self.desk.words.ntr
        gaps = sum(each.open_gaps for each in rows)
        told = ntr("{n} move ahead", "{n} moves ahead", len(rows)).format(n=len(rows))
        open_ones = ntr("{n} open gap", "{n} open gaps", gaps).format(n=gaps)
        self.count.setText(f"{told}, {open_ones}" if rows else "")

    def _fetch(self, ids: Sequence[int]) -> list[MoveRow]:
        return [self._rows[number] for number in ids if number in self._rows]

    def _cell(self, each: MoveRow, place: int) -> Cell:
        return (self._who, self._when, self._gaps, self._ready)[place](each)

    def _who(self, each: MoveRow) -> Cell:
        name = self.desk.privacy.name(each.name.full)
        where = self._words.where(each.from_name, each.to_name, each.days)
        return Cell(name, where, role="medium", letters=each.name.initials)

    def _when(self, each: MoveRow) -> Cell:
        tr, words, today = self.desk.words.tr, self.desk.words, self.desk.today()
        if each.leaves_on is None:
            return Cell(tr("No day yet"), ink="warn")
        day = words.near_day(each.leaves_on, today)
        if each.left:
            return Cell(tr("Left {day}").format(day=words.month_day(each.leaves_on)))
        away = (each.leaves_on - today).days
        if away < 0:
            return Cell(day, tr("Not closed yet"), ink="crit")
        said = words.ntr("in {n} day", "in {n} days", away).format(n=away) if away > 1 else ""
        return Cell(day, said)

    def _gaps(self, each: MoveRow) -> Cell:
        tr = self.desk.words.tr
        told = [gap.title for gap in self._words.gaps(each.days)]
        if not told:
            return Cell(tr("No gaps"), ink="ok")
        count = self.desk.words.ntr("{n} gap", "{n} gaps", len(told)).format(n=len(told))
        room = self.list.columnWidth(GAPS) - 2 * look.px(PADDING)
        first = self._words.between([count, told[0]])
        return Cell(first, fitted(told[1:], room), "medium", "warn")

    def _ready(self, each: MoveRow) -> Cell:
        tr, ntr = self.desk.words.tr, self.desk.words.ntr
        steps = tr("{n} of {all} steps").format(n=each.steps_done, all=each.steps)
        pairs = each.handoffs_open
        open_ones = ntr("{n} handoff open", "{n} handoffs open", pairs).format(n=pairs)
        return Cell(steps, open_ones if pairs else "")

    def _sentence(self, each: MoveRow) -> str:
        cells = [self._cell(each, place) for place in range(len(SHARES))]
        told = [gap.title for gap in self._words.gaps(each.days)]
        if told:  # read out, all of them: no line is too short
            cells[GAPS] = Cell(cells[GAPS].first, ", ".join(told[1:]))
        parts = [part for cell in cells for part in (cell.first, cell.second) if part]
        return self.desk.words.tr("{row}. Enter opens the plan.").format(row=", ".join(parts))

    @property
    def chosen(self) -> MoveRow | None:
        number = table.selected_id(self.list, self.model)
        return self._rows.get(number) if number is not None else None

    def open_plan(self) -> None:
        """Go to the plan of the row one is on, in its chart."""
        each = self.chosen
        if each is not None:
            self.desk.go(Route("chart", each.client_id, f"transition:{each.id}"))

    def open_client(self) -> None:
        each = self.chosen
        if each is not None:
            self.desk.go(Route("chart", each.client_id))

    def print_plan(self) -> None:
        each = self.chosen
        if each is not None:
            self.wished.emit(Wish(Wants.PAPER, each.client_id, each.id))

    def commands(self) -> Sequence[Command]:
        tr, within = self.desk.words.tr, self.list
        return (
            Command("transitions.open", tr("Open plan"), self.open_plan, within=within),
            Command(
                "transitions.client", tr("Open the client"), self.open_client, "O", within=within
            ),
            Command("transitions.paper", tr("One-page plan"), self.print_plan, "P", within=within),
        )

    def hints(self) -> Sequence[Hint]:
        tr = self.desk.words.tr
        return (
            Hint(("↑ ↓",), tr("Move")),
            Hint(("Enter",), tr("Open plan")),
            Hint(("O",), tr("Open the client")),
            Hint(("P",), tr("One-page plan")),
        )
