"""One client's family updates: what is agreed, what was begun, what was handed over."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from cmdesk.casework import update_list
from cmdesk.casework.update_list import UpdateRow
from cmdesk.rules.codes import Cadence
from cmdesk.rules.periods import span
from cmdesk.ui.desk import Desk
from cmdesk.ui.icons import Icon
from cmdesk.ui.page import Route
from cmdesk.ui.parts import phrases, thrown_letters
from cmdesk.ui.parts.next_letters import NextLetters
from cmdesk.ui.parts.veil import Veil
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.card import Card, column, row, scrolled
from cmdesk.ui.widgets.label import Label


class UpdatesTab(QWidget):
    """Signals `update_asked`: write the update most due; `plan_asked(int or None)`: a plan."""

    update_asked = Signal()
    plan_asked = Signal(object)
    letter_asked = Signal(int)  # one that left
    told_asked = Signal()
    compare_asked = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, self._veil, self._client_id = desk, Veil(desk), 0
        tr = desk.words.tr
        sheet = QWidget()
        whole = column(sheet, gap=16)
        whole.setContentsMargins(24, 16, 24, 24)
        self._agreed = Card(tr("Agreed"))
        self._begun, self._sent = Card(tr("Drafts")), Card(tr("Handed over"))
        self.write = Button(tr("Write update"), "quiet", size="small", icon=Icon.MAIL)
        self.write.clicked.connect(self.update_asked)
        self.agree = Button(tr("Agree on letters"), "quiet", size="small", icon=Icon.PLUS)
        self.agree.clicked.connect(lambda: self.plan_asked.emit(None))
        self.compare = Button(tr("Compare letters"), "quiet", size="small")
        self.compare.clicked.connect(self.compare_asked)
        self._agreed.head.addWidget(self.compare)
        self._agreed.head.addWidget(self.agree)
        self._agreed.head.addWidget(self.write)
        self.told = Button(tr("What was told"), "quiet", size="small", icon=Icon.BOOK_OPEN)
        self.told.clicked.connect(self.told_asked)
        self._sent.head.addWidget(self.told)
        growing = Card()
        self.letters = NextLetters(desk, most=0)
        growing.body.addWidget(self.letters)
        for card in (self._agreed, growing, self._begun, self._sent):
            whole.addWidget(card)
        whole.addStretch(1)
        column(self).addWidget(scrolled(sheet, tr("Family updates")))

    def show_client(self, client_id: int) -> None:
        tr, ask = self._desk.words.tr, self._desk.ask
        self._client_id = client_id
        self.letters.show_client(client_id)
        rows = [self._planned(each) for each in ask(update_list.due, client_id)]
        self._agreed.show_rows(rows, tr("Agree how often a family hears from you."))
        rows = [self._draft(each) for each in ask(update_list.begun, client_id)]
        self._begun.show_rows(rows, tr("A letter that is begun is kept here."))
        rows = [self._letter(each) for each in ask(update_list.sent, client_id)]
        self._sent.show_rows(rows, tr("Letters that were handed over are listed here."))

    def _planned(self, each: UpdateRow) -> QWidget:
        words, today = self._desk.words, self._desk.today()
        often = words.tr(Cadence(each.every).label)
        last = each.sent_on and words.tr("last one {day}").format(day=words.month_day(each.sent_on))
        detail = phrases.BETWEEN.join(part for part in (often, last, each.no_consent) if part)
        due = Label(phrases.due(words, each.due, today), "small", phrases.due_ink(each.due, today))
        name = self._desk.privacy.name(each.party.called)
        change = Button(words.tr("Change"), "plain", size="small")
        change.setAccessibleName(words.tr("Change: letters to {name}").format(name=name))
        change.clicked.connect(lambda: self.plan_asked.emit(each.id))
        return self._row(each, detail, words.tr("Write"), due, change)

    def _draft(self, each: UpdateRow) -> QWidget:
        words, today = self._desk.words, self._desk.today()
        saved = ""
        if each.begun_at is not None:
            day = words.near_day(each.begun_at.date(), today)
            saved = words.tr("Saved {day}, {time}").format(day=day, time=words.time(each.begun_at))
        parts = (self._week(each), saved, self._veil.text(each.headline))
        name = self._desk.privacy.name(each.party.called)
        throw = Button(words.tr("Throw away"), "plain", size="small")
        throw.setAccessibleName(words.tr("Throw away: draft for {name}").format(name=name))
        throw.clicked.connect(lambda: self._throw_away(each))
        told = phrases.BETWEEN.join(filter(None, parts))
        made = self._row(each, told, words.tr("Go on"), throw)
        key = QShortcut(QKeySequence(Qt.Key.Key_Delete), made)
        key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        key.activated.connect(throw.click)
        return made

    def _throw_away(self, each: UpdateRow) -> None:
        thrown_letters.throw_away(self._desk, each.key, each.party.called)

    def _letter(self, each: UpdateRow) -> QWidget:
        words, today = self._desk.words, self._desk.today()
        state, ink = phrases.letter_state(each.stand, today)
        parts = (self._week(each), self._veil.text(each.headline))
        became = Label(self._veil.text(state), "small", ink, elide=True)
        day = Label(words.near_day(each.sent_on, today) if each.sent_on else "", "small", "text2")
        detail = phrases.BETWEEN.join(filter(None, parts))
        return self._row(each, detail, words.tr("See letter"), became, day)

    def _week(self, each: UpdateRow) -> str:
        return span(each.first, each.last).removesuffix(f", {self._desk.today().year}")

    def _row(self, each: UpdateRow, detail: str, act: str, *more: QWidget) -> QWidget:
        tr, made = self._desk.words.tr, QWidget()
        name = self._desk.privacy.name(each.party.called)
        across = row(made, gap=12)
        text = column()
        text.addWidget(Label(tr("For {name}").format(name=name), "medium", wrap=True))
        text.addWidget(Label(detail, "small", "text2", elide=True))
        across.addLayout(text, 1)
        for part in more:
            across.addWidget(part)
        if act:
            button = Button(act, size="small")
            button.setAccessibleName(tr("{act}: for {name}").format(act=act, name=name))

            def open_it() -> None:
                if each.sent_on and not each.every:  # it left
                    self.letter_asked.emit(each.id)
                else:
                    self._desk.go(Route("composer", each.client_id, each.tab))

            button.clicked.connect(open_it)
            across.addWidget(button)
        return made
