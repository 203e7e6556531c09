"""Look at hostile backups in a process of its own; tell its memory before, and at most (KiB)."""

import sys
from pathlib import Path

from cmdesk.errors import Problem
from cmdesk.store import backup, keys
from tests.hostile.take_in import peak


def main() -> None:
    folder, code, place = sys.argv[1:]
    held = keys.unlock(Path(folder), code=code)
    before = peak()
    backup.listed(Path(place))
    for file in sorted(Path(place).glob("*.cmbak")):
        try:
            backup.look(file)
            if file.stat().st_size < 1 << 30:
                backup.verify(file, held)
        except Problem as problem:
            sys.stderr.write(f"{file.name}: {problem.message}\n")
    sys.stdout.write(f"{before} {peak()}")


if __name__ == "__main__":
    main()
