"""All clients: who needs what next, and a preview of the one chosen."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget

from cmdesk.casework import client_list, inquiries, tasks
from cmdesk.casework.tasks import NextStep
from cmdesk.rules.codes import ClientStatus
from cmdesk.ui import table
from cmdesk.ui.commands import Command
from cmdesk.ui.desk import Desk
from cmdesk.ui.icons import Icon
from cmdesk.ui.page import Hint, Page, Route
from cmdesk.ui.parts import client_preview, no_clients
from cmdesk.ui.parts.client_cells import SHARES, ClientCells
from cmdesk.ui.parts.client_preview import ClientPreview
from cmdesk.ui.parts.clients_head import ClientsHead
from cmdesk.ui.parts.new_client import open_new_client
from cmdesk.ui.parts.two_lines import RowList, TwoLines
from cmdesk.ui.table import Table
from cmdesk.ui.widgets.card import column, row
from cmdesk.ui.widgets.empty import Empty


class ClientsPage(Page):
    """Signals `log_contact(int)`, `write_update(int)`, `edit_client(int)`, `merge_client(int)`.

    Each is for the client of that number; `inquiry(object)` asks for the inquiry of that number, or
    for a new one when it is None.
    """

    concerns: ClassVar[frozenset[str]] = frozenset(
        {
            "client",
            "person",
            "engagement",
            "episode",
            "entry",
            "entry_participant",
            "entry_wrong_chart",
            "follow_up",
            "task",
            "update_plan",
            "family_update",
            "letter_event",
            "update_copy",
            "organisation",
            "inquiry",
            "client_merge",
        }
    )
    log_contact = Signal(int)
    write_update = Signal(int)
    edit_client = Signal(int)
    merge_client = Signal(int)
    inquiry = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        tr = desk.words.tr
        self._order = "step"
        self._empty: Empty | None = None
        self._wish: bool | None = None  # of the preview; None = as the width allows
        self._cells = ClientCells(desk)
        self._model = Table(
            self._cells.columns(), partial(desk.ask, inquiries.lines), self._cells.sentence, self
        )
        self.list = RowList(tr("Clients"), SHARES)
        self.list.setModel(self._model)
        self.list.setItemDelegate(TwoLines(self._cells.cell, self.list))
        self.preview = ClientPreview(desk)
        self.panes = (self.list, self.preview)
        self.head = ClientsHead(desk)
        self.groups, self.name = self.head.groups, self.head.name
        self._lay_out()
        self.head.filtered.connect(self.refresh)
        self.head.client_asked.connect(self.add_client)
        self.head.inquiry_asked.connect(self.add_inquiry)
        self.list.opened.connect(self.open_chart)
        self.list.selectionModel().currentRowChanged.connect(self._on_current)
        self.list.horizontalHeader().sectionClicked.connect(self._sort)
        self.preview.log.connect(self.log)
        self.preview.update_asked.connect(self.ask_update)
        self.preview.opened.connect(self.open_chart)
        self.preview.ticked.connect(self._finish)

    def _lay_out(self) -> None:
        whole = column(self)
        whole.addWidget(self.head)
        below = row(gap=0)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        below.addWidget(self._stack, 1)
        below.addWidget(self.preview)
        whole.addLayout(below, 1)

    def refresh(self) -> None:
        """Ask for the ids again, keeping the client that was chosen."""
        counts = self.desk.ask(inquiries.counts)
        group = self.groups.current
        self.head.show_counts(counts)
        self.head.show_levels(self.desk.ask(client_list.levels, group))
        ids = self.desk.ask(
            inquiries.listed,
            group,
            self.head.text,
            order=self._order,
            late=self.head.late,
            level=str(self.head.level.value or ""),
        )
        table.show(self.list, self._model, ids)
        if ids and table.selected_id(self.list, self._model) is None:
            table.select(self.list, self._model, ids[0])
        self.head.say_order(self._order)
        self._show_emptiness(counts, ids)
        self._show_preview()

    def _sort(self, section: int) -> None:
        order = self._model.columns[section].order
        if order:
            self._order = order
            self.refresh()

    def _show_emptiness(self, counts: Mapping[str, int], ids: Sequence[int]) -> None:
        if self._empty is not None:
            self._stack.removeWidget(self._empty)
            self._empty.deleteLater()
            self._empty = None
        if ids:
            return
        ways = no_clients.Ways(self.add_client, self._drop_attention, self.clear_filters)
        text = " ".join(filter(None, (self.head.text, str(self.head.level.value or ""))))
        any_client = any(counts.values())
        self._empty = no_clients.emptiness(
            self.desk, ways, self.groups.current if any_client else "", text, late=self.head.late
        )
        self._stack.addWidget(self._empty)
        self._stack.setCurrentWidget(self._empty)

    def _drop_attention(self) -> None:
        self.head.attention.choose(value=False)
        self.refresh()

    def clear_filters(self) -> None:
        self.name.clear()
        self.head.level.choose("")
        self._drop_attention()

    @property
    def client_id(self) -> int | None:
        """The client chosen in the list; None when it is an inquiry."""
        chosen = table.selected_id(self.list, self._model)
        return chosen if chosen is not None and chosen > 0 else None

    @property
    def inquiry_id(self) -> int | None:
        """The inquiry chosen in the list, which goes by its number below zero there."""
        chosen = table.selected_id(self.list, self._model)
        return -chosen if chosen is not None and chosen < 0 else None

    def _on_current(self) -> None:
        self._show_preview()

    def _show_preview(self) -> None:
        client_id = self.client_id
        wanted = self._wish if self._wish is not None else self.roomy
        self.preview.setVisible(wanted and client_id is not None)
        if self.preview.isVisibleTo(self) and client_id is not None:
            self.preview.show_client(client_preview.read(self.desk, client_id))

    def toggle_preview(self) -> None:
        self._wish = not self.preview.isVisibleTo(self)
        self._show_preview()

    def fold(self, *, roomy: bool) -> None:
        self._wish = None
        self._show_preview()

    def visit(self, route: Route) -> None:
        super().visit(route)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def open_chart(self) -> None:
        if self.inquiry_id is not None:
            self.inquiry.emit(self.inquiry_id)
        elif self.client_id is not None:
            self.desk.go(Route("chart", self.client_id))

    def ask_edit(self) -> None:
        if self.client_id is not None:
            self.edit_client.emit(self.client_id)

    def ask_merge(self) -> None:
        if self.client_id is not None:
            self.merge_client.emit(self.client_id)

    def add_inquiry(self) -> None:
        self.inquiry.emit(None)

    def log(self) -> None:
        if self.client_id is not None:
            self.log_contact.emit(self.client_id)

    def ask_update(self) -> None:
        if self.client_id is not None:
            self.write_update.emit(self.client_id)

    def add_client(self) -> None:
        called = self.groups.current == "inquiries"
        status = ClientStatus.PROSPECTIVE if called else ClientStatus.ACTIVE
        open_new_client(self.desk, self, status)

    def focus_filter(self) -> None:
        self.name.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.name.selectAll()

    def _finish(self, step: NextStep) -> None:
        words = self.desk.words
        done = words.tr("Done: {step}").format(step=step.text)
        self.desk.do(self, words.tr("Finish a step"), tasks.finish, step).then(
            lambda _: self.desk.done(done)
        )

    def commands(self) -> Sequence[Command]:
        tr, within = self.desk.words.tr, self.list
        return (
            Command("clients.new", tr("New client"), self.add_client, "Ctrl+N", Icon.USER_PLUS),
            Command("clients.edit", tr("Edit client"), self.ask_edit, "E", within=within),
            Command("clients.merge", tr("Merge charts …"), self.ask_merge),
            Command("clients.filter", tr("Filter by name"), self.focus_filter, "Ctrl+F"),
            Command("clients.filter_here", tr("Filter"), self.focus_filter, "/", within=within),
            Command("clients.open", tr("Open chart"), self.open_chart, "O", within=within),
            Command("clients.log", tr("Log a contact"), self.log, "L", within=within),
            Command("clients.update", tr("Write update"), self.ask_update, "U", within=within),
            Command(
                "clients.preview",
                tr("Show or hide preview"),
                self.toggle_preview,
                "Space",
                within=within,
            ),
        )

    def hints(self) -> Sequence[Hint]:
        tr = self.desk.words.tr
        return (
            Hint(("↑ ↓",), tr("Move")),
            Hint(("Enter",), tr("Open chart")),
            Hint(("Space",), tr("Show or hide preview")),
            Hint(("L",), tr("Log a contact")),
            Hint(("/",), tr("Filter")),
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves the filter for the list; in the list it empties the filter."""
        if event.key() == Qt.Key.Key_Escape and (self.name.text() or self.name.hasFocus()):
            if not self.name.hasFocus():
                self.clear_filters()
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        super().keyPressEvent(event)
