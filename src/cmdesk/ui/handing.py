"""The edges to the system: file dialogs, the printer, and files written for the owner alone."""

import os
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget
from shiboken6 import isValid

from cmdesk.errors import Problem
from cmdesk.ui import outbox

DOTS_PER_INCH = 300
POINTS_PER_INCH = 72
# Where each kind of file, by what was asked for, was last chosen. A folder may bear a client's
# name, so that this is written nowhere and goes with the lock.
_visited: dict[str, str] = {}


def choose_folder(parent: QWidget, title: str) -> Path | None:
    """Ask for a folder; None when the user changed their mind, or the records were locked."""
    dialog = QFileDialog(parent, title, _begins(title))
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    return _chosen(dialog, title)


def choose_open(parent: QWidget, title: str, kinds: str = "") -> Path | None:
    """Ask for a file to read, `kinds` as Qt writes them: "Tables (*.csv)"."""
    dialog = QFileDialog(parent, title, _begins(title), kinds)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    return _chosen(dialog, title)


def choose_files(parent: QWidget, title: str, kinds: str = "") -> list[Path]:
    """Ask for files to read; none when the user changed their mind, or the records were locked."""
    dialog = QFileDialog(parent, title, _begins(title), kinds)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    return _all_chosen(dialog, title)


def choose_save(parent: QWidget, title: str, name: str, kinds: str = "") -> Path | None:
    """Ask where to write, offering a name."""
    dialog = QFileDialog(parent, title, _begins(title), kinds)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.selectFile(name)
    return _chosen(dialog, title)


def free_name(title: str, stem: str, *kinds: str) -> str:
    """Give a name of the first of `kinds` that no file has where `choose_save` begins.

    A name is free if none of the kinds, each with its dot, is there already.
    """
    folder, name, number = Path(_begins(title)), stem, 1
    while any((folder / (name + kind)).exists() for kind in kinds):
        number += 1
        name = f"{stem} {number}"
    return name + kinds[0]


def forget_folders() -> None:
    """Forget where files were chosen: the records are being locked. E-mail drafts go with them."""
    _visited.clear()
    outbox.empty()


def mail_place(name: str) -> Path:
    """Give a place for an e-mail draft, which is gone with the next lock."""
    return outbox.place(name)


def _begins(kind: str) -> str:
    """Give the folder a dialog starts in: that of the last file of its kind, if it is there yet."""
    last = _visited.get(kind, "")
    return last if last and Path(last).is_dir() else _documents()


def _documents() -> str:
    """Give the user's documents, or the home folder."""
    places = QStandardPaths.StandardLocation
    documents = QStandardPaths.writableLocation(places.DocumentsLocation)
    return documents if Path(documents).is_dir() else str(Path.home())


def _chosen(dialog: QFileDialog, kind: str) -> Path | None:
    files = _all_chosen(dialog, kind)
    return files[0] if files else None


def _all_chosen(dialog: QFileDialog, kind: str) -> list[Path]:
    """Run a file dialog. A lock rejects it and may take the widget it stands over with it."""
    files: list[Path] = []

    def over(result: int) -> None:
        if result == QFileDialog.DialogCode.Accepted:
            files.extend(Path(each) for each in dialog.selectedFiles())
        # Qt writes into a file of its own, in the open, where its dialogs were last.
        dialog.setDirectory(_documents())
        dialog.setHistory([])

    dialog.finished.connect(over)
    dialog.exec()
    if not isValid(dialog):
        return []
    dialog.deleteLater()
    if files:
        _visited[kind] = str(files[0].parent)
    return files


def open_mail(path: Path) -> bool:
    """Open an e-mail draft with the system's mail program; false where there is none for it."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def show_folder(path: Path) -> None:
    """Open the folder a file stands in with the system's own file manager."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))


def write_privately(path: Path, content: bytes) -> None:
    """Write a file whole or not at all, readable by its owner. Raises Problem."""
    part = path.with_name(path.name + ".part")
    try:
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise Problem(
            f"The file could not be written to {path.parent}.", "Choose another place."
        ) from error


def print_pdf(parent: QWidget, content: bytes) -> bool:
    """Let the user print a document held in memory; false when they changed their mind."""
    # Printing support is loaded with the first print: the window should not wait for it.
    from PySide6.QtGui import QPainter  # noqa: PLC0415
    from PySide6.QtPdf import QPdfDocument  # noqa: PLC0415
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter  # noqa: PLC0415

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setResolution(DOTS_PER_INCH)
    dialog = QPrintDialog(printer, parent)
    if dialog.exec() != QPrintDialog.DialogCode.Accepted:
        return False
    if not isValid(parent) or not parent.isVisible():  # locked behind a dialog of the system's own
        return False
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument(buffer)
    document.load(buffer)
    painter = QPainter(printer)
    for page in range(document.pageCount()):
        if page:
            printer.newPage()
        size = document.pagePointSize(page) * (DOTS_PER_INCH / POINTS_PER_INCH)
        image = document.render(page, QSize(round(size.width()), round(size.height())))
        painter.drawImage(0, 0, image)
    painter.end()
    document.close()
    return True
