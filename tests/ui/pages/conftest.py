"""A practice on disk, made once and copied, and a desk whose work is done at once."""

from collections.abc import Generator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from cmdesk.casework import clock
from cmdesk.models.base import Base
from cmdesk.settings import SettingsFile
from cmdesk.store import vault
from cmdesk.store.header import FLOOR
from cmdesk.store.store import Store
from cmdesk.ui import theme
from cmdesk.ui.desk import Desk
from cmdesk.ui.house import furnish
from cmdesk.ui.privacy import Privacy
from cmdesk.ui.say import Say
from cmdesk.ui.steady import hold_singletons
from cmdesk.ui.tasks import Tasks
from cmdesk.ui.theme import Theme
from cmdesk.ui.window import Window
from cmdesk.words import Words
from tests.records import Template, closed, open_copy
from tests.ui.conftest import Inline, Said, bring_up
from tests.ui.pages import practice

PASSPHRASE = "lantern river oatmeal crooked"


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Template:
    """Return a closed vault with an empty practice in it."""
    folder = tmp_path_factory.mktemp("practice") / "practice.cmdesk"
    store, _ = vault.create(folder, PASSPHRASE, Base.metadata, practice.now, kdf=FLOOR)
    store.do("Found", practice.found)
    return closed(store)


@pytest.fixture(scope="session")
def mayas_case(
    template: Template, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Template, int]:
    """Make Maya's case once; every test that asks for `maya` opens a copy."""
    place = tmp_path_factory.mktemp("case") / "practice.cmdesk"
    store = open_copy(template, practice.now, place)
    client = store.do("Make Maya", practice.maya)
    return closed(store), client


@pytest.fixture
def store(request: pytest.FixtureRequest, template: Template, tmp_path: Path) -> Generator[Store]:
    """Open an empty practice, or one with Maya's case where a test asks for `maya`."""
    asked: tuple[Template, int] | None = None
    if "mayas_case" in request.fixturenames:
        asked = request.getfixturevalue("mayas_case")
    made = asked[0] if asked else template
    store = open_copy(made, practice.now, tmp_path / "practice.cmdesk")
    yield store
    store.close()


@pytest.fixture
def said() -> Generator[Said]:
    told = Said()
    yield told
    assert told.problems == []
    assert told.bugs == []


@pytest.fixture
def desk(store: Store, said: Said, qtbot: QtBot, tmp_path: Path) -> Generator[Desk]:
    hold_singletons()
    theme.register_fonts("Inter")
    say = Say()
    say.attach(said)
    today = store.ask(clock.today)
    made = Desk(
        store,
        Tasks(Inline(), say.failure),
        Tasks(Inline(), say.failure),
        today=lambda: today,
        words=Words(),
        say=say,
        privacy=Privacy(),
        settings=SettingsFile(tmp_path / "settings.json"),
    )
    yield made
    made.close()


@pytest.fixture
def maya(mayas_case: tuple[Template, int], store: Store) -> int:
    return mayas_case[1]


@pytest.fixture
def window(qapp: QApplication, dress: Theme, desk: Desk, qtbot: QtBot) -> Generator[Window]:
    """Return the program's own window, with all its pages and ways."""
    made = Window(qapp, dress, desk.settings, desk.words, desk.say)
    bring_up(qtbot, made)
    furnish(made, desk)
    yield made
    made.close_desk()
    made.close()
    delete(made)
