"""The treatment map of a client: all stays on one strip, what came before turns, what recurs."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from cmdesk.casework import treatment_map
from cmdesk.rules import known_day
from cmdesk.rules import treatment_map as rules
from cmdesk.rules.care_event_codes import EventKind
from cmdesk.rules.map_layout import Item, ItemKind
from cmdesk.rules.stay import Stay
from cmdesk.rules.treatment_map import Map, Placed, Turn
from cmdesk.ui import look
from cmdesk.ui.desk import Desk
from cmdesk.ui.icons import Icon
from cmdesk.ui.parts.map_words import MapWords
from cmdesk.ui.widgets import paint
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.card import Card, column, row, scrolled
from cmdesk.ui.widgets.label import Label
from cmdesk.ui.widgets.treatment_strip import TreatmentStrip
from cmdesk.ui.widgets.wrap_row import wrap_row

TALL: Final = 260  # pixels at 100 % that the table takes before it scrolls
ROW, HEADS = 44, 80  # of one line, and of what stands around them
MOST: Final = 3  # recurring factors named beside the strip


class MapCard(QWidget):
    """Signals `stay_asked(int or None)` and `turn_asked(int or None)`: one to edit, none to add.

    `history_asked`: the two pages for an admissions office.
    """

    stay_asked = Signal(object)
    turn_asked = Signal(object)
    history_asked = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, self.words, self._found = desk, MapWords(desk), Map()
        self._as_table = False
        whole = column(self, gap=8)
        whole.setContentsMargins(24, 12, 24, 12)
        whole.addLayout(self._make_head())
        self.strip = TreatmentStrip(desk.words, self._sentence)
        self.strip.read.connect(self._read)
        self.strip.opened.connect(self._open)
        self.strip.pointed.connect(self._point)
        whole.addWidget(self.strip)
        self.detail = Label("", "small", "text2", elide=True)
        whole.addWidget(self.detail)
        self.again = Label("", "small", "text", wrap=True, lead=desk.words.tr("Comes up again:"))
        whole.addWidget(self.again)
        self._list = QWidget()
        lines = column(self._list, gap=12)
        self.stays, self.turns = Card(), Card(desk.words.tr("What came before"))
        for card in (self.stays, self.turns):
            lines.addWidget(card)
        self._table = scrolled(self._list, desk.words.tr("Care so far as a table"))
        whole.addWidget(self._table)
        desk.privacy.changed.connect(self._on_privacy)

    def _make_head(self) -> QHBoxLayout:
        tr, head = self._desk.words.tr, wrap_row(gap=8)
        head.addWidget(Label(tr("Care so far"), "heading"))
        self.sum = Label("", "small", "text2", elide=True)
        head.addWidget(self.sum, 1)
        self.turn = Button("", "plain", size="small")
        self.turn.clicked.connect(self._turn)
        self.add_turn = Button(tr("Note a turn"), "plain", size="small", icon=Icon.FLAG)
        self.add_turn.clicked.connect(partial(self.turn_asked.emit, None))
        self.add_stay = Button(tr("Add a stay"), "plain", size="small", icon=Icon.PLUS)
        self.add_stay.clicked.connect(partial(self.stay_asked.emit, None))
        self.history = Button(tr("Two-page history"), "outline", size="small", icon=Icon.FILE_TEXT)
        self.history.clicked.connect(self.history_asked)
        for button in (self.turn, self.add_turn, self.add_stay, self.history):
            head.addWidget(button)
        return head

    def show_client(self, client_id: int) -> int:
        """Show the care a client had; answer how many stays there are."""
        self._found = self._desk.ask(treatment_map.shown, client_id)
        self._show()
        return len(self._found.placed)

    def _show(self) -> None:
        tr, found = self._desk.words.tr, self._found
        today: date = self._desk.today()
        whole = self.words.whole(found) if found.placed else tr("No stay on record yet.")
        self.sum.setText(whole)
        told = " ".join([f"{whole}.", *(self.words.stay(each) for each in found.placed)])
        self.strip.show_map(found, today, self.words.bar, told)
        there = bool(found.placed or found.turns)
        drawn = bool(self.strip.items)  # what has no day is told in the table alone
        self.strip.setVisible(drawn and not self._as_table)
        self.detail.setText(self._resting())
        self.detail.setVisible(self.strip.isVisibleTo(self))
        recurring = [self.words.recurs(each) for each in found.recurring[:MOST]]
        self.again.setText(" · ".join(recurring))
        self.again.setVisible(bool(recurring))
        self.turn.setText(tr("As a strip") if self._as_table else tr("As a table"))
        self.turn.setVisible(drawn)
        self.history.setVisible(there)
        self._show_table(shown=there and (self._as_table or not drawn))

    def _resting(self) -> str:
        """Say what is on the strip while one is on nothing: how marks are to be read."""
        tr, found, today = self._desk.words.tr, self._found, self._desk.today()
        placed = found.placed
        kinds = {turn.kind for turn in found.turns if turn.day}
        marks = (
            (EventKind.RETURN_TO_USE, tr("▼ return to use")),
            (EventKind.CRISIS, tr("◆ crisis")),
            (EventKind.HOSPITAL_VISIT, tr("■ hospital visit")),
        )
        others = kinds - {kind.value for kind, _ in marks}
        parts = [
            *(said for kind, said in marks if kind in kinds),
            tr("○ another turn") if others else "",
            tr("hatched: no care") if found.gaps else "",
            tr("dotted: planned") if any(p.stay.state(today) == "planned" for p in placed) else "",
            tr("dashed: before we began") if any(not p.stay.ours for p in placed) else "",
            tr("fading: day not known") if any(_rough(p.stay) for p in placed) else "",
        ]
        return " · ".join(filter(None, parts))

    def _sentence(self, item: Item) -> str:
        return self.words.item(item, self._found)

    def _read(self, said: str) -> None:
        self.detail.setText(said)
        self._desk.say.announce(said)

    def _point(self, said: str) -> None:
        self.detail.setText(said)

    def _open(self, kind: str, number: int) -> None:
        if kind == ItemKind.TURN:
            self.turn_asked.emit(number)
        else:
            self.stay_asked.emit(number)

    def _turn(self) -> None:
        self._as_table = not self._as_table
        self._show()

    # The table.

    def _show_table(self, *, shown: bool) -> None:
        self._table.setVisible(shown)
        if not shown:
            return
        placed = _newest_first(self._found.placed)
        rows = [self._stay_row(each) for each in placed]
        self.stays.show_rows(rows, self._desk.words.tr("No stay on record yet."))
        turns = rules.before_turns(self._found)
        others = [turn for turn in self._found.turns if turn not in [each for each, _ in turns]]
        self.turns.show_rows(
            [self._turn_row(turn, at) for turn, at in turns]
            + [self._turn_row(turn, None) for turn in reversed(others)],
            self._desk.words.tr("No return to use and no crisis is noted."),
        )
        lines = len(placed) + max(len(self._found.turns), 1)
        self._table.setFixedHeight(look.px(min(lines * ROW + HEADS, TALL)))

    def _stay_row(self, each: Placed) -> QWidget:
        """Tell one stay with its days, how it ended and what followed, and the way to change it."""
        words, stay = self.words, each.stay
        before = "" if stay.ours else self._desk.words.tr("before we began")
        named = ", ".join(filter(None, (words.where(stay), before)))
        cells = (
            (named, "medium", 4),
            (words.level(stay.level), "body", 4),
            (", ".join(filter(None, (words.when(stay), words.long(stay)))), "body", 4),
            (words.ended(stay), "body", 3),
            (words.to_next(each), "small", 3),
        )
        said = self._desk.words.tr("Change: {name}").format(name=words.stay(each))
        return self._row(cells, said, partial(self.stay_asked.emit, stay.id))

    def _turn_row(self, turn: Turn, at: Placed | None) -> QWidget:
        words, tr = self.words, self._desk.words.tr
        what = tr(EventKind(turn.kind).label)
        day = words.day(turn.day) if turn.day else tr("day not known")
        cells = (
            (f"{what}, {day}", "medium", 4),
            (words.before(turn) or tr("Nothing noted before it."), "body", 9),
            (words.where(at.stay) if at else "", "small", 3),
        )
        said = tr("Change: {name}").format(name=words.turn(turn))
        return self._row(cells, said, partial(self.turn_asked.emit, turn.id))

    def _row(self, cells: Sequence[tuple[str, str, int]], said: str, run: object) -> QWidget:
        made = QWidget()
        across = row(made, gap=8)
        for words, role, share in cells:
            ink = "text2" if role == "small" else "text"
            across.addWidget(Label(words, role, ink, wrap=True), share)  # pyright: ignore[reportArgumentType] - one of the roles above
        change = Button(self._desk.words.tr("Change"), "quiet", size="small")
        change.setAccessibleName(said)
        change.clicked.connect(run)
        across.addWidget(change, 0, Qt.AlignmentFlag.AlignTop)
        return made

    def _on_privacy(self) -> None:
        if self._found.placed or self._found.turns:
            self._show()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in paint.RESTYLED:
            self.strip.restyle()


def _rough(stay: Stay) -> bool:
    return not known_day.whole(stay.admitted_known, stay.left_known)


def _newest_first(placed: Sequence[Placed]) -> list[Placed]:
    """Turn them round; those without any day stay at the end."""
    undated = [each for each in placed if not (each.stay.admitted or each.stay.left)]
    return [*(each for each in reversed(placed) if each not in undated), *undated]


__all__ = ["MapCard"]
