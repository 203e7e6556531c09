"""What a program said of each need: met or not, in which words, and who said it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from cmdesk.rules.placement import Met, Need
from cmdesk.rules.placement_draft import AnswerForm
from cmdesk.ui.form import Bound
from cmdesk.ui.widgets.choice import Choice
from cmdesk.ui.widgets.field import line_edit
from cmdesk.ui.widgets.label import Label
from cmdesk.words import Words

Rows = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class _Line:
    met: Choice
    words: QLineEdit
    by: QLineEdit


class AnswerRows(QWidget):
    """One line for each need. Signal `edited`."""

    edited = Signal()

    def __init__(self, words: Words, needs: Sequence[Need]) -> None:
        super().__init__()
        tr = words.tr
        self._needs, self._lines = tuple(needs), list[_Line]()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(0, 5)
        grid.setColumnStretch(2, 5)
        grid.setColumnStretch(3, 3)
        choices = [(each.value, tr(each.label)) for each in (Met.UNKNOWN, Met.YES, Met.NO)]
        for at, need in enumerate(needs):
            line = _Line(
                Choice(choices, need.text), line_edit(tr(need.ask)), line_edit(tr("Who said it"))
            )
            line.words.setAccessibleName(tr("{need}: words").format(need=need.text))
            line.by.setAccessibleName(tr("{need}: who said it").format(need=need.text))
            line.met.chosen.connect(self._on_edited)
            line.words.textEdited.connect(self._on_edited)
            line.by.textEdited.connect(self._on_edited)
            self._lines.append(line)
            parts = (Label(need.text, "body", wrap=True), line.met, line.words, line.by)
            for place, widget in enumerate(parts):
                grid.addWidget(widget, at, place)

    def _on_edited(self, _said: object) -> None:
        self.edited.emit()

    def get(self) -> Rows:
        return tuple(
            (str(need.id), str(line.met.value), line.words.text(), line.by.text())
            for need, line in zip(self._needs, self._lines, strict=True)
        )

    def put(self, rows: Sequence[Sequence[str]]) -> None:
        by_need = {int(each[0]): each for each in rows}
        for need, line in zip(self._needs, self._lines, strict=True):
            _, met, words, by = by_need.get(need.id, ("", Met.UNKNOWN.value, "", ""))
            line.met.choose(met)
            line.words.setText(words)
            line.by.setText(by)


def changed(before: Rows, after: Rows, today: date) -> dict[int, AnswerForm]:
    """Return the answers that are others than before, as said today."""
    old = {each[0]: each for each in before}
    return {
        int(number): AnswerForm(met, words, by, today)
        for number, met, words, by in after
        if old.get(number) != (number, met, words, by)
    }


def answers_bound(words: Words, needs: Sequence[Need]) -> Bound:
    """Bind the lines to the rows a draft keeps."""
    rows = AnswerRows(words, needs)
    get: Callable[[], Rows] = rows.get
    return Bound("parts", "", rows, get, rows.put, rows.edited)
