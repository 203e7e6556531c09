"""The head of a chart: who this is, where they are, and the three ways on."""

from datetime import date

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QFrame, QMenu, QTabBar, QVBoxLayout

from cmdesk.casework.clients import ClientHead, Place
from cmdesk.ui.desk import Desk
from cmdesk.ui.icons import Icon
from cmdesk.ui.parts import phrases
from cmdesk.ui.widgets.avatar import Avatar
from cmdesk.ui.widgets.button import Button, IconButton
from cmdesk.ui.widgets.card import column, row
from cmdesk.ui.widgets.chip import Chip
from cmdesk.ui.widgets.key_cap import shown_keys
from cmdesk.ui.widgets.label import Label
from cmdesk.ui.widgets.wrap_row import wrap_row
from cmdesk.words import Words


def leaves(words: Words, day: date, today: date) -> str:
    """Say when the stay ends: Leaves March 20, in 11 days."""
    shown = words.full_day(day).partition(", ")[2]
    away = (day - today).days
    if away < 0:
        late = words.late(day, today)
        return words.tr("Was to leave {day}, {late}").format(day=shown, late=late)
    if away < 2:
        when = words.near_day(day, today)
        return words.tr("Leaves {day}, {when}").format(day=shown, when=when.lower())
    count = words.ntr("in {n} day", "in {n} days", away).format(n=away)
    return words.tr("Leaves {day}, {when}").format(day=shown, when=count)


def where(words: Words, place: Place, today: date) -> str:
    """Say the place, the day of the stay and its end in one line."""
    day = (today - place.admitted).days + 1 if place.admitted else 0
    count = words.tr("day {n}").format(n=day) if day > 0 else ""
    here = ", ".join(part for part in (place.organisation, count) if part)
    end = leaves(words, place.leaves, today) if place.leaves else ""
    return "  ·  ".join(part for part in (here, end) if part)


class ChartHead(QFrame):
    """Signals `log`, `update_asked`, `crisis_asked`: the buttons; `tab_chosen(int)`.

    And of the menu `notice_asked`, `person_asked`, `consent_asked`, `hold_asked`, `coverage_asked`,
    `medicines_asked`, `client_asked`, `cadence_asked`.
    """

    log = Signal()
    update_asked = Signal()
    person_asked = Signal()
    consent_asked = Signal()
    hold_asked = Signal()
    crisis_asked = Signal()
    coverage_asked = Signal()
    medicines_asked = Signal()
    client_asked = Signal()
    cadence_asked = Signal()
    notice_asked = Signal()
    tab_chosen = Signal(int)

    def __init__(self, desk: Desk, tabs: list[str]) -> None:
        super().__init__()
        self._desk = desk
        self.setProperty("kind", "head")
        whole = column(self)
        line = wrap_row(gap=16, lead=12)
        line.setContentsMargins(24, 16, 24, 11)
        who = row(gap=16)
        self._avatar = Avatar("", 44)
        who.addWidget(self._avatar)
        names = column(gap=4)
        self._make_names(names)
        who.addLayout(names, 1)
        line.addLayout(who, 1)
        self.crisis = Button(desk.words.tr("Crisis plan"), icon=Icon.LIFE_BUOY)
        self.crisis.setToolTip(shown_keys("Ctrl+Shift+C"))
        self.crisis.clicked.connect(self.crisis_asked)
        self.write = Button(desk.words.tr("Write update"), icon=Icon.MAIL)
        self.write.clicked.connect(self.update_asked)
        self.log_button = Button(desk.words.tr("Log"), "primary", icon=Icon.PLUS, keys="L")
        self.log_button.clicked.connect(self.log)
        self.more = IconButton(Icon.ELLIPSIS, desk.words.tr("More"), "bordered", ink="text")
        self.more.clicked.connect(self.open_menu)
        for button in (self.crisis, self.write, self.log_button, self.more):
            line.addWidget(button)
        whole.addLayout(line)
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setAccessibleName(desk.words.tr("Parts of the chart"))
        for tab in tabs:
            self.tabs.addTab(tab)
        self.tabs.currentChanged.connect(self.tab_chosen)
        strip = row(gap=0)
        strip.setContentsMargins(20, 0, 20, 0)
        strip.addWidget(self.tabs)
        strip.addStretch(1)
        whole.addLayout(strip)

    def _make_names(self, names: QVBoxLayout) -> None:
        first = row(gap=12)
        self._name = Label("", "title")
        self._meta = Label("", "body", "text2", elide=True)
        first.addWidget(self._name)
        first.addWidget(self._meta)
        first.addStretch(1)
        names.addLayout(first)
        second = row()
        self._level = Chip("", "accent")
        self._where = Label("", "body", "text2", elide=True, least=160)
        second.addWidget(self._level)
        second.addWidget(self._where, 1)
        names.addLayout(second)

    def show_head(self, head: ClientHead) -> None:
        words, today = self._desk.words, self._desk.today()
        self._avatar.set_letters(head.name.initials)
        self._name.setText(self._desk.privacy.name(head.name.full))
        parts = (str(head.age) if head.age is not None else "", head.pronouns)
        self._meta.setText(phrases.BETWEEN.join(part for part in parts if part))
        place = head.place
        self._level.show_as(place.level if place else "", "accent")
        self._level.setVisible(bool(place and place.level))
        self._where.setText(
            where(words, place, today) if place else words.tr("Not in a program now")
        )

    def menu(self) -> QMenu:
        """Offer what is done less often."""
        tr, made = self._desk.words.tr, QMenu(self)
        for words, asked in (
            (tr("Crisis notice …"), self.notice_asked),
            ("", None),
            (tr("Add person to circle"), self.person_asked),
            (tr("New consent"), self.consent_asked),
            (tr("Hold something back …"), self.hold_asked),
            ("", None),
            (tr("Edit client …"), self.client_asked),
            (tr("How often you are in touch …"), self.cadence_asked),
            (tr("Coverage …"), self.coverage_asked),
            (tr("Medicines …"), self.medicines_asked),
        ):
            if asked is None:
                made.addSeparator()
            else:
                made.addAction(words, asked.emit)
        return made

    def open_menu(self) -> None:
        menu = self.menu()
        menu.aboutToHide.connect(menu.deleteLater)
        corner = self.more.mapToGlobal(QPoint(self.more.width(), self.more.height() + 4))
        menu.popup(corner - QPoint(menu.sizeHint().width(), 0))
