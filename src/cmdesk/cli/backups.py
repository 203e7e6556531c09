"""Commands about backups: make one, prove one, bring one back."""

import argparse
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from cmdesk import clock
from cmdesk.cli.opening import answer, opened, tell
from cmdesk.cli.secret import secret
from cmdesk.errors import Problem
from cmdesk.store import backup as backups
from cmdesk.store import restore as restoring


def backup(options: argparse.Namespace) -> None:
    """Write one verified backup into a folder, which is made if it is not there."""
    place = Path(options.to).absolute()
    with opened(options) as store:
        made_place = _make(place)
        try:
            made = backups.make(store, place, keeping=None, progress=progress_line("Backing up"))
        except BaseException:
            if made_place:
                with suppress(OSError):  # what failed before is what is told
                    place.rmdir()
            raise
    if options.json:
        answer({"file": str(made.file), "sha256": made.sha256, "verified": made.verified})
    else:
        print(made.file)
    tell(f"{made.file.name}: {made.size / 1e6:.1f} MB, opened and checked.")


def restore(options: argparse.Namespace) -> None:
    """Bring a backup back as a new vault; nothing is ever overwritten."""
    file, folder = Path(options.backup), Path(options.to)
    passphrase, code = _secrets(options)
    restoring.restore(
        file,
        folder,
        passphrase=passphrase,
        code=code,
        clock=clock.system,
        progress=progress_line("Restoring"),
    ).forget()
    tell(f"{folder} holds what {file.name} held. Passphrase and recovery code are those of then.")


def verify(options: argparse.Namespace) -> None:
    """Prove that a backup opens and is whole, by opening a copy of what is in it."""
    file = Path(options.backup)
    proved = restoring.prove(file, *_secrets(options), progress=progress_line("Checking"))
    if options.json:
        answer({"file": str(file), "sha256": proved.sha256, "verified": True})
    tell(f"{file.name} opens, and everything in it is whole.")


def _secrets(options: argparse.Namespace) -> tuple[str | None, str | None]:
    """Return the passphrase or the recovery code, whichever was given."""
    if options.recovery_file:
        return None, secret(options.recovery_file)
    return secret(options.passphrase_file), None


def _make(place: Path) -> bool:
    """Make the folder if it is missing, but not the folder above it: a drive may be unplugged."""
    try:
        place.mkdir(mode=0o700)
    except FileExistsError:
        if not place.is_dir():
            raise Problem(f"{place} is a file.", "Name a folder for the backups.") from None
        return False
    except FileNotFoundError as error:
        raise Problem(
            f"The folder {place.parent} is not there.", "Plug its drive in, or make that one first."
        ) from error
    except OSError as error:
        raise Problem(
            f"The folder {place} can't be made.", "Plug its drive in, or choose another folder."
        ) from error
    return True


def progress_line(what: str) -> Callable[[float], None] | None:
    """Write a line that grows, where somebody is looking."""
    if not sys.stderr.isatty():
        return None

    def show(done: float) -> None:
        end = "\n" if done >= 1 else ""
        print(f"\r{what} … {done:4.0%}", end=end, file=sys.stderr, flush=True)

    return show
