"""Unlock a vault for one command, and tell of a damaged header before anything is mended."""

import argparse
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from cmdesk.cli.secret import secret
from cmdesk.errors import Damaged

if TYPE_CHECKING:
    from cmdesk.store.keys import Keys

_TORN = "The vault's header is damaged; the copy beside it is whole."
_MEND = "`cmdesk check --mend` puts the copy in its place; so does opening the vault in the window."


def unlocked(options: argparse.Namespace) -> "Callable[[], Keys]":
    """Unlock before the command's libraries are loaded: Argon2id takes 256 MB for a moment.

    Damage is told when the command asks for the keys, since `check` counts it as a finding.
    """
    from cmdesk.store import keys  # noqa: PLC0415 - the window waits for no cryptography

    try:
        held = keys.unlock(Path(options.vault_folder), secret(options.passphrase_file))
        if not getattr(options, "mend", False):
            refuse_copy(held)
    except Damaged as damage:
        return partial(_raise, damage)
    return lambda: held


def refuse_copy(held: "Keys") -> None:
    """Raise Damaged if the header's copy had to be read: only who asks for it has it mended."""
    if held.from_copy:
        held.forget()
        raise Damaged(_TORN, _MEND)


def _raise(damage: Damaged) -> NoReturn:
    raise damage
