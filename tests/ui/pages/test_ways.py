"""What the pages ask of the window leads where it should."""

from dataclasses import replace

from pytestqt.qtbot import QtBot

from cmdesk.casework import clients, consents, goals, inquiries
from cmdesk.casework.clients import ClientDraft
from cmdesk.casework.jump_hits import Hit
from cmdesk.casework.row_log import DayRow
from cmdesk.rules.goal_draft import GoalForm
from cmdesk.ui import overlay, palette_rows
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.client import ClientDialog
from cmdesk.ui.dialogs.consent import ConsentDialog
from cmdesk.ui.dialogs.coverage import CoverageDialog
from cmdesk.ui.dialogs.inquiry import InquiryDialog
from cmdesk.ui.dialogs.log_contact import LogDialog
from cmdesk.ui.dialogs.medicines import MedicinesDialog
from cmdesk.ui.dialogs.person import PersonDialog
from cmdesk.ui.dialogs.pre_call import PreCallDialog
from cmdesk.ui.dialogs.safety_plan import SafetyPlanDialog
from cmdesk.ui.dialogs.sent_letter import SentDialog
from cmdesk.ui.dialogs.task import TaskDialog
from cmdesk.ui.house import furnish, whereabouts
from cmdesk.ui.jumps import Jumps
from cmdesk.ui.page import Route
from cmdesk.ui.pages.chart import ChartPage
from cmdesk.ui.pages.composer import ComposerPage
from cmdesk.ui.pages.today import TodayPage
from cmdesk.ui.window import Window


def opened(window: Window) -> tuple[int, int | None, int | None]:
    (dialog,) = (each for each in window.findChildren(ConsentDialog) if each.isVisible())
    about = dialog.about
    dialog.close_dialog()
    return about


def test_renew_begins_a_new_form_wherever_it_is_pressed(
    window: Window, desk: Desk, maya: int
) -> None:
    old = desk.ask(consents.rows, maya)[0].id
    desk.go(Route("chart", maya))
    (today,), (chart,) = window.findChildren(TodayPage), window.findChildren(ChartPage)
    for asked in (today.renew, chart.consents.renew_asked):
        asked.emit(maya, old)
        assert opened(window) == (maya, None, old)


def test_what_the_search_was_told_to_do_is_done(window: Window, desk: Desk, maya: int) -> None:
    (jumps,) = desk.findChildren(Jumps)
    circle = {each.name.given: each.person_id for each in desk.ask(clients.circle, maya)}
    rows = {row.keys[0]: row.id for row in desk.ask(consents.rows, maya)}
    diane = Hit("person", circle["Diane"], "Diane Brenner", "", maya)
    jumps.consent_of(diane)
    assert opened(window) == (maya, rows[f"p{diane.id}"], None)
    jumps.consent_of(Hit("person", circle["Joel"], "Joel Stern", "", maya))
    assert opened(window) == (maya, None, None)
    jumps.task_for(maya)
    assert window.findChildren(TaskDialog)[0].draft.client_id == maya
    overlay.abandon_all(window)
    jumps.edit_person(Hit("client", maya, "Maya Brenner", "", maya))
    assert window.findChildren(ClientDialog)
    overlay.abandon_all(window)
    jumps.open_tab(maya, "transition")
    (chart,) = window.findChildren(ChartPage)
    assert chart.transition.isVisible()
    jumps.coverage_of(maya)
    assert window.findChildren(CoverageDialog)
    overlay.abandon_all(window)
    jumps.before_call(Hit("client", maya, "Maya Brenner", "", maya))
    (card,) = (each for each in window.findChildren(PreCallDialog) if each.isVisible())
    assert card.title.text() == "Before you call Maya Brenner"


def test_what_was_found_is_opened_where_it_stands(window: Window, desk: Desk, maya: int) -> None:
    (jumps,) = desk.findChildren(Jumps)
    first, second = (
        desk._store.do("Set a goal", goals.save, maya, GoalForm(name=name))
        for name in ("Walk daily", "Sleep at night")
    )
    for goal in (second, first):  # of a chart that is not open yet, and of one that is
        jumps.open_hit(Hit("goal", goal, "A goal", "", maya))
        (chart,) = window.findChildren(ChartPage)
        assert chart.goals.isVisible()
        assert chart.goals.chosen is not None
        assert chart.goals.chosen.id == goal
    jumps.open_hit(Hit("letter", 1, "A letter", "", maya))
    assert [each.isVisible() for each in window.findChildren(SentDialog)] == [True]
    overlay.abandon_all(window)
    blank = replace(desk.ask(inquiries.blank), caller_name="Ruth")
    inquiry = desk._store.do("Note", inquiries.save, blank)
    for kind, dialog in (
        ("policy", CoverageDialog),
        ("authorization", CoverageDialog),
        ("safety", SafetyPlanDialog),
        ("medicine", MedicinesDialog),
        ("inquiry", InquiryDialog),
    ):
        jumps.open_hit(Hit(kind, inquiry, "", "", maya))
        assert any(each.isVisible() for each in window.findChildren(dialog)), kind
        overlay.abandon_all(window)


def test_a_letter_asked_for_by_a_name_is_to_that_one(
    window: Window, desk: Desk, maya: int, qtbot: QtBot
) -> None:
    (jumps,) = desk.findChildren(Jumps)
    circle = {each.name.given: each.person_id for each in desk.ask(clients.circle, maya)}
    for name in ("David", "Diane", "Tess"):
        jumps.write_for(Hit("person", circle[name], name, "", maya))
        (composer,) = window.findChildren(ComposerPage)
        qtbot.waitUntil(lambda composer=composer: composer.letter.place is not None)
        place = composer.letter.place
        assert place is not None
        assert place.party.person_id == circle[name]


def test_a_row_of_today_opens_its_log_also_after_a_lock(
    window: Window, desk: Desk, maya: int, qtbot: QtBot
) -> None:
    (today,) = window.findChildren(TodayPage)
    qtbot.waitUntil(lambda: any(row.kind == "follow_up" for row in today.shown))
    row = next(row for row in today.shown if row.kind == "follow_up")
    today.do_row(row)
    about = DayRow("follow_up", row.record)
    (log,) = window.findChildren(LogDialog)
    assert (log.about, log.row) == ((maya, None), about)
    assert log.draft.participants
    back_to = whereabouts(window)
    log.close_dialog()
    window.close_desk()
    furnish(window, desk, back_to)
    again = next(each for each in window.findChildren(LogDialog) if each.isVisible())
    assert (again.about, again.row) == ((maya, None), about)
    assert again.finishes.box.isChecked()


def test_backups_are_found_as_they_are_spelt(window: Window, desk: Desk) -> None:
    for typed in ("backup", "back up"):
        offers = palette_rows.of_commands(window.commands(), typed)
        assert [each.title for each in offers] == ["Back up now", "Settings: backups"]
    offers[1].run()
    assert window.shell is not None
    assert window.shell.route == Route("settings", tab="backups")


def test_the_first_of_a_circle_is_added_before_a_consent(window: Window, desk: Desk) -> None:
    alone = desk._store.do("Add a client", clients.add, ClientDraft("Rosa", "Lee"))
    desk.go(Route("chart", alone))
    (chart,) = window.findChildren(ChartPage)
    assert chart.side.add_consent.toolTip() == "Add person to circle"
    chart.side.add_consent.click()
    assert [each.isVisible() for each in window.findChildren(PersonDialog)] == [True]
    assert window.findChildren(ConsentDialog) == []
