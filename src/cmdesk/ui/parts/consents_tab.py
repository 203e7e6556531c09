"""All consents of a client, valid or not, and the files kept for them."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cmdesk.casework import documents
from cmdesk.casework.consents import ConsentRow
from cmdesk.casework.documents import DocumentRow
from cmdesk.rules.codes import ConsentKind
from cmdesk.ui.desk import Desk
from cmdesk.ui.icons import Icon
from cmdesk.ui.parts import care_team, phrases
from cmdesk.ui.tokens import Tone
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.card import Card, column, line, row, scrolled
from cmdesk.ui.widgets.chip import Chip
from cmdesk.ui.widgets.label import Label

SIZES = ((1024 * 1024, "MB"), (1024, "KB"))  # bytes


class ConsentsTab(QWidget):
    """Signals `consent_asked(int or None)`, `document_asked(int)`."""

    consent_asked = Signal(object)
    document_asked = Signal(int)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        tr = desk.words.tr
        sheet = QWidget()
        whole = column(sheet, gap=16)
        whole.setContentsMargins(24, 16, 24, 24)
        self._consents, self._files = Card(tr("Consents")), Card(tr("Files"))
        new = Button(tr("New consent"), "quiet", size="small", icon=Icon.PLUS)
        new.clicked.connect(self._on_new)
        self._consents.head.addWidget(new)
        whole.addWidget(self._consents)
        whole.addWidget(self._files)
        whole.addStretch(1)
        outer = column(self)
        outer.addWidget(scrolled(sheet, tr("Consents and files")))
        self._shown: list[QWidget] = []

    def show_client(self, client_id: int, consents: Sequence[ConsentRow]) -> None:
        tr = self._desk.words.tr
        for old in self._shown:
            old.hide()
            old.setParent(None)
            old.deleteLater()
        files = self._desk.ask(documents.rows, client_id)
        self._shown = []
        nothing = tr("No consent yet. Without one, nobody may hear how things go.")
        self._fill(self._consents, [self._consent(row) for row in consents], nothing)
        nothing = tr("Signed forms and letters sent stand here.")
        self._fill(self._files, [self._file(row) for row in files], nothing)

    def _fill(self, card: Card, rows: Sequence[QWidget], nothing: str) -> None:
        shown: list[QWidget] = []
        for each in rows:
            shown += [line(), each] if shown else [each]
        for each in shown or [Label(nothing, "body", "text2", wrap=True)]:
            card.body.addWidget(each)
            self._shown.append(each)

    def _consent(self, consent: ConsentRow) -> QWidget:
        words, privacy = self._desk.words, self._desk.privacy
        names = words.listed([privacy.name(name) for name in consent.recipients])
        kind = words.tr(ConsentKind(consent.kind).label)
        detail = phrases.BETWEEN.join((kind, care_team.covers(words, consent.topics)))
        state, tone = self._state(consent)

        def open_it() -> None:
            self.consent_asked.emit(consent.id)

        button = Button(words.tr("Open"), size="small")
        button.setAccessibleName(words.tr("Open the consent for {names}").format(names=names))
        button.clicked.connect(open_it)
        return self._row(names, detail, Chip(state, tone), button)

    def _state(self, consent: ConsentRow) -> tuple[str, Tone]:
        words, last = self._desk.words, consent.last_day
        if consent.fault is not None:
            return consent.fault[0].upper() + consent.fault[1:], "crit"
        if last is None:
            return words.tr("Valid"), "ok"
        soon = (last - self._desk.today()).days <= care_team.SOON
        until = words.tr("Until {day}").format(day=words.short_day(last))
        return until, "warn" if soon else "ok"

    def _file(self, document: DocumentRow) -> QWidget:
        privacy = self._desk.privacy
        name = privacy.file(document.title or document.file_name)
        detail = phrases.BETWEEN.join((privacy.file(document.file_name), size(document.size)))

        def open_it() -> None:
            self.document_asked.emit(document.id)

        button = Button(self._desk.words.tr("Open"), size="small")
        button.setAccessibleName(self._desk.words.tr("Open {name}").format(name=name))
        button.clicked.connect(open_it)
        return self._row(name, detail, button)

    def _row(self, first: str, second: str, *more: QWidget) -> QWidget:
        made = QWidget()
        across = row(made, gap=12)
        text = column()
        text.addWidget(Label(first, "medium", elide=True))
        text.addWidget(Label(second, "small", "text2", elide=True))
        across.addLayout(text, 1)
        for each in more:
            across.addWidget(each)
        return made

    def _on_new(self) -> None:
        self.consent_asked.emit(None)


def size(count: int) -> str:
    """Write a size in bytes as 120 KB."""
    for unit, name in SIZES:
        if count >= unit:
            return f"{count / unit:.0f} {name}"
    return f"{count} B"
