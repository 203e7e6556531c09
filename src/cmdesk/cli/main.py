"""The command line: thin, one function per command, no logic. Only the window loads Qt."""

import argparse
import gc
import os
import sys
import traceback
from collections.abc import Callable, Sequence
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from cmdesk import __version__
from cmdesk.cli import arguments
from cmdesk.cli.secret import secret
from cmdesk.errors import Cancelled, Damaged, Problem
from cmdesk.hardening import harden

if TYPE_CHECKING:
    from cmdesk.store.keys import Keys

INTERRUPTED = 130  # as shells have it
# Somebody has to hear of damage before it is mended, so only the window mends by itself.
_TORN = "The vault's header is damaged; the copy beside it is whole."
_MEND = "Open the vault in the window once: that puts the copy in its place."

COMMANDS = {
    "new": "vaults.new",
    "import": "files.bring_in",
    "export": "files.export",
    "update": "letters.update",
    "verdicts": "letters.verdicts",
    "disclosures": "queries.disclosures",
    "search": "queries.search",
    "agenda": "queries.agenda",
    "check": "vaults.check",
    "recover": "vaults.recover",
    "backup": "backups.backup",
    "passphrase": "security.passphrase",
    "rotate": "security.rotate",
    "restore": "backups.restore",
    "verify": "backups.verify",
    "demo": "demo.demo",
    "doctor": "vaults.doctor",
}


OPENING = COMMANDS.keys() - {"new", "recover", "restore", "verify", "demo", "doctor"}


def main(given: Sequence[str] | None = None) -> int:  # noqa: PLR0911 - one way out a kind
    """Run one command, or open the window. Return the exit code of the contract."""
    harden()
    _speak_of_any_path()
    options = arguments.parser(__version__).parse_args(given)
    try:
        if options.command is None:
            return _window(options)
        if options.command in OPENING:
            options.keys = _unlocked(options)
        return _command(options.command)(options) or 0
    except Problem as problem:
        print(f"cmdesk: {problem}", file=sys.stderr)
        return problem.exit_code
    except (Cancelled, KeyboardInterrupt):
        print("cmdesk: stopped; nothing was changed.", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:  # whoever read our output has gone; nothing is left to say
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:  # a full disk, a drive pulled out: wherever it strikes
        what = f"{error.strerror or 'the computer refused'}: {error.filename or 'a file'}"
        print(f"cmdesk: {what}. Look after that and try again.", file=sys.stderr)
        return 1
    except Exception as bug:  # noqa: BLE001 - the last edge: types and places, never values
        print(f"cmdesk: this is a bug of ours. Please report it:\n{_account(bug)}", file=sys.stderr)
        return 1


def _speak_of_any_path() -> None:
    """Spell out what a terminal can't show: a path may hold bytes that are no text anywhere."""
    reconfigure = getattr(sys.stdout, "reconfigure", None)  # no part of every stream
    if reconfigure:  # standard error does so by itself
        reconfigure(errors="backslashreplace")


def _account(bug: BaseException) -> str:
    """Tell what failed and where, by names of our own files alone."""
    frames = [
        f"  {Path(frame.f_code.co_filename).name}:{line} {frame.f_code.co_name}"
        for frame, line in traceback.walk_tb(bug.__traceback__)
    ]
    return "\n".join([type(bug).__name__, *frames])


def _unlocked(options: argparse.Namespace) -> "Callable[[], Keys]":
    """Unlock before the command's libraries are loaded: Argon2id takes 256 MB for a moment.

    Damage is told when the command asks for the keys, since `check` counts it as a finding.
    """
    from cmdesk.store import keys  # noqa: PLC0415 - the window waits for no cryptography

    try:
        held = keys.unlock(Path(options.vault_folder), secret(options.passphrase_file))
    except Damaged as damage:
        return partial(_raise, damage)
    if held.from_copy:
        held.forget()
        return partial(_raise, Damaged(_TORN, _MEND))
    return lambda: held


def _raise(damage: Damaged) -> NoReturn:
    raise damage


def _command(name: str) -> Callable[[argparse.Namespace], int | None]:
    """Load a command when it is run, so that no other one waits for its libraries."""
    module, _, function = COMMANDS[name].partition(".")
    return getattr(import_module(f"cmdesk.cli.{module}"), function)


def _window(options: argparse.Namespace) -> int:
    _require_screen()
    gc.disable()  # nothing loaded on the way to the unlock window is garbage
    from cmdesk import app  # noqa: PLC0415 - no command but this one loads Qt

    return app.main(Path(options.vault) if options.vault else None)


def _require_screen() -> None:
    if not sys.platform.startswith("linux") or os.environ.get("QT_QPA_PLATFORM"):
        return
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        raise Problem("There is no screen here.", "`cmdesk --help` lists what works without one.")
