"""The page of one provider: what a placement call asks for, your notes, visits and ties."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from cmdesk.casework.provider_page import ProviderPage
from cmdesk.rules.provider_draft import BEST
from cmdesk.rules.provider_opening import Stand, opening, stale
from cmdesk.ui import look
from cmdesk.ui.desk import Desk
from cmdesk.ui.icons import Icon
from cmdesk.ui.parts import provider_lines as lines
from cmdesk.ui.parts import provider_words as said
from cmdesk.ui.parts.phrases import BETWEEN
from cmdesk.ui.parts.provider_line import LineList
from cmdesk.ui.parts.provider_seen import Seen
from cmdesk.ui.parts.provider_twin_note import TwinNote
from cmdesk.ui.parts.results_card import ResultsCard
from cmdesk.ui.parts.veil import Veil
from cmdesk.ui.tokens import Tone
from cmdesk.ui.widgets.button import Button, IconButton
from cmdesk.ui.widgets.card import column, grounded, line, row
from cmdesk.ui.widgets.chip import Chip
from cmdesk.ui.widgets.label import Label
from cmdesk.ui.widgets.wrap_row import wrap_row

SIDE_BY_SIDE: Final = 560  # px at 100 % from which care and getting in stand beside each other
EDGE: Final = 24


class ProviderSheet(QWidget):
    """Signals: what its buttons ask for; `visit(object)`, `tie(object)` by number, None = new.

    What became of one's own clients there stands above the lines (`card`).
    """

    starred = Signal(bool)
    called = Signal()
    placement_asked = Signal()
    edited = Signal()
    check_asked = Signal()
    notes_asked = Signal()
    visit = Signal(object)
    tie = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, self._veil = desk, Veil(desk)
        self.page: ProviderPage | None = None
        tr = desk.words.tr
        self.setAccessibleName(tr("Provider"))
        whole = column(self)
        sheet = grounded("surface", edge="left")
        whole.addWidget(sheet)
        inside = column(sheet, gap=0, edge=0)
        inside.setContentsMargins(EDGE, 16, EDGE, EDGE)
        inside.addLayout(self._make_head())
        inside.addSpacing(2)
        self.where = Label("", "body", "text2", wrap=True)
        inside.addWidget(self.where)
        inside.addSpacing(12)
        inside.addLayout(self._make_chips())
        inside.addSpacing(10)
        self.twins, self.card = TwinNote(desk), ResultsCard(desk)
        self.results = column(gap=10)
        inside.addLayout(self.results)
        self.results.addWidget(self.twins)
        self.results.addWidget(self.card)
        inside.addSpacing(12)
        self._lay_out_halves(inside)
        self._lay_out_notes(inside)
        self.seen = Seen(desk)
        self.seen.visit.connect(self.visit)
        self.seen.tie.connect(self.tie)
        inside.addWidget(self.seen)
        inside.addSpacing(12)
        self.source = Label("", "small", "text3", wrap=True)
        inside.addWidget(self.source)
        inside.addStretch(1)

    def _lay_out_halves(self, inside: QBoxLayout) -> None:
        tr = self._desk.words.tr
        self._halves = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._halves.setSpacing(32)
        again = tr("Check again")
        self.care, self.getting_in = LineList(tr("Care"), again), LineList(tr("Getting in"), again)
        self.getting_in.again.connect(self.check_asked)
        for half in (self.care, self.getting_in):
            self._halves.addWidget(half, 1, Qt.AlignmentFlag.AlignTop)
        inside.addLayout(self._halves)
        inside.addSpacing(24)

    def _lay_out_notes(self, inside: QBoxLayout) -> None:
        tr, head = self._desk.words.tr, row()
        head.addWidget(Label(tr("Your notes"), "strong"))
        self.rating = Label("", "small", "text2")
        head.addWidget(self.rating)
        head.addStretch(1)
        self.notes_button = Button(tr("Write"), "link", size="small")
        self.notes_button.clicked.connect(self.notes_asked)
        head.addWidget(self.notes_button)
        inside.addLayout(head)
        inside.addSpacing(4)
        inside.addWidget(line())
        inside.addSpacing(8)
        self.notes = Label("", "reading", wrap=True)
        inside.addWidget(self.notes)
        inside.addSpacing(16)

    def _make_head(self) -> QHBoxLayout:
        tr, head = self._desk.words.tr, wrap_row()
        self.name = Label("", "title", wrap=True)
        head.addWidget(self.name, 1)
        self.star_button = IconButton(Icon.STAR, tr("Star"), "bordered", keys="S")
        self.star_button.setCheckable(True)
        self.star_button.clicked.connect(self.starred)
        self.edit_button = IconButton(Icon.PENCIL, tr("Edit provider"), "bordered", keys="E")
        self.edit_button.clicked.connect(self.edited)
        self.call_button = Button(tr("Call"), icon=Icon.PHONE)
        self.call_button.setToolTip(tr("Start the call timer"))
        self.call_button.clicked.connect(self.called)
        self.place_button = Button(tr("Add to placement"), "primary", icon=Icon.PLUS)
        self.place_button.clicked.connect(self.placement_asked)
        # In a narrow window they go below the name two by two.
        marks, acts = QWidget(), QWidget()
        for pair, buttons in (
            (marks, (self.star_button, self.edit_button)),
            (acts, (self.call_button, self.place_button)),
        ):
            beside = row(pair)
            for each in buttons:
                beside.addWidget(each)
            head.addWidget(pair)
        return head

    def _make_chips(self) -> QHBoxLayout:
        self._chips = wrap_row()
        self._made: list[QWidget] = []
        self.checked = Button("", "plain", size="small", icon=Icon.REFRESH_CW)
        self.checked.clicked.connect(self.check_asked)
        self.old = Button(self._desk.words.tr("Check again"), "link", size="small")
        self.old.clicked.connect(self.check_asked)
        self._chips.addStretch(1)
        self._chips.addWidget(self.checked)
        self._chips.addWidget(self.old)
        return self._chips

    def show_page(
        self,
        page: ProviderPage,
        whom: str = "",
        far: float | None = None,
        client: int | None = None,
    ) -> None:
        """Show a provider; `whom` names the `client` the list is for, `far` the miles from home."""
        self.page = page
        words, each = self._desk.words, page.listed
        self.name.setText(each.name)
        away = said.away(words, far) if far is not None else ""
        home = words.tr("{away} from {name}’s home").format(away=away, name=whom) if away else ""
        role = said.what(words, each) if each.id < 0 else ""
        house = page.texts.get("parent_name" if each.id < 0 else "name2", "")
        self.where.setText(BETWEEN.join(filter(None, (role, house, said.place(each), home))))
        self.star_button.setChecked(each.starred)
        named = words.tr("Take the star away") if each.starred else words.tr("Star")
        self.star_button.show_as(Icon.STAR, named, "accent" if each.starred else "text2", keys="S")
        self.place_button.setVisible(each.id > 0)
        self.card.setVisible(each.id > 0)
        if each.id > 0:
            self.card.show_results(each.id, client)
        today = self._desk.today()
        self._show_chips(page, today)
        self.care.show_lines(lines.care(words, page))
        self.getting_in.show_lines(lines.getting_in(words, page, today))
        notes = self._veil.text(page.texts.get("notes", ""))
        self.notes.setText(notes or words.tr("Nothing written yet. Only you see this."))
        self.notes.set_ink("text" if notes else "text3")
        mark = words.tr("{n} of {most}").format(n=page.rating, most=BEST)
        self.rating.setText(mark if page.rating else "")
        self.seen.show_page(page)
        self.twins.show_for(each.id)
        self.source.setText(lines.source(words, page))
        self.source.setVisible(bool(self.source.text()))

    def _show_chips(self, page: ProviderPage, today: date) -> None:
        for old in self._made:
            self._chips.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._made = [Chip(text, tone, icon) for text, tone, icon in self._told(page, today)]
        for place, chip in enumerate(self._made):
            self._chips.insertWidget(place, chip)
        tr, day = self._desk.words.tr, page.verified_on
        ago = said.days_ago(self._desk.words, day, today) if day else ""
        self.checked.setText(tr("Checked {ago}").format(ago=ago) if ago else tr("Not checked yet"))
        self.old.setVisible(stale(day, today) or opening(page.listed.told, today).old)

    def _told(self, page: ProviderPage, today: date) -> Sequence[tuple[str, Tone, Icon]]:
        words, found = self._desk.words, opening(page.listed.told, today)
        open_words, chips = said.stands(words, found), list[tuple[str, Tone, Icon]]()
        if found.stand is Stand.ON and found.day:
            day = words.tr("Opening {day}").format(day=words.day(found.day).rpartition(",")[0])
            chips.append((day, "ok", Icon.CIRCLE_CHECK))
        elif open_words.text:
            tone: Tone = "ok" if open_words.ink == "ok" else "warn" if found.old else "neutral"
            icon = Icon.CIRCLE_CHECK if tone == "ok" else Icon.CIRCLE_ALERT
            chips.append((open_words.text, tone, icon if tone != "neutral" else Icon.CALENDAR))
        if plan := lines.takes(words, page):
            chips.append((plan, "neutral", Icon.SHIELD_CHECK))
        if page.visited_on:
            month = words.month_year(page.visited_on)
            visited = words.tr("You visited {month}").format(month=month)
            chips.append((visited, "neutral", Icon.FOOTPRINTS))
        return chips

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() - look.px(2 * EDGE) >= look.px(SIDE_BY_SIDE)
        way = QBoxLayout.Direction
        self._halves.setDirection(way.LeftToRight if wide else way.TopToBottom)
