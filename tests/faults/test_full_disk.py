"""D4: the disk is full at some byte; what was typed can be saved once there is room."""

import pytest

from tests.faults.judging import Bad
from tests.faults.operations import OPERATIONS
from tests.faults.stage import Stage
from tests.faults.tally import Sizes, Tally

EACH = [pytest.param(name, marks=pytest.mark.xdist_group(name)) for name in OPERATIONS]
MET = {
    *("save", "autosave", "import", "directories", "attachment", "backup"),
    *("migration", "restore", "rotation"),
}


@pytest.mark.parametrize("name", EACH)
def test_disk_full(stage: Stage, sizes: Sizes, name: str, tally: Tally) -> None:
    grown = stage.recording(name)[0].grown
    met = 0
    for point in range(sizes.full):
        at = grown * point // sizes.full
        outcome = stage.run(name, "full", at, reserve=bool(point % 2))
        how = f"full after {at} bytes, with{'' if point % 2 else 'out'} a reserve"
        tally.counts["full disks"] += 1
        met += bool(outcome.problems)
        if outcome.bugs or not (outcome.finished and outcome.read_on):
            tally.wrong.append(f"{how}: {outcome}")
        if {kind for kind, _ in outcome.problems} - {"DiskFull"}:
            tally.wrong.append(f"{how}: said {outcome.problems}")
        try:
            tally.good(stage.judge(name, outcome.told))
        except Bad as error:
            tally.bad(how, error)
    assert not tally.wrong, str(tally)
    assert met or name not in MET  # else this has tried nothing


def test_the_reserve_lets_a_save_through(stage: Stage) -> None:
    """Half a page is free, then nothing: the vault's own reserve makes room."""
    outcome = stage.run("attachment", "full", 2000, reserve=True)
    assert (outcome.finished, outcome.problems) == (True, [])


def test_who_does_not_listen_to_the_disk_is_caught(stage: Stage) -> None:
    """Control: promising although nothing could be written."""
    outcome = stage.run("deaf", "full", 20_000)
    with pytest.raises(Bad, match="lost"):
        stage.judge("deaf", outcome.told)
