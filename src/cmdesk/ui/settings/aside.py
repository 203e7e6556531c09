"""What stands at the right of the settings: the recovery sheet, the place, and a lost laptop."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from PySide6.QtWidgets import QWidget

from cmdesk.store.header import RECORDS
from cmdesk.ui import look
from cmdesk.ui.clock_face import local
from cmdesk.ui.desk import Desk
from cmdesk.ui.icons import Icon
from cmdesk.ui.parts.when import near_date, size_said
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.card import column, grounded, line, row, scrolled
from cmdesk.ui.widgets.glyph import Glyph
from cmdesk.ui.widgets.label import Label

WIDE: Final = 296
A_YEAR: Final = timedelta(days=365)


class Aside(QWidget):
    """Facts, and the one button that belongs to them."""

    def __init__(self, desk: Desk, new_sheet: Callable[[], object]) -> None:
        super().__init__()
        self._desk = desk
        look.hold_width(self, WIDE)
        inside = grounded("surface", edge="left")
        self._body = column(inside, edge=20)
        self._sheet(new_sheet)
        self._rule()
        self._place()
        self._rule()
        self._lost()
        self._body.addStretch(1)
        column(self).addWidget(scrolled(inside, desk.words.tr("Recovery and place")))

    def _rule(self) -> None:
        self._body.addSpacing(20)
        self._body.addWidget(line())
        self._body.addSpacing(20)

    def _words(self, heading: str, text: str) -> Label:
        self._body.addWidget(Label(heading, "strong"))
        self._body.addSpacing(4)
        made = Label(text, "body", "text2", wrap=True)
        self._body.addWidget(made)
        return made

    def _sheet(self, new_sheet: Callable[[], object]) -> None:
        tr = self._desk.words.tr
        text = tr(
            "A printed page with the recovery code is the only way in if you forget your "
            "passphrase. No one, including us, can reset it."
        )
        self._words(tr("Recovery sheet"), text)
        self._body.addSpacing(12)
        fact = row(gap=8)
        self._mark = Glyph(Icon.CIRCLE_CHECK, "ok", 16)
        self.printed = Label("", "body", wrap=True)
        fact.addWidget(self._mark)
        fact.addWidget(self.printed, 1)
        self._body.addLayout(fact)
        self._body.addSpacing(12)
        self.new_sheet = Button(tr("Print a new sheet"))
        self.new_sheet.clicked.connect(new_sheet)
        foot = row()
        foot.addWidget(self.new_sheet)
        foot.addStretch(1)
        self._body.addLayout(foot)

    def _place(self) -> None:
        tr = self._desk.words.tr
        self.place = self._words(tr("Where your records live"), str(self._desk.folder))
        self._body.addSpacing(8)
        self.size_told = Label("", "body", "text2", wrap=True)
        self._body.addWidget(self.size_told)

    def _lost(self) -> None:
        tr = self._desk.words.tr
        text = tr(
            "The records stay locked. Install cmdesk on another computer, choose Restore, and "
            "pick your newest backup."
        )
        self._words(tr("If this laptop is lost"), text)

    def refresh(self) -> None:
        """Look how large the records are by now, and hide their place with the names."""
        desk = self._desk
        tr = desk.words.tr
        self.place.setText(desk.privacy.file(str(desk.folder)))
        records = desk.folder / RECORDS
        size = records.stat().st_size if records.exists() else 0
        self.size_told.setText(
            tr("Encrypted, {size}. Nothing leaves this laptop unless you export it.").format(
                size=size_said(desk.words, size)
            )
        )

    def tell_sheet(self, confirmed: datetime | None, owed: bool) -> None:  # noqa: FBT001 - a slot
        """Say since when the sheet is held, that nobody holds it, or ask after a year."""
        words, now = self._desk.words, self._desk.clock()
        self.new_sheet.setText(
            words.tr("Make the sheet") if owed else words.tr("Print a new sheet")
        )
        if owed:
            self._mark.show_as(Icon.TRIANGLE_ALERT, "warn")
            self.printed.setText(words.tr("No one holds a sheet yet"))
            return
        if confirmed is None:
            self._mark.show_as(Icon.CIRCLE_CHECK, "ok")
            self.printed.setText(words.tr("A sheet is held"))
            return
        day = near_date(words, local(confirmed).date(), local(now).date())
        if now - confirmed > A_YEAR:
            self._mark.show_as(Icon.CIRCLE_QUESTION_MARK, "warn")
            asked = words.tr("Sheet made {day}. Do you still have it?")
            self.printed.setText(asked.format(day=day))
            return
        self._mark.show_as(Icon.CIRCLE_CHECK, "ok")
        self.printed.setText(words.tr("Sheet made {day}").format(day=day))
