"""The step a contact finishes, said in one line, with a box to leave it open."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from cmdesk.casework.row_log import Asked
from cmdesk.casework.tasks import NextStep
from cmdesk.rules.log import LogDraft
from cmdesk.ui import look
from cmdesk.ui.desk import Desk
from cmdesk.ui.parts.veil import Veil
from cmdesk.ui.widgets.card import column
from cmdesk.ui.widgets.checks import CheckBox

LEAST = 160  # pixels, from which on a long step is cut short


class Finishes(QWidget):
    """Signal `edited()`: the box was pressed. Out of sight while no step is behind the contact."""

    edited = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._tr, self._veil = desk.words.tr, Veil(desk)
        self._asked, self._wanted, self._insisted = Asked(), False, False
        self.box = CheckBox()
        self.box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.box.setMinimumWidth(look.px(LEAST))
        self.box.clicked.connect(self._on_pressed)
        whole = column(self, gap=0)
        whole.addWidget(self.box)
        self.hide()

    def offer(self, asked: Asked, *, wanted: bool, insisted: bool = False) -> None:
        """Take the step that may be finished. Silent: this is not the user's doing.

        `insisted`: the box was ticked by hand, so that it holds whoever was reached.
        """
        self._asked, self._wanted, self._insisted = asked, wanted, insisted

    def step(self, draft: LogDraft) -> NextStep | None:
        """Give the step to finish with this contact, if there is one."""
        return self._asked.step if self._asked.concerns(draft) and self._ticked(draft) else None

    def _ticked(self, draft: LogDraft) -> bool:
        judged = self._asked.met if self._insisted else self._asked.reached
        return self._wanted and judged(draft)

    @property
    def wanted(self) -> bool:
        """Whether the step is to be finished once those it is about are reached."""
        return self._wanted

    @property
    def insisted(self) -> bool:
        """Whether it is to be finished whoever was reached."""
        return self._insisted

    def judge(self, draft: LogDraft) -> None:
        """Say what becomes of the step: while nobody was reached it stays open."""
        step, met = self._asked.step, self._asked.met(draft)
        self.setVisible(self._asked.concerns(draft))
        told = self._tr("Finishes: {step}" if met else "Stays open, nobody reached: {step}")
        words = told.format(step=self._veil.text(step.text) if step else "")
        self.box.setText(words)
        self.box.setAccessibleName(words)
        self.box.setToolTip(words)
        self.box.setEnabled(met)
        self.box.setChecked(self._ticked(draft))

    def _on_pressed(self) -> None:
        self._wanted = self._insisted = self.box.isChecked()
        self.edited.emit()
