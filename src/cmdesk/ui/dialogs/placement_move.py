"""A program moves on, or does not go ahead: into which state, on which day, and why."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Final

from PySide6.QtWidgets import QWidget

from cmdesk.casework import placement_records, placement_writes, placements
from cmdesk.casework.parties import organisation_key
from cmdesk.errors import Problem
from cmdesk.rules import placement_way
from cmdesk.rules.placement_way import INTO, Column, MoveForm, column
from cmdesk.rules.provider_codes import ReferralState
from cmdesk.ui import form
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.record_sheet import RecordSheet, Section, options
from cmdesk.ui.dialogs.release_needed import ReleaseNeeded
from cmdesk.ui.dialogs.sheet import standing_open
from cmdesk.ui.form import Bound
from cmdesk.ui.overlay import open_over
from cmdesk.ui.records_going import accounted, moving
from cmdesk.ui.widgets.button import Button
from cmdesk.words import N_

WIDE: Final = 520


class PlacementMoveDialog(RecordSheet[MoveForm]):
    """Notes a move; the states are those of the column it goes into, else all there are."""

    def __init__(self, desk: Desk, search: int, candidate: int, into: str) -> None:
        tr, board = desk.words.tr, desk.ask(placements.board, search)
        found = board.candidate(candidate)
        if found is None:
            raise Problem(tr("This program is no longer in the search."), tr("Look again."))
        self.column = Column(into) if into else None
        title = tr(self.heading).format(name=found.known.name)
        key = f"placement:{self.kept_as}:{candidate}"
        super().__init__(desk, title, key, width=WIDE, client_id=board.client_id)
        self.candidate, self._was = candidate, found.state
        self.add(Section("", self.rows()))
        whose = organisation_key(found.known.id)
        self.needed = ReleaseNeeded(desk, board.client_id, lambda: whose)
        self.needed.looked_again.connect(partial(self.needed.stop, ""))
        self.whole.addWidget(self.needed)
        self.save_button = Button(tr("Save"), "primary", keys="Ctrl+Return")
        self.foot_buttons((), self.save_button, self.save)
        state = INTO[self.column].value if self.column else found.state
        self.begin(MoveForm(state, desk.today()))

    heading, kept_as = N_("{name} moves"), "move"

    def rows(self) -> list[Bound | Sequence[Bound]]:
        tr, into = self.tr_, self.column
        states = (each for each in ReferralState if into is None or column(each) is into)
        state = form.choice("state", tr("Where it stands"), options(tr, states))
        why = form.line("reason", tr("Why"), hint=tr("In a few words, as they said it."))
        return [[state, self.day()], why]

    def day(self) -> Bound:
        return form.day("moved_on", self.tr_("On"), self.desk.today, self.desk.words.short_day)

    def faults(self) -> Mapping[str, str]:
        found = placement_way.move_faults(self.draft, self.desk.today())
        return {name: self.tr_(text) for name, text in found.items()}

    def save(self) -> None:
        if not self.ready(self.save_button):
            return
        act = moving(self.tr_("Move a program"), self.draft.state, self._was)
        args = (self.candidate, self.draft, self.keeper.key)
        doing = self.desk.do(self, act, placement_writes.move, *args)
        self.close_after(doing, self.save_button, self.tr_("Program moved"))

    def say_failed(self, error: BaseException) -> None:
        """Where records may not go, lead to the consent that is wanting."""
        if not self.needed.takes(error, self):
            super().say_failed(error)


class RecordsAgainDialog(PlacementMoveDialog):
    """Notes that records went to a program once more; it stays where it stands."""

    heading, kept_as = N_("Records went to {name} again"), "again"

    def rows(self) -> list[Bound | Sequence[Bound]]:
        what = form.line("reason", self.tr_("What went"), placeholder=self.tr_("New lab results"))
        return [[self.day(), what]]

    def faults(self) -> Mapping[str, str]:
        found = placement_way.day_faults(self.draft.moved_on, self.desk.today())
        return {name: self.tr_(text) for name, text in found.items()}

    def save(self) -> None:
        if not self.ready(self.save_button):
            return
        act = accounted(self.tr_("Records sent again"))
        args = (self.candidate, self.draft, self.keeper.key)
        doing = self.desk.do(self, act, placement_records.send_again, *args)
        self.close_after(doing, self.save_button, self.tr_("Recorded in the sharing log"))


def open_placement_move(
    desk: Desk, window: QWidget, search: int, candidate: int, into: str = ""
) -> PlacementMoveDialog:
    """Open over the window; where one is open already, give that."""
    standing = standing_open(window, PlacementMoveDialog)
    if standing is not None:
        return standing
    dialog = PlacementMoveDialog(desk, search, candidate, into)
    dialog.again = lambda desk, window: open_placement_move(desk, window, search, candidate, into)
    open_over(window, dialog, dialog.keeper.place(dialog.field("reason").editor))
    return dialog


def open_records_again(
    desk: Desk, window: QWidget, search: int, candidate: int
) -> RecordsAgainDialog:
    """Open over the window; where one is open already, give that."""
    standing = standing_open(window, RecordsAgainDialog)
    if standing is not None:
        return standing
    dialog = RecordsAgainDialog(desk, search, candidate, Column.RECORDS_SENT.value)
    dialog.again = lambda desk, window: open_records_again(desk, window, search, candidate)
    open_over(window, dialog, dialog.keeper.place(dialog.field("reason").editor))
    return dialog
