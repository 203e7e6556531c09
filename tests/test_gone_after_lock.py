"""What was open leaves the memory with the lock: the desk, its pages, and the records' engine."""

import gc
from pathlib import Path
from weakref import ref

from pytestqt.qtbot import QtBot

from cmdesk.app import Program
from cmdesk.casework import parties
from cmdesk.ui.dialogs.log_contact import open_log
from cmdesk.ui.page import Page, Route
from tests.test_app import SECONDS, Start, folder, made, now, start
from tests.test_random_user import open_again

__all__ = ["folder", "made", "now", "start"]

PAGES = ("clients", "updates", "settings", "activity")


def left(known: list[ref[object]]) -> list[str]:
    """Name the kinds of what is still in memory."""
    gc.collect()
    return [type(each).__name__ for each in (known_one() for known_one in known) if each]


def test_nothing_of_the_desk_outlives_the_lock(qtbot: QtBot, folder: Path, start: Start) -> None:
    program = start(folder)
    open_again(qtbot, program)
    known = [ref(each) for each in everything_open(program)]
    assert len(known) > len(PAGES)
    program.lock()
    qtbot.waitUntil(lambda: left(known) == [], timeout=SECONDS)


def everything_open(program: Program) -> list[object]:
    """Open every page and the log over one; give what is then in memory of the records."""
    desk, shell = program.desk, program.window.shell
    assert desk is not None
    assert shell is not None
    for page in PAGES:
        desk.go(Route(page))
    desk.go(Route("chart", desk.ask(parties.client_by_name, "c-maya")))
    log = open_log(desk, program.window)
    pages = shell.findChildren(Page)
    return [desk, desk.privacy, desk._store, desk._store._reader, shell, log, *pages]
