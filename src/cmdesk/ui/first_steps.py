"""The pages of the first run but for the sheet; each tells when it may be left."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from cmdesk.ui.icons import Icon
from cmdesk.ui.new_passphrase import NewPassphrase
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.card import column, row
from cmdesk.ui.widgets.field import Field, line_edit
from cmdesk.ui.widgets.label import Label
from cmdesk.ui.widgets.note import Note
from cmdesk.ui.widgets.wrap_row import wrap_row
from cmdesk.words import Words


class Step(QWidget):
    """A title, a sentence, what is to be done, and Back and Continue at the bottom."""

    ready_changed = Signal()

    def __init__(self, title: str, text: str, words: Words, go: str = "") -> None:
        super().__init__()
        self._words, self.title = words, title
        self._go_words = go or words.tr("Continue")
        whole = column(self)
        self.heading = Label(title, "title")
        whole.addWidget(self.heading)
        whole.addSpacing(4)
        whole.addWidget(Label(text, "body", "text2", wrap=True))
        whole.addSpacing(24)
        self.body = column()
        whole.addLayout(self.body)
        whole.addSpacing(16)
        self._trouble = Note("", "crit")
        self._trouble.hide()
        whole.addWidget(self._trouble)
        whole.addSpacing(8)
        self.back = Button(words.tr("Back"), size="large")
        self.go = Button(self._go_words, "primary", size="large")
        self.foot: QHBoxLayout = wrap_row()
        self.foot.addWidget(self.back)
        self.foot.addStretch(1)
        self.foot.addWidget(self.go)
        whole.addLayout(self.foot)

    def ready(self) -> bool:
        """Say whether the step is done."""
        return True

    def say_why(self) -> None:
        """Say why the step can't be left yet; called when Enter asked for it."""

    def update_go(self) -> None:
        self.go.setEnabled(self.ready())

    def set_busy(self, *, busy: bool, words: str = "") -> None:
        self._trouble.hide()
        self.back.setEnabled(not busy)
        self.go.setText(words if busy and words else self._go_words)
        self.go.setEnabled(not busy and self.ready())

    def hush(self) -> None:
        """Take back what was said of a try before."""
        self._trouble.hide()

    def say_trouble(self, text: str) -> None:
        self._trouble.say(text)
        self._trouble.show()


class PlaceStep(Step):
    """Where the vault's folder goes."""

    def __init__(
        self,
        folder: Path,
        choose: Callable[[str], Path | None],
        judge: Callable[[Path], str],
        words: Words,
    ) -> None:
        tr = words.tr
        text = tr("This place belongs to you alone and is not copied anywhere.")
        super().__init__(tr("Where your records live"), text, words)
        self.folder = folder
        self._choose, self._judge = choose, judge
        self._name = folder.name
        self.line = line_edit(size="large")
        self.line.setReadOnly(True)
        self.field = Field(tr("Place"), self.line)
        other = Button(tr("Choose another place"), "link")
        other.clicked.connect(self._on_other)
        self.body.addWidget(self.field)
        self.body.addSpacing(8)
        self.restore = Button(tr("Restore a backup"), "link")
        links = wrap_row()
        links.addWidget(other)
        links.addStretch(1)
        links.addWidget(self.restore)
        self.body.addLayout(links)
        self.back.hide()
        self.setFocusProxy(self.go)
        self._take(folder)

    def ready(self) -> bool:
        return not self.field.fault

    def _on_other(self) -> None:
        chosen = self._choose(self._words.tr("Choose where to keep the file"))
        if chosen:
            self._take(chosen / self._name if chosen.suffix != ".cmdesk" else chosen)

    def _take(self, folder: Path) -> None:
        self.folder = folder
        self.line.setText(str(folder))
        self.line.setCursorPosition(0)
        self.field.say_fault(self._judge(folder))
        self.update_go()


class PassphraseStep(Step):
    """The passphrase, twice."""

    def __init__(self, words: Words) -> None:
        tr = words.tr
        text = tr("Four or five unrelated words are easy to remember and hard to guess.")
        super().__init__(tr("Choose a passphrase"), f"{text} {tr('Spaces are fine.')}", words)
        self.new = NewPassphrase(words)
        self.new.changed.connect(self.update_go)
        self.body.addWidget(self.new)
        self.body.addSpacing(20)
        next_up = tr(
            "Next you will print a recovery sheet. Keep it somewhere locked. "
            "It is the only other way in."
        )
        self.body.addWidget(Note(next_up, icon=Icon.PRINTER))
        self.setFocusProxy(self.new)
        self.update_go()

    def ready(self) -> bool:
        return self.new.ready

    def say_why(self) -> None:
        self.new.say_why()


class BackupStep(Step):
    """A second place, which alone can wait."""

    def __init__(self, choose: Callable[[str], Path | None], words: Words) -> None:
        tr = words.tr
        text = tr(
            "A backup on a drive you can unplug survives a lost laptop. "
            "It is encrypted like your records."
        )
        super().__init__(tr("Pick a backup drive"), text, words, tr("Open cmdesk"))
        self.folder: Path | None = None
        self._choose = choose
        pick = Button(tr("Choose a drive"), icon=Icon.HARD_DRIVE)
        pick.clicked.connect(self._on_pick)
        line = row(gap=12)
        line.addWidget(pick)
        self.setFocusProxy(pick)
        self._place = Label("", "body", "text2", elide=True)
        line.addWidget(self._place, 1)
        self.body.addLayout(line)
        self.body.addSpacing(16)
        later = tr(
            "This can wait. Until then cmdesk backs up beside your records, which a lost laptop "
            "takes with it."
        )
        self.body.addWidget(Note(later))

    def _on_pick(self) -> None:
        chosen = self._choose(self.title)
        if chosen:
            self.folder = chosen
            self._place.setText(str(chosen))
