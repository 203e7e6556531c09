"""The week in review: everyone touched, and everyone not, each one step from the chart."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from cmdesk.casework import week_review
from cmdesk.casework.week_review import Touch
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.sheet import Sheet, standing_open
from cmdesk.ui.overlay import open_over
from cmdesk.ui.page import Route
from cmdesk.ui.parts import phrases
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.card import row
from cmdesk.ui.widgets.label import Label

WIDE = 560


class WeekDialog(Sheet):
    """Two lists; a name opens the chart."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, desk.words.tr("Week in review"), width=WIDE)
        self.found = desk.ask(week_review.review)
        self.names: dict[int, Button] = {}
        whole = self.lay(QWidget())
        tr, words = self.tr_, desk.words
        since = tr("Since {day}").format(day=words.full_day(self.found.since))
        whole.addWidget(Label(since, "body", "text2"))
        self._list(whole, tr("Not reached this week"), self.found.untouched)
        self._list(whole, tr("Reached"), self.found.touched)
        self.shut = Button(tr("Close"), "plain", keys="Esc")
        self.foot.addStretch(1)
        self.foot.addWidget(self.shut)
        self.shut.clicked.connect(self.close_dialog)

    def _list(self, whole: QVBoxLayout, heading: str, people: Sequence[Touch]) -> None:
        whole.addSpacing(8)
        whole.addWidget(Label(f"{heading}  {len(people)}", "strong"))
        for each in people:
            across = row(gap=12)
            name = Button(self.desk.privacy.name(each.name.full), "link", size="small")
            name.clicked.connect(partial(self._open, each.client_id))
            told = self.told(each)
            name.setAccessibleDescription(told)
            self.names[each.client_id] = name
            across.addWidget(name)
            across.addStretch(1)
            across.addWidget(Label(told, "body", "text2"))
            whole.addLayout(across)
        if not people:
            whole.addWidget(Label(self.tr_("Nobody."), "body", "text2"))

    def told(self, each: Touch) -> str:
        """Say how often someone was reached this week, or when at last."""
        words = self.desk.words
        if each.contacts:
            count = words.ntr("{n} contact", "{n} contacts", each.contacts).format(n=each.contacts)
            return phrases.BETWEEN.join((count, words.minutes(each.minutes)))
        if each.last is None:
            return words.tr("Not reached yet")
        day = phrases.day_of(words, each.last, self.desk.today())
        return words.tr("Last reached {day}").format(day=day)

    def _open(self, client_id: int) -> None:
        self.close_dialog()
        self.desk.go(Route("chart", client_id))


def open_week_review(desk: Desk, window: QWidget) -> WeekDialog:
    """Open over the window; where it is open already, give that."""
    standing = standing_open(window, WeekDialog)
    if standing is not None:
        return standing
    dialog = WeekDialog(desk)
    open_over(window, dialog, next(iter(dialog.names.values()), dialog.shut))
    return dialog
