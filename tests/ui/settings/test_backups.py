"""Settings, Backups: made, tested, stopped, and told with the real store."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from cmdesk import door
from cmdesk.casework import backup_runs
from cmdesk.casework.backup_runs import CHECKED, FAILED, OPENED, Run
from cmdesk.errors import Cancelled
from cmdesk.store import backup, device
from cmdesk.store.store import Store
from cmdesk.ui import backing_up, handing
from cmdesk.ui.backing_up import Standing
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.backup_place import BackupPlace
from cmdesk.ui.parts.backup_fact import BackupFact
from tests.ui.pages.practice import NOW
from tests.ui.settings.conftest import Open

pytestmark = pytest.mark.usefixtures("no_keychain")


@pytest.fixture
def drive(tmp_path: Path, desk: Desk) -> Path:
    place = tmp_path / "cmdesk-backups"
    place.mkdir()
    desk.settings.change(backup_folder=str(place))
    return place


def results(store: Store) -> list[str]:
    return [run.result for run in store.ask(backup_runs.recent)]


def note(store: Store, days: float, result: str = CHECKED, place: str = "/media/nora/Safe") -> None:
    at = store.clock() - timedelta(days=days)
    store.do("Note", backup_runs.record, Run(at, place, 48_200_000, result, "daily"))


def test_backing_up_makes_a_checked_file(
    opened: Open, desk: Desk, store: Store, drive: Path, qtbot: QtBot
) -> None:
    page = opened("backups")
    card = page.backups.card
    assert card.title.text() == "Your records are not backed up yet"
    assert card.title.wordWrap()
    card.now.click()
    qtbot.waitUntil(lambda: not desk.backing_up.doing)
    assert card.title.text() == "Your records are backed up"
    assert [each.occasion for each in backup.listed(drive)] == ["by_hand"]
    assert results(store) == [CHECKED]
    assert device.last_backup(store.folder) == NOW
    card.drill.click()
    qtbot.waitUntil(lambda: results(store) == [OPENED, CHECKED])
    qtbot.waitUntil(lambda: "Test restore worked today" in card.details.text())


def test_a_second_place_that_is_there_gets_its_own(
    desk: Desk, store: Store, drive: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    safe = tmp_path / "safe"
    safe.mkdir()
    desk.settings.change(second_folder=str(safe))
    desk.backing_up.back_up()
    qtbot.waitUntil(lambda: not desk.backing_up.doing)
    assert [each.occasion for each in backup.listed(safe)] == ["second_place"]
    assert desk.backing_up.standing().second == NOW


def test_a_drive_that_is_not_there_is_said_and_another_offered(
    opened: Open,
    desk: Desk,
    store: Store,
    drive: Path,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    drive.rmdir()
    page = opened("backups")
    section = page.backups
    assert section.first_row.effect == "This laptop, folder cmdesk-backups, not plugged in"
    section.card.now.click()
    qtbot.waitUntil(section.card.trouble.isVisible)
    assert results(store) == [FAILED]
    assert section.card.title.text() == "Your records are not backed up yet"
    other = tmp_path / "other"
    other.mkdir()

    def choose(_parent: QWidget, _title: str) -> Path:
        return other

    monkeypatch.setattr(handing, "choose_folder", choose)
    section.first.click()
    assert desk.settings.now.backup_folder == str(other)
    same = "This laptop, folder other, on the same disk as your records"
    assert section.first_row.effect == same
    section.second.click()
    assert section.second_row.effect == "This laptop, folder other, the same as the first"


def test_one_that_is_stopped_leaves_nothing(store: Store, drive: Path) -> None:
    with pytest.raises(Cancelled):
        backing_up.back_up(
            store, drive, "by_hand", backing_up.KEEPINGS["usual"], cancelled=lambda: True
        )
    assert list(drive.iterdir()) == []
    assert results(store) == []


def test_what_is_chosen_is_kept(opened: Open, desk: Desk) -> None:
    page = opened("backups")
    page.backups.daily.click()
    page.backups.keep.chosen.emit("longest")
    assert (desk.settings.now.daily_backup, desk.settings.now.keep) == (False, "longest")
    assert page.backups.daily_row.effect == "Only when you lock or quit, and by hand"


def test_the_history_shows_few_and_then_all(
    opened: Open, desk: Desk, store: Store, qtbot: QtBot
) -> None:
    for day in range(6):
        note(store, day + 0.5)
    page = opened("backups")
    assert page.backups.history.more.text() == "Show all 6"
    page.backups.history.more.click()
    assert not page.backups.history.more.isVisible()


def test_the_day_s_backup_is_made_once_it_is_quiet(
    desk: Desk, store: Store, drive: Path, qtbot: QtBot
) -> None:
    now = [NOW]
    desk.clock = lambda: now[0]
    desk.backing_up.look()
    assert not desk.backing_up.doing  # something was saved within the last 30 seconds
    now[0] += timedelta(seconds=31)
    desk.backing_up.look()
    qtbot.waitUntil(lambda: results(store) == [CHECKED])
    qtbot.waitUntil(lambda: not desk.backing_up.doing)
    desk.backing_up.look()
    qtbot.waitUntil(lambda: results(store)[0] == OPENED)
    qtbot.waitUntil(lambda: not desk.backing_up.doing)
    desk.backing_up.look()
    assert not desk.backing_up.doing
    desk.settings.change(daily_backup=False)
    now[0] += timedelta(days=2)
    desk.backing_up.look()
    assert not desk.backing_up.doing


def test_one_that_fails_by_itself_waits_an_hour(
    desk: Desk, store: Store, drive: Path, qtbot: QtBot
) -> None:
    drive.rmdir()
    now = [NOW + timedelta(minutes=1)]
    desk.clock = lambda: now[0]
    desk.backing_up.look()
    qtbot.waitUntil(lambda: results(store) == [FAILED])
    qtbot.waitUntil(lambda: not desk.backing_up.doing)
    desk.backing_up.look()
    assert not desk.backing_up.doing
    now[0] += timedelta(hours=1)
    desk.backing_up.look()
    qtbot.waitUntil(lambda: results(store) == [FAILED, FAILED])


def test_leaving_backs_up_what_changed_and_only_then(desk: Desk, store: Store, drive: Path) -> None:
    leave: Callable[[Store], None] = backing_up.on_leaving(desk.settings.now, "lock")
    leave(store)
    assert [each.occasion for each in backup.listed(drive)] == ["lock"]
    leave(store)
    assert len(backup.listed(drive)) == 1
    drive.rename(drive.with_name("gone"))
    backing_up.on_leaving(desk.settings.now, "quit")(store)  # nothing to do, nothing to say


@pytest.mark.parametrize(
    ("days", "said"),
    [(None, "Not backed up yet"), (0.6, "Backed up last night"), (9, "No backup for 9 days")],
)
def test_the_fact_says_it_in_one_line(
    desk: Desk, store: Store, qtbot: QtBot, days: float | None, said: str
) -> None:
    if days is not None:
        note(store, days)
    fact = BackupFact(desk)
    qtbot.addWidget(fact)
    fact.show()
    assert fact.title.text() == said
    assert fact.verb.isVisible() is (days != 0.6)


def test_the_fact_has_the_verb(desk: Desk, store: Store, drive: Path, qtbot: QtBot) -> None:
    fact = BackupFact(desk)
    qtbot.addWidget(fact)
    fact.show()
    fact.verb.click()
    qtbot.waitUntil(lambda: fact.title.text() == "Backed up today")
    assert not fact.verb.isVisible()


def test_without_a_place_it_is_asked_for_first(
    opened: Open,
    desk: Desk,
    store: Store,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = opened("backups")
    page.backups.card.now.click()
    asked = page.window().findChildren(BackupPlace)[-1]
    assert not desk.backing_up.doing
    asked.here.click()
    qtbot.waitUntil(lambda: results(store) == [CHECKED])
    qtbot.waitUntil(lambda: not desk.backing_up.doing)
    assert page.backups.card.title.text() == "Your records are backed up on this laptop only"
    fact = BackupFact(desk)
    qtbot.addWidget(fact)
    assert fact.title.text() == "Backed up today, on this laptop only"
    assert fact.details.text().endswith(" on this laptop.")

    def choose(_parent: QWidget, _title: str) -> Path:
        return tmp_path

    monkeypatch.setattr(handing, "choose_folder", choose)
    back_up_place = BackupPlace(desk)
    qtbot.addWidget(back_up_place)
    back_up_place.drive.click()
    assert desk.settings.now.backup_folder == str(tmp_path)
    qtbot.waitUntil(lambda: results(store) == [CHECKED, CHECKED])
    qtbot.waitUntil(lambda: not desk.backing_up.doing)


def test_the_focus_comes_back_to_the_button_pressed(
    opened: Open, desk: Desk, store: Store, drive: Path, qtbot: QtBot
) -> None:
    card = opened("backups").backups.card
    card.now.setFocus()
    QTest.keyClick(card.now, Qt.Key.Key_Return)
    assert desk.backing_up.doing
    assert card.stop.hasFocus()
    qtbot.waitUntil(lambda: not desk.backing_up.doing)
    assert card.now.hasFocus()


def test_records_brought_back_are_not_amber_for_what_failed_before(
    store: Store, desk: Desk, drive: Path
) -> None:
    note(store, 0.02)
    note(store, 0.01, FAILED)
    assert desk.backing_up.standing().failed
    store.note("Restored from the backup of yesterday", "restore")
    assert not desk.backing_up.standing().failed


def test_the_backup_that_was_brought_back_counts(store: Store, desk: Desk, drive: Path) -> None:
    made = backup.make(store, drive)
    assert door.note_restored(store, drive / "gone.cmbak") is None
    note(store, -0.01, FAILED)
    assert desk.backing_up.standing().failed
    assert door.note_restored(store, made.file) == NOW
    assert not desk.backing_up.standing().failed


def test_a_failure_after_the_last_one_is_amber(store: Store, desk: Desk) -> None:
    note(store, 2)
    note(store, 1, FAILED)
    state = desk.backing_up.standing()
    assert state.failed
    assert state.old(NOW)
    assert Standing().old(NOW)


def test_nothing_looks_at_records_that_are_locked(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its minute may come while the records are shut behind the lock."""
    monkeypatch.setattr(backing_up, "LOOK_EVERY", 1)
    watch = backing_up.BackingUp(desk)
    looks: list[bool] = []
    monkeypatch.setattr(watch, "standing", lambda: looks.append(True) or Standing())
    monkeypatch.setattr(backing_up, "QUIET", timedelta(0))

    def nothing(*_given: object, **_named: object) -> None:
        pass

    monkeypatch.setattr(watch, "back_up", nothing)
    watch.watch()
    qtbot.waitUntil(lambda: bool(looks), timeout=5_000)
    desk.closing.emit()
    looks.clear()
    with qtbot.waitSignal(desk.changed, timeout=50, raising=False):
        pass
    assert looks == []
