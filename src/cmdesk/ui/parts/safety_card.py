"""Safety on the rail: how great the concern is, when the plan was reviewed, whom to call first."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cmdesk.casework.safety_plan import Glance
from cmdesk.rules.family_codes import SafetyConcern
from cmdesk.rules.people import Name
from cmdesk.ui.desk import Desk
from cmdesk.ui.icons import Icon
from cmdesk.ui.parts.veil import Veil
from cmdesk.ui.tokens import Ink
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.card import column, row
from cmdesk.ui.widgets.glyph import Glyph
from cmdesk.ui.widgets.label import Label
from cmdesk.words import Words

MARKS: dict[str, tuple[Icon, Ink]] = {
    SafetyConcern.LOW: (Icon.SHIELD_CHECK, "ok"),
    SafetyConcern.MODERATE: (Icon.SHIELD_ALERT, "warn"),
    SafetyConcern.HIGH: (Icon.SHIELD_ALERT, "crit"),
}


def dated(words: Words, plan: Glance, today: date) -> str:
    """Say when the plan was last gone through: plan reviewed March 2."""
    day = plan.reviewed_on or plan.made_on
    if day is None:
        return words.tr("plan not reviewed yet")
    this_year = words.full_day(day).partition(", ")[2]
    shown = this_year if day.year == today.year else words.short_day(day)
    if plan.reviewed_on:
        return words.tr("plan reviewed {day}").format(day=shown)
    return words.tr("plan made {day}, not reviewed yet").format(day=shown)


class SafetyCard(QWidget):
    """Signal `asked`: open the plan, or make one."""

    asked = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, self._veil = desk, Veil(desk)
        tr = desk.words.tr
        whole = column(self, gap=2)
        whole.addWidget(Label(tr("Safety"), "strong"))
        whole.addSpacing(6)
        first = row()
        self._glyph = Glyph(Icon.SHIELD_ALERT, "warn", 16)
        first.addWidget(self._glyph)
        self._concern = Label("", "strong")
        self._state = Label("", "body", "text2", elide=True)
        words = row(gap=4)
        words.addWidget(self._concern)
        words.addWidget(self._state, 1)
        first.addLayout(words, 1)
        self.make = Button(tr("Make one"), "link", size="small")
        self.make.clicked.connect(self.asked)
        first.addWidget(self.make)
        whole.addLayout(first)
        self._calls = Label("", "small", "text2", wrap=True)
        self._due = Label("", "small", "warn", wrap=True)
        whole.addWidget(self._calls)
        whole.addWidget(self._due)

    def show_plan(self, plan: Glance | None) -> None:
        """Say how it stands; without a plan, that there is none and the way to one."""
        words, today = self._desk.words, self._desk.today()
        self.make.setVisible(plan is None)
        self._calls.setVisible(plan is not None)
        if plan is None:
            self._glyph.show_as(Icon.SHIELD_ALERT, "text3")
            self._concern.hide()
            self._state.setText(words.tr("No safety plan yet"))
            self._due.hide()
            return
        icon, ink = MARKS.get(plan.concern, (Icon.SHIELD_CHECK, "text2"))
        self._glyph.show_as(icon, ink)
        said = dated(words, plan, today)
        known = plan.concern in list(SafetyConcern)
        concern = words.tr(SafetyConcern(plan.concern).label) if known else ""
        self._concern.setText(concern)
        self._concern.setVisible(known)
        self._state.setText(f"· {said}" if concern else said[0].upper() + said[1:])
        self._calls.setText(self._first_call(plan))
        self._tell_due(plan.review_on, today)

    def _tell_due(self, day: date | None, today: date) -> None:
        words, due = self._desk.words, day is not None and day <= today
        self._due.setVisible(due)
        if due and day:
            when = words.late(day, today) or words.near_day(day, today).lower()
            self._due.setText(words.tr("Go through it again: {when}").format(when=when))

    def _first_call(self, plan: Glance) -> str:
        """Say First call: Tess, then Diane. 988 any time."""
        tr = self._desk.words.tr
        names = [self._called(call) for call in plan.first_calls]
        if not names:
            return tr("988 any time.")
        calls = tr("{first}, then {second}").format(first=names[0], second=names[-1])
        first = calls if len(names) > 1 else names[0]
        return tr("First call: {names}. 988 any time.").format(names=first)

    def _called(self, call: Name | str) -> str:
        if isinstance(call, Name):
            return self._desk.privacy.name(call.called)
        return self._veil.text(call)
