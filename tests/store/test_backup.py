import os
import shutil
import sys
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from cmdesk.errors import Cancelled, Damaged, Problem
from cmdesk.rules.backup_keeping import USUAL, Held
from cmdesk.store import backup, backup_files, device, engine, keys, lockfile, thinning, vault
from cmdesk.store.header import FLOOR, RECORDS
from cmdesk.store.migrate import BACKUPS
from cmdesk.store.store import Store
from tests.store import small
from tests.store.conftest import Opener

pytestmark = pytest.mark.usefixtures("each_once")


@pytest.fixture
def filled(store: Store) -> Store:
    client = store.do("Add client", small.add_client, "Maya", b"\x01" * 3_000_000)
    store.do("Add note", small.add_note, client, "walked to the harbor")
    return store


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "drive").mkdir()
    return tmp_path / "drive"


def names(place: Path) -> list[str]:
    return sorted(file.name for file in place.iterdir())


def flip(file: Path, at: int) -> None:
    data = bytearray(file.read_bytes())
    data[at] ^= 1
    file.write_bytes(data)


def test_a_backup_is_one_dated_file_that_says_what_it_holds(filled: Store, place: Path) -> None:
    heard: list[float] = []
    made = backup.make(filled, place, "second_place", progress=heard.append)
    assert names(place) == ["2026-11-22T120000Z-second-place.cmbak"]
    assert made.file == place / names(place)[0]
    assert (made.verified, made.size, made.at) == (True, made.file.stat().st_size, small.NOON)
    assert (made.rows["client"], made.rows["note"]) == (1, 1)
    assert heard == sorted(heard)
    assert heard[-1] == 1
    assert len(heard) > 8
    assert backup.verify(made.file, filled.keys) == made.holds
    contents = backup.look(made.file)
    assert (contents.at, contents.size) == (made.at, made.size)
    assert contents.header.anchor
    assert contents.header.anchor.audit_seq == made.head.seq  # the newest row is known without keys
    assert b"harbor" not in made.file.read_bytes()
    if os.name != "nt":
        assert made.file.stat().st_mode & 0o777 == 0o600


def test_the_trail_the_anchor_and_this_computer_know_of_it(filled: Store, place: Path) -> None:
    assert backup.changed(filled)
    made = backup.make(filled, place)
    assert filled.ask(small.trail)[-1] == (f"Backed up to {made.file}", "backup", "{}")
    anchor = filled.keys.header.anchor
    assert anchor
    assert anchor.audit_seq == made.head.seq + 1
    assert device.last_backup(filled.folder) == small.NOON
    assert not backup.changed(filled)
    filled.note("Looked", "view")
    assert not backup.changed(filled)
    filled.do("Add client", small.add_client, "Ada")
    assert backup.changed(filled)


def test_two_in_one_second_are_two_files(filled: Store, place: Path) -> None:
    backup.make(filled, place, "lock")
    backup.make(filled, place, "lock")
    assert names(place) == ["2026-11-22T120000Z-lock-2.cmbak", "2026-11-22T120000Z-lock.cmbak"]
    listed = backup.listed(place)
    assert [one.occasion for one in listed] == ["lock", "lock"]
    assert {one.vault_id for one in listed} == {filled.keys.header.vault_id}


def test_saving_waits_and_reading_goes_on_while_bytes_are_copied(
    filled: Store, place: Path
) -> None:
    seen: list[int] = []
    saved: list[int] = []
    writer = Thread(target=lambda: saved.append(filled.do("Add", small.add_client, "Ada")))

    def progress(done: float) -> None:
        if not seen:
            writer.start()
        if done < 0.4:
            seen.append(len(filled.ask(small.clients)))
            assert not saved

    made = backup.make(filled, place, progress=progress)
    writer.join()
    assert set(seen) == {1}
    assert saved == [2]
    assert made.rows["client"] == 1


@pytest.mark.skipif(sys.platform != "linux", reason="/proc/locks is Linux's own")
def test_no_lock_of_sqlite_is_dropped(filled: Store, place: Path) -> None:
    inode = (filled.folder / RECORDS).stat().st_ino

    def held() -> int:
        rows = Path("/proc/locks").read_text().splitlines()
        return sum(f":{inode} " in row and f" {os.getpid()} " in row for row in rows)

    def while_reading(session: Session) -> tuple[int, int, int]:
        session.execute(text("SELECT * FROM client"))
        before = held()
        backup.copy(
            filled.folder,
            filled.keys,
            place,
            "daily",
            small.noon,
            still=filled.still,
            source=filled.records,
        )
        after = held()
        (filled.folder / RECORDS).open("rb").close()  # the control: what must never be done
        return before, after, held()

    before, after, control = filled.ask(while_reading)
    assert before >= 1
    assert after == before
    assert control == 0


def test_a_closed_vault_is_backed_up_as_well(
    folder: Path, place: Path, code: str, migrations: Path
) -> None:
    held = keys.unlock(folder, code=code)
    lock = lockfile.take(folder, small.noon())
    made = backup.copy(folder, held, folder / BACKUPS, "before_rotation", small.noon)
    lockfile.release(lock)
    assert names(folder / BACKUPS) == ["2026-11-22T120000Z-before-rotation.cmbak"]
    assert backup.verify(made.file, held).rows["note"] == 0


@pytest.mark.parametrize("at", [0.0, 0.2, 0.5, 0.8])
def test_a_stopped_backup_leaves_nothing(filled: Store, place: Path, at: float) -> None:
    reached: list[float] = []
    with pytest.raises(Cancelled):
        backup.make(
            filled, place, progress=reached.append, cancelled=lambda: bool(reached[-1:] > [at])
        )
    assert names(place) == []
    assert reached[-1] < 1
    assert backup.changed(filled)


def test_locking_stops_a_backup(filled: Store, place: Path) -> None:
    def progress(done: float) -> None:
        if done > 0.5:
            filled.close()

    with pytest.raises(Cancelled):
        backup.make(filled, place, progress=progress)
    assert names(place) == []


def test_damaged_records_are_no_backup_and_the_copy_is_kept_as_evidence(
    folder: Path, place: Path, code: str
) -> None:
    flip(folder / RECORDS, 5 * 4096 + 100)
    held = keys.unlock(folder, code=code)
    with pytest.raises(Damaged, match=r"not whole|damaged") as caught:
        backup.copy(folder, held, place, "daily", small.noon)
    assert caught.value.hint
    assert names(place) == ["2026-11-22T120000Z-daily.cmbak.bad"]
    for hours in range(1, 5):
        with pytest.raises(Damaged):
            backup.copy(
                folder, held, place, "daily", lambda h=hours: small.NOON + timedelta(hours=h)
            )
    assert len(names(place)) == 3
    assert names(place)[-1] == "2026-11-22T160000Z-daily.cmbak.bad"


def test_a_copy_that_failed_once_is_made_again(filled: Store, place: Path) -> None:
    """The disk gives back another byte than was written, once."""
    spoiled: list[Path] = []

    def progress(done: float) -> None:
        if done >= 0.4 and not spoiled:
            spoiled.extend(place.glob(".*.part"))
            flip(spoiled[0], 2_000_000)

    made = backup.make(filled, place, progress=progress)
    assert len(spoiled) == 1
    assert names(place) == [made.file.name, made.file.name + ".bad"]
    backup.verify(made.file, filled.keys)


def test_remains_of_a_killed_run_go_after_a_day(filled: Store, place: Path) -> None:
    stamp = ".2026-11-20T120000Z-daily.cmbak"
    for name in (f"{stamp}.01234567.part", f"{stamp}.89abcdef.part", ".other.part"):
        (place / name).touch()
    scratch = place / ".cmdesk-check-old"
    scratch.mkdir()
    (scratch / RECORDS).touch()
    old = (small.NOON - timedelta(days=2)).timestamp()
    fresh = (small.NOON - timedelta(hours=2)).timestamp()
    os.utime(place / f"{stamp}.01234567.part", (old, old))
    os.utime(place / f"{stamp}.89abcdef.part", (fresh, fresh))
    os.utime(place / ".other.part", (old, old))
    os.utime(scratch, (old, old))
    backup.make(filled, place)
    assert names(place)[:2] == [f"{stamp}.89abcdef.part", ".other.part"]
    assert len(names(place)) == 3


def test_a_place_that_is_gone_or_unfit_is_told_plainly(
    filled: Store, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(Problem, match="is not there"):
        backup.make(filled, place / "unplugged")
    with pytest.raises(Problem, match="into the vault itself"):
        backup.make(filled, filled.folder)
    (place / "file").touch()
    with pytest.raises(Problem, match="is not there"):
        backup.make(filled, place / "file")
    usage = shutil.disk_usage(place)._replace(free=1_000_000)

    def full(_path: Path) -> object:
        return usage

    monkeypatch.setattr(shutil, "disk_usage", full)
    with pytest.raises(Problem, match=r"needs \d+ MB of free disk space"):
        backup.make(filled, place)
    assert names(place) == ["file"]


@pytest.mark.skipif(os.name == "nt", reason="POSIX rights")
def test_a_place_that_may_not_be_written_to(filled: Store, place: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may write anywhere")
    place.chmod(0o500)
    with pytest.raises(Problem, match="can't be written to"):
        backup.make(filled, place)
    place.chmod(0o700)
    assert names(place) == []


def test_a_drive_that_is_pulled_out_leaves_a_plain_word(filled: Store, place: Path) -> None:
    def progress(done: float) -> None:
        if done >= 0.4 and place.exists():
            shutil.rmtree(place)

    with pytest.raises(Problem):
        backup.make(filled, place, progress=progress)
    filled.do("Add client", small.add_client, "Ada")


def test_a_vault_that_was_moved_is_not_backed_up(filled: Store, place: Path) -> None:
    backup.make(filled, place)
    records = filled.folder / RECORDS
    shutil.copy(records, records.with_name("other"))
    records.with_name("other").replace(records)
    with pytest.raises(Problem, match="moved"):
        backup.make(filled, place)
    assert len(names(place)) == 1


def test_what_another_connection_has_not_saved_yet_is_not_in_the_backup(
    folder: Path, place: Path, code: str
) -> None:
    held = keys.unlock(folder, code=code)
    raw = engine.connect(folder / RECORDS, held)
    raw.execute("BEGIN IMMEDIATE")
    raw.execute("INSERT INTO client (name) VALUES ('Ada')")
    made = backup.copy(folder, held, place, "daily", small.noon)
    raw.execute("ROLLBACK")
    raw.close()
    assert made.rows["client"] == 0


def test_a_backup_of_another_vault_is_refused(
    filled: Store, place: Path, tmp_path: Path, migrations: Path
) -> None:
    other, _ = vault.create(
        tmp_path / "other.cmdesk",
        small.PASSPHRASE,
        small.SMALL,
        small.noon,
        kdf=FLOOR,
        migrations=migrations,
    )
    made = backup.make(other, place)
    other.close()
    with pytest.raises(Problem, match="another vault"):
        backup.verify(made.file, filled.keys)
    assert backup.listed(place, filled.keys.header.vault_id) == []
    assert len(backup.listed(place)) == 1


def test_what_is_no_backup_is_not_listed(filled: Store, place: Path) -> None:
    made = backup.make(filled, place)
    shutil.copy(made.file, place / "renamed.cmbak")
    shutil.copy(made.file, place / "2026-02-30T120000Z-daily.cmbak")
    (place / "letter.cmbak").write_text("Dear Diane")
    (place / "folder.cmbak").mkdir()
    flip_header = place / "2026-11-21T120000Z-daily.cmbak"
    shutil.copy(made.file, flip_header)
    flip(flip_header, 40)
    listed = backup.listed(place)
    assert {one.file.name for one in listed} == {
        made.file.name,
        "renamed.cmbak",
        "2026-02-30T120000Z-daily.cmbak",
    }
    assert all(one.occasion == "by_hand" for one in listed)
    assert backup.listed(place / "unplugged") == []


def older(made: backup.Made, *, days: float) -> None:
    """Put a copy beside a backup, as if it had been made earlier."""
    at = made.at - timedelta(days=days)
    shutil.copy(made.file, made.file.with_name(f"{at:%Y-%m-%dT%H%M%SZ}-quit.cmbak"))


def test_old_ones_are_thinned_after_the_new_one_was_checked(filled: Store, place: Path) -> None:
    made = backup.make(filled, place, keeping=None)
    for days in (0.5, *(40 + number / 100 for number in range(9))):
        older(made, days=days)
    made.file.unlink()
    newest = backup.make(filled, place)
    assert len(newest.thinned.remove) == 2
    assert min(names(place)) > max(one.name for one in newest.thinned.remove)
    assert filled.ask(small.trail)[-1][0].endswith("; 2 older removed")


@pytest.mark.parametrize("years", [-10, 10])
def test_nothing_is_thinned_in_a_run_with_a_clock_that_moved(
    opened: Opener, place: Path, years: int
) -> None:
    store = opened()
    made = backup.make(store, place)
    for number in range(30):
        older(made, days=400 + number)
    before = names(place)
    store.clock = lambda: small.NOON.replace(year=small.NOON.year + years)
    again = backup.make(store, place)
    assert again.thinned.held is Held.CLOCK_MOVED
    assert "the clock seems to have moved" in store.ask(small.trail)[-1][0]
    assert set(before) < set(names(place))


def test_a_backup_of_a_wrong_clock_holds_the_thinning_once_alone(store: Store, place: Path) -> None:
    made = backup.make(store, place)
    for number in range(30):
        older(made, days=400 + number)
    store.clock = lambda: small.NOON.replace(year=small.NOON.year + 10)
    ahead = backup.make(store, place)
    store.clock = small.noon
    assert backup.make(store, place).thinned.held is Held.CLOCK_MOVED
    assert backup.make(store, place).thinned.remove
    assert ahead.file.exists()


def test_a_backup_somebody_renamed_is_never_thinned(filled: Store, place: Path) -> None:
    whole = backup.make(filled, place).file.read_bytes()
    for hours in range(60, 90):
        at = small.NOON - timedelta(hours=hours)
        (place / backup_files.name(at, "daily")).write_bytes(whole)
    own = place / "End of 2025, to keep.cmbak"
    own.write_bytes(whole)
    at = (small.NOON - timedelta(hours=100)).timestamp()
    os.utime(own, (at, at))
    while thinning.thin(filled, place, USUAL, moved=False).remove:
        pass
    assert own.exists()


@pytest.mark.skipif(not Path("/dev/shm").is_dir(), reason="a disk that keeps such years")  # noqa: S108
def test_a_year_that_no_calendar_has_stops_nothing(filled: Store, place: Path) -> None:
    with TemporaryDirectory(dir="/dev/shm") as there:
        odd = Path(there) / "mine.cmbak"
        odd.write_bytes(backup.make(filled, place).file.read_bytes())
        os.utime(odd, (2**40, 2**40))
        assert [one.file for one in backup.listed(Path(there))] == [odd]
