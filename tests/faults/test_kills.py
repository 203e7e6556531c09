"""D1: killed at any moment, nothing acknowledged is lost and the vault opens."""

from random import Random
from time import perf_counter

import pytest

from tests.faults.judging import Bad
from tests.faults.operations import OPERATIONS
from tests.faults.stage import Outcome, Stage
from tests.faults.tally import Sizes, Tally

KINDS = ("kill-before", "kill-after", "kill-within")
EACH = [pytest.param(name, marks=pytest.mark.xdist_group(name)) for name in OPERATIONS]


@pytest.mark.parametrize("name", EACH)
def test_killed_at_a_call(
    stage: Stage, sizes: Sizes, name: str, draw: Random, tally: Tally
) -> None:
    _, whole = stage.recording(name)
    while tally.counts["kills"] < sizes.kills:
        fault, at = draw.choice(KINDS), draw.randint(1, whole.calls)
        look(stage, name, stage.run(name, fault, at), f"{fault} call {at}", tally)
    assert not tally.wrong, str(tally)


@pytest.mark.parametrize("name", EACH)
def test_killed_at_a_moment(
    stage: Stage, sizes: Sizes, name: str, draw: Random, tally: Tally
) -> None:
    started = perf_counter()
    stage.run(name)
    longest = perf_counter() - started
    while tally.counts["kills"] < sizes.timed_kills:
        after = draw.uniform(0, longest)
        outcome = stage.run(name, kill_after=after)
        look(stage, name, outcome, f"killed after {after:.4f} s", tally)
        if not outcome.killed:  # it was quicker than the kill: the next one comes sooner
            longest = after
    assert not tally.wrong, str(tally)


def look(stage: Stage, name: str, outcome: Outcome, how: str, tally: Tally) -> None:
    """Judge what one run left. A run that ended before its kill is judged, and not counted."""
    tally.counts["kills"] += outcome.killed
    tally.promised(outcome.told)
    assert outcome.killed or outcome.finished, outcome
    try:
        tally.good(stage.judge(name, outcome.told))
    except Bad as error:
        tally.bad(how, error)


def test_a_draft_is_there_after_a_kill(stage: Stage, sizes: Sizes, draw: Random) -> None:
    """What the editor had saved when it was killed comes back; nothing newer was promised."""
    _, whole = stage.recording("autosave")
    for _ in range(sizes.drafts):
        outcome = stage.run("autosave", "kill-before", draw.randint(1, whole.calls))
        assert stage.judge("autosave", outcome.told).level - outcome.told["n"] in {0, 1}


@pytest.mark.parametrize(("name", "kind"), [("hasty", "lost"), ("legacy-migration", "mixed")])
def test_who_does_it_wrong_is_caught(stage: Stage, name: str, kind: str, draw: Random) -> None:
    """Controls: promising before the commit, and migrating without a transaction."""
    _, whole = stage.recording(name)
    caught: list[str] = []
    for _ in range(20):
        outcome = stage.run(name, "kill-before", draw.randint(1, whole.calls))
        try:
            stage.judge(name, outcome.told)
        except Bad as error:
            caught.append(error.kind)
    assert kind in caught
