"""Runs every command on one vault, in the order in which a practice would. Started by the tests."""

import os
import sys
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Final

import pytest

from cmdesk import clock
from cmdesk.cli.main import main
from cmdesk.models import complete
from cmdesk.store import keys, vault
from cmdesk.store.header import FLOOR
from cmdesk.store.journal import Label
from tests import once
from tests.leaks import filling
from tests.leaks.recording import BEGINNING
from tests.leaks.tokens import Tokens

VAULT: Final = "Practice.cmdesk"
GIVEN_AWAY: Final = ("Code.txt", "Other code.txt", "Demo", "Plain.pdf", "Letter.eml", "Export")
"""What the commands write because it was asked for, in the open"""


def run(*words: object, code: int = 0) -> None:
    given = [str(word) for word in words]
    ended = main(given)
    if ended != code:
        raise SystemExit(f"cmdesk {given[0]} ended with {ended}, not with {code}")


def made(folder: Path, passphrase: str) -> tuple[Path, str]:
    """Make a vault whose key is stretched least: it is opened twenty times."""
    store, code = vault.create(folder, passphrase, complete(), clock.system, kdf=FLOOR)
    store.close()
    return folder, code


def fill(folder: Path, passphrase: str, tokens: Tokens) -> None:
    """Put into the records what no file brings in."""
    store = vault.open_store(folder, keys.unlock(folder, passphrase), complete(), clock.system)
    store.do(Label("Fill", undoable=False), filling.fill, tokens)
    store.close()


def every_command(desk: Path, given: Path, tokens: Tokens) -> None:
    folder, first = desk / VAULT, ("--passphrase-file", given / "passphrase")
    opened = (folder, *first)
    run("new", desk / "New.cmdesk", *first, "--recovery-out", desk / "Other code.txt")
    _, code = made(folder, (given / "passphrase").read_text().strip())
    (desk / "Code.txt").write_text(code)
    run("demo", desk / "Demo")
    run("import", *opened, "--dry-run", given / "practice.json")
    run("import", *opened, given / "practice.json", given / "people.vcf")
    run("import", *opened, given / "broken.json", code=1)
    run("verdicts", folder, "--passphrase-file", given / "wrong", *week(), "--json", code=4)
    letters(desk, given, opened)
    fill(folder, (given / "passphrase").read_text().strip(), tokens)
    run("verdicts", *opened, *week(), "--json")
    run("agenda", *opened)
    run("search", *opened, tokens.of("file.narrative"), "--json")
    run("disclosures", *opened, "--json")
    run("export", *opened, "--out", desk / "Export")
    run("backup", *opened, "--to", desk / "Backups")
    copy = next((desk / "Backups").glob("*.cmbak"))
    run("verify", copy, *first)
    run("restore", copy, *first, "--to", desk / "Restored.cmdesk")
    run("passphrase", *opened, "--new-passphrase-file", given / "second")
    run("rotate", folder, "--passphrase-file", given / "second", "--to", desk / "Backups")
    back = ("--recovery-file", desk / "Code.txt", "--new-passphrase-file", given / "passphrase")
    run("recover", folder, *back)
    run("check", *opened)
    run("doctor", folder, "--json")


def week() -> Sequence[str]:
    today = clock.system().date()
    return ("--client", "c-maya", "--to", "p-diane", "--from", str(today - timedelta(days=60)),
            "--until", str(today))  # fmt: skip


def letters(desk: Path, given: Path, opened: Sequence[object]) -> None:
    locked = ("--pdf-password-file", given / "pdf-password", "--eml", desk / "Letter.eml")
    run("update", *opened, *week(), "--out", desk / "Letter.pdf", *locked)
    run("update", *opened, *week(), "--out", desk / "Plain.pdf", "--plain", "--json")


if __name__ == "__main__":
    with pytest.MonkeyPatch.context() as patch:  # some twenty openings, of which each writes
        once.work_out_once(patch)
        every_command(Path.cwd(), Path(sys.argv[1]), Tokens(os.environ[BEGINNING]))
