"""A real small vault, a desk whose work is done at once, and an ear for what the user is told."""

from collections.abc import Callable, Generator
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import ParamSpec, TypeVar
from weakref import WeakKeyDictionary

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from cmdesk.errors import Problem
from cmdesk.settings import SettingsFile
from cmdesk.store import vault
from cmdesk.store.header import FLOOR
from cmdesk.store.store import Store
from cmdesk.ui import theme
from cmdesk.ui.desk import Desk
from cmdesk.ui.privacy import Privacy
from cmdesk.ui.say import Action, Say
from cmdesk.ui.tasks import Tasks
from cmdesk.ui.theme import Theme
from cmdesk.words import Words
from tests.copies import copied
from tests.records import Template, closed
from tests.store import small

# A window that is garbage before it is closed takes the focus from what is half gone.
KEPT: WeakKeyDictionary[QtBot, list[QWidget]] = WeakKeyDictionary()
P = ParamSpec("P")
T = TypeVar("T")


class Inline(Executor):
    """Does work where it is handed in; its outcome is still delivered by the event loop."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        future: Future[T] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except BaseException as error:  # noqa: BLE001 - an executor hands every failure on
            future.set_exception(error)
        return future


class Said(QObject):
    """Where the user is told things; a problem or bug that nobody expected fails the test."""

    def __init__(self) -> None:
        super().__init__()
        self.toasts: list[tuple[str, Callable[[], object] | None]] = []
        self.problems: list[str] = []
        self.actions: list[Action | None] = []
        self.bugs: list[str] = []

    def show_problem(self, problem: Problem, action: Action | None = None) -> None:
        self.problems.append(str(problem))
        self.actions.append(action)

    def show_bug(self, account: str) -> None:
        self.bugs.append(account)

    def show_toast(self, text: str, undo: Callable[[], object] | None) -> None:
        self.toasts.append((text, undo))

    def speaker(self) -> QObject:
        return self


def bring_up(qtbot: QtBot, window: QWidget) -> None:
    """Show a window and wait until keys go to it. It lives until the test has closed it."""
    KEPT.setdefault(qtbot, []).append(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)


@pytest.fixture
def words() -> Words:
    return Words()


@pytest.fixture(scope="session")
def small_vault(tmp_path_factory: pytest.TempPathFactory) -> tuple[Template, Path]:
    """Return a closed vault and the migrations it was made with."""
    folder = tmp_path_factory.mktemp("ui")
    steps = small.migrations(folder / "migrations")
    store, _ = vault.create(
        folder / "small.cmdesk",
        small.PASSPHRASE,
        small.SMALL,
        small.noon,
        kdf=FLOOR,
        migrations=steps,
    )
    return closed(store), steps


@pytest.fixture
def folder(small_vault: tuple[Template, Path], tmp_path: Path) -> Path:
    return copied(small_vault[0].folder, tmp_path / "small.cmdesk")


@pytest.fixture
def store(folder: Path, small_vault: tuple[Template, Path]) -> Generator[Store]:
    held = small_vault[0].fresh_keys()
    store = vault.open_store(folder, held, small.SMALL, small.noon, migrations=small_vault[1])
    yield store
    store.close()


@pytest.fixture
def said() -> Generator[Said]:
    told = Said()
    yield told
    assert told.problems == []
    assert told.bugs == []


@pytest.fixture
def say(said: Said, qapp: QApplication) -> Say:
    made = Say()
    made.attach(said)
    return made


@pytest.fixture
def tasks(say: Say) -> Tasks:
    return Tasks(Inline(), say.failure)


@pytest.fixture
def settings(tmp_path: Path) -> SettingsFile:
    return SettingsFile(tmp_path / "settings.toml")


@pytest.fixture
def dress(qapp: QApplication) -> Generator[Theme]:
    made = theme.apply(qapp, "light")
    yield made
    made.choose("light")
    made.zoom(0)


@pytest.fixture
def desk(
    store: Store, say: Say, words: Words, settings: SettingsFile, qtbot: QtBot
) -> Generator[Desk]:
    made = Desk(
        store,
        Tasks(Inline(), say.failure),
        Tasks(Inline(), say.failure),
        today=small.NOON.date,
        words=words,
        say=say,
        privacy=Privacy(),
        settings=settings,
    )
    yield made
    made.close()
