"""D14, D15: backups come back whole again and again; a day of use loses and leaks nothing."""

from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from cmdesk.casework import entries, parties
from cmdesk.errors import Damaged
from cmdesk.store import backup, restore
from cmdesk.store.store import Store
from tests.faults.operations import Save
from tests.faults.scenes import CODE, counted
from tests.faults.stage import Stage
from tests.faults.tally import Sizes, Tally

GROWTH = 1.10  # of memory, after the first tenth


def save(store: Store, number: int) -> None:
    client = store.ask(parties.client_by_name, "c-maya")
    store.do("Log a contact", entries.log, Save.contact(client, number), sign=True)


def test_restore_drills(
    stage: Stage, sizes: Sizes, tmp_path: Path, draw: Random, tally: Tally
) -> None:
    stage.set_up("save")
    with stage.scene.visited(), closing(stage.scene.open()) as store:
        for number in range(1, sizes.drills + 1):
            for _ in range(draw.randint(1, 3)):
                save(store, number)
            rows = store.ask(counted)
            file = backup.make(store, stage.scene.backups).file
            drilled = restore.drill(store, file)
            assert drilled.rows.items() >= rows.items()
            folder = tmp_path / f"restored-{number}"
            restore.restore(file, folder, code=CODE, clock=stage.scene.clock).forget()
            with closing(stage.scene.open(folder)) as restored:
                assert restored.ask(counted) == rows
            tally.counts["restores"] += 2


def test_a_drill_with_a_damaged_backup_fails(stage: Stage, draw: Random) -> None:
    """Control: one flipped bit anywhere."""
    stage.set_up("save")
    with stage.scene.visited(), closing(stage.scene.open()) as store:
        file = backup.make(store, stage.scene.backups).file
        data = bytearray(file.read_bytes())
        data[draw.randrange(100, len(data))] ^= 1 << draw.randrange(8)
        file.write_bytes(data)
        with pytest.raises(Damaged):
            restore.drill(store, file)


def test_a_day_of_use(
    stage: Stage, sizes: Sizes, monkeypatch: pytest.MonkeyPatch, draw: Random, tally: Tally
) -> None:
    stage.set_up("soak")
    first = 0
    for _ in range(sizes.soak_kills):
        outcome = stage.go_on("soak", soak=(200, 20), kill_after=draw.uniform(0.3, 1.5))
        tally.counts["kills"] += outcome.killed
        assert not outcome.bugs
        first = look(stage, max(first, outcome.told["n"]))
        tally.promised(outcome.told)
    outcome = stage.go_on("soak", soak=(sizes.saves, sizes.locks), patience=1800)
    assert outcome.finished, outcome
    told = [each for each in stage.promises() if "memory" in each]
    assert look(stage, told[-1]["n"]) == told[-1]["n"] >= first + sizes.saves
    settled = told[len(told) // 10]
    tally.counts["soak: MB at first"] = settled["memory"] // 1_000_000
    tally.counts["soak: MB at last"] = told[-1]["memory"] // 1_000_000
    assert told[-1]["files"] <= settled["files"]
    assert sizes.saves < 1000 or told[-1]["memory"] <= settled["memory"] * GROWTH


def look(stage: Stage, promised: int) -> int:
    """Return how many saves are there, once nothing of what was promised is missing."""
    return stage.judge("soak", {"n": promised}).level
