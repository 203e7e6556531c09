"""A new data key, cancelled and cut short at every step."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from cmdesk.errors import Cancelled, Damaged, Problem, WrongSecret
from cmdesk.store import engine, keys, lockfile, rotation, slots, vault
from cmdesk.store.header import COPY, HEADER, RECORDS
from cmdesk.store.keys import Keys
from cmdesk.store.store import Store
from tests.store import small
from tests.store.test_memory import copies

pytestmark = pytest.mark.usefixtures("each_once")

COPY_OF_RECORDS = RECORDS + ".rotating"
KEYCHAIN_SECRET = bytes(range(32))
SESSION = """
import sys
from pathlib import Path
from cmdesk.clock import system
from cmdesk.store import keys, rotation
folder = Path(sys.argv[1])
held = keys.unlock(folder, code=input())
rotation.rotate(folder, held, system, backup=lambda: None)
print("rotated", flush=True)
input()
held.forget()
print("forgotten", flush=True)
input()
"""
Snapshots = list[tuple[str, Path]]


@pytest.fixture(scope="module")
def filled(
    template: tuple[Path, str], migrations: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """Return a closed vault with a keychain slot and 300 pages of records."""
    empty, code = template
    folder = Path(shutil.copytree(empty, tmp_path_factory.mktemp("filled") / "small.cmdesk"))
    store = opened(folder, keys.unlock(folder, code=code), migrations)
    client = store.do("Add", small.add_client, "Maya", b"\1" * 1_200_000)
    store.do("Note", small.add_note, client, "She plays the cello")
    slot = slots.for_keychain(store.keys.header, store.keys.vmk, bytearray(KEYCHAIN_SECRET))
    keys.write(folder, store.keys, store.keys.header.with_slot(slot))
    store.close()
    return folder


@pytest.fixture
def folder(filled: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(filled, tmp_path / "small.cmdesk"))


@pytest.fixture
def held(folder: Path, code: str) -> Keys:
    return keys.unlock(folder, code=code)


def opened(folder: Path, held: Keys, migrations: Path) -> Store:
    return vault.open_store(folder, held, small.SMALL, small.noon, migrations=migrations)


def records(folder: Path, held: Keys) -> list[list[tuple[object, ...]]]:
    """Return all rows, by a connection of our own."""
    raw = engine.connect(folder / RECORDS, held)
    try:
        return [raw.execute(f"SELECT * FROM {t}").fetchall() for t in ("client", "note")]
    finally:
        raw.close()


def acts(folder: Path, held: Keys) -> list[str]:
    raw = engine.connect(folder / RECORDS, held)
    try:
        return [str(row[0]) for row in raw.execute("SELECT act FROM audit").fetchall()]
    finally:
        raw.close()


def files(folder: Path) -> dict[str, bytes]:
    kept = (HEADER, COPY, RECORDS, COPY_OF_RECORDS)
    return {f.name: f.read_bytes() for f in sorted(folder.iterdir()) if f.name in kept}


def no_backup() -> None:
    """Stand in for a backup where it is not the point."""


def at_call(number: int) -> Callable[[], bool]:
    calls = iter(range(1_000_000))
    return lambda: next(calls) == number


def test_the_records_get_a_new_key_and_all_else_stays(
    folder: Path, held: Keys, code: str, migrations: Path
) -> None:
    before, old = records(folder, held), keys.unlock(folder, code=code)
    start = (folder / RECORDS).read_bytes()
    told: list[float] = []
    rotation.rotate(folder, held, small.noon, backup=no_backup, progress=told.append)

    assert records(folder, held) == before
    assert (folder / RECORDS).read_bytes()[:16] == start[:16] == held.header.salt
    assert (folder / RECORDS).read_bytes()[16:4096] != start[16:4096]
    assert (folder / RECORDS).stat().st_mode & 0o777 == 0o600
    assert held.dek != old.dek
    assert held.pending is None
    with pytest.raises(Damaged):
        engine.connect(folder / RECORDS, old)
    assert told == sorted(told)
    assert told[-1] == 1.0
    assert len(told) > 4
    for again in (
        keys.unlock(folder, small.PASSPHRASE),
        keys.unlock(folder, code=code),
        keys.unlock(folder, secret=KEYCHAIN_SECRET),
    ):
        assert again.dek == held.dek
    assert not [f for f in folder.iterdir() if "rotating" in f.name]
    with closing(opened(folder, held, migrations)) as store:
        assert store.ask(small.found, "cello") == [1]
        kinds = [(act, kind) for act, kind, _ in store.ask(small.trail)]
        assert ("Data key changed", "rotation") in kinds


def test_the_old_key_leaves_the_header_and_its_copy(folder: Path, held: Keys, code: str) -> None:
    old = held.header.dek.hex().encode()
    assert old in (folder / HEADER).read_bytes()  # the control
    rotation.rotate(folder, held, small.noon, backup=no_backup)
    for name in (HEADER, COPY):
        assert old not in (folder / name).read_bytes()
    (folder / HEADER).unlink()
    assert keys.unlock(folder, code=code).dek == held.dek


def test_the_backup_comes_first_under_the_lock(folder: Path, held: Keys) -> None:
    untouched = files(folder)
    seen: list[dict[str, bytes]] = []

    def backup() -> None:
        seen.append(files(folder))
        with pytest.raises(Problem, match="another window"):
            lockfile.take(folder, small.NOON)

    rotation.rotate(folder, held, small.noon, backup=backup)
    assert seen == [untouched]


def test_without_a_backup_nothing_changes(folder: Path, held: Keys) -> None:
    untouched = files(folder)

    def fails() -> None:
        raise Problem("The backup can't be written.")

    with pytest.raises(Problem, match="backup"):
        rotation.rotate(folder, held, small.noon, backup=fails)
    assert files(folder) == untouched
    lockfile.release(lockfile.take(folder, small.NOON))


def test_a_vault_in_use_is_left_alone(folder: Path, held: Keys) -> None:
    untouched = files(folder)
    lock = lockfile.take(folder, small.NOON)
    with pytest.raises(Problem, match="another window"):
        rotation.rotate(folder, held, small.noon, backup=no_backup)
    lockfile.release(lock)
    assert files(folder) == untouched


def test_it_can_be_cancelled_at_every_step(folder: Path, held: Keys, code: str) -> None:
    before, dek, raw = records(folder, held), bytes(held.dek), (folder / RECORDS).read_bytes()
    stopped = 0
    for number in range(100):
        try:
            rotation.rotate(folder, held, small.noon, backup=no_backup, cancelled=at_call(number))
        except Cancelled:
            stopped += 1
            assert (folder / RECORDS).read_bytes() == raw
            assert COPY_OF_RECORDS not in files(folder)
            found = keys.unlock(folder, code=code)
            assert (bytes(found.dek), found.pending) == (dek, None)
            assert (bytes(held.dek), held.pending) == (dek, None)
            assert held.header == found.header
        else:
            break
    assert stopped >= 5  # before, in the copy, in its proof, at the end
    assert bytes(held.dek) != dek
    assert records(folder, held) == before


def snapshots(folder: Path, held: Keys, place: Path) -> Snapshots:
    """Rotate, and keep the folder as a power cut would leave it after each step."""
    taken: Snapshots = []

    def keep(step: str) -> None:
        taken.append((step, Path(shutil.copytree(folder, place / f"{len(taken)}-{step}"))))

    def clock() -> datetime:
        keep("clock")
        return small.NOON

    def asked() -> bool:
        keep("asked")
        return False

    rotation.rotate(folder, held, clock, backup=lambda: keep("backup"), cancelled=asked)
    _, last = taken[-1]
    renamed = Path(shutil.copytree(last, place / "renamed"))
    (renamed / COPY_OF_RECORDS).replace(renamed / RECORDS)
    return [*taken, ("renamed", renamed)]


def test_a_crash_at_any_step_leaves_one_key_that_opens(
    folder: Path, held: Keys, code: str, migrations: Path, tmp_path: Path
) -> None:
    before = records(folder, held)
    taken = snapshots(folder, held, tmp_path / "cut")
    pending = 0
    for step, cut in [*taken, ("done", folder)]:
        found = keys.unlock(cut, secret=KEYCHAIN_SECRET)
        pending += found.pending is not None
        assert opens_with(cut, found) is (step != "renamed")  # exactly one of the two
        assert rotation.settle(cut, found) is (step == "renamed")
        assert not rotation.settle(cut, found)
        assert found.pending is None
        assert records(cut, found) == before
        assert ("Data key changed" in acts(cut, found)) is (step in ("renamed", "done"))
        assert COPY_OF_RECORDS not in files(cut)
        assert keys.unlock(cut, secret=KEYCHAIN_SECRET).dek == found.dek
        again = keys.unlock(cut, code=code)
        assert (again.dek, again.pending) == (found.dek, None)
        with closing(opened(cut, again, migrations)) as store:
            assert store.ask(small.found, "cello") == [1]
    assert pending >= 5  # the control: these cuts are in the middle of it
    assert pending < len(taken)


def opens_with(cut: Path, found: Keys) -> bool:
    try:
        engine.connect(cut / RECORDS, found).close()
    except Damaged:
        return False
    return True


def test_opening_the_vault_settles(
    folder: Path, held: Keys, code: str, migrations: Path, tmp_path: Path
) -> None:
    taken = snapshots(folder, held, tmp_path / "cut")
    for step, cut in (taken[-2], taken[-1]):
        with closing(opened(cut, keys.unlock(cut, code=code), migrations)) as store:
            assert store.ask(small.found, "cello") == [1]
            changed = [act for act, _, _ in store.ask(small.trail) if act == "Data key changed"]
            assert len(changed) == (step == "renamed")
        assert keys.unlock(cut, code=code).pending is None


def test_a_rotation_goes_on_from_one_that_was_cut_short(
    folder: Path, held: Keys, code: str, tmp_path: Path
) -> None:
    before = records(folder, held)
    for _, cut in snapshots(folder, held, tmp_path / "cut")[-2:]:
        found = keys.unlock(cut, code=code)
        assert found.pending is not None
        rotation.rotate(cut, found, small.noon, backup=no_backup)
        assert records(cut, keys.unlock(cut, code=code)) == before


def test_records_that_open_with_neither_key_are_not_touched(
    folder: Path, held: Keys, code: str, tmp_path: Path
) -> None:
    _, cut = snapshots(folder, held, tmp_path / "cut")[-1]
    raw = bytearray((cut / RECORDS).read_bytes())
    raw[100] ^= 1
    (cut / RECORDS).write_bytes(raw)
    untouched = files(cut)
    with pytest.raises(Damaged):
        rotation.settle(cut, keys.unlock(cut, code=code))
    assert files(cut) == untouched


def test_a_passphrase_changed_meanwhile_stays_changed(folder: Path, held: Keys, code: str) -> None:
    other = keys.unlock(folder, code=code)
    small.replace_recovery(folder, other)
    rotation.rotate(folder, held, small.noon, backup=no_backup)
    with pytest.raises(WrongSecret):
        keys.unlock(folder, code=code)
    assert keys.unlock(folder, secret=KEYCHAIN_SECRET).dek == held.dek


@pytest.mark.parametrize("place", [100, 5 * 4096 + 100, 200 * 4096 + 100])
def test_damaged_records_are_not_copied(folder: Path, held: Keys, place: int) -> None:
    raw = bytearray((folder / RECORDS).read_bytes())
    raw[place] ^= 1
    (folder / RECORDS).write_bytes(raw)
    with pytest.raises(Damaged):
        rotation.rotate(folder, held, small.noon, backup=no_backup)
    assert (folder / RECORDS).read_bytes() == raw
    assert COPY_OF_RECORDS not in files(folder)
    assert held.pending is None


def test_records_that_are_not_whole_are_not_rotated(
    folder: Path, held: Keys, code: str, migrations: Path
) -> None:
    store = opened(folder, keys.unlock(folder, code=code), migrations)
    store.do("Lose", lambda session: session.execute(text("DROP TRIGGER note_out")))
    store.do("Lose", lambda session: session.execute(text("DELETE FROM note")))
    store.close()
    dek = bytes(held.dek)
    with pytest.raises(Damaged, match="not whole"):
        rotation.rotate(folder, held, small.noon, backup=no_backup)
    assert bytes(held.dek) == dek
    assert COPY_OF_RECORDS not in files(folder)


def test_records_changed_by_another_program_meanwhile_are_noticed(
    folder: Path, held: Keys, code: str
) -> None:
    found = keys.unlock(folder, code=code)

    def interfere(share: float) -> None:
        if share == 1.0:  # the copy is proved, and the records are about to be compared
            other = engine.migrator(folder / RECORDS, found)
            with other.begin() as connection:
                connection.execute(small.CLIENT.insert().values(name="Noah"))
            other.dispose()

    with pytest.raises(Problem, match="changed meanwhile"):
        rotation.rotate(folder, held, small.noon, backup=no_backup, progress=interfere)
    assert [len(rows) for rows in records(folder, held)] == [2, 1]
    assert COPY_OF_RECORDS not in files(folder)


def test_a_journal_of_another_time_stops_it(folder: Path, held: Keys) -> None:
    journal = folder / f"{RECORDS}-journal"
    journal.write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + b"\1" * 600)
    untouched = files(folder)
    with pytest.raises(Damaged, match="journal"):
        rotation.rotate(folder, held, small.noon, backup=no_backup)
    assert files(folder) == untouched


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_the_old_key_is_nowhere_in_memory_afterwards(folder: Path, held: Keys, code: str) -> None:
    before = [bytes(held.vmk), bytes(held.dek), bytes(held.database_key())]
    with subprocess.Popen(
        [sys.executable, "-c", SESSION, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as child:
        assert child.stdin
        assert child.stdout
        child.stdin.write(code + "\n")
        child.stdin.flush()
        assert child.stdout.readline() == "rotated\n"
        after = keys.unlock(folder, code=code)
        secrets = [*before, bytes(after.dek), bytes(after.database_key())]
        try:
            unlocked = copies(child.pid, secrets)
        except PermissionError:
            child.kill()
            pytest.skip("this system lets no process look into another")
        child.stdin.write("\n")
        child.stdin.flush()
        assert child.stdout.readline() == "forgotten\n"
        forgotten = copies(child.pid, secrets)
        child.stdin.write("\n")
    assert min(unlocked[0], unlocked[3]) >= 1  # the control: the search finds what is there
    assert unlocked[1:3] + unlocked[4:] == [0, 0, 0]
    assert forgotten == [0] * 5


def test_nothing_was_begun_so_nothing_can_be_ended(folder: Path, held: Keys) -> None:
    for end in (
        lambda: keys.end_rotation(folder, held, changed=True),
        lambda: keys.after_rotation(held),
    ):
        with pytest.raises(ValueError, match="no rotation"):
            end()
    assert not rotation.settle(folder, held)
