"""Records and headers put back in time: noticed, told in their own words, and left as they are."""

import hashlib
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from cmdesk.errors import Damaged, Problem
from cmdesk.store import anchor, device, keys, vault
from cmdesk.store import header as headers
from cmdesk.store.anchor import Older
from cmdesk.store.audit import Head
from cmdesk.store.check import check
from cmdesk.store.device import Note
from cmdesk.store.header import COPY, HEADER, RECORDS, Anchor, OpenBy
from cmdesk.store.store import Store
from tests.store import small
from tests.store.conftest import Opener

pytestmark = pytest.mark.usefixtures("each_once")

HEADERS = (HEADER, COPY)


def hashes(folder: Path) -> dict[str, str]:
    """Return the hash of every file of the vault."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {str(p.relative_to(folder)): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


def put_back(older: Path, folder: Path, *names: str) -> None:
    for name in names:
        shutil.copy(older / name, folder / name)


@pytest.fixture
def older(folder: Path, opened: Opener) -> Path:
    """Use the vault, and return a copy of it as it was before its last use."""
    opened().close()
    copy = Path(shutil.copytree(folder, folder.with_name("older")))
    store = opened()
    store.do("Add client", small.add_client, "Maya")
    store.do("Add client", small.add_client, "Tess")
    store.close()
    return copy


def stopped(folder: Path, opened: Opener) -> Older:
    before = hashes(folder)
    with pytest.raises(Older) as caught:
        opened()
    assert hashes(folder) == before
    assert caught.value.exit_code == 5
    assert caught.value.hint == anchor.WAYS_ON
    return caught.value


def test_older_records_are_noticed(folder: Path, older: Path, opened: Opener) -> None:
    put_back(older, folder, RECORDS)
    found = stopped(folder, opened)
    assert found.message.startswith(
        "These records are older than the last use on this computer: 3 entries of the activity "
        "record are missing (last used 2026-11-22 "
    )
    assert (found.missing, found.noted_at) == (3, small.NOON)


def test_older_records_are_noticed_on_another_computer_by_the_header(
    folder: Path, older: Path, opened: Opener
) -> None:
    put_back(older, folder, RECORDS)
    device.path_of(headers.read(folder)[0].vault_id, folder).unlink()
    found = stopped(folder, opened)
    assert "than the last use noted in its header: 3 entries" in found.message


def test_an_older_header_is_noticed(folder: Path, older: Path, opened: Opener) -> None:
    put_back(older, folder, *HEADERS)
    found = stopped(folder, opened)
    assert found.message.startswith("The vault's header is older than the last use on this comp")
    assert found.missing == 0


def test_an_older_vault_is_noticed_whole(folder: Path, older: Path, opened: Opener) -> None:
    put_back(older, folder, RECORDS, *HEADERS)
    found = stopped(folder, opened)
    assert found.missing == 3
    assert found.message.endswith("The header is an older one, too.")


def test_records_that_went_another_way_are_noticed(
    folder: Path, older: Path, opened: Opener
) -> None:
    aside = Path(shutil.copytree(folder, folder.with_name("aside")))
    note = device.path_of(headers.read(folder)[0].vault_id, folder)
    kept = note.read_bytes()
    put_back(older, folder, RECORDS)
    store = opened(accept=True)
    for name in ("Ada", "Bea", "Cleo"):
        store.do("Add client", small.add_client, name)
    store.close()
    put_back(aside, folder, *HEADERS)
    note.write_bytes(kept)
    found = stopped(folder, opened)
    assert "do not go on from the last use on this computer: entry " in found.message
    assert found.missing == 0


def test_older_records_can_be_accepted(folder: Path, older: Path, opened: Opener) -> None:
    put_back(older, folder, RECORDS)
    store = opened(accept=True)
    assert [words for words in store.told if "older than the last use" in words]
    assert ("Older records accepted", "rollback", "{}") in store.ask(small.trail)
    assert check(store) == []
    store.close()
    again = opened()
    assert again.told == []


def test_accepting_counts_even_if_the_program_then_dies(
    folder: Path, older: Path, opened: Opener
) -> None:
    put_back(older, folder, RECORDS)
    store = opened(accept=True)
    copy = Path(shutil.copytree(folder, folder.with_name("died")))
    store.close()
    put_back(copy, folder, RECORDS, *HEADERS)
    assert headers.read(folder)[0].anchor != headers.read(older)[0].anchor


def test_older_records_can_be_looked_at(folder: Path, older: Path, opened: Opener) -> None:
    put_back(older, folder, RECORDS)
    before = hashes(folder)
    store = opened(read_only=True)
    assert store.ask(small.everything) == ((), ())
    assert [words for words in store.told if "3 entries" in words]
    assert {finding.check for finding in check(store)} == {"anchor", "audit"}
    store.close()
    assert hashes(folder) == before


def test_more_than_was_noted_is_what_a_crash_leaves(
    folder: Path, older: Path, opened: Opener
) -> None:
    note = device.path_of(headers.read(folder)[0].vault_id, folder)
    note.unlink()
    put_back(older, folder, *HEADERS)
    store = opened()
    assert store.ask(small.clients) == [1, 2]
    assert check(store) == []


def test_nothing_is_written_where_only_reading_was_asked_for(
    folder: Path, older: Path, opened: Opener
) -> None:
    assert older.exists()
    before = hashes(folder)
    store = opened(read_only=True)
    assert store.read_only
    assert store.ask(small.clients) == [1, 2]
    writes: list[Callable[[], object]] = [
        lambda: store.do("Add client", small.add_client, "Ada"),
        lambda: store.note("Printed", "print"),
        lambda: store.maintain([("Mended", "repair")]),
    ]
    for write in writes:
        with pytest.raises(Problem, match="for reading only"):
            write()
    assert store.undo() is None
    store.anchor()
    assert check(store) == []
    assert store.in_place()
    with pytest.raises(Problem, match="open in another window"):
        opened()
    store.close()
    assert hashes(folder) == before
    (folder / "lock").unlink()
    opened(read_only=True).close()
    assert "lock" not in hashes(folder)


def test_the_state_is_anchored_now_and_then(store: Store) -> None:
    def noted() -> Anchor | None:
        return headers.read(store.folder)[0].anchor

    store.anchor()
    first = noted()
    for number in range(anchor.EVERY_SAVES - 1):
        store.do("Add", small.add_client, str(number))
    assert noted() == first
    store.do("Add", small.add_client, "the fiftieth")
    second = noted()
    assert second
    assert first
    assert second.saves == first.saves + anchor.EVERY_SAVES
    kept = device.path_of(store.keys.header.vault_id, store.folder)
    assert device.parse(kept.read_bytes()).anchor == second
    store.do("Add", small.add_client, "one more")
    assert noted() == second


@pytest.mark.parametrize("minutes", [10, -1])
def test_time_and_a_clock_set_back_anchor_too(
    folder: Path, code: str, migrations: Path, minutes: int
) -> None:
    now = [small.NOON]

    def clock() -> datetime:
        return now[0]

    store = vault.unlock_and_open(folder, small.SMALL, clock, code=code, migrations=migrations)
    before = headers.read(folder)[0].anchor
    store.do("Add", small.add_client, "Maya")
    assert headers.read(folder)[0].anchor == before
    now[0] += timedelta(minutes=minutes)
    store.do("Add", small.add_client, "Tess")
    assert headers.read(folder)[0].anchor != before
    store.close()


def test_a_save_stands_even_if_it_cannot_be_anchored(store: Store) -> None:
    """The folder of the header's next version is taken, as by a program that holds it."""
    (store.folder / f"{HEADER}.tmp").mkdir()
    for number in range(anchor.EVERY_SAVES + 2):
        store.do("Add", small.add_client, str(number))
    (store.folder / f"{HEADER}.tmp").rmdir()
    assert store.undo() == "Add"
    noted = headers.read(store.folder)[0].anchor
    assert noted
    assert noted.audit_seq > anchor.EVERY_SAVES


def test_locking_works_without_a_folder(store: Store, tmp_path: Path) -> None:
    vmk = store.keys.vmk
    store.folder.rename(tmp_path / "gone")
    assert not store.in_place()
    store.close()
    assert not any(vmk)
    assert not store.folder.exists()


@pytest.fixture
def marked(folder: Path, code: str) -> Callable[[str, datetime], None]:
    """Return a function that marks the vault as open on some computer."""

    def mark(host: str, since: datetime) -> None:
        held = keys.unlock(folder, code=code)
        header = replace(held.header, open_by=OpenBy(host, since.isoformat()))
        keys.write(folder, held, header)

    return mark


def test_while_open_the_header_says_where(store: Store) -> None:
    mark = headers.read(store.folder)[0].open_by
    assert mark
    assert mark.since == "2026-11-22T12:00:00+00:00"
    store.close()
    assert headers.read(store.folder)[0].open_by is None


def test_another_computers_fresh_mark_stops(
    folder: Path, opened: Opener, marked: Callable[[str, datetime], None]
) -> None:
    marked("attic", small.NOON - timedelta(hours=23))
    before = hashes(folder)
    with pytest.raises(Problem, match=r"open on another computer \(attic, since 2026-11-2") as told:
        opened()
    assert not isinstance(told.value, Damaged)
    opened(read_only=True).close()
    assert hashes(folder) == before
    store = opened(accept=True)
    assert ("Opened although attic had it open", "rollback", "{}") in store.ask(small.trail)


@pytest.mark.parametrize("hours", [24, -1])
def test_an_old_mark_or_one_from_the_future_does_not_stop(
    opened: Opener, marked: Callable[[str, datetime], None], hours: int
) -> None:
    marked("attic", small.NOON - timedelta(hours=hours))
    assert not opened().crashed


def test_a_mark_without_sense_does_not_stop(folder: Path, opened: Opener, code: str) -> None:
    held = keys.unlock(folder, code=code)
    keys.write(folder, held, replace(held.header, open_by=OpenBy("attic", "yesterday")))
    opened()


def test_headers_without_a_mark_are_spelt_as_they_were(folder: Path) -> None:
    raw = (folder / HEADER).read_bytes()
    assert b"open_by" not in raw
    assert headers.write_out(headers.parse(raw)) == raw
    with pytest.raises(Damaged):
        headers.parse(raw.replace(b'"mac":', b'"open_by":null,"mac":'))


def test_an_anchor_before_any_entry_holds() -> None:
    header = headers.Header("", "", b"", b"", (), "", recovery_owed=False)
    noted = Anchor(0, bytes(32), 0, "")
    assert anchor.compare(Head(0, ""), lambda _: None, replace(header, anchor=noted), None) is None


@pytest.mark.parametrize("utc", ["", "yesterday", "2026-11-22T12:00:00"])
def test_an_anchor_without_a_time_is_told_without_one(utc: str) -> None:
    header = headers.Header("", "", b"", b"", (), "", recovery_owed=False)
    note = Note("", "", Anchor(3, bytes(32), 0, utc))
    found = anchor.compare(Head(2, "x"), lambda _: None, header, note)
    assert found
    assert found.message.endswith("1 entry of the activity record is missing.")
    assert found.noted_at is None
