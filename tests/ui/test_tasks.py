import threading
from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from cmdesk.errors import Cancelled, Problem
from cmdesk.ui.tasks import Tasks


@pytest.fixture
def failures() -> list[BaseException]:
    return []


@pytest.fixture
def real(qapp: object, failures: list[BaseException]) -> Generator[Tasks]:
    tasks = Tasks(ThreadPoolExecutor(1), failures.append)
    yield tasks
    tasks.close()


def fail_with(error: BaseException) -> None:
    raise error


def test_work_runs_elsewhere_and_comes_home(real: Tasks, qtbot: QtBot) -> None:
    owner = QObject()
    seen: list[tuple[int, int]] = []
    real.run(owner, threading.get_ident).then(
        lambda there: seen.append((there, threading.get_ident()))
    )
    qtbot.waitUntil(lambda: bool(seen))
    there, here = seen[0]
    assert here == threading.get_ident() != there


def test_handlers_may_come_after_the_work_is_done(real: Tasks, qtbot: QtBot) -> None:
    owner, done = QObject(), threading.Event()
    seen: list[int] = []
    outcome = real.run(owner, lambda: done.set() or 7)
    assert done.wait(5)
    outcome.then(seen.append)
    qtbot.waitUntil(lambda: seen == [7])


def test_a_dead_owner_hears_nothing(real: Tasks, qtbot: QtBot) -> None:
    owner, other, hold = QObject(), QObject(), threading.Event()
    heard: list[str] = []
    real.run(owner, lambda: hold.wait(5)).then(lambda _: heard.append("dead"))
    real.run(other, lambda: None).then(lambda _: heard.append("alive"))
    delete(owner)
    hold.set()
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == ["alive"]


def test_a_failure_goes_to_the_one_handler(
    real: Tasks, failures: list[BaseException], qtbot: QtBot
) -> None:
    real.run(QObject(), lambda: fail_with(Problem("No room.")))
    qtbot.waitUntil(lambda: len(failures) == 1)
    assert str(failures[0]) == "No room."


def test_a_caller_may_take_the_failure(
    real: Tasks, failures: list[BaseException], qtbot: QtBot
) -> None:
    owner = QObject()
    taken: list[BaseException] = []
    real.run(owner, lambda: fail_with(Problem("No room."))).otherwise(taken.append)
    qtbot.waitUntil(lambda: len(taken) == 1)
    assert failures == []


def test_a_change_of_mind_is_no_failure(
    real: Tasks, failures: list[BaseException], qtbot: QtBot
) -> None:
    owner = QObject()
    after: list[int] = []
    real.run(owner, lambda: fail_with(Cancelled()))
    real.run(owner, lambda: 1).then(after.append)
    qtbot.waitUntil(lambda: after == [1])
    assert failures == []


def test_writes_queue(real: Tasks, qtbot: QtBot) -> None:
    owner = QObject()
    order: list[int] = []
    for number in range(20):
        real.run(owner, lambda number=number: number).then(order.append)
    qtbot.waitUntil(lambda: len(order) == 20)
    assert order == list(range(20))


def test_closing_waits_for_what_was_begun(real: Tasks) -> None:
    owner, began, written = QObject(), threading.Event(), list[str]()

    def write() -> None:
        began.set()
        written.append("saved")

    real.run(owner, write)
    assert began.wait(5)
    real.close()
    assert written == ["saved"]
