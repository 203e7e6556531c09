"""A letter typed in a large practice: each key until its paint, and the page after a pause."""

from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import perf_counter
from typing import Any, Final

import pytest
from PySide6.QtWidgets import QApplication, QMainWindow

from cmdesk.settings import SettingsFile
from cmdesk.ui import theme
from cmdesk.ui.desk import Desk
from cmdesk.ui.page import Route
from cmdesk.ui.pages.composer import ComposerPage
from cmdesk.ui.privacy import Privacy
from cmdesk.ui.say import Say
from cmdesk.ui.tasks import Tasks
from cmdesk.words import Words
from tests.bench.big_vault import Big
from tests.bench.floor import MILLISECONDS, Figure, noted, p95
from tests.bench.test_log_typing import Painted, rest, type_and_time
from tests.records import MONDAY

MOST = 16  # ms, one frame
SEEN = 400  # ms from the end of the pause to the page
PAUSES = 12
PATIENCE = 20  # seconds
TEXT: Final = "The week went well, and she told us so. "


@pytest.fixture
def composer(copied: Big, tmp_path: Path, qapp: QApplication) -> Generator[ComposerPage]:
    theme.apply(qapp, "light")
    store, say = copied.store(), Say()
    workers = Tasks(ThreadPoolExecutor(1), say.failure), Tasks(ThreadPoolExecutor(2), say.failure)
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
    page = ComposerPage(desk)
    window.setCentralWidget(page)
    window.show()
    window.activateWindow()
    page.visit(Route("composer", 7))
    until = perf_counter() + PATIENCE
    while not page.letter.preview.shown and perf_counter() < until:
        qapp.processEvents()
    yield page
    desk.close()
    window.close()
    for each in workers:
        each.close()
    store.close()


@pytest.mark.benchmark(group="typing")
@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_letter_is_typed_and_seen(benchmark: Any, composer: ComposerPage) -> None:
    letter = composer.letter
    assert letter.preview.shown
    opening = letter.editor.opening
    letter.editor.headline.setFocus()
    painted = Painted(letter.editor.headline.viewport())
    seen: list[float] = []
    keys, turns = list[float](), list[float]()
    rest(perf_counter() + 1)

    def paused() -> None:
        """Change the letter, and wait until the page shows it."""
        data = letter.preview._data
        opening.set_text(f"{TEXT} {len(seen)}")
        letter.lay_out_letter()
        begun = perf_counter()
        while letter.preview._data is data and perf_counter() < begun + PATIENCE:
            QApplication.processEvents()
        seen.append(perf_counter() - begun)

    def work() -> None:
        for _ in range(PAUSES):
            paused()
        for word in (TEXT * 2).split():
            letter.lay_out_letter()  # a page is being made behind every word
            found = type_and_time(letter.editor.headline, painted, f"{word} ")
            keys.extend(found[0])
            turns.extend(found[1])

    benchmark.pedantic(work, rounds=1)
    for name, figures, most in (
        ("letter: a key until its paint", keys, MOST),
        ("... the longest turn after it, a page being made", turns, MOST),
        ("letter: the page after a pause", seen, SEEN),
    ):
        figure = noted(benchmark, Figure(name, p95(figures) * MILLISECONDS, None, most))
        assert figure.found <= figure.allowed, figure.line
