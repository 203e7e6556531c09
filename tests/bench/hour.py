"""Sit at the window for an hour's worth of keys, and say what stays in memory all along.

Run as a program of its own: `python -m tests.bench.hour VAULT PASSPHRASE-FILE STEPS`. Prints the
resident megabytes at every look, and what the user was told of bugs.
"""

import json
import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from random import Random
from time import perf_counter
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from cmdesk import app
from cmdesk.casework import clients, parties
from cmdesk.settings import SettingsFile
from cmdesk.ui import handing
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs import (
    cadence,
    client,
    coverage,
    goal,
    hold,
    inquiry,
    log_contact,
    person,
    pre_call,
    safety_plan,
    snippets,
    snooze,
    task,
    task_set,
    week_review,
    worklist,
)
from cmdesk.ui.garbage import EVERY, Collector
from cmdesk.ui.overlay import Dialog
from cmdesk.ui.page import Route
from cmdesk.ui.unlock import UnlockPage
from tests.any_keys import KEYS, WORDS, Step, changed_mind, press

VISIT, LOCK, LOOK = 8, 200, 10  # steps between two visits, two locks, two looks at the memory
BUSY: Final = 5  # milliseconds given to what a key began
PATIENCE: Final = 30  # seconds
QUICKENED: Final = 40  # an hour passes in so many times less, also for what the clock sets off
NEVER: Final = frozenset({"quit", "lock", "import"})  # they end it, or ask the system
PAGES: Final = ("today", "clients", "updates", "settings", "activity", "composer")
TABS: Final = ("", "care_plan", "updates", "consents")


def main(vault: Path, passphrase: str, steps: int) -> None:
    for edge in ("_chosen", "_all_chosen", "show_folder", "print_pdf"):
        setattr(handing, edge, changed_mind)
    application = QApplication(sys.argv[:1])
    settings = SettingsFile(vault.parent / "settings.toml")
    made = app.Program(application, settings, vault)
    sitting = Sitting(made, passphrase)
    made.start()
    for collector in made.findChildren(Collector):
        for timer in collector.findChildren(QTimer):
            timer.setInterval(EVERY // QUICKENED)
    sitting.go_on(steps)
    sys.stdout.write(json.dumps({"megabytes": sitting.looks, "bugs": sitting.bugs}) + "\n")
    sys.stdout.flush()
    made.quit()


def resident() -> float:
    """Tell the megabytes in memory now."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / (1 << 20)


def wait(done: Callable[[], object], what: str) -> None:
    until = perf_counter() + PATIENCE
    while not done():
        if perf_counter() > until:
            raise TimeoutError(what)
        QTest.qWait(BUSY)


class Sitting:
    """One user at the window, who opens everything in turn and presses anything."""

    def __init__(self, program: app.Program, passphrase: str) -> None:
        self.looks: list[float] = []
        self.bugs: list[str] = []
        self._program, self._passphrase = program, passphrase
        self._draw = Random(1)  # noqa: S311 - keys to press, not secrets
        show = program.window.show_bug

        def heard(account: str) -> None:
            self.bugs.append(account)
            show(account)

        program.window.show_bug = heard  # type: ignore[method-assign] # hears, and hands on

    def go_on(self, steps: int) -> None:
        for number in range(steps):
            if self._program.desk is None:
                self._unlock()
            if number % VISIT == 0:
                self._visit(number // VISIT)
            press(self._program.window, self._any())
            QTest.qWait(BUSY)
            if number % LOCK == LOCK - 1:
                self._program.lock()
            if number % LOOK == LOOK - 1:
                self.looks.append(round(resident(), 1))

    def _any(self) -> Step:
        return self._draw.choice(KEYS if self._draw.randrange(6) else WORDS)

    def _unlock(self) -> None:
        window = self._program.window

        def doors() -> list[UnlockPage]:
            return [page for page in window.findChildren(UnlockPage) if page.isVisible()]

        wait(lambda: doors() and doors()[0].field.isEnabled(), "a door")
        doors()[0].field.setText(self._passphrase)
        doors()[0].open_records()
        wait(lambda: self._program.desk is not None, "open records")

    def _visit(self, number: int) -> None:
        """Go to the next page or dialog; on a page, do one of the things it offers."""
        desk, window = self._program.desk, self._program.window
        if desk is None:
            return
        ways = self._ways(desk, window)
        round_, place = divmod(number, len(ways))
        ways[place]()
        QTest.qWait(BUSY)
        offered = [each for each in window.commands() if each.name not in NEVER]
        if self._program.desk is not None and not number % 2 and offered:
            offered[(round_ * 7 + place) % len(offered)].run()

    def _ways(self, desk: Desk, window: QWidget) -> list[Callable[[], object]]:
        ids = desk.ask(clients.find)
        maya, diane = desk.ask(parties.client_by_name, "c-maya"), 0
        diane = next(each.person_id for each in desk.ask(clients.circle, maya))
        any_one = self._draw.choice(ids)
        routes = [Route(page, maya if page == "composer" else None) for page in PAGES]
        routes += [Route("chart", at, tab) for at in (maya, any_one) for tab in TABS]
        return [*(partial(desk.go, route) for route in routes), *over(desk, window, maya, diane)]


def over(desk: Desk, window: QWidget, maya: int, diane: int) -> list[Callable[[], Dialog]]:
    """List the dialogs of the working day."""
    with_window = (
        inquiry.open_inquiry,
        week_review.open_week_review,
        worklist.open_worklist,
        snippets.open_snippets,
    )
    with_client = (
        person.open_person,
        safety_plan.open_safety_plan,
        coverage.open_coverage,
        task.open_task,
        task_set.open_task_set,
        cadence.open_cadence,
        client.open_client,
        goal.open_goal,
        hold.open_hold,
        log_contact.open_log,
    )
    return [
        *(partial(each, desk, window) for each in with_window),
        *(partial(each, desk, window, maya) for each in with_client),
        partial(person.open_person, desk, window, maya, diane),
        partial(pre_call.open_pre_call, desk, window, maya, diane),
        partial(snooze.open_snooze, desk, window, changed_mind),
    ]


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]).read_text("utf-8").strip(), int(sys.argv[3]))
