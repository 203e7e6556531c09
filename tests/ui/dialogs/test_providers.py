"""What a call, a visit, a tie and one's own words leave in the directory, typed as on the day."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from cmdesk.casework import provider_edit, provider_page, saved_views
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.code_chips import CodeChips
from cmdesk.ui.dialogs.provider_check import open_check
from cmdesk.ui.dialogs.provider_notes import open_notes, open_view
from cmdesk.ui.dialogs.provider_professional import open_professional
from cmdesk.ui.dialogs.provider_program import open_program
from cmdesk.ui.dialogs.provider_tie import open_tie
from cmdesk.ui.dialogs.record_sheet import RecordSheet
from cmdesk.ui.dialogs.site_visit import Ratings, open_visit
from cmdesk.ui.widgets.button import Button
from tests.ui.conftest import Said
from tests.ui.dialogs.hands import gone, press, type_
from tests.ui.dialogs.practice import TODAY, Case

SAVE = (Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def write(dialog: RecordSheet[Any], **typed: str) -> None:
    for name, words in typed.items():
        dialog.field(name).editor.setFocus()
        type_(words)


def test_a_call_is_recorded_and_asked_again(
    qtbot: QtBot, desk: Desk, window: QMainWindow, case: Case, said: Said
) -> None:
    dialog = open_check(desk, window, case.ridge)
    assert open_check(desk, window, case.ridge) is dialog
    write(dialog, wait="2 weeks", cost="$780")
    press(*SAVE)
    assert dialog.field("cost").fault.startswith("Per what?")
    write(dialog, cost="/day", told_by="Ana")
    press(*SAVE)
    qtbot.waitUntil(gone(dialog))
    page = desk.ask(provider_page.page, case.ridge)
    assert (page.facts["wait"].words, page.facts["wait"].told_by) == ("2 weeks", "Ana")
    assert (page.listed.cost_cents, page.verified_on) == (78_000, TODAY)
    again = open_check(desk, window, case.ridge)
    assert again.field("wait").remark.text == "On record: 2 weeks"
    again.same.click()
    qtbot.waitUntil(gone(again))
    assert said.toasts[-1][0] == "Noted with today’s date"


def test_a_visit_is_rated_changed_and_taken_away(
    qtbot: QtBot, desk: Desk, window: QMainWindow, case: Case
) -> None:
    dialog = open_visit(desk, window, case.ridge)
    ratings = dialog.field("ratings").editor
    assert isinstance(ratings, Ratings)
    ratings.marks["safety"].choose(4)
    write(dialog, met="Eve", travel_paid_by="The program")
    dialog.load(replace(dialog.draft, follow_up_on=TODAY))
    press(*SAVE)
    assert dialog.field("follow_up").fault == "What is to be done by then?"
    write(dialog, follow_up="Ask for the school plan")
    press(*SAVE)
    qtbot.waitUntil(gone(dialog))
    (visit,) = desk.ask(provider_page.page, case.ridge).visits
    assert (visit.ratings, visit.day, visit.travel_paid_by) == (
        {"safety": 4},
        TODAY,
        "The program",
    )
    again = open_visit(desk, window, case.ridge, visit.id)
    assert again.draft.ratings == (("safety", 4),)
    assert again.draft.follow_up_on == TODAY
    again.away.click()
    qtbot.waitUntil(gone(again))
    assert desk.ask(provider_page.page, case.ridge).visits == []


def test_a_tie_is_disclosed_and_taken_away(
    qtbot: QtBot, desk: Desk, window: QMainWindow, case: Case
) -> None:
    dialog = open_tie(desk, window, case.ridge)
    press(*SAVE)
    assert dialog.field("what").fault == "Say what it is, in a few words."
    write(dialog, what="Lunch", amount="$18", disclosed_to="Diane")
    press(*SAVE)
    qtbot.waitUntil(gone(dialog))
    (tie,) = desk.ask(provider_page.page, case.ridge).ties
    assert (tie.what, tie.amount_cents, tie.disclosed_to) == ("Lunch", 1800, "Diane")
    again = open_tie(desk, window, case.ridge, tie.id)
    again.away.click()
    qtbot.waitUntil(gone(again))
    assert desk.ask(provider_page.page, case.ridge).ties == []


def test_notes_and_views_are_kept(
    qtbot: QtBot, desk: Desk, window: QMainWindow, case: Case
) -> None:
    notes = open_notes(desk, window, case.ridge)
    write(notes, notes="Quiet nights.")
    press(*SAVE)
    qtbot.waitUntil(gone(notes))
    assert desk.ask(provider_page.page, case.ridge).texts["notes"] == "Quiet nights."
    view = open_view(desk, window, {"text": "day"})
    press(*SAVE)
    assert view.field("name").fault == "Name this view."
    write(view, name="Day programs")
    press(*SAVE)
    qtbot.waitUntil(gone(view))
    assert [each.name for each in desk.ask(saved_views.views, "providers")] == ["Day programs"]


def test_somebody_on_record_is_not_put_down_twice(
    qtbot: QtBot, desk: Desk, window: QMainWindow, case: Case
) -> None:
    dialog = open_professional(desk, window)
    assert not dialog.field("person_id").isVisible()
    write(dialog, given_name="Tess", family_name="Holloway", npi="1234567890")
    qtbot.waitUntil(dialog.field("person_id").isVisible)
    dialog.who.choose(case.tess)
    press(*SAVE)
    assert dialog.field("npi").fault == "One digit of this NPI is wrong."
    dialog.load(dialog.draft.__class__("Tess", "Holloway", person_id=case.tess))
    dialog.who.choose(case.tess)
    press(*SAVE)
    qtbot.waitUntil(gone(dialog))
    assert desk.ask(provider_edit.professional, case.tess).given_name == "Tess"


def test_chips_show_the_usual_ones_and_keep_what_they_do_not_know(
    qtbot: QtBot, desk: Desk, window: QMainWindow, case: Case
) -> None:
    dialog = open_program(desk, window, case.ridge)
    chips = dialog.field("treats").editor
    assert isinstance(chips, CodeChips)
    chips.pick(["mood", "grief", "walks"])
    assert chips.codes == ("mood", "grief", "walks")
    assert seen(chips) == 7
    more = next(each for each in chips.findChildren(Button))
    more.click()
    assert seen(chips) == len(chips.chips)
    write(dialog, wait="Mar 24", cost="3.9k wk")
    assert dialog.field("wait").remark.text == "Read as: Opening Mar 24, 2026"
    assert dialog.field("cost").remark.text == "Read as: $3,900 a week"
    dialog.save()
    qtbot.waitUntil(gone(dialog))
    assert "walks" in desk.ask(provider_edit.form, case.ridge).treats


def seen(chips: CodeChips) -> int:
    return sum(not chip.isHidden() for chip in chips.chips.values())


def test_a_professional_may_be_meant_instead(
    qtbot: QtBot, desk: Desk, window: QMainWindow, case: Case
) -> None:
    dialog = open_program(desk, window)
    with qtbot.waitSignal(dialog.instead):
        dialog.other.click()
    qtbot.waitUntil(gone(dialog))
