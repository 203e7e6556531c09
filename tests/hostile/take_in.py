"""Import hostile files in a process of its own: prints its memory before, and at the peak (KiB)."""

import re
import sys
from pathlib import Path

from cmdesk.errors import Problem
from cmdesk.exchange import intake
from cmdesk.models.base import Base
from cmdesk.store import keys, vault
from cmdesk.store.journal import Label
from tests.hostile.from_elsewhere import ROW, table
from tests.records import Clock


def peak() -> int:
    """Return the peak of this process since it was started: getrusage counts the parent's, too."""
    told = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    return int(told[1]) if told else 0


def main() -> None:
    from tests.hostile.test_from_elsewhere import ALL, MORE  # noqa: PLC0415 - it names this module

    folder, code, *names = sys.argv[1:]
    held = keys.unlock(Path(folder), code=code)
    store = vault.open_store(Path(folder), held, Base.metadata, Clock())
    label = Label("Import", undoable=False)
    store.do(label, intake.bring_in, table(ROW), None, "x")
    before = peak()
    for name in names:
        try:
            store.do(label, intake.bring_in, (ALL | MORE)[name][0](), None, "x")
        except Problem as problem:
            sys.stderr.write(f"{name}: {problem.message}\n")
    store.close()
    sys.stdout.write(f"{before} {peak()}")


if __name__ == "__main__":
    main()
