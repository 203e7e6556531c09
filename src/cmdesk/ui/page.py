"""What every page is: it declares what concerns it, and asks again when that has changed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from cmdesk.ui import look
from cmdesk.ui.commands import Command
from cmdesk.ui.icons import Icon
from cmdesk.ui.panes import move_on

if TYPE_CHECKING:
    from cmdesk.store.journal import Change
    from cmdesk.store.store import Work
    from cmdesk.ui.desk import Desk

ROOMY_FROM = 1321


@dataclass(frozen=True, slots=True)
class Route:
    """A place in the window: a page, perhaps one record on it, and a tab of that."""

    page: str
    record: int | None = None
    tab: str = ""


@dataclass(frozen=True, slots=True)
class Count:
    """The figure beside a page's name: things one can act on; `hot` when some are late."""

    number: int
    hot: bool = False


@dataclass(frozen=True, slots=True)
class Hint:
    """One entry of the hint bar: keys, and what they do."""

    keys: tuple[str, ...]
    words: str


@dataclass(frozen=True, slots=True)
class PageEntry:
    """A page the window offers. Pages that stand in no sidebar have `nav=False`.

    `under` is the sidebar's page such a one belongs to. `count` is asked in the background: how
    many things are late, and how many others can be acted on.
    """

    key: str
    title: str
    icon: Icon
    factory: "Callable[[Desk], Page]"
    count: "Work[[], tuple[int, int]] | None" = None
    shortcut: str = ""
    nav: bool = True
    under: str = ""


class Page(QWidget):
    """Base of all pages: name the tables in `concerns`, and ask for everything in `refresh`.

    Signal `hints_changed`: other keys work now.
    """

    hints_changed = Signal()
    concerns: ClassVar[frozenset[str]] = frozenset()
    rail: ClassVar[bool] = False  # the composer needs the room: icons only in the sidebar

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.route = Route("")
        self.panes: Sequence[QWidget] = ()  # where F6 leads after the page's first part
        self._stale = True
        self._roomy: bool | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("ground", "bg")
        self._burst = QTimer(self, interval=0, singleShot=True)
        self._burst.timeout.connect(self._catch_up)
        desk.changed.connect(self._on_changed)
        desk.privacy.changed.connect(self.mark_stale)

    def refresh(self) -> None:
        """Ask for everything again and show it."""
        raise NotImplementedError

    def commands(self) -> Sequence[Command]:
        """List what can be done here, for menus, keys and the palette."""
        return ()

    def next_pane(self, before: QWidget) -> None:
        """Put the keyboard into the next of the page's panes; `before` them is the sidebar."""
        move_on((before, self, *self.panes))

    def hints(self) -> Sequence[Hint]:
        """List the keys worth teaching here; none, no hint bar."""
        return ()

    def visit(self, route: Route) -> None:
        """Come here, perhaps for one record. Overridden by pages that show one."""
        self.route = route

    def leave(self) -> bool:
        """Say whether the page may be left now; drafts are kept, so nearly always."""
        return True

    @property
    def roomy(self) -> bool:
        """Say whether previews and rails fit beside the list: 1321 px, or more with larger text."""
        return self.window().width() >= look.px(ROOMY_FROM)

    def fold(self, *, roomy: bool) -> None:
        """Show or fold what does not fit. Called when the window crosses the border."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold_if_needed()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self._roomy is not None:
            self._fold_if_needed()

    def _fold_if_needed(self) -> None:
        if self._roomy != self.roomy:
            self._roomy = self.roomy
            self.fold(roomy=self._roomy)

    def mark_stale(self) -> None:
        """Ask again soon: at once when seen, else when next shown."""
        self._stale = True
        if self.isVisible():
            self._burst.start()

    @Slot(object)
    def _on_changed(self, change: "Change") -> None:
        if change.touches(*self.concerns):
            self.mark_stale()

    @Slot()
    def _catch_up(self) -> None:
        if self._stale and self.isVisible():
            self._read_anew()

    def _read_anew(self) -> None:
        self._stale = False
        with self.desk.look():
            self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._read_anew()
