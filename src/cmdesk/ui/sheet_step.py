"""The recovery sheet in hand: saved, printed or copied, and proved by typing three groups back."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from cmdesk.errors import Problem
from cmdesk.ui.first_steps import Step
from cmdesk.ui.handing import write_privately
from cmdesk.ui.icons import Icon
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.card import column, row
from cmdesk.ui.widgets.field import Field, line_edit
from cmdesk.ui.widgets.label import Label
from cmdesk.ui.widgets.note import Note
from cmdesk.ui.widgets.wrap_row import wrap_row
from cmdesk.words import Words

ALIKE = str.maketrans("OIL", "011")


def _plain(text: str) -> str:
    return text.strip().upper().translate(ALIKE)


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
        self._fields: list[Field] = []
        self._lay_out()
        self.setFocusProxy(self.save_button)
        self.update_go()

    def _lay_out(self) -> None:
        tr = self._words.tr
        ways = wrap_row()
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

    def ask_for(self, groups: Sequence[str], picked: Sequence[int], code: str) -> None:
        """Ask for these groups, counted from 0, once the sheet is in hand."""
        self._code = code
        self._asked, self._fields = [], []
        for place in sorted(picked):
            edit = line_edit(size="large")
            edit.setMaxLength(8)
            edit.textChanged.connect(self.update_go)
            label = self._words.tr("Group {n}").format(n=place + 1)
            field = Field(label, edit)
            edit.textEdited.connect(partial(self._take_back, field))
            self._line.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
            self._asked.append((groups[place], edit))
            self._fields.append(field)

    def ready(self) -> bool:
        return bool(self._asked) and not self._wrong()

    def _wrong(self) -> list[Field]:
        asked = zip(self._asked, self._fields, strict=True)
        return [field for (group, edit), field in asked if _plain(edit.text()) != group]

    def say_why(self) -> None:
        tr, wrong = self._words.tr, self._wrong()
        for (_, edit), field in zip(self._asked, self._fields, strict=True):
            if field in wrong:
                typed = edit.text().strip()
                field.say_fault(tr("Not as on the sheet") if typed else tr("Type this group"))
        for field in wrong[:1]:
            field.setFocus()

    def _take_back(self, field: Field, _text: str) -> None:
        field.say_fault("")

    def forget(self) -> None:
        self._code = ""
        self.shown.say("")
        for _, edit in self._asked:
            edit.clear()
        self._asked, self._fields = [], []

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
