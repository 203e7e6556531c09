"""Steps from a set of tasks, brought into the checklists of a move around its day."""

from typing import Any, Final

from PySide6.QtWidgets import QWidget

from cmdesk.casework import task_sets, transition_steps
from cmdesk.casework.task_sets import SetRow
from cmdesk.store.journal import Label as Act
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.sheet import Sheet, standing_open
from cmdesk.ui.overlay import open_over
from cmdesk.ui.parts.transition_gaps import clear, fill
from cmdesk.ui.parts.transition_wish import Wish
from cmdesk.ui.parts.veil import Veil
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.card import column, row
from cmdesk.ui.widgets.choice import Choice
from cmdesk.ui.widgets.field import Field
from cmdesk.ui.widgets.label import Label

WIDE: Final = 560


class MoveSetDialog(Sheet):
    """Choose a set; its steps are listed before they are brought in."""

    def __init__(self, desk: Desk, wish: Wish) -> None:
        super().__init__(desk, desk.words.tr("Steps from a set"), width=WIDE)
        self._wish, self._veil = wish, Veil(desk)
        self._sets: list[SetRow] = desk.ask(task_sets.rows)
        whole = self.lay(QWidget())
        self.which = Choice([(each.id, each.name) for each in self._sets], self.tr_("Set"))
        self.which.chosen.connect(self._show)
        none = self.tr_("No set yet. A client’s open tasks can be kept as one.")
        self.none = Label(none, "body", "text2", wrap=True)
        self.none.setVisible(not self._sets)
        whole.addWidget(self.none)
        field = Field(self.tr_("Set"), self.which)
        field.setVisible(bool(self._sets))
        whole.addWidget(field)
        self._lines = column(gap=4)
        whole.addLayout(self._lines)
        self._shown: list[QWidget] = []
        cancel = Button(self.tr_("Close"), "plain", keys="Esc")
        cancel.clicked.connect(self.close_dialog)
        self.make = Button(self.tr_("Bring in"), "primary", keys="Ctrl+Return")
        self.make.setEnabled(bool(self._sets))
        self.make.clicked.connect(self.bring_in)
        self.foot.addStretch(1)
        self.foot.addWidget(cancel)
        self.foot.addWidget(self.make)
        self.on_finish(self.bring_in)
        self._show(None)

    @property
    def chosen(self) -> SetRow | None:
        return next((each for each in self._sets if each.id == self.which.value), None)

    def _show(self, _value: Any) -> None:
        clear(self._shown)
        found = self.chosen
        for step in found.steps if found else ():
            made = QWidget()
            across = row(made, gap=12)
            across.addWidget(Label(self._veil.text(step.text), "body", elide=True), 1)
            days = self.tr_("The day") if step.offset_days == 0 else f"{step.offset_days:+d}"
            across.addWidget(Label(days, "small", "text2"))
            self._shown.append(made)
        fill(self._lines, self._shown)

    def bring_in(self) -> None:
        """Add the steps of the set chosen to the checklists."""
        found = self.chosen
        if found is None or not self.make.isEnabled():
            return
        self.make.setEnabled(False)
        act, args = Act(self.tr_("Bring steps in")), (self._wish.move_id, found.steps)
        self.desk.do(self, act, transition_steps.bring_in, *args).then(self._on_done).otherwise(
            self._on_failed
        )

    def _on_done(self, count: int) -> None:
        words = self.desk.words.ntr("{n} step brought in", "{n} steps brought in", count)
        self.desk.done(words.format(n=count))
        self.close_dialog()

    def _on_failed(self, error: BaseException) -> None:
        self.make.setEnabled(True)
        self.say_failed(error)


def open_move_set(desk: Desk, window: QWidget, wish: Wish) -> MoveSetDialog:
    """Open over the window; where one is open already, give that."""
    standing = standing_open(window, MoveSetDialog)
    if standing is not None:
        return standing
    dialog = MoveSetDialog(desk, wish)
    dialog.again = lambda desk, window: open_move_set(desk, window, wish)
    open_over(window, dialog, dialog.which)
    return dialog
