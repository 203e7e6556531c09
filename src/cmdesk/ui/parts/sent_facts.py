"""What there is to say of a letter that left: where it stands, its facts, and its words."""

from collections.abc import Iterator
from typing import Final

from PySide6.QtWidgets import QGridLayout, QWidget

from cmdesk.casework.sent_letter import SentLetter
from cmdesk.rules.letter_state import LetterState, said
from cmdesk.rules.periods import span
from cmdesk.ui.desk import Desk
from cmdesk.ui.parts import phrases
from cmdesk.ui.parts.veil import Veil
from cmdesk.ui.widgets.card import Card, column
from cmdesk.ui.widgets.label import Label
from cmdesk.ui.widgets.note import Note, NoteTone

HASH_SHOWN: Final = 12  # characters of the fingerprint that tell two files apart
LABELS: Final = 132  # pixels
TONES: Final[dict[LetterState, NoteTone]] = {
    LetterState.HANDED_OVER: "accent",
    LetterState.SENT: "ok",
    LetterState.ACKNOWLEDGED: "ok",
    LetterState.CAME_BACK: "crit",
    LetterState.WITHDRAWN: "warn",
    LetterState.REPLACED: "warn",
}


class SentFacts(QWidget):
    """Made anew with every letter that is shown."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, self._veil = desk, Veil(desk)
        self._whole = column(self, gap=12)
        self._whole.addStretch(1)
        self._shown: list[QWidget] = []

    def show_letter(self, letter: SentLetter) -> None:
        while self._shown:
            old = self._shown.pop()
            self._whole.removeWidget(old)
            old.hide()
            old.deleteLater()
        parts = (*self._notes(letter), self._facts(letter), self._said(letter))
        for place, part in enumerate(parts):
            self._whole.insertWidget(place, part)
            self._shown.append(part)

    def _notes(self, letter: SentLetter) -> Iterator[QWidget]:
        """Say where it stands, and what keeps it from going out again."""
        tr, stand, today = self._desk.words.tr, letter.stand, self._desk.today()
        words = said(stand.state, stand.on, self._veil.text(stand.note), today)
        if stand.state is LetterState.HANDED_OVER:
            words = tr("Handed over. Nobody has said yet that it was sent")
        self.stand = Note(f"{words}.", TONES[stand.state])
        yield self.stand
        if letter.may_not and letter.sha256 and not stand.closed:
            name = self._desk.privacy.name(letter.party.called)
            lead = tr("It may not go to {name} now.").format(name=name)
            more = tr("{why}. You can still read it.").format(why=self._veil.text(letter.may_not))
            yield Note(more, "warn", lead=lead)

    def _facts(self, letter: SentLetter) -> QWidget:
        made = QWidget()
        grid = QGridLayout(made)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        grid.setColumnMinimumWidth(0, LABELS)
        grid.setColumnStretch(1, 1)
        rows = [(label, value) for label, value in self._rows(letter) if value]
        for place, (label, value) in enumerate(rows):
            grid.addWidget(Label(label, "small", "text2"), place, 0)
            grid.addWidget(Label(value, "body", wrap=True), place, 1)
        return made

    def _rows(self, letter: SentLetter) -> Iterator[tuple[str, str]]:
        words, privacy = self._desk.words, self._desk.privacy
        tr, today = words.tr, self._desk.today()
        address = privacy.file(letter.address) if letter.address else tr("no address on record")
        yield tr("To"), f"{privacy.name(letter.party.full_name)}, {address}"
        yield tr("About"), f"{privacy.name(letter.client.full)}, {span(letter.first, letter.last)}"
        yield tr("Handed over"), words.full_day(letter.left_on)
        happened = [said(each.state, each.on, each.note, today) for each in letter.history]
        yield tr("Since then"), "; ".join(self._veil.text(each) for each in happened)
        replaced = words.full_day(letter.replaces) if letter.replaces else ""
        yield tr("Replaces the one of"), replaced
        yield tr("Told about"), phrases.topics(words, letter.topics)
        yield tr("Consents"), "; ".join(letter.consents)
        yield tr("File"), self._file(letter)
        if letter.no_mail and letter.sha256:
            yield tr("E-mail"), self._veil.text(letter.no_mail)

    def _file(self, letter: SentLetter) -> str:
        tr = self._desk.words.tr
        if not letter.sha256:
            return tr("Not here: it came with a practice file")
        pages = self._desk.words.ntr("{n} page", "{n} pages", letter.pages).format(n=letter.pages)
        locked = tr("not locked") if letter.plain else tr("locked")
        return f"{pages}, {locked}, {letter.sha256[:HASH_SHOWN]}"

    def _said(self, letter: SentLetter) -> QWidget:
        """Show its words, heading by heading."""
        card = Card(self._desk.words.tr("What it said"))
        if letter.headline:
            card.body.addWidget(Label(self._veil.text(letter.headline), "reading", wrap=True))
        called = self._desk.privacy.name(letter.client.called)
        for title, paragraphs in letter.said:
            if title:
                heading = self._veil.text(title.replace("{name}", called))
                card.body.addWidget(Label(heading, "medium"))
            for each in paragraphs:
                card.body.addWidget(Label(self._veil.text(each), "body", wrap=True))
        return card
