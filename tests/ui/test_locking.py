"""Lock with each kind of thing open: nothing stays in sight, nothing stays alive, nothing waits."""

import sys
import threading
from collections.abc import Callable, Generator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFileDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot
from sqlalchemy import Connection

from cmdesk import clock
from cmdesk.app import Program
from cmdesk.casework import clients
from cmdesk.errors import Problem
from cmdesk.exchange import intake, sample
from cmdesk.models import complete
from cmdesk.rules import leak_names, leaks, told
from cmdesk.settings import SettingsFile
from cmdesk.store import keys, vault
from cmdesk.store.header import FLOOR
from cmdesk.ui import handing, locking
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.consent import open_consent
from cmdesk.ui.dialogs.lock_anyway import LockAnyway
from cmdesk.ui.dialogs.log_contact import LogDialog, open_log
from cmdesk.ui.overlay import Scrim
from cmdesk.ui.page import Page, Route
from cmdesk.ui.pages.chart import ChartPage
from cmdesk.ui.problem_bar import ProblemBar
from cmdesk.ui.shell import Shell
from cmdesk.ui.unlock import UnlockPage
from cmdesk.ui.widgets.date_field import DateField
from tests.copies import copied, knowing

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # of every popup
MAYA = "Maya Brenner"
PASSPHRASE = "lantern river oatmeal crooked"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Return the sample practice's vault and its recovery code, which opens it at once."""
    folder = tmp_path_factory.mktemp("locking") / "Practice.cmdesk"
    store, code = vault.create(folder, PASSPHRASE, complete(), clock.system, kdf=FLOOR)
    practice = sample.practice(clock.system().date())
    store.do("Bring in", intake.bring_in, practice, "practice")
    keys.confirm_recovery(folder, store.keys)
    store.close()
    return folder, code


@pytest.fixture
def program(
    qapp: QApplication,
    qtbot: QtBot,
    made: tuple[Path, str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Generator[Program]:
    """Return the program with the sample practice open and Maya's chart in front."""
    for hooks in (sys, threading):  # those of the program go again with it
        monkeypatch.setattr(hooks, "excepthook", hooks.excepthook)
    monkeypatch.setattr(sys, "unraisablehook", sys.unraisablehook)
    folder = copied(made[0], tmp_path / "Practice.cmdesk")
    opened = Program(qapp, SettingsFile(tmp_path / "settings.toml"), folder)
    opened.start()
    opened.window.activateWindow()
    qtbot.waitUntil(opened.window.isActiveWindow)
    reopen(opened, made[1])
    yield opened
    opened.window.close()
    opened.window.deleteLater()


def reopen(program: Program, code: str) -> None:
    """Open the records by their code, and a chart, as after the passphrase."""
    folder = program._door.folder
    store = vault.open_store(folder, keys.unlock(folder, code=code), complete(), clock.system)
    program.open(knowing(store))
    maya = desk_of(program).ask(clients.find, "active", "Maya")[0]
    desk_of(program).go(Route("chart", maya))
    assert chart(program).isVisible()


def focused(program: Program) -> QWidget:
    return QApplication.focusWidget() or program.window


def chart(program: Program) -> ChartPage:
    return program.window.findChildren(ChartPage)[0]


def desk_of(program: Program) -> Desk:
    assert program.desk is not None
    return program.desk


def client_of(program: Program) -> int:
    assert program.window.shell is not None
    client = program.window.shell.route.record
    assert client is not None
    return client


def words_in_sight() -> str:
    """Return every word in any window of this program that is shown."""
    kinds = (QLabel, QLineEdit)
    shown = [
        each.text()
        for window in QApplication.topLevelWidgets()
        for kind in kinds
        for each in window.findChildren(kind)
        if each.isVisible()
    ]
    titles = [each.windowTitle() for each in QApplication.topLevelWidgets() if each.isVisible()]
    return "\n".join([*shown, *titles])


def assert_locked(program: Program, qtbot: QtBot) -> None:
    """Look at all there is: the door, and nothing else, seen or unseen."""
    assert program.desk is None
    assert QApplication.activePopupWidget() is None
    assert QApplication.activeModalWidget() is None
    shown = [each for each in QApplication.topLevelWidgets() if each.isVisible()]
    assert shown == [program.window]
    assert any(each.isVisible() for each in program.window.findChildren(UnlockPage))
    assert "Brenner" not in words_in_sight()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    for kind in (Shell, Page, Scrim, QMenu, QPlainTextEdit, LogDialog):
        alive = [each for each in program.window.findChildren(kind) if each is not menu_bar(each)]
        assert alive == [], kind
    assert (program._door.folder / "lock").read_bytes() == b""


def menu_bar(widget: QWidget) -> QWidget | None:
    """Return the widget if it is a part of the bar of menus, which names nobody."""
    return widget if isinstance(widget, QMenu) and not widget.actions() else None


def log(program: Program) -> None:
    open_log(desk_of(program), program.window, client_of(program))
    program.window.findChildren(LogDialog)[0].narrative.setFocus()
    QTest.keyClicks(focused(program), "She slept.")


def consent(program: Program) -> None:
    open_consent(desk_of(program), program.window, client_of(program))


def composer(program: Program) -> None:
    desk_of(program).go(Route("composer", client_of(program)))


def settings(program: Program) -> None:
    desk_of(program).go(Route("settings"))


def menu(program: Program) -> None:
    program.window.findChildren(ChartPage)[0].head.open_menu()
    assert isinstance(QApplication.activePopupWidget(), QMenu)


def calendar(program: Program) -> None:
    log(program)
    program.window.findChildren(LogDialog)[0].findChildren(DateField)[0].open_calendar()
    assert QApplication.activePopupWidget() is not None


def names(program: Program) -> None:
    dialog = open_log(desk_of(program), program.window, None)
    assert isinstance(dialog, LogDialog)
    dialog.parts.fold(away=False)
    program.window.activateWindow()
    QApplication.processEvents()  # the fields are laid out before one of them takes the keyboard
    dialog.contact.client.edit.setFocus()
    QTest.keyClicks(focused(program), "Ma")
    assert QApplication.activePopupWidget() is not None


def bug(program: Program) -> None:
    program.window.show_bug("an account")
    program.window.show_toast(f"Signed for {MAYA}", None)


def problem(program: Program) -> None:
    program.window.show_problem(Problem(f"{MAYA} can’t be saved."))


KINDS = [log, consent, composer, settings, menu, calendar, names, bug, problem]


@pytest.mark.parametrize("open_one", KINDS, ids=lambda kind: kind.__name__)
def test_whatever_is_open_it_locks(
    program: Program, qtbot: QtBot, open_one: Callable[[Program], None]
) -> None:
    assert "Brenner" in words_in_sight()  # the control: this is what must go
    open_one(program)
    program.lock()
    assert_locked(program, qtbot)


@pytest.mark.parametrize("open_one", [log, menu, calendar, names], ids=lambda kind: kind.__name__)
def test_wherever_the_keyboard_is_its_keys_lock(
    program: Program, qtbot: QtBot, open_one: Callable[[Program], None]
) -> None:
    open_one(program)
    press_lock(program)
    qtbot.waitUntil(lambda: program.desk is None)
    assert_locked(program, qtbot)


def press_lock(program: Program) -> None:
    """Press Ctrl+Shift+L where keys go: to a menu or list that is open, else to the focus."""
    there = QApplication.activePopupWidget() or QApplication.activeModalWidget()
    held = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(there or focused(program), Qt.Key.Key_L, held)


def files_of_page(program: Program) -> Path | None:
    return handing.choose_save(chart(program), "Where to", "Update.pdf")


def files_of_window(program: Program) -> Path | None:
    return handing.choose_open(program.window, "Bring in a file")


def folders_of_page(program: Program) -> Path | None:
    return handing.choose_folder(chart(program), "A folder")


def printer(program: Program) -> Path | None:
    return Path("printed") if handing.print_pdf(chart(program), b"%PDF-1.4") else None


@pytest.mark.parametrize(
    ("ask", "by"),
    [
        (files_of_page, "itself"),
        (files_of_window, "keys"),
        (folders_of_page, "itself"),
        (printer, "itself"),
        (printer, "keys"),
    ],
)
def test_a_dialog_with_a_loop_of_its_own_ends(
    program: Program, qtbot: QtBot, ask: Callable[[Program], Path | None], by: str
) -> None:
    met: list[str] = []

    def strike() -> None:
        met.append(type(QApplication.activeModalWidget()).__name__)
        if by == "itself":
            program.lock()
        else:
            press_lock(program)

    QTimer.singleShot(50, strike)
    assert ask(program) is None
    assert met[0] in ("QFileDialog", "QPrintDialog")
    assert_locked(program, qtbot)


def test_a_question_over_a_file_dialog_goes_too(program: Program, qtbot: QtBot) -> None:
    (program._door.folder.parent / "there.pdf").write_bytes(b"old")

    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QFileDialog)
        dialog.setDirectory(str(program._door.folder.parent))
        dialog.selectFile("there.pdf")
        QTimer.singleShot(50, program.lock)  # while it asks whether to write over the old one
        dialog.accept()

    QTimer.singleShot(0, answer)
    assert handing.choose_save(chart(program), "Where to", "there.pdf") is None
    assert_locked(program, qtbot)


def test_a_file_can_still_be_chosen(program: Program, qtbot: QtBot) -> None:
    there = program._door.folder.parent / "there.pdf"

    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QFileDialog)
        dialog.setDirectory(str(there.parent))
        dialog.selectFile(there.name)
        dialog.accept()

    QTimer.singleShot(0, answer)
    assert handing.choose_save(chart(program), "Where to", "other.pdf") == there
    QTimer.singleShot(0, lambda: dialog_now().reject())
    assert handing.choose_open(chart(program), "Which") is None


def dialog_now() -> QDialog:
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, QDialog)
    return dialog


def test_a_long_write_goes_on_behind_the_lock(
    program: Program, qtbot: QtBot, made: tuple[Path, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locking, "BRIEF", 0.02)
    begun, hold = threading.Event(), threading.Event()

    def slow(_session: object) -> None:
        begun.set()
        assert hold.wait(10)

    desk_of(program).do(program.window, "Bring in", slow)
    assert begun.wait(10)
    program.lock()
    assert any(each.isVisible() for each in program.window.findChildren(UnlockPage))
    assert "Brenner" not in words_in_sight()
    closing = program._door.closing
    assert closing is not None
    assert not closing.wait(0)
    assert (program._door.folder / "lock").read_bytes() != b""  # still being written
    with qtbot.waitSignal(closing.over):
        hold.set()
    assert closing.untold == []
    assert_locked(program, qtbot)
    reopen(program, made[1])


@pytest.mark.parametrize("by", ["itself", "keys", "hand"])
def test_words_that_can_not_be_kept_are_spoken_of_before_a_lock_by_hand_alone(
    program: Program, qtbot: QtBot, by: str
) -> None:
    log(program)
    dialog = program.window.findChildren(LogDialog)[0]
    filled: list[None] = []
    full = desk_of(program).handle(dialog, lambda store: store.maintain([], fill_disk))
    full.then(filled.append)  # on the worker that writes, whose connection it is
    qtbot.waitUntil(lambda: filled == [None])
    dialog.narrative.set_text("She called about the ride home. " * 10_000)
    dialog.keeper.touch()
    dialog.keeper.keep_now()
    qtbot.waitUntil(lambda: dialog.keeper.stuck)
    program.window.lock_asked.emit()
    question = program.window.findChildren(LockAnyway)[0]
    assert "the disk is full" in words_in_sight()
    if by == "hand":
        question.lock.click()
        qtbot.waitUntil(lambda: program.desk is None)
    elif by == "keys":
        press_lock(program)
        qtbot.waitUntil(lambda: program.desk is None)
    else:
        program._idle.due.emit()
    assert_locked(program, qtbot)
    problem = program.window.findChildren(ProblemBar)[0]
    qtbot.waitUntil(problem.isVisible)  # said again, behind the lock


def fill_disk(connection: Connection) -> None:
    """Let the records grow no more."""
    pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")


def test_a_draft_that_can_not_be_kept_stops_nothing_and_is_told(
    program: Program, qtbot: QtBot
) -> None:
    page = chart(program)

    def fail(_session: object) -> None:
        raise Problem("The disk is full.", "Make room.")

    def keep() -> None:
        desk_of(program).do(page, "Keep draft", fail)

    desk_of(program).closing.connect(keep)
    program.lock()
    bar = program.window.findChildren(ProblemBar)[0]
    qtbot.waitUntil(bar.isVisible)
    assert "disk is full" in bar.accessibleName()
    assert_locked(program, qtbot)


def test_locked_twice_is_locked_once(program: Program, qtbot: QtBot) -> None:
    program.lock()
    first = program._door.closing
    program.lock()
    assert program._door.closing is first
    assert_locked(program, qtbot)


def test_a_key_that_is_not_the_chord_locks_nothing(program: Program, qtbot: QtBot) -> None:
    page = chart(program)
    QTest.keyClick(focused(program), Qt.Key.Key_L, Qt.KeyboardModifier.ShiftModifier)
    QTest.mouseMove(page, QPoint(5, 5))
    QCoreApplication.processEvents()
    assert program.desk is not None


def test_the_names_a_letter_was_checked_for_are_forgotten() -> None:
    leaks.index(leaks.Held("Diane", people=[(leaks.Named("David", "Brenner"), "")]))
    kept = leak_names._folded, leak_names._alone, leak_names._others
    assert all(each.cache_info().currsize for each in kept)
    locking.forget_shapes()
    assert not any(each.cache_info().currsize for each in kept)


def test_the_sentences_of_a_letter_are_forgotten() -> None:
    day = date(2026, 3, 2)
    told.Ledger([], day, day, ("Maya",)).remarks([told.Said("headline", "She slept.")], day)
    assert told._kept_claims.cache_info().currsize
    locking.forget_shapes()
    assert not told._kept_claims.cache_info().currsize
