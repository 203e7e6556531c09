"""What stands between you and the programs, looked at before the family decides."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from PySide6.QtWidgets import QWidget

from cmdesk.casework import placement_said, placement_ties, placements
from cmdesk.store.journal import Label as Act
from cmdesk.ui import form
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.record_sheet import RecordSheet, Section
from cmdesk.ui.dialogs.sheet import standing_open
from cmdesk.ui.overlay import open_over
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.note import Note

WIDE: Final = 560


@dataclass(frozen=True, slots=True)
class Statement:
    """The words of the statement."""

    statement: str = ""


class PlacementConflictsDialog(RecordSheet[Statement]):
    """Begins with every tie on record; saying it was looked at keeps the day."""

    def __init__(self, desk: Desk, search: int, then: Callable[[], object] | None) -> None:
        tr, board = desk.words.tr, desk.ask(placements.board, search)
        title = tr("Before the family decides")
        key = f"placement:conflicts:{search}"
        super().__init__(desk, title, key, width=WIDE, client_id=board.client_id)
        self._search, self._then = search, then
        hint = tr("Ties and payments are kept with each provider.")
        rows = [form.paragraph("statement", tr("What you tell them first"), lines=5, hint=hint)]
        self.add(Section("", rows))
        known = desk.ask(placement_ties.lines, search)
        self.missing = Note(tr("A tie on record is missing here. Add it."), "warn")
        self.missing.hide()
        self.whole.addWidget(self.missing)
        self._known = known
        self.save_button = Button(tr("I looked at it"), "primary", keys="Ctrl+Return")
        self.foot_buttons((), self.save_button, self.save)
        stated = desk.ask(placement_ties.stated, search)
        fresh = desk.ask(placement_ties.statement, search)
        self.begin(Statement(board.conflict_statement if stated else fresh))

    def follow(self) -> None:
        if hasattr(self, "_known"):
            said = self.draft.statement
            self.missing.setVisible(any(line not in said for line in self._known))

    def faults(self) -> Mapping[str, str]:
        empty = self.tr_("Say at least that there is nothing to tell.")
        return {} if self.draft.statement.strip() else {"statement": empty}

    def save(self) -> None:
        if not self.ready(self.save_button):
            return
        act = Act(self.tr_("State ties and payments"))
        args = (self._search, self.draft.statement, self.keeper.key)
        doing = self.desk.do(self, act, placement_said.state_conflicts, *args)
        said, then = self.tr_("Noted that you looked at it"), self._then
        self.close_after(doing, self.save_button, said, then=lambda _: then() if then else None)


def open_placement_conflicts(
    desk: Desk, window: QWidget, search: int, then: Callable[[], object] | None = None
) -> PlacementConflictsDialog:
    """Open over the window, `then` goes on once it was looked at; where one is open, give that."""
    standing = standing_open(window, PlacementConflictsDialog)
    if standing is not None:
        return standing
    dialog = PlacementConflictsDialog(desk, search, then)
    dialog.again = lambda desk, window: open_placement_conflicts(desk, window, search)
    open_over(window, dialog, dialog.keeper.place(dialog.field("statement").editor))
    return dialog
