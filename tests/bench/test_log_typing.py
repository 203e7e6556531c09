"""A key typed into the log of a large practice, until its letter is painted; a backup runs on."""

from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import perf_counter, thread_time
from typing import Any, Final

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from cmdesk.settings import SettingsFile
from cmdesk.store import backup
from cmdesk.store.store import Store
from cmdesk.ui import theme
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.log_contact import LogDialog, open_log
from cmdesk.ui.privacy import Privacy
from cmdesk.ui.say import Say
from cmdesk.ui.tasks import Tasks
from cmdesk.words import Words
from tests.bench.big_vault import Big
from tests.bench.floor import MILLISECONDS, Figure, noted, p95
from tests.records import MONDAY

MOST = 16  # ms, one frame
PACE: Final = 1 / 15  # seconds between keys
LINE: Final = "client7 call mother7 24m fu mon ride home about the papers"
TEXT: Final = (
    "The ferry was late again and Mother7 said that the week went well, with ;vm and more. "
)


class Painted(QObject):
    """Notes when a widget was painted, on the processor's clock of this thread."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.at: float | None = None
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - as Qt has it
        if event.type() == QEvent.Type.Paint:
            self.at = thread_time()
        return False


@pytest.fixture
def dialog(copied: Big, tmp_path: Path, qapp: QApplication) -> Generator[tuple[LogDialog, Store]]:
    theme.apply(qapp, "light")
    store, say = copied.store(), Say()
    workers = [Tasks(ThreadPoolExecutor(1), say.failure) for _ in range(2)]
    desk = Desk(
        store,
        *workers,
        today=lambda: MONDAY,
        words=Words(),
        say=say,
        privacy=Privacy(),
        settings=SettingsFile(tmp_path / "settings.toml"),
    )
    window = QMainWindow()
    window.resize(1440, 900)
    window.show()
    window.activateWindow()
    made = open_log(desk, window, None)
    assert isinstance(made, LogDialog)
    qapp.processEvents()
    yield made, store
    made.close_dialog()
    qapp.processEvents()
    desk.close()
    window.close()
    for each in workers:
        each.close()
    store.close()


def rest(until: float) -> None:
    """Let the program do what it does between two keys."""
    while perf_counter() < until:
        QApplication.processEvents()


def type_and_time(edit: QWidget, painted: Painted, text: str) -> tuple[list[float], list[float]]:
    """Type at fifteen keys a second: each key until its paint, and the longest turn after it."""
    keys, turns = list[float](), list[float]()
    for sign in text:
        due = perf_counter() + PACE
        painted.at, begun = None, thread_time()
        QTest.keyClicks(edit, sign)
        while painted.at is None:
            QApplication.processEvents()
        keys.append(painted.at - begun)
        longest = 0.0
        while perf_counter() < due:
            before = thread_time()
            QApplication.processEvents()
            longest = max(longest, thread_time() - before)
        turns.append(longest)
    return keys, turns


@pytest.mark.benchmark(group="typing")
@pytest.mark.qt_log_ignore("This plugin does not support")
def test_key_to_glyph(
    benchmark: Any, dialog: tuple[LogDialog, Store], tmp_path: Path, qapp: QApplication
) -> None:
    log, store = dialog
    (tmp_path / "drive").mkdir()
    figures: list[float] = []
    turns: list[float] = []

    def back_up() -> None:
        backup.copy(
            store.folder, store.keys, tmp_path / "drive", "daily", store.clock,
            still=store.still, source=store.records,
        )  # fmt: skip

    def type_all() -> None:
        with ThreadPoolExecutor(1) as aside:
            running = aside.submit(back_up)
            log.line.edit.setFocus(Qt.FocusReason.OtherFocusReason)
            rest(perf_counter() + 0.5)
            for edit, paints, text in (
                (log.line.edit, log.line.edit, LINE),
                (log.narrative, log.narrative.viewport(), TEXT),
            ):
                edit.setFocus(Qt.FocusReason.OtherFocusReason)
                keys, after = type_and_time(edit, Painted(paints), text)
                figures.extend(keys)
                turns.extend(after)
            running.result()

    benchmark.pedantic(type_all, rounds=1)
    assert log.line.text == LINE
    assert log.narrative.text() == TEXT
    found = noted(
        benchmark, Figure("key to glyph in the log", p95(figures) * MILLISECONDS, None, MOST)
    )
    between = Figure("the turn after a key", p95(turns) * MILLISECONDS, None, MOST)
    between = noted(benchmark, between)
    assert found.found <= found.allowed, found.line
    assert between.found <= between.allowed, between.line
