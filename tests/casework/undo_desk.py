"""The writes of the working day, each ready to be done, undone and done again."""

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from sqlalchemy.orm import Session

from cmdesk.casework import (
    calendar,
    goals,
    measures,
    medicines,
    rhythm,
    safety_plan,
    spelling,
    task_edit,
    task_sets,
    update_plans,
)
from cmdesk.casework.rhythm import CadenceDraft
from cmdesk.casework.safety_plan import PlanDraft, PlanLine
from cmdesk.casework.task_sets import SetStep
from cmdesk.rules.goal_draft import GoalForm, MoveForm
from cmdesk.rules.measure_draft import MeasureForm
from cmdesk.rules.medicine_draft import MedicineForm
from cmdesk.rules.plan_draft import PlanForm
from cmdesk.rules.task_draft import TaskForm
from cmdesk.store.store import Store
from tests.records import MONDAY, Maya

Act = tuple[Callable[..., Any], tuple[Any, ...], dict[str, Any]]
Making = Callable[[Store, Maya], Act]
SCORE: Final = MeasureForm("phq9", score="9", taken_on=MONDAY)
STEPS: Final = (SetStep("Send the records", -7), SetStep("Call that evening"))


def act(work: Callable[..., Any], *args: Any) -> Act:
    return work, args, {}


def rule(maya: Maya) -> CadenceDraft:
    return CadenceDraft(maya.client, maya.diane.person_id, "phone", weekday="monday")


def rule_gone(store: Store, maya: Maya) -> Act:
    return act(rhythm.remove, store.do("Keep", rhythm.save, rule(maya)))


def plan_anew(store: Store, maya: Maya) -> Act:
    first = PlanDraft("moderate", MONDAY, lines=(PlanLine(1, "Sleepless nights"),))
    store.do("Plan", safety_plan.save, maya.client, first)
    second = PlanDraft("high", MONDAY, lines=(PlanLine(4, "", maya.diane.person_id),))
    return act(safety_plan.save, maya.client, second)


def goal_set(store: Store, maya: Maya) -> int:
    return store.do("Set", goals.save, maya.client, GoalForm("Sleep through the night"))


def planned(store: Store, maya: Maya) -> int:
    form = PlanForm(maya.diane.person_id, template="decision")
    return store.do("Agree", update_plans.save, maya.client, form)


def goal_moved(store: Store, maya: Maya) -> int:
    met = MoveForm(MONDAY, quarters=4, status="met")
    return store.do("Move", goals.move, goal_set(store, maya), met)


def kept_set(store: Store) -> int:
    return store.do("Keep", task_sets.save, "Admission", "Day of admission", STEPS)


def calendar_read(store: Store, _maya: Maya) -> Act:
    store.do("Choose", calendar.choose, "/calendar.ics")

    def keep(session: Session) -> None:
        calendar.keep(session, "/calendar.ics", ())

    return act(keep)


def word_taken_out(store: Store, _maya: Maya) -> Act:
    store.do("Add", spelling.add_word, "Blorp")
    return act(spelling.remove_word, "blorp")


DESK: Final[dict[str, Making]] = {
    "calendar.choose": lambda _s, _m: act(calendar.choose, "/calendar.ics"),
    "calendar.keep": calendar_read,
    "goals.save": lambda _s, m: act(goals.save, m.client, GoalForm("Lift her mood")),
    "goals.move": lambda s, m: act(goals.move, goal_set(s, m), MoveForm(MONDAY, note="Better")),
    "goals.take_back": lambda s, m: act(goals.take_back, goal_moved(s, m)),
    "update_plans.save": lambda _s, m: act(
        update_plans.save, m.client, PlanForm(m.diane.person_id, template="decision")
    ),
    "update_plans.end": lambda s, m: act(update_plans.end, planned(s, m)),
    "goals.take_away": lambda s, m: act(goals.take_away, goal_set(s, m)),
    "measures.save": lambda _s, m: act(measures.save, m.client, SCORE),
    "measures.remove": lambda s, m: act(
        measures.remove, s.do("Note", measures.save, m.client, SCORE)
    ),
    "medicines.save": lambda _s, m: act(medicines.save, m.client, MedicineForm("Sertraline")),
    "rhythm.save": lambda _s, m: act(rhythm.save, rule(m)),
    "rhythm.remove": rule_gone,
    "rhythm.set_silence_days": lambda _s, _m: act(rhythm.set_silence_days, 21),
    "rhythm.set_standstill_days": lambda _s, _m: act(rhythm.set_standstill_days, 60),
    "rhythm.snooze": lambda _s, m: act(rhythm.snooze, "consent", m.consent, date(2026, 3, 12)),
    "safety_plan.save": plan_anew,
    "task_edit.save": lambda _s, m: act(task_edit.save, TaskForm(m.client, "Call the school")),
    "task_sets.apply": lambda _s, m: act(task_sets.apply, m.client, STEPS, MONDAY),
    "task_sets.save": lambda _s, _m: act(task_sets.save, "Leaving", "Last day", STEPS),
    "task_sets.remove": lambda s, _m: act(task_sets.remove, kept_set(s)),
    "spelling.add_word": lambda _s, _m: act(spelling.add_word, "Blorp"),
    "spelling.remove_word": word_taken_out,
}
