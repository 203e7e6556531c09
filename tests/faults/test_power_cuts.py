"""D2, D3, D10: whatever a power cut leaves, the vault opens with all that it promised."""

from random import Random

import pytest

from cmdesk.errors import Damaged
from cmdesk.store import header
from tests.faults.judging import Bad
from tests.faults.operations import OPERATIONS
from tests.faults.replay import PATTERNS
from tests.faults.stage import Stage
from tests.faults.tally import Sizes, Tally

EACH = [pytest.param(name, marks=pytest.mark.xdist_group(name)) for name in OPERATIONS]


@pytest.mark.parametrize("name", EACH)
def test_power_cut(stage: Stage, sizes: Sizes, name: str, draw: Random, tally: Tally) -> None:
    cut(stage, name, sizes.states, draw, tally)
    assert not tally.wrong, str(tally)


def cut(stage: Stage, name: str, states: int, draw: Random, tally: Tally) -> None:
    for number in range(states):
        pattern = PATTERNS[number % len(PATTERNS)]
        told, end = stage.power_cut(name, pattern, draw)
        tally.counts["power cuts"] += 1
        tally.promised(told)
        try:
            tally.good(stage.judge(name, told))
        except Bad as error:
            tally.bad(f"{pattern}, before event {end}, state {number}", error)


def test_a_header_survives(stage: Stage, sizes: Sizes, draw: Random, tally: Tally) -> None:
    unreadable, lost = headers(stage, "header", sizes.header_states, draw)
    tally.counts.update(
        {"header cuts": sizes.header_states, "lost": lost, "unopenable": unreadable}
    )
    assert (unreadable, lost) == (0, 0), tally.seed


def headers(stage: Stage, name: str, states: int, draw: Random) -> tuple[int, int]:
    """Return how many headers could not be read, and how many were older than promised."""
    unreadable = lost = 0
    for number in range(states):
        told, _ = stage.power_cut(name, PATTERNS[number % len(PATTERNS)], draw)
        try:
            found, _ = header.read(stage.scene.vault)
        except Damaged:
            unreadable += 1
        else:
            lost += found.generation < int(told.get("generation", 0))
    return unreadable, lost


def test_who_does_not_sync_is_caught(stage: Stage, draw: Random) -> None:
    """Control: at least half of the states are bad where nothing is brought to the disk."""
    caught = Tally("")
    cut(stage, "no-sync", 24, draw, caught)
    assert len(caught.wrong) >= 12


@pytest.mark.parametrize(
    ("name", "which"), [("header-without-folder-sync", 1), ("header-in-place", 0)]
)
def test_a_careless_header_is_caught(stage: Stage, name: str, which: int, draw: Random) -> None:
    """Controls: a rename without its folder's sync loses, writing in place tears."""
    assert headers(stage, name, 100, draw)[which] > 0


def test_a_migration_without_a_transaction_is_caught(stage: Stage, draw: Random) -> None:
    """Control: caught within twenty cuts."""
    caught = Tally("")
    while not caught.counts["mixed"] and caught.counts["power cuts"] < 20:
        cut(stage, "legacy-migration", len(PATTERNS), draw, caught)
    assert caught.counts["mixed"] > 0
