"""The program through its states: first run, door, open, locked; only the edges are stand-ins."""

import shutil
import sys
import threading
from collections.abc import Callable, Generator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from cmdesk import clock, settings
from cmdesk.app import Program
from cmdesk.casework import drafts
from cmdesk.exchange import intake, sample
from cmdesk.models import complete
from cmdesk.settings import SettingsFile
from cmdesk.store import backup, keys, vault
from cmdesk.store.calibration import PREFERRED
from cmdesk.ui import handing, look
from cmdesk.ui.dialogs.log_contact import LogDialog
from cmdesk.ui.dialogs.task import TaskDialog
from cmdesk.ui.door_page import Choices
from cmdesk.ui.first_run import FirstRun
from cmdesk.ui.problem_bar import ProblemBar
from cmdesk.ui.restoring import RestorePage
from cmdesk.ui.settings.appearance import AppearanceSection
from cmdesk.ui.tokens import LIGHT, LIGHT_CONTRAST
from cmdesk.ui.unlock import UnlockPage
from tests import once
from tests.bench.floor import overheard
from tests.store import small

PASSPHRASE = "lantern river oatmeal crooked"
SECONDS = 20_000  # in ms: keys are stretched for real, and test machines are slow


class Now:
    """The clock's edge: stands still until it is moved."""

    def __init__(self) -> None:
        self.time = datetime(2026, 3, 9, 14, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> Now:
    made = Now()
    monkeypatch.setattr(clock, "system", made)
    return made


@pytest.fixture(autouse=True)
def each_once(monkeypatch: pytest.MonkeyPatch) -> None:
    once.work_out_once(monkeypatch)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("app") / "Practice.cmdesk"
    store, _ = vault.create(folder, PASSPHRASE, complete(), Now(), kdf=PREFERRED)
    store.do("Bring in", intake.bring_in, sample.practice(Now().time.date()), "practice")
    keys.confirm_recovery(folder, store.keys)
    store.close()
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "Practice.cmdesk"))


Start = Callable[[Path], Program]


@pytest.fixture
def start(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, now: Now, monkeypatch: pytest.MonkeyPatch
) -> Generator[Start]:
    for hooks in (sys, threading):  # those of the program go again with it
        monkeypatch.setattr(hooks, "excepthook", hooks.excepthook)
    monkeypatch.setattr(sys, "unraisablehook", sys.unraisablehook)
    running: list[Program] = []

    def begin(folder: Path) -> Program:
        program = Program(qapp, SettingsFile(tmp_path / "settings.toml"), folder)
        running.append(program)
        program.start()
        program.window.activateWindow()
        qtbot.waitUntil(program.window.isActiveWindow)
        return program

    yield begin
    for program in running:
        program.window.close()
        program.window.deleteLater()


def door(program: Program) -> UnlockPage:
    return next(page for page in program.window.findChildren(UnlockPage) if page.isVisible())


def bar(program: Program) -> ProblemBar:
    return program.window.findChildren(ProblemBar)[0]


def focused() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def type_in(qtbot: QtBot, text: str) -> None:
    """Type where the keyboard is."""
    QTest.keyClicks(focused(), text)


def answering(chosen: Path) -> Callable[..., Path]:
    """Stand in for a file dialog in which this was chosen."""

    def choose(*_given: object) -> Path:
        return chosen

    return choose


def press(qtbot: QtBot, key: Qt.Key, *, ctrl: bool = False, shift: bool = False) -> None:
    held = Qt.KeyboardModifier.ControlModifier if ctrl else Qt.KeyboardModifier.NoModifier
    if shift:
        held |= Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(focused(), key, held)


def tab_to(qtbot: QtBot, widget: QWidget) -> None:
    for _ in range(40):
        if QApplication.focusWidget() is widget:
            return
        press(qtbot, Qt.Key.Key_Tab)
    pytest.fail(f"Tab does not lead to {widget.accessibleName()}")


def unlock(qtbot: QtBot, program: Program, passphrase: str = PASSPHRASE) -> None:
    door(program)
    type_in(qtbot, passphrase)
    press(qtbot, Qt.Key.Key_Return)


def open_up(qtbot: QtBot, program: Program) -> None:
    unlock(qtbot, program)
    qtbot.waitUntil(lambda: program.desk is not None, timeout=SECONDS)


def open_first_chart(qtbot: QtBot) -> None:
    press(qtbot, Qt.Key.Key_2, ctrl=True)
    press(qtbot, Qt.Key.Key_Return)


def in_sight(program: Program) -> str:
    """Return every word that stands in the window."""
    labels = [each.text() for each in program.window.findChildren(QLabel) if each.isVisible()]
    edits = [each.text() for each in program.window.findChildren(QLineEdit) if each.isVisible()]
    return "\n".join([*labels, *edits, program.window.windowTitle()])


def test_it_opens_locks_and_opens_again(qtbot: QtBot, start: Start, folder: Path) -> None:
    program = start(folder)
    open_up(qtbot, program)
    open_first_chart(qtbot)
    assert "Maya Brenner" in in_sight(program)
    program.lock()
    assert program.desk is None
    assert door(program).isVisible()
    told = in_sight(program)  # neither a client nor the practice nor the file (DESIGN 8)
    assert [name for name in ("Brenner", "Whitlock", folder.stem) if name in told] == []
    assert program.window.windowTitle() == "cmdesk"
    assert (folder / "lock").read_bytes() == b""
    open_up(qtbot, program)
    assert "Maya Brenner" in in_sight(program)


def test_what_is_painted_asks_the_records_nothing(qtbot: QtBot, start: Start, folder: Path) -> None:
    """Else a window would stand still, row after row, while a slow disk takes in a save."""
    program = start(folder)
    open_up(qtbot, program)
    open_first_chart(qtbot)
    program.window.grab()  # reads the rows in view
    assert program._store is not None
    assert overheard(program._store._reader, program.window.grab) == []


class Eye(QObject):
    """Sees every window that is shown."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: set[str] = set()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        shown = event.type() == QEvent.Type.Show
        if shown and isinstance(watched, QWidget) and watched.isWindow():
            self.seen.add(type(watched).__name__)
        return False


class Dressed(QObject):
    """Sees the colours in force whenever anything is painted."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.Paint:
            self.seen.append(look.tokens().name)
        return False


def test_more_contrast_is_there_from_the_first_paint_on(
    qtbot: QtBot, start: Start, folder: Path, tmp_path: Path, qapp: QApplication
) -> None:
    kept = tmp_path / "settings.toml"
    kept.write_text('contrast = "more"')
    eye = Dressed()
    qapp.installEventFilter(eye)
    program = start(folder)
    qtbot.waitUntil(lambda: bool(eye.seen))
    qapp.removeEventFilter(eye)
    assert set(eye.seen) == {LIGHT_CONTRAST.name}
    open_up(qtbot, program)
    press(qtbot, Qt.Key.Key_Comma, ctrl=True)
    (appearance,) = program.window.findChildren(AppearanceSection)
    assert appearance.contrast.value == "more"
    appearance.contrast.choose("system")
    appearance.contrast.chosen.emit("system")
    assert look.tokens() is LIGHT
    assert settings.load(kept).contrast == "system"


def test_no_other_window_flashes_up(
    qtbot: QtBot, start: Start, folder: Path, qapp: QApplication
) -> None:
    program = start(folder)
    eye = Eye()
    qapp.installEventFilter(eye)
    open_up(qtbot, program)
    press(qtbot, Qt.Key.Key_Return)
    press(qtbot, Qt.Key.Key_L, ctrl=True)
    press(qtbot, Qt.Key.Key_Escape)
    for page in (Qt.Key.Key_3, Qt.Key.Key_2, Qt.Key.Key_Comma):
        press(qtbot, page, ctrl=True)
    program.lock()
    qapp.removeEventFilter(eye)
    assert eye.seen == set()


def test_it_locks_by_itself_when_nobody_is_there(
    qtbot: QtBot, start: Start, folder: Path, now: Now
) -> None:
    program = start(folder)
    open_up(qtbot, program)
    now.time += timedelta(minutes=9, seconds=50)
    program._idle._ticked = now.time  # the computer was awake all the while
    program._idle.tick()
    assert program.desk is not None
    now.time += timedelta(seconds=20)
    program._idle.tick()
    assert program.desk is None
    assert door(program).isVisible()


def test_what_was_typed_when_it_locked_is_there_again(
    qtbot: QtBot, start: Start, folder: Path
) -> None:
    program = start(folder)
    open_up(qtbot, program)
    press(qtbot, Qt.Key.Key_L, ctrl=True)
    dialog = program.window.findChildren(LogDialog)[0]
    dialog.narrative.setFocus()
    type_in(qtbot, "She slept through the night.")
    program.lock()
    qtbot.waitUntil(lambda: not program.window.findChildren(LogDialog))
    open_up(qtbot, program)
    again = program.window.findChildren(LogDialog)[0]
    assert again.isVisible()
    assert again.narrative.text() == "She slept through the night."
    assert focused() is again.narrative or again.narrative.isAncestorOf(focused())
    assert program.desk is not None
    assert program.desk.ask(drafts.find, again.keeper.key) is not None


def test_it_stands_where_it_stood_when_it_locked(qtbot: QtBot, start: Start, folder: Path) -> None:
    program = start(folder)
    open_up(qtbot, program)
    open_first_chart(qtbot)
    assert program.window.windowTitle().startswith("Chart")
    assert program.window.shell is not None
    route = program.window.shell.route
    program.lock()
    open_up(qtbot, program)
    assert program.window.shell.route == route
    assert program.window.windowTitle().startswith("Chart")


def test_a_recovery_code_that_is_owed_is_told(qtbot: QtBot, start: Start, folder: Path) -> None:
    small.replace_recovery(folder, keys.unlock(folder, PASSPHRASE))
    program = start(folder)
    open_up(qtbot, program)
    assert bar(program).isVisible()
    assert "recovery" in bar(program).accessibleName()


def test_another_file_can_be_opened(
    qtbot: QtBot, start: Start, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Path(shutil.copytree(folder, tmp_path / "Other.cmdesk"))
    (folder / "records.db").unlink()
    monkeypatch.setattr(handing, "choose_folder", answering(other))
    program = start(folder)
    door(program)._on_another()
    open_up(qtbot, program)
    assert (other / "lock").read_bytes() != b""
    assert program._settings.now.recent_vaults[0] == str(other)


def choices(program: Program) -> Choices:
    return next(page for page in program.window.findChildren(Choices) if page.isVisible())


def test_damaged_records_offer_the_newest_backup(
    qtbot: QtBot, start: Start, folder: Path, tmp_path: Path
) -> None:
    store = vault.unlock_and_open(folder, complete(), Now(), passphrase=PASSPHRASE)
    made = backup.make(store, folder / "backups")
    store.close()
    records = folder / "records.db"
    damaged = bytes(16) + records.read_bytes()[16:]
    records.write_bytes(damaged)
    program = start(folder)
    unlock(qtbot, program)
    qtbot.waitUntil(lambda: bool(program.window.findChildren(Choices)), timeout=SECONDS)
    assert "The newest backup is from today at" in in_sight(program)
    assert "They were last written" in in_sight(program)
    assert program.desk is None
    choices(program).buttons[0].click()
    page = program.window.findChildren(RestorePage)[-1]
    assert page.file == made.file
    page.passphrase.setFocus()
    type_in(qtbot, PASSPHRASE)
    press(qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: program.desk is not None, timeout=SECONDS)
    assert program.desk
    assert program.desk.folder == tmp_path / "Practice restored 2026-03-09.cmdesk"
    assert records.read_bytes() == damaged


def test_a_damaged_header_is_told_at_the_door(qtbot: QtBot, start: Start, folder: Path) -> None:
    for name in ("header.json", "header.json.bak"):
        (folder / name).write_text("{")
    program = start(folder)
    unlock(qtbot, program)
    qtbot.waitUntil(lambda: "header" in in_sight(program), timeout=SECONDS)
    assert program.desk is None


def test_a_vault_open_elsewhere_says_so(qtbot: QtBot, start: Start, folder: Path) -> None:
    other = vault.unlock_and_open(folder, complete(), Now(), passphrase=PASSPHRASE)
    program = start(folder)
    unlock(qtbot, program)
    qtbot.waitUntil(bar(program).isVisible, timeout=SECONDS)
    assert "another window" in bar(program).accessibleName()
    assert program.desk is None
    other.close()
    open_up(qtbot, program)


def test_quitting_lets_go_of_the_vault(qtbot: QtBot, start: Start, folder: Path) -> None:
    program = start(folder)
    open_up(qtbot, program)
    assert (folder / "lock").read_bytes() != b""
    press(qtbot, Qt.Key.Key_Q, ctrl=True)
    assert not program.window.isVisible()
    assert (folder / "lock").read_bytes() == b""
    vault.unlock_and_open(folder, complete(), Now(), passphrase=PASSPHRASE).close()


def test_quitting_at_the_door(qtbot: QtBot, start: Start, folder: Path) -> None:
    program = start(folder)
    press(qtbot, Qt.Key.Key_Q, ctrl=True)
    assert not program.window.isVisible()


def test_a_first_run_by_keyboard_alone(
    qtbot: QtBot, start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet = tmp_path / "sheet.pdf"
    monkeypatch.setattr(handing, "choose_save", answering(sheet))
    folder = tmp_path / "new" / "Practice.cmdesk"
    program = start(folder)
    page = program.window.findChildren(FirstRun)[0]
    tab_to(qtbot, page.place.go)
    press(qtbot, Qt.Key.Key_Space)
    type_in(qtbot, PASSPHRASE)
    tab_to(qtbot, page.passphrase.new.second)
    type_in(qtbot, PASSPHRASE)
    press(qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.step == 2, timeout=SECONDS)
    tab_to(qtbot, page.sheet.save_button)
    press(qtbot, Qt.Key.Key_Space)
    qtbot.waitUntil(page.sheet.back_part.isVisible, timeout=SECONDS)
    assert sheet.read_bytes().startswith(b"%PDF")
    assert sheet.stat().st_mode & 0o077 == 0
    tab_to(qtbot, page.sheet.show_button)
    press(qtbot, Qt.Key.Key_Space)
    code = next(each.text() for each in page.sheet.shown.findChildren(QLabel) if each.text())
    groups = code.split("-")
    for _, edit in page.sheet._asked:
        tab_to(qtbot, edit)
        number = int(edit.accessibleName().split()[-1])
        type_in(qtbot, groups[number - 1].lower())
    press(qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.step == 3, timeout=SECONDS)
    assert not keys.recovery_owed(folder)
    tab_to(qtbot, page.backup.go)
    press(qtbot, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: program.desk is not None, timeout=SECONDS)
    assert program.window.windowTitle() == "Today – cmdesk"
    assert not bar(program).isVisible()
    program.window.close()
    vault.unlock_and_open(folder, complete(), Now(), code=code).close()


def test_a_first_run_locks_too_once_there_are_records(
    qtbot: QtBot, start: Start, tmp_path: Path
) -> None:
    folder = tmp_path / "new" / "Practice.cmdesk"
    program = start(folder)
    program.lock()  # there is nothing yet
    page = program.window.findChildren(FirstRun)[0]
    tab_to(qtbot, page.place.go)
    press(qtbot, Qt.Key.Key_Space)
    type_in(qtbot, PASSPHRASE)
    tab_to(qtbot, page.passphrase.new.second)
    type_in(qtbot, PASSPHRASE)
    press(qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.step == 2, timeout=SECONDS)
    program.lock()
    assert door(program).isVisible()
    qtbot.waitUntil(lambda: not program.window.findChildren(FirstRun))
    open_up(qtbot, program)
    assert "recovery" in bar(program).accessibleName()  # still owed, and said


def test_what_stood_over_the_page_is_back_with_its_draft(
    qtbot: QtBot, start: Start, folder: Path
) -> None:
    program = start(folder)
    open_up(qtbot, program)
    open_first_chart(qtbot)
    press(qtbot, Qt.Key.Key_T, ctrl=True, shift=True)
    type_in(qtbot, "Ask for the records")
    program.lock()
    assert "Ask for" not in in_sight(program)
    open_up(qtbot, program)
    qtbot.waitUntil(lambda: "Ask for the records" in in_sight(program), timeout=SECONDS)
    assert any(each.isVisible() for each in program.window.findChildren(TaskDialog))
