"""A program moves on, or does not go ahead: into which state, on which day, and why."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtWidgets import QWidget

from cmdesk.casework import placement_writes, placements
from cmdesk.errors import Problem
from cmdesk.rules import placement_way
from cmdesk.rules.placement_way import INTO, Column, MoveForm
from cmdesk.rules.provider_codes import ReferralState
from cmdesk.ui import form
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.record_sheet import RecordSheet, Section, options
from cmdesk.ui.dialogs.sheet import standing_open
from cmdesk.ui.overlay import open_over
from cmdesk.ui.records_going import moving
from cmdesk.ui.widgets.button import Button

WIDE: Final = 520


class PlacementMoveDialog(RecordSheet[MoveForm]):
    """Notes a move; the states are those of the column it goes into."""

    def __init__(self, desk: Desk, search: int, candidate: int, into: str) -> None:
        tr, board = desk.words.tr, desk.ask(placements.board, search)
        found = board.candidate(candidate)
        if found is None:
            raise Problem(tr("This program is no longer in the search."), tr("Look again."))
        title = tr("{name} moves").format(name=found.known.name)
        key = f"placement:move:{candidate}"
        super().__init__(desk, title, key, width=WIDE, client_id=board.client_id)
        self._candidate, self._was = candidate, found.state
        column = Column(into)
        states = [each for each in ReferralState if placement_way.column(each) is column]
        rows = [
            [
                form.choice("state", tr("Where it stands"), options(tr, states)),
                form.day("moved_on", tr("On"), desk.today, desk.words.short_day),
            ],
            form.line("reason", tr("Why"), hint=tr("In a few words, as they said it.")),
        ]
        self.add(Section("", rows))
        self.save_button = Button(tr("Save"), "primary", keys="Ctrl+Return")
        self.foot_buttons((), self.save_button, self.save)
        self.begin(MoveForm(INTO[column].value, desk.today()))

    def faults(self) -> Mapping[str, str]:
        found = placement_way.move_faults(self.draft, self.desk.today())
        return {name: self.tr_(text) for name, text in found.items()}

    def save(self) -> None:
        if not self.ready(self.save_button):
            return
        act = moving(self.tr_("Move a program"), self.draft.state, self._was)
        args = (self._candidate, self.draft, self.keeper.key)
        doing = self.desk.do(self, act, placement_writes.move, *args)
        self.close_after(doing, self.save_button, self.tr_("Program moved"))


def open_placement_move(
    desk: Desk, window: QWidget, search: int, candidate: int, into: str
) -> PlacementMoveDialog:
    """Open over the window; where one is open already, give that."""
    standing = standing_open(window, PlacementMoveDialog)
    if standing is not None:
        return standing
    dialog = PlacementMoveDialog(desk, search, candidate, into)
    dialog.again = lambda desk, window: open_placement_move(desk, window, search, candidate, into)
    open_over(window, dialog, dialog.keeper.place(dialog.field("reason").editor))
    return dialog
