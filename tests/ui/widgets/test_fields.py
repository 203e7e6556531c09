from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from cmdesk.ui.theme import Theme
from cmdesk.ui.widgets.card import column
from cmdesk.ui.widgets.choice import Choice
from cmdesk.ui.widgets.date_field import DateField
from cmdesk.ui.widgets.field import Field
from cmdesk.ui.widgets.label import Label
from cmdesk.ui.widgets.passphrase_field import PassphraseField
from cmdesk.ui.widgets.segmented import Segment, Segmented
from cmdesk.ui.widgets.text_edit import TextEdit
from cmdesk.words import Words
from tests.ui.conftest import bring_up

TODAY = date(2026, 3, 9)


def today() -> date:
    return TODAY


Show = Callable[..., QWidget]


@pytest.fixture
def page_with(qtbot: QtBot, dress: Theme) -> Show:
    """Return what shows widgets on a page, and keeps the page alive as long as the test."""
    kept: list[QWidget] = []

    def show(*widgets: QWidget) -> QWidget:
        page = QWidget()
        kept.append(page)
        page.resize(400, 300)
        body = column(page)
        for widget in widgets:
            body.addWidget(widget)
        qtbot.addWidget(page)
        bring_up(qtbot, page)
        return page

    return show


def test_a_wrong_date_is_said_when_the_field_is_left(page_with: Show) -> None:
    edit, elsewhere = DateField(today), QLineEdit()
    field = Field("Ends on", edit)
    edit.faulty.connect(field.say_fault)
    page_with(field, elsewhere)
    edit.setFocus()
    QTest.keyClicks(edit, "Feb 30")
    assert field.fault == ""
    elsewhere.setFocus()
    assert field.fault == "February has 28 days this year."
    assert edit.accessibleDescription() == field.fault
    assert edit.day is None
    edit.setFocus()
    edit.clear()
    QTest.keyClicks(edit, "3/18")
    assert field.fault == ""
    elsewhere.setFocus()
    assert edit.day == date(2026, 3, 18)
    assert edit.text() == "Mar 18, 2026"


def test_arrow_keys_step_by_a_day(page_with: Show) -> None:
    edit = DateField(today)
    page_with(edit)
    picked: list[object] = []
    edit.picked.connect(picked.append)
    edit.set_day(TODAY)
    assert picked == []
    QTest.keyClick(edit, Qt.Key.Key_Up)
    assert picked == [date(2026, 3, 10)]


def test_a_segment_is_picked_by_key_and_by_mouse(page_with: Show) -> None:
    bar = Segmented([Segment("s", "Share"), Segment("h", "Short"), Segment("k", "Keep")], "Who")
    page_with(bar)
    chosen: list[str] = []
    bar.chosen.connect(chosen.append)
    bar.choose("h")
    assert chosen == []
    first = bar.childAt(10, 10)
    assert first is not None
    QTest.mouseClick(first, Qt.MouseButton.LeftButton)
    QTest.keyClick(first, Qt.Key.Key_Left)
    last = bar.window().focusWidget()
    assert last is not None
    QTest.keyClick(last, Qt.Key.Key_Space)
    assert chosen == ["s", "k"]
    assert bar.current == "k"
    bar.offer([Segment("k", "Keep"), Segment("n", "None")])
    assert bar.current == "k"


def test_text_grows_and_setting_it_is_silent(page_with: Show) -> None:
    edit = TextEdit("What happened", lines=2)
    page_with(edit)
    heard: list[int] = []
    edit.edited.connect(lambda: heard.append(1))
    low = edit.height()
    edit.set_text("one\ntwo\nthree\nfour\nfive")
    assert heard == []
    assert edit.height() > low
    QTest.keyClicks(edit, "x")
    assert heard == [1]
    assert not edit.document().isEmpty()


def test_pasted_text_is_plain(page_with: Show) -> None:
    edit = TextEdit("What happened")
    page_with(edit)
    paste = QMimeData()
    paste.setHtml("<b>bold</b>")
    paste.setText("bold\r\nnext")
    edit.insertFromMimeData(paste)
    assert edit.text() == "bold\nnext"


def test_markup_is_shown_as_typed(qtbot: QtBot, dress: Theme) -> None:
    label = Label("<b>x</b>")
    qtbot.addWidget(label)
    assert label.sizeHint().width() > Label("x").sizeHint().width() * 3


def test_a_wrapped_label_asks_for_the_height_it_needs(qtbot: QtBot, dress: Theme) -> None:
    label = Label("word " * 30, "body", wrap=True)
    qtbot.addWidget(label)
    assert label.heightForWidth(200) % 20 == 0
    assert label.heightForWidth(200) > label.heightForWidth(400) > 20
    assert Label("one\ntwo", "body").sizeHint().height() == 40


def test_the_wheel_does_not_change_a_choice(page_with: Show, qtbot: QtBot) -> None:
    box = Choice([(10, "10 minutes"), (20, "20 minutes")], "Lock after")
    page_with(box)
    chosen: list[object] = []
    box.chosen.connect(chosen.append)
    box.choose(20)
    assert (box.value, chosen) == (20, [])
    QTest.keyClick(box, Qt.Key.Key_Up)
    assert box.value == 10


def test_caps_lock_is_told_by_what_is_typed(page_with: Show) -> None:
    field = PassphraseField(Words())
    page_with(field)
    told: list[bool] = []
    field.caps_lock.connect(told.append)
    QTest.keyClick(field, Qt.Key.Key_A)
    assert told == []
    QTest.sendKeyEvent(  # the letter is large though no Shift is held
        QTest.KeyAction.Click, field, Qt.Key.Key_B, "B", Qt.KeyboardModifier.NoModifier
    )
    assert told == [True]
    QTest.keyClick(field, Qt.Key.Key_C)
    assert told == [True, False]


def test_the_eye_shows_and_forgetting_hides(page_with: Show) -> None:
    field = PassphraseField(Words())
    page_with(field)
    field.setText("lantern")
    field.show_text(shown=True)
    assert field.displayText() == "lantern"
    field.forget()
    assert field.text() == ""
    assert field.echoMode() == QLineEdit.EchoMode.Password
