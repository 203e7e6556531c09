"""The directory: what narrows it, who is left, soonest opening first, and one of them in full."""

from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QScrollArea, QStackedWidget, QWidget

from cmdesk.casework import provider_page
from cmdesk.casework.provider_index import Found
from cmdesk.errors import Problem
from cmdesk.ui import look, table
from cmdesk.ui.commands import Command
from cmdesk.ui.desk import Desk
from cmdesk.ui.page import Hint, Page, Route
from cmdesk.ui.parts import provider_keys, provider_nobody
from cmdesk.ui.parts.provider_acts import ProviderActs
from cmdesk.ui.parts.provider_asking import Asking
from cmdesk.ui.parts.provider_cells import ProviderCells, ProviderList
from cmdesk.ui.parts.provider_sheet import ProviderSheet
from cmdesk.ui.parts.provider_shelf import shelf_of
from cmdesk.ui.table import Table
from cmdesk.ui.widgets.card import column, row, scrolled
from cmdesk.ui.widgets.skeleton import Skeleton

RAIL, LIST = 240, 312  # px at 100 %


class ProvidersPage(Page):
    """Signals `bring_in`: a directory is wanted; `shown(int)`: another provider stands in full.

    What is done with one is asked for by `acts`, what narrows the list is kept by `asking`.
    """

    concerns: ClassVar[frozenset[str]] = frozenset(
        {"organisation", "professional", "person", "contact_point", "provider_fact", "site_visit"}
        | {"provider_tie", "saved_view", "episode", "address", "placement_search", "placement_need"}
    )
    bring_in = Signal()
    shown = Signal(int)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        tr = desk.words.tr
        self._wanted: int | None = None  # to be chosen once the list is there
        self._wish: bool | None = None  # of the facets, in a narrow window
        self._preview = True
        self._settling = False  # the list is changing; the sheet follows once, at the end
        self._in_full: tuple[int, int | None] | None = (
            None  # who stands there, and for which client
        )
        self.shelf = shelf_of(desk)
        self.shelf.ready.connect(self._on_ready)
        self.asking = Asking(desk)
        self.head, self.facets = self.asking.head, self.asking.rail
        self.list = ProviderList(tr("Providers"))
        cells = ProviderCells(desk, self.list)
        self._model = Table([cells.column()], self._rows, cells.sentence, self)
        self.list.setModel(self._model)
        self.list.setItemDelegate(cells)
        self.sheet = ProviderSheet(desk)
        self.acts = ProviderActs(desk, self.sheet, lambda: self.provider_id)
        self._lay_out()
        self._connect()
        self.panes = (self.rail_area, self.list, self.sheet_area)

    def _lay_out(self) -> None:
        whole = column(self)
        whole.addWidget(self.head)
        below = row(gap=0)
        tr = self.desk.words.tr
        self.rail_area = scrolled(self.facets, tr("Filters"))
        self.rail_area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        look.hold_width(self.rail_area, RAIL)
        below.addWidget(self.rail_area)
        self.middle = QWidget()
        look.hold_width(self.middle, LIST)
        inside = column(self.middle)
        inside.addWidget(self.asking.top)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._waiting = Skeleton(tr("Reading the directory"), 6)
        self._stack.addWidget(self._waiting)
        self._nobody: QWidget | None = None
        inside.addWidget(self._stack, 1)
        below.addWidget(self.middle)
        self.sheet_area: QScrollArea = scrolled(self.sheet, tr("Provider"))
        below.addWidget(self.sheet_area, 1)
        self._rest = QWidget()
        below.addWidget(self._rest, 1)
        whole.addLayout(below, 1)

    def _connect(self) -> None:
        self.asking.changed.connect(self._on_asked)
        self.head.new_asked.connect(self.acts.ask_new)
        self.head.filters_asked.connect(self.toggle_filters)
        self.list.opened.connect(self.go_in)
        self.list.selectionModel().currentRowChanged.connect(self._on_current)

    def _rows(self, ids: Sequence[int]) -> Sequence[provider_page.Listed]:
        return self.shelf.index.rows(ids) if self.shelf.index else ()

    @property
    def provider_id(self) -> int | None:
        """The provider chosen in the list; below zero a professional."""
        return table.selected_id(self.list, self._model)

    def refresh(self) -> None:
        """Ask for what may have changed; the directory itself comes when it is read."""
        self.asking.offer()
        self.shelf.want()
        self.show_found()

    def _on_ready(self) -> None:
        if self.isVisible():
            with self.desk.look():
                self.show_found()

    def _on_asked(self) -> None:
        self.show_found(anew=False)

    def show_found(self, *, anew: bool = True) -> None:
        """Narrow the list, and count what each mark would leave.

        Not `anew`, the sheet of a provider who is still chosen stays as it is.
        """
        index = self.shelf.index
        if index is None:
            self._stack.setCurrentWidget(self._waiting)
            self.sheet_area.hide()
            return
        found = self.asking.answer(index)
        self._settling = True
        try:
            table.show(self.list, self._model, found.ids)
            self._choose(found)
        finally:
            self._settling = False
        self._show_emptiness(found)
        self._show_sheet(anew=anew)

    def _choose(self, found: Found) -> None:
        """Stand on the provider that was asked for, else on the one before, else on the first."""
        if self._wanted is not None and table.select(self.list, self._model, self._wanted):
            self._wanted = None
        if found.ids and self.provider_id is None:
            table.select(self.list, self._model, found.ids[0])

    def _show_emptiness(self, found: Found) -> None:
        if self._nobody is not None:
            self._stack.removeWidget(self._nobody)
            self._nobody.deleteLater()
            self._nobody = None
        if found.ids:
            self._stack.setCurrentWidget(self.list)
        else:
            self._nobody = self._make_nobody(found.total)
            self._stack.addWidget(self._nobody)
            self._stack.setCurrentWidget(self._nobody)

    def _make_nobody(self, total: int) -> QWidget:
        asking, index = self.asking, self.shelf.index
        ways = provider_nobody.Ways(
            self.acts.ask_new, asking.clear, asking.drop, self.bring_in.emit
        )
        drops = asking.drops(index) if index else []
        return provider_nobody.emptiness(self.desk, ways, drops, total)

    def _on_current(self) -> None:
        if not self._settling:
            self._show_sheet()

    def _show_sheet(self, *, anew: bool = True) -> None:
        number = self.provider_id
        seen = number is not None and self._preview and self.shelf.index is not None
        self._open_sheet(seen=seen)
        if not seen or number is None:
            self._in_full = None
            return
        whom = self.asking.whom
        now = number, whom[0] if whom else None
        if now == self._in_full and not anew:
            return
        self._in_full = now
        try:
            page = self.desk.ask(provider_page.page, number)
        except Problem:  # it was taken away; the list will follow
            self._open_sheet(seen=False)
            self._in_full = None
            return
        far = None
        if whom is not None:
            far = self.desk.ask(provider_page.miles_from_home, number, whom[0])
        another = self.sheet.page is None or self.sheet.page.listed.id != number
        self.sheet.show_page(page, self.asking.called, far, whom[0] if whom else None)
        if another:
            self.sheet_area.verticalScrollBar().setValue(0)
        self.shown.emit(number)

    def _open_sheet(self, *, seen: bool) -> None:
        """Show or hide the page of one provider; its keys go back to the list."""
        now = QApplication.focusWidget()
        if not seen and now is not None and self.sheet_area.isAncestorOf(now):
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self.sheet_area.setVisible(seen)
        self._rest.setVisible(not seen)

    def toggle_filters(self) -> None:
        """Show or hide the facets where there is no room for them always."""
        self._wish = not self.rail_area.isVisibleTo(self)
        self.fold(roomy=self.roomy)

    def fold(self, *, roomy: bool) -> None:
        seen = roomy if self._wish is None else self._wish or roomy
        self.rail_area.setVisible(seen)
        self.head.fit(roomy=roomy)
        self.asking.folded = not seen
        self.asking.show_chips()

    def toggle_preview(self) -> None:
        self._preview = not self._preview
        self._show_sheet()

    def go_in(self) -> None:
        """Put the keyboard into the page of the provider."""
        self._preview = True
        self._show_sheet()
        self.sheet.call_button.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def focus_search(self) -> None:
        self.head.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.head.search.selectAll()

    def visit_provider(self, number: int) -> None:
        """Show one provider, though it may not answer to what narrows the list."""
        self._wanted, self._preview = number, True
        index = self.shelf.index
        if index is not None and number not in self.asking.found(index).ids:
            self.asking.clear()

    def visit(self, route: Route) -> None:
        super().visit(route)
        if route.record is not None:
            self.visit_provider(route.record)
        self.mark_stale()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def commands(self) -> Sequence[Command]:
        moves = provider_keys.Moves(
            self.go_in,
            self.focus_search,
            self.toggle_preview,
            self.toggle_filters,
            self.asking.clear,
        )
        return provider_keys.commands(self.desk.words, self.acts, moves, self.list)

    def hints(self) -> Sequence[Hint]:
        return provider_keys.hints(self.desk.words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves the search for the list; in the list it empties the search."""
        if event.key() == Qt.Key.Key_Escape and (
            self.head.search.text() or self.head.search.hasFocus()
        ):
            if not self.head.search.hasFocus():
                self.asking.narrow(self.asking.asked.without("text", ""))
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        super().keyPressEvent(event)
