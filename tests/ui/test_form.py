from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from cmdesk.ui import form
from cmdesk.ui.form import Form
from cmdesk.ui.theme import Theme
from cmdesk.ui.widgets.checks import CheckBox
from cmdesk.ui.widgets.choice import Choice
from cmdesk.ui.widgets.date_field import DateField
from cmdesk.ui.widgets.text_edit import TextEdit

TODAY = date(2026, 3, 9)


@dataclass(frozen=True)
class Draft:
    name: str = ""
    born: date | None = None
    about: str = ""
    status: str = "active"
    minor: bool = False
    version: int = 1


def faults(draft: Draft) -> Mapping[str, str]:
    return {} if draft.name.strip() else {"name": "A client needs a name."}


def today() -> date:
    return TODAY


@pytest.fixture
def client(qtbot: QtBot, dress: Theme) -> Form[Draft]:
    statuses: list[tuple[object, str]] = [("active", "Active"), ("paused", "Paused")]
    made: Form[Draft] = Form(
        [
            form.line("name", "Name"),
            [form.day("born", "Born", today), form.choice("status", "Status", statuses)],
            form.paragraph("about", "About"),
            form.tick("minor", "A minor"),
        ],
        faults,
    )
    qtbot.addWidget(made)
    made.show()
    return made


FULL = Draft("Maya", date(2003, 7, 14), "Week 5", "paused", minor=True, version=7)


def test_loading_is_not_editing(client: Form[Draft]) -> None:
    heard: list[int] = []
    client.edited.connect(lambda: heard.append(1))
    client.load(FULL)
    assert heard == []
    assert client.draft == FULL
    assert not client.dirty


def test_typing_is(client: Form[Draft]) -> None:
    client.load(FULL)
    name = client.field("name").editor
    assert isinstance(name, QLineEdit)
    QTest.keyClicks(name, "x")
    assert client.dirty
    assert client.draft.name == "Mayax"
    assert client.draft.version == 7


def test_every_kind_of_field_is_read_back(client: Form[Draft], qtbot: QtBot) -> None:
    client.load(Draft("Maya"))
    born, about = client.field("born").editor, client.field("about").editor
    status, minor = client.field("status").editor, client.field("minor").editor
    assert isinstance(born, DateField)
    assert isinstance(about, TextEdit)
    assert isinstance(status, Choice)
    assert isinstance(minor, CheckBox)
    QTest.keyClicks(born, "7/14/2003")
    QTest.keyClicks(about, "Week 5")
    status.choose("paused")
    minor.click()
    expected = Draft("Maya", date(2003, 7, 14), "Week 5", "paused", minor=True)
    assert client.draft == expected


def test_faults_stand_under_their_fields(client: Form[Draft]) -> None:
    client.load(Draft())
    assert not client.check()
    assert client.field("name").fault == "A client needs a name."
    name = client.field("name").editor
    assert isinstance(name, QLineEdit)
    QTest.keyClicks(name, "M")
    assert client.field("name").fault == ""
    assert client.check()


def test_an_unreadable_date_is_a_fault_though_the_draft_is_fine(client: Form[Draft]) -> None:
    client.load(Draft("Maya"))
    born = client.field("born").editor
    assert isinstance(born, DateField)
    QTest.keyClicks(born, "Feb 30 2026")
    assert not client.check()
    assert client.field("born").fault == "February has 28 days this year."


def test_reading_before_loading_is_a_mistake(client: Form[Draft]) -> None:
    with pytest.raises(RuntimeError):
        _ = client.draft


def test_what_is_kept_but_offered_no_more_is_not_let_go(client: Form[Draft]) -> None:
    client.load(Draft("Maya", status="of a list before"))
    status = client.field("status").editor
    assert isinstance(status, Choice)
    assert status.currentText() == "As it was"
    assert client.draft.status == "of a list before"
