"""What a letter repeats or contradicts of what its reader was told: quiet notes below the words."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cmdesk.casework.drafting import LetterDraft
from cmdesk.casework.vetting import Vetting
from cmdesk.rules.told import Remark, RemarkKind
from cmdesk.ui.desk import Desk
from cmdesk.ui.icons import Icon
from cmdesk.ui.parts.letter_editor import LetterEditor
from cmdesk.ui.parts.letter_rows import EDGE
from cmdesk.ui.widgets.card import column, row
from cmdesk.ui.widgets.glyph import Glyph
from cmdesk.ui.widgets.label import Label

MOST = 2  # below one part of the letter
LONGEST = 140  # characters of what was told


class ToldMarks(QObject):
    """It advises and never blocks; `said` is what stands in sight."""

    def __init__(self, desk: Desk, editor: LetterEditor) -> None:
        super().__init__(editor)
        self._desk, self._editor = desk, editor
        self._asked = LetterDraft()
        self._below: dict[QVBoxLayout, tuple[QWidget, tuple[str, ...]]] = {}

    @property
    def said(self) -> list[str]:
        return [line for _, lines in self._below.values() for line in lines]

    def look(self, vetting: Vetting | None, letter: LetterDraft, reader: str) -> None:
        """Hold a letter beside what its reader was told; the answer comes from the background."""
        self._asked = letter

        def tell(remarks: Sequence[Remark]) -> None:
            if letter is self._asked:
                self.show(remarks, reader)

        if vetting:
            self._desk.run(self, partial(vetting.remarks, letter)).then(tell)

    def show(self, remarks: Sequence[Remark], reader: str) -> None:
        """Say these, each below the words it is about; `reader` is what the reader is called."""
        places = self._editor.by_name()
        wanted: dict[QVBoxLayout, list[str]] = {}
        for remark in remarks:
            if remark.place in places:
                line = self._words(remark, reader)
                wanted.setdefault(places[remark.place][1], []).append(line)
        for foot in list(self._below):
            if tuple(dict.fromkeys(wanted.get(foot, ())))[:MOST] != self._below[foot][1]:
                self._take_away(foot)
        for foot, lines in wanted.items():
            if foot not in self._below:
                self._put(foot, tuple(dict.fromkeys(lines))[:MOST])

    def _words(self, remark: Remark, reader: str) -> str:
        words, told = self._desk.words, remark.told
        says = words.tr("Told {name} on {day}: “{text}”")
        if remark.kind is RemarkKind.REPEATS:
            says = words.tr("Told {name} already on {day}: “{text}”")
        text = " ".join(told.text.split())
        if len(text) > LONGEST:
            text = f"{text[: LONGEST - 1].rstrip()}…"
        return says.format(name=reader, day=words.month_day(told.on), text=text)

    def _put(self, foot: QVBoxLayout, lines: tuple[str, ...]) -> None:
        place = QWidget()
        inside = column(place, gap=2)
        inside.setContentsMargins(0, 2, EDGE, 4)
        for each in lines:
            line = row(gap=6)
            beside = column()
            beside.addSpacing(1)
            beside.addWidget(Glyph(Icon.INFO, "warn", 14))
            beside.addStretch(1)
            line.addLayout(beside)
            line.addWidget(Label(each, "small", "warn", wrap=True), 1)
            inside.addLayout(line)
        foot.addWidget(place)
        self._below[foot] = place, lines

    def _take_away(self, foot: QVBoxLayout) -> None:
        place, _ = self._below.pop(foot)
        place.hide()
        place.deleteLater()
