"""Search or do anything (Ctrl+K): one field, and what it leads to."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from cmdesk.casework import jump
from cmdesk.casework.jump import Found, Index
from cmdesk.ui import look, palette_rows, table
from cmdesk.ui.commands import Command
from cmdesk.ui.desk import Desk
from cmdesk.ui.icons import Icon
from cmdesk.ui.overlay import Dialog
from cmdesk.ui.palette_list import ROW, OfferDelegate
from cmdesk.ui.palette_rows import Deeds, Offer
from cmdesk.ui.table import Column, Table
from cmdesk.ui.widgets.card import column, row
from cmdesk.ui.widgets.card import line as card_line
from cmdesk.ui.widgets.glyph import Glyph
from cmdesk.ui.widgets.key_cap import KeyCap
from cmdesk.ui.widgets.label import Label
from cmdesk.ui.widgets.long_list import LongList

WIDTH, LIST_HEIGHT = 720, 492
MOVES = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -8, Qt.Key.Key_PageDown: 8}


class AnswerList(LongList):
    """As tall as the design has it, if the window has the room."""

    def sizeHint(self) -> QSize:
        return QSize(look.px(LIST_HEIGHT), look.px(LIST_HEIGHT))


class Palette(Dialog):
    """Asks in the background, the newest question alone; Enter acts on the row one is on."""

    def __init__(self, desk: Desk, commands: Callable[[], Sequence[Command]], deeds: Deeds) -> None:
        super().__init__(desk.words.tr("Search"), width=WIDTH, close_word=desk.words.tr("Close"))
        self.desk, self._deeds = desk, deeds
        self._commands = [each for each in commands() if each.name != "search"]
        self._index: Index | None = None
        self._asking = self._stale = False
        self._about: Offer | None = None
        self._offers: dict[int, Offer] = {}
        self.answered = ""  # what the rows answer
        self.model: Table[Offer] = Table(
            [Column("", lambda each: each.title)], self._fetch, self._sentence, self
        )
        self.list = AnswerList(desk.words.tr("Answers"), look.px(ROW))
        self.delegate = OfferDelegate(desk, self.offer_at)
        self.list.setModel(self.model)
        self.list.setItemDelegate(self.delegate)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.clicked.connect(self.act)
        self._entered = ""  # asked to be done before there was an answer
        self.line = QLineEdit()
        self._lay_out()
        self.line.textChanged.connect(self._on_typed)
        self.line.installEventFilter(self)
        self._show_commands()
        desk.fetch(self, jump.read).then(self._on_read)

    def _lay_out(self) -> None:
        tr = self.desk.words.tr
        while item := self.head.takeAt(0):
            if widget := item.widget():
                widget.hide()
        self.line.setPlaceholderText(tr("Search, or do anything"))
        self.line.setAccessibleName(tr("Search"))
        self.line.setProperty("kind", "search")
        self.head.setContentsMargins(16, 12, 16, 12)
        self.head.addWidget(Glyph(Icon.SEARCH, "text2", 20))
        self.head.addWidget(self.line, 1)
        self.head.addWidget(KeyCap("Esc"))
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        self.body.addWidget(card_line())
        held = column()
        held.setContentsMargins(8, 8, 8, 8)
        held.addWidget(self.list)
        self.body.addLayout(held)
        self.add_foot()
        self.foot.setContentsMargins(16, 8, 16, 8)
        for keys, words in (
            ("↑ ↓", tr("Move")),
            ("Enter", tr("Open")),
            ("Tab", tr("Actions for this person")),
            (">", tr("Commands only")),
            ("@", tr("People only")),
        ):
            line = row(gap=6)
            line.addWidget(KeyCap(keys))
            line.addWidget(Label(words, "small", "text3"))
            self.foot.addLayout(line)
            self.foot.addSpacing(8)
        self.foot.addStretch(1)

    # Asking.

    def _on_read(self, index: Index) -> None:
        self._index = index
        self._ask()

    def _on_typed(self, _text: str) -> None:
        self._about = None
        self._entered = ""
        self._ask()

    def _ask(self) -> None:
        typed = self.line.text().strip()
        if not typed or typed.startswith(">"):
            self._show_commands(typed.removeprefix(">"))
        elif self._asking:
            self._stale = True
        elif self._index is not None:
            self._asking, self._stale = True, False
            people = typed.startswith("@")
            asked = typed.removeprefix("@")
            find = partial(jump.find, people_only=people)
            self.desk.fetch(self, find, self._index, asked).then(
                partial(self._on_found, typed)
            ).otherwise(self._on_failed)

    def _on_failed(self, error: BaseException) -> None:
        self._asking = False
        self.desk.say.failure(error)

    def _on_found(self, typed: str, found: Found) -> None:
        self._asking = False
        if typed == self.line.text().strip():
            self._show_found(typed, found)
        if self._stale:
            self._ask()

    def _show_found(self, typed: str, found: Found) -> None:
        words = self.desk.words
        made = palette_rows.of_found(found, self._deeds, words)
        if not typed.startswith("@"):
            told = palette_rows.of_commands(self._commands, typed)
            made = _beside_people(made, told[: palette_rows.COMMANDS_SHOWN], typed)
        made = made or palette_rows.of_nothing(typed, self._deeds, words, self._commands)
        self._show(typed, made)
        if self._entered == typed:
            self.act()

    def _show_commands(self, typed: str = "") -> None:
        # Keys for places in a list say little beside the words of all others.
        last = sorted(self._commands, key=lambda each: (each.shortcut or "").isdigit())
        made = palette_rows.of_commands(last, typed)
        self._show(self.line.text().strip(), made)

    def _show(self, typed: str, made: Sequence[Offer]) -> None:
        offers = [replace(each, id=number) for number, each in enumerate(made)]
        self.answered = typed
        self._offers = {each.id: each for each in offers}
        self.delegate.mark(typed.lstrip(">@"))
        self.model.show([])  # the rows are others, whatever their numbers
        self.model.show(list(self._offers))
        self.list.measure_again()
        if offers:
            table.select(self.list, self.model, offers[0].id)
            self.desk.say.announce(self._sentence(offers[0]))

    # Rows.

    def _fetch(self, ids: Sequence[int]) -> list[Offer]:
        return [self._offers[number] for number in ids if number in self._offers]

    def offer_at(self, place: int) -> Offer | None:
        return self.model.row_at(place) if 0 <= place < len(self.model.ids) else None

    @property
    def offers(self) -> list[Offer]:
        return list(self._offers.values())

    @property
    def chosen(self) -> Offer | None:
        number = table.selected_id(self.list, self.model)
        return self._offers.get(number) if number is not None else None

    def _sentence(self, each: Offer) -> str:
        title, detail = self.delegate.cells(each)
        return ", ".join(part for part in (self.desk.words.tr(each.group), title, detail) if part)

    # Keys.

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._on_key(Qt.Key(event.key())) or super().eventFilter(watched, event)
        return super().eventFilter(watched, event)

    def _on_key(self, key: Qt.Key) -> bool:
        if key in MOVES:
            self._move(MOVES[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.act()
        elif key == Qt.Key.Key_Tab:
            self._show_deeds()
        elif key == Qt.Key.Key_Backspace and self._about:
            self._about = None
            self._ask()
        else:
            return False
        return True

    def _move(self, step: int) -> None:
        count = len(self.model.ids)
        if count:
            now = self.list.currentIndex().row()
            place = (now + step) % count if abs(step) == 1 else min(max(now + step, 0), count - 1)
            table.select(self.list, self.model, self.model.ids[place])
            self.list.viewport().update()
            if each := self.chosen:
                self.desk.say.announce(self._sentence(each))

    def _show_deeds(self) -> None:
        """Show all that can be done for the person one is on."""
        each = self.chosen
        if each and each.about and not self._about:
            self._about = each
            deeds = palette_rows.for_person(each.about, self._deeds, self.desk.words)
            self._show(self.line.text().strip(), deeds)

    def act(self, _index: object = None) -> None:
        """Do what the row says, once the search is out of the way."""
        each = self.chosen
        typed = self.line.text().strip()
        if typed != self.answered and not self._about:
            self._entered = typed  # what it means is seen when the answer is there
        elif each:
            self.close_dialog()
            each.run()


def _beside_people(made: Sequence[Offer], told: Sequence[Offer], typed: str) -> list[Offer]:
    """Put commands where things to do stand: after the people, before the log.

    They come first where nobody is called by all that was typed.
    """
    if told and made and not palette_rows.names_all(made[0], typed):
        return [*told, *made]
    groups = (palette_rows.PEOPLE, palette_rows.DO)
    above = [each for each in made if each.group in groups]
    return [*above, *told, *(each for each in made if each.group not in groups)]
