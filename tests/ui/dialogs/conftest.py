"""A real vault with Maya's case in it, and a window for dialogs to stand in."""

from collections.abc import Callable, Generator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QMainWindow
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from cmdesk.models.base import Base
from cmdesk.settings import SettingsFile
from cmdesk.store import vault
from cmdesk.store.header import FLOOR
from cmdesk.store.store import Store
from cmdesk.ui.desk import Desk
from cmdesk.ui.privacy import Privacy
from cmdesk.ui.say import Say
from cmdesk.ui.tasks import Tasks
from cmdesk.ui.theme import Theme
from cmdesk.words import Words
from tests import copies
from tests.records import Template, closed
from tests.ui.conftest import Inline
from tests.ui.dialogs import practice
from tests.ui.dialogs.practice import Case

PASSPHRASE = "lantern river oatmeal crooked"


@pytest.fixture(scope="session")
def whole_vault(tmp_path_factory: pytest.TempPathFactory) -> tuple[Template, Case]:
    folder = tmp_path_factory.mktemp("dialogs") / "maya.cmdesk"
    store, _ = vault.create(folder, PASSPHRASE, Base.metadata, practice.now, kdf=FLOOR)
    case = store.do("Make the case", practice.make)
    return closed(store), case


@pytest.fixture
def case(whole_vault: tuple[Template, Case]) -> Case:
    return whole_vault[1]


@pytest.fixture
def folder(whole_vault: tuple[Template, Case], tmp_path: Path) -> Path:
    return copies.copied(whole_vault[0].folder, tmp_path / "maya.cmdesk")


@pytest.fixture
def unlock(
    folder: Path, whole_vault: tuple[Template, Case], say: Say, settings: SettingsFile
) -> Generator[Callable[[], Desk]]:
    """Return a function that opens the vault and gives a desk; all are closed at the end."""
    made: list[tuple[Desk, Store]] = []

    def opened() -> Desk:
        held = whole_vault[0].fresh_keys()
        store = copies.knowing(vault.open_store(folder, held, Base.metadata, practice.now))
        desk = Desk(
            store,
            Tasks(Inline(), say.failure),
            Tasks(Inline(), say.failure),
            today=lambda: practice.TODAY,
            words=Words(),
            say=say,
            privacy=Privacy(),
            settings=settings,
        )
        made.append((desk, store))
        return desk

    yield opened
    for desk, store in made:
        desk.close()
        store.close()


@pytest.fixture
def desk(unlock: Callable[[], Desk]) -> Desk:
    return unlock()


@pytest.fixture
def window(qtbot: QtBot, dress: Theme) -> Generator[QMainWindow]:
    """Give a window that is gone with all its dialogs before Python collects what is left."""
    made = QMainWindow()
    made.resize(1440, 900)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is made)
    yield made
    made.close()
    delete(made)
