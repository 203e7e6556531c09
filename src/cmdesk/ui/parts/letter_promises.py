"""What the last letter promised, answered for: done, moved or dropped."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt

from cmdesk.casework.drafting import LetterDraft
from cmdesk.rules.letter import Closed
from cmdesk.ui import look
from cmdesk.ui.desk import Desk
from cmdesk.ui.parts.letter_lists import WHEN
from cmdesk.ui.parts.letter_parts import Standing
from cmdesk.ui.parts.letter_row_parts import RowsPart
from cmdesk.ui.parts.letter_rows import Item, Typed, bare
from cmdesk.ui.widgets.card import column, row
from cmdesk.ui.widgets.label import Label


class ClosedRow(Item[Closed]):
    """One promise answered for: when it was due, what it was, what became of it, and why."""

    def __init__(self, desk: Desk, closed: Closed) -> None:
        tr = desk.words.tr
        super().__init__(tr("Leave this out of the letter"))
        self._closed = closed
        whole = row(self, gap=8)
        whole.setContentsMargins(0, 2, 4, 2)
        top = Qt.AlignmentFlag.AlignTop
        when = Label(closed.when, "reading", wrap=True)
        look.hold_width(when, WHEN)
        whole.addWidget(when, 0, top)
        words = column()
        self.what = bare(tr("What was promised"), closed.what)
        self.note = bare(tr("Why, or what came of it"), closed.note, tr("Why, if it helps"))
        for each in (self.what, self.note):
            each.edited.connect(self.edited)
            words.addWidget(each)
        whole.addLayout(words, 1)
        whole.addWidget(Label(closed.became, "strong"), 0, top)
        whole.addWidget(self.remove, 0, top)

    def item(self) -> Closed:
        return replace(self._closed, what=self.what.text().strip(), note=self.note.text().strip())

    def typed(self) -> Iterator[Typed]:
        yield from (self.what, self.note)


class ClosedPart(RowsPart[Closed]):
    """What became of the last letter's promises."""

    def items_of(self, letter: LetterDraft) -> Sequence[Closed]:
        return letter.closed

    def row_of(self, item: Closed, place: int) -> ClosedRow:
        return ClosedRow(self.desk, item)

    def put_into(self, letter: LetterDraft) -> LetterDraft:
        return replace(letter, closed=self.items())

    def say_remark(self, standing: Standing) -> None:
        count = len(self.rows)
        told = self.desk.words.ntr("{n} promise", "{n} promises", count).format(n=count)
        self.remark.setText(told if count else "")
