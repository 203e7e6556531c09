"""The ways into a vault from outside: another passphrase, another data key, and what is refused."""

import json
from pathlib import Path

import pytest

from cmdesk import clock
from cmdesk.cli.opening import METADATA
from cmdesk.store import keys, lockfile, security, vault
from cmdesk.store.header import HEADER, RECORDS
from tests.acceptance.conftest import PASSPHRASE, Run, everything
from tests.acceptance.test_bad_input import one_sentence
from tests.store import small

NEW = "marble canyon whisper tulip"


@pytest.fixture
def new_file(place: Path) -> Path:
    (place / "new").write_text(NEW + "\r\n", "utf-8")
    return place / "new"


def test_a_new_passphrase_replaces_the_old_one(run: Run, place: Path, new_file: Path) -> None:
    said = run("passphrase", "a.cmdesk", "--new-passphrase-file", "new")
    assert (said.code, said.out) == (0, "")
    assert NEW not in said.err
    assert run("check", "a.cmdesk").code == 4
    (place / "passphrase").write_bytes(new_file.read_bytes())
    assert json.loads(run("check", "a.cmdesk", "--json").out)["ok"] is True


@pytest.mark.parametrize("weak", ["", "fourteen chars", "correct horse battery staple", "\ufeff"])
def test_a_weak_passphrase_is_refused(run: Run, place: Path, weak: str) -> None:
    (place / "new").write_text(weak, "utf-8")
    before = (place / "a.cmdesk" / HEADER).read_bytes()
    said = run("passphrase", "a.cmdesk", "--new-passphrase-file", "new")
    assert (said.code, said.out) == (1, "")
    assert "passphrase" in said.err
    assert (place / "a.cmdesk" / HEADER).read_bytes() == before


@pytest.mark.parametrize("command", ["passphrase", "rotate"])
def test_a_wrong_passphrase_changes_nothing(
    run: Run, place: Path, new_file: Path, command: str
) -> None:
    (place / "passphrase").write_text(PASSPHRASE + " \n", "utf-8")
    before = {f: (place / "a.cmdesk" / f).read_bytes() for f in (HEADER, RECORDS)}
    more = ("--new-passphrase-file", new_file.name) if command == "passphrase" else ()
    said = run(command, "a.cmdesk", *more)
    assert (said.code, said.out) == (4, "")
    assert one_sentence(said.err)
    assert {f: (place / "a.cmdesk" / f).read_bytes() for f in before} == before


def test_the_records_get_a_new_key_after_a_backup(filled: Run, place: Path) -> None:
    folder = place / "a.cmdesk"
    old = keys.unlock(folder, PASSPHRASE)
    found = filled("search", "a.cmdesk", "Maya", "--json").out
    said = filled("rotate", "a.cmdesk")
    assert said.code == 0, said.err
    new = keys.unlock(folder, PASSPHRASE)
    assert new.vmk == old.vmk
    assert new.dek != old.dek
    assert filled("search", "a.cmdesk", "Maya", "--json").out == found
    assert json.loads(filled("check", "a.cmdesk", "--json").out)["ok"] is True
    (backup,) = (folder / "backups").glob("*.cmbak")
    assert "rotation" in backup.name
    assert filled("verify", str(backup)).code == 0


def test_the_backup_goes_where_it_is_wanted(run: Run, place: Path) -> None:
    (place / "drive").mkdir()
    assert run("rotate", "a.cmdesk", "--to", "drive").code == 0
    assert len(list((place / "drive").glob("*.cmbak"))) == 1
    assert list((place / "a.cmdesk" / "backups").glob("*.cmbak")) == []


def test_without_a_place_for_the_backup_the_key_stays(run: Run, place: Path) -> None:
    old = keys.unlock(place / "a.cmdesk", PASSPHRASE)
    before = everything(place)
    said = run("rotate", "a.cmdesk", "--to", "nowhere")
    assert (said.code, said.out) == (1, "")
    assert one_sentence(said.err.splitlines(keepends=True)[-1])
    assert "is not there" in said.err
    assert everything(place) == before
    assert keys.unlock(place / "a.cmdesk", PASSPHRASE).dek == old.dek


@pytest.mark.parametrize("command", ["passphrase", "rotate"])
def test_a_vault_open_elsewhere_is_left_alone(
    run: Run, place: Path, new_file: Path, command: str
) -> None:
    before = (place / "a.cmdesk" / HEADER).read_bytes()
    lock = lockfile.take(place / "a.cmdesk", clock.system())
    more = ("--new-passphrase-file", new_file.name) if command == "passphrase" else ()
    try:
        said = run(command, "a.cmdesk", *more)
    finally:
        lockfile.release(lock)
    assert said.code == 1
    assert "open in another window" in said.err
    assert (place / "a.cmdesk" / HEADER).read_bytes() == before


def test_recovering_leaves_its_trace_as_a_change_of_passphrase(
    run: Run, place: Path, new_file: Path
) -> None:
    (place / "code").write_text(
        small.replace_recovery(place / "a.cmdesk", keys.unlock(place / "a.cmdesk", PASSPHRASE)),
        "ascii",
    )
    said = run(
        "recover", "a.cmdesk", "--recovery-file", "code", "--new-passphrase-file", new_file.name
    )
    assert said.code == 0, said.err
    store = vault.unlock_and_open(place / "a.cmdesk", METADATA, clock.system, passphrase=NEW)
    try:
        assert security.facts(store).passphrase_changed is not None
    finally:
        store.close()
