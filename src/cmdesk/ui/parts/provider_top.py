"""The line above the list of providers: how many match, and in which order."""

from PySide6.QtWidgets import QFrame

from cmdesk.ui.desk import Desk
from cmdesk.ui.parts.provider_search import Asked
from cmdesk.ui.widgets.card import row
from cmdesk.ui.widgets.choice import Choice
from cmdesk.ui.widgets.label import Label


class ListHead(QFrame):
    """Says the number, and lets the order be chosen."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._words = desk.words
        tr = desk.words.tr
        line = row(self)
        line.setContentsMargins(16, 4, 8, 4)
        self.matching = Label("", "small", "text2", elide=True)
        line.addWidget(self.matching, 1)
        options: list[tuple[object, str]] = [
            ("opening", tr("Soonest opening")),
            ("name", tr("By name")),
            ("near", tr("Nearest")),
            ("checked", tr("Longest unchecked")),
        ]
        self.order = Choice(options, tr("Sorted by"), kind="")
        self.order.setProperty("kind", "bare")
        line.addWidget(self.order)

    def say(self, found: int, total: int, asked: Asked) -> None:
        """Say how many match; with nothing narrowing, how many there are."""
        number = self._words.number
        if asked.narrowed:
            words = self._words.tr("{n} of {all} match")
            self.matching.setText(words.format(n=number(found), all=number(total)))
        else:
            words = self._words.ntr("{n} provider", "{n} providers", total)
            self.matching.setText(words.format(n=number(total)))
