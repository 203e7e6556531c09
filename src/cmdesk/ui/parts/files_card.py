"""The files of a chart: what each is, its day, and until when it holds."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from PySide6.QtCore import Qt, Signal
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
    """Signals `add_asked`, `document_asked(int)`, and `put_back(int)` for one that was removed."""

    add_asked = Signal()
    document_asked = Signal(int)
    put_back = Signal(int)

    def __init__(self, desk: Desk) -> None:
        tr = desk.words.tr
        super().__init__(tr("Files"))
        self._desk = desk
        self._shown: list[QWidget] = []
        self.add = Button(tr("Add file …"), "quiet", size="small", icon=Icon.PLUS)
        self.add.clicked.connect(self.add_asked)
        self.add.setVisible(not desk.read_only)
        self.head.addWidget(self.add)
        self._files = column()
        self.body.addLayout(self._files)
        self.removed = Button("", "link", size="small", drops=True)
        self.removed.clicked.connect(self._on_removed)
        self._gone = QWidget()
        self._gone_files = column(self._gone)
        self.body.addWidget(self.removed, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self._gone)
        self._gone.hide()

    def show_files(self, files: Sequence[DocumentRow], removed: Sequence[DocumentRow] = ()) -> None:
        """Show these files, in this order, and folded away those that were removed."""
        for old in self._shown:
            old.hide()
            old.setParent(None)
            old.deleteLater()
        shown: list[QWidget] = []
        for each in files:
            shown += [line(), self._file(each)] if shown else [self._file(each)]
        nothing = self._desk.words.tr("No files yet. Drop a PDF or a picture on the chart.")
        shown = shown or [Label(nothing, "body", "text2", wrap=True)]
        gone = [self._file(each, gone=True) for each in removed]
        for place, each in ((self._files, shown), (self._gone_files, gone)):
            for widget in each:
                place.addWidget(widget)
        self._shown = [*shown, *gone]
        words = self._desk.words.tr("Removed files ({n})").format(n=len(gone))
        self.removed.setText(words)
        self.removed.setVisible(bool(gone))
        self._gone.setVisible(bool(gone) and self._gone.isVisibleTo(self))

    def _on_removed(self) -> None:
        self._gone.setVisible(not self._gone.isVisibleTo(self))

    def _file(self, document: DocumentRow, *, gone: bool = False) -> QWidget:
        name = self._desk.privacy.file(document.title or document.file_name)
        made = QWidget()
        across = row(made, gap=12)
        text = column()
        text.addWidget(Label(name, "medium", elide=True))
        text.addWidget(Label(self._detail(document), "small", "text2", elide=True))
        across.addLayout(text, 1)
        if document.expires_on:
            across.addWidget(self._chip(document.expires_on))

        across.addWidget(self._button(document.id, name, gone=gone))
        return made

    def _button(self, document_id: int, name: str, *, gone: bool) -> Button:
        """Make what is pressed to open a file, or to put back one that was removed."""
        tr = self._desk.words.tr

        def press() -> None:
            (self.put_back if gone else self.document_asked).emit(document_id)

        made = Button(tr("Put back") if gone else tr("Open"), size="small")
        said = tr("Put {name} back") if gone else tr("Open {name}")
        made.setAccessibleName(said.format(name=name))
        made.setEnabled(not (gone and self._desk.read_only))
        made.clicked.connect(press)
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
