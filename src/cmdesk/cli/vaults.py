"""Commands about a vault itself: new, check, recover, doctor."""

import argparse
import importlib.metadata
import os
import sys
from contextlib import suppress
from importlib.resources import files
from pathlib import Path
from typing import Any

from cmdesk import __version__, clock, folders
from cmdesk.cli.doctor_words import facts_told
from cmdesk.cli.findings import WHOLE, WHOLE_AS_SEEN, told
from cmdesk.cli.opening import METADATA, answer, opened, tell
from cmdesk.cli.secret import secret
from cmdesk.cli.ways_in import refuse_copy
from cmdesk.errors import Damaged, Problem
from cmdesk.store import check as checks
from cmdesk.store import keychain, keys, mending, passphrases, security, vault
from cmdesk.store.anchor import Older
from cmdesk.store.check import Finding
from cmdesk.store.engine import versions

LIBRARIES = (
    "PySide6-Essentials", "SQLAlchemy", "sqlcipher3", "alembic", "reportlab", "uharfbuzz",
    "pikepdf", "cryptography", "keyring",
)  # fmt: skip


def new(options: argparse.Namespace) -> None:
    """Make a vault. Without `--recovery-out` its recovery code is still owed."""
    passphrase = sound(secret(options.passphrase_file))
    folder, place = Path(options.vault_folder), options.recovery_out
    out = _reserve(Path(place)) if place and place != "-" else None
    if sys.stderr.isatty():
        tell("Making the vault; this takes a few seconds.")
    try:
        store, code = vault.create(folder, passphrase, METADATA, clock.system)
    except BaseException:
        if out:
            out.unlink(missing_ok=True)
        raise
    try:
        if place:
            _hand_out(code, out)
            security.confirm_recovery(store)
    finally:
        store.close()
    tell(_recovery_told(place))


def _recovery_told(place: str | None) -> str:
    """Say where the recovery code went, and what to do with it."""
    if not place:
        return "The recovery code is still owed: open the vault in the window to print its sheet."
    where = "above" if place == "-" else f"in {place}"
    return (
        f"The recovery code is {where}. Whoever has it can open the vault: print it or copy it to "
        "something that you keep apart from this computer, and leave none of it here."
    )


def _hand_out(code: str, out: Path | None) -> None:
    if out is None:
        print(code)
    else:
        out.write_text(code + "\n", encoding="ascii")


def _reserve(place: Path) -> Path:
    """Take the name for the recovery code before the vault is made."""
    try:
        os.close(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError as error:
        raise Problem(f"{place} is already there.", "Choose another name for the code.") from error
    except OSError as error:
        raise Problem(f"{place} can't be written.", "Choose another place.") from error
    return place


def sound(passphrase: str) -> str:
    """Return a new passphrase, if it is one that may be taken. Raises Problem."""
    fault = passphrases.faults(passphrase)
    if fault:
        raise Problem(fault)
    return passphrase


def check(options: argparse.Namespace) -> int:
    """Prove header, anchors, pages, database, references, trail and search; 5 if any fails."""
    if options.mend and options.read_only:
        raise Problem("Nothing can be mended where nothing may be written.", "Leave one out.")
    try:
        findings = _findings(options)
    except Older as older:
        findings = [Finding("anchor", older.message, older.hint or "")]
    except Damaged as damage:
        findings = [Finding("open", damage.message, damage.hint or "Restore a backup.")]
    if options.json:
        found = [{"check": row.check, "why": row.why, "do": row.do} for row in findings]
        answer({"ok": not findings, "findings": found})
    else:
        for line in told(findings):
            print(line)
        whole = WHOLE_AS_SEEN if options.read_only else WHOLE
        tell("Each finding by itself: --json." if findings else whole)
    return Damaged.exit_code if findings else 0


def _findings(options: argparse.Namespace) -> list[Finding]:
    """Check; with `--mend` put right what can be made anew, tell that, and check again."""
    folder, held = Path(options.vault_folder), options.keys()
    if held.from_copy:
        tell("The header's copy is put in its place; the header as it was is kept beside it.")
    if options.mend and mending.repair_start(folder, held, clock.system):
        tell(f"The start of the records was put back; the page as it was is {mending.KEPT}.")
    with opened(options) as store:
        findings = checks.check(store)
        if options.mend and findings:
            for done in mending.mend(store):
                tell(done)
            findings = checks.check(store)
        return findings


def recover(options: argparse.Namespace) -> None:
    """Open with the recovery code and set a new passphrase."""
    passphrase = sound(secret(options.new_passphrase_file))
    folder = Path(options.vault_folder)
    code = secret(options.recovery_file)
    held = keys.unlock(folder, code=code)
    refuse_copy(held)
    store = vault.open_store(folder, held, METADATA, clock.system)
    try:
        security.set_passphrase(store, passphrase)
    finally:
        store.close()
    for words in store.told:
        tell(words)
    tell("The new passphrase opens the vault. The recovery code stays the same.")


def doctor(options: argparse.Namespace) -> None:
    """Tell versions, keychain and fonts; and of a vault whether its recovery code is owed."""
    facts = _facts()
    if options.vault_folder:
        facts["recovery_code_owed"] = keys.recovery_owed(Path(options.vault_folder))
    if options.json:
        answer(facts)
        return
    for line in facts_told(facts):
        print(line)
    if facts.get("recovery_code_owed"):
        tell("The recovery code of this vault is still owed.")


def _facts() -> dict[str, Any]:
    sqlite, cipher, provider = versions()
    fonts = (files("cmdesk.resources") / "fonts").iterdir()
    return {
        "cmdesk": __version__,
        "python": sys.version.split()[0],
        "platform": sys.platform,
        "qt": _version("PySide6-Essentials"),
        "sqlite": sqlite,
        "sqlcipher": cipher,
        "openssl": provider,
        "libraries": {name: _version(name) for name in LIBRARIES},
        "keychain": _keychain(),
        "fonts": sorted(font.name for font in fonts if font.name.endswith(".ttf")),
        "data_folder": str(folders.data()),
    }


def _version(name: str) -> str | None:
    with suppress(importlib.metadata.PackageNotFoundError):
        return importlib.metadata.version(name)
    return None


def _keychain() -> str | None:
    """Name the system's keychain, if it has one that really locks."""
    found = keychain.system()
    return found.name if found else None
