"""Commands: one list feeds menus, shortcuts, tooltips and the shortcut sheet."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from cmdesk.ui import icons
from cmdesk.ui.icons import Icon


def always() -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Command:
    """Something the user can have done. `name` is for programs, `words` for people.

    `within` is the list whose focus a single-letter shortcut needs (WCAG 2.1.4); without it the
    shortcut works in the whole window. `menu` is the menu it stands in, File if empty. `also` are
    other words the search finds it by, `second` more shortcuts.
    """

    name: str
    words: str
    run: Callable[[], object]
    shortcut: str | None = None
    icon: Icon | None = None
    enabled: Callable[[], bool] = always
    menu: str = ""
    within: QWidget | None = field(default=None, compare=False)
    also: str = ""
    second: Sequence[str] = ()


def clashes(commands: Iterable[Command]) -> list[tuple[str, list[str]]]:
    """List shortcuts that two commands of one context share, each with the commands' names."""
    taken: dict[tuple[int, str], list[str]] = defaultdict(list)
    for command in commands:
        if command.shortcut:
            keys = QKeySequence(command.shortcut).toString()
            taken[id(command.within) if command.within else 0, keys].append(command.name)
    return [(keys, names) for (_, keys), names in taken.items() if len(names) > 1]


def action(
    command: Command, window: QWidget, may: Callable[[Command], bool] | None = None
) -> QAction:
    """Make the command's action and bind its shortcut where it belongs; `may` is asked first."""
    home = command.within or window
    made = QAction(command.words, home)
    made.setObjectName(command.name)
    made.setProperty("menu", command.menu or "file")
    if command.icon:
        made.setIcon(icons.icon(command.icon))
    if command.shortcut:
        keys = (command.shortcut, *command.second)
        made.setShortcuts([QKeySequence(each) for each in keys])
        made.setShortcutContext(
            Qt.ShortcutContext.WidgetShortcut
            if command.within
            else Qt.ShortcutContext.WindowShortcut
        )

    def run() -> None:
        if command.enabled() and (may is None or may(command)):
            command.run()

    made.triggered.connect(run)
    home.addAction(made)
    return made


def unbind(actions: Sequence[QAction]) -> None:
    """Take actions away again, as when another page comes to the front."""
    for each in actions:
        home = each.parent()
        if isinstance(home, QWidget):
            home.removeAction(each)
        each.deleteLater()
