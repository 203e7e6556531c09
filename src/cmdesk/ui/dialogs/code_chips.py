"""Several codes of a list as chips: those used most in front, the rest one press away."""

from collections.abc import Callable, Iterable
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cmdesk.rules.code import Code
from cmdesk.ui.form import Bound
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.card import column
from cmdesk.ui.widgets.chip import ToggleChip
from cmdesk.ui.widgets.flow import Flow

FRONT: Final = 6


class CodeChips(QWidget):
    """Signal `edited()`: one was picked or let go."""

    edited = Signal()

    def __init__(
        self, name: str, codes: Iterable[Code], tr: Callable[[str], str], *, front: int = FRONT
    ) -> None:
        super().__init__()
        self._tr, self._front, self._whole = tr, front, False
        self._other: tuple[str, ...] = ()  # what is kept that is none of these codes
        self.setAccessibleName(name)
        whole = column(self, edge=0)
        holder = QWidget()
        flow = Flow(holder, gap=8, lead=2)
        self.chips: dict[str, ToggleChip] = {}
        for code in codes:
            chip = ToggleChip(tr(code.label))
            if code.detail:
                chip.setToolTip(tr(code.detail))
            chip.clicked.connect(self._on_clicked)
            self.chips[code.value] = chip
            flow.addWidget(chip)
        self._more = Button("", "link", size="small")
        self._more.clicked.connect(self._on_more)
        flow.addWidget(self._more)
        whole.addWidget(holder)
        self._settle()

    @property
    def codes(self) -> tuple[str, ...]:
        """The picked ones in the order of the list, then what else was kept."""
        picked = tuple(code for code, chip in self.chips.items() if chip.isChecked())
        return picked + self._other

    def pick(self, codes: Iterable[str]) -> None:
        """Show these as picked. Silent: this is not the user's doing."""
        wanted = tuple(codes)
        self._other = tuple(code for code in wanted if code not in self.chips)
        for code, chip in self.chips.items():
            chip.setChecked(code in wanted)
        self._settle()

    def _settle(self) -> None:
        """Show the front and what is picked, and the rest when asked for."""
        for place, chip in enumerate(self.chips.values()):
            chip.setVisible(self._whole or place < self._front or chip.isChecked())
        self._more.setVisible(len(self.chips) > self._front)
        self._more.setText(self._tr("Fewer") if self._whole else self._tr("All of them"))
        self.updateGeometry()

    def _on_more(self) -> None:
        self._whole = not self._whole
        self._settle()

    def _on_clicked(self) -> None:
        self.updateGeometry()
        self.edited.emit()


def chips(
    name: str,
    label: str,
    codes: Iterable[Code],
    tr: Callable[[str], str],
    *,
    front: int = FRONT,
) -> Bound:
    """Bind several codes of a list."""
    made = CodeChips(label, codes, tr, front=front)

    def get() -> tuple[str, ...]:
        return made.codes

    return Bound(name, label, made, get, made.pick, made.edited)
