"""The call timer: one at a time, kept in the vault, minutes as they are begun."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest

from cmdesk.casework import call_timer, drafts
from cmdesk.casework.call_timer import KEY, Running, Stopped
from cmdesk.errors import Problem
from cmdesk.store.store import Store
from tests.records import MONDAY_NOON, Clock, Maya

FIELDS: dict[str, Any] = {"client_id": None, "person_id": None}


def test_from_start_to_stop(store: Store, maya: Maya, clock: Clock) -> None:
    assert store.ask(call_timer.running) is None
    assert store.do("Stop", call_timer.stop) is None
    store.do("Start", call_timer.start, maya.client, None, maya.still)
    with pytest.raises(Problem, match="timed already"):
        store.do("Start", call_timer.start)
    clock.forward(minutes=24, seconds=8)
    tess = maya.tess.person_id
    store.do("Say", call_timer.about, maya.client, tess)
    call = Running(MONDAY_NOON, maya.client, tess, maya.still)
    assert store.ask(call_timer.running) == call
    assert store.do("Stop", call_timer.stop) == Stopped(call, 25)
    assert store.ask(call_timer.running) is None


def test_dropped(store: Store) -> None:
    store.do("Start", call_timer.start)
    store.do("Drop", call_timer.drop)
    store.do("Say", call_timer.about, None)  # nothing runs: nothing is begun by it
    assert store.ask(call_timer.running) is None


@pytest.mark.parametrize(
    ("seconds", "minutes"),
    [(-3600, 1), (0, 1), (60, 1), (60.5, 2), (86_400, 1440), (400_000, 1440)],
)
def test_minutes(seconds: float, minutes: int) -> None:
    assert Running(MONDAY_NOON).minutes(MONDAY_NOON + timedelta(seconds=seconds)) == minutes


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"started_at": "noon", **FIELDS},
        {"started_at": "2026-03-09T12:00:00", **FIELDS},  # without a zone
        {"started_at": "2026-03-09T12:00:00+00:00", "client_id": "x", "person_id": None},
    ],
)
def test_a_spoilt_one_is_none(store: Store, body: Mapping[str, Any]) -> None:
    store.do("Spoil", drafts.keep, KEY, body)
    assert store.ask(call_timer.running) is None
    store.do("Start", call_timer.start)
    assert store.ask(call_timer.running) == Running(MONDAY_NOON)
