"""Restoring at the door: the real thing from a real backup, refused and stopped in words."""

from collections.abc import Callable, Generator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from cmdesk import folders
from cmdesk.errors import Cancelled
from cmdesk.store import backup, restore
from cmdesk.store.keys import Keys
from cmdesk.store.store import Store
from cmdesk.ui.restoring import RestorePage, Restoring, place_beside
from cmdesk.ui.tasks import Tasks
from cmdesk.words import Words
from tests.store import small
from tests.ui.conftest import bring_up

Open = Callable[..., RestorePage]


def bring_back(
    file: Path,
    folder: Path,
    passphrase: str,
    code: str,
    progress: Callable[[float], object],
    cancelled: Callable[[], bool],
) -> Keys:
    return restore.restore(
        file,
        folder,
        passphrase=passphrase or None,
        code=code or None,
        clock=small.noon,
        progress=progress,
        cancelled=cancelled,
    )


@pytest.fixture
def made(store: Store, tmp_path: Path) -> Path:
    place = tmp_path / "drive"
    place.mkdir()
    return backup.make(store, place).file


@pytest.fixture
def page(made: Path, tmp_path: Path, tasks: Tasks, words: Words, qtbot: QtBot) -> RestorePage:
    restoring = Restoring(
        bring_back, lambda: made, lambda _title: tmp_path / "there", folders.against
    )
    shown = RestorePage(restoring, tmp_path / "New.cmdesk", tasks, words)
    qtbot.addWidget(shown)
    bring_up(qtbot, shown)
    return shown


@pytest.fixture
def back(page: RestorePage) -> Generator[list[tuple[Path, Keys]]]:
    found: list[tuple[Path, Keys]] = []

    def take(place: Path, held: Keys) -> None:
        found.append((place, held))

    page.restored.connect(take)
    yield found
    for _, held in found:
        held.forget()


def test_a_backup_comes_back_by_its_passphrase(
    page: RestorePage, back: list[tuple[Path, Keys]], tmp_path: Path, qtbot: QtBot
) -> None:
    assert not page.go.isEnabled()
    page.pick.click()
    assert page.passphrase.hasFocus()
    QTest.keyClicks(page.passphrase, "not this one at all")
    QTest.keyClick(page.passphrase, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(page.secret_field.fault))
    assert not (tmp_path / "New.cmdesk").exists()
    page.passphrase.setText(small.PASSPHRASE)
    QTest.keyClick(page.passphrase, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(back))
    assert back[0][0] == tmp_path / "New.cmdesk"
    assert (tmp_path / "New.cmdesk" / "header.json").exists()
    assert page.passphrase.text() == ""


def test_it_comes_back_by_the_code_into_another_place(
    store: Store, page: RestorePage, back: list[tuple[Path, Keys]], tmp_path: Path, qtbot: QtBot
) -> None:
    code = small.replace_recovery(store.folder, store.keys)
    file = backup.make(store, tmp_path / "drive").file
    page._take_file(file)
    page._on_place()
    assert page.place == tmp_path / "there" / "New.cmdesk"
    page.ways.choose("code")
    page.ways.chosen.emit("code")
    QTest.keyClicks(page.code, code.lower())
    page.go.click()
    qtbot.waitUntil(lambda: bool(back))
    assert back[0][0] == page.place


def test_what_is_no_backup_is_said(page: RestorePage, tmp_path: Path, qtbot: QtBot) -> None:
    wrong = tmp_path / "wrong.cmbak"
    wrong.write_bytes(b"nothing of the kind")
    page._take_file(wrong)
    page.secret_field.say_fault("This passphrase does not open the backup.")
    page.passphrase.setText(small.PASSPHRASE)
    page.go.click()
    qtbot.waitUntil(page.trouble.isVisible)
    assert page.go.isEnabled()
    assert not page.secret_field.fault  # of a try before


def test_stop_is_passed_on_and_escape_leaves(
    made: Path, tmp_path: Path, tasks: Tasks, words: Words, qtbot: QtBot
) -> None:
    pages: list[RestorePage] = []

    def stopped(*given: object) -> Keys:
        pages[0]._on_back()
        assert callable(given[-1])
        assert given[-1]()
        raise Cancelled

    page = RestorePage(
        Restoring(stopped, lambda: None, lambda _title: None, lambda _place: ""),
        tmp_path / "New.cmdesk",
        tasks,
        words,
        file=made,
    )
    pages.append(page)
    qtbot.addWidget(page)
    bring_up(qtbot, page)
    left: list[int] = []
    page.left.connect(partial(left.append, 1))
    page.passphrase.setText(small.PASSPHRASE)
    page.run()
    qtbot.waitUntil(page.go.isEnabled)
    assert left == []
    QTest.keyClick(page.passphrase, Qt.Key.Key_Escape)
    assert left == [1]
    assert page.passphrase.text() == ""


def test_a_place_that_is_taken_is_refused(page: RestorePage, folder: Path) -> None:
    page._take_file(folder / "x.cmbak")
    page.passphrase.setText("anything")
    page.place_field.say_fault("It is on a network drive.")
    page._on_typed()
    assert not page.go.isEnabled()


def test_the_place_offered_holds_nothing_yet(tmp_path: Path) -> None:
    wanted = tmp_path / "Practice.cmdesk"
    assert place_beside(wanted, small.NOON) == wanted
    wanted.mkdir()
    first = place_beside(wanted, small.NOON)
    assert first.name == "Practice restored 2026-11-22.cmdesk"
    first.mkdir()
    assert place_beside(wanted, small.NOON).name == "Practice restored 2026-11-22 2.cmdesk"
