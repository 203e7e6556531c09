"""How a goal moved: on which day, how far, what it was, and the contact it came up in."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtWidgets import QWidget

from cmdesk.casework import goals
from cmdesk.casework.goals import Contact
from cmdesk.rules import goal_draft
from cmdesk.rules.goal_codes import QUARTERS, GoalStatus
from cmdesk.rules.goal_draft import MoveForm
from cmdesk.store.journal import Label as Act
from cmdesk.ui import form
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.record_sheet import RecordSheet, Section, options
from cmdesk.ui.dialogs.sheet import standing_open
from cmdesk.ui.overlay import open_over
from cmdesk.ui.parts.veil import Veil
from cmdesk.ui.widgets.button import Button

WIDE: Final = 560
WORDS: Final = 48  # characters of a contact's words in the list


class GoalMoveDialog(RecordSheet[MoveForm]):
    """Notes that a goal moved; the day is today, the rest is one line."""

    def __init__(self, desk: Desk, client_id: int, goal_id: int) -> None:
        tr, veil = desk.words.tr, Veil(desk)
        goal = desk.ask(goals.one, goal_id)
        title = tr("{goal}: it moved").format(goal=veil.text(goal.form.name or goal.form.words))
        super().__init__(desk, title, f"goal:{goal_id}:move", width=WIDE, client_id=client_id)
        self._goal_id, self._veil = goal_id, veil
        contacts: list[tuple[object, str]] = [
            (each.entry_id, self._told(each)) for each in desk.ask(goals.contacts, client_id)
        ]
        how_far: list[tuple[object, str]] = [
            (number, tr(words)) for number, words in enumerate(QUARTERS)
        ]
        stands = options(tr, GoalStatus, empty=tr("As it was"))
        rows = [
            form.paragraph("note", tr("What moved?"), lines=2),
            [
                form.choice("quarters", tr("How far"), [(None, tr("Not said")), *how_far]),
                form.choice("status", tr("Where it stands"), stands),
                form.day("moved_on", tr("On"), desk.today, desk.words.short_day),
            ],
            form.choice("entry_id", tr("It came up in"), [(None, tr("No contact")), *contacts]),
            form.line("family_line", tr("What a letter may say"), hint=tr("In plain words.")),
        ]
        self.add(Section("", rows))
        self.save_button = Button(tr("Save"), "primary", keys="Ctrl+Return")
        self.foot_buttons((), self.save_button, self.save)
        self.begin(MoveForm(moved_on=desk.today(), quarters=goal.quarters))

    def _told(self, each: Contact) -> str:
        """Name a contact by its day and how it begins."""
        day = self.desk.words.near_day(each.day, self.desk.today())
        begun = " ".join(self._veil.text(each.text).split())
        short = f"{begun[:WORDS].rstrip()} …" if len(begun) > WORDS else begun
        return f"{day}: {short}" if short else day

    def faults(self) -> Mapping[str, str]:
        found = goal_draft.move_faults(self.draft, self.desk.today())
        return {name: self.tr_(text) for name, text in found.items()}

    def save(self) -> None:
        if not self.ready(self.save_button):
            return
        act = Act(self.tr_("Note that a goal moved"))
        doing = self.desk.do(self, act, goals.move, self._goal_id, self.draft, self.keeper.key)
        self.close_after(doing, self.save_button, self.tr_("Noted that it moved"))


def open_goal_move(desk: Desk, window: QWidget, client_id: int, goal_id: int) -> GoalMoveDialog:
    """Open over the window; where one is open already, give that."""
    standing = standing_open(window, GoalMoveDialog)
    if standing is not None:
        return standing
    dialog = GoalMoveDialog(desk, client_id, goal_id)
    dialog.again = lambda desk, window: open_goal_move(desk, window, client_id, goal_id)
    open_over(window, dialog, dialog.keeper.place(dialog.field("note").editor))
    return dialog
