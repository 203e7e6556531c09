"""The window once the records are open: sidebar, pages built on first visit, hints, history."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QWidget

from cmdesk.errors import Locked
from cmdesk.ui import look
from cmdesk.ui.commands import Command
from cmdesk.ui.desk import Desk
from cmdesk.ui.page import Count, Hint, Page, PageEntry, Route
from cmdesk.ui.sidebar import Sidebar
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.card import column, row
from cmdesk.ui.widgets.fitted import Fitted
from cmdesk.ui.widgets.key_cap import KeyCap
from cmdesk.ui.widgets.label import Label
from cmdesk.ui.widgets.room import Room, SideRoom
from cmdesk.ui.widgets.wrap_row import wrap_row

RECENT = 4
HISTORY = 50
SIDEBAR_FROM = 960  # px at 100 %; below it the sidebar shows icons only


@dataclass(frozen=True, slots=True)
class Handlers:
    """What answers the ways in at the top of the sidebar; None leaves a way out."""

    log_contact: Callable[[], object] | None = None
    search: Callable[[], object] | None = None


class Shell(Fitted):
    """Signals: `lock_asked`, `page_left` and `page_changed(Page)`, before and after another comes.

    `shortcuts_asked`: a question mark, typed where no field takes it.
    """

    lock_asked = Signal()
    shortcuts_asked = Signal()
    page_left = Signal()
    page_changed = Signal(object)

    def __init__(
        self, desk: Desk, entries: Sequence[PageEntry], handlers: Handlers | None = None
    ) -> None:
        super().__init__()
        self._desk, self._handlers = desk, handlers or Handlers()
        self._entries = {entry.key: entry for entry in entries}
        self._pages: dict[str, Page] = {}
        self._rooms: dict[str, Room] = {}
        self._behind: list[Route] = []
        self._ahead: list[Route] = []
        self._here = Route("")
        self._railed = False
        self._counted = 0
        self._clients: list[tuple[int, str]] = []
        self.sidebar = Sidebar(
            entries,
            desk.words,
            desk.privacy,
            search=self._handlers.search is not None,
            log=self._handlers.log_contact is not None,
        )
        self._stack = QStackedWidget()
        self._hints, self._hint_row = self._lay_out_hints()
        halves = row(self, gap=0)
        halves.addWidget(SideRoom(self.sidebar))
        self._main = main = column()
        main.addWidget(self._stack, 1)
        main.addWidget(self._hints)
        halves.addLayout(main, 1)
        self._burst = QTimer(self, interval=0, singleShot=True)
        self._burst.timeout.connect(self._count)
        self._connect()
        self._count()

    def _connect(self) -> None:
        bar, desk = self.sidebar, self._desk
        bar.page_asked.connect(self._on_page_asked)
        bar.client_asked.connect(self._on_client_asked)
        bar.lock_asked.connect(self.lock_asked)
        bar.hide_asked.connect(desk.privacy.toggle)
        bar.settings_asked.connect(self._on_settings_asked)
        if self._handlers.search:
            bar.search_asked.connect(self._handlers.search)
        if self._handlers.log_contact:
            bar.log_asked.connect(self._handlers.log_contact)
        desk.changed.connect(self._on_changed)
        desk.went.connect(self.go)
        desk.returned.connect(self.back)
        desk.met.connect(self.meet)

    def _lay_out_hints(self) -> tuple[QFrame, QHBoxLayout]:
        bar = QFrame()
        bar.setProperty("kind", "hints")
        line = wrap_row(bar, gap=16, lead=4)
        line.setContentsMargins(24, 6, 24, 6)
        bar.hide()
        return bar, line

    def pin(self, notice: QWidget) -> None:
        """Keep a notice above every page."""
        self._main.insertWidget(0, notice)

    @property
    def page(self) -> Page | None:
        """The page in front."""
        return self._pages.get(self._here.page)

    @property
    def route(self) -> Route:
        return self._here

    def go(self, route: Route) -> None:
        """Go somewhere; the place left is remembered."""
        if route == self._here or route.page not in self._entries:
            return
        if self.page and not self.page.leave():
            return
        if self._here.page:
            self._behind = [*self._behind, self._here][-HISTORY:]
        self._ahead.clear()
        self._show(route)

    def back(self) -> None:
        if self._behind:
            self._ahead.append(self._here)
            self._show(self._behind.pop())

    def forward(self) -> None:
        if self._ahead:
            self._behind.append(self._here)
            self._show(self._ahead.pop())

    def _show(self, route: Route) -> None:
        self.page_left.emit()
        page = self._pages.get(route.page)
        if page is None:
            page = self._entries[route.page].factory(self._desk)
            page.setAccessibleName(self._entries[route.page].title)
            page.hints_changed.connect(self._on_hints_changed)
            self._pages[route.page] = page
            # Qt styles a whole page anew for each parent that is put above it.
            self._rooms[route.page] = Room(page, self._stack)
            self._stack.addWidget(self._rooms[route.page])
        self._here = route
        page.visit(route)
        self._stack.setCurrentWidget(self._rooms[route.page])
        home = self._entries[route.page].under or route.page
        self.sidebar.select(home, route.record)
        self.fit()
        self._show_hints(page.hints())
        self.page_changed.emit(page)

    def _on_hints_changed(self) -> None:
        """Teach the keys of what the page in front shows now."""
        self._show_hints(self._pages[self._here.page].hints())

    def _show_hints(self, hints: Sequence[Hint]) -> None:
        while item := self._hint_row.takeAt(0):
            widget = item.widget()
            if widget:
                widget.hide()
                widget.deleteLater()
        for hint in hints:
            each = QWidget()
            line = row(each, gap=6)
            for keys in hint.keys:
                line.addWidget(KeyCap(keys))
            line.addWidget(Label(hint.words, "small", "text3"))
            self._hint_row.addWidget(each)
        self._hint_row.addStretch(1)
        shortcuts = Button(self._desk.words.tr("All shortcuts"), "link", size="small")
        shortcuts.clicked.connect(self.shortcuts_asked)
        self._hint_row.addWidget(KeyCap("?"))
        self._hint_row.addWidget(shortcuts)
        self._hints.setVisible(bool(hints))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text() == "?":
            self.shortcuts_asked.emit()
        else:
            super().keyPressEvent(event)

    def fit(self) -> None:
        """Leave the page the room: the sidebar shows icons where little is left beside it."""
        tight = self.width() < look.px(SIDEBAR_FROM)
        rail = tight or bool(self.page and self.page.rail)
        if rail != self._railed:
            self._railed = rail
            self.sidebar.set_rail(rail=rail)

    def meet(self, client: int, name: str) -> None:
        """Put a client at the head of the recent ones."""
        others = [(other, known) for other, known in self._clients if other != client]
        self.recall([(client, name), *others])

    def recall(self, clients: Sequence[tuple[int, str]]) -> None:
        """Show these as the recent clients, newest first."""
        self._clients = list(clients[:RECENT])
        self.sidebar.set_clients(self._clients)

    @property
    def recent(self) -> list[int]:
        """The recent clients, newest first."""
        return [client for client, _ in self._clients]

    def next_pane(self) -> None:
        """Put the keyboard into the next part of the window: sidebar, list, rail."""
        if self.page:
            self.page.next_pane(self.sidebar)

    def page_commands(self) -> list[Command]:
        """List the commands that lead to pages, places before and after, and recent clients."""
        tr = self._desk.words.tr
        made = [
            Command("back", tr("Back"), self.back, "Alt+Left", menu="go"),
            Command("forward", tr("Forward"), self.forward, "Alt+Right", menu="go"),
            Command("pane", tr("Next pane"), self.next_pane, "F6", menu="view"),
        ]
        reached = (entry for entry in self._entries.values() if entry.nav or entry.shortcut)
        made.extend(self._page_command(entry) for entry in reached)
        for place in range(RECENT):
            name = tr("Recent client {n}").format(n=place + 1)
            made.append(self._client_command(place, name))
        return made

    def _page_command(self, entry: PageEntry) -> Command:
        def run() -> None:
            self.go(Route(entry.key))

        return Command(
            f"go-{entry.key}", entry.title, run, entry.shortcut or None, entry.icon, menu="go"
        )

    def _client_command(self, place: int, words: str) -> Command:
        def run() -> None:
            if place < len(self._clients):
                self._on_client_asked(self._clients[place][0])

        return Command(f"client-{place + 1}", words, run, f"Ctrl+Shift+{place + 1}", menu="go")

    def _on_page_asked(self, key: str) -> None:
        self.go(Route(key))

    def _on_client_asked(self, client: int) -> None:
        self.go(Route("chart", client))

    def _on_settings_asked(self) -> None:
        self.go(Route("settings"))

    def _on_changed(self, _change: object) -> None:
        self._burst.start()

    def _count(self) -> None:
        """Count in the background; readers may overtake each other, so only the last is shown."""
        self._counted += 1
        for entry in self._entries.values():
            if entry.count:
                try:
                    found = self._desk.fetch(self, entry.count)
                except Locked:  # they closed while a count was due
                    return
                found.then(partial(self._show_count, entry.key, self._counted))

    def _show_count(self, page: str, counted: int, found: tuple[int, int]) -> None:
        if counted == self._counted:
            late, others = found
            self.sidebar.set_count(page, Count(late + others, hot=late > 0))
