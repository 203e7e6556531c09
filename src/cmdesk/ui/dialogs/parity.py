"""One week, two letters: what each of two relatives gets, side by side, and by which consent."""

from datetime import date
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from cmdesk.casework import composing, parity
from cmdesk.casework.parity import Given, Parity, Row
from cmdesk.rules.consent import Outcome
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.sheet import Sheet, standing_open
from cmdesk.ui.icons import Icon
from cmdesk.ui.overlay import open_over
from cmdesk.ui.parts import phrases
from cmdesk.ui.parts.veil import Veil
from cmdesk.ui.tokens import Ink
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.card import column, row
from cmdesk.ui.widgets.checks import CheckBox
from cmdesk.ui.widgets.choice import Choice
from cmdesk.ui.widgets.glyph import Glyph
from cmdesk.ui.widgets.label import Label

WIDE: Final = 1040


class ParityDialog(Sheet):
    """Two readers over one period. What differs stands out, with the consent that makes it so."""

    def __init__(self, desk: Desk, client_id: int, reader: str, first: date, last: date) -> None:
        super().__init__(desk, desk.words.tr("Two letters side by side"), width=WIDE)
        self._client_id, self._days, self._veil = client_id, (first, last), Veil(desk)
        tr, name = self.tr_, desk.privacy.name
        readers = desk.ask(composing.readers, client_id, reader)
        offers = [(each.party.key, name(each.party.full_name)) for each in readers]
        whole = self.lay(QWidget())
        head = row(gap=12)
        self.left, self.right = Choice(offers, tr("Left")), Choice(offers, tr("Right"))
        other = next((key for key, _ in offers if key != reader), reader)
        self.left.choose(reader)
        self.right.choose(other)
        head.addWidget(self.left, 1)
        head.addWidget(self.right, 1)
        whole.addLayout(head)
        line = row(gap=12)
        self.count = Label("", "body", "text2")
        self.only = CheckBox(tr("Show only what differs"))
        line.addWidget(self.count)
        line.addStretch(1)
        line.addWidget(self.only)
        whole.addLayout(line)
        self._place = column()
        whole.addLayout(self._place)
        self._grid: QWidget | None = None
        for signal in (self.left.chosen, self.right.chosen, self.only.toggled):
            signal.connect(self._ask)
        self.shut = Button(tr("Close"), "plain", keys="Esc")
        self.shut.clicked.connect(self.close_dialog)
        self.foot.addStretch(1)
        self.foot.addWidget(self.shut)
        self.found: Parity | None = None
        self._ask()

    def _ask(self, _chosen: object = None) -> None:
        """Judge both again: a handful of questions, whatever the week holds."""
        keys = str(self.left.value), str(self.right.value)
        self._show(self.desk.ask(parity.side_by_side, self._client_id, *keys, *self._days))

    def _show(self, found: Parity) -> None:
        self.found = found
        words = self.desk.words
        said = words.ntr("{n} line differs", "{n} lines differ", found.differing)
        nothing = words.tr("Both letters say the same.")
        self.count.setText(said.format(n=found.differing) if found.differing else nothing)
        rows = [each for each in found.rows if each.differs or not self.only.isChecked()]
        if self._grid:
            self._grid.hide()
            self._grid.deleteLater()
        self._grid = QWidget()
        grid = QGridLayout(self._grid)
        grid.setContentsMargins(0, 4, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        for side, why in enumerate(found.no_consent):
            if why:
                grid.addWidget(Label(why, "small", "warn", wrap=True), 0, side)
        for place, each in enumerate(rows, 1):
            for side, given in enumerate((each.first, each.second)):
                cell = self._cell(each, given)
                grid.addWidget(cell, place, side, Qt.AlignmentFlag.AlignTop)
        self._place.addWidget(self._grid)

    def _cell(self, each: Row, given: Given) -> QWidget:
        """Say what one reader gets; where the other gets something else, by which consent."""
        words = self.desk.words
        made = QFrame()
        made.setProperty("kind", "card")
        made.setProperty("tone", "warn" if each.differs else "")
        whole = column(made, gap=2)
        whole.setContentsMargins(12, 8, 12, 8)
        day = words.near_day(each.day, self.desk.today()) if each.day else words.tr("Your plan")
        whole.addWidget(Label(day, "small", "text3"))
        text = given.text if given.written is None else given.written
        if text:
            whole.addWidget(Label(self._veil.text(text), "body", wrap=True))
        line = row(gap=6)
        icon, ink, why = self._state(given, text)
        line.addWidget(Glyph(icon, ink, 14), 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(Label(why, "small", ink, wrap=True), 1)
        whole.addLayout(line)
        if each.differs and given.consent:
            whole.addWidget(Label(given.consent, "small", "text2", wrap=True))
        return made

    def _state(self, given: Given, text: str) -> tuple[Icon, Ink, str]:
        """Say why it is told or not; a lock stands beside what is kept back alone."""
        tr = self.desk.words.tr
        if text:
            return Icon.CIRCLE_CHECK, "ok", given.why or tr("In the letter")
        if given.outcome is Outcome.KEEP_BACK:
            return Icon.LOCK, "text2", given.why or tr("Not in the letter")
        left_out = given.written is not None and bool(given.text)
        missing = tr("left out of the letter") if left_out else tr("no line written yet")
        return Icon.PENCIL, "warn", phrases.BETWEEN.join(filter(None, (given.why, missing)))


def open_parity(
    desk: Desk, window: QWidget, client_id: int, reader: str, first: date, last: date
) -> ParityDialog:
    """Open over the window; where it is open already, give that."""
    standing = standing_open(window, ParityDialog)
    if standing is not None:
        return standing
    dialog = ParityDialog(desk, client_id, reader, first, last)
    open_over(window, dialog, dialog.right)
    return dialog
