"""Garbage is collected where widgets live, however much other threads leave behind."""

import gc
import threading
from collections.abc import Generator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cmdesk.ui import garbage
from cmdesk.ui.garbage import Collector, collect_due


class Circle:
    """Holds itself, as a widget does whose button calls it."""

    def __init__(self, ended: list[int]) -> None:
        self.itself, self.ended = self, ended

    def __del__(self) -> None:
        self.ended.append(threading.get_ident())


@pytest.fixture
def as_before() -> Generator[None]:
    limits = gc.get_threshold()
    yield
    gc.set_threshold(*limits)
    gc.disable()


@pytest.mark.usefixtures("as_before")
def test_what_another_thread_drops_ends_on_this_one(
    qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(garbage, "EVERY", 1)
    ended: list[int] = []
    kept: list[list[int]] = []
    gc.enable()
    gc.collect()
    Collector(qapp).setObjectName("collector")

    def work() -> None:
        Circle(ended)
        kept.extend([] for _ in range(2_000))  # enough for the interpreter to look for garbage

    worker = threading.Thread(target=work)
    worker.start()
    worker.join()
    assert not ended
    qtbot.waitUntil(lambda: bool(ended))
    assert ended == [threading.get_ident()]
    found = qapp.findChild(Collector, "collector")
    assert found is not None
    found.deleteLater()


@pytest.mark.usefixtures("as_before")
def test_the_oldest_generation_that_is_due_is_collected_and_no_other() -> None:
    gc.collect()
    assert collect_due() is None
    many: list[list[int]] = [[] for _ in range(gc.get_threshold()[0] + 1)]
    assert collect_due() == 0
    for _ in range(gc.get_threshold()[1]):
        gc.collect(0)
    assert collect_due() == 1
    assert many
