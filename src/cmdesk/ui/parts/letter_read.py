"""A letter that was handed over, to be read and not typed in; a corrected copy is a step away."""

from collections.abc import Iterable, Iterator
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from cmdesk.casework import letter_prompts
from cmdesk.casework.drafting import LetterDraft
from cmdesk.rules.letter import Part, PartKind
from cmdesk.ui.desk import Desk
from cmdesk.ui.icons import Icon
from cmdesk.ui.parts.letter_parts import name_of
from cmdesk.ui.parts.letter_rows import EDGE, Headline
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.card import column, grounded
from cmdesk.ui.widgets.label import Label
from cmdesk.ui.widgets.note import Note

Line = tuple[str, str]  # what begins it in bold, and the words


def lines_of(letter: LetterDraft, part: Part) -> list[Line]:
    """Return what a part of a letter says, line by line; nothing for what is drawn on paper."""
    if part.kind in (PartKind.LINES, PartKind.TEXT):
        return [("", text) for text in letter.paragraphs().get(part.key, ())]
    rows: dict[PartKind, Iterable[Line]] = {
        PartKind.GLANCE: ((line.label, line.text) for line in letter.glance if line.text),
        PartKind.GOALS: ((goal.name, goal.stands) for goal in letter.goals),
        PartKind.STEPS: ((step.when, _beside(step.what, step.who)) for step in letter.steps),
        PartKind.DATES: ((step.when, _beside(step.what, step.who)) for step in letter.dates),
        PartKind.CLOSED: (
            (row.when, _beside(row.what, row.became, row.note)) for row in letter.closed
        ),
        PartKind.CLOCK: ((row.at, _beside(row.what, row.who)) for row in letter.clock),
        PartKind.HISTORY: (
            (row.days, _beside(row.where, row.level, row.ended)) for row in letter.stays
        ),
    }
    return list(rows.get(part.kind, ()))


def _beside(*words: str) -> str:
    return "  ·  ".join(word for word in words if word)


class LetterRead(QScrollArea):
    """Signal `corrected`: a corrected copy is to be written."""

    corrected = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._shown: tuple[LetterDraft, str, str] | None = None
        self._words = QWidget()
        self.setWidgetResizable(True)
        self.setAccessibleName(desk.words.tr("The letter"))
        ground = grounded("surface")
        whole = column(ground)
        whole.setContentsMargins(EDGE, 16, EDGE, 32)
        self.note = Note("", "ok", icon=Icon.LOCK)
        self.correct = Button(desk.words.tr("Correct it…"), size="small")
        self.correct.clicked.connect(self.corrected)
        self.note.add_button(self.correct)
        whole.addWidget(self.note)
        whole.addSpacing(14)
        self._place: QVBoxLayout = column()
        whole.addLayout(self._place)
        whole.addStretch(1)
        self.setWidget(ground)

    def show_letter(
        self, letter: LetterDraft, client: str, reader: str, left_on: date | None
    ) -> None:
        """Show its words; `client` and `reader` are what they are called."""
        tr = self._desk.words.tr
        day = self._desk.words.month_day(left_on or self._desk.today())
        told = tr("Handed over to {name} on {day}. These are its words.")
        self.note.say(told.format(name=self._desk.privacy.name(reader), day=day))
        if self._shown == (letter, client, reader):
            return
        self._shown = letter, client, reader
        old, self._words = self._words, QWidget()
        inside = column(self._words, gap=6)
        for each in self._labels(letter, client):
            inside.addWidget(each)
        self._place.addWidget(self._words)
        old.hide()
        old.deleteLater()

    def forget(self) -> None:
        """Let go of the words: nothing of them stays on the screen."""
        self._shown = None
        self._words.hide()
        self._words.deleteLater()
        self._words = QWidget()

    def _labels(self, letter: LetterDraft, client: str) -> Iterator[QWidget]:
        yield _headline(letter.headline)
        for text in filter(None, (letter.greeting, letter.opening)):
            yield _paragraph("", text)
        say = letter_prompts.words_of(letter.language)
        for part in letter.parts:
            if lines := lines_of(letter, part):
                heading = Label(name_of(self._desk.words, say, part, client), "strong")
                heading.setContentsMargins(0, 12, 0, 0)
                yield heading
                yield from (_paragraph(lead, text) for lead, text in lines)
        for text in filter(None, (letter.close, letter.farewell)):
            yield _paragraph("", text)


def _headline(text: str) -> QWidget:
    made = Headline(text, lines=1, kind="bare")
    made.document().setDocumentMargin(0)
    made.set_text(text)
    made.setReadOnly(True)
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made


def _paragraph(lead: str, text: str) -> Label:
    made = Label(text, "reading", wrap=True, lead=lead)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made
