"""The board of a search: six columns, each program where it stands; moved by keys or by hand."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QKeyEvent,
    QPaintEvent,
)
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from cmdesk.casework.placement_candidates import Candidate
from cmdesk.rules.placement_way import Column, beside
from cmdesk.rules.provider_codes import ReferralState
from cmdesk.ui import look
from cmdesk.ui.desk import Desk
from cmdesk.ui.parts import placement_words as say
from cmdesk.ui.parts.placement_card import KIND, PlacementCard
from cmdesk.ui.parts.veil import veil_of
from cmdesk.ui.widgets import paint
from cmdesk.ui.widgets.card import column, row
from cmdesk.ui.widgets.label import Label

LEAST = 180  # px at 100 % that the board is tall
LETTERS = frozenset("MOPS")  # move, open the client, add a program, star


class BoardColumn(QWidget):
    """Signal `dropped(int)`: a card was put here by hand."""

    dropped = Signal(int)

    def __init__(self, title: str) -> None:
        super().__init__()
        self.cards: list[PlacementCard] = []
        self._over = False
        self.setAcceptDrops(True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        self._title = title
        whole = column(self, gap=7)
        whole.setContentsMargins(7, 6, 7, 8)
        head = row(gap=4)
        head.setContentsMargins(5, 0, 5, 0)
        head.addWidget(Label(title, "small_strong", elide=True), 1)
        self.count = Label("", "small", "text2")
        head.addWidget(self.count)
        whole.addLayout(head)
        self._place = column(gap=7)
        whole.addLayout(self._place)
        whole.addStretch(1)
        self.setAccessibleName(title)

    def show_cards(self, cards: Sequence[PlacementCard]) -> None:
        for old in self.cards:
            old.hide()
            self._place.removeWidget(old)
            old.deleteLater()
        self.cards = list(cards)
        for card in cards:
            self._place.addWidget(card)
            card.show()  # at once: what is not shown yet takes no focus
        self.count.setText(str(len(cards)) if cards else "")
        self.setAccessibleName(f"{self._title} {len(cards)}")

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = look.tokens()
        edge = tokens.accent if self._over else tokens.border
        paint.draw_box(paint.begin(self), self.rect(), tokens.sunken, edge, 8)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasFormat(KIND):
            self._mark(over=True)
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._mark(over=False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._mark(over=False)
        event.acceptProposedAction()
        self.dropped.emit(int(event.mimeData().data(KIND).data()))

    def _mark(self, *, over: bool) -> None:
        self._over = over
        self.update()


class PlacementBoard(QWidget):
    """Signals `opened(int)`: a candidate; `moved(int, str)`: a candidate into a column.

    `sent_again(int)`: records went to a candidate once more.

    `lettered(str)`: a letter was pressed on a card, which leaves it to its board.
    """

    lettered = Signal(str)
    opened = Signal(int)
    moved = Signal(int, str)
    sent_again = Signal(int)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._shown: tuple[Candidate, ...] = ()
        self._wanted: int | None = None  # whose card has the focus once it is drawn again
        tr = desk.words.tr
        self.columns = {each: BoardColumn(tr(each.label)) for each in Column}
        places = row(self, gap=8)
        for each, place in self.columns.items():
            place.dropped.connect(partial(self._on_dropped, each))
            places.addWidget(place, 1)
        self.setAccessibleName(tr("Programs by how far they are"))
        self.setMinimumHeight(look.px(LEAST))

    def show_candidates(self, candidates: Sequence[Candidate]) -> None:
        """Draw the board; the card that had the focus has it again, wherever it went."""
        wanted = self.chosen if self._wanted is None else self._wanted
        self._shown = tuple(candidates)
        for each, place in self.columns.items():
            place.show_cards([self._card(one) for one in candidates if one.column is each])
        if wanted is not None:
            self.choose(wanted)
        self._wanted = None

    def _card(self, each: Candidate) -> PlacementCard:
        words, today = self._desk.words, self._desk.today()
        name, veil = each.known.name, veil_of(self._desk)
        first, last, next_step = say.card_lines(words, each, today)
        card = PlacementCard(
            each.id,
            name,
            (veil.text(first), veil.text(last), veil.text(next_step)),
            spoken=veil.text(say.sentence(words, each, name, today)),
            over=not each.going,
            amber=say.long_wait(each, today),
            red=say.late(each, today),
            leading=each.leading,
        )
        card.clicked.connect(partial(self.opened.emit, each.id))
        card.stepped.connect(partial(self._on_step, each))
        card.walked.connect(partial(self._walk, each.id))
        card.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        card.customContextMenuRequested.connect(partial(self.ask_where, each.id))
        return card

    @property
    def cards(self) -> list[PlacementCard]:
        """All cards in reading order."""
        return [card for place in self.columns.values() for card in place.cards]

    @property
    def chosen(self) -> int | None:
        """The candidate whose card has the focus."""
        return next((card.number for card in self.cards if card.hasFocus()), None)

    def choose(self, number: int) -> None:
        """Put the focus on a card."""
        card = next((each for each in self.cards if each.number == number), None)
        if card is not None:
            card.setFocus(Qt.FocusReason.OtherFocusReason)

    def want(self, number: int) -> None:
        """Put the focus on a card, now or as soon as it is drawn."""
        if any(each.number == number for each in self.cards):
            self.choose(number)
        else:
            self._wanted = number

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        if plain and event.text().upper() in LETTERS:
            self.lettered.emit(event.text().upper())
            return
        super().keyPressEvent(event)

    def _walk(self, number: int, step: int) -> None:
        cards = self.cards
        at = next((at for at, card in enumerate(cards) if card.number == number), 0) + step
        if 0 <= at < len(cards):
            cards[at].setFocus(Qt.FocusReason.TabFocusReason)

    def _on_step(self, each: Candidate, step: int) -> None:
        to = beside(each.column, step)
        if to is not None:
            self._move(each.id, to)

    def _on_dropped(self, to: Column, number: int) -> None:
        each = next((one for one in self._shown if one.id == number), None)
        if each is not None and each.column is not to:
            self._move(number, to)

    def _move(self, number: int, to: Column) -> None:
        self._wanted = number
        self.moved.emit(number, to.value)

    def ask_where(self, number: int, at: QPoint | None = None) -> None:
        """Offer the columns in a menu: M, where nothing is dragged (WCAG 2.5.7)."""
        card = next((each for each in self.cards if each.number == number), None)
        each = next((one for one in self._shown if one.id == number), None)
        if card is None or each is None:
            return
        menu = QMenu(self._desk.words.tr("Move to …"), card)
        for to in Column:
            act: QAction = menu.addAction(self._desk.words.tr(to.label))
            asked = to is not Column.ASKED or each.state != ReferralState.CONSIDERED
            act.setEnabled(to is not each.column or not asked)
            act.triggered.connect(partial(self._move, number, to))
        menu.addSeparator()
        again = menu.addAction(self._desk.words.tr("Records went again …"))
        again.setEnabled(each.records_sent_on is not None)
        again.triggered.connect(partial(self.sent_again.emit, number))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(card.mapToGlobal(at or QPoint(0, card.height())))
