"""What is known of a period, sorted by what one reader may be told: the composer's left pane."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QScrollArea, QVBoxLayout, QWidget

from cmdesk.casework.composing import Material
from cmdesk.ui.desk import Desk
from cmdesk.ui.parts.veil import Veil
from cmdesk.ui.parts.verdict_card import Group, VerdictCard
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.card import column, row
from cmdesk.ui.widgets.label import Label

FEW = 3  # used cards in sight; the others are a click away


@dataclass(frozen=True, slots=True)
class Known:
    """The entries of a period, those the letter has, and what the client is called.

    `takes`: whether this kind of letter has a section for them.
    """

    materials: Sequence[Material] = ()
    used: Mapping[int, str] = field(default_factory=dict[int, str])  # by section
    client: str = ""
    takes: bool = True
    hidden: bool = False


class VerdictCards(QScrollArea):
    """Signal `asked(Act, int, str)`: what is to be done with which entry, and words for it."""

    asked = Signal(object, int, str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._known = Known()
        self._veil = Veil(desk)
        self._all_used = False
        self.cards: dict[int, VerdictCard] = {}
        self._order: list[VerdictCard] = []
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(desk.words.tr("What you know"))

    def show_all(
        self, materials: Sequence[Material], used: Mapping[int, str], client: str, *, takes: bool
    ) -> None:
        """Show the entries, newest first in each group; if nothing changed, nothing moves."""
        known = Known(materials, used, client, takes, self._desk.privacy.hidden)
        if known != self._known:
            self._known = known
            self._build()

    def _build(self) -> None:
        focused = self._focused()
        writing = {number: card.editor.text() for number, card in self.cards.items() if card.editor}
        top = self.verticalScrollBar().value()
        content = QWidget()
        whole = column(content, gap=6)
        whole.setContentsMargins(12, 12, 12, 16)
        self.cards, self._order = {}, []
        made = [
            VerdictCard(
                self._desk,
                each,
                self._known.client,
                self._veil,
                used=self._known.used.get(each.entry_id, ""),
                takes=self._known.takes,
            )
            for each in reversed(self._known.materials)
        ]
        if not made:
            nothing = self._desk.words.tr("Nothing was logged in these days.")
            whole.addWidget(Label(nothing, "body", "text2", wrap=True))
        for group in Group:
            self._add_group(whole, group, [card for card in made if card.group == group])
        whole.addStretch(1)
        old = self.takeWidget()  # setWidget would destroy it while its focus is still asked about
        self.setWidget(content)
        if old is not None:  # pyright: ignore[reportUnnecessaryComparison] - there is none at first
            old.deleteLater()
        self.verticalScrollBar().setValue(top)
        for number, text in writing.items():
            if number in self.cards:
                self.cards[number].write(text)
        if focused in self.cards:
            self.cards[focused].setFocus(Qt.FocusReason.OtherFocusReason)

    def _focused(self) -> int:
        """Give the entry whose card, or a button of it, has the focus."""
        now = QApplication.focusWidget()
        for number, card in self.cards.items():
            if now is not None and (now is card or card.isAncestorOf(now)):
                return number
        return 0

    def _add_group(self, whole: QVBoxLayout, group: Group, cards: list[VerdictCard]) -> None:
        if not cards:
            return
        tr = self._desk.words.tr
        titles = {
            Group.CHOICE: tr("Your choice"),
            Group.SHARED: tr("Can be shared"),
            Group.KEPT: tr("Kept back"),
        }
        head = row()
        head.setContentsMargins(12, 10 if self._order else 0, 12, 2)
        head.addWidget(Label(titles[group], "strong"), 1)
        open_yet = [card for card in cards if group != Group.CHOICE or card.open_yet]
        told = str(len(open_yet)) if open_yet else tr("All chosen")
        head.addWidget(Label(told, "small", "text2"))
        whole.addLayout(head)
        shown, folded = self._fold(cards) if group == Group.SHARED else (cards, [])
        for card in shown:
            card.asked.connect(self.asked)
            card.moved.connect(self._move)
            self.cards[card.material.entry_id] = card
            self._order.append(card)
            whole.addWidget(card)
        if folded:
            words = tr("{n} more, all used in this letter").format(n=len(folded))
            more = Button(words, "plain", size="small")
            more.clicked.connect(self._unfold)
            line = row()
            line.addWidget(more)
            line.addStretch(1)
            whole.addLayout(line)
        for card in folded:
            card.deleteLater()

    def _fold(self, cards: list[VerdictCard]) -> tuple[list[VerdictCard], list[VerdictCard]]:
        """Keep all that is not used yet in sight, and the first few of the rest."""
        used = [card for card in cards if card.used]
        if self._all_used or len(used) <= FEW + 1:
            return cards, []
        folded = used[FEW:]
        return [card for card in cards if card not in folded], folded

    def _unfold(self) -> None:
        self._all_used = True
        self._build()

    def go_to(self, entry_ids: Collection[int]) -> None:
        """Put the keyboard on the first card in sight of one of these entries."""
        card = next((each for each in self._order if each.material.entry_id in entry_ids), None)
        if card:
            card.setFocus(Qt.FocusReason.OtherFocusReason)
            self.ensureWidgetVisible(card, 0, 24)

    def _move(self, step: int) -> None:
        """Go to the next card, or the one before."""
        now = next((n for n, card in enumerate(self._order) if card.hasFocus()), None)
        if now is not None and 0 <= now + step < len(self._order):
            card = self._order[now + step]
            card.setFocus(Qt.FocusReason.TabFocusReason)
            self.ensureWidgetVisible(card, 0, 24)
