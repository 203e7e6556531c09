"""What the full check finds beyond pages and rows, and what can be made anew."""

import os
from pathlib import Path

import pytest

from cmdesk.errors import Damaged, Problem
from cmdesk.store import backup, device, engine, keys, mending, opening_proof
from cmdesk.store.check import UNUSED, Finding, check, quick
from cmdesk.store.header import COPY, PAGE_SIZE, RECORDS
from cmdesk.store.store import Store
from tests.store import small
from tests.store.conftest import Opener
from tests.store.test_check import fill, kinds

pytestmark = pytest.mark.usefixtures("each_once")

JOURNAL = f"{RECORDS}-journal"
DRIFTS = {
    "row missing": "INSERT INTO note_fts (note_fts, rowid, words) "
    "SELECT 'delete', id, words FROM note LIMIT 1",
    "row stale": "INSERT INTO note_fts (rowid, words) VALUES (1, 'other words')",
    "row extra": "INSERT INTO note_fts (rowid, words) VALUES (999, 'never written')",
}
PARTS = {
    "The index note_client is missing.": "DROP INDEX note_client",
    "The trigger note_in is missing.": "DROP TRIGGER note_in",
    "The trigger audit_never_shrinks is missing.": "DROP TRIGGER audit_never_shrinks",
    "The trigger strange is not one of cmdesk's.": "CREATE TRIGGER strange AFTER INSERT ON note "
    "BEGIN DELETE FROM client; END",
}


def spoil(folder: Path, code: str, *statements: str) -> None:
    held = keys.unlock(folder, code=code)
    raw = engine.connect(folder / RECORDS, held, guarded=False, foreign_keys=False)
    for statement in statements:
        raw.execute(statement)
    raw.close()


@pytest.fixture
def filled(folder: Path, opened: Opener) -> Path:
    store = opened()
    fill(store, 30)
    store.close()
    return folder


@pytest.mark.parametrize("what", DRIFTS)
def test_a_search_index_that_drifted_is_made_anew(
    filled: Path, code: str, opened: Opener, what: str
) -> None:
    spoil(filled, code, DRIFTS[what])
    store = opened()
    assert kinds(store) == {"search"}
    assert "The search index note_fts was made anew." in mending.mend(store)
    assert check(store) == []
    assert store.ask(small.found, "note") == list(range(1, 31))
    assert ("Indexes and triggers made anew", "repair", "{}") in store.ask(small.trail)


@pytest.mark.parametrize("why", PARTS)
def test_what_is_missing_of_the_schema_is_put_back(
    filled: Path, code: str, opened: Opener, why: str
) -> None:
    spoil(filled, code, PARTS[why])
    store = opened()
    found = check(store)
    assert [(row.check, row.why) for row in found] == [("schema", why)]
    assert "mending" in found[0].do
    mending.mend(store)
    assert check(store) == []


def test_an_altered_trigger_is_put_back(filled: Path, code: str, opened: Opener) -> None:
    empty = "CREATE TRIGGER note_in AFTER INSERT ON note BEGIN SELECT 1; END"
    spoil(filled, code, "DROP TRIGGER note_in", empty)
    store = opened()
    assert [row.why for row in check(store)] == ["The trigger note_in is not as it was made."]
    mending.mend(store)
    store.do("Add note", small.add_note, 1, "lighthouse")
    assert store.ask(small.found, "lighthouse") == [31]


def test_a_table_that_is_gone_is_not_made_up(filled: Path, code: str, opened: Opener) -> None:
    spoil(filled, code, "DROP TABLE draft")
    store = opened()
    found = check(store)
    assert [(row.check, row.why) for row in found] == [("schema", "The table draft is missing.")]
    assert "backup" in found[0].do
    mending.mend(store)
    assert check(store) == found


def flip(folder: Path, place: int) -> None:
    with (folder / RECORDS).open("r+b") as file:
        file.seek(place)
        byte = file.read(1)[0]
        file.seek(place)
        file.write(bytes([byte ^ 4]))


@pytest.fixture
def loose(folder: Path, opened: Opener) -> Path:
    """Return a vault whose last pages are used by no row."""
    store = opened()
    fill(store, 30)
    large = store.do("Add client", small.add_client, "Tess", os.urandom(20 * PAGE_SIZE))
    store.do("Remove client", small.remove_client, large)
    store.close()
    return folder


def last_page(folder: Path) -> int:
    return (folder / RECORDS).stat().st_size - PAGE_SIZE


@pytest.mark.parametrize("from_the_end", [0, 8])  # VACUUM would drop the first, and meet the other
def test_damage_in_unused_space_is_cleaned_and_told_once(
    loose: Path, opened: Opener, from_the_end: int
) -> None:
    flip(loose, last_page(loose) - from_the_end * PAGE_SIZE + 100)
    store = opened()
    before = store.ask(small.everything)
    found = check(store)
    assert [row.check for row in found] == [UNUSED]
    assert "power cut" in found[0].why
    assert store.ask(small.everything) == before
    assert ("Damaged unused space cleaned", "repair", "{}") in store.ask(small.trail)
    assert check(store) == []
    store.do("Add client", small.add_client, "Ada")
    assert store.undo() == "Add client"
    store.close()
    assert check(opened()) == []


def test_a_backup_is_made_after_a_power_cut_damaged_unused_space(
    loose: Path, opened: Opener, tmp_path: Path
) -> None:
    flip(loose, last_page(loose) - 8 * PAGE_SIZE + 100)
    (tmp_path / "place").mkdir()
    made = backup.make(opened(), tmp_path / "place")
    assert made.file.exists()


def test_control_damage_in_used_space_is_not_cleaned(loose: Path, opened: Opener) -> None:
    flip(loose, 10 * PAGE_SIZE + 100)
    raw = (loose / RECORDS).stat()
    store = opened()
    found = {row.check for row in check(store)}
    assert "pages" in found
    assert len(found) > 1
    assert UNUSED not in found
    assert (loose / RECORDS).stat().st_size == raw.st_size


def test_where_only_reading_was_asked_for_unused_space_stays(loose: Path, opened: Opener) -> None:
    flip(loose, last_page(loose) + 100)
    raw = (loose / RECORDS).read_bytes()
    assert {row.check for row in check(opened(read_only=True))} == {"pages"}
    assert (loose / RECORDS).read_bytes() == raw


def test_a_quick_look_finds_damage_and_nothing_else(loose: Path, opened: Opener) -> None:
    store = opened()
    assert quick(store) == []
    store.close()
    flip(loose, 10 * PAGE_SIZE + 100)
    again = opened()
    assert {row.check for row in quick(again)} == {"database"}


def test_a_header_of_another_moment_is_found(store: Store) -> None:
    old = (store.folder / COPY).read_bytes()
    store.anchor()
    (store.folder / COPY).write_bytes(old)
    why = "The header's copy is not the one that was written last."
    assert check(store) == [Finding("header", why, "Lock the vault and unlock it again.")]


def test_a_note_damaged_while_open_is_found(store: Store) -> None:
    store.anchor()
    device.path_of(store.keys.header.vault_id, store.folder).write_bytes(b"torn")
    assert kinds(store) == {"device"}


def test_the_start_of_the_records_is_put_back(filled: Path, code: str, opened: Opener) -> None:
    whole = (filled / RECORDS).read_bytes()
    flip(filled, 7)
    harmed = (filled / RECORDS).read_bytes()
    with pytest.raises(opening_proof.StartDamaged, match="start of the records"):
        opened()
    assert (filled / RECORDS).read_bytes() == harmed
    held = keys.unlock(filled, code=code)
    assert mending.repair_start(filled, held, small.noon)
    assert (filled / RECORDS).read_bytes() == whole
    assert (filled / mending.KEPT).read_bytes() == harmed[:PAGE_SIZE]
    assert not mending.repair_start(filled, held, small.noon)
    assert check(opened()) == []


@pytest.mark.parametrize("start", [b"SQLite format 3\0", b""])
def test_what_was_not_records_is_not_made_to_look_like_them(
    filled: Path, code: str, start: bytes
) -> None:
    whole = (filled / RECORDS).read_bytes()
    harmed = start + whole[16:] if start else b""
    (filled / RECORDS).write_bytes(harmed)
    held = keys.unlock(filled, code=code)
    assert not mending.repair_start(filled, held, small.noon)
    assert (filled / RECORDS).read_bytes() == harmed


def test_a_start_is_not_put_back_beside_a_journal_of_another_time(filled: Path, code: str) -> None:
    flip(filled, 7)
    harmed, raw = (filled / RECORDS).read_bytes(), journal(filled)
    held = keys.unlock(filled, code=code)
    with pytest.raises(Damaged, match="journal of another time"):
        mending.repair_start(filled, held, small.noon)
    assert (filled / RECORDS).read_bytes() == harmed
    assert (filled / JOURNAL).read_bytes() == raw


def test_more_than_a_damaged_start_is_left_alone(filled: Path, code: str) -> None:
    flip(filled, 7)
    flip(filled, 100)
    harmed = (filled / RECORDS).read_bytes()
    held = keys.unlock(filled, code=code)
    with pytest.raises(Damaged):
        mending.repair_start(filled, held, small.noon)
    assert (filled / RECORDS).read_bytes() == harmed
    (filled / RECORDS).unlink()
    with pytest.raises(Damaged, match="missing"):
        mending.repair_start(filled, held, small.noon)


def journal(folder: Path) -> bytes:
    """Put something beside the records that SQLite would play back."""
    raw = bytes.fromhex("d9d505f920a163d7") + bytes(504)
    (folder / JOURNAL).write_bytes(raw)
    return raw


def test_a_journal_of_another_time_is_not_played_back(filled: Path, opened: Opener) -> None:
    whole, raw = (filled / RECORDS).read_bytes(), journal(filled)
    for read_only in (False, True):
        with pytest.raises(Damaged, match="journal of another time"):
            opened(read_only=read_only)
    assert (filled / RECORDS).read_bytes() == whole
    assert (filled / JOURNAL).read_bytes() == raw
    (filled / JOURNAL).write_bytes(bytes(512))  # struck out: of no effect
    opened()


def test_after_a_crash_the_journal_counts_and_the_vault_says_so(
    filled: Path, opened: Opener
) -> None:
    journal(filled)
    (filled / "lock").write_bytes(b"1 2026-11-22T12:00:00+00:00 attic")
    with pytest.raises(Problem, match="only a usual opening") as told:
        opened(read_only=True)
    assert not isinstance(told.value, Damaged)
    store = opened()
    assert store.crashed
    assert quick(store) == []
    store.close()
    assert not opened().crashed


def test_an_opening_that_fails_leaves_the_mark_of_the_crash(filled: Path, opened: Opener) -> None:
    (filled / "lock").write_bytes(b"1 2026-11-22T12:00:00+00:00 attic")
    whole = (filled / RECORDS).read_bytes()
    (filled / RECORDS).write_bytes(whole[:5000])
    with pytest.raises(Damaged):
        opened()
    assert (filled / "lock").read_bytes()
    (filled / RECORDS).write_bytes(whole)
    assert opened().crashed
