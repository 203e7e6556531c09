"""For whose search a program is taken down, where several are under way."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cmdesk.casework.placements import SearchRow
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.sheet import Sheet, standing_open
from cmdesk.ui.overlay import open_over
from cmdesk.ui.widgets.button import Button

WIDE: Final = 420


class PlaceDialog(Sheet):
    """One button for each search. Signal `chosen(SearchRow)`."""

    chosen = Signal(object)

    def __init__(self, desk: Desk, searches: Sequence[SearchRow]) -> None:
        super().__init__(desk, desk.words.tr("Add to whose search?"), width=WIDE)
        whole = self.lay(QWidget())
        self.buttons = [self._button(each) for each in searches]
        for button in self.buttons:
            whole.addWidget(button)
        close = Button(desk.words.tr("Close"), "plain", keys="Esc")
        close.clicked.connect(self.close_dialog)
        self.foot.addStretch(1)
        self.foot.addWidget(close)

    def _button(self, search: SearchRow) -> Button:
        button = Button(self.desk.privacy.name(search.name.full))

        def choose() -> None:
            self.chosen.emit(search)
            self.close_dialog()

        button.clicked.connect(choose)
        return button


def open_place(desk: Desk, window: QWidget, searches: Sequence[SearchRow]) -> PlaceDialog:
    """Ask over the window; where one is open already, give that."""
    standing = standing_open(window, PlaceDialog)
    if standing is not None:
        return standing
    dialog = PlaceDialog(desk, searches)
    open_over(window, dialog, dialog.buttons[0])
    return dialog
