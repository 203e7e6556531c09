"""Runs the whole program as a user would, and ends it as it was told to. Started by the tests.

    python -m tests.leaks.tour GIVEN ENDING STEP ...

ENDING is `quit`, or the name of a signal that strikes in an open chart with an editor over it.
"""

import faulthandler
import gc
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from cmdesk import app
from cmdesk.hardening import harden
from cmdesk.ui.dialogs.log_contact import LogDialog
from tests.leaks import breaking, dialogs, keeping, sitting
from tests.leaks.commands import VAULT
from tests.leaks.hands import Hands, running
from tests.leaks.recording import BEGINNING
from tests.leaks.tokens import Tokens

STEPS: Final[dict[str, Callable[[Hands], object]]] = {
    each.__name__: each
    for each in (
        sitting.first_run, sitting.bring_in, sitting.letter, sitting.every_page, sitting.read_chart,
        sitting.log_contact, sitting.add_to_signed, sitting.consent, sitting.hold,
        sitting.documents, dialogs.working_day, keeping.backups, keeping.keys, keeping.activity,
        keeping.failures, keeping.lock, keeping.restore, sitting.printing, breaking.every_service,
    )
}  # fmt: skip
WHOLE: Final = tuple(STEPS)[:-2]  # printing asks the system, and every service takes its time
FIELDS = "fields:"  # then the names of all that had a word of its own


def drive(given: Path, ending: str, steps: list[str]) -> None:
    hands = Hands(running(), Tokens(os.environ[BEGINNING]), given, Path.cwd())
    try:
        for name in steps:
            began = time.monotonic()
            STEPS[name](hands)
            tell(f"{name}: {time.monotonic() - began:.2f} s")
        tell(" ".join((FIELDS, *hands.tokens.given)))
        if ending == "quit":
            hands.window.close()
        else:
            strike(hands, ending)
    except BaseException:  # noqa: BLE001 - the program would take it for a bug of its own
        os.write(2, traceback.format_exc().encode())
        os._exit(3)


def tell(line: str) -> None:
    """Tell whoever started this."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def strike(hands: Hands, ending: str) -> None:
    """Die in the middle of an open chart, something half typed."""
    if hands.program.desk is None:
        sitting.unlock(hands, "second")  # as a whole sitting before has left it
    sitting.chart(hands)
    hands.command("log")
    hands.write(hands.shown(LogDialog).narrative, "typed.dying")
    faulthandler.enable()
    os.kill(os.getpid(), signal.Signals[ending])
    time.sleep(5)


def main() -> int:
    given, ending, *steps = sys.argv[1:]
    harden()
    gc.disable()
    arrange(Path(given), ending, steps)
    return app.main(Path.cwd() / VAULT)


def arrange(given: Path, ending: str, steps: list[str]) -> None:
    """Have the driving begin once the program's own loop runs."""
    execute = QApplication.exec

    def begin() -> int:
        QTimer.singleShot(0, lambda: drive(given, ending, steps))
        return execute()

    QApplication.exec = staticmethod(begin)  # type: ignore[method-assign]


if __name__ == "__main__":
    sys.exit(main())
