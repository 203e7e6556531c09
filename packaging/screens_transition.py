"""Pictures of moves: the plan as drawn, all moves ahead, a plan not begun, and the dialogs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from cmdesk.casework import transition_plan, transitions
from cmdesk.ui.dialogs.first_visit import open_visit
from cmdesk.ui.dialogs.handoff import open_handoff
from cmdesk.ui.dialogs.transition import open_move
from cmdesk.ui.dialogs.transition_day import DayDialog, open_day
from cmdesk.ui.dialogs.transition_lane import open_lane
from cmdesk.ui.dialogs.transition_paper import open_move_paper
from cmdesk.ui.dialogs.transition_step import open_step
from cmdesk.ui.page import Route
from cmdesk.ui.parts.transition_wish import Wants, Wish

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget
    from screens import Studio

Draw = Callable[[], "QWidget"]
Settle = Callable[[float], None]
REST = 0.4


def _plan(studio: Studio, ref: str = "c-maya") -> QWidget:
    return studio.open(Route("chart", studio.client(ref), "transition"))


def _hidden(studio: Studio) -> QWidget:
    _plan(studio)
    studio.desk.privacy.toggle()
    return studio.window


def _lower(studio: Studio, settle: Settle) -> QWidget:
    """Scroll to what follows the checklists."""
    from PySide6.QtWidgets import QScrollArea  # noqa: PLC0415

    _plan(studio)
    settle(REST)
    for area in studio.window.findChildren(QScrollArea):
        if area.isVisible() and area.accessibleName() == "Transition":
            area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())
    return studio.window


def _over(studio: Studio, settle: Settle, show: Callable[[Wish], object], wants: Wants) -> QWidget:
    """Open a dialog over the plan."""
    client = studio.client("c-maya")
    _plan(studio)
    settle(REST)
    move = studio.store.ask(transitions.of_client, client)[0]
    plan = studio.store.ask(transition_plan.whole, move)
    record = {
        Wants.HANDOFF: plan.handoffs[0].id,
        Wants.STEP: plan.steps[2].id,
        Wants.VISIT: plan.days.visits[-1].id,
        Wants.LANE: plan.days.spans[1].record,
    }.get(wants)
    show(Wish(wants, client, 0 if wants is Wants.BEGIN else move, record))
    return studio.window


def _moving(studio: Studio, settle: Settle) -> QWidget:
    """Show what moving the day by a week would do."""
    from datetime import timedelta  # noqa: PLC0415

    def show(wish: Wish) -> None:
        dialog = open_day(studio.desk, studio.window, wish)
        field = dialog.forms[0][0].bound("day")
        field.set(field.get() + timedelta(days=7))
        dialog.follow()
        assert isinstance(dialog, DayDialog)  # noqa: S101 - that of the day, not the other

    return _over(studio, settle, show, Wants.DAY)


def transition_screens(studio: Studio, settle: Settle) -> Iterator[tuple[str, Draw]]:
    """Name each picture with what draws it."""
    yield "10-transition", partial(_plan, studio)
    yield "10-transition-lower", partial(_lower, studio, settle)
    yield "10-transition-hidden", partial(_hidden, studio)
    yield "10-transition-none", partial(_plan, studio, "c-grace")
    yield "10-transition-owen", partial(_plan, studio, "c-owen")
    yield "10-transitions", partial(studio.open, Route("transitions"))
    yield "10-transition-dialog-day", partial(_moving, studio, settle)
    for name, opening, wants in (
        ("new", open_move, Wants.BEGIN),
        ("edit", open_move, Wants.EDIT),
        ("left", open_day, Wants.LEFT),
        ("lane", open_lane, Wants.LANE),
        ("handoff", open_handoff, Wants.HANDOFF),
        ("step", open_step, Wants.STEP),
        ("visit", open_visit, Wants.VISIT),
        ("paper", open_move_paper, Wants.PAPER),
    ):

        def show(wish: Wish, opening: Callable[..., object] = opening) -> object:
            return opening(studio.desk, studio.window, wish)

        yield f"10-transition-dialog-{name}", partial(_over, studio, settle, show, wants)
