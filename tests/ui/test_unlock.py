import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cmdesk.errors import Damaged, Problem
from cmdesk.store import keys
from cmdesk.store.keys import Keys
from cmdesk.ui.forgot import ForgotPage
from cmdesk.ui.tasks import Tasks
from cmdesk.ui.theme import Theme
from cmdesk.ui.unlock import Doors, UnlockPage, greeting, wait_after
from cmdesk.ui.widgets.label import Label
from cmdesk.words import Words
from tests.store import small
from tests.ui.conftest import bring_up

Open = Callable[..., UnlockPage]
NEW = "copper window slow giraffe"


@pytest.fixture
def prepared() -> list[int]:
    return []


@pytest.fixture
def drawer() -> list[Callable[[], Keys]]:
    """What the keychain does when it is asked; empty, there is none."""
    return []


@pytest.fixture
def door(
    folder: Path,
    tasks: Tasks,
    words: Words,
    qtbot: QtBot,
    dress: Theme,
    prepared: list[int],
    drawer: list[Callable[[], Keys]],
) -> Open:
    def unlock_with_code(folder: Path, code: str) -> Keys:
        return keys.unlock(folder, code=code)

    def open_page(*, locked: bool = False, draft: bool = False, hand: Tasks = tasks) -> UnlockPage:
        doors = Doors(
            keys.unlock,
            unlock_with_code,
            keys.set_passphrase,
            lambda: prepared.append(1),
            lambda: folder / "other",
            lambda _: bool(drawer),
            lambda _: drawer[0](),
            lambda _: small.NOON - timedelta(hours=12),
        )
        page = UnlockPage(folder, doors, hand, words, now=small.NOON, locked=locked, draft=draft)
        qtbot.addWidget(page)
        bring_up(qtbot, page)
        return page

    return open_page


def words_on(page: UnlockPage) -> str:
    return " ".join(label.text() for label in page.findChildren(Label) if label.isVisible())


def test_typing_and_enter_open_the_records(door: Open, qtbot: QtBot) -> None:
    page = door()
    assert QApplication.focusWidget() is page.field
    QTest.keyClicks(page.field, small.PASSPHRASE)
    opened: list[object] = []
    page.opened.connect(opened.append)
    QTest.keyClick(page.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(opened))
    assert isinstance(opened[0], Keys)
    assert page.field.text() == ""


def test_a_wrong_one_is_said_and_waits(door: Open, qtbot: QtBot) -> None:
    page = door()
    refused: list[int] = []
    page.refused.connect(refused.append)
    QTest.keyClicks(page.field, "not this one at all")
    QTest.keyClick(page.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: refused == [1])
    assert page.remark.text == "That is not the passphrase. Try again in 1 second."
    assert not page.button.isEnabled()
    assert QApplication.focusWidget() is page.field
    QTest.keyClick(page.field, Qt.Key.Key_Return)
    assert refused == [1]
    page._on_second_passed()
    assert page.button.isEnabled()
    QTest.keyClick(page.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: refused == [1, 2])
    assert page.remark.text.endswith("Try again in 2 seconds.")


def test_waits_grow_to_half_a_minute() -> None:
    assert [wait_after(tries) for tries in range(9)] == [0, 1, 2, 4, 8, 16, 30, 30, 30]


def test_a_damaged_file_is_no_wrong_passphrase(door: Open, folder: Path, qtbot: QtBot) -> None:
    page = door()
    for copy in folder.glob("header.json*"):
        copy.write_text("{")
    stuck: list[object] = []
    page.stuck.connect(stuck.append)
    page.field.setText(small.PASSPHRASE)
    page.open_records()
    qtbot.waitUntil(lambda: bool(stuck))
    assert isinstance(stuck[0], Damaged)
    assert page.remark.text == ""
    assert page._tries == 0


def test_the_last_backup_is_a_fact_at_the_foot(door: Open, qtbot: QtBot) -> None:
    page = door()
    qtbot.waitUntil(lambda: "Backed up" in words_on(page))
    assert not page.keychain.isVisible()


def test_the_keychain_opens_or_steps_back(
    door: Open, folder: Path, drawer: list[Callable[[], Keys]], qtbot: QtBot
) -> None:
    def silent() -> Keys:
        raise Problem("This computer’s keychain did not answer.")

    drawer.append(silent)
    page = door()
    qtbot.waitUntil(page.keychain.isVisible)
    page.keychain.click()
    qtbot.waitUntil(page._trouble.isVisible)
    assert "Use your passphrase" in words_on(page)
    assert page.field.hasFocus()
    drawer[0] = lambda: keys.unlock(folder, small.PASSPHRASE)
    with qtbot.waitSignal(page.opened):
        page.keychain.click()


def test_what_goes_on_behind_the_lock_is_said(door: Open) -> None:
    page = door(locked=True)
    page.say_behind("Backing up.")
    assert words_on(page).endswith("Backing up.")
    page.say_behind()
    assert not words_on(page).endswith("Backing up.")


def test_the_rest_is_loaded_while_one_types(door: Open, qtbot: QtBot, prepared: list[int]) -> None:
    page = door()
    qtbot.waitUntil(lambda: prepared == [1])
    assert page.isVisible()


def test_locked_shows_nothing_of_whose_it_is(door: Open) -> None:
    assert words_on(door(locked=True)) == "Locked It opens where you were."
    page = door(locked=True, draft=True)
    assert words_on(page) == "Locked Your draft is safe. It opens where you were."
    assert QApplication.focusWidget() is page.field


def test_the_window_stays_alive_while_the_key_is_stretched(
    door: Open, words: Words, qtbot: QtBot
) -> None:
    real = Tasks(ThreadPoolExecutor(1), print)
    page = door(hand=real)
    page.field.setText(small.PASSPHRASE)
    with qtbot.waitSignal(page.opened):
        page.open_records()
        assert page.button.text() == "Opening your records"
        assert page.field.isReadOnly()
    locked = door(hand=real, locked=True)
    locked.field.setText(small.PASSPHRASE)
    with qtbot.waitSignal(locked.opened):
        locked.open_records()
        assert words_on(locked).endswith("Opening your records")
    real.close()


def test_another_file(door: Open, qtbot: QtBot, folder: Path) -> None:
    page = door()
    another: list[Path] = []
    page.another.connect(another.append)
    page._on_another()
    assert another == [folder / "other"]


@pytest.fixture
def code(folder: Path) -> str:
    held = keys.unlock(folder, small.PASSPHRASE)
    return small.replace_recovery(folder, held)


def test_the_recovery_code_leads_to_a_new_passphrase(
    door: Open, code: str, folder: Path, qtbot: QtBot
) -> None:
    page = door()
    page.show_forgot()
    forgot = page.findChild(ForgotPage)
    assert forgot is not None
    QTest.keyClicks(forgot.code, code.lower().replace("-", " "))
    QTest.keyClick(forgot.code, Qt.Key.Key_Return)
    qtbot.waitUntil(forgot.new.isVisible)
    forgot.new.first.setText(NEW)
    assert not forgot.keep.isEnabled()
    forgot.new.second.setText(NEW)
    with qtbot.waitSignal(page.opened, timeout=20_000):
        forgot.keep.click()
    keys.unlock(folder, NEW)


def test_a_code_with_a_typing_mistake_is_said(door: Open, code: str, qtbot: QtBot) -> None:
    page = door()
    page.show_forgot()
    forgot = page.findChild(ForgotPage)
    assert forgot is not None
    forgot.code.setText(code[:-1])
    forgot.try_code()
    qtbot.waitUntil(lambda: bool(forgot.code_field.fault))
    assert "35 letters" in forgot.code_field.fault
    qtbot.waitUntil(lambda: forgot.code.height() >= forgot.code.sizeHint().height())
    assert forgot.code.geometry().bottom() < forgot.code_field.remark.geometry().top()
    QTest.keyClick(forgot.code, Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is page.field


def test_greetings_follow_the_day() -> None:
    said = [greeting(hour, Words()) for hour in (4, 11, 12, 17, 18, 3)]
    assert said == ["Good morning"] * 2 + ["Good afternoon"] * 2 + ["Good evening"] * 2


HEAVY = {
    *("sqlalchemy", "sqlcipher3", "alembic", "reportlab", "keyring", "pikepdf", "uharfbuzz"),
    *("jsonschema", "vobject"),
}


@pytest.mark.parametrize("module", ["cmdesk.ui.unlock", "cmdesk.ui.first_run", "cmdesk.ui.window"])
def test_nothing_heavy_is_loaded_before_the_passphrase(module: str) -> None:
    asked = f"import sys, {module}; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, text=True, check=True
    ).stdout.split()
    heavy = [name for name in loaded if name.partition(".")[0] in HEAVY]
    ours = [name for name in loaded if name.startswith(("cmdesk.casework", "cmdesk.models"))]
    assert (heavy, ours) == ([], [])
    assert "PySide6.QtPdf" not in loaded
    assert "PySide6.QtNetwork" not in loaded
