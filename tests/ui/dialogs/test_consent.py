"""A consent as it is filled in, saved, found wanting, and ended."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from cmdesk.casework import audience, clients, consent_form, consents, documents, drafts
from cmdesk.rules.codes import ConsentKind, Signer, Statement
from cmdesk.rules.consent_text import FORM as FORM_TEXT
from cmdesk.rules.log import LogDraft
from cmdesk.rules.topics import CONSENT_TOPICS, OWN_FORM, Topic
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.consent import ConsentDialog, open_consent
from cmdesk.ui.dialogs.consent_print import ConsentPrint
from cmdesk.ui.dialogs.document import DocumentDialog
from cmdesk.ui.dialogs.person import PersonDialog
from tests.ui.conftest import Said
from tests.ui.dialogs.hands import gone, press, stops_of, tab_to, type_
from tests.ui.dialogs.practice import FORM, Case

WEEK = "2026-03-02:2026-03-08"
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def dialog(desk: Desk, window: QMainWindow, case: Case) -> ConsentDialog:
    return open_consent(desk, window, case.maya, case.consent)


def note(dialog: ConsentDialog) -> str:
    return dialog.verdict.note._words.text()


def seen_by_diane(desk: Desk, case: Case) -> audience.Preview:
    about = LogDraft(client_id=case.maya, topics=(Topic.PROGRESS,), part2="no")
    readers = desk.ask(audience.preview, about)
    return next(each for each in readers if each.key == f"p{case.diane}")


def test_it_shows_what_picture_15_shows(dialog: ConsentDialog) -> None:
    assert dialog.title.text() == "Consent: Maya lets you share with Diane Brenner"
    assert dialog.chip.accessibleName() == "In force"
    assert note(dialog) == (
        "Everything the form must say is here. Maya was told she can end it any time."
    )
    assert dialog.fields.form.name.text() == "brenner-consent-2026-01-28.pdf"
    assert dialog.words.text().startswith("Maya signed a consent on January 28, 2026. It covers")
    assert set(dialog.topics.checks) == {*CONSENT_TOPICS, *OWN_FORM}


def test_opening_and_saving_changes_nothing(
    dialog: ConsentDialog, desk: Desk, case: Case, qtbot: QtBot
) -> None:
    before = desk.ask(consents.draft, case.consent)
    assert dialog.draft == before
    dialog.acts.saving.click()
    qtbot.waitUntil(gone(dialog))
    assert desk.ask(consents.draft, case.consent) == before


def test_a_new_one_becomes_valid_with_its_last_element(
    desk: Desk, window: QMainWindow, case: Case, qtbot: QtBot, tmp_path: Path
) -> None:
    scan = tmp_path / "joel-form.pdf"
    scan.write_bytes(FORM + b"%Joel")

    def choose(_parent: QWidget, _title: str, _kinds: str) -> Path | None:
        return scan

    dialog = open_consent(desk, window, case.owen, choose=choose)
    assert QApplication.focusWidget() is dialog.fields.readers.edit
    type_("diane")
    press(Qt.Key.Key_Return)
    window.activateWindow()  # without a screen nothing gives the focus back after a pick list
    dialog.topics.checks[Topic.PROGRESS].click()
    qtbot.waitUntil(lambda: note(dialog).startswith("Not valid yet: no purpose, no end date, "))
    tab_to(dialog.fields.purpose)
    type_("Support")
    qtbot.waitUntil(lambda: note(dialog).startswith("Not valid yet: no end date, no form on file"))
    tab_to(dialog.fields.expires_on)
    type_("Jun 30")
    qtbot.waitUntil(lambda: note(dialog).startswith("Not valid yet: no form on file, no line"))
    dialog.fields.form.attach.click()
    qtbot.waitUntil(lambda: dialog.fields.form.name.text() == "joel-form.pdf")
    for statement in Statement:
        dialog.fields.statements.boxes[statement].click()
    left = "Not valid yet: not signed, does not say who signed."
    qtbot.waitUntil(lambda: note(dialog) == left)
    dialog.fields.signed_on.setFocus()
    type_("today")
    qtbot.waitUntil(lambda: note(dialog) == "Not valid yet: does not say who signed.")
    assert dialog.chip.accessibleName() == "Not valid yet"
    dialog.fields.signer.choose(Signer.PARENT)
    dialog.fields.signer.activated.emit(0)
    qtbot.waitUntil(lambda: dialog.chip.accessibleName() == "In force")
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(gone(dialog))
    (row,) = desk.ask(consents.rows, case.owen)
    assert row.fault is None
    assert row.recipients == ("Diane Brenner",)
    kept = desk.ask(consents.draft, row.id)
    assert kept.document_id is not None
    assert desk.ask(documents.content, kept.document_id) == scan.read_bytes()


@pytest.mark.parametrize("how", ["by_word", "in_writing"])
def test_ending_blocks_at_once_and_tells_what_relied_on_it(
    dialog: ConsentDialog, desk: Desk, window: QMainWindow, case: Case, qtbot: QtBot, how: str
) -> None:
    assert seen_by_diane(desk, case).outcome == "share"
    desk._store.do("Begin", drafts.keep, f"update:{case.maya}:p{case.diane}:{WEEK}", {})
    dialog.acts.ending.click()
    assert "can’t be undone" in dialog.acts.told.text()
    assert not dialog.acts.saving.isVisible()
    (dialog.acts.by_word if how == "by_word" else dialog.acts.in_writing).click()
    qtbot.waitUntil(lambda: dialog.chip.accessibleName() == "Ended")
    seen = seen_by_diane(desk, case)
    assert seen.outcome == "keep_back"
    assert seen.why.startswith("Diane's consent was revoked")
    assert desk.undo_label is None
    assert dialog.relied.said == [
        "Begun for Diane Brenner: March 2 to 8, 2026. Checked again before it can leave."
    ]
    assert not dialog.fields.purpose.isEnabled()
    press(Qt.Key.Key_Escape)
    qtbot.waitUntil(gone(dialog))
    again = open_consent(desk, window, case.maya, case.consent)
    assert again.chip.accessibleName() == "Ended"
    assert not again.acts.saving.isVisible()
    assert again.relied.isVisible()


def test_the_notice_in_writing_can_follow_the_word(
    desk: Desk, window: QMainWindow, case: Case, qtbot: QtBot, tmp_path: Path
) -> None:
    letter = tmp_path / "notice.png"
    letter.write_bytes(b"\x89PNG notice")
    desk._store.do("End", consents.end, case.consent)
    dialog = open_consent(
        desk, window, case.maya, case.consent, choose=lambda _parent, _title, _kinds: letter
    )
    dialog.relied.notice.attach.click()
    qtbot.waitUntil(lambda: dialog.relied.notice.name.text() == "notice.png")
    kept = desk.ask(consent_form.ended, case.consent).document_id
    assert kept is not None
    assert desk.ask(documents.content, kept) == letter.read_bytes()
    dialog.relied.notice.view.click()
    qtbot.waitUntil(lambda: bool(window.findChildren(DocumentDialog)))


def test_a_renewal_is_prefilled_and_replaces_the_older_once_it_counts(
    dialog: ConsentDialog, desk: Desk, window: QMainWindow, case: Case, qtbot: QtBot
) -> None:
    dialog.acts.renewing.click()
    new = next(each for each in window.findChildren(ConsentDialog) if each.about[2] == case.consent)
    assert new.fields.purpose.text() == "Family support and planning"
    assert new.draft.signed_on is None
    assert not new.verdict.replacing.isVisible()
    new.topics.checks[Topic.SAFETY].click()
    for day, typed in ((new.fields.signed_on, "today"), (new.fields.expires_on, "Jun 30")):
        day.setFocus()
        type_(typed)
    new.fields.form.on_paper.click()
    for statement in Statement:
        new.fields.statements.boxes[statement].click()
    qtbot.waitUntil(new.verdict.replacing.isVisible)
    assert new.verdict.replacing.text() == "Replace the consent signed Jan 28, 2026"
    assert new.verdict.remark.text == "No longer covered then: safety."
    new.verdict.replacing.click()
    assert new.verdict.remark.text == "Then both count: what either covers may be shared."
    new.verdict.replacing.click()
    new.acts.saving.click()
    qtbot.waitUntil(lambda: not isValid(new) or not new.isVisible())
    faults = {row.id: row.fault for row in desk.ask(consents.rows, case.maya)}
    assert faults[case.consent] == "was replaced by a newer one"
    assert list(faults.values()).count(None) == 4
    assert desk.undo_label == "Save a consent"


def test_rare_fields_are_folded_away_until_one_is_filled(
    dialog: ConsentDialog, desk: Desk, window: QMainWindow, case: Case, qtbot: QtBot
) -> None:
    more = dialog.fields.more
    assert not more.inside.isVisible()
    more.button.click()
    for name, typed in (("witness", "Rosa Lind"), ("interpreter", "Ines Rey")):
        more.texts[name].setFocus()
        type_(typed)
    press(Qt.Key.Key_Escape)
    qtbot.waitUntil(gone(dialog))
    dialog = open_consent(desk, window, case.maya, case.consent)
    more = dialog.fields.more
    assert QApplication.focusWidget() is more.texts["interpreter"]
    more.dates["received_on"].setFocus()
    type_("Jan 30")
    dialog.acts.saving.click()
    qtbot.waitUntil(gone(dialog))
    kept = desk.ask(consents.draft, case.consent)
    assert (kept.witness, kept.interpreter) == ("Rosa Lind", "Ines Rey")
    assert kept.received_on == date(2026, 1, 30)
    again = open_consent(desk, window, case.maya, case.consent)
    assert again.fields.more.inside.isVisible()


def test_what_a_form_of_this_kind_reaches_is_said(dialog: ConsentDialog, case: Case) -> None:
    remark = dialog.fields.fields["kind"].remark
    assert remark.text == "Also reaches records of substance use treatment."
    dialog.fields.kind.choose(ConsentKind.HIPAA)
    dialog.fields.kind.activated.emit(0)
    dialog._judge()
    assert remark.text.startswith("Substance use is protected by 42 CFR Part 2.")


def test_a_minor_is_told_what_the_birthday_does(
    desk: Desk, window: QMainWindow, case: Case
) -> None:
    dialog = open_consent(desk, window, case.owen)
    remark = dialog.fields.fields["signer"].remark
    dialog.fields.signer.choose(Signer.PARENT)
    dialog.fields.signer.activated.emit(0)
    assert remark.text == "Counts until Owen turns 18 on Sep 1, 2026."
    dialog.fields.signer.choose(Signer.CLIENT)
    dialog.fields.signer.activated.emit(0)
    assert remark.text.startswith("Owen turns 18 on Sep 1, 2026. Before,")


def test_the_form_to_sign_is_shown_saved_and_printed(
    dialog: ConsentDialog, desk: Desk, window: QMainWindow, case: Case, tmp_path: Path
) -> None:
    dialog.acts.printing.click()
    assert dialog.draft.form_version == FORM_TEXT.id
    (shown,) = window.findChildren(ConsentPrint)
    assert shown.isVisible()
    place = tmp_path / "form.pdf"
    printed: list[bytes] = []

    def print_it(_parent: QWidget, data: bytes) -> bool:
        printed.append(data)
        return True

    def at(path: Path) -> Callable[[QWidget, str, str, str], Path | None]:
        return lambda _parent, _title, _name, _kinds: path

    own = ConsentPrint(desk, dialog.draft, at(place), print_it)
    own.save_button.click()
    own.print_button.click()
    assert place.read_bytes().startswith(b"%PDF")
    assert printed == [place.read_bytes()]
    assert own.told.text() == "Sent to the printer."
    refused = ConsentPrint(desk, dialog.draft, at(tmp_path / "no" / "f.pdf"), print_it)
    refused.save_button.click()
    assert "could not be written" in refused.told.text()


def test_going_back_ends_nothing(dialog: ConsentDialog, desk: Desk, case: Case) -> None:
    dialog.acts.ending.click()
    dialog.acts.go_back.click()
    assert dialog.acts.saving.isVisible()
    assert QApplication.focusWidget() is dialog.acts.ending
    assert seen_by_diane(desk, case).outcome == "share"


def test_a_consent_for_nobody_is_not_kept(
    desk: Desk, window: QMainWindow, case: Case, said: Said
) -> None:
    dialog = open_consent(desk, window, case.owen)
    dialog.acts.saving.click()
    assert dialog.fields.fields["recipients"].fault == "Choose at least one person."
    assert dialog.isVisible()
    type_("nobody at all")
    dialog.acts.saving.click()
    assert "Nobody of this name" in dialog.fields.fields["recipients"].fault
    assert desk.ask(consents.rows, case.owen) == []


def test_a_date_that_is_none_is_said_under_its_field(dialog: ConsentDialog) -> None:
    dialog.fields.expires_on.setFocus()
    dialog.fields.expires_on.clear()
    type_("Feb 30")
    dialog.acts.saving.click()
    assert dialog.fields.fields["expires_on"].fault == "February has 28 days this year."
    assert dialog.isVisible()


def test_what_the_signed_paper_does_not_name_is_said(
    dialog: ConsentDialog, qtbot: QtBot, case: Case
) -> None:
    said = dialog.verdict.beyond
    assert said.text == ""
    dialog.topics.checks["medication"].click()
    qtbot.waitUntil(lambda: "does not name medication" in said.text)
    dialog.fields.signed_on.set_day(dialog.desk.today())  # signed anew
    dialog.fields.edited.emit()
    qtbot.waitUntil(lambda: said.text == "")


def test_a_topic_with_its_own_form_opens_only_with_it(dialog: ConsentDialog) -> None:
    therapy = dialog.topics.checks[Topic.THERAPY_CONTENT]
    assert not therapy.isEnabled()
    assert therapy.accessibleDescription() == "Needs its own form"
    dialog.fields.kind.choose(ConsentKind.PSYCHOTHERAPY_NOTES)
    dialog.fields.kind.activated.emit(0)
    assert therapy.isEnabled()
    assert not dialog.topics.checks[Topic.PROGRESS].isEnabled()
    assert dialog.draft.topics == ()
    therapy.click()
    assert dialog.draft.topics == (Topic.THERAPY_CONTENT,)


def test_it_can_end_with_the_stay(dialog: ConsentDialog, qtbot: QtBot) -> None:
    dialog.fields.expires_on.setFocus()
    dialog.fields.expires_on.clear()
    dialog.fields.expires_on.textEdited.emit("")
    qtbot.waitUntil(lambda: note(dialog) == "Not valid yet: no end date.")
    place = dialog.fields.occasion.findText("When Maya leaves Stillwater Ridge")
    dialog.fields.occasion.setCurrentIndex(place)
    dialog.fields.occasion.activated.emit(place)
    qtbot.waitUntil(lambda: note(dialog).startswith("Everything"))
    assert dialog.draft.expires_episode_id == 1


def test_typing_is_kept_as_a_draft_and_comes_back(
    dialog: ConsentDialog, desk: Desk, window: QMainWindow, case: Case, qtbot: QtBot
) -> None:
    dialog.fields.purpose.setFocus()
    type_(" and more")
    dialog.topics.checks[Topic.MEDICATION].click()
    press(Qt.Key.Key_Escape)
    qtbot.waitUntil(gone(dialog))
    again = open_consent(desk, window, case.maya, case.consent)
    assert again.back.label.isVisible()
    assert QApplication.focusWidget() is again.fields.purpose
    assert again.fields.purpose.cursorPosition() == len(again.fields.purpose.text())
    assert again.fields.purpose.text() == "Family support and planning and more"
    assert Topic.MEDICATION in again.draft.topics
    assert Topic.MEDICATION not in desk.ask(consents.draft, case.consent).topics
    again.acts.saving.click()
    qtbot.waitUntil(gone(again))
    assert Topic.MEDICATION in desk.ask(consents.draft, case.consent).topics
    assert desk.ask(drafts.find, f"consent:{case.consent}") is None
    assert desk.undo_label == "Save a consent"


def test_a_draft_older_than_the_consent_says_so(
    dialog: ConsentDialog, desk: Desk, window: QMainWindow, case: Case, qtbot: QtBot
) -> None:
    dialog.fields.purpose.setFocus()
    type_(" and more")
    press(Qt.Key.Key_Escape)
    qtbot.waitUntil(gone(dialog))
    longer = desk.ask(consents.draft, case.consent)
    changed = replace(longer, expires_on=date(2026, 9, 30))
    desk._store.do("Elsewhere", consents.save, changed, case.consent)
    again = open_consent(desk, window, case.maya, case.consent)
    assert "was changed since you typed" in again.trouble._words.text()


def test_a_file_that_cannot_be_read_is_said_inside(
    desk: Desk, window: QMainWindow, case: Case, tmp_path: Path, qtbot: QtBot
) -> None:
    def choose(_parent: QWidget, _title: str, _kinds: str) -> Path | None:
        return tmp_path / "gone.pdf"

    dialog = open_consent(desk, window, case.owen, choose=choose)
    dialog.fields.form.attach.click()
    qtbot.waitUntil(dialog.trouble.isVisible)
    assert "This file can’t be read." in dialog.trouble._words.text()


def test_changing_ones_mind_attaches_nothing(desk: Desk, window: QMainWindow, case: Case) -> None:
    dialog = open_consent(desk, window, case.owen, choose=_nothing)
    dialog.fields.form.attach.click()
    assert dialog.draft.document_id is None


def _nothing(_parent: QWidget, _title: str, _kinds: str) -> Path | None:
    return None


def test_every_control_has_a_name_and_tab_goes_down_the_page(dialog: ConsentDialog) -> None:
    seen = stops_of(dialog)
    order: list[QWidget] = [
        dialog.topics.checks[Topic.ATTENDANCE],
        dialog.topics.checks[Topic.GENETIC],
        dialog.fields.readers.edit,
        dialog.fields.purpose,
        dialog.fields.signed_on,
        dialog.fields.expires_on,
        dialog.fields.signer,
        dialog.fields.kind,
        dialog.fields.form.attach,
        dialog.fields.more.button,
        dialog.words,
        dialog.acts.ending,
        dialog.acts.renewing,
        dialog.acts.printing,
        dialog.acts.saving,
    ]
    assert [each for each in seen if each in order] == order


def test_a_lock_keeps_what_was_typed(
    unlock: Callable[[], Desk], window: QMainWindow, case: Case, qtbot: QtBot
) -> None:
    desk = unlock()
    dialog = open_consent(desk, window, case.owen)
    dialog.fields.purpose.setFocus()
    type_("Half a rea")
    desk.close()
    desk._store.close()
    dialog.close_dialog()
    qtbot.waitUntil(gone(dialog))
    again = open_consent(unlock(), window, case.owen)
    assert again.fields.purpose.text() == "Half a rea"


def test_starting_over_brings_the_kept_form_back(
    dialog: ConsentDialog, desk: Desk, window: QMainWindow, case: Case, qtbot: QtBot
) -> None:
    dialog.fields.purpose.setFocus()
    type_(" and more")
    press(Qt.Key.Key_Escape)
    qtbot.waitUntil(gone(dialog))
    again = open_consent(desk, window, case.maya, case.consent)
    again.back.button.click()
    assert again.fields.purpose.text() == "Family support and planning"
    assert not again.back.label.isVisible()
    qtbot.waitUntil(lambda: desk.ask(drafts.find, f"consent:{case.consent}") is None)


def test_saved_before_it_counts_says_what_is_missing(
    desk: Desk, window: QMainWindow, case: Case, said: Said, qtbot: QtBot
) -> None:
    dialog = open_consent(desk, window, case.owen)
    type_("diane")
    press(Qt.Key.Key_Return)
    dialog.acts.saving.click()
    qtbot.waitUntil(gone(dialog))
    assert said.toasts[-1][0].startswith("Saved. Not valid yet: no topics, no purpose, ")


def test_what_is_under_the_file_stays_where_it_is(
    desk: Desk, window: QMainWindow, case: Case, qtbot: QtBot, tmp_path: Path
) -> None:
    scan = tmp_path / "form.pdf"
    scan.write_bytes(FORM + b"%again")
    dialog = open_consent(desk, window, case.owen, choose=lambda _over, _title, _kinds: scan)
    before = dialog.fields.form.sizeHint().height()
    dialog.fields.form.attach.click()
    qtbot.waitUntil(lambda: dialog.fields.form.name.text() == "form.pdf")
    assert not dialog.fields.form.on_paper.isVisible()
    assert dialog.fields.form.sizeHint().height() == before


def test_somebody_who_is_nowhere_can_be_added_from_here(
    desk: Desk, window: QMainWindow, case: Case, qtbot: QtBot
) -> None:
    dialog = open_consent(desk, window, case.owen)
    assert not dialog.fields.add_person.isVisible()
    type_("Rosa Lee")
    assert dialog.fields.add_person.isVisible()
    dialog.fields.add_person.click()
    (person,) = window.findChildren(PersonDialog)
    desk._store.do("Add", clients.add_to_circle, case.owen, "Rosa", "Lee", "sibling")
    person.close_dialog()
    qtbot.waitUntil(lambda: dialog.fields.readers.names != ())
    assert dialog.fields.readers.names[0].startswith("Rosa Lee")
    assert not dialog.fields.add_person.isVisible()
