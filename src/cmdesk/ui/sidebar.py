"""The sidebar: ways in at the top, pages with their counts, recent clients, and the foot."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from cmdesk.ui import look
from cmdesk.ui.icons import Icon
from cmdesk.ui.page import Count, PageEntry
from cmdesk.ui.privacy import Privacy
from cmdesk.ui.side_item import SideItem
from cmdesk.ui.widgets import paint
from cmdesk.ui.widgets.button import IconButton
from cmdesk.ui.widgets.card import column, row
from cmdesk.ui.widgets.glyph import Glyph
from cmdesk.ui.widgets.label import Label
from cmdesk.words import Words

WIDE, NARROW = 216, 56


class Sidebar(QFrame):
    """Signals tell where the user wishes to go; it decides nothing."""

    page_asked = Signal(str)
    client_asked = Signal(int)
    search_asked = Signal()
    log_asked = Signal()
    lock_asked = Signal()
    hide_asked = Signal()
    settings_asked = Signal()

    def __init__(
        self,
        entries: Sequence[PageEntry],
        words: Words,
        privacy: Privacy,
        *,
        search: bool = False,
        log: bool = False,
    ) -> None:
        """Offer search and logging only where something answers them."""
        super().__init__()
        self._words, self._privacy = words, privacy
        self._items: dict[str, SideItem] = {}
        self._clients: list[tuple[int, str]] = []
        self._apart: Mapping[int, str] = {}
        self._client_items: dict[int, SideItem] = {}
        self._here: tuple[str, int | None] = ("", None)
        self._rail = False
        self.setProperty("ground", "sidebar")
        self.setProperty("edge", "right")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(words.tr("Pages"))
        self._whole = column(self)
        self._top = self._lay_out_top(search=search, log=log)
        for entry in entries:
            if entry.nav:
                self._add_page(entry)
        self._recent = QWidget()
        self._recent_list = self._lay_out_recent()
        self._whole.addWidget(self._recent)
        self._whole.addStretch(1)
        self._call_place = QWidget()
        self._whole.addWidget(self._call_place)
        self._settings = any(entry.key == "settings" for entry in entries)
        self._foot = self._lay_out_foot()
        privacy.changed.connect(self._on_privacy_changed)
        self.set_rail(rail=False)

    def _lay_out_top(self, *, search: bool, log: bool) -> list[SideItem]:
        self._brand = QWidget()
        line = self._brand_row = row(self._brand)
        line.addWidget(Glyph(Icon.CMDESK, "accent", 20))
        self._name = Label("cmdesk", "brand")
        line.addWidget(self._name, 1)
        self._whole.addWidget(self._brand)
        self._whole.addSpacing(8)
        made: list[SideItem] = []
        if search:
            item = SideItem(self._words.tr("Search or jump to"), "search", Icon.SEARCH)
            item.set_keys("Ctrl+K")
            item.clicked.connect(self.search_asked)
            made.append(item)
        if log:
            item = SideItem(self._words.tr("Log a contact"), "log", Icon.PLUS)
            item.set_keys("Ctrl+L")
            item.clicked.connect(self.log_asked)
            made.append(item)
        for item in made:
            self._whole.addWidget(item)
            self._whole.addSpacing(8)
        self._whole.addSpacing(4)
        return made

    def _add_page(self, entry: PageEntry) -> None:
        item = SideItem(entry.title, "nav", entry.icon)

        def ask() -> None:
            self.page_asked.emit(entry.key)

        item.clicked.connect(ask)
        self._items[entry.key] = item
        self._whole.addWidget(item)
        self._whole.addSpacing(1)

    def _lay_out_recent(self) -> QVBoxLayout:
        whole = column(self._recent)
        title = Label(self._words.tr("Recent clients"), "label", "text3")
        title.setContentsMargins(8, 16, 8, 4)
        whole.addWidget(title)
        listed = column(gap=1)
        whole.addLayout(listed)
        self._recent.hide()
        return listed

    def _lay_out_foot(self) -> QWidget:
        foot, tr = QFrame(), self._words.tr
        foot.setProperty("kind", "foot")
        self._lock = IconButton(Icon.LOCK, tr("Lock now"), keys="Ctrl+Shift+L")
        self._lock.clicked.connect(self.lock_asked)
        self._hide = IconButton(Icon.EYE_OFF, tr("Hide names"), keys="F8")
        self._hide.setCheckable(True)
        self._hide.clicked.connect(self.hide_asked)
        self._gear = IconButton(Icon.SETTINGS, tr("Settings"), keys="Ctrl+,")
        self._gear.setCheckable(True)
        self._gear.clicked.connect(self.settings_asked)
        if not self._settings:
            self._gear.hide()  # shown, it would be a window of its own: it has no parent yet
        self._left = Label("", "small", "text2", elide=True, align=paint.RIGHT)
        self._left.setContentsMargins(0, 0, 8, 0)
        self._foot_row = row(foot, gap=2)
        self._foot_row.setContentsMargins(0, 8, 0, 0)
        for widget in (self._lock, self._hide, self._gear):
            self._foot_row.addWidget(widget)
        self._foot_row.addWidget(self._left, 1)
        self._whole.addWidget(foot)
        return foot

    def set_rail(self, *, rail: bool) -> None:
        """Fold to icons, as the composer needs the room."""
        self._rail = rail
        look.hold_width(self, NARROW if rail else WIDE)
        self._whole.setContentsMargins(8, 12, 8, 8)
        self._name.setVisible(not rail)
        self._left.setVisible(not rail)
        self._call_place.setVisible(not rail)
        direction = self._foot_row.Direction
        self._foot_row.setDirection(direction.BottomToTop if rail else direction.LeftToRight)
        for widget in (self._lock, self._hide, self._gear):
            self._foot_row.setAlignment(widget, Qt.AlignmentFlag.AlignHCenter)
        self._brand_row.setContentsMargins(*((10, 0, 10, 0) if rail else (8, 6, 8, 6)))
        for item in (*self._top, *self._items.values()):
            item.set_rail(rail=rail)
        self._recent.setVisible(bool(self._clients) and not rail)

    def select(self, page: str, record: int | None = None) -> None:
        """Show where one is: a page, or a recent client's chart."""
        self._here = (page, record)
        in_recent = page == "chart" and record in self._client_items
        for key, item in self._items.items():
            item.setChecked(key == page or (key == "clients" and page == "chart" and not in_recent))
        for client, item in self._client_items.items():
            item.setChecked(page == "chart" and client == record)
        self._gear.setChecked(page == "settings")

    def set_count(self, page: str, count: Count) -> None:
        if page in self._items:
            self._items[page].set_count(count)

    def set_clients(self, clients: Sequence[tuple[int, str]]) -> None:
        """Show the clients opened last, newest first."""
        self._clients = list(clients)
        for item in self._client_items.values():
            self._recent_list.removeWidget(item)
            item.hide()
            item.deleteLater()
        self._client_items = {}
        for client, name in self._clients:
            item = SideItem(self._privacy.name(name), "client")
            item.set_detail("" if self._privacy.hidden else self._apart.get(client, ""))
            item.clicked.connect(lambda _=False, client=client: self.client_asked.emit(client))
            self._client_items[client] = item
            self._recent_list.addWidget(item)
        self._recent.setVisible(bool(self._clients) and not self._rail)
        self.select(*self._here)

    def tell_apart(self, words: Mapping[int, str]) -> None:
        """Say beside a name what tells the client from another who is called the same."""
        if words != self._apart:
            self._apart = words
            self.set_clients(self._clients)

    def show_call(self, card: QWidget) -> None:
        """Give a call that is being timed its place; the card hides itself when there is none."""
        column(self._call_place).addWidget(card)

    def set_left(self, minutes: int) -> None:
        """Tell when it locks by itself."""
        self._left.setText(self._words.tr("Locks in {n} min").format(n=minutes))

    def _on_privacy_changed(self) -> None:
        self._hide.setChecked(self._privacy.hidden)
        self.set_clients(self._clients)
