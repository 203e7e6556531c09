"""Open the real window on a vault and paint the chart of a client; say how long that took.

Run as a program of its own: `python -m tests.bench.open_window VAULT PASSPHRASE-FILE CLIENT`.
Prints milliseconds from the derived keys to the painted chart, on the clock and of processor time,
resident megabytes then, and how many modules were loaded meanwhile.
"""

import json
import sys
from pathlib import Path
from time import perf_counter, process_time

from PySide6.QtWidgets import QApplication

from cmdesk import app as program
from cmdesk import door
from cmdesk.casework import parties
from cmdesk.settings import SettingsFile
from cmdesk.store import keys
from cmdesk.ui.page import Route
from cmdesk.ui.pages.chart import ChartPage

PATIENCE = 20  # seconds


def main(vault: Path, passphrase: str, client: str) -> None:
    application = QApplication(sys.argv[:1])
    made = program.Program(application, SettingsFile(vault.parent / "settings.toml"), vault)
    made.start()
    door.prepare()
    held = keys.unlock(vault, passphrase)
    application.processEvents()
    known = len(sys.modules)
    begun, spent = perf_counter(), process_time()
    store = door.open_store(vault, held)
    made.open(store)
    desk = made.desk
    if desk is None:
        raise SystemExit("no desk")
    desk.go(Route("chart", store.ask(parties.client_by_name, client)))
    while not shown(made) and perf_counter() - begun < PATIENCE:
        application.processEvents()
    made.window.grab()
    took, used = (perf_counter() - begun) * 1000, (process_time() - spent) * 1000
    resident = resident_megabytes()
    loaded = len(sys.modules) - known
    made.quit()
    found = {"clock": took, "processor": used, "megabytes": resident, "modules": loaded}
    sys.stdout.write(json.dumps(found) + "\n")


def shown(made: program.Program) -> bool:
    """Tell whether the log of the chart in front has read its entries."""
    pages = made.window.findChildren(ChartPage)
    return any(page.isVisible() and page.log.model.row_at(0) is not None for page in pages)


def resident_megabytes() -> float:
    for line in Path("/proc/self/status").read_text("utf-8").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]).read_text("utf-8").strip(), sys.argv[3])
