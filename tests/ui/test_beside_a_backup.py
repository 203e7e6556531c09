"""While a backup is made the window reads at once, and a save waits for the copying alone."""

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from pytestqt.qtbot import QtBot

from cmdesk.settings import SettingsFile
from cmdesk.store import backup
from cmdesk.store.backup import WRITTEN, Made
from cmdesk.store.store import Store
from cmdesk.ui.desk import Desk
from cmdesk.ui.privacy import Privacy
from cmdesk.ui.say import Say
from cmdesk.ui.tasks import Tasks
from cmdesk.words import Words
from tests.store import small

SECONDS = 20.0


class Slow:
    """Tells of a backup which goes on only when it may: once while copying, once while proving."""

    def __init__(self) -> None:
        self.copying, self.proving = threading.Event(), threading.Event()
        self.copied, self.proved = threading.Event(), threading.Event()

    def __call__(self, done: float) -> None:
        here, further = (
            (self.copying, self.copied) if done <= WRITTEN else (self.proving, self.proved)
        )
        here.set()
        further.wait(SECONDS)


def test_the_window_never_waits_for_a_backup(
    store: Store, settings: SettingsFile, tmp_path: Path, qtbot: QtBot
) -> None:
    say = Say()
    desk = Desk(
        store,
        Tasks(ThreadPoolExecutor(1), say.failure),
        Tasks(ThreadPoolExecutor(2), say.failure),
        today=small.NOON.date,
        words=Words(),
        say=say,
        privacy=Privacy(),
        settings=settings,
    )
    store.do("Add client", small.add_client, "Maya")
    slow, saved, made = Slow(), list[object](), list[Made]()
    desk.aside(desk, lambda held: backup.make(held, tmp_path, progress=slow)).then(made.append)
    assert slow.copying.wait(SECONDS)
    before = desk.ask(small.everything)
    desk.do(desk, "Rename", small.rename_all, "Mia").then(saved.append)
    with desk.look():
        assert desk.ask(small.everything) == before
        assert desk.ask(small.clients) == [1]
    slow.copied.set()
    assert slow.proving.wait(SECONDS)
    qtbot.waitUntil(lambda: bool(saved))
    assert desk.ask(small.everything) != before
    assert made == []  # all of that while it is being made
    slow.proved.set()
    qtbot.waitUntil(lambda: bool(made))
    desk.close()
