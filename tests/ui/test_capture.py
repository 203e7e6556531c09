"""Which windows are flagged, when and with what; the system's call is the edge."""

from collections.abc import Generator

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from cmdesk.ui.capture import BLACK, LEFT_OUT, SHOWN, Capture

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


class Windows:
    """Stands in for Windows: remembers each window's flag, and knows only some of them."""

    def __init__(self, *known: int) -> None:
        self.known = {SHOWN, *known}
        self.flags: dict[int, int] = {}

    def __call__(self, handle: int, flag: int) -> bool:
        if flag not in self.known:
            return False
        self.flags[handle] = flag
        return True


@pytest.fixture
def page(qtbot: QtBot) -> Generator[QWidget]:
    made = QWidget()
    qtbot.addWidget(made)
    yield made
    made.hide()


def watching(qapp: QApplication, system: Windows, *, hidden: bool = True) -> Capture:
    return Capture(qapp, system, hidden=hidden)


def end(qapp: QApplication, capture: Capture) -> None:
    qapp.removeEventFilter(capture)
    capture.deleteLater()


def test_every_window_is_left_out_as_it_is_shown(qapp: QApplication, page: QWidget) -> None:
    windows = Windows(LEFT_OUT, BLACK)
    capture = watching(qapp, windows)
    page.show()
    menu = QMenu(page)
    menu.addAction("Maya Brenner")
    menu.popup(page.mapToGlobal(page.rect().center()))
    assert windows.flags[int(page.winId())] == LEFT_OUT
    assert windows.flags[int(menu.winId())] == LEFT_OUT
    assert capture.holds
    menu.hide()
    end(qapp, capture)


def test_an_older_windows_shows_black(qapp: QApplication, page: QWidget) -> None:
    windows = Windows(BLACK)
    capture = watching(qapp, windows)
    page.show()
    assert windows.flags == {int(page.winId()): BLACK}
    assert capture.holds
    end(qapp, capture)


def test_where_neither_holds_it_is_known(qapp: QApplication, page: QWidget) -> None:
    capture = watching(qapp, Windows())
    page.show()
    assert not capture.holds
    end(qapp, capture)


def test_shown_in_a_share_when_asked_and_hidden_again(qapp: QApplication, page: QWidget) -> None:
    windows = Windows(LEFT_OUT)
    capture = watching(qapp, windows, hidden=False)
    page.show()
    handle = int(page.winId())
    assert windows.flags == {handle: SHOWN}
    capture.hide(hidden=True)
    assert windows.flags[handle] == LEFT_OUT
    capture.hide(hidden=True)
    capture.hide(hidden=False)
    assert windows.flags[handle] == SHOWN
    end(qapp, capture)


def test_children_and_hidden_windows_have_no_flag(qapp: QApplication, page: QWidget) -> None:
    windows = Windows(LEFT_OUT)
    capture = watching(qapp, windows, hidden=False)
    child = QWidget(page)
    child.show()
    capture.hide(hidden=True)
    assert windows.flags == {}
    end(qapp, capture)


def test_elsewhere_nothing_is_watched(qapp: QApplication, page: QWidget) -> None:
    capture = Capture(qapp, None, hidden=True)
    page.show()
    capture.hide(hidden=False)
    assert capture.holds
    QCoreApplication.processEvents()
    end(qapp, capture)
