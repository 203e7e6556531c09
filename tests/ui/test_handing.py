"""File dialogs begin where the last file of the kind was, and leave no trace of it on the disk."""

from collections.abc import Callable, Generator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QSettings, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from cmdesk.ui import handing, locking

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # the offscreen screen
PAPER = "PDF (*.pdf)"


@pytest.fixture
def kept(tmp_path: Path) -> Generator[Path]:
    """Give the folder in which Qt keeps what it keeps for all programs."""
    before = Path(QSettings(QSettings.Scope.UserScope, "QtProject").fileName()).parent
    native, user = QSettings.Format.NativeFormat, QSettings.Scope.UserScope
    QSettings.setPath(native, user, str(tmp_path / "settings"))
    yield tmp_path / "settings"
    QSettings.setPath(native, user, str(before))
    handing.forget_folders()


def answer(code: QDialog.DialogCode, folder: Path, met: list[str]) -> Callable[[], None]:
    def strike() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QFileDialog)
        met.append(dialog.directory().absolutePath())
        dialog.setDirectory(str(folder))
        dialog.selectFile("letter.pdf")
        dialog.done(code)

    return strike


def written(folder: Path) -> str:
    """Let Qt write what it has to, and read it."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return "".join(path.read_text() for path in folder.rglob("*") if path.is_file())


def test_each_kind_of_file_has_a_folder_until_the_lock(
    qtbot: QtBot, kept: Path, tmp_path: Path
) -> None:
    named, over, met = tmp_path / "Brenner", QWidget(), list[str]()
    named.mkdir()
    qtbot.addWidget(over)
    rejected, accepted = QDialog.DialogCode.Rejected, QDialog.DialogCode.Accepted
    for code in (rejected, accepted, rejected):
        QTimer.singleShot(0, answer(code, named, met))
        chosen = handing.choose_save(over, "Where to", "letter.pdf", PAPER)
        assert chosen == (named / "letter.pdf" if code == accepted else None)
    QTimer.singleShot(0, answer(rejected, named, met))
    handing.choose_open(over, "Which", PAPER)
    locking.forget_folders()
    QTimer.singleShot(0, answer(rejected, named, met))
    handing.choose_save(over, "Where to", "letter.pdf", PAPER)
    assert [Path(place) == named for place in met] == [False, False, True, False, False]
    assert "Brenner" not in written(kept)
    handing._visited["Which"] = str(tmp_path / "gone")
    assert handing._begins("Which") == handing._documents()


def test_a_name_is_offered_that_no_file_has(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(handing._visited, "Where to", str(tmp_path))
    assert handing.free_name("Where to", "Update", ".pdf", ".eml") == "Update.pdf"
    (tmp_path / "Update.pdf").touch()
    (tmp_path / "Update 2.eml").touch()
    assert handing.free_name("Where to", "Update", ".pdf", ".eml") == "Update 3.pdf"


def test_the_control_qt_left_alone_writes_the_folder_down(
    qtbot: QtBot, kept: Path, tmp_path: Path
) -> None:
    named = tmp_path / "Brenner"
    named.mkdir()
    dialog = QFileDialog(None, "Which", str(named))
    dialog.deleteLater()
    assert "Brenner" in written(kept)
