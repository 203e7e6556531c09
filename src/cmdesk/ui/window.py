"""The one window: the door while locked, the shell while open, and the voice of both."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QCloseEvent, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QApplication, QMainWindow, QMenu, QStackedWidget, QWidget

from cmdesk.errors import Problem
from cmdesk.settings import SettingsFile
from cmdesk.ui import commands, overlay
from cmdesk.ui.commands import Command
from cmdesk.ui.icons import Icon, icon
from cmdesk.ui.problem_bar import ProblemBar
from cmdesk.ui.say import Action, Say, Undo
from cmdesk.ui.theme import Scheme, Theme
from cmdesk.ui.widgets.card import column
from cmdesk.ui.widgets.focus_ring import FocusRing
from cmdesk.ui.widgets.room import Room
from cmdesk.ui.widgets.toast import Toast
from cmdesk.words import N_, Words

if TYPE_CHECKING:  # what stands in the open window loads behind the passphrase
    from cmdesk.ui.desk import Desk
    from cmdesk.ui.page import Page, PageEntry
    from cmdesk.ui.shell import Handlers, Shell

LEAST = (1120, 680)
USUAL = (1440, 900)
# What may be done while a dialog stands over the page; anything else would happen behind it.
OVER_DIALOGS = frozenset(
    {"lock", "quit", "hide", "larger", "smaller", "usual", "light", "dark", "system", "timer"}
)
MENUS = {
    "file": N_("File"),
    "edit": N_("Edit"),
    "view": N_("View"),
    "go": N_("Go"),
    "client": N_("Client"),
    "help": N_("Help"),
}


class Window(QMainWindow):
    """Signals: `lock_asked`, `closing` before it goes."""

    lock_asked = Signal()
    closing = Signal()

    def __init__(
        self, app: QApplication, theme: Theme, settings: SettingsFile, words: Words, say: Say
    ) -> None:
        super().__init__()
        self._theme, self._settings, self._words, self._say = theme, settings, words, say
        self.shell: Shell | None = None
        self._desk: Desk | None = None
        self._extra: Sequence[Command] = ()
        self._everywhere: Sequence[Command] = ()
        self._here: Sequence[Command] = ()
        self._frame_actions: list[QAction] = []
        self._page_actions: list[QAction] = []
        self._menus: dict[str, QMenu] = {}  # made once: the bar keeps every one it was given
        self.setWindowTitle("cmdesk")
        self.setWindowIcon(icon(Icon.CMDESK, "accent"))
        self.setMinimumSize(*LEAST)
        self._bar = ProblemBar(words)
        self._stack = QStackedWidget()
        centre = QWidget()
        whole = column(centre)
        whole.addWidget(self._bar)
        whole.addWidget(self._stack, 1)
        self.setCentralWidget(centre)
        self._toast = Toast(centre, lambda: overlay.is_open(self))
        self._ring = FocusRing(self, app)
        self._steps: tuple[int, ...] = ()
        self._zooming = QTimer(self, interval=0, singleShot=True)
        self._zooming.timeout.connect(self._zoom_now)
        self._show_menu_bar(shown=self.menuBar().isNativeMenuBar())
        self._restore()
        say.attach(self)

    # What the say.Place protocol asks for.

    def show_problem(self, problem: Problem, action: Action | None = None) -> None:
        self._bar.say(problem, action, passing=self._say.of_an_act)

    def show_bug(self, account: str) -> None:
        self._bar.say_bug(account)

    def show_toast(self, text: str, undo: Undo | None) -> None:
        self._toast.say(text, undo, self._words.tr("Undo"))

    def speaker(self) -> QObject:
        return self

    # The door and the shell.

    def show_door(self, door: QWidget) -> None:
        """Show the unlock page or the first run; whatever was in front is destroyed."""
        self.close_desk()
        self._clear()
        self._frame_actions = [commands.action(self._quit_command(), self)]
        self._stack.addWidget(Room(door))
        door.setFocus()

    def open_desk(
        self,
        desk: "Desk",
        entries: "Sequence[PageEntry]",
        handlers: "Handlers | None" = None,
        extra: Callable[[], Sequence[Command]] = list,
    ) -> "Shell":
        """Show the pages, the first of them in front; `extra` commands hold on every page."""
        from cmdesk.ui.page import Route  # noqa: PLC0415
        from cmdesk.ui.shell import Handlers, Shell  # noqa: PLC0415

        self._clear()
        commands.unbind(self._frame_actions)
        self._frame_actions = []
        self._desk = desk
        self.shell = shell = Shell(desk, entries, handlers)
        shell.lock_asked.connect(self.lock_asked)
        shell.page_left.connect(self._bar.pass_by)
        shell.page_changed.connect(self._on_page_changed)
        shell.shortcuts_asked.connect(self.show_shortcuts)
        self._stack.addWidget(shell)
        self._extra = extra()
        self._bind_frame(shell, handlers or Handlers())
        shell.go(Route(entries[0].key))
        return shell

    def close_desk(self) -> None:
        """Destroy every page, so that nothing of the records stays in view or in a menu."""
        overlay.abandon_all(self)
        self._toast.forget()
        self._bar.forget()
        commands.unbind([*self._frame_actions, *self._page_actions])
        self._frame_actions, self._page_actions = [], []
        self.menuBar().clear()
        self.shell = self._desk = None
        self._extra = self._everywhere = self._here = ()
        self.setWindowTitle("cmdesk")
        self._clear()

    def _clear(self) -> None:
        while widget := self._stack.widget(0):
            self._stack.removeWidget(widget)
            widget.hide()
            widget.deleteLater()

    # Commands.

    def frame_commands(self, shell: "Shell", handlers: "Handlers") -> list[Command]:
        """List what can be done on every page."""
        tr = self._words.tr
        made = [
            Command("lock", tr("Lock now"), self.lock_asked.emit, "Ctrl+Shift+L", Icon.LOCK),
            self._quit_command(),
            Command("undo", tr("Undo"), self._undo, "Ctrl+Z", Icon.ROTATE_CCW, menu="edit"),
            Command("redo", tr("Redo"), self._redo, "Ctrl+Shift+Z", menu="edit"),
            Command("hide", tr("Hide names"), self._hide, "F8", Icon.EYE_OFF, menu="view"),
            Command("larger", tr("Larger text"), lambda: self._zoom(1), "Ctrl++", menu="view"),
            Command("smaller", tr("Smaller text"), lambda: self._zoom(-1), "Ctrl+-", menu="view"),
            Command("usual", tr("Usual text size"), lambda: self._zoom(0), "Ctrl+0", menu="view"),
            Command("light", tr("Light"), lambda: self._dress("light"), menu="view"),
            Command("dark", tr("Dark"), lambda: self._dress("dark"), menu="view"),
            Command("system", tr("As the computer"), lambda: self._dress("system"), menu="view"),
        ]
        if handlers.log_contact:
            words = tr("Log a contact")
            log = Command("log", words, handlers.log_contact, "Ctrl+L", Icon.PLUS, menu="client")
            made.append(log)
        if handlers.search:
            search = Command(
                "search", tr("Search or do anything"), handlers.search, "Ctrl+K", Icon.SEARCH
            )
            made.append(search)
        # Bound, as a list takes it for a name to look for; with Shift as most keyboards have it.
        keys, marks = tr("All shortcuts"), ("?", "Shift+?")
        made.append(
            Command("shortcuts", keys, self.show_shortcuts, "F1", menu="help", second=marks)
        )
        return [*made, *shell.page_commands(), *self._extra]

    def show_shortcuts(self) -> None:
        """Show every key that does something now."""
        from cmdesk.ui.shortcut_sheet import open_shortcuts  # noqa: PLC0415

        open_shortcuts(self, self._words, self._everywhere, self._here)

    def _quit_command(self) -> Command:
        return Command("quit", self._words.tr("Quit"), self.close, "Ctrl+Q")

    def _bind_frame(self, shell: "Shell", handlers: "Handlers") -> None:
        self._everywhere = self.frame_commands(shell, handlers)
        for command in self._everywhere:
            self._frame_actions.append(commands.action(command, self, self._may))

    def _may(self, command: Command) -> bool:
        """Keep keys from the page behind a dialog; the search closes by the key that opened it."""
        if command.name in OVER_DIALOGS or not overlay.is_open(self):
            return True
        return command.name == "search" and self._searching()

    def _searching(self) -> bool:
        from cmdesk.ui.palette import Palette  # noqa: PLC0415

        return any(each.isVisible() for each in self.findChildren(Palette))

    def commands(self) -> list[Command]:
        """List what can be done now: first what the page in front offers."""
        return [*self._here, *self._everywhere]

    def _on_page_changed(self, page: "Page") -> None:
        """Bind the commands of the page in front, and only those."""
        commands.unbind(self._page_actions)
        self._here = page.commands()
        self._page_actions = [commands.action(command, self, self._may) for command in self._here]
        self.setWindowTitle(f"{page.accessibleName()} – cmdesk")
        self._fill_menus()

    def _fill_menus(self) -> None:
        bar, tr = self.menuBar(), self._words.tr
        bar.clear()
        self._menus = self._menus or {name: QMenu(tr(title), bar) for name, title in MENUS.items()}
        for menu in self._menus.values():
            menu.clear()
            bar.addMenu(menu)
        for action in (*self._frame_actions, *self._page_actions):
            home = self._menus.get(str(action.property("menu")), self._menus["file"])
            home.addAction(action)
        for menu in self._menus.values():
            menu.menuAction().setVisible(bool(menu.actions()))

    def _undo(self) -> None:
        if self._desk and self._desk.undo_label:
            self._desk.undo(self).then(self._on_undone)

    def _redo(self) -> None:
        if self._desk and self._desk.redo_label:
            self._desk.redo(self).then(self._on_redone)

    def _on_undone(self, what: str | None) -> None:
        if what:
            self._say.toast(self._words.tr("Undone: {what}").format(what=what))

    def _on_redone(self, what: str | None) -> None:
        if what:
            self._say.toast(self._words.tr("Done again: {what}").format(what=what))

    def _hide(self) -> None:
        if self._desk:
            self._desk.privacy.toggle()

    def _zoom(self, step: int) -> None:
        """Take the presses that come meanwhile together: each restyle touches every widget."""
        self._steps = (*self._steps, step) if step else (0,)
        self._zooming.start()

    def _zoom_now(self) -> None:
        steps, self._steps = self._steps, ()
        usual, more = 0 in steps, sum(steps)
        if usual or more:
            self._settings.change(text_size=self._theme.zoom(more, usual=usual))

    def _dress(self, scheme: Scheme) -> None:
        self._theme.choose(scheme)
        self._settings.change(scheme=scheme)  # else the next change of another setting undoes it

    # Size and place.

    def _restore(self) -> None:
        kept = QByteArray.fromBase64(self._settings.now.window.encode())
        if kept.isEmpty() or not self.restoreGeometry(kept):
            room = QGuiApplication.primaryScreen().availableSize()
            self.resize(min(USUAL[0], room.width()), min(USUAL[1], room.height()))

    def closeEvent(self, event: QCloseEvent) -> None:
        kept = bytes(self.saveGeometry().toBase64().data()).decode()
        self._settings.change(window=kept)
        self.closing.emit()
        super().closeEvent(event)

    def _show_menu_bar(self, *, shown: bool) -> None:
        """Keep the bar out of sight where it is not the system's; F10 shows and hides it."""
        self.menuBar().setVisible(shown)
        toggle = QAction(self._words.tr("Menu"), self)
        toggle.setShortcut(QKeySequence("F10"))
        toggle.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        toggle.triggered.connect(self._on_menu_asked)
        self.addAction(toggle)

    def _on_menu_asked(self) -> None:
        self.menuBar().setVisible(not self.menuBar().isVisible())
        if self.menuBar().isVisible():
            self.menuBar().setFocus()
