from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from cmdesk.errors import Damaged
from cmdesk.store import backup, engine, keys
from cmdesk.store.check import check
from cmdesk.store.header import HEADER, RECORDS
from cmdesk.store.migrate import BACKUPS
from cmdesk.store.store import Store
from tests.store import small
from tests.store.conftest import Opener

pytestmark = pytest.mark.usefixtures("each_once")


def fill(store: Store, notes: int = 200) -> None:
    client = store.do("Add client", small.add_client, "Maya")

    def add(session: Session) -> None:
        for number in range(notes):
            small.add_note(session, client, f"note {number} " + "word " * 40)

    store.do("Add notes", add)


def kinds(store: Store) -> set[str]:
    return {finding.check for finding in check(store)}


def test_a_sound_vault_has_nothing_to_find(store: Store) -> None:
    fill(store)
    before = store.ask(small.everything)
    assert check(store) == []
    assert store.ask(small.everything) == before
    store.do("Rename", small.rename_all, "Mia")
    store.undo()
    assert store.ask(small.everything) == before


def test_a_flipped_bit_anywhere_behind_the_first_pages_is_found(
    folder: Path, opened: Opener
) -> None:
    store = opened()
    fill(store)
    store.close()
    raw = (folder / RECORDS).read_bytes()
    for place in range(8 * 4096 + 100, len(raw), 7 * 4096 + 333):
        harmed = bytearray(raw)
        harmed[place] ^= 0x10
        (folder / RECORDS).write_bytes(harmed)
        again = opened(accept=True)
        found = [finding for finding in check(again) if finding.check == "pages"]
        assert found
        assert all(finding.why and "backup" in finding.do for finding in found)
        again.close()


def test_a_cut_at_a_page_is_found_at_once(folder: Path, opened: Opener) -> None:
    store = opened()
    fill(store)
    store.close()
    raw = (folder / RECORDS).read_bytes()
    (folder / RECORDS).write_bytes(raw[: -4096 * 2])
    with pytest.raises(Damaged):
        opened()


def test_search_that_drifted_is_found_and_nothing_else(store: Store) -> None:
    fill(store, 3)

    def drift(session: Session) -> None:
        session.execute(text("INSERT INTO note_fts (note_fts) VALUES ('delete-all')"))

    store.do("Drift", drift)
    assert kinds(store) == {"search"}


def test_a_row_that_points_at_nothing_is_found(folder: Path, opened: Opener) -> None:
    store = opened()
    fill(store, 1)
    store.close()
    held = keys.unlock(folder, small.PASSPHRASE)
    raw = engine.connect(folder / RECORDS, held, foreign_keys=False)
    raw.execute("UPDATE note SET client_id = 99")
    raw.close()
    found = check(opened())
    assert [finding.check for finding in found] == ["references"]
    assert found[0].why == "Row 1 of note points at a row of client that is gone."


def test_a_changed_audit_row_is_found(folder: Path, opened: Opener) -> None:
    store = opened()
    fill(store, 1)
    store.close()
    held = keys.unlock(folder, small.PASSPHRASE)
    raw = engine.connect(folder / RECORDS, held)
    raw.execute("DROP TRIGGER audit_never_changes")
    raw.execute("UPDATE audit SET act = 'Nothing' WHERE seq = 2")
    raw.close()
    assert kinds(opened()) == {"audit", "schema"}


def test_a_header_harmed_while_open_is_found(store: Store) -> None:
    (store.folder / HEADER).write_bytes(b"torn")
    assert kinds(store) == {"header"}


@pytest.mark.parametrize("read_only", [False, True])
def test_damaged_backups_of_the_vault_are_found(opened: Opener, *, read_only: bool) -> None:
    """A flipped bit in the newest, a beginning that is none in an older one; nothing is written."""
    store = opened()
    place = store.folder / BACKUPS
    older = backup.make(store, place).file
    newest = older.rename(place / "2026-11-23T120000Z-daily.cmbak")
    older.write_bytes(b"CMDESK" * 1000)
    assert [finding.check for finding in check(store)] == ["backup"]
    raw = bytearray(newest.read_bytes())
    raw[-5000] ^= 1
    newest.write_bytes(raw)
    store.close()
    store = opened(read_only=read_only)
    before = sorted(file.name for file in place.iterdir())
    found = [finding.why.split(":")[0] for finding in check(store)]
    assert sorted(found) == sorted([older.name] if read_only else [older.name, newest.name])
    assert sorted(file.name for file in place.iterdir()) == before
    store.close()
