"""Search or do anything: what a few keys lead to, and what they never show."""

from collections.abc import Generator
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from cmdesk.casework import tasks
from cmdesk.casework.jump_hits import Hit
from cmdesk.store.store import Store
from cmdesk.ui import overlay, palette_rows
from cmdesk.ui.commands import Command
from cmdesk.ui.desk import Desk
from cmdesk.ui.overlay import Dialog
from cmdesk.ui.palette import Palette
from cmdesk.ui.shortcut_sheet import ShortcutSheet
from cmdesk.words import Words
from tests.ui.conftest import bring_up


class Deeds:
    """Notes what the window would do."""

    def __init__(self) -> None:
        self.done: list[tuple[str, object]] = []

    def open_hit(self, hit: Hit) -> None:
        self.done.append(("open", hit.title))

    def log_for(self, hit: Hit) -> None:
        self.done.append(("log", hit.title))

    def log_line(self, line: str) -> None:
        self.done.append(("line", line))

    def write_for(self, hit: Hit) -> None:
        self.done.append(("write", hit.title))

    def crisis_plan(self, client_id: int) -> None:
        self.done.append(("plan", client_id))

    def crisis_notice(self, hit: Hit) -> None:
        self.done.append(("notice", hit.title))

    def edit_person(self, hit: Hit) -> None:
        self.done.append(("edit", hit.title))

    def consent_of(self, hit: Hit) -> None:
        self.done.append(("consent", hit.title))

    def open_tab(self, client_id: int, tab: str) -> None:
        self.done.append((tab, client_id))

    def coverage_of(self, client_id: int) -> None:
        self.done.append(("coverage", client_id))

    def task_for(self, client_id: int) -> None:
        self.done.append(("task", client_id))

    def before_call(self, hit: Hit) -> None:
        self.done.append(("before", hit.title))

    def copy_number(self, hit: Hit) -> None:
        self.done.append(("copy", hit.title))

    def new_client(self) -> None:
        self.done.append(("new", None))

    def lock(self) -> None:
        self.done.append(("lock", None))


@pytest.fixture
def deeds() -> Deeds:
    return Deeds()


@pytest.fixture
def palette(qtbot: QtBot, desk: Desk, store: Store, maya: int, deeds: Deeds) -> Generator[Palette]:
    store.do("Add", tasks.add, maya, "Raise the ride home", date(2026, 3, 9))
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1280, 720)
    bring_up(qtbot, window)
    commands = [
        Command("jump", "Go to section 1", lambda: None, "1"),
        Command("search", "Search or do anything", lambda: None, "Ctrl+K"),
        Command("lock", "Lock now", deeds.lock, "Ctrl+Shift+L"),
        Command("undo", "Undo", lambda: None, "Ctrl+Z"),
        Command("place", "Find a place", lambda: None, also="placement search maya"),
    ]
    made = Palette(desk, lambda: commands, deeds)
    overlay.open_over(window, made, made.line)
    qtbot.waitUntil(lambda: made._index is not None)
    yield made
    overlay.abandon_all(window)


def typed(qtbot: QtBot, palette: Palette, text: str) -> list[str]:
    QTest.keyClicks(palette.line, text)
    qtbot.waitUntil(lambda: palette.answered == palette.line.text().strip())
    return [each.title for each in palette.offers]


def press(palette: Palette, key: Qt.Key) -> None:
    QTest.keyClick(palette.line, key)


def test_acts_on_the_top_hit(qtbot: QtBot, palette: Palette, deeds: Deeds) -> None:
    titles = typed(qtbot, palette, "bren ride")
    assert titles[0] == "Maya Brenner"
    assert "Log a contact for Maya Brenner" in titles
    assert "Raise the ride home" in titles
    press(palette, Qt.Key.Key_Return)
    assert deeds.done == [("open", "Maya Brenner")]


def test_what_is_done_for_a_namesake_says_for_which(deeds: Deeds) -> None:
    anna = Hit("client", 3, "Anna Lee", "born 2004 · Client", 3, telling="born 2004")
    done = {each.title: each.detail for each in palette_rows.for_person(anna, deeds, Words())}
    for act in ("Log a contact for", "Write an update about", "Crisis plan of"):
        assert done[f"{act} Anna Lee"] == "born 2004"


@pytest.mark.parametrize(
    ("line", "done"),
    [
        ("edit diane", ("edit", "Diane Brenner")),
        ("diane call", ("before", "Diane Brenner")),
        ("consent tess", ("consent", "Tess Holloway")),
        ("log diane", ("log", "Diane Brenner")),
        ("write diane", ("write", "Diane Brenner")),
        ("edit maya", ("edit", "Maya Brenner")),
        ("call maya", ("before", "Maya Brenner")),
    ],
)
def test_a_word_beside_the_name_is_what_enter_does(
    qtbot: QtBot, palette: Palette, deeds: Deeds, line: str, done: tuple[str, str]
) -> None:
    titles = typed(qtbot, palette, line)
    assert titles.count(titles[0]) == 1
    press(palette, Qt.Key.Key_Return)
    assert deeds.done == [done]


@pytest.mark.parametrize(
    ("line", "first", "done"),
    [
        ("move maya", "Moves of Maya Brenner", "transition"),
        ("maya placement", "Placement search for Maya Brenner", "placements"),
        ("coverage maya", "Coverage of Maya Brenner", "coverage"),
    ],
)
def test_a_part_of_a_chart_is_found_beside_the_name_of_a_client(
    qtbot: QtBot, palette: Palette, deeds: Deeds, line: str, first: str, done: str
) -> None:
    assert typed(qtbot, palette, line)[0] == first
    press(palette, Qt.Key.Key_Return)
    ((what, client),) = deeds.done
    assert what == done
    assert isinstance(client, int)


def test_who_has_no_chart_has_no_part_of_one(qtbot: QtBot, palette: Palette) -> None:
    assert typed(qtbot, palette, "move diane")[0] == "Diane Brenner"


def test_enter_before_the_answer_is_done_when_it_is_there(
    qtbot: QtBot, palette: Palette, deeds: Deeds
) -> None:
    palette.line.setText("bren")
    assert palette.answered != "bren"
    press(palette, Qt.Key.Key_Return)
    assert deeds.done == []
    qtbot.waitUntil(lambda: deeds.done == [("open", "Maya Brenner")])


def test_who_types_on_after_enter_is_not_taken_at_the_word_before(
    qtbot: QtBot, palette: Palette, deeds: Deeds
) -> None:
    palette.line.setText("bren")
    press(palette, Qt.Key.Key_Return)
    palette.line.clear()
    titles = typed(qtbot, palette, "ride home")
    assert "Raise the ride home" in titles
    assert deeds.done == []


def test_moves_round_and_acts(qtbot: QtBot, palette: Palette, deeds: Deeds) -> None:
    titles = typed(qtbot, palette, "ride home")
    press(palette, Qt.Key.Key_Up)
    press(palette, Qt.Key.Key_Return)
    assert deeds.done == [("open", titles[-1])]


def test_tab_shows_what_can_be_done_for_someone(
    qtbot: QtBot, palette: Palette, deeds: Deeds, maya: int
) -> None:
    typed(qtbot, palette, "maya")
    press(palette, Qt.Key.Key_Tab)
    assert {each.group for each in palette.offers} == {palette_rows.DO}
    press(palette, Qt.Key.Key_Down)
    press(palette, Qt.Key.Key_Return)
    assert deeds.done == [("write", "Maya Brenner")]


def test_backspace_leads_back_from_there(qtbot: QtBot, palette: Palette) -> None:
    before = typed(qtbot, palette, "maya")
    press(palette, Qt.Key.Key_Tab)
    press(palette, Qt.Key.Key_Backspace)
    qtbot.waitUntil(lambda: [each.title for each in palette.offers] == before)
    assert palette.line.text() == "maya"


def test_commands_by_their_words_mistyped_too(qtbot: QtBot, palette: Palette, deeds: Deeds) -> None:
    assert typed(qtbot, palette, "> lo") == ["Lock now"]
    press(palette, Qt.Key.Key_Return)
    assert deeds.done == [("lock", None)]
    assert palette_rows.of_commands([Command("a", "Activity record", deeds.lock)], "activty")


def test_all_commands_before_a_word_is_typed(palette: Palette) -> None:
    assert [each.title for each in palette.offers] == [
        "Lock now",
        "Undo",
        "Find a place",
        "Go to section 1",
    ]
    assert [each.keys for each in palette.offers] == ["Ctrl+Shift+L", "Ctrl+Z", "", "1"]


def test_a_command_is_found_by_other_words_for_it() -> None:
    person = Command("person", "Add person to circle", int, also="mother father")
    for typed in ("add person", "add mother", "father"):
        assert [each.title for each in palette_rows.of_commands([person], typed)] == [person.words]
    assert palette_rows.of_commands([person], "uncle") == []


def test_commands_come_first_where_nobody_is_called_by_all_of_it(
    qtbot: QtBot, palette: Palette
) -> None:
    titles = typed(qtbot, palette, "search for maya")
    assert titles[0] == "Find a place"
    assert any("Maya" in title for title in titles)
    palette.line.clear()
    titles = typed(qtbot, palette, "maya")
    assert "Maya" in titles[0]
    assert "Find a place" in titles


def test_people_only(qtbot: QtBot, palette: Palette) -> None:
    titles = typed(qtbot, palette, "@undo")
    assert titles[0].startswith("Log a contact with")  # nobody is called so


def test_nothing_found_leads_on(qtbot: QtBot, palette: Palette, deeds: Deeds) -> None:
    titles = typed(qtbot, palette, "xyzzy plugh")
    assert titles == ["Log a contact with “xyzzy plugh”", "New client"]
    press(palette, Qt.Key.Key_Return)
    assert deeds.done == [("line", "xyzzy plugh")]


def test_nothing_found_in_front_of_a_chart_offers_a_person(deeds: Deeds, words: Words) -> None:
    lock = Command("lock", "Lock now", deeds.lock)
    person = Command("chart.person", "Add person to circle", deeds.lock)
    offers = palette_rows.of_nothing("Marge", deeds, words, [lock, person])
    assert [each.title for each in offers] == [
        *("Log a contact with “Marge”", "Add person to circle", "New client"),
    ]
    offers[1].run()
    assert deeds.done == [("lock", None)]


def test_names_hide_here_too(qtbot: QtBot, palette: Palette, desk: Desk) -> None:
    typed(qtbot, palette, "maya")
    desk.privacy.toggle()
    shown = [palette.delegate.cells(each) for each in palette.offers]
    assert not any("Brenner" in title or "Brenner" in detail for title, detail in shown)
    assert palette.grab().width()


def test_the_sheet_lists_every_key_once(qtbot: QtBot, words: Words, qapp: QApplication) -> None:
    held = QWidget()
    qtbot.addWidget(held)
    everywhere = [Command("lock", "Lock now", int, "Ctrl+Shift+L"), Command("dark", "Dark", int)]
    many = [Command(f"do {n}", f"Do {n}", int, f"Ctrl+Alt+{n}") for n in range(24)]
    here = [
        Command("find", "Find", int, "Ctrl+F"),
        Command("find_here", "Find", int, "/", within=held),
        Command("log", "Log", int, "L", within=held),
    ]
    sheet = ShortcutSheet(words, [*everywhere, *many], here)
    held.resize(1200, 900)
    held.show()
    overlay.open_over(held, sheet)
    assert sheet.lines[0][1][:1] == [("Ctrl Shift L", "Lock now")]
    assert len(sheet.lines[0][1]) == 1 + len(many)
    assert sheet.lines[1][1] == [("Ctrl F", "Find")]
    assert sheet.lines[2][1][:2] == [("/", "Find"), ("L", "Log")]
    assert isinstance(sheet, Dialog)
    (area,) = sheet.findChildren(QScrollArea)
    qtbot.waitUntil(lambda: area.verticalScrollBar().maximum() == 0)  # no row is cut off
