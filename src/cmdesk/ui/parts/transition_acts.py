"""What can be done to a move where it stands: ticked, booked, kept, closed, taken away."""

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from cmdesk.casework import first_visits, transition_edit, transition_lanes, transition_steps
from cmdesk.casework.transition_plan import Whole
from cmdesk.rules.days import later
from cmdesk.rules.transition import Gap
from cmdesk.rules.transition_codes import Lane, VisitKind
from cmdesk.rules.transition_draft import LaneForm, VisitForm
from cmdesk.ui.desk import Desk
from cmdesk.ui.parts.gap_words import Told
from cmdesk.ui.parts.transition_wish import Wants

if TYPE_CHECKING:
    from cmdesk.ui.parts.transition_tab import TransitionTab

Asked = tuple[Wants, int | None, object]
KINDS = {Lane.THERAPIST: VisitKind.THERAPIST, Lane.PSYCHIATRIST: VisitKind.PSYCHIATRIST}


class TransitionActs(QObject):
    """Writes what the tab's buttons say; the change brings the tab to show it."""

    def __init__(self, desk: Desk, tab: "TransitionTab") -> None:
        super().__init__(tab)
        self._desk, self._tab = desk, tab

    def tick(self, step: int, done: bool) -> None:  # noqa: FBT001 - a signal's own argument
        tr = self._desk.words.tr
        said = tr("Step done") if done else tr("Step open again")
        self._desk.do(self, tr("Tick a step"), transition_steps.tick, step, done=done).then(
            lambda _: self._desk.done(said)
        )

    def visit_kept(self, visit: int, attended: bool) -> None:  # noqa: FBT001 - a signal's own
        tr = self._desk.words.tr
        said = tr("Visit kept") if attended else tr("Visit missed")
        self._desk.do(self, tr("Note a visit"), first_visits.kept, visit, attended=attended).then(
            lambda _: self._desk.done(said)
        )

    def fix(self, plan: Whole, told: Told) -> Asked | None:
        """Close a gap where that is one act, else answer what to ask for."""
        gap = told.gap
        if gap is None:
            return Wants.EDIT if plan.days.leaving else Wants.DAY, None, None
        if told.option is not None:
            self._book(told, gap)
            return None
        if gap.unknown:
            return Wants.EDIT, None, None
        if gap.lane == Lane.MEDICINE or gap.lane in KINDS:
            return self._visit(plan, gap)
        until = None if gap.open_ended else _until(gap)
        return Wants.LANE, None, LaneForm(gap.lane, since=gap.first, until=until)

    def _book(self, told: Told, gap: Gap) -> None:
        if told.option is None:
            return
        tr = self._desk.words.tr
        said = tr("Booked {name}").format(name=self._desk.privacy.name(told.option.called))
        args = (told.option.id, gap.first, _until(gap))
        self._desk.do(self, tr("Book for a gap"), transition_lanes.book, *args).then(
            lambda _: self._desk.done(said)
        )

    def _visit(self, plan: Whole, gap: Gap) -> Asked:
        """Ask for the visit that comes after the gap, to move it up, or for a new one."""
        kind = KINDS.get(gap.lane, VisitKind.PSYCHIATRIST)
        there = (
            visit.id
            for visit in plan.days.visits
            if visit.kind == kind and visit.attended is None
            if visit.visit_on and visit.visit_on >= gap.first
        )
        number = next(there, None)
        return Wants.VISIT, number, None if number else VisitForm(kind)

    def close(self) -> None:
        tr, plan = self._desk.words.tr, self._tab.plan
        if plan is not None:
            self._desk.do(self, tr("Close a move"), transition_edit.close, plan.id).then(
                lambda _: self._desk.done(tr("Move closed"))
            )

    def open_again(self) -> None:
        tr, plan = self._desk.words.tr, self._tab.plan
        if plan is not None:
            self._desk.do(self, tr("Open a move again"), transition_edit.open_again, plan.id).then(
                lambda _: self._desk.done(tr("Move open again"))
            )

    def remove(self) -> None:
        tr, plan = self._desk.words.tr, self._tab.plan
        if plan is not None:
            self._desk.do(self, tr("Take a move away"), transition_edit.remove, plan.id).then(
                lambda _: self._desk.done(tr("Move taken away"))
            )


def _until(gap: Gap) -> date:
    """Give the last day of what fills a gap: nights end on the morning after."""
    return later(gap.last, 1) if gap.lane == Lane.HOME else gap.last
