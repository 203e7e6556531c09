from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from cmdesk.ui.clipboard import SECRET, Clipboard
from cmdesk.ui.instance import Instance, name_for, raise_running
from cmdesk.ui.lock import IdleLock


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 3, 9, 14, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, lock: IdleLock, minutes: float) -> None:
        """Let time go by in the ticks the lock itself would make."""
        for _ in range(int(minutes * 12)):
            self.now += timedelta(seconds=5)
            lock.tick()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def lock(qapp: QApplication, clock: Clock) -> IdleLock:
    return IdleLock(qapp, clock, minutes=10)


@pytest.fixture
def due(lock: IdleLock) -> list[int]:
    heard: list[int] = []
    lock.due.connect(lambda: heard.append(1))
    return heard


def test_ten_minutes_of_nothing_lock_once(lock: IdleLock, clock: Clock, due: list[int]) -> None:
    lock.start()
    clock.pass_by(lock, 9.9)
    assert due == []
    clock.pass_by(lock, 5)
    assert due == [1]


def test_a_key_or_a_move_starts_over(
    lock: IdleLock, clock: Clock, due: list[int], qtbot: QtBot
) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    page.show()
    lock.start()
    clock.pass_by(lock, 9)
    QTest.keyClick(page, Qt.Key.Key_A)
    assert lock.minutes_left == 10
    clock.pass_by(lock, 9)
    QTest.mouseClick(page, Qt.MouseButton.LeftButton)
    clock.pass_by(lock, 9)
    assert due == []
    lock.stop()


def test_sleep_locks_at_once(lock: IdleLock, clock: Clock, due: list[int]) -> None:
    lock.start()
    clock.now += timedelta(minutes=3)
    lock.tick()
    assert due == [1]


def test_a_clock_set_back_locks(lock: IdleLock, clock: Clock, due: list[int]) -> None:
    lock.start()
    clock.now -= timedelta(hours=1)
    lock.tick()
    assert due == [1]


def test_the_minutes_left_are_told(lock: IdleLock, clock: Clock) -> None:
    told: list[int] = []
    lock.left_changed.connect(told.append)
    lock.start()
    clock.pass_by(lock, 3)
    assert told[0] == 10
    assert told[-1] == 7
    lock.allow(5)
    assert told[-1] == 2
    lock.stop()


def test_stopped_means_stopped(lock: IdleLock, clock: Clock, due: list[int]) -> None:
    lock.start()
    lock.stop()
    clock.pass_by(lock, 30)
    assert due == []


def test_copied_text_is_marked_and_cleared(qapp: QApplication) -> None:
    system = QGuiApplication.clipboard()
    ours = Clipboard(system)
    ours.copy("(718) 555-0142")
    assert set(SECRET) <= set(system.mimeData().formats())
    ours.clear()
    assert system.text() == ""


def test_what_someone_else_copied_stays(qapp: QApplication) -> None:
    system = QGuiApplication.clipboard()
    ours = Clipboard(system)
    ours.copy("(718) 555-0142")
    theirs = QMimeData()
    theirs.setText("a shopping list")
    system.setMimeData(theirs)
    ours.clear()
    assert system.text() == "a shopping list"


def test_a_second_start_brings_the_first_to_the_front(qapp: QApplication, qtbot: QtBot) -> None:
    name = f"{name_for(None)}-test"
    assert not raise_running(name)
    first, second = Instance(name), Instance(name)
    first.listen()
    with qtbot.waitSignal(first.asked):
        assert raise_running(name)
    with qtbot.waitSignals([first.asked, second.elsewhere]):  # both were started at one moment
        second.listen()
    first.close()
    assert not raise_running(name)
