"""A chart opened and painted, and its log scrolled, in the large practice and in a tenth of it."""

from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from random import Random
from time import thread_time
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from cmdesk.settings import SettingsFile
from cmdesk.ui import theme
from cmdesk.ui.desk import Desk
from cmdesk.ui.page import Route
from cmdesk.ui.pages.chart import ChartPage
from cmdesk.ui.privacy import Privacy
from cmdesk.ui.say import Say
from cmdesk.ui.tasks import Tasks
from cmdesk.words import Words
from tests.bench.big_vault import CLIENTS, Big
from tests.bench.floor import MILLISECONDS, Figure, noted, p95
from tests.bench.tenth_vault import TENTH, tenth_vault
from tests.records import MONDAY
from tests.ui.conftest import Inline

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen screen's own warning
ROUNDS, WARM_UP = 60, 5
FIRST_PAINT = 150  # ms
GROWTH = 1.3
FRAME = 33  # ms
STEP = 90  # pixels a frame: a quick wheel


@contextmanager
def chart(place: Big, folder: Path, *, scrolled: bool = False) -> Generator[ChartPage]:
    """Show a chart page on a copy of a practice, as wide as the design's window.

    One that is `scrolled` reads ahead on other threads, as the program does.
    """
    store = place.copied(folder / "copy.cmdesk").store()
    say = Say()
    desk = Desk(
        store,
        Tasks(Inline(), say.failure),
        Tasks(ThreadPoolExecutor(2) if scrolled else Inline(), say.failure),
        today=lambda: MONDAY,
        words=Words(),
        say=say,
        privacy=Privacy(),
        settings=SettingsFile(folder / "settings.toml"),
    )
    page = ChartPage(desk)
    page.resize(1224, 900)
    page.show()
    yield page
    desk.close()
    page.close()
    page.deleteLater()
    QApplication.processEvents()
    store.close()


def opened(page: ChartPage, client: int) -> float:
    """Go to a chart and paint it; return seconds of processor time."""
    begun = thread_time()
    page.visit(Route("chart", client))
    QApplication.processEvents()
    page.grab()
    took = thread_time() - begun
    assert page.log.model.rowCount() == 400
    QApplication.processEvents()
    return took


def times(place: Big, folder: Path, clients: int, benchmark: Any = None) -> list[float]:
    """Open charts all over a practice."""
    folder.mkdir()
    draw = Random(4)  # noqa: S311 - charts to open, not secrets
    with chart(place, folder) as page:
        chosen = [1 + draw.randrange(clients) for _ in range(WARM_UP + ROUNDS)]
        chosen = [at for n, at in enumerate(chosen) if not n or at != chosen[n - 1]]
        found = [opened(page, client) for client in chosen]
        if benchmark is not None:
            benchmark.pedantic(lambda: opened(page, 1 + draw.randrange(clients)), rounds=1)
    return found[WARM_UP:]


@pytest.mark.benchmark(group="chart")
def test_chart_opened_and_painted(
    benchmark: Any, big: Big, tmp_path: Path, qapp: QApplication
) -> None:
    theme.apply(qapp, "light")
    small = p95(times(tenth_vault(), tmp_path / "tenth", CLIENTS // TENTH)) * MILLISECONDS
    large = p95(times(big, tmp_path / "large", CLIENTS, benchmark)) * MILLISECONDS
    figure = noted(benchmark, Figure("chart opened, first paint", large, None, FIRST_PAINT))
    growth = Figure("... growth from 20,000 to 200,000", large / small, None, GROWTH, "x ")
    noted(benchmark, growth)
    assert figure.found <= figure.allowed, figure.line
    assert growth.found <= growth.allowed, growth.line


@pytest.mark.benchmark(group="chart")
def test_every_frame_of_a_scrolled_log(
    benchmark: Any, big: Big, tmp_path: Path, qapp: QApplication
) -> None:
    """From the newest entry to the oldest and back, each frame fetched, measured and painted.

    A frame is all that the window does between two turns of the wheel.
    """
    theme.apply(qapp, "light")
    frames: list[float] = []
    with chart(big, tmp_path, scrolled=True) as page:
        opened(page, 7)
        bar, view = page.log.list.verticalScrollBar(), page.log.list.viewport()

        def scroll(step: int, more: Callable[[], bool]) -> None:
            while more():
                begun = thread_time()
                bar.setValue(bar.value() + step)
                view.repaint()
                QApplication.processEvents()
                frames.append(thread_time() - begun)

        def down_and_up() -> None:
            scroll(STEP, lambda: bar.value() < bar.maximum())
            scroll(-STEP, lambda: bar.value() > 0)

        benchmark.pedantic(down_and_up, rounds=1)
    slowest = Figure("slowest frame of the log", max(frames) * MILLISECONDS, None, FRAME)
    noted(benchmark, slowest)
    assert len(frames) > 300
    assert slowest.found <= slowest.allowed, slowest.line
