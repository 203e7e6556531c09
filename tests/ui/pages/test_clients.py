"""The list of clients, by what a user sees and does."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from cmdesk.casework import client_list, clients, inquiries
from cmdesk.casework.clients import ClientDraft
from cmdesk.rules.inquiry_draft import InquiryForm
from cmdesk.store.store import Store
from cmdesk.ui import commands, table
from cmdesk.ui.desk import Desk
from cmdesk.ui.page import Route
from cmdesk.ui.pages.clients import ClientsPage
from cmdesk.ui.parts.new_client import NewClient
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.empty import Empty
from cmdesk.ui.widgets.label import Label
from tests.ui.pages import practice
from tests.ui.pages.conftest import Said

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen screen's own warning


@pytest.fixture
def many(store: Store, maya: int) -> list[int]:
    return [maya, *store.do("Make others", practice.others)]


def shown(qtbot: QtBot, desk: Desk, width: int = 1400) -> ClientsPage:
    page = ClientsPage(desk)
    qtbot.addWidget(page)
    page.resize(width, 800)
    for command in page.commands():
        commands.action(command, page)
    page.show()
    page.activateWindow()
    page.list.setFocus()
    qtbot.waitUntil(lambda: page.list.hasFocus() or not page.list.isVisible())
    return page


def cells(page: ClientsPage, row: int) -> list[str]:
    model = page.list.model()
    return [str(model.data(model.index(row, column))) for column in range(model.columnCount())]


def names(page: ClientsPage) -> list[str]:
    return [cells(page, row)[0].split(",")[0] for row in range(page.list.model().rowCount())]


def said_in(widget: QWidget) -> str:
    visible = [label.text() for label in widget.findChildren(Label) if label.isVisibleTo(widget)]
    return "\n".join(visible)


def press(widget: QWidget, words: str) -> None:
    buttons = [each for each in widget.findChildren(QAbstractButton) if each.text() == words]
    assert buttons, words
    buttons[0].click()


def test_the_list_says_what_is_next_and_what_was_last(
    qtbot: QtBot, desk: Desk, many: list[int]
) -> None:
    page = shown(qtbot, desk)
    assert cells(page, 0) == [
        "Maya Brenner, 22",
        "Residential 3.5, Stillwater Ridge · day 35",
        "Call back Kevin Park, 3 days late",
        "Sat, Mar 7, Call with Diane",
        "Diane, Today",
    ]
    assert cells(page, 1)[2] == "Send release, 1 day late"
    assert cells(page, page.list.model().rowCount() - 1)[2] == "Set a next step"


def test_a_screen_reader_hears_the_whole_row(qtbot: QtBot, desk: Desk, maya: int) -> None:
    page = shown(qtbot, desk)
    index = page.list.model().index(0, 0)
    said = page.list.model().data(index, Qt.ItemDataRole.AccessibleTextRole)
    assert said.startswith("Maya Brenner, 22; Residential 3.5")
    assert "next: Call back Kevin Park, 3 days late" in said
    assert said.endswith("Enter opens the chart.")


def test_the_model_is_sound(qtbot: QtBot, desk: Desk, many: list[int]) -> None:
    page = shown(qtbot, desk)
    QAbstractItemModelTester(
        page.list.model(), QAbstractItemModelTester.FailureReportingMode.Fatal, page
    )
    page.name.setText("ma")
    page.refresh()


def test_groups_hold_their_clients(qtbot: QtBot, desk: Desk, many: list[int]) -> None:
    page = shown(qtbot, desk)
    assert page.list.model().rowCount() == 10
    press(page.groups, "Inquiries")
    assert names(page) == ["Camila Duarte", "Wen Li"]
    press(page.groups, "Closed")
    qtbot.waitUntil(lambda: "Nobody has been closed" in said_in(page))


def test_an_inquiry_stands_among_prospective_clients_and_opens(
    qtbot: QtBot, desk: Desk, store: Store, many: list[int]
) -> None:
    call = InquiryForm(
        day=desk.today(),
        caller_name="Rosa Duarte",
        given_name="Ana",
        urgency="emergency",
        next_step="Call back",
        next_on=desk.today(),
    )
    number = store.do("Call", inquiries.save, call)
    page = shown(qtbot, desk)
    asked: list[object] = []
    page.inquiry.connect(asked.append)
    press(page.groups, "Inquiries")
    assert cells(page, 0)[:3] == ["Ana", "Inquiry: new, Emergency", "Call back, Today"]
    assert cells(page, 0)[4] == "Not set"
    table.select(page.list, page._model, -number)
    assert page.client_id is None
    assert not page.preview.isVisible()
    page.list.setFocus()
    QTest.keyClick(page.list, Qt.Key.Key_Return)
    press(page.head, "New inquiry")
    assert asked == [number, None]


def test_a_level_of_care_narrows_the_list(qtbot: QtBot, desk: Desk, many: list[int]) -> None:
    page = shown(qtbot, desk)
    page.head.level.choose("Sober living")
    page.refresh()
    assert sorted(names(page)) == ["Noah Abrams", "Theo Lindqvist"]
    page.clear_filters()
    assert page.list.model().rowCount() == 10


def test_a_filter_without_a_match_says_which_to_drop(
    qtbot: QtBot, desk: Desk, many: list[int]
) -> None:
    page = shown(qtbot, desk)
    QTest.keyClick(page.list, Qt.Key.Key_Slash)
    assert page.name.hasFocus()
    QTest.keyClicks(page.name, "grace")
    assert names(page) == ["Grace Okafor"]
    page.head.attention.choose(value=True)
    page.refresh()
    qtbot.waitUntil(lambda: "1 match if you drop “Needs attention”." in said_in(page))
    press(page, "Drop “Needs attention”")
    assert names(page) == ["Grace Okafor"]
    page.clear_filters()
    assert page.list.model().rowCount() == 10


def test_needs_attention_leaves_what_is_late(qtbot: QtBot, desk: Desk, many: list[int]) -> None:
    page = shown(qtbot, desk)
    page.head.attention.choose(value=True)
    page.refresh()
    assert names(page) == ["Maya Brenner", "Theo Lindqvist"]


def test_keys_move_open_log_and_write(qtbot: QtBot, desk: Desk, many: list[int]) -> None:
    page = shown(qtbot, desk)
    theo = many[4]
    QTest.keyClick(page.list, Qt.Key.Key_J)
    assert page.client_id == theo
    asked: list[object] = []
    for signal in (desk.went, page.log_contact, page.write_update):
        signal.connect(asked.append)
    QTest.keyClick(page.list, Qt.Key.Key_Return)
    QTest.keyClick(page.list, Qt.Key.Key_L)
    QTest.keyClick(page.list, Qt.Key.Key_K)
    QTest.keyClick(page.list, Qt.Key.Key_U)
    assert asked == [Route("chart", theo), theo, many[0]]


def test_space_shows_and_hides_the_preview(qtbot: QtBot, desk: Desk, many: list[int]) -> None:
    page = shown(qtbot, desk)
    assert page.preview.isVisible()
    assert "client since Sep 2025" in said_in(page.preview)
    QTest.keyClick(page.list, Qt.Key.Key_Space)
    assert not page.preview.isVisible()
    QTest.keyClick(page.list, Qt.Key.Key_Space)
    assert page.preview.isVisible()


def test_a_narrow_window_folds_the_preview(qtbot: QtBot, desk: Desk, many: list[int]) -> None:
    page = shown(qtbot, desk, width=1280)
    assert not page.preview.isVisible()
    QTest.keyClick(page.list, Qt.Key.Key_Space)
    assert page.preview.isVisible()


def test_a_step_is_ticked_and_taken_back(qtbot: QtBot, desk: Desk, maya: int, said: Said) -> None:
    page = shown(qtbot, desk)
    page.preview._steps.boxes()[0].click()
    qtbot.waitUntil(lambda: "Raise the ride home" in cells(page, 0)[2])
    qtbot.waitUntil(lambda: len(said.toasts) == 1)
    text, undo = said.toasts[0]
    assert text == "Done: Call back Kevin Park"
    assert undo is not None
    undo()
    qtbot.waitUntil(lambda: "Call back Kevin Park" in cells(page, 0)[2])


def test_names_are_hidden_on_request(qtbot: QtBot, desk: Desk, maya: int) -> None:
    page = shown(qtbot, desk)
    desk.privacy.toggle()
    qtbot.waitUntil(lambda: "M. B." in said_in(page.preview))
    assert cells(page, 0)[0] == "M. B., 22"
    assert cells(page, 0)[3] == "Sat, Mar 7, Call with D."
    assert cells(page, 0)[2] == "Call back K. P., 3 days late"
    qtbot.waitUntil(lambda: "drive M." in said_in(page.preview))
    assert not {"Brenner", "Diane", "Kevin"} & set(said_in(page.preview).split())


def test_the_first_day(qtbot: QtBot, desk: Desk) -> None:
    page = shown(qtbot, desk)
    empty = page.findChild(Empty)
    assert isinstance(empty, Empty)
    assert "No clients yet" in said_in(empty)
    press(empty, "Add a client")
    dialog = page.findChild(NewClient)
    assert isinstance(dialog, NewClient)
    press(dialog, "Add client")
    assert "What are they called?" in said_in(dialog)
    dialog.load(ClientDraft("Wren", "Abbot"))
    went: list[object] = []
    desk.went.connect(went.append)
    press(dialog, "Add client")
    qtbot.waitUntil(lambda: names(page) == ["Wren Abbot"])
    assert went == [Route("chart", page.client_id)]


def test_a_second_client_of_one_name_is_noticed(qtbot: QtBot, desk: Desk, maya: int) -> None:
    dialog = NewClient(desk)
    qtbot.addWidget(dialog)
    dialog.show()
    fields = {name: dialog.field(name).editor for name in ("given_name", "family_name")}
    QTest.keyClicks(fields["given_name"], "Maya")
    QTest.keyClicks(fields["family_name"], "brenner")
    there = "Maya Brenner is there already, born in 2003: active."
    qtbot.waitUntil(lambda: there in said_in(dialog))
    QTest.keyClicks(fields["family_name"], "-Lowe")
    qtbot.waitUntil(lambda: there not in said_in(dialog))
    fields["family_name"].setProperty("text", "")
    QTest.keyClicks(fields["family_name"], "Brener")
    near = "Maya Brenner is written nearly so, born in 2003: active."
    qtbot.waitUntil(lambda: near in said_in(dialog))
    went: list[object] = []
    desk.went.connect(went.append)
    press(dialog, "Maya Brenner is the same person")
    assert went == [Route("chart", maya)]
    assert isinstance(dialog.save, Button)


def test_hundreds_of_clients_cost_a_fixed_number_of_questions(store: Store) -> None:
    from sqlalchemy import event  # noqa: PLC0415 - only this test counts

    def fill(count: int) -> None:
        for number in range(count):
            store.do("Add", clients.add, ClientDraft(f"Client {number}"))

    def questions() -> int:
        seen: list[str] = []

        def note(*args: object) -> None:
            seen.append(str(args[2]))

        event.listen(store._reader, "before_cursor_execute", note)
        store.ask(client_list.rows, store.ask(client_list.find))
        event.remove(store._reader, "before_cursor_execute", note)
        return len(seen)

    fill(3)
    few = questions()
    fill(200)
    assert questions() == few
