"""The circle editor by hand: one person, one save, one undo, and a draft at every pause."""

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from cmdesk.casework import clients, drafts, people
from cmdesk.rules import plain_email
from cmdesk.rules.codes import CaseRole
from cmdesk.rules.people_draft import PersonDraft, PointDraft
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.person import PersonDialog, open_person
from cmdesk.ui.dialogs.person_kept import body_of, draft_of
from cmdesk.ui.form import Form
from cmdesk.ui.widgets.choice import Choice
from tests.ui.conftest import Said
from tests.ui.dialogs.hands import gone, press, stops_of, type_
from tests.ui.dialogs.practice import TODAY, Case

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def dialog(desk: Desk, window: QMainWindow, case: Case) -> PersonDialog:
    return open_person(desk, window, case.maya, case.diane)


def put(form: Form[Any], name: str, text: str) -> None:
    """Type into one field of a form."""
    editor = form.field(name).editor
    editor.setFocus()
    if isinstance(editor, QLineEdit):
        editor.clear()
    QTest.keyClicks(editor, text)


def choose(form: Form[Any], name: str, value: object) -> None:
    editor = form.field(name).editor
    assert isinstance(editor, Choice)
    editor.choose(value)
    editor.activated.emit(editor.currentIndex())


def of_diane(desk: Desk, case: Case) -> PersonDraft:
    return desk.ask(people.draft, case.maya, case.diane)


def test_opening_and_saving_changes_nothing(
    dialog: PersonDialog, desk: Desk, case: Case, qtbot: QtBot
) -> None:
    before = of_diane(desk, case)
    assert dialog.title.text() == "Diane Brenner in Maya’s life"
    assert dialog.draft == before
    assert open_person(desk, dialog, case.maya, case.david) is dialog
    dialog.save_button.click()
    qtbot.waitUntil(gone(dialog))
    assert of_diane(desk, case) == before


def test_everything_of_someone_is_one_save_and_one_undo(
    dialog: PersonDialog, desk: Desk, case: Case, qtbot: QtBot
) -> None:
    before, parts = of_diane(desk, case), dialog.parts
    parts.points.add.click()
    (number,) = parts.points.forms
    qtbot.waitUntil(lambda: QApplication.focusWidget() is number.first)
    put(number, "value", "718 555 0110")
    choose(number, "voicemail", "voicemail_identify")
    parts.authorities.add.click()
    put(parts.authorities.forms[0], "scope", "Health care")
    parts.plain_emails.add.click()
    (wish,) = parts.plain_emails.forms
    put(wish, "address", "diane@brenner.example")
    put(wish, "warned_on", "today")
    put(wish, "accepted_on", "today")
    choose(wish, "accepted_by", "client")
    parts.relations.add.click()
    choose(parts.relations.forms[0], "kind", "separated")
    choose(parts.relations.forms[0], "other_id", case.david)
    choose(parts.order, "after_id", case.tess)
    press(Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(gone(dialog))
    kept = of_diane(desk, case)
    assert [(each.value, each.voicemail) for each in kept.points] == [
        ("718 555 0110", "voicemail_identify")
    ]
    assert kept.authorities[0].scope == "Health care"
    (accepted,) = kept.plain_emails
    assert (accepted.accepted_on, accepted.warning_version) == (
        TODAY,
        plain_email.CURRENT.version,
    )
    assert [(each.kind, each.other_id) for each in kept.relations] == [("separated", case.david)]
    assert [each.person_id for each in desk.ask(clients.circle, case.maya)][-1] == case.diane
    assert desk.undo_label == "Save a person"
    desk.undo(dialog)
    assert of_diane(desk, case) == before


def test_faults_stand_under_their_fields_and_the_first_is_gone_to(
    dialog: PersonDialog, desk: Desk, case: Case
) -> None:
    dialog.parts.points.add.click()
    dialog.parts.relations.add.click()
    roles = dialog.parts.ties.forms[0].field("roles").editor
    for code in (CaseRole.DO_NOT_CONTACT, CaseRole.EMERGENCY_CONTACT):
        roles.boxes[code].click()  # type: ignore[attr-defined]  # a CheckGroup, behind QWidget
    put(dialog.parts.who, "given_name", " ")
    put(dialog.parts.who, "family_name", " ")
    dialog.save()
    assert dialog.isVisible()
    who, (tie,) = dialog.parts.who, dialog.parts.ties.forms
    assert who.field("given_name").fault == "A person needs a name."
    assert QApplication.focusWidget() is who.first
    assert tie.field("roles").fault == "Do not contact, or gets word from you: choose one."
    (number,), (bond,) = dialog.parts.points.forms, dialog.parts.relations.forms
    assert number.field("value").fault == "Type the number or address, or remove it."
    assert bond.field("other_id").fault == "To whom?"
    assert of_diane(desk, case).given_name == "Diane"


def test_what_was_typed_comes_back_and_can_be_dropped(
    dialog: PersonDialog, desk: Desk, window: QMainWindow, case: Case, qtbot: QtBot
) -> None:
    put(dialog.parts.who, "job_title", "Teacher")
    dialog.parts.points.add.click()
    put(dialog.parts.points.forms[0], "value", "718")
    dialog.close_dialog()
    qtbot.waitUntil(gone(dialog))
    again = open_person(desk, window, case.maya, case.diane)
    assert again.back.button.isVisible()
    assert again.again is not None
    assert again.again(desk, window) is again  # so it comes back after a lock
    assert again.draft == replace(
        of_diane(desk, case), job_title="Teacher", points=(PointDraft(value="718"),)
    )
    again.back.button.click()
    assert again.draft == of_diane(desk, case)
    assert desk.ask(drafts.find, again.keeper.key) is None


def test_a_draft_of_someone_changed_since_says_so(
    dialog: PersonDialog, desk: Desk, window: QMainWindow, case: Case, qtbot: QtBot
) -> None:
    put(dialog.parts.who, "job_title", "Teacher")
    dialog.close_dialog()
    qtbot.waitUntil(gone(dialog))
    desk.do(dialog, "Elsewhere", people.save, replace(of_diane(desk, case), notes="New"))
    again = open_person(desk, window, case.maya, case.diane)
    assert "was changed since you typed" in again.trouble._words.text()
    again.save_button.click()
    qtbot.waitUntil(gone(again))
    kept = of_diane(desk, case)
    assert (kept.job_title, kept.notes) == ("Teacher", "")


def test_someone_known_is_added_instead_of_a_second_record(
    desk: Desk, window: QMainWindow, case: Case, qtbot: QtBot, said: Said
) -> None:
    dialog = open_person(desk, window, case.owen)
    assert dialog.title.text() == "Add someone to Owen’s circle"
    assert QApplication.focusWidget() is dialog.known.edit
    choose(dialog.parts.ties.forms[0], "relationship", "aunt")
    put(dialog.parts.who, "given_name", "diane")
    put(dialog.parts.who, "family_name", "brenner")
    qtbot.waitUntil(dialog.use.isVisible)
    assert "Diane Brenner is in the directory already." in dialog.alike._words.text()
    dialog.use.click()
    assert dialog.draft.person_id == case.diane
    assert not dialog.use.isVisible()
    dialog.save_button.click()
    qtbot.waitUntil(gone(dialog))
    (member,) = desk.ask(clients.circle, case.owen)
    assert (member.person_id, member.relationship) == (case.diane, "aunt")
    assert said.toasts[-1][0] == "Diane added"


def test_the_directory_is_searched_as_one_types(
    desk: Desk, window: QMainWindow, case: Case
) -> None:
    dialog = open_person(desk, window, case.owen)
    type_("hollo")
    press(Qt.Key.Key_Return)
    assert dialog.draft.person_id == case.tess
    assert dialog.title.text() == "Tess Holloway in Owen’s life"
    assert not dialog.known_field.isVisible()
    assert dialog.draft.organisation_id == case.ridge


def test_removing_keeps_the_person_and_can_be_undone(
    dialog: PersonDialog, desk: Desk, case: Case, qtbot: QtBot, said: Said
) -> None:
    dialog.remove.click()
    qtbot.waitUntil(gone(dialog))
    assert case.diane not in [each.person_id for each in desk.ask(clients.circle, case.maya)]
    assert of_diane(desk, case).ties[0].until == TODAY
    assert said.toasts[-1][0] == "Removed from the circle. The log stays."
    desk.undo(dialog)
    assert case.diane in [each.person_id for each in desk.ask(clients.circle, case.maya)]


def test_do_not_contact_is_said_first(desk: Desk, window: QMainWindow, case: Case) -> None:
    found = of_diane(desk, case)
    tie = replace(found.ties[0], roles=(CaseRole.DO_NOT_CONTACT,), note="Maya asked.")
    desk.do(window, "Save", people.save, replace(found, ties=(tie,)))
    dialog = open_person(desk, window, case.maya, case.diane)
    assert dialog.warning.isVisible()
    assert dialog.warning._words.text() == "Do not contact this person. Maya asked."


def test_a_client_has_no_place_in_the_own_circle(
    desk: Desk, window: QMainWindow, case: Case
) -> None:
    maya = desk.ask(lambda session: people.draft(session, case.maya, case.diane).client_id)
    own = next(number for number in range(1, 9) if desk.ask(people.draft, maya, number).own)
    dialog = open_person(desk, window, maya, own)
    assert dialog.title.text() == "Maya Brenner"
    assert not dialog.parts.ties.isVisible()
    assert not dialog.remove.isVisible()
    assert dialog.parts.points.isVisible()


def test_names_and_numbers_are_hidden(dialog: PersonDialog, desk: Desk) -> None:
    def editor(form: Form[Any], name: str) -> QWidget:
        return form.field(name).editor

    dialog.parts.points.add.click()
    shown = [
        editor(dialog.parts.who, "given_name"),
        editor(dialog.parts.points.forms[0], "value"),
    ]
    desk.privacy.toggle()
    assert dialog.title.text() == "D. B. in M.’s life"
    modes = {each.echoMode() for each in shown if isinstance(each, QLineEdit)}
    assert modes == {QLineEdit.EchoMode.Password}
    places = editor(dialog.parts.order, "after_id")
    assert isinstance(places, Choice)
    assert [places.itemText(each) for each in range(places.count())] == [
        "First",
        "After D. B.",
        "After T. H.",
    ]
    desk.privacy.toggle()
    assert dialog.title.text() == "Diane Brenner in Maya’s life"


def test_only_what_a_kind_knows_is_asked(dialog: PersonDialog) -> None:
    dialog.parts.points.add.click()
    (number,) = dialog.parts.points.forms
    assert number.field("voicemail").isVisibleTo(number)
    assert not number.field("email_encrypted_only").isVisibleTo(number)
    choose(number, "kind", "e_mail")
    assert not number.field("voicemail").isVisibleTo(number)
    assert number.field("email_encrypted_only").isVisibleTo(number)
    dialog.parts.points.rows[0].cross.click()
    assert dialog.parts.points.forms == []
    assert QApplication.focusWidget() is dialog.parts.points.add


def test_keys_reach_every_control(dialog: PersonDialog) -> None:
    stops = stops_of(dialog)
    assert dialog.save_button in stops
    assert dialog.parts.relations.add in stops


def test_a_draft_that_can_not_be_read_is_left_out() -> None:
    draft = PersonDraft(1, 4, given_name="June", points=(PointDraft(3, verified_on=TODAY),))
    assert draft_of(body_of(draft), PersonDraft(1)) == draft
    broken = body_of(draft) | {"ties": ["x"], "after_id": "first", "points": [{"id": "x"}]}
    assert draft_of(broken, PersonDraft(1)) == PersonDraft(
        1, 4, given_name="June", points=(PointDraft(),)
    )
