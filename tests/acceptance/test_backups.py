"""Backups from outside: made, proved, brought back; or refused plainly, and nothing remains."""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from cmdesk import clock
from cmdesk.cli.main import main
from cmdesk.store import lockfile
from tests.acceptance.conftest import PASSPHRASE, Run, Said, everything
from tests.acceptance.test_bad_input import one_sentence

Command = Callable[..., Said]
SECRET = ("--passphrase-file", "passphrase")


@pytest.fixture
def bare(run: Run, capsys: pytest.CaptureFixture[str]) -> Command:
    """Return a function that runs one command as given, without adding a secret."""

    def command(*words: str) -> Said:
        code = main(words)
        said = capsys.readouterr()
        assert PASSPHRASE not in said.out + said.err
        return Said(code, said.out, said.err)

    return command


@pytest.fixture
def made(filled: Run, place: Path) -> Path:
    """Return a backup of the contract's practice."""
    said = filled("backup", "a.cmdesk", "--to", "drive", "--json")
    assert said.code == 0, said.err
    (file,) = (place / "drive").iterdir()
    assert said.json["file"] == str(file)
    assert said.json["verified"] is True
    return file


def exported(run: Run, place: Path, vault: str, out: str) -> dict[str, bytes]:
    assert run("export", vault, "--out", out).code == 0
    files = (file for file in (place / out).rglob("*") if file.is_file())
    return {str(file.relative_to(place / out)): file.read_bytes() for file in files}


def refused(said: Said, code: int, place: Path, before: set[str]) -> None:
    assert (said.code, said.out) == (code, "")
    assert one_sentence(said.err)
    assert everything(place) == before


def test_what_comes_back_is_what_was_there(
    filled: Run, made: Path, place: Path, bare: Command
) -> None:
    said = filled("verify", str(made), "--json")
    assert said.code == 0
    assert said.json["verified"] is True
    assert filled("restore", str(made), "--to", "back.cmdesk").code == 0
    first = exported(filled, place, "a.cmdesk", "one")
    assert first["practice.json"]
    assert exported(filled, place, "back.cmdesk", "two") == first
    assert filled("check", "back.cmdesk").code == 0
    assert filled("check", "a.cmdesk").code == 0
    again = filled("backup", "back.cmdesk", "--to", "drive")
    assert again.code == 0
    assert Path(again.out.strip()).is_file()
    assert list((place / "drive").glob(".*")) == []


def test_a_backup_may_be_named_from_where_one_stands(filled: Run, made: Path, place: Path) -> None:
    near = str(made.relative_to(place))
    assert filled("verify", near, "--json").json["file"] == near
    assert filled("restore", near, "--to", "back.cmdesk").code == 0


def test_the_hash_is_that_of_the_file(filled: Run, made: Path) -> None:
    sha256 = hashlib.sha256(made.read_bytes()).hexdigest()
    assert filled("verify", str(made), "--json").json["sha256"] == sha256


def test_the_recovery_code_of_that_day_opens_it_too(run: Run, place: Path, bare: Command) -> None:
    assert run("new", "b.cmdesk", "--recovery-out", "code").code == 0
    file = run("backup", "b.cmdesk", "--to", "drive").out.strip()
    assert bare("verify", file, "--recovery-file", "code").code == 0
    assert bare("restore", file, "--to", "c.cmdesk", "--recovery-file", "code").code == 0
    (place / "passphrase").write_text("another six words to go in by", "utf-8")
    again = bare("recover", "c.cmdesk", "--recovery-file", "code",
                 "--new-passphrase-file", "passphrase")  # fmt: skip
    assert again.code == 0


def test_a_wrong_secret(filled: Run, made: Path, place: Path) -> None:
    (place / "passphrase").write_text("lantern river oatmeal crookedly", "utf-8")
    before = everything(place)
    refused(filled("verify", str(made), "--json"), 4, place, before)
    refused(filled("restore", str(made), "--to", "back.cmdesk"), 4, place, before)
    refused(filled("backup", "a.cmdesk", "--to", "elsewhere", "--json"), 4, place, before)


@pytest.mark.parametrize("where", [0.0, 0.001, 0.5, 1.0])
def test_a_damaged_backup(filled: Run, made: Path, place: Path, where: float) -> None:
    data = bytearray(made.read_bytes())
    data[int((len(data) - 1) * where)] ^= 4
    made.write_bytes(data)
    before = everything(place)
    refused(filled("verify", str(made), "--json"), 5, place, before)
    refused(filled("restore", str(made), "--to", "deep/back.cmdesk"), 5, place, before)
    assert [made] == list(made.parent.iterdir())


def test_a_backup_that_is_cut_short_or_gone(filled: Run, made: Path, place: Path) -> None:
    made.write_bytes(made.read_bytes()[:-1])
    before = everything(place)
    refused(filled("restore", str(made), "--to", "back.cmdesk"), 5, place, before)
    made.unlink()
    refused(filled("verify", str(made)), 1, place, before)
    refused(filled("verify", "drive"), 1, place, before)
    refused(filled("verify", "passphrase"), 5, place, before)


def test_nothing_is_ever_restored_over_something(filled: Run, made: Path, place: Path) -> None:
    (place / "full").mkdir()
    (place / "full" / "letter").touch()
    (place / "Dropbox").mkdir()
    before = everything(place)
    for target in ("a.cmdesk", "full", "passphrase", "Dropbox/back.cmdesk"):
        refused(filled("restore", str(made), "--to", target), 1, place, before)
    assert filled("check", "a.cmdesk").code == 0
    (place / "empty").mkdir()
    assert filled("restore", str(made), "--to", "empty").code == 0


def test_a_vault_that_is_open_elsewhere_or_a_place_that_will_not_do(run: Run, place: Path) -> None:
    before = everything(place)
    lock = lockfile.take(place / "a.cmdesk", clock.system())
    refused(run("backup", "a.cmdesk", "--to", "drive", "--json"), 1, place, before)
    lockfile.release(lock)
    refused(run("backup", "a.cmdesk", "--to", "a.cmdesk"), 1, place, before)
    refused(run("backup", "a.cmdesk", "--to", "a.cmdesk/other", "--json"), 1, place, before)
    refused(run("backup", "a.cmdesk", "--to", "unplugged/drive"), 1, place, before)
    refused(run("backup", "a.cmdesk", "--to", "passphrase"), 1, place, before)
    assert not (place / "a.cmdesk" / "other").exists()
    assert run("backup", "a.cmdesk").code == 2
    assert run("backup", "a.cmdesk", "--to", "a.cmdesk/backups").code == 0


def test_a_named_pipe_is_no_backup(run: Run, place: Path) -> None:
    if not hasattr(os, "mkfifo"):
        pytest.skip("named pipes are POSIX")
    os.mkfifo(place / "pipe")
    assert run("verify", "pipe").code == 1


def test_an_import_into_what_has_records_takes_a_backup_first(filled: Run, place: Path) -> None:
    kept = place / "a.cmdesk" / "backups"
    assert list(kept.iterdir()) == []  # there was nothing to lose before the first
    (place / "again.vcf").write_text("BEGIN:VCARD\nVERSION:3.0\nFN:Ada Lund\nEND:VCARD\n")
    said = filled("import", "a.cmdesk", "again.vcf")
    assert said.code == 0, said.err
    assert [file.name.endswith("-before-import.cmbak") for file in kept.iterdir()] == [True]
