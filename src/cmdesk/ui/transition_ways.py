"""Where the wishes about moves lead: their dialogs, the page of all of them, and the paper."""

from typing import Final

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.first_visit import open_visit
from cmdesk.ui.dialogs.handoff import open_handoff
from cmdesk.ui.dialogs.transition import open_move
from cmdesk.ui.dialogs.transition_day import open_day
from cmdesk.ui.dialogs.transition_lane import open_lane
from cmdesk.ui.dialogs.transition_paper import open_move_paper
from cmdesk.ui.dialogs.transition_set import open_move_set
from cmdesk.ui.dialogs.transition_step import open_step
from cmdesk.ui.pages.chart import ChartPage
from cmdesk.ui.pages.transitions import TransitionsPage
from cmdesk.ui.parts.transition_wish import Wants, Wish

OPENS: Final = {
    Wants.BEGIN: open_move,
    Wants.EDIT: open_move,
    Wants.DAY: open_day,
    Wants.LEFT: open_day,
    Wants.LANE: open_lane,
    Wants.HANDOFF: open_handoff,
    Wants.STEP: open_step,
    Wants.SET: open_move_set,
    Wants.VISIT: open_visit,
    Wants.PAPER: open_move_paper,
}


class TransitionWays(QObject):
    """Opens what moves ask for, over the window."""

    def __init__(self, window: QWidget, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._window, self._desk = window, desk

    def page(self, desk: Desk) -> TransitionsPage:
        """Make the page of all moves, and answer its signals."""
        made = TransitionsPage(desk)
        made.wished.connect(self.open)
        return made

    def attach(self, page: ChartPage) -> None:
        """Answer what the chart's own tab asks for."""
        page.transition.wished.connect(self.open)

    def open(self, wish: Wish) -> None:
        OPENS[wish.wants](self._desk, self._window, wish)
