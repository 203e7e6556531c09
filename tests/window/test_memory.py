"""Look into the running program from outside, lock after lock: no key is left in it.

The program lets no one look: only root can, and without root these tests are skipped.
"""

import os
from pathlib import Path
from typing import Final

import pytest

from cmdesk.store import keys
from tests.store.test_memory import copies
from tests.window.conftest import PASSPHRASE, Drive
from tests.window.screen import Driven, wait_until

pytestmark = [
    pytest.mark.window,
    pytest.mark.slow,
    pytest.mark.xdist_group("window"),
    pytest.mark.skipif(
        getattr(os, "geteuid", lambda: 1)() != 0, reason="the program shows its memory to root only"
    ),
]

LOCKS: Final = 2  # the second after a draft came back; five in the long run
MANY_LOCKS: Final = 5
MOST_COPIES: Final = 3  # of the passphrase, however often it is typed
TYPED: Final = "Quittance of the heron"


def secrets_of(vault: Path) -> dict[str, bytes]:
    """Return every key of a vault, made from its passphrase in this process."""
    held = keys.unlock(vault, PASSPHRASE)
    text = bytes(held.database_key())
    secrets = {
        "master key": bytes(held.vmk),
        "data key": bytes(held.dek),
        "database key": bytes.fromhex(text[2:66].decode()),
        "database key as text": text[2:66],
        "audit key": bytes(held.audit_key()),
    }
    held.forget()
    return secrets


def passphrases() -> dict[str, bytes]:
    """Return the passphrase as Python, Qt and a wide Python string hold it."""
    return {kind: PASSPHRASE.encode(kind) for kind in ("utf-8", "utf-16-le", "utf-32-le")}


def found(driven: Driven, sought: dict[str, bytes]) -> dict[str, int]:
    return dict(zip(sought, copies(driven.process.pid, list(sought.values())), strict=True))


def nothing_of(sought: dict[str, bytes]) -> dict[str, int]:
    return dict.fromkeys(sought, 0)


def type_a_draft(driven: Driven) -> None:
    before = driven.settle()
    driven.keys("ctrl+l")
    wait_until(lambda: driven.screen.picture() != before, "the log")
    driven.type(TYPED)
    driven.settle()


def lock(driven: Driven) -> None:
    driven.keys("ctrl+shift+l")
    wait_until(lambda: driven.title == "cmdesk", "the lock")
    driven.settle()


def come_back(driven: Driven) -> None:
    driven.type(PASSPHRASE)
    driven.keys("Return")
    wait_until(lambda: driven.title != "cmdesk", "the records")
    driven.settle()


def test_no_key_is_left_after_a_lock(
    drive: Drive, vault: Path, pytestconfig: pytest.Config
) -> None:
    secrets, spoken = secrets_of(vault), passphrases()
    left: list[dict[str, int]] = []
    opened = drive("--vault", vault)
    opened.come_up()
    for number in range(MANY_LOCKS if pytestconfig.getoption("--torture") else LOCKS):
        come_back(opened)
        while_open = found(opened, secrets)
        assert while_open["data key"] >= 1  # the control: the search finds what is there
        assert while_open["database key as text"] == 0  # gone once SQLCipher has it
        if not number:
            type_a_draft(opened)
        lock(opened)
        wait_until(lambda: (vault / "lock").read_bytes() == b"", "the vault let go")
        wait_until(lambda: found(opened, secrets) == nothing_of(secrets), "memory without a key")
        left.append(found(opened, spoken))
    # Strings of Python and Qt can't be wiped; what was freed is written over at some time.
    assert all(sum(each.values()) <= MOST_COPIES for each in left), left
    opened.keys("ctrl+q")
    assert opened.finish() == 0
    assert opened.said == ""
