"""Commands about the ways into a vault: another passphrase, another data key."""

import argparse
from functools import partial
from pathlib import Path

from cmdesk import clock
from cmdesk.cli.backups import progress_line
from cmdesk.cli.opening import opened, tell
from cmdesk.cli.secret import secret
from cmdesk.cli.vaults import sound
from cmdesk.store import backup, keys, rotation, security
from cmdesk.store.migrate import BACKUPS


def passphrase(options: argparse.Namespace) -> None:
    """Replace the passphrase, by someone who has just proved the one before."""
    new = sound(secret(options.new_passphrase_file))
    with opened(options) as store:
        security.set_passphrase(store, new)
    tell("The new passphrase opens the vault. The recovery code stays the same.")


def rotate(options: argparse.Namespace) -> None:
    """Give the records a new data key, after a verified backup."""
    folder = Path(options.vault_folder).absolute()
    place = Path(options.to).absolute() if options.to else folder / BACKUPS
    held = options.keys()
    spare = keys.reopened(held, held.header)  # closing the vault forgets its own
    try:
        with opened(options):
            pass  # here it is judged whether these records may be used at all
        back_up = partial(backup.copy, folder, spare, place, "before_rotation", clock.system)
        shown = progress_line("Changing the key")
        rotation.rotate(folder, spare, clock.system, backup=back_up, progress=shown)
    finally:
        spare.forget()
    tell(
        "The records have a new key. Passphrase, recovery code and keychain open them as before; "
        f"a backup of the time before is in {place}."
    )
