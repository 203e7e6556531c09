"""The recent clients come back after a lock, told apart by more than a name."""

from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from cmdesk.casework import clients, merging_charts, recent
from cmdesk.casework.clients import ClientDraft
from cmdesk.store.store import Store
from cmdesk.ui.desk import Desk
from cmdesk.ui.recents import Recents
from cmdesk.ui.shell import Shell


@pytest.fixture
def others(store: Store) -> tuple[int, int]:
    """Return another Maya Brenner, and Owen."""
    maya = ClientDraft("Maya", "Brenner", born=date(1990, 5, 5))
    return store.do("Add", clients.add, maya), store.do("Add", clients.add, ClientDraft("Owen"))


@pytest.fixture
def shell(desk: Desk, qtbot: QtBot) -> Shell:
    return opened(desk, qtbot)


def opened(desk: Desk, qtbot: QtBot) -> Shell:
    made = Shell(desk, [])
    qtbot.addWidget(made)
    Recents(made, desk)
    return made


def meet(desk: Desk, *ids: int) -> None:
    for number in ids:
        desk.met.emit(number, desk.ask(clients.head, number).name.full)


def test_after_a_lock_they_are_there_again(
    shell: Shell, desk: Desk, store: Store, maya: int, others: tuple[int, int], qtbot: QtBot
) -> None:
    undo = desk.undo_label
    meet(desk, maya, others[1])
    desk.closing.emit()
    again = opened(desk, qtbot)
    assert again.recent == [others[1], maya]
    assert [each.text() for each in again.sidebar._client_items.values()] == [
        "Owen",
        "Maya Brenner",
    ]
    assert desk.undo_label == undo  # it is no step of anybody's
    assert not again.sidebar._recent.isHidden()


def test_of_one_name_they_are_told_apart(
    shell: Shell, desk: Desk, maya: int, others: tuple[int, int]
) -> None:
    meet(desk, maya, *others)
    said = [each.accessibleName() for each in shell.sidebar._client_items.values()]
    assert said == ["Owen", "Maya Brenner, born 1990", "Maya Brenner, born 2003"]
    desk.privacy.toggle()
    said = [each.accessibleName() for each in shell.sidebar._client_items.values()]
    assert said == ["O.", "M. B.", "M. B."]


def test_merged_meanwhile_a_client_stands_there_once(
    store: Store, maya: int, others: tuple[int, int]
) -> None:
    store.do("Keep", recent.keep, [others[0], maya])
    store.do("Merge", merging_charts.merge_clients, others[0], maya)
    assert [number for number, _ in store.ask(recent.clients)] == [maya]
