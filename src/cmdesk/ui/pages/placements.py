"""Searches under way, one board each: who was asked, and how each place stands to the needs."""

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QMenu, QStackedWidget, QWidget

from cmdesk.casework import placements
from cmdesk.casework.placements import Board, SearchRow
from cmdesk.ui.commands import Command
from cmdesk.ui.desk import Desk
from cmdesk.ui.icons import Icon
from cmdesk.ui.page import Hint, Page, Route
from cmdesk.ui.parts import placement_words as say
from cmdesk.ui.parts.placement_pane import PlacementPane
from cmdesk.ui.widgets.avatar import Avatar
from cmdesk.ui.widgets.button import Button, IconButton
from cmdesk.ui.widgets.card import column, row
from cmdesk.ui.widgets.empty import Empty
from cmdesk.ui.widgets.label import Label
from cmdesk.ui.widgets.wrap_row import wrap_row

CONCERNS = frozenset(
    {"placement_search", "placement_need", "placement_candidate", "candidate_answer"}
    | {"candidate_move", "family_word", "organisation", "provider_fact", "provider_tie"}
    | {"client", "person", "circle_member", "address", "episode", "client_merge"}
)


class PlacementsPage(Page):
    """Shows one search at a time; the chevron beside the name leads to the others.

    Signal `search_wanted`: one asks to begin a search, for a client yet to be chosen.
    """

    concerns: ClassVar[frozenset[str]] = CONCERNS
    search_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._search: int | None = None
        self._came = False  # the keyboard is to stand on the first card
        self._rows: list[SearchRow] = []
        self.pane = PlacementPane(desk)
        self._lay_out()
        self.panes = (self.pane.board, self.pane.table)

    def _lay_out(self) -> None:
        tr = self.desk.words.tr
        choose = Button(tr("Choose a client"), "primary")
        choose.clicked.connect(self.search_wanted)
        hint = tr("A search begins in a client’s chart, under Placements.")
        self.empty = Empty(Icon.KANBAN, tr("No searches under way"), hint, [choose])
        there = QWidget()
        whole = column(there)
        whole.addWidget(self._head())
        whole.addWidget(self.pane, 1)
        self.stack = QStackedWidget()
        self.stack.addWidget(there)
        self.stack.addWidget(self.empty)
        column(self).addWidget(self.stack)

    def _head(self) -> QFrame:
        tr = self.desk.words.tr
        head = QFrame()
        line = wrap_row(head, gap=12)
        line.setContentsMargins(24, 18, 24, 10)
        who = row(gap=12)
        self.avatar = Avatar("", 44)
        who.addWidget(self.avatar)
        names, first = column(gap=0), row(gap=4)
        self.title = Label("", "title", elide=True, least=200)
        first.addWidget(self.title)
        self.others = IconButton(Icon.CHEVRON_DOWN, tr("Other searches"), size="small")
        self.others.clicked.connect(self.ask_other)
        first.addWidget(self.others)
        first.addStretch(1)
        names.addLayout(first)
        self.about = Label("", "body", "text2", elide=True)
        names.addWidget(self.about)
        who.addLayout(names, 1)
        line.addLayout(who, 1)
        for button in self.pane.head_buttons():
            line.addWidget(button)
        return head

    def visit(self, route: Route) -> None:
        """Show the search in the route, else the one shown before or the nearest."""
        super().visit(route)
        if route.record is not None and route.record != self._search:
            self._search = route.record
        self._came = True
        self.mark_stale()

    def refresh(self) -> None:
        self._rows = self.desk.ask(placements.searches)
        known = {each.id for each in self._rows}
        if self._search not in known:
            self._search = self._rows[0].id if self._rows else None
        self.stack.setCurrentIndex(0 if self._search is not None else 1)
        self.hints_changed.emit()
        if self._search is not None:
            self._show(self.pane.show_search(self._search))
            if self._came:
                QTimer.singleShot(0, self, self._to_board)
        self._came = False

    def _to_board(self) -> None:
        """Put the keyboard on the first card, or on the way to one, once the page is in front."""
        cards = self.pane.board.cards
        if not cards:
            self.pane.first.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.pane.board.chosen is None:
            self.pane.board.choose(cards[0].number)

    def _show(self, board: Board) -> None:
        words = self.desk.words
        name = self.desk.privacy.name(board.name.full)
        self.title.setText(words.tr("Placement for {name}").format(name=name))
        self.avatar.set_letters(board.name.initials)
        self.about.setText(say.subtitle(words, board.form, self.desk.today()))

    def ask_other(self) -> None:
        """Offer the other searches under way."""
        menu = QMenu(self.others.toolTip(), self.others)
        for each in self._rows:
            name = self.desk.privacy.name(each.name.full)
            act = menu.addAction(", ".join(filter(None, (name, each.looking_for))))
            act.setEnabled(each.id != self._search)
            act.triggered.connect(partial(self.desk.go, Route("placements", each.id)))
        menu.addSeparator()
        another = menu.addAction(self.desk.words.tr("Search for another client …"))
        another.triggered.connect(self.search_wanted)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.others.mapToGlobal(self.others.rect().bottomLeft()))

    def commands(self) -> Sequence[Command]:
        tr, pane = self.desk.words.tr, self.pane
        there, on_board = (lambda: self._search is not None), pane.board

        def of_search(wish: object) -> None:
            if pane.shown is not None:
                wish.emit(pane.shown.id)  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType] - a bound signal

        return (
            Command(
                *("placement.program", tr("Add a program"), partial(of_search, pane.program_asked)),
                *("P",),
                enabled=there,
                within=on_board,
            ),
            Command(
                *("placement.needs", tr("Edit must-haves"), partial(of_search, pane.needs_asked)),
                enabled=there,
            ),
            Command(
                *("placement.summary", tr("Summary for parents")),
                partial(of_search, pane.summary_asked),
                enabled=there,
            ),
            Command("placement.move", tr("Move to …"), pane.move_chosen, "M", within=on_board),
            Command("placement.star", tr("Let it lead"), pane.star_chosen, "S", within=on_board),
            Command(
                "placement.client",
                tr("Open the client"),
                self.pane.open_client,
                "O",
                within=on_board,
            ),
        )

    def hints(self) -> Sequence[Hint]:
        tr = self.desk.words.tr
        if self._search is None:
            return ()
        return (
            Hint(("← →",), tr("Move the program")),
            Hint(("Enter",), tr("Open")),
            Hint(("M",), tr("Move to …")),
            Hint(("S",), tr("Let it lead")),
            Hint(("O",), tr("Open the client")),
        )
