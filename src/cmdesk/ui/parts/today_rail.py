"""Beside the day's list: its appointments, what the week holds so far, and whose move it is."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from cmdesk.casework.today import TodayRow, Week
from cmdesk.rules.agenda import Group
from cmdesk.ui import look
from cmdesk.ui.desk import Desk
from cmdesk.ui.parts import phrases
from cmdesk.ui.parts.day_card import DayCard
from cmdesk.ui.parts.veil import Veil
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.card import column, grounded, line, row
from cmdesk.ui.widgets.label import Label

WIDTH = 272


class TodayRail(QScrollArea):
    """The day, figures of the week, waiting-on list, and a fact about the records at the foot.

    Signals `asked(object)`: a row waited for, to be acted upon; `see_week`.
    """

    asked = Signal(object)
    see_week = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, self._veil = desk, Veil(desk)
        tr = desk.words.tr
        sheet = grounded("bg", edge="left")
        whole = column(sheet)
        whole.setContentsMargins(20, 20, 20, 20)
        self.day = DayCard(desk)
        whole.addWidget(self.day)
        whole.addSpacing(16)
        whole.addWidget(line())
        whole.addSpacing(16)
        whole.addWidget(Label(tr("This week"), "strong"))
        whole.addSpacing(8)
        self._week = column(gap=6)
        whole.addLayout(self._week)
        self.review = Button(tr("Everyone reached, and not"), "link", size="small")
        self.review.clicked.connect(self.see_week)
        whole.addWidget(self.review, 0, Qt.AlignmentFlag.AlignLeft)
        whole.addSpacing(16)
        whole.addWidget(line())
        whole.addSpacing(16)
        whole.addWidget(Label(tr("Waiting on others"), "strong"))
        whole.addSpacing(8)
        self.waiting_list = QWidget()
        self._waiting = column(self.waiting_list, gap=4)
        whole.addWidget(self.waiting_list)
        whole.addSpacing(16)
        whole.addWidget(line())
        whole.addSpacing(16)
        self._foot = column()
        whole.addLayout(self._foot)
        whole.addStretch(1)
        self.setWidget(sheet)
        self.setWidgetResizable(True)
        look.hold_width(self, WIDTH)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(tr("Your week"))

    def set_foot(self, fact: QWidget) -> None:
        """Put a fact about the records themselves at the end."""
        self._foot.addWidget(fact)

    def show_week(self, week: Week, letters: int = 0) -> None:
        """Show what was done since Monday; so many `letters` of the week are still to be sent."""
        words = self._desk.words
        sent = words.number(week.updates)
        if letters:
            sent = words.tr("{n} of {m}").format(n=sent, m=words.number(week.updates + letters))
        figures = (
            (words.tr("Contacts logged"), words.number(week.contacts)),
            (words.tr("Time logged"), words.minutes(week.minutes)),
            (words.tr("Family updates sent"), sent),
        )
        _empty(self._week)
        for title, figure in figures:
            self._week.addWidget(_pair(Label(title, "body", "text2"), figure))

    def show_waiting(self, found: Sequence[TodayRow], put_off: int = 0) -> None:
        """Show whom one waits for, and how many more stand in the day's list or are put off."""
        waiting = [each for each in found if each.group == Group.WAITING]
        listed = sum(each.waits for each in found) - sum(each.waits for each in waiting)
        _empty(self._waiting)
        for each in waiting:
            self._waiting.addWidget(self._waited_for(each))
        if not waiting or listed or put_off:
            more = self._more(listed, put_off, besides=bool(waiting))
            self._waiting.addWidget(Label(more, "small" if waiting else "body", "text2", wrap=True))

    def _more(self, listed: int, put_off: int, *, besides: bool) -> str:
        """Say `2 stand in the list, 1 is snoozed.`; with nobody at all `On nobody.`."""
        ntr = self._desk.words.ntr
        stand = ntr("{n} stands in the list", "{n} stand in the list", listed)
        if besides:
            stand = ntr("{n} more stands in the list", "{n} more stand in the list", listed)
        rest = ntr("{n} is snoozed", "{n} are snoozed", put_off)
        if besides and not listed:
            rest = ntr("{n} more is snoozed", "{n} more are snoozed", put_off)
        said = [words.format(n=n) for words, n in ((stand, listed), (rest, put_off)) if n]
        return f"{', '.join(said)}." if said else self._desk.words.tr("On nobody.")

    def _waited_for(self, each: TodayRow) -> QWidget:
        """Say whose move it is, for how long, and how often one tried; a press ticks it off."""
        shown = QWidget()
        whole = column(shown)
        head = row(gap=8)
        title = Label(self._veil.text(each.title), "body", wrap=True)
        head.addWidget(title, 1)
        done = Button(self._desk.words.tr("Done"), "link", size="small")
        done.setAccessibleName(f"{done.text()}: {title.text()}")
        done.clicked.connect(partial(self._ask, each))
        head.addWidget(done, 0, Qt.AlignmentFlag.AlignTop)
        whole.addLayout(head)
        client = self._desk.privacy.name(each.client.full) if each.client else ""
        # The heading says that one waits.
        why = self._veil.text(each.why.removeprefix("Waiting").lstrip(", "))
        about = phrases.BETWEEN.join(filter(None, (client, why)))
        about = about[:1].upper() + about[1:]
        if about:
            whole.addWidget(Label(about, "small", "text2", wrap=True))
        return shown

    def _ask(self, each: TodayRow, _checked: object = None) -> None:
        self.asked.emit(each)


def _pair(left: QWidget, right: str) -> QWidget:
    pair = QWidget()
    halves = row(pair, gap=12)
    halves.addWidget(left, 1)
    halves.addWidget(Label(right, "body", "text2"), 0, Qt.AlignmentFlag.AlignTop)
    return pair


def _empty(layout: QVBoxLayout) -> None:
    while item := layout.takeAt(0):
        widget = item.widget()
        if widget:
            widget.hide()
            widget.deleteLater()
