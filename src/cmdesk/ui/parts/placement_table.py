"""Two to four programs side by side: the must-haves, what is good to know, what is next."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from cmdesk.casework.placement_candidates import Candidate
from cmdesk.casework.placements import Board
from cmdesk.rules.placement import Met, Need, differ
from cmdesk.rules.placement_words import Finding
from cmdesk.ui import look
from cmdesk.ui.desk import Desk
from cmdesk.ui.icons import Icon
from cmdesk.ui.parts import placement_words as say
from cmdesk.ui.parts.placement_cell import Cell, words_cell
from cmdesk.ui.parts.veil import Veil
from cmdesk.ui.widgets.button import Button, IconButton
from cmdesk.ui.widgets.card import column, row
from cmdesk.ui.widgets.label import Label

FIRST = 184  # px at 100 % that the names of the rows take
Tell = Callable[[Candidate], str]


class PlacementTable(QWidget):
    """Signals by a candidate: `opened(int)`, `starred(int, bool)`, `step_asked(int)`."""

    opened = Signal(int)
    starred = Signal(int, bool)
    step_asked = Signal(int)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, self._veil = desk, Veil(desk)
        self._grid: QWidget | None = None
        self._whole = column(self)
        self.setAccessibleName(desk.words.tr("Side by side"))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def show_side_by_side(
        self, board: Board, those: Sequence[Candidate], *, differences: bool = False
    ) -> None:
        """Draw the table; with `differences`, rows that say the same of all are left out."""
        if self._grid is not None:
            self._grid.hide()
            self._whole.removeWidget(self._grid)
            self._grid.deleteLater()
        self._grid = QWidget()
        self._lines = QGridLayout(self._grid)
        self._lines.setSpacing(0)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setColumnMinimumWidth(0, look.px(FIRST))
        for at in range(len(those)):
            self._lines.setColumnStretch(at + 1, 1)
        self._those, self._differences = tuple(those), differences
        self._add_heads()
        self._add_needs(board, must=True)
        self._add_good(board)
        self._add_steps(board)
        self._whole.addWidget(self._grid)
        self._grid.show()

    def _put(self, first: Cell, cells: Sequence[QWidget]) -> None:
        line = self._lines.rowCount()
        for at, cell in enumerate((first, *cells)):
            self._lines.addWidget(cell, line, at)

    def _add_heads(self) -> None:
        self._put(Cell(rule="both", first=True), [self._head(each) for each in self._those])

    def _head(self, each: Candidate) -> Cell:
        tr, cell = self._desk.words.tr, Cell(leading=each.leading, rule="both")
        lines = column(gap=2)
        names = row(gap=4)
        name = Button(each.known.name, "link")
        name.setProperty("strong", True)  # noqa: FBT003 - a Qt property
        name.setAccessibleName(tr("Open {name}").format(name=each.known.name))
        name.clicked.connect(partial(self.opened.emit, each.id))
        names.addWidget(name)
        words = tr("No longer leads") if each.leading else tr("Let it lead")
        ink = "accent" if each.leading else "text3"
        star = IconButton(Icon.STAR, words, "inside", ink=ink)
        star.clicked.connect(partial(self.starred.emit, each.id, not each.leading))
        names.addWidget(star)
        names.addStretch(1)
        lines.addLayout(names)
        where = (each.known.where, say.musts(self._desk.words, each))
        lines.addWidget(Label(" · ".join(filter(None, where)), "small", "text2", elide=True))
        cell.line.addLayout(lines, 1)
        return cell

    def _title(self, words: str) -> None:
        first = words_cell(words, role="strong", first=True)
        self._put(first, [Cell(leading=each.leading) for each in self._those])

    def _add_needs(self, board: Board, *, must: bool) -> None:
        rows = [
            (need, [each.findings[at] for each in self._those])
            for at, need in enumerate(board.needs)
            if need.must is must
        ]
        shown = [(need, found) for need, found in rows if self._worth(need, found)]
        if must and shown:
            self._title(self._desk.words.tr("Must have"))
        for need, found in shown:
            first = words_cell(self._veil.text(need.text), ink="text2", first=True)
            cells = zip(self._those, found, strict=True)
            self._put(first, [self._found(need, each, one) for each, one in cells])

    def _worth(self, need: Need, found: Sequence[Finding]) -> bool:
        said = [(one.met, say.found_words(self._desk.words, need, one)) for one in found]
        return not self._differences or differ(said)

    def _found(self, need: Need, each: Candidate, found: Finding) -> Cell:
        tr, text = self._desk.words.tr, say.found_words(self._desk.words, need, found)
        old = tr("Told long ago. Ask again.") if found.old else ""
        tip = ". ".join(part for part in (self._veil.text(found.source), old) if part)
        name, met = each.known.name, tr(found.met.label)
        said = f"{name}, {need.text}: {met}. {text}. {tip}"
        ink = "warn" if found.old and found.met is not Met.UNKNOWN else "text"
        return words_cell(
            self._veil.text(text),
            leading=each.leading,
            glyph=say.GLYPHS[found.met],
            ink=ink,
            tip=tip,
            spoken=self._veil.text(said),
        )

    def _add_good(self, board: Board) -> None:
        words = self._desk.words
        called = self._desk.privacy.name(board.name.called)
        rows: list[tuple[str, Tell]] = [
            (words.tr("Your placements there"), partial(say.stays, words)),
            (words.tr("What {name} says").format(name=called), lambda each: each.client_says),
            (words.tr("What the family says"), lambda each: each.family_says),
            (words.tr("Watch for"), lambda each: each.form.watch_for),
        ]
        if any(say.how_far(words, each) for each in self._those):
            rows.insert(0, (words.tr("How far"), partial(say.how_far, words)))
        told = [(title, [tell(each) for each in self._those]) for title, tell in rows]
        kept = [pair for pair in told if not self._differences or differ(pair[1])]
        if kept or any(not need.must for need in board.needs):
            self._title(words.tr("Good to know"))
        self._add_needs(board, must=False)
        for title, cells in kept:
            said = zip(self._those, cells, strict=True)
            self._put(
                words_cell(title, ink="text2", first=True),
                [words_cell(self._veil.text(text), leading=e.leading) for e, text in said],
            )

    def _add_steps(self, board: Board) -> None:
        first = Cell(rule="", first=True)
        first.line.addWidget(Label(self._desk.words.tr("Next step"), "strong"))
        self._put(first, [self._step(board, each) for each in self._those])

    def _step(self, board: Board, each: Candidate) -> Cell:
        cell = Cell(leading=each.leading, rule="")
        if board.closed_on:
            return cell
        text = self._veil.text(say.next_step(self._desk.words, each, board.needs))
        button = Button(text, "primary" if each.leading else "outline", size="small")
        button.setAccessibleName(f"{text}: {each.known.name}")
        button.clicked.connect(partial(self.step_asked.emit, each.id))
        cell.line.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        return cell
