"""One step of a move's checklists: so many days from leaving, or on a day that does not move."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from cmdesk.casework import transition_steps
from cmdesk.rules import transition_draft
from cmdesk.rules.transition_codes import StepPart
from cmdesk.rules.transition_draft import StepForm
from cmdesk.ui import form
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.move_part import MoveSheet, Said, open_part
from cmdesk.ui.dialogs.record_sheet import Section, options
from cmdesk.ui.form import Bound
from cmdesk.ui.parts.transition_wish import Wish


class StepDialog(MoveSheet[StepForm]):
    """A new step, or one there is. What is left out of the list comes back by undo."""

    first = "text"

    def __init__(self, desk: Desk, wish: Wish) -> None:
        tr = desk.words.tr
        said = Said(
            *(tr("Save a step of a move"), tr("Step saved")),
            *(tr("Leave step out"), tr("Step left out")),
        )
        title = tr("Step") if wish.record else tr("New step")
        super().__init__(desk, title, "move_step", wish, said)
        self.add(Section("", self._what()))
        saved = StepForm()
        if wish.record:
            saved = desk.ask(transition_steps.read, wish.record)
        elif isinstance(wish.form, StepForm):
            saved = wish.form
        self.end(saved)

    def _what(self) -> list[Bound | Sequence[Bound]]:
        tr, words, today = self.tr_, self.desk.words, self.desk.today
        moves = tr("Below zero before they leave. It moves with the day.")
        stays = tr("This one stays when the day moves.")
        return [
            form.line("text", tr("What"), placeholder=tr("Ride home settled")),
            [
                form.choice("part", tr("On the list"), options(tr, StepPart)),
                form.line("owner", tr("Whose step"), placeholder=tr("You")),
            ],
            [
                form.line("days", tr("Days from leaving"), placeholder="-3", hint=moves),
                form.day("fixed_on", tr("Or a fixed day"), today, words.short_day, hint=stays),
                form.line("time", tr("Time"), placeholder="9:00 AM"),
            ],
            form.line("evidence", tr("How one knows it is done")),
        ]

    def faults(self) -> Mapping[str, str]:
        return self.translated(transition_draft.step_faults(self.draft))

    def keep(self) -> tuple[Callable[..., object], tuple[Any, ...]]:
        wish = self.wish
        return transition_steps.save, (wish.move_id, self.draft, wish.record, self.keeper.key)

    def take(self) -> Callable[..., object]:
        return transition_steps.drop


def open_step(desk: Desk, window: QWidget, wish: Wish) -> StepDialog:
    return open_part(desk, window, wish, StepDialog)
