"""The quick-log line: one line says it all, read as it is typed."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from cmdesk.casework import contacts, quick_log
from cmdesk.casework.quick_log import Known
from cmdesk.rules import logline
from cmdesk.rules.log import LogDraft
from cmdesk.rules.logline import Line, Part
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs import line_words
from cmdesk.ui.dialogs.line_chips import LineChips
from cmdesk.ui.dialogs.line_edit import LineEdit, Offer, OfferedLine, Offers, Stretch
from cmdesk.ui.widgets.card import column
from cmdesk.ui.widgets.field import Remark

AFTER_THE_KEY: Final = 20  # milliseconds: the letter is painted first, then the line is read
EXAMPLE: Final = "maya call tess 24m fu mon ride home"


class LogLine(QWidget):
    """Signals: `typed()` at every key, `read(Line)` a moment later, `left()` for Enter."""

    typed = Signal()
    read = Signal(object)
    left = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        tr = desk.words.tr
        self._desk = desk
        self._known: Known | None = None
        self._details: dict[str, str] = {}
        self._client: int | None = None
        self._near: int | None = None
        self._picked: dict[str, str] = {}
        self.line = _nothing(desk)
        whole = column(self, gap=8)
        self.edit = LineEdit(
            tr("Log a contact in one line"), tr("Like: {line}").format(line=EXAMPLE)
        )
        self.offers = Offers(tr("Names that fit"))
        self.offers.setParent(self)
        self._keys = OfferedLine(self.edit, self.offers)
        self.chips = LineChips(tr("What the line says"))
        self.remark = Remark()
        whole.addWidget(self.edit)
        whole.addWidget(self.remark)
        self.setFocusProxy(self.edit)
        self._reading = QTimer(self, interval=AFTER_THE_KEY, singleShot=True)
        self._reading.timeout.connect(self.read_now)
        desk.closing.connect(self._reading.stop)
        self.edit.textEdited.connect(self._on_edited)
        self._keys.taken.connect(self._on_taken)
        self._keys.refused.connect(self._on_refused)
        self._keys.entered.connect(self.left)

    @property
    def text(self) -> str:
        return self.edit.text()

    @property
    def used(self) -> bool:
        """Whether anything stands in the line."""
        return bool(self.text.strip())

    @property
    def known(self) -> Known:
        """Whom the line may name; read with the first key."""
        if self._known is None:
            self._known = self._desk.ask(quick_log.known)
        return self._known

    def load(self, text: str, client: int | None) -> None:
        """Show a line that was typed before, in the chart of `client`. Silent."""
        self._client, self._picked = client, {}
        self.edit.setText(text)
        self.line = self._parsed() if text.strip() else _nothing(self._desk)
        self._show()

    def put(self, words: str) -> None:
        """Add words that were typed elsewhere."""
        self.edit.setText(f"{self.text} {words}".strip() + " ")
        self.typed.emit()
        self.read_now()

    def read_now(self) -> Line:
        """Read what stands there, if that has not happened yet."""
        if self._reading.isActive():
            self._reading.stop()
        self.line = self._parsed() if self.used else _nothing(self._desk)
        self._show()
        self._offer()
        self.read.emit(self.line)
        return self.line

    def catch_up(self) -> None:
        """Read at once what was typed last: somebody wants to save it."""
        if self._reading.isActive():
            self.read_now()

    @property
    def fault(self) -> str:
        """What must be chosen before this can be saved: who of several is meant."""
        return self.line.choices[0].span.doubt if self.line.choices else ""

    def say_fault(self, fault: str) -> None:
        self.remark.say(fault)
        if self.line.choices:
            self._offer_candidates()

    def say_chips(self, draft: LogDraft, client: str, people: Sequence[str]) -> None:
        """Show as chips what will be kept; nothing before it is about somebody."""
        if not self.used and draft.client_id is None:
            self.chips.say(())
            self.chips.hide()
            return
        desk = self._desk
        self.chips.say(
            line_words.chips(
                draft, self.line, client, people, desk.words, desk.privacy, desk.today()
            )
        )
        self.chips.show()

    def _parsed(self) -> Line:
        chart = f"c{self._client}" if self._client is not None else None
        now = self._desk.ask(contacts.now)
        return logline.parse(self.text, now, self.known.names, client=chart, picked=self._picked)

    def _show(self) -> None:
        self.remark.say("")
        self.edit.underline(
            [
                Stretch(span.start, span.end, bool(span.doubt))
                for span in self.line.spans
                if span.part is not Part.TEXT or span.doubt
            ]
        )

    def _offer(self) -> None:
        if not self.edit.hasFocus() or not self.used:
            self.offers.hide()
            return
        if self.line.choices:
            self._offer_candidates()
            return
        found = line_words.offers(
            self.line, self.text, self.edit.cursorPosition(), self.known.names, self._around()
        )
        self.offers.show_under(self.edit, self._home(), found)

    def _offer_candidates(self) -> None:
        found = line_words.candidates(self.line, self.known.names, self._around())
        self.offers.show_under(self.edit, self._home(), found)

    def _around(self) -> dict[str, str]:
        """Give what each of the client's circle is to the client; read when the client changes."""
        number = int(self.line.client[1:]) if self.line.client else None
        if number != self._near:
            self._near = number
            circle = self._desk.ask(contacts.around, number) if number is not None else []
            self._details = {each.key: each.detail for each in circle}
        return self.known.telling | self._details

    def _home(self) -> QWidget:
        return self.parentWidget() or self

    def _on_edited(self) -> None:
        """Read it soon; a name once refused is asked about again when it is typed anew."""
        stands = logline.fold(self.text)
        self._picked = {name: key for name, key in self._picked.items() if key or name in stands}
        self._reading.start()
        self.typed.emit()

    def _on_taken(self, offer: Offer) -> None:
        """Remember who was meant: two people may be called the same."""
        self._picked[logline.fold(offer.name)] = offer.key
        self.typed.emit()
        self.read_now()

    def _on_refused(self) -> None:
        """Leave a name that means several as a word among words."""
        if not self.line.choices:
            return
        for choice in self.line.choices:
            self._picked[logline.fold(self.text[choice.span.start : choice.span.end])] = ""
        self.typed.emit()
        self.read_now()
        self.offers.hide()  # until the line is edited again


def _nothing(desk: Desk) -> Line:
    """Give the line without a word."""
    nobody = logline.index([], [])
    return logline.parse("", desk.clock(), nobody)
