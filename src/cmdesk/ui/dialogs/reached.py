"""Of several people a contact was meant for: who was not reached."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cmdesk.ui.privacy import Privacy
from cmdesk.ui.widgets.card import row
from cmdesk.ui.widgets.chip import ToggleChip
from cmdesk.ui.widgets.flow import Flow
from cmdesk.ui.widgets.label import Label


class Reached(QWidget):
    """Signal `edited()`. In sight only while there are several people."""

    edited = Signal()

    def __init__(self, tr: Callable[[str], str], privacy: Privacy) -> None:
        super().__init__()
        self._tr, self._privacy = tr, privacy
        line = row(self, gap=12)
        line.addWidget(Label(tr("Not reached"), "label", "text2"))
        holder = QWidget()
        self._flow = Flow(holder, gap=8, lead=4)
        line.addWidget(holder, 1)
        self._chips: dict[str, ToggleChip] = {}
        self.setAccessibleName(tr("Not reached"))
        self.hide()

    @property
    def missed(self) -> tuple[int, ...]:
        """Those who were not reached, by number."""
        return tuple(int(key[1:]) for key, chip in self._chips.items() if chip.isChecked())

    def chip(self, key: str) -> ToggleChip:
        return self._chips[key]

    def offer(self, keys: Sequence[str], names: Sequence[str], missed: Sequence[int]) -> None:
        """Show these people. Silent: this is not the user's doing."""
        if tuple(self._chips) != tuple(keys):
            self._make(dict(zip(keys, names, strict=True)))
        for key, chip in self._chips.items():
            chip.setChecked(int(key[1:]) in missed)
        self._flow.invalidate()
        self.setVisible(len(keys) > 1)

    def _make(self, people: dict[str, str]) -> None:
        for old in self._chips.values():
            self._flow.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._chips = {}
        for key, name in people.items():
            chip = ToggleChip(self._privacy.name(name))
            chip.setAccessibleDescription(self._tr("Not reached"))
            chip.clicked.connect(self._on_clicked)
            self._flow.addWidget(chip)
            self._chips[key] = chip

    def _on_clicked(self) -> None:
        self._flow.invalidate()
        self.edited.emit()
