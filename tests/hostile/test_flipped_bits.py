"""D7: one wrong bit anywhere in a vault is noticed, by an error everybody can read."""

import json
import shutil
from pathlib import Path

import pytest

from cmdesk.errors import Problem
from cmdesk.store import engine
from cmdesk.store.header import PAGE_SIZE, RECORDS
from tests.hostile.conftest import Amount, Run
from tests.hostile.crash import crash, torn_rows
from tests.hostile.kept import HEADERS, Kept, Tally, examined, flipped, flips

JOURNAL = f"{RECORDS}-journal"
SPILLED = 100  # rows of the interrupted transaction


def test_records(kept: Kept, folder: Path, tmp_path: Path, amount: Amount) -> None:
    tally = Tally("records.db, bits")
    whole = (folder / RECORDS).read_bytes()
    assert examined(kept, folder) == []
    for place, bit in flips(len(whole), amount(120, 3_000)):
        (folder / RECORDS).write_bytes(flipped(whole, place, bit))
        tally.strike((place, bit), lambda: examined(kept, folder))
    assert tally.tell().all_noticed, tally


def test_control_a_check_that_does_not_authenticate_pages_misses_bits(
    kept: Kept, folder: Path
) -> None:
    """Half of the pages are free or full of text: their structure stays whole with a wrong bit."""
    whole = (folder / RECORDS).read_bytes()
    missed, words = 0, set[str]()
    for place, bit in list(flips(len(whole), 40))[4:]:
        (folder / RECORDS).write_bytes(flipped(whole, place, bit))
        raw = _raw(kept, folder)
        if raw is None:
            continue
        try:
            raw.execute("SELECT count(*) FROM client").fetchall()
            missed += 1
        except Exception as error:  # noqa: BLE001 - the driver's own, without a base we may name
            words.add(str(error))
        finally:
            raw.close()
    assert missed
    assert words <= {"database disk image is malformed", "file is not a database"}


def _raw(kept: Kept, folder: Path) -> engine.Raw | None:
    held = kept.fresh_keys()
    try:
        return engine.connect(folder / RECORDS, held)
    except Problem:
        return None
    finally:
        held.forget()


def test_header_on_disk_through_the_command_line(folder: Path, run: Run, amount: Amount) -> None:
    """Both header and copy with the same wrong bit: the copy can't stand in."""
    tally = Tally("header.json, bits by cmdesk check")
    whole = (folder / HEADERS[0]).read_bytes()
    for number in range(0, 8 * len(whole), amount(61, 1)):
        changed = flipped(whole, number // 8, 1 << number % 8)
        for name in HEADERS:
            (folder / name).write_bytes(changed)
        said = run("check", "a.cmdesk", "--json")
        newer = said.code == 1 and "newer cmdesk" in said.err
        noticed = said.code == 5 and json.loads(said.out)["findings"]
        tally.strike(number, lambda: noticed or newer)  # noqa: B023 - called at once
    assert tally.tell().all_noticed, tally
    for name in HEADERS:
        (folder / name).write_bytes(whole)
    assert run("check", "a.cmdesk", "--json").code == 0


def test_header_whose_copy_is_whole(folder: Path, run: Run) -> None:
    whole = (folder / HEADERS[0]).read_bytes()
    for place, bit in flips(len(whole), 8):
        (folder / HEADERS[0]).write_bytes(flipped(whole, place, bit))
        said = run("check", "a.cmdesk", "--json")
        assert said.code == 5
        assert "copy beside it is whole" in said.out
        assert (folder / HEADERS[1]).read_bytes() == whole


def test_control_a_header_without_its_sum_lets_bits_pass(folder: Path) -> None:
    """The same bytes, read by a parser that only wants JSON: some bits are taken as they are."""
    whole = (folder / HEADERS[0]).read_bytes()
    taken = 0
    for number in range(0, 8 * len(whole), 13):
        try:
            json.loads(flipped(whole, number // 8, 1 << number % 8))
            taken += 1
        except ValueError:
            continue
    assert taken > 100


@pytest.fixture
def crashed(kept: Kept, folder: Path, tmp_path: Path) -> Path:
    return crash(kept, folder, tmp_path / "crashed.cmdesk")


def torn(kept: Kept, folder: Path) -> bool:
    """Whether anything of the transaction that never ended stands in the records."""
    store = kept.open(folder)
    try:
        return bool(store.ask(torn_rows))
    finally:
        store.close()


def test_journal_of_a_crashed_transaction(
    kept: Kept, crashed: Path, tmp_path: Path, amount: Amount
) -> None:
    """With a wrong bit in the journal: rolled back all the same, or noticed; never half of it."""
    tally = Tally("records.db-journal, bits")
    journal = (crashed / JOURNAL).read_bytes()
    assert len(journal) > 8 * PAGE_SIZE
    for place, bit in flips(len(journal), amount(40, 500)):
        hurt = Path(shutil.copytree(crashed, tmp_path / "hurt.cmdesk"))
        (hurt / JOURNAL).write_bytes(flipped(journal, place, bit))
        tally.strike((place, bit), lambda: examined(kept, hurt) or not torn(kept, hurt))  # noqa: B023 - called at once
        shutil.rmtree(hurt)
    assert tally.tell().all_noticed, tally


def test_control_without_its_journal_a_crash_is_noticed(kept: Kept, crashed: Path) -> None:
    """The file alone is half a transaction; with its journal it is whole again."""
    alone = Path(shutil.copytree(crashed, crashed.with_name("alone.cmdesk")))
    (alone / JOURNAL).unlink()
    tally = Tally("records.db without its journal")
    tally.strike("alone", lambda: examined(kept, alone) or not torn(kept, alone))
    assert tally.all_noticed
    assert examined(kept, crashed) == []
    assert not torn(kept, crashed)
