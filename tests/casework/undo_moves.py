"""The writes of a move, each ready to be done, undone and done again."""

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from cmdesk.casework import (
    first_visits,
    handoffs,
    transition_begin,
    transition_edit,
    transition_lanes,
    transition_moving,
    transition_plan,
    transition_steps,
)
from cmdesk.casework.task_sets import SetStep
from cmdesk.rules.transition_draft import HandoffForm, LaneForm, MoveForm, StepForm, VisitForm
from cmdesk.store.store import Store
from tests.records import MONDAY, Maya

Act = tuple[Callable[..., Any], tuple[Any, ...], dict[str, Any]]
Making = Callable[[Store, Maya], Act]
FRIDAY: Final = date(2026, 3, 20)
LANE: Final = LaneForm("home", "Juniper Court", settled=False)
PAIR: Final = HandoffForm(from_words="Tess", to_words="Dr. Levin")


def act(work: Callable[..., Any], *args: Any, **named: Any) -> Act:
    return work, args, named


def move(store: Store, maya: Maya) -> int:
    form = MoveForm(maya.episode, to_words="Bridge Street", leaves_on=FRIDAY, kind="both")
    return store.do("Begin", transition_begin.begin, maya.client, form)


def opened(store: Store, maya: Maya) -> Act:
    number = move(store, maya)
    store.do("Close", transition_edit.close, number)
    return act(transition_edit.open_again, number)


def left(store: Store, maya: Maya) -> Act:
    number = move(store, maya)
    store.do("Leave", transition_edit.leave, number, MONDAY)
    return act(transition_edit.leave, number, None)


def lane(store: Store, maya: Maya) -> int:
    return store.do("Add", transition_lanes.save, move(store, maya), LANE)


def pair(store: Store, maya: Maya) -> int:
    return store.do("Add", handoffs.save, move(store, maya), PAIR)


def step(store: Store, maya: Maya) -> int:
    return store.ask(transition_plan.whole, move(store, maya)).steps[0].id


def visit(store: Store, maya: Maya) -> int:
    form = VisitForm(label="Dr. Levin", visit_on=MONDAY)
    return store.do("Add", first_visits.save, move(store, maya), form)


def whole_away(store: Store, maya: Maya) -> Act:
    number = move(store, maya)
    store.do("Add", handoffs.save, number, PAIR)
    store.do("Add", first_visits.save, number, VisitForm(label="Dr. Levin"))
    return act(transition_edit.remove, number)


MOVES: Final[dict[str, Making]] = {
    "transition_begin.begin": lambda _s, m: act(
        transition_begin.begin, m.client, MoveForm(m.episode, to_words="Home")
    ),
    "transition_edit.save": lambda s, m: act(
        transition_edit.save, move(s, m), MoveForm(to_words="Home", version=1)
    ),
    "transition_edit.leave": lambda s, m: act(transition_edit.leave, move(s, m), MONDAY),
    "transition_edit.leave back": left,
    "transition_edit.close": lambda s, m: act(transition_edit.close, move(s, m)),
    "transition_edit.open_again": opened,
    "transition_edit.remove": whole_away,
    "transition_moving.move_day": lambda s, m: act(
        transition_moving.move_day, move(s, m), date(2026, 3, 27)
    ),
    "transition_lanes.save": lambda s, m: act(transition_lanes.save, move(s, m), LANE),
    "transition_lanes.book": lambda s, m: act(
        transition_lanes.book, lane(s, m), FRIDAY, date(2026, 3, 23)
    ),
    "transition_lanes.remove": lambda s, m: act(transition_lanes.remove, lane(s, m)),
    "handoffs.save": lambda s, m: act(handoffs.save, move(s, m), PAIR),
    "handoffs.confirm": lambda s, m: act(handoffs.confirm, pair(s, m), "sender", MONDAY),
    "handoffs.remove": lambda s, m: act(handoffs.remove, pair(s, m)),
    "transition_steps.save": lambda s, m: act(
        transition_steps.save, move(s, m), StepForm("day", "Bags packed", days="0")
    ),
    "transition_steps.tick": lambda s, m: act(transition_steps.tick, step(s, m), done=True),
    "transition_steps.drop": lambda s, m: act(transition_steps.drop, step(s, m)),
    "transition_steps.bring_in": lambda s, m: act(
        transition_steps.bring_in, move(s, m), [SetStep("Pack", -1)]
    ),
    "first_visits.save": lambda s, m: act(
        first_visits.save, move(s, m), VisitForm(label="Dr. Levin")
    ),
    "first_visits.kept": lambda s, m: act(first_visits.kept, visit(s, m), attended=True),
    "first_visits.remove": lambda s, m: act(first_visits.remove, visit(s, m)),
}
