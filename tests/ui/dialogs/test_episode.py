"""Stays and turns of care by the keyboard: typed, asked about, kept and taken away."""

from dataclasses import replace
from datetime import date

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from cmdesk.casework import care_events, contacts, drafts, episodes
from cmdesk.rules.episode_draft import LevelForm
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.care_event import open_care_event
from cmdesk.ui.dialogs.episode import EpisodeDialog, open_episode
from cmdesk.ui.dialogs.episode_fields import FactorField, LevelRows
from cmdesk.ui.dialogs.pick_field import PickField
from cmdesk.ui.widgets.choice import Choice
from cmdesk.ui.widgets.date_field import DateField
from cmdesk.ui.widgets.known_date_field import ROUGH_EXAMPLE, KnownDateField
from tests.ui.conftest import Said
from tests.ui.dialogs.hands import gone, press, stops_of, type_
from tests.ui.dialogs.practice import Case

SAVE = Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier


def pick(dialog: EpisodeDialog, name: str, value: object) -> None:
    box = dialog.field(name).editor
    assert isinstance(box, Choice)
    box.choose(value)
    box.chosen.emit(value)


def day(dialog: EpisodeDialog, name: str, value: date) -> None:
    field = dialog.field(name).editor
    assert isinstance(field, DateField)
    field.set_day(value)
    field.picked.emit(value)


def test_a_stay_before_us_is_typed_and_one_over_another_is_asked_about(
    qtbot: QtBot, desk: Desk, window: QMainWindow, case: Case, said: Said
) -> None:
    dialog = open_episode(desk, window, case.maya)
    assert open_episode(desk, window, case.maya) is dialog
    press(*SAVE)
    assert dialog.field("where").fault
    where = dialog.field("where").editor
    assert isinstance(where, PickField)
    where.edit.setFocus()
    type_("Oak House")
    pick(dialog, "level_of_care", "mh:residential")
    day(dialog, "admitted", date(2026, 2, 20))
    day(dialog, "discharged", date(2026, 2, 1))
    press(*SAVE)
    assert dialog.field("discharged").fault == "This is before the first day."
    first = dialog.field("admitted")
    assert not first.remark.text  # the last day can’t be
    day(dialog, "discharged", date(2026, 3, 1))
    over = "This lies over Stillwater Ridge, "
    assert first.remark.text.startswith(over)  # before anybody presses Save
    assert not first.fault
    pick(dialog, "level_of_care", "asam4:1.5")
    assert not first.remark.text
    pick(dialog, "level_of_care", "mh:residential")
    dialog.save()
    assert first.remark.text.startswith(over)
    assert "Save again" in dialog.trouble._words.text()
    assert desk.ask(episodes.stays, case.maya)[0].called == "Stillwater Ridge"
    dialog.save()
    qtbot.waitUntil(gone(dialog))
    newest = desk.ask(episodes.stays, case.maya)[0]
    assert (newest.called, newest.form.discharged) == ("Oak House", date(2026, 3, 1))
    assert said.toasts[-1][0] == "Stay saved"


def test_a_day_may_be_typed_as_its_month_or_its_year(
    qtbot: QtBot, desk: Desk, window: QMainWindow, case: Case
) -> None:
    dialog = open_episode(desk, window, case.maya)
    where = dialog.field("where").editor
    assert isinstance(where, PickField)
    where.edit.setFocus()
    type_("Oak House")
    for name, typed in (("admitted", "mar 2021"), ("discharged", "soon")):
        dialog.field(name).editor.setFocus()
        type_(typed)
    press(*SAVE)
    assert dialog.field("discharged").fault == ROUGH_EXAMPLE
    first, last = dialog.field("admitted").editor, dialog.field("discharged").editor
    assert isinstance(first, KnownDateField)
    assert isinstance(last, KnownDateField)
    assert first.text() == "March 2021"
    last.setFocus()
    last.clear()
    type_("2021")
    press(Qt.Key.Key_Up)  # a year has no next day
    dialog.close_dialog()
    key = dialog.keeper.key
    qtbot.waitUntil(lambda: desk.ask(drafts.find, key) is not None)
    again = open_episode(desk, window, case.maya)
    assert again.draft.discharged_known == "year"
    again.save()
    qtbot.waitUntil(gone(again))
    stay = desk.ask(episodes.stays, case.maya)[-1]
    kept = (stay.form.admitted, stay.form.admitted_known)
    assert kept == (date(2021, 3, 1), "month")
    assert (stay.form.discharged, stay.form.discharged_known) == (date(2021, 1, 1), "year")
    changed = open_episode(desk, window, case.maya, stay.id)
    first, last = changed.field("admitted").editor, changed.field("discharged").editor
    assert isinstance(first, KnownDateField)
    assert isinstance(last, KnownDateField)
    assert (first.text(), last.text()) == ("March 2021", "2021")
    assert not changed.forms[0][0].dirty
    first._on_day_chosen(QDate(2021, 3, 9))
    press(Qt.Key.Key_Up)
    assert (changed.draft.admitted, changed.draft.admitted_known) == (date(2021, 3, 9), "day")
    first.setFocus()
    press(Qt.Key.Key_Up)
    assert changed.draft.admitted == date(2021, 3, 10)
    first.clear()
    type_("Feb 31 2021")
    assert not first.check()
    assert first.fault == "February has 28 days in 2021."
    changed.close_dialog()


def test_levels_factors_and_the_mark_of_a_program_are_kept(
    qtbot: QtBot, desk: Desk, window: QMainWindow, case: Case, said: Said
) -> None:
    dialog = open_episode(desk, window, case.maya)
    where = dialog.field("where").editor
    assert isinstance(where, PickField)
    where.choose(desk.ask(contacts.named, [f"o{case.ridge}"]))
    where.picked.emit()
    assert dialog.draft.part2 == "yes"
    assert not dialog.ended.isVisible()
    rows = dialog.field("levels").editor
    assert isinstance(rows, LevelRows)
    rows.add.click()
    press(*SAVE)
    assert dialog.field("levels").fault == "Choose the level, or remove the line."
    level = rows.forms[0].field("level").editor
    assert isinstance(level, Choice)
    assert any("= HIOP 2.5 now" in level.itemText(n) for n in range(level.count()))
    level.choose("asam3:2.5")
    bore = dialog.field("factors").editor
    assert isinstance(bore, FactorField)
    bore.line.setFocus()
    type_("Poor sleep, his birthday")
    dialog.close_dialog()
    key = dialog.keeper.key
    qtbot.waitUntil(lambda: desk.ask(drafts.find, key) is not None)
    again = open_episode(desk, window, case.maya)
    assert again.draft.levels == (tuple(LevelForm("asam3:2.5")),)
    again.save()
    qtbot.waitUntil(gone(again))
    stay = next(each for each in desk.ask(episodes.stays, case.maya) if each.form.factors)
    assert stay.form.factors == ("sleep", "his birthday")
    changed = open_episode(desk, window, case.maya, stay.id)
    assert stops_of(changed)
    changed.away.click()
    qtbot.waitUntil(gone(changed))
    assert said.toasts[-1][0] == "Stay taken away"
    assert len(desk.ask(episodes.stays, case.maya)) == 1


def test_a_turn_is_noted_changed_and_taken_away(
    qtbot: QtBot, desk: Desk, window: QMainWindow, case: Case, said: Said
) -> None:
    dialog = open_care_event(desk, window, case.maya)
    assert open_care_event(desk, window, case.maya) is dialog
    type_("She drank")
    dialog.save()
    qtbot.waitUntil(gone(dialog))
    assert said.toasts[-1][0] == "Kept on the map"
    (row,) = desk.ask(care_events.rows, case.maya)
    assert (row.form.kind, row.form.what) == ("return_to_use", "She drank")
    again = open_care_event(desk, window, case.maya, row.id)
    assert stops_of(again)
    changed = replace(again.draft, response="Tess called")
    again.load(changed)
    again.away.click()
    qtbot.waitUntil(gone(again))
    assert desk.ask(care_events.rows, case.maya) == []
