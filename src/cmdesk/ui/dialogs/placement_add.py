"""A program for a search, found in the directory: one’s own first, with what each lacks."""

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from cmdesk.casework import placement_match, placement_writes, placements
from cmdesk.casework.placement_match import Answer, Found
from cmdesk.store.journal import Label as Act
from cmdesk.ui import table
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.sheet import Sheet, standing_open
from cmdesk.ui.overlay import open_over
from cmdesk.ui.parts.two_lines import Cell, RowList, TwoLines
from cmdesk.ui.table import Column, Table
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.card import row
from cmdesk.ui.widgets.field import line_edit
from cmdesk.ui.widgets.label import Label
from cmdesk.ui.widgets.segmented import Segment, Segmented

WIDE: Final = 760
TALL: Final = 380  # px at 100 % of the list
PAUSE: Final = 120  # ms after a key before the directory is asked
SHARES: Final = (42, 58)


class PlacementAdd(Sheet):
    """Type a name or a town; Enter adds the program one is on.

    Signal `added(int)`: it is a candidate now, and the dialog is gone.
    """

    added = Signal(int)

    def __init__(self, desk: Desk, search: int) -> None:
        tr, board = desk.words.tr, desk.ask(placements.board, search)
        super().__init__(desk, tr("Add a program"), width=WIDE)
        self._search, self._rows = search, dict[int, Found]()
        self._asked = 0
        whole = self.lay(QWidget())
        head = row()
        self.text = line_edit(tr("Name or town"))
        self.text.setAccessibleName(tr("Name or town"))
        self.text.textEdited.connect(self._on_typed)
        head.addWidget(self.text, 1)
        called = desk.privacy.name(board.name.called)
        fits = tr("Fits {name}").format(name=called)
        self.which = Segmented([Segment("all", tr("All")), Segment("fits", fits)], tr("Which"))
        self.which.chosen.connect(self.ask)
        head.addWidget(self.which)
        whole.addLayout(head)
        self.told = Label("", "small", "text2")
        whole.addWidget(self.told)
        columns = [
            Column[Found](title, lambda each, at=at: self._cell(each, at).first)
            for at, title in enumerate((tr("Program"), tr("Must-haves")))
        ]
        self.model: Table[Found] = Table(columns, self._fetch, self._sentence, self)
        self.list = RowList(tr("Programs"), SHARES)
        self.list.setModel(self.model)
        self.list.setItemDelegate(TwoLines(self._cell, self.list))
        self.list.setMinimumHeight(TALL)
        self.list.opened.connect(self.add)
        whole.addWidget(self.list, 1)
        self._fill_foot()
        self._pause = QTimer(self, interval=PAUSE, singleShot=True)
        self._pause.timeout.connect(self.ask)
        self.ask()

    def _fill_foot(self) -> None:
        tr = self.tr_
        close = Button(tr("Close"), "plain", keys="Esc")
        close.clicked.connect(self.close_dialog)
        self.add_button = Button(tr("Add to the search"), "primary", keys="Enter")
        self.add_button.clicked.connect(self.add)
        self.foot.addStretch(1)
        self.foot.addWidget(close)
        self.foot.addWidget(self.add_button)
        self.on_finish(self.add)

    def _on_typed(self) -> None:
        self._pause.start()

    def ask(self) -> None:
        """Ask the directory, in the background; only the newest answer is shown."""
        self._pause.stop()
        self._asked += 1
        fits = self.which.current == "fits"
        text = self.text.text()
        self.desk.fetch(self, placement_match.find, self._search, text, fits=fits).then(
            partial(self._show, self._asked)
        )

    def _show(self, asked: int, answer: Answer) -> None:
        if asked != self._asked:
            return
        self._rows = {each.id: each for each in answer.found}
        table.show(self.list, self.model, list(self._rows))
        if self._rows:
            table.select(self.list, self.model, next(iter(self._rows)))
        self.add_button.setEnabled(bool(self._rows))
        self.told.setText(self._summary(answer))

    def _summary(self, answer: Answer) -> str:
        words, fits = self.desk.words, self.which.current == "fits"
        if not answer.total and fits:
            return words.tr("None meets all must-haves. All shows what each lacks.")
        if not answer.total:
            return words.tr("No program by this name. Providers takes new ones.")
        shown = words.number(len(answer.found))
        if answer.total > len(answer.found):
            total = words.number(answer.total)
            return words.tr("The first {n} of {total}").format(n=shown, total=total)
        return words.ntr("{n} program", "{n} programs", answer.total).format(n=shown)

    def _fetch(self, ids: Sequence[int]) -> list[Found]:
        return [self._rows[number] for number in ids if number in self._rows]

    def _cell(self, each: Found, place: int) -> Cell:
        tr = self.desk.words.tr
        if place == 0:
            note = tr("in the search") if each.candidate else "" if each.mine else tr("directory")
            second = " · ".join(part for part in (each.where, note) if part)
            return Cell(each.name, second, role="medium")
        ask = tr("Ask: {what}").format(what=", ".join(each.to_ask)) if each.to_ask else ""
        if each.lacks:
            lacks = tr("Lacks: {what}").format(what=", ".join(each.lacks))
            return Cell(lacks, ask, "body", "crit", "warn")
        if ask:
            return Cell(tr("Nothing missing that is known"), ask, "body", "text", "warn")
        return Cell(tr("Meets all must-haves"), ink="ok")

    def _sentence(self, each: Found) -> str:
        cells = (self._cell(each, at) for at in range(len(SHARES)))
        parts = [part for cell in cells for part in (cell.first, cell.second) if part]
        return self.desk.words.tr("{row}. Enter adds it.").format(row=". ".join(parts))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        down = (Qt.Key.Key_Down, Qt.Key.Key_Up)
        if event.key() in down and self.text.hasFocus() and self._rows:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.text.hasFocus():
            self.add()
        else:
            super().keyPressEvent(event)

    def add(self) -> None:
        """Take the program one is on into the search."""
        number = table.selected_id(self.list, self.model)
        if number is None or not self.add_button.isEnabled():
            return
        self.add_button.setEnabled(False)
        act = Act(self.tr_("Add a program to a search"))
        work = placement_writes.add
        self.desk.do(self, act, work, self._search, number).then(self._on_added).otherwise(
            self._on_failed
        )

    def _on_added(self, number: int) -> None:
        self.desk.done(self.tr_("Program added"))
        self.close_dialog()
        self.added.emit(number)

    def _on_failed(self, error: BaseException) -> None:
        self.add_button.setEnabled(True)
        self.say_failed(error)


def open_placement_add(desk: Desk, window: QWidget, search: int) -> PlacementAdd:
    """Open over the window; where one is open already, give that."""
    standing = standing_open(window, PlacementAdd)
    if standing is not None:
        return standing
    dialog = PlacementAdd(desk, search)
    dialog.again = lambda desk, window: open_placement_add(desk, window, search)
    open_over(window, dialog, dialog.text)
    return dialog
