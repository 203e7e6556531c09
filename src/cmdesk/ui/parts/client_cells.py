"""What the cells of the client list say, and what a screen reader says of a row."""

from collections.abc import Callable, Sequence

from cmdesk.casework.client_list import ClientRow
from cmdesk.rules.family_codes import InquiryStatus, Urgency
from cmdesk.ui.desk import Desk
from cmdesk.ui.parts import phrases
from cmdesk.ui.parts.two_lines import Cell
from cmdesk.ui.parts.veil import Veil
from cmdesk.ui.table import Column

SHARES = (182, 185, 210, 168, 112)
ORDERS = ("name", "", "step", "contact", "")


class ClientCells:
    """Says each cell in the words, on the day and with the privacy of a desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk, self._words, self._veil = desk, desk.words, Veil(desk)
        self._cells: Sequence[Callable[[ClientRow], Cell]] = (
            self._client,
            self._stay,
            self._step,
            self._contact,
            self._update,
        )

    def columns(self) -> list[Column[ClientRow]]:
        tr = self._words.tr
        titles = (
            tr("Client"),
            tr("Level of care"),
            tr("Next action"),
            tr("Last contact"),
            tr("Next update"),
        )
        return [
            Column(title, self._text_of(number), order=ORDERS[number])
            for number, title in enumerate(titles)
        ]

    def _text_of(self, number: int) -> Callable[[ClientRow], str]:
        def text(row: ClientRow) -> str:
            cell = self.cell(row, number)
            return f"{cell.first}, {cell.second}" if cell.second else cell.first

        return text

    def cell(self, row: ClientRow, column: int) -> Cell:
        return self._cells[column](row)

    def _client(self, row: ClientRow) -> Cell:
        age = str(row.age) if row.age is not None else ""
        name = self._desk.privacy.name(row.name.full)
        return Cell(name, age, "strong", letters=row.name.initials)

    def _stay(self, row: ClientRow) -> Cell:
        if row.call is not None:
            status = self._words.tr(InquiryStatus(row.call.status).label)
            urgency = Urgency(row.call.urgency) if row.call.urgency else None
            ink = "crit" if urgency is Urgency.EMERGENCY else "text2"
            return Cell(
                self._words.tr("Inquiry: {status}").format(status=status.lower()),
                self._words.tr(urgency.label) if urgency else "",
                "medium",
                second_ink=ink,
            )
        if row.stay is None:
            return Cell(self._words.tr("Not in a program"), ink="text2")
        where = phrases.place(self._words, row.stay.place, row.stay.day)
        return Cell(row.stay.level or where, where if row.stay.level else "", "medium")

    def _step(self, row: ClientRow) -> Cell:
        if row.step is None:
            return Cell(self._words.tr("Set a next step"), ink="warn")
        today = self._desk.today()
        when = phrases.due(self._words, row.step.due, today)
        text = self._veil.text(row.step.text)
        return Cell(text, when, second_ink=phrases.due_ink(row.step.due, today))

    def _contact(self, row: ClientRow) -> Cell:
        contact, words = row.contact, self._words
        if contact is None:
            return Cell(words.tr("None yet"), ink="text2")
        day = contact.at.date()
        called = self._desk.privacy.name(contact.who.called) if contact.who else ""
        what = phrases.with_whom(words, contact.kind, contact.method, contact.direction, called)
        return Cell(f"{words.weekday(day)}, {words.month_day(day)}", what)

    def _update(self, row: ClientRow) -> Cell:
        if row.call is not None:
            return Cell(self._words.tr("Not set"))
        if row.update is None:
            return Cell(self._words.tr("None asked"))
        today, due = self._desk.today(), row.update.due
        when = phrases.due(self._words, due, today)
        ink = "crit" if due < today else "warn" if due == today else "text2"
        return Cell(self._desk.privacy.name(row.update.called.called), when, second_ink=ink)

    def sentence(self, row: ClientRow) -> str:
        """Say the whole row, then what Enter does."""
        parts = [self._text_of(number)(row) for number in range(len(self._cells))]
        titles = ("", "", self._words.tr("next:"), self._words.tr("last contact:"), "")
        said = [f"{title} {part}".strip() for title, part in zip(titles, parts, strict=True)]
        tr = self._words.tr
        opens = tr("Enter opens the inquiry.") if row.call else tr("Enter opens the chart.")
        return f"{'; '.join(said)}. {opens}"
