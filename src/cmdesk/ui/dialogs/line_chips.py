"""What the quick-log line was read as, in chips under it: read from the contact, not from words."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from cmdesk.ui.icons import Icon
from cmdesk.ui.tokens import Tone
from cmdesk.ui.widgets.chip import Chip
from cmdesk.ui.widgets.flow import Flow


@dataclass(frozen=True, slots=True)
class Said:
    """One chip: its words, how sure they are, and its icon."""

    text: str
    icon: Icon
    tone: Tone = "accent"


class LineChips(QWidget):
    """Chips are kept and shown anew: making widgets at every key would be felt in typing."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._flow = Flow(self, gap=8, lead=6)
        self._chips: list[Chip] = []
        self._said: tuple[Said, ...] = ()

    @property
    def said(self) -> tuple[Said, ...]:
        return self._said

    def say(self, said: Sequence[Said]) -> None:
        """Show these, in this order."""
        if self._said == tuple(said):
            return
        self._said = tuple(said)
        while len(self._chips) < len(said):
            chip = Chip("")
            self._chips.append(chip)
            self._flow.addWidget(chip)
        for place, chip in enumerate(self._chips):
            chip.setVisible(place < len(said))
            if place < len(said):
                chip.show_as(said[place].text, said[place].tone, said[place].icon)
        self.setAccessibleDescription(", ".join(each.text for each in said))
        self._flow.invalidate()
        self.updateGeometry()
