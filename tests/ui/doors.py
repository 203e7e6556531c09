"""Doors and windows drawn to PNG, to be held beside pictures 01a, 01b, 03 and 06."""

import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, ClassVar, cast

from PySide6.QtWidgets import QApplication, QWidget

from cmdesk.settings import SettingsFile
from cmdesk.ui import theme
from cmdesk.ui.desk import Desk
from cmdesk.ui.first_run import FirstRun, Making
from cmdesk.ui.icons import Icon
from cmdesk.ui.page import Hint, Page, PageEntry
from cmdesk.ui.privacy import Privacy
from cmdesk.ui.say import Say
from cmdesk.ui.shell import Handlers
from cmdesk.ui.tasks import Tasks
from cmdesk.ui.unlock import Doors, UnlockPage
from cmdesk.ui.widgets.card import column
from cmdesk.ui.widgets.empty import Empty
from cmdesk.ui.window import Window
from cmdesk.words import Words

NOW = datetime(2026, 3, 9, 14, tzinfo=UTC)


class Sample(Page):
    concerns: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        column(self).addWidget(Empty(Icon.USERS, "No clients yet", "Add the first family."))

    def refresh(self) -> None:
        pass

    def hints(self) -> list[Hint]:
        return [Hint(("↑ ↓",), "Move"), Hint(("Enter",), "Open chart")]


class Composer(Sample):
    rail: ClassVar[bool] = True


class NoStore:
    """Stands where a store would: these pictures need none."""

    undo_label = redo_label = None

    def __init__(self) -> None:
        self.listeners: list[object] = []

    def clock(self) -> datetime:
        return NOW


def shot(window: QWidget, to: Path) -> None:
    QApplication.processEvents()
    QApplication.processEvents()
    window.grab().save(str(to))


def nothing(*_args: Any) -> Any:
    return None


def draw(app: QApplication, folder: Path, scheme: theme.Scheme, home: Path) -> None:
    words, say = Words(), Say()
    dress = theme.apply(app, scheme)
    tasks = Tasks(ThreadPoolExecutor(1), say.failure)
    window = Window(app, dress, SettingsFile(home / "s.toml"), words, say)
    window.resize(1440, 900)
    window.show()
    doors = Doors(*(nothing,) * 8)
    facts = (
        (Icon.HARD_DRIVE, "On this laptop"),
        (Icon.CIRCLE_CHECK, "Backed up last night, 11:40 PM"),
    )
    door = UnlockPage(home, doors, tasks, words, now=NOW, facts=facts)
    window.show_door(door)
    door.field.setText("seventeen letters")
    door.field.caps_lock.emit(True)
    shot(window, folder / f"unlock-{scheme}.png")
    window.show_door(UnlockPage(home, doors, tasks, words, now=NOW, locked=True))
    shot(window, folder / f"locked-{scheme}.png")
    making = Making(nothing, nothing, nothing, nothing, nothing, nothing, lambda _: "", nothing)
    first = FirstRun(home / "Practice.cmdesk", making, tasks, words)
    window.show_door(first)
    shot(window, folder / f"first-1-{scheme}.png")
    first.place.go.click()
    first.passphrase.new.first.setText("lantern river oatmeal crooked")
    first.passphrase.new.first.show_text(shown=True)
    first.passphrase.new.second.setText("lantern river oatmeal croo")
    first.passphrase.new.second.setFocus()
    first.passphrase.new.first.setFocus()
    shot(window, folder / f"first-2-{scheme}.png")
    desk = Desk(
        cast("Any", NoStore()),
        tasks,
        tasks,
        today=lambda: date(2026, 3, 9),
        words=words,
        say=say,
        privacy=Privacy(),
        settings=SettingsFile(home / "s.toml"),
    )
    entries = [
        PageEntry("today", "Today", Icon.SUN, Sample, lambda _: (8, 0)),
        PageEntry("clients", "Clients", Icon.USERS, Sample),
        PageEntry("updates", "Family updates", Icon.MAIL, Composer, lambda _: (0, 4)),
        PageEntry("providers", "Providers", Icon.BUILDING_COMPLEX, Sample),
        PageEntry("settings", "Settings", Icon.SETTINGS, Sample, nav=False),
    ]
    shell = window.open_desk(desk, entries, Handlers(nothing, nothing))
    for client, name in ((2, "Owen Castellano"), (1, "Maya Brenner")):
        desk.met.emit(client, name)
    shell.sidebar.set_left(9)
    shell.sidebar.page_asked.emit("clients")
    window.show_toast("Update marked as sent to Diane", nothing)
    shot(window, folder / f"window-{scheme}.png")
    shell.sidebar.page_asked.emit("updates")
    shot(window, folder / f"rail-{scheme}.png")
    window.close_desk()
    window.close()
    tasks.close()


def main(folder: Path) -> None:
    app = QApplication(["cmdesk"])
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as home:
        draw(app, folder, "light", Path(home))
        draw(app, folder, "dark", Path(home))


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "gallery"))
