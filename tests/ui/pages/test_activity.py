"""The activity record: what was done stands there, narrowed as asked, proved, and handed out."""

import csv
import io
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from sqlalchemy import text

from cmdesk.casework import clients
from cmdesk.casework.activity import Group
from cmdesk.store.store import Store
from cmdesk.ui import handing
from cmdesk.ui.desk import Desk
from cmdesk.ui.page import Route
from cmdesk.ui.pages.activity import ActivityPage
from cmdesk.ui.pages.chart import ChartPage
from tests.store import small
from tests.ui.conftest import Said
from tests.ui.pages import practice

Open = Callable[[], ActivityPage]


@pytest.fixture
def opened(desk: Desk, maya: int, qtbot: QtBot) -> Open:
    def show() -> ActivityPage:
        page = ActivityPage(desk)
        qtbot.addWidget(page)
        page.resize(1200, 800)
        page.show()
        page.visit(Route("activity"))
        qtbot.waitUntil(lambda: page.list.model().rowCount() > 0)
        return page

    return show


def answer(monkeypatch: pytest.MonkeyPatch, target: Path | None) -> list[str]:
    """Answer the file dialog; return the names it offers."""
    offered: list[str] = []

    def choose(_parent: object, _title: str, name: str, _kinds: str) -> Path | None:
        offered.append(name)
        return target

    monkeypatch.setattr(handing, "choose_save", choose)
    return offered


def said_in(page: ActivityPage, place: int = 1) -> list[str]:
    model = page.list.model()
    return [str(model.index(row, place).data()) for row in range(model.rowCount())]


def test_the_newest_stands_first(opened: Open, store: Store, maya: int) -> None:
    store.do("Say", clients.say_where_things_stand, maya, "Steady")
    store.note("Chart c-maya opened", "view")
    page = opened()
    assert said_in(page)[:3] == ["Chart c-maya opened", "Say", "Unlocked"]
    assert said_in(page, 2)[:2] == ["Viewed", "Changed"]
    assert page.list.currentIndex().row() == 0
    sentence = page.list.model().index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert str(sentence).endswith(", Say, 1 client, Changed")


def test_it_follows_what_is_done(opened: Open, store: Store, maya: int, qtbot: QtBot) -> None:
    page = opened()
    store.do("Say", clients.say_where_things_stand, maya, "Steady")
    qtbot.waitUntil(lambda: said_in(page)[0] == "Say")
    store.note("Chart c-maya opened", "view")  # changes no record: seen at the next visit
    page.visit(Route("activity"))
    qtbot.waitUntil(lambda: said_in(page)[0] == "Chart c-maya opened")


def test_it_is_narrowed_by_kind_words_and_days(opened: Open, store: Store, qtbot: QtBot) -> None:
    for number in range(3):
        store.note(f"Chart c-{number} opened", "view")
    page = opened()
    everything = page.list.model().rowCount()
    place = [page.kinds.itemText(n) for n in range(page.kinds.count())].index("Viewed (3)")
    page.kinds.setCurrentIndex(place)
    page.kinds.activated.emit(place)
    qtbot.waitUntil(lambda: page.list.model().rowCount() == 3)
    assert page.wanted.group is Group.VIEWED
    QTest.keyClicks(page.text, "c-1")
    qtbot.waitUntil(lambda: said_in(page) == ["Chart c-1 opened"])
    page.clear()
    qtbot.waitUntil(lambda: page.list.model().rowCount() == everything)
    assert not page.wanted.narrows
    page.first.set_day(practice.now().date() + timedelta(days=1))
    page.first.picked.emit(page.first.day)
    qtbot.waitUntil(lambda: page.list.model().rowCount() == 0)
    page.first.set_day(None)
    page.last.set_day(practice.now().date())
    page.last.picked.emit(page.last.day)
    qtbot.waitUntil(lambda: page.list.model().rowCount() == everything)


def test_nothing_found_says_what_to_drop(opened: Open, store: Store, qtbot: QtBot) -> None:
    page = opened()
    page.kinds.choose(Group.SECURITY)
    page.refresh()
    qtbot.waitUntil(lambda: page.list.model().rowCount() == 0)
    assert page.show_all.isVisible()
    assert page._empty._text.text().endswith("of other kinds do.")
    page.text.setText("zebra")
    qtbot.waitUntil(lambda: page._empty._text.text().startswith("Try other words"))
    QTest.mouseClick(page.show_all, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.list.model().rowCount() > 0)
    assert page.text.text() == ""


def test_it_is_proved_whole(opened: Open, store: Store, qtbot: QtBot) -> None:
    page = opened()
    rows = page.list.model().rowCount()
    page.check.click()
    assert page.verdict._words.text() == f"Checking {rows} rows …"
    assert not page.check.isEnabled()
    qtbot.waitUntil(page.check.isEnabled)
    assert page.verdict._words.text() == f"Whole: {rows} rows, nothing missing"
    assert page.list.model().rowCount() == rows


def test_a_row_that_was_changed_is_told(opened: Open, store: Store, qtbot: QtBot) -> None:
    for drop in ("audit_never_changes", "audit_never_shrinks"):
        with store._writing() as connection:
            connection.execute(text(f"DROP TRIGGER {drop}"))
    with store._writing() as connection:
        connection.execute(text("UPDATE audit SET act = 'Nothing' WHERE seq = 2"))
    page = opened()
    page.check.click()
    qtbot.waitUntil(page.check.isEnabled)
    assert "Row 2 of the audit trail was changed." in page.verdict._words.text()


def test_a_reviewer_is_handed_a_table(
    opened: Open,
    store: Store,
    said: Said,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page, target = opened(), tmp_path / "record.csv"
    offered = answer(monkeypatch, target)
    rows = page.list.model().rowCount()
    page.export.click()
    qtbot.waitUntil(lambda: said_in(page)[0] == "Exported the activity record")
    assert offered == [f"Activity record {page.desk.today().isoformat()}.csv"]
    table = list(csv.reader(io.StringIO(target.read_text("utf-8-sig"), newline="")))
    assert ["Checked", f"Whole: {rows} rows, nothing missing"] in table
    assert said.toasts[-1][0].startswith("Saved to ")
    assert store.ask(small.trail)[-1][1] == "export"
    assert target.stat().st_mode & 0o077 == 0
    answer(monkeypatch, None)
    page.export.click()
    assert page.export.isEnabled()


def test_a_place_that_cannot_be_written_to(
    opened: Open, said: Said, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened()
    rows = page.list.model().rowCount()
    answer(monkeypatch, tmp_path / "gone" / "record.csv")
    page.export.click()
    qtbot.waitUntil(page.export.isEnabled)
    assert len(said.problems) == 1
    said.problems.clear()
    page.refresh()
    qtbot.wait(0)
    assert page.list.model().rowCount() == rows


def test_names_are_hidden_here_too(opened: Open, store: Store, desk: Desk) -> None:
    store.note("Hand over an update to Diane Brenner", "disclosure")
    desk.privacy.toggle()
    page = opened()
    assert said_in(page)[0] == "Hand over an update to D. B."


def test_find_is_a_key_away(opened: Open) -> None:
    page = opened()
    finds = {command.name: command for command in page.commands()}
    finds["activity.find"].run()
    assert page.text.hasFocus() or page.text is page.focusWidget()


class FirstPaint(QObject):
    """Counts the charts viewed when a page is painted for the first time."""

    def __init__(self, store: Store) -> None:
        super().__init__()
        self._store, self.viewed = store, -1

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt names it
        if event.type() == QEvent.Type.Paint and self.viewed < 0:
            self.viewed = views(self._store)
        return False


def views(store: Store) -> int:
    return sum(row[1] == "view" for row in store.ask(small.trail))


def test_opening_a_chart_is_an_act_that_leaves_undo_alone(
    desk: Desk, store: Store, maya: int, qtbot: QtBot
) -> None:
    """It comes once the chart is painted, once for each opening, and not for a second look."""
    store.do("Say", clients.say_where_things_stand, maya, "Steady")
    page = ChartPage(desk)
    qtbot.addWidget(page)
    page.resize(1200, 800)
    page.visit(Route("chart", maya))
    paint = FirstPaint(store)
    page.installEventFilter(paint)
    page.show()
    qtbot.waitUntil(lambda: views(store) == 1)
    assert paint.viewed == 0
    assert store.undo_label == "Say"
    page.mark_stale()
    page.visit(Route("chart", maya))
    qtbot.wait(20)
    assert views(store) == 1
    assert store.undo() == "Say"
