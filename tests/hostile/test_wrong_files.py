"""D8: files cut short, emptied, swapped or put back in time: each is told in its own words."""

import random
import shutil
import sqlite3
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from cmdesk.errors import Damaged, Problem
from cmdesk.exchange.export import practice_file
from cmdesk.models.base import Base
from cmdesk.store import anchor, keys, vault
from cmdesk.store.header import PAGE_SIZE, RECORDS
from tests.hostile import kept as keeping
from tests.hostile.conftest import Amount, Run, one_sentence
from tests.hostile.crash import crash, mark_as_left, torn_rows
from tests.hostile.kept import HEADERS, SEED, Kept, Tally, examined, hashes
from tests.records import Clock

JOURNAL = f"{RECORDS}-journal"
CUT, EMPTY, START = "cut short", "cut short", "start of the records is damaged"


def opening(kept: Kept, folder: Path) -> str:
    """Return the words with which the vault does not open; the suspect files stay as they are."""
    before = hashes(folder)
    with pytest.raises(Problem) as refused:
        kept.open(folder)
    assert hashes(folder) == before
    assert refused.value.hint
    return refused.value.message


def test_every_length(kept: Kept, folder: Path, amount: Amount) -> None:
    """Cut at 200 places, half of them between two pages, where no page is torn."""
    whole = (folder / RECORDS).read_bytes()
    chance = random.Random(SEED)  # noqa: S311 - no secret hangs on it
    pages = len(whole) // PAGE_SIZE
    lengths = [0, 1, 15, 16, 4_095, 4_096, 8_191, len(whole) - 1, len(whole) - PAGE_SIZE]
    lengths += [chance.randrange(len(whole)) for _ in range(95)]
    lengths += [PAGE_SIZE * chance.randrange(pages) for _ in range(96)]
    tally = Tally("records.db, lengths")
    changed: list[int] = []
    for length in lengths[:: 200 // amount(100, 200)]:
        (folder / RECORDS).write_bytes(whole[:length])
        before = hashes(folder)
        tally.strike(length, lambda: examined(kept, folder))
        if hashes(folder) != before:
            changed.append(length)
    assert tally.tell().all_noticed, tally
    assert changed == []


def test_longer_than_it_was(kept: Kept, folder: Path) -> None:
    """A page too many is noticed, too: by the opening or by the full check."""
    with (folder / RECORDS).open("ab") as file:
        file.write(bytes(PAGE_SIZE))
    tally = Tally("records.db, a page too many")
    tally.strike("longer", lambda: examined(kept, folder))
    assert tally.all_noticed, tally


def garbage(folder: Path) -> None:
    data = random.Random(SEED).randbytes(40 * PAGE_SIZE)  # noqa: S311 - no secret hangs on it
    (folder / RECORDS).write_bytes(data)


def garbage_behind_the_start(folder: Path) -> None:
    whole = (folder / RECORDS).read_bytes()
    (folder / RECORDS).write_bytes(whole[:16] + bytes(len(whole) - 16))


def plaintext(folder: Path) -> None:
    (folder / RECORDS).unlink()
    open_file = sqlite3.connect(folder / RECORDS)
    open_file.execute("CREATE TABLE client (id INTEGER PRIMARY KEY, name TEXT)")
    open_file.execute("INSERT INTO client (name) VALUES (?)", ("x" * 20_000,))
    open_file.commit()
    open_file.close()


SWAPPED: dict[str, tuple[Callable[[Path], object], str]] = {
    "zero length": (lambda folder: (folder / RECORDS).write_bytes(b""), CUT),
    "garbage": (garbage, START),
    "garbage behind the start": (garbage_behind_the_start, "right key does not open them"),
    "plaintext": (plaintext, "not encrypted"),
    "missing": (lambda folder: (folder / RECORDS).unlink(), "records are missing"),
}


@pytest.mark.parametrize("what", SWAPPED)
def test_swapped(kept: Kept, folder: Path, what: str) -> None:
    change, words = SWAPPED[what]
    change(folder)
    assert words in opening(kept, folder)
    assert (folder / RECORDS).exists() == (what != "missing")


@pytest.mark.parametrize("what", SWAPPED)
def test_swapped_through_the_command_line(folder: Path, run: Run, what: str) -> None:
    change, words = SWAPPED[what]
    change(folder)
    before = hashes(folder)
    said = run("agenda", "a.cmdesk", "--json")
    assert (said.code, said.out) == (5, "")
    assert words in said.err
    assert one_sentence(said.err)
    assert hashes(folder) == before


def test_records_of_another_vault(kept: Kept, folder: Path, tmp_path: Path) -> None:
    other = keeping.make(tmp_path / "other.cmdesk")
    shutil.copy(other.folder / RECORDS, folder / RECORDS)
    assert START in opening(kept, folder)


def test_header_of_another_vault(folder: Path, tmp_path: Path, run: Run) -> None:
    """Its passphrase is the same here, so the keys come out, and open nothing."""
    other = keeping.make(tmp_path / "other.cmdesk")
    for name in HEADERS:
        shutil.copy(other.folder / name, folder / name)
    before = hashes(folder)
    said = run("agenda", "a.cmdesk")
    assert said.code == 5
    assert "start of the records is damaged" in said.err
    assert hashes(folder) == before


@pytest.mark.parametrize("content", [b"", b"\0" * 1_200, b"{}", b"not a header", b"[]" * 400])
def test_header_that_is_none(folder: Path, run: Run, content: bytes) -> None:
    for name in HEADERS:
        (folder / name).write_bytes(content)
    before = hashes(folder)
    said = run("agenda", "a.cmdesk")
    assert (said.code, said.out) == (5, "")
    assert "header is damaged" in said.err
    assert hashes(folder) == before


def test_header_that_is_gone(folder: Path, run: Run) -> None:
    for name in HEADERS:
        (folder / name).unlink()
    said = run("agenda", "a.cmdesk")
    assert said.code == 5
    assert "header is missing" in said.err


def used(kept: Kept, folder: Path) -> None:
    """Unlock, do something, and lock."""
    store = kept.open(folder)
    try:
        store.note("Printed", "print")
    finally:
        store.close()


PUT_BACK = {"records": (RECORDS,), "header": HEADERS, "both": (RECORDS, *HEADERS)}


@pytest.mark.parametrize("what", PUT_BACK)
def test_put_back_in_time(kept: Kept, folder: Path, tmp_path: Path, what: str) -> None:
    used(kept, folder)
    older = kept_aside(folder, tmp_path)
    used(kept, folder)
    used(kept, folder)
    for name in PUT_BACK[what]:
        shutil.copy(older / name, folder / name)
    before = hashes(folder)
    with pytest.raises(anchor.Older) as refused:
        _reopened(kept, folder)
    assert "older" in refused.value.message
    assert hashes(folder) == before


def test_put_back_in_time_is_never_missed(
    kept: Kept, folder: Path, tmp_path: Path, amount: Amount
) -> None:
    """Each state of a small history, put back into the last one."""
    states: list[Path] = []
    for number in range(amount(4, 20)):
        used(kept, folder)
        states.append(kept_aside(folder, tmp_path / str(number)))
    tally = Tally("rollbacks")
    for state in states[:-1]:
        for names in PUT_BACK.values():
            for name in names:
                shutil.copy(state / name, folder / name)
            tally.strike((state.parent.name, names), lambda: _reopened(kept, folder))
            for name in (RECORDS, *HEADERS):
                shutil.copy(states[-1] / name, folder / name)
    assert tally.tell().all_noticed, tally


def test_control_the_newest_state_opens(kept: Kept, folder: Path, tmp_path: Path) -> None:
    used(kept, folder)
    newest = kept_aside(folder, tmp_path)
    for name in (RECORDS, *HEADERS):
        shutil.copy(newest / name, folder / name)
    _reopened(kept, folder)
    assert examined(kept, folder) == []


def test_older_copy_through_the_command_line(folder: Path, tmp_path: Path, run: Run) -> None:
    assert run("agenda", "a.cmdesk").code == 0
    older = kept_aside(folder, tmp_path)
    assert run("agenda", "a.cmdesk").code == 0
    shutil.copy(older / RECORDS, folder / RECORDS)
    said = run("agenda", "a.cmdesk", "--json")
    assert (said.code, said.out) == (5, "")
    assert "older than the last use" in said.err


@pytest.mark.parametrize("after_a_crash", [False, True], ids=["closed", "crashed"])
def test_stale_journal(kept: Kept, tmp_path: Path, amount: Amount, after_a_crash: bool) -> None:
    """A journal of an earlier day would put old pages among new ones; that is noticed.

    After a proper close it is not played back at all; after a crash it looks like the last one's,
    and what it puts back is what stands there, or is noticed.
    """
    tally = Tally("stale journals")
    for number in range(amount(3, 20)):
        place = tmp_path / str(number)
        place.mkdir()
        there = kept.copied(place / "a.cmdesk")
        used(kept, there)
        left = crash(kept, there, place / "crashed.cmdesk", rows=20 + 10 * number)
        for _ in range(number + 1):
            used(kept, there)
        shutil.copy(left / JOURNAL, there / JOURNAL)
        if after_a_crash:
            mark_as_left(there)
        look = is_noticed_or_whole if after_a_crash else examined
        tally.strike(number, partial(look, kept, there))
    assert tally.tell().all_noticed, tally


def is_noticed_or_whole(kept: Kept, folder: Path) -> bool:
    return bool(examined(kept, folder)) or is_whole(kept, folder)


def is_whole(kept: Kept, folder: Path) -> bool:
    """Whether the records hold what the template holds, and nothing of a torn transaction."""
    store = kept.open(folder)
    try:
        return not store.ask(torn_rows) and store.ask(practice_file) == _template(kept)
    finally:
        store.close()


def _template(kept: Kept) -> bytes:
    with TemporaryDirectory() as place:
        store = kept.open(kept.copied(Path(place) / "a.cmdesk"))
        try:
            return store.ask(practice_file)
        finally:
            store.close()


def kept_aside(folder: Path, place: Path) -> Path:
    return Path(shutil.copytree(folder, place / "aside.cmdesk"))


def _reopened(kept: Kept, folder: Path) -> None:
    """Open as a new session does: with the keys that stand in the header now."""
    held = keys.unlock(folder, code=kept.code)
    vault.open_store(folder, held, Base.metadata, Clock()).close()


def test_damaged_is_what_the_command_line_maps_to_five() -> None:
    assert issubclass(anchor.Older, Damaged)
    assert Damaged.exit_code == 5
