"""What drives the running program from inside: waiting, typing, and answers to file dialogs."""

import gc
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLineEdit, QWidget
from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.app import Program
from cmdesk.models.base import Record
from cmdesk.ui.desk import Desk
from cmdesk.ui.overlay import Dialog
from cmdesk.ui.page import Page, Route
from cmdesk.ui.problem_bar import ProblemBar
from cmdesk.ui.window import Window
from tests.leaks.tokens import Tokens

PATIENCE = 40  # seconds: keys are stretched for real, on busy machines
LOOK = 20  # milliseconds between two looks for a dialog
W = TypeVar("W", bound=QWidget)


def running() -> Program:
    return next(each for each in gc.get_objects() if isinstance(each, Program))


class Hands:
    """One user at the window."""

    def __init__(self, program: Program, tokens: Tokens, given: Path, desk_folder: Path) -> None:
        self.program, self.tokens = program, tokens
        self.given, self.folder = given, desk_folder

    @property
    def window(self) -> Window:
        return self.program.window

    @property
    def desk(self) -> Desk:
        assert self.program.desk is not None
        return self.program.desk

    @property
    def page(self) -> Page:
        assert self.window.shell is not None
        assert self.window.shell.page is not None
        return self.window.shell.page

    def wait(self, done: Callable[[], object], what: str) -> None:
        until = time.monotonic() + PATIENCE
        while not done():
            if time.monotonic() > until:
                bar = self.window.findChildren(ProblemBar)[0].accessibleName()
                raise TimeoutError(f"{what}; told was: {bar}")
            QTest.qWait(5)

    def settle(self, milliseconds: int = 60) -> None:
        """Let what was begun come back, and what is shown be painted."""
        QTest.qWait(milliseconds)
        self.window.grab()

    def shown(self, kind: type[W]) -> W:
        return next(each for each in self.window.findChildren(kind) if each.isVisible())

    def go(self, page: str, record: int | None = None, tab: str = "") -> Page:
        self.desk.go(Route(page, record, tab))
        self.settle()
        return self.page

    def command(self, name: str) -> None:
        next(each for each in self.window.findChildren(QAction, name)).trigger()
        self.settle()

    def write(self, widget: QWidget, field: str) -> str:
        """Type a word of the field's own."""
        word = self.tokens.of(field)
        widget.setFocus()
        QTest.keyClicks(widget, word)
        return word

    def type_everywhere(self, where: QWidget, name: str) -> None:
        """Type into every line one can search or filter by, and take it away again."""
        found = list(enumerate(where.findChildren(QLineEdit)))
        lines = [(at, each) for at, each in found if each.isVisible() and not each.isReadOnly()]
        for number, edit in lines:
            self.write(edit, f"typed.{name}.{number}")
        self.settle(260)
        for _, edit in lines:
            edit.clear()
        self.settle(260)

    def close(self, dialog: Dialog) -> None:
        dialog.close_dialog()
        self.settle()

    def gone(self, kind: type[QWidget]) -> None:
        self.wait(lambda: not any(e.isVisible() for e in self.window.findChildren(kind)), str(kind))

    def number(self, kind: type[Record], ref: str) -> int:
        def find(session: Session) -> int:
            return session.scalars(select(kind.id).where(kind.ref == ref)).one()

        return self.desk.ask(find)

    @contextmanager
    def answering(self, path: Path | None) -> Generator[None]:
        """Answer the next file dialog, which is the system's: None changes one's mind."""
        answered: list[str] = []

        def look() -> None:
            dialog = QApplication.activeModalWidget()
            if not isinstance(dialog, QDialog):
                return
            timer.stop()
            answered.append(type(dialog).__name__)
            if path is None:
                dialog.reject()
                return
            assert isinstance(dialog, QFileDialog)
            dialog.setDirectory(str(path.parent))
            dialog.findChildren(QLineEdit)[0].setText(path.name)
            dialog.done(QDialog.DialogCode.Accepted)

        timer = QTimer(interval=LOOK)
        timer.timeout.connect(look)
        timer.start()
        yield
        self.wait(lambda: answered, "a dialog of the system's")
        timer.stop()
        self.settle()


def press(key: Qt.Key, *held: Qt.KeyboardModifier) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    modifiers = Qt.KeyboardModifier.NoModifier
    for each in held:
        modifiers |= each
    QTest.keyClick(focus, key, modifiers)
