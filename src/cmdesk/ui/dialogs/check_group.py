"""Several check boxes under one heading, as many to a line as fit."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cmdesk.rules.code import Code
from cmdesk.ui.widgets.card import column
from cmdesk.ui.widgets.checks import CheckBox
from cmdesk.ui.widgets.flow import Flow
from cmdesk.ui.widgets.label import Label


class CheckGroup(QWidget):
    """Signal `edited()`: the user ticked or cleared one."""

    edited = Signal()

    def __init__(self, name: str, codes: Iterable[Code], tr: Callable[[str], str]) -> None:
        super().__init__()
        self.setAccessibleName(name)
        whole = column(self, gap=4)
        whole.addWidget(Label(name, "label", "text2"))
        holder = QWidget()
        flow = Flow(holder, gap=16, lead=2)
        self.boxes: dict[str, CheckBox] = {}
        for code in codes:
            box = CheckBox(tr(code.label))
            box.clicked.connect(self.edited)
            self.boxes[code.value] = box
            flow.addWidget(box)
        whole.addWidget(holder)

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(code for code, box in self.boxes.items() if box.isChecked())

    def load(self, codes: Iterable[str]) -> None:
        """Show these as ticked. Silent: this is not the user's doing."""
        ticked = set(codes)
        for code, box in self.boxes.items():
            box.setChecked(code in ticked)
