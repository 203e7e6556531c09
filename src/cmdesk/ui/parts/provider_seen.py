"""What one saw and has to disclose: site visits, relationships and payments, who works there."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cmdesk.casework.provider_page import ProviderPage, Tie, Visit
from cmdesk.rules.provider_codes import TieKind, VisitAspect
from cmdesk.rules.provider_marks import label_of
from cmdesk.ui.desk import Desk
from cmdesk.ui.parts import provider_words as said
from cmdesk.ui.parts.phrases import BETWEEN
from cmdesk.ui.parts.veil import Veil
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.card import column, line, row
from cmdesk.ui.widgets.label import Label

MARKS: Final = 4  # the best mark of an aspect


class Block(QWidget):
    """A heading with a button, and rows below that open."""

    def __init__(self, title: str, button: Button) -> None:
        super().__init__()
        self.setAccessibleName(title)
        whole = column(self)
        head = row()
        head.addWidget(Label(title, "strong"))
        head.addStretch(1)
        head.addWidget(button)
        whole.addLayout(head)
        whole.addSpacing(4)
        whole.addWidget(line())
        self._rows = column()
        whole.addLayout(self._rows)
        self._made: list[QWidget] = []

    def show_rows(self, rows: Sequence[QWidget]) -> None:
        for old in self._made:
            self._rows.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._made = []
        for each in rows:
            self._made += [each, line()]
        for each in self._made:
            self._rows.addWidget(each)


class Seen(QWidget):
    """Signals `visit(object)` and `tie(object)`: open this one, or a new one when it is None."""

    visit = Signal(object)
    tie = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, self._veil = desk, Veil(desk)
        tr = desk.words.tr
        whole = column(self, gap=16)
        self.add_visit = Button(tr("Add a visit"), "link", size="small")
        self.add_visit.clicked.connect(self._on_add_visit)
        self.add_tie = Button(tr("Disclose"), "link", size="small")
        self.add_tie.clicked.connect(self._on_add_tie)
        self.visits = Block(tr("Site visits"), self.add_visit)
        self.ties = Block(tr("Relationships and payments"), self.add_tie)
        whole.addWidget(self.visits)
        whole.addWidget(self.ties)

    def _on_add_visit(self) -> None:
        self.visit.emit(None)

    def _on_add_tie(self) -> None:
        self.tie.emit(None)

    def show_page(self, page: ProviderPage) -> None:
        tr = self._desk.words.tr
        self.visits.setVisible(page.listed.id > 0)
        visits = [
            self._row(self._visit(each), each.seen or each.notes, partial(self.visit.emit, each.id))
            for each in page.visits
        ]
        self.visits.show_rows(visits or [self._nothing(tr("No visit yet."))])
        ties = [
            self._row(self._tie(each), self._disclosed(each), partial(self.tie.emit, each.id))
            for each in page.ties
        ]
        self.ties.show_rows(ties or [self._nothing(tr("None on record."))])

    def _nothing(self, words: str) -> QWidget:
        label = Label(words, "body", "text2", wrap=True)
        label.setContentsMargins(0, 7, 0, 7)
        return label

    def _row(self, first: str, second: str, run: Callable[[], object]) -> QWidget:
        made = QWidget()
        beside = row(made)
        beside.setContentsMargins(0, 7, 0, 7)
        text = column()
        text.addWidget(Label(self._veil.text(first), "body", wrap=True))
        if second:
            text.addWidget(Label(self._veil.text(second), "small", "text2", wrap=True))
        beside.addLayout(text, 1)
        opener = Button(self._desk.words.tr("Open"), "link", size="small")
        opener.setAccessibleName(f"{opener.text()}: {self._veil.text(first)}")

        def open_it() -> None:
            run()

        opener.clicked.connect(open_it)
        beside.addWidget(opener)
        return made

    def _visit(self, each: Visit) -> str:
        tr, words = self._desk.words.tr, self._desk.words
        best = [aspect for aspect, mark in each.ratings.items() if mark == MARKS]
        good = said.joined(words, VisitAspect, best[:2])
        met = tr("met {names}").format(names=each.met) if each.met else ""
        paid = tr("travel paid by {who}").format(who=each.travel_paid_by)
        parts = (words.short_day(each.day), met, good, paid if each.travel_paid_by else "")
        return BETWEEN.join(filter(None, parts))

    def _tie(self, each: Tie) -> str:
        words = self._desk.words
        money = said.money(words, each.amount_cents) if each.amount_cents else ""
        day = words.short_day(each.day) if each.day else ""
        kind = words.tr(label_of(TieKind, each.kind))
        return BETWEEN.join(filter(None, (kind, each.what, money, day)))

    def _disclosed(self, each: Tie) -> str:
        tr = self._desk.words.tr
        if not each.disclosed_to:
            return tr("Not disclosed to anybody yet")
        day = each.disclosed_on
        when = f", {self._desk.words.short_day(day)}" if day else ""
        return tr("Disclosed to {who}{when}").format(who=each.disclosed_to, when=when)
