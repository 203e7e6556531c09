"""The command line: thin, one function per command, no logic. Only the window loads Qt."""

import argparse
import gc
import os
import sys
import traceback
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path

from cmdesk import __version__
from cmdesk.cli import arguments
from cmdesk.cli.ending import ended_as_interrupted
from cmdesk.cli.ways_in import unlocked
from cmdesk.errors import Cancelled, Problem
from cmdesk.hardening import harden

INTERRUPTED = 130  # as shells have it

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
        with ended_as_interrupted():
            if options.command in OPENING:
                options.keys = unlocked(options)
            return _command(options.command)(options) or 0
    except Problem as problem:
        print(f"cmdesk: {problem}", file=sys.stderr)
        return problem.exit_code
    except (Cancelled, KeyboardInterrupt):
        print("cmdesk: stopped; nothing was left half done.", file=sys.stderr)
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
