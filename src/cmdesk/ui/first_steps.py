"""The four pages of the first run; each tells when it may be left."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from cmdesk.errors import Problem
from cmdesk.ui.handing import write_privately
from cmdesk.ui.icons import Icon
from cmdesk.ui.new_passphrase import NewPassphrase
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.card import column, row
from cmdesk.ui.widgets.field import Field, line_edit
from cmdesk.ui.widgets.label import Label
from cmdesk.ui.widgets.note import Note
from cmdesk.words import Words

ALIKE = str.maketrans("OIL", "011")


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
        self.foot: QHBoxLayout = row()
        self.foot.addWidget(self.back)
        self.foot.addStretch(1)
        self.foot.addWidget(self.go)
        whole.addLayout(self.foot)

    def ready(self) -> bool:
        """Say whether the step is done."""
        return True

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
        links = row()
        links.addWidget(other)
        links.addStretch(1)
        links.addWidget(self.restore)
        self.body.addLayout(links)
        self.back.hide()
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


class SheetStep(Step):
    """The recovery sheet: saved, printed or copied by hand, and proved by typing back."""

    def __init__(
        self,
        make: Callable[[Callable[[bytes], object]], None],
        choose_save: Callable[[str], Path | None],
        print_pdf: Callable[[bytes], bool],
        words: Words,
    ) -> None:
        tr = words.tr
        text = tr("The code on it opens your records if you forget the passphrase.")
        super().__init__(tr("Print your recovery sheet"), text, words)
        self._make, self._choose_save, self._print_pdf = make, choose_save, print_pdf
        self._code = ""
        self._asked: list[tuple[str, QLineEdit]] = []
        ways = row()
        self.print_button = Button(tr("Print"), icon=Icon.PRINTER)
        self.save_button = Button(tr("Save as PDF"), icon=Icon.FILE_OUTPUT)
        self.show_button = Button(tr("Show the code"), "quiet")
        self.print_button.clicked.connect(self._on_print)
        self.save_button.clicked.connect(self._on_save)
        self.show_button.clicked.connect(self._on_show)
        for button in (self.print_button, self.save_button, self.show_button):
            ways.addWidget(button)
        ways.addStretch(1)
        self.body.addLayout(ways)
        self.shown = Note("", "accent", icon=Icon.PENCIL)
        self.shown.hide()
        self.saved = Note("", "ok")
        self.saved.hide()
        self.body.addSpacing(12)
        self.body.addWidget(self.shown)
        self.body.addWidget(self.saved)
        self.back_part = QWidget()
        self.back_part.hide()
        part = column(self.back_part)
        part.addSpacing(12)
        prove = tr("Type three groups back from the sheet, so that you know it can be read.")
        part.addWidget(Label(prove, "body", "text2", wrap=True))
        part.addSpacing(12)
        self._line = row(gap=12)
        part.addLayout(self._line)
        self.body.addWidget(self.back_part)
        self.update_go()

    def ask_for(self, groups: Sequence[str], picked: Sequence[int], code: str) -> None:
        """Ask for these groups, counted from 0, once the sheet is in hand."""
        self._code = code
        self._asked = []
        for place in sorted(picked):
            edit = line_edit(size="large")
            edit.setMaxLength(8)
            edit.textChanged.connect(self.update_go)
            label = self._words.tr("Group {n}").format(n=place + 1)
            self._line.addWidget(Field(label, edit), 1)
            self._asked.append((groups[place], edit))

    def ready(self) -> bool:
        def plain(text: str) -> str:
            return text.strip().upper().translate(ALIKE)

        return bool(self._asked) and all(plain(edit.text()) == group for group, edit in self._asked)

    def forget(self) -> None:
        self._code = ""
        self.shown.say("")
        for _, edit in self._asked:
            edit.clear()
        self._asked = []

    def _ask_back(self) -> None:
        self.hush()
        self.back_part.show()
        if self._asked:
            self._asked[0][1].setFocus()

    def _on_print(self) -> None:
        self._make(lambda sheet: self._print_pdf(sheet) and self._ask_back())

    def _on_save(self) -> None:
        self._make(self._save)

    def _save(self, sheet: bytes) -> None:
        path = self._choose_save(self._words.tr("Recovery sheet.pdf"))
        if not path:
            return
        try:
            write_privately(path, sheet)
        except Problem as problem:
            self.saved.hide()
            self.say_trouble(str(problem))
        else:
            self.hush()
            self.saved.say(self._words.tr("Saved to {place}").format(place=path))
            self.saved.show()
            self._ask_back()

    def _on_show(self) -> None:
        self.shown.say(self._code)
        self.shown.show()
        self._ask_back()


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
