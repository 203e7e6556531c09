"""Columns of a table beside our fields, and how its first rows would be read."""

from functools import partial
from itertools import islice

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from cmdesk.exchange import bringing, column_mapping
from cmdesk.exchange.bringing import Finding, Looked, Preview
from cmdesk.exchange.column_mapping import FIELDS, LEFT_OUT, PEOPLE, PROGRAMS
from cmdesk.exchange.csv_table import Row, Table
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.bring_in_wish import NONE_YET, Wish
from cmdesk.ui.widgets.card import column, line
from cmdesk.ui.widgets.choice import Choice
from cmdesk.ui.widgets.label import Label
from cmdesk.ui.widgets.note import Note
from cmdesk.ui.widgets.segmented import Segment, Segmented

SAMPLES = 60  # rows in which a value is looked for, to be shown beside the name of a column


class Columns(QWidget):
    """Signal `changed`: another field or another target was chosen; `preview` is anew then."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._looked: Looked | None = None
        self.mapping: tuple[str, ...] = ()
        self.preview: Preview | None = None
        tr = desk.words.tr
        whole = column(self, gap=12)
        self.target = Segmented(
            [Segment(PROGRAMS, tr("Programs")), Segment(PEOPLE, tr("People"))], tr("What it lists")
        )
        self.target.chosen.connect(self._on_target)
        whole.addWidget(self.target)
        self.head = Label(tr("Which column is what?"), "strong")
        whole.addWidget(self.head)
        self._fields = QGridLayout()
        self._fields.setContentsMargins(0, 0, 0, 0)
        self._fields.setHorizontalSpacing(12)
        self._fields.setVerticalSpacing(4)
        self._fields.setColumnStretch(0, 3)
        self._fields.setColumnStretch(1, 4)
        self._fields.setColumnStretch(2, 4)
        whole.addLayout(self._fields)
        whole.addWidget(line())
        self.shown = Label("", "strong")
        whole.addWidget(self.shown)
        self._rows = QGridLayout()
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setHorizontalSpacing(16)
        self._rows.setVerticalSpacing(4)
        whole.addLayout(self._rows)
        self._findings = column(gap=4)
        whole.addLayout(self._findings)
        self.choices: list[Choice] = []

    def take(self, looked: Looked, wish: Wish = NONE_YET) -> None:
        """Show a file that was looked at, as it was mapped before if it was."""
        self._looked = looked
        fits = wish.fits(looked)
        self.target.choose(wish.target if fits else looked.target)
        self._offer(wish.mapping if fits else ())

    @property
    def ready(self) -> bool:
        """Whether anything could be brought in as it is mapped now."""
        return self.preview is not None and self.preview.count > 0

    def _on_target(self) -> None:
        self._offer()

    def _offer(self, mapped: tuple[str, ...] = ()) -> None:
        """List the columns with a field to choose for each; what is not mapped yet is guessed."""
        _empty(self._fields)
        self.choices = []
        looked, target = self._looked, self.target.current
        table = looked.table if looked else None
        self.head.setVisible(table is not None)
        self.mapping = mapped or (column_mapping.guess(table.columns, target) if table else ())
        if table is not None:
            samples = _samples(table)
            for place, name in enumerate(table.columns):
                self._add(place, name, samples.get(name, ""))
        self._read()

    def _add(self, place: int, name: str, sample: str) -> None:
        tr, target = self._desk.words.tr, self.target.current
        called = name.replace("_", " ") or tr("Column {n}").format(n=place + 1)
        options: list[tuple[object, str]] = [(LEFT_OUT, tr("Leave out"))]
        options += [(each.code, tr(each.label)) for each in FIELDS[target]]
        choice = Choice(options, called)
        choice.choose(self.mapping[place])
        choice.chosen.connect(partial(self._on_chosen, place))
        self.choices.append(choice)
        self._fields.addWidget(Label(called, "medium", elide=True), place, 0)
        self._fields.addWidget(Label(sample, "small", "text2", elide=True), place, 1)
        self._fields.addWidget(choice, place, 2)

    def _on_chosen(self, place: int, code: object) -> None:
        """Give a column its field; one that can be held once leaves the column that had it."""
        target = self.target.current
        self.mapping = column_mapping.chosen(self.mapping, place, str(code), target)
        for choice, held in zip(self.choices, self.mapping, strict=True):
            choice.choose(held)
        self._read()

    def _read(self) -> None:
        """Read the file as it is mapped now, in the background."""
        looked, target, mapping = self._looked, self.target.current, self.mapping
        if looked is None:
            return
        self.preview = None
        self.changed.emit()

        def take(found: Preview) -> None:
            if (self.target.current, self.mapping) == (target, mapping):
                self._show(found)

        work = partial(bringing.preview, looked, target, mapping)
        self._desk.run(self, work).then(take)

    def _show(self, found: Preview) -> None:
        self.preview = found
        tr = self._desk.words.tr
        _empty(self._rows)
        named = tr("The first {n}, as they would be read").format(n=len(found.rows))
        table = self._looked.table if self._looked else None
        bare = table is not None and table.is_bare
        nothing = tr("No row stands below the headings.") if bare else ""
        nothing = nothing or tr("Say which column is the name.")
        self.shown.setText(named if found.rows else nothing)
        if found.rows:
            for place, words in enumerate(bringing.headings(self.target.current)):
                self._rows.addWidget(Label(tr(words), "small", "text2"), 0, place)
                self._rows.setColumnStretch(place, 2 if words in ("Name", "Address") else 1)
        for number, cells in enumerate(found.rows, 1):
            for place, cell in enumerate(cells):
                self._rows.addWidget(Label(cell, "body", elide=True), number, place)
        while item := self._findings.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for finding in found.findings:
            self._findings.addWidget(Note(said(self._desk, finding), "warn"))
        self.changed.emit()


def said(desk: Desk, finding: Finding) -> str:
    """Say on which rows something is to know."""
    words, lines = desk.words, ", ".join(str(each) for each in finding.lines)
    if not finding.lines:
        return finding.why
    more = finding.count - len(finding.lines)
    if not more:
        rows = words.ntr("Row {rows}", "Rows {rows}", finding.count).format(rows=lines)
    else:
        rows = words.tr("Rows {rows} and {n} more").format(rows=lines, n=f"{more:,}")
    return f"{rows}: {finding.why}"


def _samples(table: Table) -> dict[str, str]:
    """Find a value for each column among the first rows."""
    found: dict[str, str] = {}
    for row in islice(table.rows(), SAMPLES):
        if isinstance(row, Row):
            for name, cell in row.cells.items():
                found.setdefault(name, " ".join(cell.split()))
    return found


def _empty(grid: QGridLayout) -> None:
    while item := grid.takeAt(0):
        if widget := item.widget():
            widget.hide()
            widget.deleteLater()
