"""What the door does once something was typed: keys, records, and the ways round a lost one.

Everything heavy loads when it is called, off the UI thread: the unlock window is a budget.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from cmdesk import clock
from cmdesk.errors import Damaged, Problem, WrongSecret

if TYPE_CHECKING:
    from cmdesk.store.backup import Cancel, Progress
    from cmdesk.store.keys import Keys
    from cmdesk.store.store import Store


@dataclass(frozen=True, slots=True)
class OldBackup:
    """A backup that could be brought back, and when it was made."""

    file: Path
    at: datetime


class Undecided(Exception):
    """The records are older than this computer remembers, or open on another one (`elsewhere`).

    The user decides; `held` opens them then.
    """

    def __init__(self, told: Problem, held: "Keys", *, elsewhere: bool) -> None:
        super().__init__(told.message)
        self.told, self.held, self.elsewhere = told, held, elsewhere


def unlock(folder: Path, passphrase: str) -> "Keys":
    """Open the keys; a wrong passphrase is counted, for the activity record to tell."""
    from cmdesk.store import keys  # noqa: PLC0415 - cryptography loads after the window is seen

    return _counted(folder, partial(keys.unlock, folder, passphrase, strengthen=True))


def unlock_with_code(folder: Path, code: str) -> "Keys":
    from cmdesk.store import keys  # noqa: PLC0415

    return _counted(folder, partial(keys.unlock, folder, code=code))


def _counted(folder: Path, opening: "Callable[[], Keys]") -> "Keys":
    from cmdesk.store import device  # noqa: PLC0415

    try:
        return opening()
    except WrongSecret:
        device.failed(folder, clock.system())
        raise


def keychain_offers(folder: Path) -> bool:
    """Say whether the keychain may open this vault here; asks the system, up to 5 s."""
    from cmdesk.store import keychain, keys  # noqa: PLC0415

    try:
        return keys.has_keychain(folder) and keychain.system() is not None
    except Problem:  # a damaged header is told when somebody tries to open it
        return False


def unlock_with_keychain(folder: Path) -> "Keys":
    """Open the keys with what the keychain holds. Raises Problem, WrongSecret or Damaged."""
    from cmdesk.store import header, keychain, keys  # noqa: PLC0415

    chain = keychain.system()
    secret = chain.read(header.read(folder)[0].vault_id) if chain else None
    if secret is None:
        raise Problem("This computer’s keychain did not answer.", "Use your passphrase.")
    return keys.unlock(folder, secret=secret)


def set_passphrase(folder: Path, held: "Keys", new: str) -> None:
    """Replace the passphrase of a closed vault. Raises Problem, also if it is open anywhere.

    Whoever has it open would write the header it knows over this one, and the new passphrase would
    be gone.
    """
    from cmdesk.store import keys, lockfile  # noqa: PLC0415
    from cmdesk.store.troubles import files_plainly  # noqa: PLC0415

    with files_plainly(folder):
        crashed = lockfile.left(folder)
        lock = lockfile.take(folder, clock.system())
        try:
            keys.refresh(folder, held)
            keys.set_passphrase(folder, held, new)
        finally:
            lockfile.release(lock, crashed=crashed)


def prepare(language: str = "en") -> None:
    """Load and compile what the pages need, on a worker thread, while the passphrase is typed.

    Nothing of it is a record, a key or an object of Qt's; dates are written in `language`.
    """
    from cmdesk.casework import rehearsal  # noqa: PLC0415
    from cmdesk.models import complete  # noqa: PLC0415
    from cmdesk.store import keys, vault  # noqa: PLC0415
    from cmdesk.store.rehearsal import rehearse  # noqa: PLC0415
    from cmdesk.ui import house, watch_over, welcome, widget_classes, zone_keeping  # noqa: PLC0415
    from cmdesk.words import Words  # noqa: PLC0415

    metadata = complete()
    _ = keys.unlock, vault.open_store, house.furnish
    _ = watch_over.WatchOver, welcome.tell, zone_keeping.ZoneKeeping
    words, now = Words(language), clock.system()
    _ = words.time(now), words.day(now), words.listed(["", ""])  # reads the language's tables
    widget_classes.make()
    rehearse(metadata, rehearsal.nobody, rehearsal.ASKED, clock.system)


def last_backup(folder: Path) -> datetime | None:
    """Say when the newest backup was made; needs no key."""
    from cmdesk.store import device  # noqa: PLC0415

    return device.last_backup(folder)


def open_store(
    folder: Path, held: "Keys", *, read_only: bool = False, accept: bool = False
) -> "Store":
    """Open the records. Raises Undecided with keys to try again, or Problem."""
    from cmdesk.models import complete  # noqa: PLC0415
    from cmdesk.store import keys, vault  # noqa: PLC0415
    from cmdesk.store.anchor import Older  # noqa: PLC0415
    from cmdesk.store.opening import OpenElsewhere  # noqa: PLC0415

    spare = keys.reopened(held, held.header)
    try:
        store = vault.open_store(
            folder, held, complete(), clock.system, read_only=read_only, accept=accept
        )
    except (Older, OpenElsewhere) as doubt:
        raise Undecided(doubt, spare, elsewhere=isinstance(doubt, OpenElsewhere)) from doubt
    except BaseException:
        spare.forget()
        raise
    spare.forget()
    return store


def newest_backup(folder: Path, places: Sequence[Path]) -> OldBackup | None:
    """Find the newest backup of this vault that was verified, wherever backups are kept."""
    from cmdesk.store import backup_files, header  # noqa: PLC0415
    from cmdesk.store.migrate import BACKUPS  # noqa: PLC0415

    try:
        vault_id = header.read(folder)[0].vault_id
    except (Damaged, Problem, OSError):
        vault_id = None  # the header itself is what is damaged; its own folder holds only its own
        places = ()
    found = [
        OldBackup(each.file, each.at)
        for place in (folder / BACKUPS, *places)
        if place.is_dir()
        for each in backup_files.listed(place, vault_id)
    ]
    return max(found, key=lambda backup: backup.at, default=None)


def restore(
    file: Path,
    folder: Path,
    passphrase: str,
    code: str,
    progress: "Progress",
    cancelled: "Cancel",
) -> "Keys":
    """Bring a backup back into a new vault, with the passphrase or the code of its day."""
    from cmdesk.store import restore as bringing_back  # noqa: PLC0415

    return bringing_back.restore(
        file,
        folder,
        passphrase=passphrase or None,
        code=code or None,
        clock=clock.system,
        progress=progress,
        cancelled=cancelled,
    )


def note_restored(store: "Store", file: Path) -> datetime | None:
    """Write down that the backup these records came from is good; answer when it was made.

    Nothing if it can't be looked at any more: its drive was unplugged at once.
    """
    from cmdesk.casework import backup_runs  # noqa: PLC0415
    from cmdesk.store import backup  # noqa: PLC0415

    try:
        contents = backup.look(file)
    except (OSError, Problem):
        return None
    run = backup_runs.Run(
        contents.at,
        str(file.parent),
        contents.size,
        backup_runs.CHECKED,
        "restored",
        file.name,
        verified=True,
    )
    if not store.read_only:
        store.do("Note a backup", backup_runs.record, run)
    return contents.at


def renew_key(
    folder: Path, held: "Keys", place: Path, progress: "Progress", cancelled: "Cancel"
) -> "Keys":
    """Back up and check, then give the closed vault a new data key; answer the keys."""
    from cmdesk.store import backup, rotation  # noqa: PLC0415

    first = partial(
        backup.copy,
        folder,
        held,
        place,
        "before_rotation",
        clock.system,
        progress=lambda done: progress(done / 2),
        cancelled=cancelled,
    )
    rotation.rotate(
        folder,
        held,
        clock.system,
        backup=first,
        progress=lambda done: progress(0.5 + done / 2),
        cancelled=cancelled,
    )
    return held
