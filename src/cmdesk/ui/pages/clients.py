"""All clients: who needs what next, and a preview of the one chosen."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QStackedWidget, QVBoxLayout

from cmdesk.casework import client_list, clients, tasks
from cmdesk.casework.tasks import NextStep
from cmdesk.rules.codes import ClientStatus
from cmdesk.ui import icons, look, overlay, table
from cmdesk.ui.commands import Command
from cmdesk.ui.desk import Desk
from cmdesk.ui.icons import Icon
from cmdesk.ui.page import Hint, Page, Route
from cmdesk.ui.parts import client_preview, no_clients
from cmdesk.ui.parts.client_cells import SHARES, ClientCells
from cmdesk.ui.parts.client_preview import ClientPreview
from cmdesk.ui.parts.new_client import NewClient
from cmdesk.ui.parts.two_lines import RowList, TwoLines
from cmdesk.ui.table import Table
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.card import column, row
from cmdesk.ui.widgets.choice import Choice
from cmdesk.ui.widgets.empty import Empty
from cmdesk.ui.widgets.field import line_edit
from cmdesk.ui.widgets.label import Label
from cmdesk.ui.widgets.segmented import Segment, Segmented

NARROW = 1321  # a window below it folds the preview away
GROUPS = ("active", "inquiries", "paused", "closed")


class ClientsPage(Page):
    """Signals `log_contact(int)`, `write_update(int)`: for the client of that number."""

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
            "update_copy",
            "organisation",
        }
    )
    log_contact = Signal(int)
    write_update = Signal(int)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        tr = desk.words.tr
        self._order = "step"
        self._counts: Mapping[str, int] = {}
        self._empty: Empty | None = None
        self._wish: bool | None = None  # of the preview; None = as the width allows
        self._narrow: bool | None = None
        self._cells = ClientCells(desk)
        self._model = Table(
            self._cells.columns(), partial(desk.ask, client_list.rows), self._cells.sentence, self
        )
        self.list = RowList(tr("Clients"), SHARES)
        self.list.setModel(self._model)
        self.list.setItemDelegate(TwoLines(self._cells.cell, self.list))
        self.preview = ClientPreview(desk)
        self._lay_out()
        self.groups.chosen.connect(self._filtered)
        self.attention.chosen.connect(self._filtered)
        self.name.textEdited.connect(self._filtered)
        self.list.opened.connect(self.open_chart)
        self.list.selectionModel().currentRowChanged.connect(self._on_current)
        self.list.horizontalHeader().sectionClicked.connect(self._sort)
        self.preview.log.connect(self.log)
        self.preview.update_asked.connect(self.ask_update)
        self.preview.opened.connect(self.open_chart)
        self.preview.ticked.connect(self._finish)

    def _lay_out(self) -> None:
        whole = column(self)
        head = QFrame()
        head.setProperty("kind", "head")
        lines = column(head, gap=12)
        lines.setContentsMargins(24, 20, 24, 12)
        self._make_head(lines)
        whole.addWidget(head)
        below = row(gap=0)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        below.addWidget(self._stack, 1)
        below.addWidget(self.preview)
        whole.addLayout(below, 1)

    def _make_head(self, lines: QVBoxLayout) -> None:
        tr = self.desk.words.tr
        first = row()
        first.addWidget(Label(tr("Clients"), "title"))
        first.addStretch(1)
        self.new = Button(tr("New client"), icon=Icon.USER_PLUS)
        self.new.clicked.connect(self.add_client)
        first.addWidget(self.new)
        lines.addLayout(first)
        self._filters = row()
        self.groups = Segmented(self._segments({}), tr("Which clients"))
        self._filters.addWidget(self.groups)
        self.name = line_edit(tr("Filter by name"))
        self.name.setProperty("kind", "soft")
        self.name.setFixedWidth(look.px(200))
        self.name.addAction(
            icons.icon(Icon.SEARCH, "text3"), QLineEdit.ActionPosition.LeadingPosition
        )
        self._filters.addWidget(self.name)
        options = ((False, tr("All of them")), (True, tr("Needs attention")))
        self.attention = Choice(options, tr("Show"), kind="")
        self._filters.addWidget(self.attention)
        self._filters.addStretch(1)
        self._sorted = Label("", "small", "text2")
        self._filters.addWidget(self._sorted)
        lines.addLayout(self._filters)

    def _segments(self, counts: Mapping[str, int]) -> list[Segment]:
        tr = self.desk.words.tr
        titles = (tr("Active"), tr("Inquiries"), tr("Paused"), tr("Closed"))
        return [
            Segment(key, title, str(counts[key]) if key in counts else "")
            for key, title in zip(GROUPS, titles, strict=True)
        ]

    def refresh(self) -> None:
        """Ask for the ids again, keeping the client that was chosen."""
        counts = self.desk.ask(clients.counts)
        if counts != self._counts:
            self._counts = counts
            self.groups.offer(self._segments(counts))
        text, late = self.name.text(), bool(self.attention.value)
        ids = self.desk.ask(
            client_list.find, self.groups.current, text, order=self._order, late=late
        )
        table.show(self.list, self._model, ids)
        if ids and table.selected_id(self.list, self._model) is None:
            table.select(self.list, self._model, ids[0])
        self._say_order()
        self._show_emptiness(counts, ids)
        self._show_preview()

    def _filtered(self) -> None:
        self.refresh()

    def _say_order(self) -> None:
        tr = self.desk.words.tr
        orders = {
            "step": tr("Sorted by next action"),
            "name": tr("Sorted by name"),
            "contact": tr("Longest without contact first"),
        }
        self._sorted.setText(orders[self._order])

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
        text, late = self.name.text().strip(), bool(self.attention.value)
        any_client = any(counts.values())
        self._empty = no_clients.emptiness(
            self.desk, ways, self.groups.current if any_client else "", text, late=late
        )
        self._stack.addWidget(self._empty)
        self._stack.setCurrentWidget(self._empty)

    def _drop_attention(self) -> None:
        self.attention.choose(value=False)
        self.refresh()

    def clear_filters(self) -> None:
        self.name.clear()
        self._drop_attention()

    @property
    def client_id(self) -> int | None:
        """The client chosen in the list."""
        return table.selected_id(self.list, self._model)

    def _on_current(self) -> None:
        self._show_preview()

    def _show_preview(self) -> None:
        client_id = self.client_id
        narrow = self.window().width() < NARROW
        wanted = self._wish if self._wish is not None else not narrow
        self.preview.setVisible(wanted and client_id is not None)
        if self.preview.isVisibleTo(self) and client_id is not None:
            self.preview.show_client(client_preview.read(self.desk, client_id))

    def toggle_preview(self) -> None:
        self._wish = not self.preview.isVisibleTo(self)
        self._show_preview()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.window().width() < NARROW
        if narrow != self._narrow:
            self._narrow, self._wish = narrow, None
            self._show_preview()

    def visit(self, route: Route) -> None:
        super().visit(route)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def open_chart(self) -> None:
        if self.client_id is not None:
            self.desk.go(Route("chart", self.client_id))

    def log(self) -> None:
        if self.client_id is not None:
            self.log_contact.emit(self.client_id)

    def ask_update(self) -> None:
        if self.client_id is not None:
            self.write_update.emit(self.client_id)

    def add_client(self) -> None:
        inquiry = self.groups.current == "inquiries"
        status = ClientStatus.PROSPECTIVE if inquiry else ClientStatus.ACTIVE
        dialog = NewClient(self.desk, status=status)
        dialog.added.connect(self._on_added)
        overlay.open_over(self, dialog, dialog.form.field("given_name"))

    def _on_added(self, client_id: int) -> None:
        self.desk.go(Route("chart", client_id))

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
