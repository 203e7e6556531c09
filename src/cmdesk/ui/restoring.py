"""Bring a backup back at the door: which file, the secret of its day, and a new place."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QStackedWidget, QWidget

from cmdesk.errors import Cancelled, Problem, WrongSecret
from cmdesk.ui.clock_face import local
from cmdesk.ui.door_page import sheet
from cmdesk.ui.icons import Icon
from cmdesk.ui.tasks import Tasks
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.card import column, row
from cmdesk.ui.widgets.field import Field, line_edit
from cmdesk.ui.widgets.label import Label
from cmdesk.ui.widgets.meter import Meter
from cmdesk.ui.widgets.note import Note
from cmdesk.ui.widgets.passphrase_field import PassphraseField
from cmdesk.ui.widgets.segmented import Segment, Segmented
from cmdesk.words import Words

if TYPE_CHECKING:
    from cmdesk.store.keys import Keys

SUFFIX = ".cmdesk"
Restore = Callable[[Path, Path, str, str, Callable[[float], object], Callable[[], bool]], "Keys"]


@dataclass(frozen=True, slots=True)
class Restoring:
    """What the page is handed. Only `restore` runs off the UI thread."""

    restore: Restore
    choose_file: Callable[[], Path | None]
    choose_folder: Callable[[str], Path | None]
    judge_place: Callable[[Path], str]


def place_beside(folder: Path, now: datetime) -> Path:
    """Give a place that holds nothing yet: the usual one, or one named by the day."""
    if not folder.exists():
        return folder
    stem = folder.name.removesuffix(SUFFIX)
    wanted = folder.with_name(f"{stem} restored {local(now).date()}{SUFFIX}")
    number = 1
    while wanted.exists():
        number += 1
        wanted = folder.with_name(f"{stem} restored {local(now).date()} {number}{SUFFIX}")
    return wanted


class RestorePage(QWidget):
    """Signals: `restored(Path, Keys)` the new vault, `left` to go back."""

    restored = Signal(object, object)
    left = Signal()
    progressed = Signal(float)

    def __init__(
        self,
        restoring: Restoring,
        place: Path,
        tasks: Tasks,
        words: Words,
        *,
        file: Path | None = None,
    ) -> None:
        super().__init__()
        self._restoring, self._tasks, self._words = restoring, tasks, words
        self.file, self.place = file, place
        self._busy = self._halted = False
        tr = words.tr
        text = tr(
            "A new folder is made from it. Nothing that is there now is touched. Use the "
            "passphrase or the recovery sheet of the day the backup was made."
        )
        title = tr("Restore a backup")
        self.setAccessibleName(title)
        self._body = sheet(self, title, text)
        self._body.addWidget(self._file_part())
        self._body.addSpacing(16)
        self._body.addWidget(self._secret_part())
        self._body.addSpacing(16)
        self._body.addWidget(self._place_part())
        self._lay_foot()
        self.progressed.connect(self._on_progressed)
        self._take_file(file)
        self._take_place(place)
        self.setFocusProxy(self.pick if file is None else self.passphrase)

    def _file_part(self) -> QWidget:
        tr = self._words.tr
        self.file_line = line_edit(tr("No backup chosen yet"), size="large")
        self.file_line.setReadOnly(True)
        self.pick = Button(tr("Choose"), size="large", icon=Icon.HARD_DRIVE)
        self.pick.setAccessibleName(tr("Choose a backup"))
        self.pick.clicked.connect(self._on_pick)
        self.file_field = Field(tr("Backup"), _beside(self.file_line, self.pick))
        return self.file_field

    def _secret_part(self) -> QWidget:
        tr = self._words.tr
        self.ways = Segmented(
            [Segment("passphrase", tr("Passphrase")), Segment("code", tr("Recovery code"))],
            tr("What you open it with"),
        )
        self.ways.chosen.connect(self._on_way)
        self.passphrase = PassphraseField(self._words)
        self.code = line_edit("7K2QM-4XW9R-…", size="large", name=tr("Recovery code"))
        self._secrets = QStackedWidget()
        self._secrets.addWidget(self.passphrase)
        self._secrets.addWidget(self.code)
        self._secrets.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.passphrase.textChanged.connect(self._on_typed)
        self.code.textChanged.connect(self._on_typed)
        part = QWidget()
        inside = column(part, gap=8)
        line = row()
        line.addWidget(self.ways)
        line.addStretch(1)
        inside.addLayout(line)
        self.secret_field = Field("", self._secrets)
        inside.addWidget(self.secret_field)
        return part

    def _place_part(self) -> QWidget:
        tr = self._words.tr
        self.place_line = line_edit(size="large")
        self.place_line.setReadOnly(True)
        other = Button(tr("Change"), size="large")
        other.setAccessibleName(tr("Choose another place"))
        other.clicked.connect(self._on_place)
        self.place_field = Field(tr("New place"), _beside(self.place_line, other))
        return self.place_field

    def _lay_foot(self) -> None:
        tr, body = self._words.tr, self._body
        body.addSpacing(20)
        self._told = Label("", "small", "text2")
        self.meter = Meter(0, "")
        self.trouble = Note("", "crit")
        for widget in (self._told, self.meter, self.trouble):
            widget.hide()
            body.addWidget(widget)
        body.addSpacing(12)
        foot = row()
        self.back = Button(tr("Back"), size="large")
        self.back.clicked.connect(self._on_back)
        self.go = Button(tr("Restore"), "primary", size="large", keys="Return")
        self.go.clicked.connect(self.run)
        foot.addWidget(self.back)
        foot.addStretch(1)
        foot.addWidget(self.go)
        body.addLayout(foot)

    # What is chosen.

    def _take_file(self, file: Path | None) -> None:
        self.file = file
        self.file_line.setText(str(file) if file else "")  # its end says which one it is
        self.file_field.say_fault("")
        self._on_typed()

    def _take_place(self, place: Path) -> None:
        self.place = place
        self.place_line.setText(str(place))
        self.place_field.say_fault(self._restoring.judge_place(place))
        self._on_typed()

    def _on_pick(self) -> None:
        chosen = self._restoring.choose_file()
        if chosen:
            self._take_file(chosen)
            self._secret().setFocus()

    def _on_place(self) -> None:
        chosen = self._restoring.choose_folder(self._words.tr("Choose where to keep the file"))
        if chosen:
            name = self.place.name
            self._take_place(chosen if chosen.suffix == SUFFIX else chosen / name)

    def _on_way(self, way: str) -> None:
        self._secrets.setCurrentWidget(self.code if way == "code" else self.passphrase)
        self.secret_field.say_fault("")
        self._secret().setFocus()
        self._on_typed()

    def _secret(self) -> QLineEdit:
        return self.code if self.ways.current == "code" else self.passphrase

    def _on_typed(self) -> None:
        self.secret_field.say_fault("")
        ready = bool(self.file and self._secret().text().strip())
        self.go.setEnabled(ready and not self._busy and not self.place_field.fault)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.run()
        elif event.key() == Qt.Key.Key_Escape:
            self._on_back()
        else:
            super().keyPressEvent(event)

    # The work.

    def run(self) -> None:
        """Bring it back, off the UI thread."""
        if not self.go.isEnabled() or self.file is None:
            return
        self._halted = False
        self._set_busy(busy=True)
        file, place, way = self.file, self.place, self.ways.current
        typed = self._secret().text()
        secrets = ("", typed) if way == "code" else (typed, "")

        def work() -> "Keys":
            return self._restoring.restore(
                file, place, *secrets, self.progressed.emit, lambda: self._halted
            )

        self._tasks.run(self, work).then(self._on_restored).otherwise(self._on_failed)

    def _set_busy(self, *, busy: bool) -> None:
        tr = self._words.tr
        self._busy = busy
        self.trouble.hide()
        self._told.setText(tr("Opening the backup, copying, and checking what came back"))
        self._told.setVisible(busy)
        self.meter.setVisible(busy)
        self.back.setEnabled(True)
        self.back.setText(tr("Stop") if busy else tr("Back"))
        for widget in (self.pick, self.passphrase, self.code, self.ways, self.place_field):
            widget.setEnabled(not busy)
        self.go.setText(tr("Restoring") if busy else tr("Restore"))
        self._on_typed()

    def _on_progressed(self, share: float) -> None:
        percent = self._words.tr("{n} per cent done").format(n=round(share * 100))
        self.meter.tell(share, percent)

    def _on_restored(self, held: "Keys") -> None:
        self.passphrase.forget()
        self.code.clear()
        self.restored.emit(self.place, held)

    def _on_failed(self, error: BaseException) -> None:
        self._set_busy(busy=False)
        if isinstance(error, WrongSecret):
            self.secret_field.say_fault(str(error))
            self._secret().selectAll()
            self._secret().setFocus()
        elif isinstance(error, Problem):
            self.secret_field.say_fault("")  # what it said was of the try before
            self.trouble.say(str(error))
            self.trouble.show()
        elif not isinstance(error, Cancelled):
            raise error

    def _on_back(self) -> None:
        if self._busy:
            self._halted = True
            self.back.setEnabled(False)
            self.back.setText(self._words.tr("Stopping"))
            return
        self.passphrase.forget()
        self.code.clear()
        self.left.emit()


def _beside(edit: QLineEdit, button: Button) -> QWidget:
    made = QWidget()
    inside = row(made, gap=8)
    inside.addWidget(edit, 1)
    inside.addWidget(button)
    made.setFocusProxy(button)
    return made
