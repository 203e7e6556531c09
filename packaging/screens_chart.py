"""Pictures of a chart's own ways: another's view, updates, the plan for hard hours."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from screens_coverage import coverage_screens

from cmdesk.casework import (
    goals,
    medicines,
    next_letter,
    safety_plan,
    update_list,
)
from cmdesk.ui.dialogs.goal import open_goal
from cmdesk.ui.dialogs.goal_move import open_goal_move
from cmdesk.ui.dialogs.measure import open_measure
from cmdesk.ui.dialogs.medicine import open_medicine
from cmdesk.ui.dialogs.medicines import open_medicines
from cmdesk.ui.dialogs.parity import open_parity
from cmdesk.ui.dialogs.safety_plan import open_safety_plan
from cmdesk.ui.dialogs.told_ledger import open_ledger
from cmdesk.ui.dialogs.update_plan import open_update_plan
from cmdesk.ui.page import Route
from cmdesk.ui.pages.chart import ChartPage

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget
    from screens import Studio

Draw = Callable[[], "QWidget"]


def chart_screens(studio: Studio) -> Iterator[tuple[str, Draw]]:
    """Give the pictures, each of Maya's chart or over it."""
    maya = studio.client("c-maya")

    def seen_as(reader: int) -> QWidget:
        studio.open(Route("chart", maya))
        studio.rest()
        page = studio.window.findChildren(ChartPage)[-1]
        page.log.see_as(reader)
        return studio.window

    def read(client: int) -> None:
        open_safety_plan(studio.desk, studio.window, client)

    def write(client: int) -> None:
        open_safety_plan(studio.desk, studio.window, client).begin()

    def make(_client: int) -> None:
        open_safety_plan(studio.desk, studio.window, studio.client("c-grace"))

    yield "04-safety-plan-older", partial(studio.over_chart, partial(older, studio))
    yield "04-chart-as-diane", partial(seen_as, 0)
    yield "04-chart-updates", partial(studio.open, Route("chart", maya, "updates"))
    for name, show in (
        ("04-safety-plan", read),
        ("04-safety-plan-edit", write),
        ("04-safety-plan-new", make),
    ):
        yield name, partial(studio.over_chart, show)
    yield from coverage_screens(studio)
    yield from letter_screens(studio)
    yield from medicine_screens(studio)


def letter_screens(studio: Studio) -> Iterator[tuple[str, Draw]]:
    """Give the pictures of what is agreed, compared, and was told."""
    for name, show in (
        ("04-update-plan", planned),
        ("04-letters-compared", compared),
        ("04-what-was-told", was_told),
    ):
        yield name, partial(studio.over_chart, partial(show, studio))


def compared(studio: Studio, client: int) -> None:
    each = studio.store.ask(next_letter.growing, client)[0]
    open_parity(studio.desk, studio.window, client, each.party.key, each.first, each.last)


def was_told(studio: Studio, client: int) -> None:
    open_ledger(studio.desk, studio.window, client)


def planned(studio: Studio, client: int) -> None:
    plan = studio.store.ask(update_list.due, client)[0]
    open_update_plan(studio.desk, studio.window, client, plan.id)


def medicine_screens(studio: Studio) -> Iterator[tuple[str, Draw]]:
    """Give the pictures of what is taken: all of it, and one medicine."""

    def taken(client: int) -> None:
        open_medicines(studio.desk, studio.window, client)

    def one(client: int) -> None:
        row = studio.store.ask(medicines.rows, client)[0]
        open_medicine(studio.desk, studio.window, client, row.id)

    yield "04-medicines", partial(studio.over_chart, taken)
    yield "04-medicine", partial(studio.over_chart, one)


def goal_screens(studio: Studio) -> Iterator[tuple[str, Draw]]:
    """Give the pictures of goals: the care plan, none yet, one of them, and that it moved."""
    maya, camila = studio.client("c-maya"), studio.client("c-camila")

    def goal(client: int) -> None:
        open_goal(studio.desk, studio.window, client, studio.store.ask(goals.rows, client)[0].id)

    def new_goal(client: int) -> None:
        open_goal(studio.desk, studio.window, client)

    def it_moved(client: int) -> None:
        number = studio.store.ask(goals.rows, client)[0].id
        open_goal_move(studio.desk, studio.window, client, number)

    yield "04-chart-care-plan", partial(studio.open, Route("chart", maya, "care_plan"))
    yield "04-chart-no-goals", partial(studio.open, Route("chart", camila, "care_plan"))
    for name, show in (("04-goal", goal), ("04-goal-new", new_goal), ("04-goal-moved", it_moved)):
        yield name, partial(studio.over_chart, show)


def measure_screens(studio: Studio) -> Iterator[tuple[str, Draw]]:
    """Give the pictures of scores: as a table, and the dialog of one."""
    maya = studio.client("c-maya")

    def as_table() -> QWidget:
        studio.open(Route("chart", maya, "care_plan"))
        studio.rest()
        studio.window.findChildren(ChartPage)[-1].goals.measures.turn.click()
        return studio.window

    def one(client: int) -> None:
        open_measure(studio.desk, studio.window, client)

    yield "09-measures-table", as_table
    yield "09-measure", partial(studio.over_chart, one)


def older(studio: Studio, client: int) -> None:
    """Open the plan for hard hours at a version that counts no longer."""
    number = studio.store.ask(safety_plan.history, client)[-1].id
    open_safety_plan(studio.desk, studio.window, client).show_version(number)
