"""The files of a chart: what each is, its day, and until when it holds."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cmdesk.casework.documents import DocumentRow
from cmdesk.rules.contact_codes import DocumentType
from cmdesk.ui.desk import Desk
from cmdesk.ui.icons import Icon
from cmdesk.ui.parts import phrases
from cmdesk.ui.tokens import Tone
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.card import Card, column, line, row
from cmdesk.ui.widgets.chip import Chip
from cmdesk.ui.widgets.label import Label

SIZES: Final = ((1024 * 1024, "MB"), (1024, "KB"))  # bytes
SOON: Final = timedelta(days=30)


class FilesCard(Card):
    """Signals `add_asked` and `document_asked(int)`."""

    add_asked = Signal()
    document_asked = Signal(int)

    def __init__(self, desk: Desk) -> None:
        tr = desk.words.tr
        super().__init__(tr("Files"))
        self._desk = desk
        self._shown: list[QWidget] = []
        self.add = Button(tr("Add file …"), "quiet", size="small", icon=Icon.PLUS)
        self.add.clicked.connect(self.add_asked)
        self.add.setVisible(not desk.read_only)
        self.head.addWidget(self.add)

    def show_files(self, files: Sequence[DocumentRow]) -> None:
        """Show these files, in this order."""
        for old in self._shown:
            old.hide()
            old.setParent(None)
            old.deleteLater()
        shown: list[QWidget] = []
        for each in files:
            shown += [line(), self._file(each)] if shown else [self._file(each)]
        nothing = self._desk.words.tr("No files yet. Drop a PDF or a picture on the chart.")
        self._shown = shown or [Label(nothing, "body", "text2", wrap=True)]
        for each in self._shown:
            self.body.addWidget(each)

    def _file(self, document: DocumentRow) -> QWidget:
        words, privacy = self._desk.words, self._desk.privacy
        name = privacy.file(document.title or document.file_name)
        made = QWidget()
        across = row(made, gap=12)
        text = column()
        text.addWidget(Label(name, "medium", elide=True))
        text.addWidget(Label(self._detail(document), "small", "text2", elide=True))
        across.addLayout(text, 1)
        if document.expires_on:
            across.addWidget(self._chip(document.expires_on))

        def open_it() -> None:
            self.document_asked.emit(document.id)

        button = Button(words.tr("Open"), size="small")
        button.setAccessibleName(words.tr("Open {name}").format(name=name))
        button.clicked.connect(open_it)
        across.addWidget(button)
        return made

    def _detail(self, document: DocumentRow) -> str:
        words = self._desk.words
        parts = [words.tr(DocumentType(document.type).label)]
        if document.dated:
            parts.append(words.day(document.dated))
        if not self._desk.privacy.hidden:
            parts.append(document.file_name)
        return phrases.BETWEEN.join(filter(None, (*parts, size(document.size))))

    def _chip(self, last: date) -> Chip:
        words, today = self._desk.words, self._desk.today()
        day = words.near_day(last, today)
        if last < today:
            return Chip(words.tr("Over since {day}").format(day=day), "crit")
        tone: Tone = "warn" if last - today <= SOON else "neutral"
        return Chip(words.tr("Until {day}").format(day=day), tone)


def size(count: int) -> str:
    """Write a size in bytes as 120 KB."""
    for unit, name in SIZES:
        if count >= unit:
            return f"{count / unit:.0f} {name}"
    return f"{count} B"
