"""Family updates: who is due by each family's cadence, what was begun, what was handed over."""

from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QStackedWidget

from cmdesk.casework import update_list
from cmdesk.casework.update_list import UpdateRow
from cmdesk.rules.codes import Cadence
from cmdesk.rules.periods import span
from cmdesk.ui import table
from cmdesk.ui.commands import Command
from cmdesk.ui.desk import Desk
from cmdesk.ui.icons import Icon
from cmdesk.ui.page import Count, Hint, Page, Route
from cmdesk.ui.parts import phrases, thrown_letters
from cmdesk.ui.parts.two_lines import Cell, RowList, TwoLines
from cmdesk.ui.parts.veil import Veil
from cmdesk.ui.table import Column, Table
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.card import column, row
from cmdesk.ui.widgets.empty import Empty
from cmdesk.ui.widgets.label import Label
from cmdesk.ui.widgets.segmented import Segment, Segmented

SHARES = (34, 22, 22, 22)
BRIEF = "brief"  # the kind of letter that says so
LISTS = {"due": update_list.due, "begun": update_list.begun, "sent": update_list.sent}


def waiting(desk: Desk) -> Count:
    """Count the letters that are due today or late."""
    today = desk.today()
    days = [row.due for row in desk.ask(update_list.due) if row.due and row.due <= today]
    return Count(len(days), hot=any(day < today for day in days))


class UpdatesPage(Page):
    """Three lists; Enter takes up the letter in the composer, or looks at one that left.

    Signal `see_letter(int)` names a letter that was handed over.
    """

    see_letter = Signal(int)
    concerns: ClassVar[frozenset[str]] = frozenset(
        {"client", "person", "update_plan", "family_update", "update_copy", "consent"}
        | {"consent_recipient", "engagement", "letter_event"}
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        tr = desk.words.tr
        self._rows: dict[int, UpdateRow] = {}
        self._veil = Veil(desk)
        columns = [
            Column[UpdateRow](title, lambda each, at=place: self._cell(each, at).first)
            for place, title in enumerate(self._titles("due"))
        ]
        self._model = Table(columns, self._fetch, self._sentence, self)
        self.list = RowList(tr("Family updates"), SHARES)
        self.list.setModel(self._model)
        self.list.setItemDelegate(TwoLines(self._cell, self.list))
        self.list.opened.connect(self.open_letter)
        self._lay_out()

    def _titles(self, shown: str) -> tuple[str, ...]:
        """Head the columns by what stands in them in one of the three lists."""
        tr = self.desk.words.tr
        last = {
            "due": (tr("Due"), tr("So far")),
            "begun": (tr("Saved"), tr("Headline")),
            "sent": (tr("Handed over"), tr("Headline")),
        }
        return tr("Client and reader"), tr("Days"), *last[shown]

    def _lay_out(self) -> None:
        tr = self.desk.words.tr
        whole = column(self)
        head = QFrame()
        head.setProperty("kind", "head")
        lines = column(head, gap=12)
        lines.setContentsMargins(24, 20, 24, 12)
        first = row()
        first.addWidget(Label(tr("Family updates"), "title"))
        first.addStretch(1)
        self.throw = Button(tr("Throw away"), "plain", keys="Del")
        self.throw.clicked.connect(self.throw_away)
        self.throw.hide()
        first.addWidget(self.throw)
        self.write = Button(tr("Write update"), "primary", icon=Icon.MAIL, keys="Enter")
        self.write.clicked.connect(self.open_letter)
        first.addWidget(self.write)
        lines.addLayout(first)
        self.lists = Segmented(self._segments({}), tr("Which updates"))
        self.lists.chosen.connect(self._show)
        second = row()
        second.addWidget(self.lists)
        second.addStretch(1)
        lines.addLayout(second)
        whole.addWidget(head)
        whom = Button(self.desk.words.tr("Choose a client"))
        whom.clicked.connect(self._choose_client)
        self._empty = Empty(Icon.MAIL, "", "", [whom])
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self._empty)
        whole.addWidget(self._stack, 1)

    def _choose_client(self) -> None:
        self.desk.go(Route("clients"))

    def _segments(self, counts: dict[str, int]) -> list[Segment]:
        tr = self.desk.words.tr
        titles = {"due": tr("Due"), "begun": tr("Drafts"), "sent": tr("Handed over")}
        return [
            Segment(key, title, str(counts[key]) if key in counts else "")
            for key, title in titles.items()
        ]

    def refresh(self) -> None:
        rows = {key: self.desk.ask(read) for key, read in LISTS.items()}
        self.lists.offer(self._segments({key: len(found) for key, found in rows.items()}))
        self._fill(rows[self.lists.current])

    def _show(self) -> None:
        tr, sent = self.desk.words.tr, self._sent_shown
        self.write.setText(tr("See letter") if sent else tr("Write update"))
        self._model.rename(self._titles(self.lists.current))
        self.hints_changed.emit()
        self._fill(self.desk.ask(LISTS[self.lists.current]))
        if self._rows:  # a number means another letter in every list
            table.select(self.list, self._model, next(iter(self._rows)))

    def _fill(self, rows: Sequence[UpdateRow]) -> None:
        self._rows = {each.id: each for each in rows}
        table.show(self.list, self._model, list(self._rows))
        if rows and table.selected_id(self.list, self._model) is None:
            table.select(self.list, self._model, rows[0].id)
        self._stack.setCurrentIndex(0 if rows else 1)
        self.write.setVisible(bool(rows))
        self.throw.setVisible(bool(rows) and self._drafts_shown)
        tr = self.desk.words.tr
        empty = {
            "due": (tr("No updates agreed"), tr("Agree how often a family hears from you.")),
            "begun": (tr("No drafts"), tr("A letter that is begun is kept here.")),
            "sent": (tr("None yet"), tr("Letters that were handed over are listed here.")),
        }
        self._empty.say(*empty[self.lists.current])

    def _fetch(self, ids: Sequence[int]) -> list[UpdateRow]:
        return [self._rows[number] for number in ids if number in self._rows]

    def _cell(self, each: UpdateRow, place: int) -> Cell:
        return (self._family, self._week, self._when, self._draft)[place](each)

    def _family(self, each: UpdateRow) -> Cell:
        tr, name = self.desk.words.tr, self.desk.privacy.name
        reader = tr("For {name}").format(name=name(each.party.called))
        if each.every:
            often = tr(Cadence(each.every).label).lower()
            reader = tr("{reader}, {often}").format(reader=reader, often=often)
        letters = each.client.initials
        return Cell(name(each.client.full), reader, role="medium", letters=letters)

    def _week(self, each: UpdateRow) -> Cell:
        return Cell(span(each.first, each.last).removesuffix(f", {self.desk.today().year}"))

    def _when(self, each: UpdateRow) -> Cell:
        words, today = self.desk.words, self.desk.today()
        if each.due is not None:
            ink = phrases.due_ink(each.due, today)
            return Cell(phrases.due(words, each.due, today), each.no_consent, "body", ink, "warn")
        if each.sent_on is not None:
            state, ink = phrases.letter_state(each.stand, today)
            note = self._veil.text(state)
            return Cell(words.near_day(each.sent_on, today), note, "body", "text", ink)
        return Cell(self._saved(each))

    def _draft(self, each: UpdateRow) -> Cell:
        words = self.desk.words
        if each.due is None:
            return Cell(self._veil.text(each.headline), ink="text2")
        if each.begun_at is not None:
            return Cell(self._saved(each), self._veil.text(each.headline))
        if each.sent_on is not None:
            last = words.tr("Last one {day}").format(day=words.month_day(each.sent_on))
            return Cell(last, ink="text2")
        return Cell("")

    def _saved(self, each: UpdateRow) -> str:
        words = self.desk.words
        if each.begun_at is None:
            return ""
        day = words.near_day(each.begun_at.date(), self.desk.today())
        return words.tr("Saved {day}, {time}").format(day=day, time=words.time(each.begun_at))

    def _sentence(self, each: UpdateRow) -> str:
        cells = (self._cell(each, place) for place in range(len(SHARES)))
        parts = [part for cell in cells for part in (cell.first, cell.second) if part]
        tr = self.desk.words.tr
        if self._sent_shown:
            return tr("{row}. Enter shows the letter.").format(row=", ".join(parts))
        return tr("{row}. Enter writes the letter.").format(row=", ".join(parts))

    @property
    def _sent_shown(self) -> bool:
        return self.lists.current == "sent"

    @property
    def _drafts_shown(self) -> bool:
        return self.lists.current == "begun"

    def throw_away(self) -> None:
        """Throw the draft one is on away; the toast puts it back."""
        number = table.selected_id(self.list, self._model)
        if number is not None and self._drafts_shown:
            each = self._rows[number]
            thrown_letters.throw_away(self.desk, each.key, each.party.called)

    def open_letter(self) -> None:
        """Take up the letter of the row one is on; look at one that left."""
        number = table.selected_id(self.list, self._model)
        if number is not None and self._sent_shown:
            self.see_letter.emit(self._rows[number].id)
        elif number is not None:
            each = self._rows[number]
            self.desk.go(Route("composer", each.client_id, each.tab))

    def write_brief(self) -> None:
        """Write that nothing material changed, to the reader of the row one is on."""
        number = table.selected_id(self.list, self._model)
        if number is not None and self.lists.current == "due":
            each = self._rows[number]
            tab = f"{each.party.key}:{each.first}:{each.last}:{BRIEF}"
            self.desk.go(Route("composer", each.client_id, tab))

    def open_client(self) -> None:
        number = table.selected_id(self.list, self._model)
        if number is not None:
            self.desk.go(Route("chart", self._rows[number].client_id))

    def commands(self) -> Sequence[Command]:
        tr, within = self.desk.words.tr, self.list
        return (
            Command("updates.open", tr("Write update"), self.open_letter, "U", within=within),
            Command(
                *("updates.brief", tr("Nothing material changed"), self.write_brief, "B"),
                enabled=lambda: self.lists.current == "due",
                within=within,
            ),
            Command(
                *("updates.throw", tr("Throw the draft away"), self.throw_away, "Del"),
                enabled=lambda: self._drafts_shown,
                within=within,
            ),
            Command("updates.client", tr("Open the client"), self.open_client, "O", within=within),
        )

    def hints(self) -> Sequence[Hint]:
        tr = self.desk.words.tr
        own = {
            "due": [Hint(("B",), tr("Nothing changed"))],
            "begun": [Hint(("Del",), tr("Throw away"))],
            "sent": [],
        }
        return (
            Hint(("↑ ↓",), tr("Move")),
            Hint(("Enter",), tr("Open the letter")),
            *own[self.lists.current],
            Hint(("O",), tr("Open the client")),
        )
