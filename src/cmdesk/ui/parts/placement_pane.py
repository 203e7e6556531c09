"""One search: the board above, side by side below, and what the family decides."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal, SignalInstance
from PySide6.QtWidgets import QMenu, QWidget

from cmdesk.casework import placement_writes, placements
from cmdesk.casework.placement_candidates import Candidate
from cmdesk.casework.placements import Board
from cmdesk.rules.placement_way import MOST_SIDE_BY_SIDE
from cmdesk.store.journal import Label as Act
from cmdesk.ui.desk import Desk
from cmdesk.ui.icons import Icon
from cmdesk.ui.page import Route
from cmdesk.ui.parts.placement_board import PlacementBoard
from cmdesk.ui.parts.placement_foot import PlacementFoot
from cmdesk.ui.parts.placement_table import PlacementTable
from cmdesk.ui.parts.placement_words import ends
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.card import column, scrolled
from cmdesk.ui.widgets.empty import Empty
from cmdesk.ui.widgets.label import Label
from cmdesk.ui.widgets.segmented import Segment, Segmented
from cmdesk.ui.widgets.wrap_row import wrap_row


class _Content(QWidget):
    """As tall as its width asks for: the least height of wrapped words is that of a narrow one."""

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), 0)


class PlacementPane(QWidget):
    """Its wishes go up to the window.

    Signals by a search: `program_asked(int)`, `needs_asked(int)`, `summary_asked(int)`,
    `decision_asked(int)`, `conflicts_asked(int)`; by a candidate: `opened(int)`,
    `step_asked(int)`, `moved(int, str)` into a column, `sent_again(int)`.
    """

    program_asked = Signal(int)
    needs_asked = Signal(int)
    summary_asked = Signal(int)
    decision_asked = Signal(int)
    conflicts_asked = Signal(int)
    opened = Signal(int)
    step_asked = Signal(int)
    moved = Signal(int, str)
    sent_again = Signal(int)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.shown: Board | None = None
        self._picked: tuple[int, ...] = ()  # candidates side by side, where one chose them
        self.board, self.table = PlacementBoard(desk), PlacementTable(desk)
        self.foot = PlacementFoot(desk)
        self._lay_out()
        self.board.opened.connect(self.opened)
        self.board.moved.connect(self.moved)
        self.board.sent_again.connect(self.sent_again)
        self.board.lettered.connect(self._on_letter)
        self.table.opened.connect(self.opened)
        self.table.step_asked.connect(self._on_step)
        self.table.starred.connect(self._on_star)
        self.foot.decision_asked.connect(partial(self._of_search, self.decision_asked))
        self.foot.conflicts_asked.connect(partial(self._of_search, self.conflicts_asked))

    def _lay_out(self) -> None:
        tr = self.desk.words.tr
        content = _Content()
        whole = column(content, gap=12)
        whole.setContentsMargins(24, 4, 24, 24)
        whole.addWidget(self.board)
        head = wrap_row(gap=12)
        head.addWidget(Label(tr("Side by side"), "heading"), 1)
        self.which = Button(tr("Which"), "quiet", size="small", drops=True)
        self.which.clicked.connect(self._ask_which)
        self.needs = Button(tr("Edit must-haves"), "quiet", icon=Icon.SLIDERS_HORIZONTAL)
        self.needs.clicked.connect(partial(self._of_search, self.needs_asked))
        rows = [Segment("all", tr("All rows")), Segment("differences", tr("Differences"))]
        self.rows = Segmented(rows, tr("Which rows"))
        self.rows.chosen.connect(self._show_table)
        for widget in (self.which, self.needs, self.rows):
            head.addWidget(widget)
        whole.addLayout(head)
        self.first = Button(tr("Program"), "primary", icon=Icon.PLUS)
        self.first.clicked.connect(partial(self._of_search, self.program_asked))
        hint = tr("Those you ask stand on the board and side by side.")
        self.empty = Empty(Icon.BUILDING_COMPLEX, tr("No programs yet"), hint, [self.first])
        whole.addWidget(self.empty)
        whole.addWidget(self.table)
        whole.addWidget(self.foot)
        whole.addStretch(1)
        self.area = scrolled(content, tr("Search for a place"))
        column(self).addWidget(self.area)

    def head_buttons(self) -> tuple[Button, Button]:
        """Make the two ways on that stand in the head of a page."""
        tr = self.desk.words.tr
        summary = Button(tr("Summary for parents"), icon=Icon.FILE_TEXT)
        summary.clicked.connect(partial(self._of_search, self.summary_asked))
        program = Button(tr("Program"), icon=Icon.PLUS)
        program.clicked.connect(partial(self._of_search, self.program_asked))
        return summary, program

    def _on_step(self, number: int) -> None:
        """Go on with a program; where a client was taken in, to the decision that ends it all."""
        found = self.shown.candidate(number) if self.shown else None
        if found is not None and ends(found):
            self._of_search(self.decision_asked)
        else:
            self.step_asked.emit(number)

    def _of_search(self, wish: SignalInstance) -> None:
        if self.shown is not None:
            wish.emit(self.shown.id)

    def show_search(self, search: int) -> Board:
        """Ask for a search and draw it."""
        if self.shown is not None and self.shown.id != search:
            self._picked = ()
        self.shown = board = self.desk.ask(placements.board, search)
        self.board.show_candidates(board.candidates)
        self.foot.show_search(board)
        self._show_table()
        return board

    @property
    def side_by_side(self) -> list[Candidate]:
        """Those compared: the ones chosen, else the first four that go on; the leading first."""
        board = self.shown
        if board is None:
            return []
        going = [each for each in board.candidates if each.going]
        picked = [each for each in board.candidates if each.id in self._picked]
        those = picked or sorted(going, key=lambda each: not each.leading)[:MOST_SIDE_BY_SIDE]
        return sorted(those, key=lambda each: not each.leading)

    def _show_table(self) -> None:
        those = self.side_by_side
        self.table.setVisible(bool(those))
        self.empty.setVisible(not those)
        self.rows.setVisible(len(those) > 1)
        many = self.shown is not None and len(self.shown.candidates) > 1
        self.which.setVisible(many)
        if self.shown is not None and those:
            differences = self.rows.current == "differences" and len(those) > 1
            self.table.show_side_by_side(self.shown, those, differences=differences)

    def _ask_which(self) -> None:
        """Let one choose who stands side by side."""
        if self.shown is None:
            return
        menu = QMenu(self.which.text(), self.which)
        there = {each.id for each in self.side_by_side}
        full = len(there) >= MOST_SIDE_BY_SIDE
        for each in self.shown.candidates:
            act = menu.addAction(each.known.name)
            act.setCheckable(True)
            act.setChecked(each.id in there)
            act.setEnabled(each.id in there or not full)
            act.triggered.connect(partial(self._pick, each.id))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.which.mapToGlobal(self.which.rect().bottomLeft()))

    def _pick(self, number: int) -> None:
        there = [each.id for each in self.side_by_side]
        kept = [each for each in there if each != number]
        self.pick(kept if number in there else [*there, number])

    def pick(self, those: Sequence[int]) -> None:
        """Put these side by side, four at most; none: as the program chooses."""
        self._picked = tuple(those)[:MOST_SIDE_BY_SIDE]
        self._show_table()

    def _on_star(self, candidate: int, leads: bool) -> None:  # noqa: FBT001 - a signal's own
        tr = self.desk.words.tr
        act = Act(tr("Choose who leads"))
        said = tr("It leads now") if leads else tr("It no longer leads")
        self.desk.do(self, act, placement_writes.star, candidate, leading=leads).then(
            lambda _: self.desk.done(said)
        )

    def _on_letter(self, letter: str) -> None:
        """Do what a letter means on a card; no letter reaches the board that means nothing."""
        {
            "M": self.move_chosen,
            "O": self.open_client,
            "P": partial(self._of_search, self.program_asked),
            "S": self.star_chosen,
        }[letter]()

    def open_client(self) -> None:
        """Show the chart of whose search it is."""
        if self.shown is not None:
            self.desk.go(Route("chart", self.shown.client_id))

    def star_chosen(self) -> None:
        """Let the chosen card lead, or no longer."""
        chosen = self.chosen
        if chosen is not None:
            self._on_star(chosen.id, not chosen.leading)

    def move_chosen(self) -> None:
        chosen = self.chosen
        if chosen is not None:
            self.board.ask_where(chosen.id)

    @property
    def chosen(self) -> Candidate | None:
        """The candidate whose card has the focus."""
        number = self.board.chosen
        return self.shown.candidate(number) if self.shown and number is not None else None
