import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from cmdesk.ui.overlay import Dialog, open_over
from cmdesk.ui.theme import Theme
from tests.ui.conftest import bring_up


@pytest.fixture
def window(qtbot: QtBot, dress: Theme) -> QWidget:
    made = QWidget()
    made.resize(1200, 800)
    made.opener = QPushButton("Open", made)  # type: ignore[attr-defined]  # kept for the tests
    qtbot.addWidget(made)
    bring_up(qtbot, made)
    made.opener.setFocus()  # type: ignore[attr-defined]  # as above
    return made


@pytest.fixture
def dialog(window: QWidget) -> Dialog:
    made = Dialog("Log a contact", width=824)
    made.body.addWidget(QLineEdit())
    made.add_foot()
    made.foot.addWidget(QPushButton("Save"))
    return made


def test_the_focus_stays_inside_and_goes_round(window: QWidget, dialog: Dialog) -> None:
    open_over(window, dialog)
    seen: set[QWidget] = set()
    for _ in range(8):
        now = QApplication.focusWidget()
        assert now is not None
        assert dialog.isAncestorOf(now)
        seen.add(now)
        QTest.keyClick(now, Qt.Key.Key_Tab)
    assert len(seen) == 3
    now = QApplication.focusWidget()
    assert now is not None
    QTest.keyClick(now, Qt.Key.Key_Backtab)
    assert QApplication.focusWidget() in seen - {now}


def test_escape_closes_and_gives_the_focus_back(
    window: QWidget, dialog: Dialog, qtbot: QtBot
) -> None:
    open_over(window, dialog, dialog.findChild(QLineEdit))
    focused = QApplication.focusWidget()
    assert isinstance(focused, QLineEdit)
    with qtbot.waitSignal(dialog.closed):
        QTest.keyClick(focused, Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is window.opener  # type: ignore[attr-defined]  # as above


def test_where_what_opened_it_is_gone_the_keys_go_to_what_stands_there_now(
    window: QWidget, dialog: Dialog, qtbot: QtBot
) -> None:
    opener = window.findChild(QPushButton)
    assert opener is not None
    place = opener.parentWidget()
    assert place is not None
    open_over(window, dialog)
    new = QPushButton("Drawn anew", place)
    new.show()
    opener.setParent(None)
    opener.deleteLater()
    qtbot.waitUntil(lambda: not isValid(opener))
    dialog.close_dialog()
    assert QApplication.focusWidget() is new


def test_a_page_that_comes_late_does_not_take_the_caret(window: QWidget, dialog: Dialog) -> None:
    typed, opener = dialog.findChild(QLineEdit), window.findChild(QPushButton)
    assert typed is not None
    assert opener is not None
    open_over(window, dialog, typed)
    opener.setFocus()
    assert QApplication.focusWidget() is typed
    above = Dialog("Above", width=400)
    above.body.addWidget(QLineEdit())
    open_over(window, above)
    opener.setFocus()
    now = QApplication.focusWidget()
    assert now is not None
    assert above.isAncestorOf(now)
    above.close_dialog()
    assert QApplication.focusWidget() is typed
    dialog.close_dialog()
    assert QApplication.focusWidget() is opener


@pytest.mark.parametrize("state", ["hidden", "off"])
def test_keys_reach_a_dialog_whose_main_button_is_not_ready_yet(
    window: QWidget, dialog: Dialog, qtbot: QtBot, state: str
) -> None:
    save = next(each for each in dialog.findChildren(QPushButton) if each.text() == "Save")
    opener = window.findChild(QPushButton)
    assert opener is not None
    opener.clearFocus()
    save.setVisible(state != "hidden")
    save.setEnabled(state != "off")
    open_over(window, dialog, save)
    focused = QApplication.focusWidget()
    assert focused is not None
    assert dialog.isAncestorOf(focused)
    with qtbot.waitSignal(dialog.closed):
        QTest.keyClick(focused, Qt.Key.Key_Escape)


def test_the_window_under_it_can_not_be_pressed(window: QWidget, dialog: Dialog) -> None:
    open_over(window, dialog)
    pressed: list[int] = []
    window.opener.clicked.connect(lambda: pressed.append(1))  # type: ignore[attr-defined]  # as above
    under = window.childAt(5, 5)
    assert under is not None
    QTest.mouseClick(under, Qt.MouseButton.LeftButton)
    assert pressed == []


def test_it_follows_the_window(window: QWidget, dialog: Dialog, qtbot: QtBot) -> None:
    open_over(window, dialog)
    assert dialog.width() == 824
    window.resize(1400, 900)
    scrim = dialog.parentWidget()
    assert scrim is not None
    assert scrim.size() == window.size()
    assert dialog.x() == (1400 - 824) // 2
    window.resize(700, 600)
    assert dialog.width() == 700 - 48


def test_a_dialog_may_refuse_to_close(window: QWidget, qtbot: QtBot) -> None:
    class Held(Dialog):
        def may_close(self) -> bool:
            return False

    held = Held("Held")
    open_over(window, held)
    held.close_dialog()
    assert held.isVisible()
