"""D5: one call fails, falls short or can't read; the old state stands or the new one."""

from random import Random

import pytest

from cmdesk.errors import Damaged
from cmdesk.store import header
from tests.faults.judging import Bad
from tests.faults.operations import OPERATIONS
from tests.faults.stage import Stage
from tests.faults.tally import Sizes, Tally

EACH = [pytest.param(name, marks=pytest.mark.xdist_group(name)) for name in OPERATIONS]


@pytest.mark.parametrize("name", EACH)
def test_the_disk_fails_at_a_call(
    stage: Stage, sizes: Sizes, name: str, draw: Random, tally: Tally
) -> None:
    _, whole = stage.recording(name)
    first = draw.randint(1, sizes.step)
    for number, at in enumerate(range(first, min(sizes.calls, whole.calls) + 1, sizes.step)):
        look(stage, name, "fail", at, tally)
        if sizes.step == 1 or number % 5 == 0:
            look(stage, name, "short", at, tally)
        if number % 10 == 0:
            look(stage, name, "fail-on", at, tally)
    for _ in range(sizes.reads):
        look(stage, name, "unreadable", draw.randint(1, whole.reads), tally)
    assert not tally.wrong, str(tally)


def look(stage: Stage, name: str, fault: str, at: int, tally: Tally) -> None:
    outcome = stage.run(name, fault, at)
    how = f"{fault} at {at}"
    tally.counts["failed calls"] += 1
    tally.promised(outcome.told)
    if outcome.exit or outcome.bugs:
        tally.wrong.append(f"{how}: {outcome.exit} {outcome.bugs}")
    if fault == "short" and (outcome.problems or not outcome.finished):
        tally.wrong.append(f"{how}: {outcome.problems}")
    try:
        tally.good(stage.judge(name, outcome.told))
    except Bad as error:
        tally.bad(how, error)


def test_a_header_written_in_place_is_caught(stage: Stage) -> None:
    """Control."""
    _, whole = stage.recording("header-in-place")
    torn = 0
    for at in range(1, min(whole.calls, 12)):
        stage.run("header-in-place", "kill-within", at)
        try:
            header.read(stage.scene.vault)
        except Damaged:
            torn += 1
    assert torn


def test_a_page_that_could_not_be_read_once_is_read_again(stage: Stage, sizes: Sizes) -> None:
    """Once the records are open, one read that fails is no damage and spoils nothing after it."""
    _, whole = stage.recording("save")
    opened = whole.reads // 3  # by then the vault is open and saves go on
    for at in range(opened, whole.reads + 1, max(1, whole.reads // sizes.reads_of_save)):
        outcome = stage.run("save", "unreadable", at)
        assert (outcome.finished, outcome.problems, outcome.bugs) == (True, [], []), at
