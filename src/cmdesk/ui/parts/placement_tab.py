"""One client's search for a place, as a tab of the chart: the same parts as on the page of all."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from cmdesk.casework import placements
from cmdesk.ui.desk import Desk
from cmdesk.ui.icons import Icon
from cmdesk.ui.parts import placement_words as say
from cmdesk.ui.parts.placement_pane import PlacementPane
from cmdesk.ui.parts.services_card import ServicesPane
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.card import column, row
from cmdesk.ui.widgets.empty import Empty
from cmdesk.ui.widgets.label import Label
from cmdesk.ui.widgets.segmented import Segment, Segmented
from cmdesk.ui.widgets.wrap_row import wrap_row


class PlacementTab(QWidget):
    """Signal `search_asked(int)`: a client for whom a search is to begin."""

    search_asked = Signal(int)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        tr = desk.words.tr
        self._desk, self._client_id = desk, 0
        self.pane = PlacementPane(desk)
        begin = Button(tr("Find a place"), "primary", icon=Icon.PLUS)
        begin.clicked.connect(self._begin)
        hint = tr("Programs are asked, compared and decided on here.")
        self.empty = Empty(Icon.KANBAN, tr("No search for a place"), hint, [begin])
        there = QWidget()
        whole = column(there)
        head = wrap_row(gap=12)
        head.setContentsMargins(24, 14, 24, 8)
        self.about = Label("", "heading", elide=True)
        head.addWidget(self.about, 1)
        for button in self.pane.head_buttons():
            head.addWidget(button)
        whole.addLayout(head)
        whole.addWidget(self.pane, 1)
        self.stack = QStackedWidget()
        self.stack.addWidget(there)
        self.stack.addWidget(self.empty)
        self._add_services()

    def _add_services(self) -> None:
        """Put care outside programs beside the search."""
        tr = self._desk.words.tr
        self.services, self.sides = ServicesPane(self._desk), QStackedWidget()
        self.sides.addWidget(self.stack)
        self.sides.addWidget(self.services)
        sides = (Segment("search", tr("Search")), Segment("services", tr("Services and records")))
        self.which = Segmented(list(sides), tr("What is shown"))
        self.which.chosen.connect(self.show_side)
        whole, head = column(self), row()
        head.setContentsMargins(24, 12, 24, 0)
        head.addWidget(self.which)
        head.addStretch(1)
        whole.addLayout(head)
        whole.addWidget(self.sides, 1)

    def show_side(self, side: str) -> None:
        """Show the search, or services and records."""
        self.which.choose(side)
        self.sides.setCurrentIndex(1 if side == "services" else 0)

    def _begin(self) -> None:
        self.search_asked.emit(self._client_id)

    def show_client(self, client_id: int) -> None:
        """Show the search under way, else the last one; without any, how one begins."""
        self.services.show_client(client_id)
        search = self._desk.ask(placements.of_client, client_id)
        if client_id != self._client_id:
            only = search is None and self.services.any
            self.show_side("services" if only else "search")
        self._client_id = client_id
        self.stack.setCurrentIndex(0 if search is not None else 1)
        if search is not None:
            board = self.pane.show_search(search)
            over = self._desk.words.tr("ended") if board.closed_on else ""
            said = (say.subtitle(self._desk.words, board.form, self._desk.today()), over)
            self.about.setText(" · ".join(part for part in said if part))
