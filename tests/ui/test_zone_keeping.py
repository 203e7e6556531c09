"""The greeting and the times of backups are those of the practice’s zone."""

from collections.abc import Generator
from datetime import UTC, datetime

import pytest
from pytestqt.qtbot import QtBot

from cmdesk.casework import clock, practice
from cmdesk.store.store import Store
from cmdesk.ui import clock_face
from cmdesk.ui.backing_up import Standing
from cmdesk.ui.desk import Desk
from cmdesk.ui.doors import greeting
from cmdesk.ui.parts.backup_fact import details
from cmdesk.ui.zone_keeping import ZoneKeeping, computers
from cmdesk.words import Words
from tests.ui.pages.conftest import desk, said, store, template

__all__ = ["desk", "said", "store", "template"]
MORNING = datetime(2026, 3, 9, 13, 41, tzinfo=UTC)  # 9:41 in New York, 3:41 at night in Honolulu


@pytest.fixture(autouse=True)
def face() -> Generator[None]:
    yield
    clock_face.follow("")


def test_the_practice_s_zone_is_followed_and_remembered(desk: Desk, store: Store) -> None:
    ZoneKeeping(desk)
    assert desk.settings.now.time_zone == "America/New_York"
    assert greeting(clock_face.local(MORNING).hour, Words()) == "Good morning"
    moved = practice.PracticeDraft("Harbor", time_zone="Pacific/Kiritimati")
    store.do("Move", practice.save, moved)
    assert desk.settings.now.time_zone == "Pacific/Kiritimati"
    assert greeting(clock_face.local(MORNING).hour, Words()) == "Good evening"
    assert details(Words(), Standing(last=MORNING), MORNING).startswith("3:41 AM")


def test_the_door_knows_it_from_the_time_before() -> None:
    clock_face.follow("Pacific/Honolulu")
    assert clock_face.local(MORNING).hour == 3
    clock_face.follow("no/where")
    assert clock_face.local(MORNING) == MORNING


def test_a_new_vault_begins_in_the_computer_s_zone(desk: Desk, store: Store, qtbot: QtBot) -> None:
    store.do("Empty", lambda session: session.query(practice.Practice).delete())
    ZoneKeeping(desk)
    qtbot.waitUntil(lambda: store.ask(practice.settled))
    assert store.ask(clock.zone).key == computers()
    store.do("Again", practice.settle_zone, "Pacific/Honolulu")
    assert store.ask(clock.zone).key == computers()
