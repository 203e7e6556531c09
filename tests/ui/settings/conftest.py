"""The practice the pages are tested with, a keychain that keeps what it is given, and a window."""

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from cmdesk.store import keychain
from cmdesk.ui.desk import Desk
from cmdesk.ui.page import Route
from cmdesk.ui.pages.settings import SettingsPage
from tests.ui.conftest import bring_up
from tests.ui.pages.conftest import PASSPHRASE, desk, said, store, template

__all__ = ["PASSPHRASE", "desk", "said", "store", "template"]

Open = Callable[[str], SettingsPage]


class Drawer:
    """The edge to the system's keychain: keeps secrets in memory."""

    name = "drawer"

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def read(self, vault_id: str) -> bytes | None:
        return self.kept.get(vault_id)

    def write(self, vault_id: str, secret: bytes) -> None:
        self.kept[vault_id] = secret

    def remove(self, vault_id: str) -> None:
        self.kept.pop(vault_id, None)


@pytest.fixture
def drawer(monkeypatch: pytest.MonkeyPatch) -> Drawer:
    made = Drawer()
    monkeypatch.setattr(keychain, "system", lambda: made)
    return made


@pytest.fixture
def no_keychain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keychain, "system", lambda: None)


@pytest.fixture
def opened(desk: Desk, qtbot: QtBot) -> Open:
    def show(tab: str) -> SettingsPage:
        page = SettingsPage(desk)
        qtbot.addWidget(page)
        page.resize(1400, 900)
        page.visit(Route("settings", tab=tab))
        bring_up(qtbot, page)
        return page

    return show
