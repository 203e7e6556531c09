"""The day of a move: moved, with what goes along and what stays; or the day they left."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from PySide6.QtWidgets import QWidget

from cmdesk.casework import (
    transition_edit,
    transition_leaving,
    transition_moving,
    transition_plan,
)
from cmdesk.casework.transition_leaving import Follows
from cmdesk.casework.transition_moving import Check, Effect, Shifted
from cmdesk.rules.transition_draft import day_fault
from cmdesk.ui import form
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.move_part import MoveSheet, Said, open_part
from cmdesk.ui.dialogs.record_sheet import Section
from cmdesk.ui.parts.transition_gaps import clear, fill
from cmdesk.ui.parts.transition_wish import Wants, Wish
from cmdesk.ui.widgets.card import column, row
from cmdesk.ui.widgets.label import Label
from cmdesk.words import N_

KINDS: Final = {
    "step": N_("Step"),
    "visit": N_("First visit"),
    "begins": N_("Begins"),
    "ends": N_("Ends"),
    "supply": N_("Medicine lasts until"),
    "stay": N_("Next stay begins"),
}
STAYS: Final = {
    Follows.ENDS: N_("The stay ends on this day, and so does every consent until discharge."),
    Follows.OPENS: N_("The stay goes on again, and so do consents that last until discharge."),
    Follows.OWN_DAY: N_("The stay keeps its own last day, {day}."),
    Follows.ROUGH: N_("The stay keeps its last day as it is noted, by its month or year."),
    Follows.OVER: N_("The stay is noted as over, on a day not known. That stays so."),
    Follows.CLOSED: N_("The stay keeps its last day, {day}: how it ended is noted."),
}
MOST: Final = 6  # moving steps that are named; the rest is counted


@dataclass(frozen=True, slots=True)
class DayForm:
    """The one day that is typed."""

    day: date | None = None
    version: int = 0


class DayDialog(MoveSheet[DayForm]):
    """Moves the day of leaving. What goes along and what stays is told before."""

    first = "day"
    left = False

    def __init__(self, desk: Desk, wish: Wish) -> None:
        tr = desk.words.tr
        said = Said(tr("Move the day of leaving"), tr("Day moved"))
        title = tr("Move the day")
        if self.left:
            said = Said(tr("Note that they left"), tr("Noted that they left"))
            title = tr("They left")
        super().__init__(desk, title, "left_on" if self.left else "leaves_on", wish, said)
        plan = desk.ask(transition_plan.whole, wish.move_id)
        self._plan = plan
        label = tr("They left on") if self.left else tr("They leave on")
        hint = tr("The days watched count from here.") if self.left else ""
        if self.left and plan.left_on:
            hint = tr("Leave it empty to take it back.")
        self.add(Section("", [form.day("day", label, desk.today, desk.words.short_day, hint=hint)]))
        self._shown: list[QWidget] = []
        self._lines = column(gap=4)
        self.whole.addLayout(self._lines)
        self._told_of: date | None = None
        self.end(DayForm(self._proposed(), plan.form.version))

    def _proposed(self) -> date | None:
        return self._plan.form.leaves_on

    def faults(self) -> Mapping[str, str]:
        day = self.draft.day
        words = day_fault(day, self._plan.admitted)
        return self.translated({"day": words}) if words else {}

    def follow(self) -> None:
        """Tell what the day typed would do."""
        day = self.draft.day
        if day is None or day == self._told_of:
            return
        self._told_of = day
        clear(self._shown)
        self._tell(self.desk.ask(transition_moving.effect, self.wish.move_id, day))
        fill(self._lines, self._shown)

    def _tell(self, told: Effect) -> None:
        tr, ntr = self.tr_, self.desk.words.ntr
        count = len(told.moves)
        if count:
            words = ntr("{n} step moves with the day", "{n} steps move with the day", count)
            self._shown.append(Label(words.format(n=count), "strong"))
            self._shown += [self._moving(each) for each in told.moves[:MOST]]
            if count > MOST:
                more = tr("{n} more").format(n=count - MOST)
                self._shown.append(Label(more, "small", "text3"))
        if told.fixed:
            if self._shown:
                gap = QWidget()
                gap.setFixedHeight(8)
                self._shown.append(gap)
            self._shown.append(Label(tr("These stay on their day. Check them."), "strong", "warn"))
            self._shown += [self._staying(each) for each in told.fixed]
        if not self._shown:
            self._shown.append(Label(tr("Nothing else moves."), "body", "text2"))

    def _line(self, left: str, right: str) -> QWidget:
        made = QWidget()
        across = row(made, gap=12)
        across.addWidget(Label(left, "body", elide=True), 1)
        across.addWidget(Label(right, "small", "text2"))
        return made

    def _moving(self, each: Shifted) -> QWidget:
        day, tr = self.desk.words.month_day, self.tr_
        words = day(each.due)
        if each.was is not None:
            words = tr("{old} to {new}").format(old=day(each.was), new=words)
        return self._line(self._veil.text(each.text), words)

    def _staying(self, each: Check) -> QWidget:
        words = f"{self.tr_(KINDS[each.kind])}: {self._veil.text(each.text)}"
        return self._line(words, self.desk.words.month_day(each.on))

    def keep(self) -> tuple[Callable[..., object], tuple[Any, ...]]:
        work = transition_edit.leave if self.left else transition_moving.move_day
        return work, (self.wish.move_id, self.draft.day)


class LeftDialog(DayDialog):
    """Notes the day they left, or takes it back by an empty one; says what the stay does."""

    left = True

    def _proposed(self) -> date | None:
        """Offer the day noted, else the last one of the stay, else today."""
        if self._plan.left_on:
            return self._plan.left_on
        return self.desk.ask(transition_leaving.stay_end, self._plan.id, None).day or (
            self.desk.today()
        )

    def faults(self) -> Mapping[str, str]:
        day = self.draft.day
        if day is None and self._plan.left_on:
            return {}  # taken back
        if day and day > self.desk.today():
            return self.translated({"day": "This day is still to come."})
        return super().faults()

    def follow(self) -> None:
        """Say what becomes of the stay they leave."""
        clear(self._shown)
        if not self.faults():
            end = self.desk.ask(transition_leaving.stay_end, self._plan.id, self.draft.day)
            words = STAYS.get(end.follows)
            if words:
                place = self._veil.text(self._plan.from_name)
                self._shown += [Label(place, "strong")] if place else []
                day = self.desk.words.month_day(end.day) if end.day else ""
                self._shown.append(Label(self.tr_(words).format(day=day), "body", wrap=True))
        fill(self._lines, self._shown)

    def save(self) -> None:
        """Keep the day; an empty one is named for what it does."""
        tr = self.tr_
        if self.draft.day is None:
            self._said = Said(tr("Take back that they left"), tr("They have not left after all"))
        super().save()


def open_day(desk: Desk, window: QWidget, wish: Wish) -> DayDialog:
    """Open the one dialog or the other, by what is wanted."""
    if wish.wants is Wants.LEFT:
        return open_part(desk, window, wish, LeftDialog)
    return open_part(desk, window, wish, DayDialog)
