"""A move on the chart and the page of all of them: read, fixed, ticked, hidden, undone."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from cmdesk.casework import (
    first_visits,
    handoffs,
    transition_begin,
    transition_edit,
    transition_lanes,
    transition_plan,
    transition_steps,
    transitions,
)
from cmdesk.errors import Problem
from cmdesk.models.provider import Organisation
from cmdesk.rules.lane_picture import Kind
from cmdesk.rules.transition_codes import Lane, StepPart, VisitKind
from cmdesk.rules.transition_draft import HandoffForm, LaneForm, MoveForm, VisitForm
from cmdesk.store.store import Store
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.first_visit import FirstVisitDialog
from cmdesk.ui.dialogs.handoff import HandoffDialog
from cmdesk.ui.dialogs.transition import MoveDialog
from cmdesk.ui.dialogs.transition_day import DayDialog
from cmdesk.ui.dialogs.transition_lane import LaneDialog
from cmdesk.ui.dialogs.transition_paper import PlanPrint
from cmdesk.ui.dialogs.transition_set import MoveSetDialog
from cmdesk.ui.dialogs.transition_step import StepDialog
from cmdesk.ui.page import Route
from cmdesk.ui.pages.chart import ChartPage
from cmdesk.ui.pages.transitions import GAPS, TransitionsPage
from cmdesk.ui.parts.gap_words import GapWords
from cmdesk.ui.parts.phrases import BETWEEN
from cmdesk.ui.parts.transition_tab import TransitionTab
from cmdesk.ui.parts.transition_wish import Wants
from cmdesk.ui.transition_ways import TransitionWays
from cmdesk.ui.widgets.choice import Choice
from cmdesk.ui.widgets.label import Label
from tests.ui.conftest import Said, bring_up

BRIDGE = date(2026, 3, 24)


def planned(store: Store, client: int) -> int:
    """Plan Maya's move with a way there, a program after it, and somebody who may step in."""
    form = store.ask(transition_begin.proposed, client)
    form = replace(form, to_words="Bridge Street", travel="By car", medicine_days="12")
    move = store.do("Begin", transition_begin.begin, client, form)
    for lane in (
        LaneForm(Lane.PROGRAM, "Bridge Street", since=BRIDGE),
        LaneForm(Lane.PROGRAM, "Free until Thursday.", person_id=1, settled=False),
        LaneForm(Lane.HOME, "Juniper Court", since=BRIDGE, settled=False),
    ):
        store.do("Lane", transition_lanes.save, move, lane)
    pair = HandoffForm(from_words="Tess Holloway", to_words="Dr. Levin", call_on=date(2026, 3, 17))
    store.do("Pair", handoffs.save, move, pair)
    visit = VisitForm(label="Dr. Levin", visit_on=date(2026, 3, 9))
    store.do("Visit", first_visits.save, move, visit)
    return move


def texts(tab: TransitionTab) -> list[str]:
    return [each.text() for each in tab.findChildren(Label) if each.isVisibleTo(tab)]


def shown(desk: Desk, client: int, qtbot: QtBot) -> tuple[QMainWindow, TransitionTab]:
    window = QMainWindow()
    page = ChartPage(desk)
    window.setCentralWidget(page)
    qtbot.addWidget(window)
    window.resize(1300, 1400)
    bring_up(qtbot, window)
    page.visit(Route("chart", client, "transition"))
    page.refresh()
    TransitionWays(window, desk, window).attach(page)
    return window, page.transition


def test_names_are_hidden_and_the_rows_stay(
    desk: Desk, store: Store, maya: int, qtbot: QtBot, said: Said
) -> None:
    planned(store, maya)
    _, tab = shown(desk, maya, qtbot)
    qtbot.waitUntil(lambda: "Tess Holloway" in texts(tab))
    before = len(tab.handoffs.rows)
    desk.privacy.toggle()
    qtbot.waitUntil(lambda: "T. H." in texts(tab))
    assert len(tab.handoffs.rows) == before
    assert all(row.isVisible() and row.height() > 0 for row in tab.handoffs.rows)
    assert all(button.isVisible() for button in tab.gaps.buttons)
    assert all(row.isVisible() for part in StepPart for row in tab.lists[part].rows)


def test_lanes_are_read_by_keys_and_pressed(
    desk: Desk, store: Store, maya: int, qtbot: QtBot, said: Said
) -> None:
    planned(store, maya)
    window, tab = shown(desk, maya, qtbot)
    lanes = tab.lanes
    assert "Program: Nobody, March 21 to 23." in lanes.accessibleDescription()
    read: list[str] = []
    lanes.read.connect(read.append)
    lanes.setFocus()
    assert lanes.chosen is not None
    QTest.keyClick(lanes, Qt.Key.Key_Down)
    assert read[-1] == "Program: Residential 3.5, until March 20"
    QTest.keyClick(lanes, Qt.Key.Key_Right)
    assert read[-1] == "Program: Nobody, March 21 to 23"
    QTest.keyClick(lanes, Qt.Key.Key_Return)
    (lane,) = window.findChildren(LaneDialog)
    assert (lane.draft.lane, lane.draft.since) == (Lane.PROGRAM, date(2026, 3, 21))
    lane.close_dialog()
    assert lanes.picture is not None
    bar = next(bar for bar in lanes.picture.bars if bar.kind == Kind.SUPPLY)
    middle = lanes._place(bar).center().toPoint()
    QTest.mouseClick(lanes, Qt.MouseButton.LeftButton, pos=middle)
    (move,) = window.findChildren(MoveDialog)
    move.close_dialog()
    assert lanes.bar_at(QPoint(2, 2).toPointF()) == -1
    lanes.grab()  # drawn without a complaint


def test_gaps_are_fixed_where_they_stand(
    desk: Desk, store: Store, maya: int, qtbot: QtBot, said: Said
) -> None:
    move = planned(store, maya)
    before = VisitForm(VisitKind.PSYCHIATRIST, label="Dr. Nwosu", visit_on=date(2026, 3, 10))
    store.do("Visit", first_visits.save, move, before)
    window, tab = shown(desk, maya, qtbot)
    fixes = [button.text() for button in tab.gaps.buttons]
    assert fixes == ["Book Maya", "Add visit", "Add backup"]
    tab.gaps.buttons[1].click()
    (visit,) = window.findChildren(FirstVisitDialog)
    assert visit.draft.kind == "psychiatrist"
    assert visit.draft.visit_on is None  # not the one before they leave
    visit.close_dialog()
    tab.gaps.buttons[2].click()
    lane = next(each for each in window.findChildren(LaneDialog) if each.isVisible())
    assert lane.draft.lane == Lane.HOME
    lane.close_dialog()
    tab.gaps.buttons[0].click()
    plan = store.ask(transition_plan.whole, move)
    assert Lane.PROGRAM not in {gap.lane for gap in plan.days.gaps}
    store.undo()
    plan = store.ask(transition_plan.whole, move)
    assert Lane.PROGRAM in {gap.lane for gap in plan.days.gaps}


def test_steps_are_ticked_and_visits_kept(
    desk: Desk, store: Store, maya: int, qtbot: QtBot, said: Said
) -> None:
    move = planned(store, maya)
    window, tab = shown(desk, maya, qtbot)
    first = tab.lists[StepPart.BEFORE].rows[0]
    first.box.click()
    assert store.ask(transition_plan.whole, move).steps[0].done_on == date(2026, 3, 9)
    qtbot.waitUntil(lambda: tab.lists[StepPart.BEFORE].count.text() == "1 of 9")
    QTest.keyClick(tab.lists[StepPart.DAY].rows[0].box, Qt.Key.Key_Return)
    (step,) = window.findChildren(StepDialog)
    assert step.draft.days == "0"
    step.close_dialog()
    tab.visits.kept.emit(store.ask(transition_plan.whole, move).days.visits[0].id, True)
    assert store.ask(transition_plan.whole, move).days.visits[0].attended is True
    assert tab.plan is not None
    QTest.keyClick(tab.handoffs.rows[0], Qt.Key.Key_Return)
    (pair,) = window.findChildren(HandoffDialog)
    assert "no consent can name them" in pair.release.accessibleDescription() + "".join(
        each.text() for each in pair.release.findChildren(Label)
    )
    pair.close_dialog()


def test_every_wish_of_the_menu_opens_its_dialog(
    desk: Desk, store: Store, maya: int, qtbot: QtBot, said: Said
) -> None:
    move = planned(store, maya)
    window, tab = shown(desk, maya, qtbot)
    for wants, kind in (
        (Wants.EDIT, MoveDialog),
        (Wants.DAY, DayDialog),
        (Wants.SET, MoveSetDialog),
        (Wants.PAPER, PlanPrint),
    ):
        tab.ask(wants)
        dialog = next(each for each in window.findChildren(kind) if each.isVisible())
        dialog.close_dialog()
    titles = [act.text() for act in tab.menu().actions() if act.text()]
    assert "Close the move" in titles
    tab.acts.close()
    assert store.ask(transition_plan.whole, move).closed_on == date(2026, 3, 9)
    qtbot.waitUntil(lambda: tab.title.text().endswith(", closed"))
    tab.acts.open_again()
    tab.acts.remove()
    assert store.ask(transitions.of_client, maya) == []
    qtbot.waitUntil(tab.begin.isVisible)
    tab.begin.click()
    (new,) = (each for each in window.findChildren(MoveDialog) if each.isVisible())
    assert new.draft.leaves_on == date(2026, 3, 20)
    new.close_dialog()


def test_all_moves_ahead_stand_on_a_page(
    desk: Desk, store: Store, maya: int, qtbot: QtBot, said: Said
) -> None:
    page = TransitionsPage(desk)
    qtbot.addWidget(page)
    page.resize(1100, 700)
    bring_up(qtbot, page)
    page.refresh()
    assert not page.open.isVisible()
    move = planned(store, maya)
    store.do("Other", transition_begin.begin, maya, replace_day(store, maya))
    page.visit(Route("transitions"))
    page.refresh()
    assert page.count.text() == "2 moves ahead, 5 open gaps"
    assert next(iter(page.model.ids)) == move
    gone: list[Route] = []
    desk.went.connect(gone.append)
    page.open_plan()
    page.open_client()
    assert [route.tab for route in gone] == [f"transition:{move}", ""]
    wishes: list[object] = []
    page.wished.connect(wishes.append)
    page.print_plan()
    assert len(wishes) == 1
    told = page.model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "4 gaps" in str(told)
    assert "No settled place from the night of March 20" in str(told)  # however little is drawn
    assert "+" not in str(told)
    assert page._who(page._rows[move]).second == "Stillwater Ridge to Bridge Street"
    other = next(each for number, each in page._rows.items() if number != move)
    assert page._who(other).second == "Planned: Stillwater Ridge to Home"
    page.list.setColumnWidth(GAPS, 4000)
    assert len(page._gaps(page._rows[move]).second.split(BETWEEN)) == 3
    page.list.setColumnWidth(GAPS, 10)
    assert page._gaps(page._rows[move]).second.endswith("+2")
    store.do("Left", transition_edit.leave, move, date(2026, 3, 9))
    page.refresh()
    assert page._when(page._rows[move]).first == "Left Mar 9"
    desk.privacy.toggle()
    page.refresh()
    assert page._who(page._rows[move]).first == "M. B."


def test_days_without_medicine_before_a_visit_that_is_booked_name_the_visit(
    desk: Desk, store: Store, maya: int
) -> None:
    move = planned(store, maya)
    refill = LaneForm(Lane.MEDICINE, "Refill", since=date(2026, 4, 4), until=date(2026, 4, 6))
    store.do("Refill", transition_lanes.save, move, refill)
    visit = VisitForm(VisitKind.PSYCHIATRIST, label="Dr. Nwosu", visit_on=date(2026, 4, 10))
    store.do("Visit", first_visits.save, move, visit)
    days = store.ask(transition_plan.whole, move).days
    early, last = (
        (each.title, each.detail)
        for each in GapWords(desk).gaps(days)
        if each.gap and each.gap.lane == Lane.MEDICINE
    )
    assert early[0] == "2 days with no medicine"
    assert early[1].endswith("First visit with Dr. Nwosu is April 10.")
    assert last[0] == "Medicine runs out 4 days early"


def replace_day(store: Store, client: int) -> MoveForm:
    """Give a second move whose day nobody knows."""
    return replace(store.ask(transition_begin.proposed, client), to_words="Home", leaves_on=None)


def test_a_move_is_planned_from_the_search_too(
    desk: Desk, store: Store, maya: int, qtbot: QtBot, said: Said
) -> None:
    window, tab = shown(desk, maya, qtbot)
    page = window.centralWidget()
    assert isinstance(page, ChartPage)
    next(each for each in page.commands() if each.name == "chart.plan_move").run()
    (dialog,) = window.findChildren(MoveDialog)
    assert dialog.wish.client_id == maya
    assert tab.plan is None
    dialog.close_dialog()


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_where_they_go_is_completed_from_the_directory_or_said_in_words(
    desk: Desk, store: Store, maya: int, qtbot: QtBot, said: Said
) -> None:
    def listed(session: Session) -> int:
        made = Organisation(name="Fernbrook Academy", kind="program", mine=False)
        session.add(made)
        session.flush()
        return made.id

    house = store.do("List", listed)
    window, tab = shown(desk, maya, qtbot)
    tab.begin.click()
    (dialog,) = window.findChildren(MoveDialog)
    dialog.stay.set(1)
    QTest.keyClicks(dialog.to.edit, "ferN")
    assert (dialog.draft.to_words, dialog.draft.to_organisation_id) == ("ferN", None)
    assert [each.name for each in dialog.to.found()] == ["Fernbrook Academy"]
    QTest.keyClick(dialog.to.edit, Qt.Key.Key_Return)
    assert (dialog.draft.to_words, dialog.draft.to_organisation_id) == ("", house)
    assert dialog.draft.to_episode_id is None  # that stay is elsewhere
    dialog.save()
    qtbot.waitUntil(lambda: tab.plan is not None)
    assert tab.plan is not None
    assert tab.plan.to_name == "Fernbrook Academy"
    assert store.ask(lambda session: session.get_one(Organisation, house).mine)
    tab.ask(Wants.EDIT)
    edit = next(each for each in window.findChildren(MoveDialog) if each.isVisible())
    assert edit.to.names == ("Fernbrook Academy",)
    assert isinstance(edit.stay.editor, Choice)
    edit.stay.editor.chosen.emit(1)
    assert edit.to.names == ("Stillwater Ridge",)
    edit.to.choose(())
    QTest.keyClicks(edit.to.edit, "Home to her aunt")
    edit.stay.set(None)
    edit.save()
    qtbot.waitUntil(lambda: tab.plan is not None and tab.plan.to_name == "Home to her aunt")
    assert tab.plan.form.to_organisation_id is None


def test_what_a_client_wishes_is_veiled_where_a_handoff_is_refused(
    desk: Desk, store: Store, maya: int, qtbot: QtBot, said: Said
) -> None:
    move = planned(store, maya)
    plan = store.ask(transition_plan.whole, move)
    step = replace(store.ask(transition_steps.read, plan.steps[0].id), evidence="Diane said so")
    store.do("Step", transition_steps.save, move, step, plan.steps[0].id)
    window, tab = shown(desk, maya, qtbot)
    desk.privacy.toggle()
    qtbot.waitUntil(lambda: tab.lists[StepPart.BEFORE].rows[0].toolTip() == "D. said so")
    tab.ask(Wants.HANDOFF, plan.handoffs[0].id)
    (pair,) = (each for each in window.findChildren(HandoffDialog) if each.isVisible())
    pair.say_failed(Problem("Maya wants to tell Diane herself.", "Ask her."))
    (told,) = (each.text() for each in pair.trouble.findChildren(Label) if each.text())
    assert told == "M. wants to tell D. herself. Ask her."
    tab.ask(Wants.EDIT)
    (edit,) = (each for each in window.findChildren(MoveDialog) if each.isVisible())
    assert edit._stay(edit._stays[0]).startswith("Stillwater Ridge")


def test_a_missed_visit_moved_to_a_day_to_come_asks_anew(
    desk: Desk, store: Store, maya: int, qtbot: QtBot, said: Said
) -> None:
    move = planned(store, maya)
    visit = store.ask(transition_plan.whole, move).days.visits[0].id
    store.do("Missed", first_visits.kept, visit, attended=False)
    window, tab = shown(desk, maya, qtbot)
    tab.ask(Wants.VISIT, visit)
    (dialog,) = window.findChildren(FirstVisitDialog)
    dialog.load(replace(dialog.draft, visit_on=BRIDGE))
    assert dialog.draft.attended is None
    dialog.save()
    assert store.ask(first_visits.read, visit).attended is None
    tab.ask(Wants.VISIT)
    new = next(each for each in window.findChildren(FirstVisitDialog) if each.isVisible())
    assert new.draft.attended is None


def test_one_of_several_moves_of_a_client_is_chosen(
    desk: Desk, store: Store, maya: int, qtbot: QtBot, said: Said
) -> None:
    move = planned(store, maya)
    other = store.do("Other", transition_begin.begin, maya, replace_day(store, maya))
    _, tab = shown(desk, maya, qtbot)
    assert tab.plan is not None
    assert (tab.plan.id, tab.which.isVisibleTo(tab)) == (move, True)
    tab.which.chosen.emit(other)
    assert tab.title.text() == "Planned: Stillwater Ridge to Home, no day yet"
    tab.choose(0)  # one that is not there any more
    assert tab.plan.id == move
