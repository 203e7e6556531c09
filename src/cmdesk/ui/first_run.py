"""Four steps to a vault: place, passphrase, recovery sheet, backup drive."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QStackedWidget, QWidget

from cmdesk.errors import Problem
from cmdesk.ui import look
from cmdesk.ui.first_steps import BackupStep, PassphraseStep, PlaceStep, Step
from cmdesk.ui.icons import Icon
from cmdesk.ui.sheet_step import SheetStep
from cmdesk.ui.tasks import Tasks
from cmdesk.ui.widgets.card import column, grounded, row, scrolled
from cmdesk.ui.widgets.fitted import Fitted
from cmdesk.ui.widgets.glyph import Glyph
from cmdesk.ui.widgets.label import Label
from cmdesk.ui.widgets.step_list import StepList
from cmdesk.words import Words

LEFT, RIGHT = 548, 440


@dataclass(frozen=True, slots=True)
class Making:
    """What the first run is handed.

    Off the UI thread: `create(folder, passphrase)` makes the vault and gives the recovery code,
    `make_sheet(code)` gives the PDF, `confirm()` notes that the code is held. On it, the edges:
    `choose_folder(title)`, `choose_save(name)`, `print_pdf(bytes)`, true when printed; and
    `judge_place(folder)`, what speaks against a place, or nothing. `pick` draws group numbers.
    """

    create: Callable[[Path, str], str]
    make_sheet: Callable[[str], bytes]
    confirm: Callable[[], None]
    choose_folder: Callable[[str], Path | None]
    choose_save: Callable[[str], Path | None]
    print_pdf: Callable[[bytes], bool]
    judge_place: Callable[[Path], str]
    pick: Callable[[Sequence[int], int], list[int]]


class FirstRun(Fitted):
    """Signals: `done(Path, object)` the vault, and the backup folder or None; `restore_asked`.

    And `made`: from now on there are records to lock.
    """

    done = Signal(object, object)
    made = Signal()
    restore_asked = Signal()

    def __init__(
        self,
        place: Path,
        making: Making,
        tasks: Tasks,
        words: Words,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._making, self._tasks, self._words = making, tasks, words
        self._code = ""
        tr = words.tr
        self.place = PlaceStep(place, making.choose_folder, making.judge_place, words)
        self.passphrase = PassphraseStep(words)
        self.sheet = SheetStep(self._make_sheet, making.choose_save, making.print_pdf, words)
        self.backup = BackupStep(making.choose_folder, words)
        self._steps: tuple[Step, ...] = (self.place, self.passphrase, self.sheet, self.backup)
        self._list = StepList(
            [
                tr("Choose where to keep the file"),
                tr("Choose a passphrase"),
                tr("Print your recovery sheet"),
                tr("Pick a backup drive"),
            ]
        )
        self._stack = QStackedWidget()
        for step in self._steps:
            self._stack.addWidget(self._framed(step))
            step.back.clicked.connect(self._on_back)
            step.go.clicked.connect(self._on_go)
        halves = row(self, gap=0)
        self._left = self._left_half()
        halves.addWidget(self._left)
        halves.addWidget(self._stack, 1)
        self.place.restore.clicked.connect(self.restore_asked)
        self._show(0)

    def _framed(self, step: Step) -> QWidget:
        page = grounded("bg")
        line = row(page, gap=0)
        line.setContentsMargins(24, 0, 24, 0)
        line.addStretch(1)
        inside = QWidget()
        look.hold_width(inside, RIGHT)
        body = column(inside)
        body.setContentsMargins(0, 104, 0, 24)
        body.addWidget(step)
        body.addStretch(1)
        line.addWidget(inside)
        line.addStretch(1)
        return scrolled(page, step.title)

    def _left_half(self) -> QWidget:
        tr = self._words.tr
        left = grounded("sidebar", edge="right")
        look.hold_width(left, LEFT)
        body = column(left)
        body.setContentsMargins(64, 80, 64, 40)
        body.addWidget(Glyph(Icon.CMDESK, "accent", 40))
        body.addSpacing(28)
        body.addWidget(Label(tr("Your records,\non your laptop only"), "display", wrap=True))
        body.addSpacing(12)
        text = tr(
            "Everything you write is kept in one encrypted file. There is no account and no "
            "cloud copy. That also means no one can reset your passphrase."
        )
        about = Label(text, "reading", "text2", wrap=True)
        look.hold_width(about, 304)
        body.addWidget(about)
        body.addSpacing(48)
        body.addWidget(self._list)
        body.addStretch(1)
        return left

    def fit(self) -> None:
        """Leave the step the room where there is little."""
        self._left.setVisible(self.window().width() >= look.px(LEFT + RIGHT + 2 * 24))

    @property
    def step(self) -> int:
        """The step one stands at, counted from 0."""
        return self._stack.currentIndex()

    def _show(self, number: int) -> None:
        self._stack.setCurrentIndex(number)
        self._list.go(number)
        self._steps[number].setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in a field goes on, once the step is done."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and isinstance(QApplication.focusWidget(), QLineEdit):
            step = self._steps[self.step]
            if step.go.isEnabled():
                step.go.click()
            else:
                step.say_why()
        else:
            super().keyPressEvent(event)

    def _on_back(self) -> None:
        self._show(self.step - 1)

    def _on_go(self) -> None:
        if self.step == 1:
            self._create()
        elif self.step == 2:
            self._confirm()
        elif self.step == 3:
            self.done.emit(self.place.folder, self.backup.folder)
        else:
            self._show(self.step + 1)

    def _create(self) -> None:
        self.passphrase.set_busy(busy=True, words=self._words.tr("Making your records"))
        work = partial(self._making.create, self.place.folder, self.passphrase.new.text)
        self._tasks.run(self, work).then(self._on_created).otherwise(self._on_failed)

    def _on_created(self, code: str) -> None:
        self._code = code
        self.passphrase.set_busy(busy=False)
        self.passphrase.new.forget()
        groups = code.split("-")
        self.sheet.ask_for(groups, self._making.pick(range(len(groups)), 3), code)
        self.made.emit()
        # The vault now stands: going back would make a second one.
        self.sheet.back.hide()
        self._show(2)

    def _make_sheet(self, then: Callable[[bytes], object]) -> None:
        work = partial(self._making.make_sheet, self._code)
        self._tasks.run(self, work).then(then).otherwise(self._on_failed)

    def _confirm(self) -> None:
        self.sheet.set_busy(busy=True)
        self._tasks.run(self, self._making.confirm).then(self._on_confirmed).otherwise(
            self._on_failed
        )

    def _on_confirmed(self, _nothing: None) -> None:
        self._code = ""
        self.sheet.forget()
        self.sheet.set_busy(busy=False)
        self.backup.back.hide()
        self._show(3)

    def _on_failed(self, error: BaseException) -> None:
        step = self._steps[self.step]
        step.set_busy(busy=False)
        if not isinstance(error, Problem):
            raise error
        step.say_trouble(str(error))
