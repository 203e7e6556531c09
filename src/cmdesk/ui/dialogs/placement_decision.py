"""The family’s decision, as theirs: who decided, on which day, in their words."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtWidgets import QWidget

from cmdesk.casework import placement_said, placement_writes, placements
from cmdesk.rules import placement_draft
from cmdesk.rules.placement_draft import DecisionForm
from cmdesk.store.journal import Label as Act
from cmdesk.ui import form
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.record_sheet import RecordSheet, Section
from cmdesk.ui.dialogs.sheet import standing_open
from cmdesk.ui.overlay import open_over
from cmdesk.ui.widgets.button import Button

WIDE: Final = 560


class PlacementDecisionDialog(RecordSheet[DecisionForm]):
    """Records what was decided; the search can be ended from here."""

    def __init__(self, desk: Desk, search: int) -> None:
        tr, board = desk.words.tr, desk.ask(placements.board, search)
        title = tr("The family’s decision")
        key = f"placement:decision:{search}"
        super().__init__(desk, title, key, width=WIDE, client_id=board.client_id)
        self._search, self._over = search, board.closed_on is not None
        places: list[tuple[object, str]] = [(None, tr("None of them, or not yet"))]
        places += [(each.known.id, each.known.name) for each in board.candidates]
        rows = [
            form.paragraph("decision", tr("What they decided, in their words"), lines=2),
            [
                form.line("decided_by", tr("Who decided"), placeholder=tr("Both parents")),
                form.day("decided_on", tr("On"), desk.today, desk.words.short_day),
            ],
            form.choice("chosen_id", tr("The place"), places),
            form.paragraph("rationale", tr("Why, as they gave it"), lines=2),
        ]
        self.add(Section("", rows))
        self.end = Button(tr("Take up again") if self._over else tr("End the search"), "plain")
        self.end.clicked.connect(self._end)
        self.save_button = Button(tr("Save"), "primary", keys="Ctrl+Return")
        self.foot_buttons((self.end,), self.save_button, self.save)
        saved = board.decision
        self.begin(saved if saved.decision else DecisionForm(desk.today(), version=saved.version))

    def faults(self) -> Mapping[str, str]:
        found = placement_draft.decision_faults(self.draft, self.desk.today())
        return {name: self.tr_(text) for name, text in found.items()}

    def save(self) -> None:
        if not self.ready(self.save_button):
            return
        act = Act(self.tr_("Record a decision"))
        args = (self._search, self.draft, self.keeper.key)
        doing = self.desk.do(self, act, placement_said.decide, *args)
        self.close_after(doing, self.save_button, self.tr_("Decision recorded"))

    def _end(self) -> None:
        self.end.setEnabled(False)
        again = self._over
        act = Act(self.tr_("Take a search up again") if again else self.tr_("End a search"))
        said = self.tr_("Search taken up again") if again else self.tr_("Search ended")

        def done(_nothing: None) -> None:
            self.desk.done(said)
            self.close_dialog()

        work = placement_writes.close
        self.desk.do(self, act, work, self._search, closed=not again).then(done).otherwise(
            self._on_failed
        )

    def _on_failed(self, error: BaseException) -> None:
        self.end.setEnabled(True)
        self.say_failed(error)


def open_placement_decision(desk: Desk, window: QWidget, search: int) -> PlacementDecisionDialog:
    """Open over the window; where one is open already, give that."""
    standing = standing_open(window, PlacementDecisionDialog)
    if standing is not None:
        return standing
    dialog = PlacementDecisionDialog(desk, search)
    dialog.again = lambda desk, window: open_placement_decision(desk, window, search)
    open_over(window, dialog, dialog.keeper.place(dialog.field("decision").editor))
    return dialog
