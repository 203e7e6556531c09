"""A consent as it is filled in, saved, found wanting, and ended."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from cmdesk.casework import audience, consents, documents, drafts
from cmdesk.rules.codes import ConsentKind, Signer, Statement
from cmdesk.rules.log import LogDraft
from cmdesk.rules.topics import CONSENT_TOPICS, OWN_FORM, Topic
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.consent import ConsentDialog, open_consent
from tests.ui.conftest import Said
from tests.ui.dialogs.hands import gone, press, stops_of, tab_to, type_
from tests.ui.dialogs.practice import FORM, Case

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def dialog(desk: Desk, window: QMainWindow, case: Case) -> ConsentDialog:
    return open_consent(desk, window, case.maya, case.consent)


def note(dialog: ConsentDialog) -> str:
    return dialog.state._words.text()


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
    dialog.save_button.click()
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
    qtbot.waitUntil(lambda: note(dialog) == "Not valid yet: it gives no purpose.")
    tab_to(dialog.fields.purpose)
    type_("Support")
    qtbot.waitUntil(lambda: note(dialog) == "Not valid yet: it has no end date.")
    tab_to(dialog.fields.expires_on)
    type_("Jun 30")
    qtbot.waitUntil(lambda: note(dialog) == "Not valid yet: it has no form on file.")
    dialog.fields.form.attach.click()
    qtbot.waitUntil(lambda: dialog.fields.form.name.text() == "joel-form.pdf")
    for statement in Statement:
        dialog.fields.statements.boxes[statement].click()
    qtbot.waitUntil(lambda: note(dialog) == "Not valid yet: it is not signed.")
    dialog.fields.signed_on.setFocus()
    type_("today")
    qtbot.waitUntil(lambda: note(dialog) == "Not valid yet: it does not say who signed.")
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
def test_ending_blocks_at_once_and_cannot_be_undone(
    dialog: ConsentDialog, desk: Desk, window: QMainWindow, case: Case, qtbot: QtBot, how: str
) -> None:
    assert seen_by_diane(desk, case).outcome == "share"
    dialog.end.click()
    assert "can’t be undone" in dialog.told.text()
    assert not dialog.save_button.isVisible()
    (dialog.by_word if how == "by_word" else dialog.in_writing).click()
    qtbot.waitUntil(gone(dialog))
    seen = seen_by_diane(desk, case)
    assert seen.outcome == "keep_back"
    assert seen.why.startswith("Diane's consent was revoked")
    assert desk.undo_label is None
    again = open_consent(desk, window, case.maya, case.consent)
    assert again.chip.accessibleName() == "Ended"
    assert not again.save_button.isVisible()
    assert not again.fields.purpose.isEnabled()


def test_going_back_ends_nothing(dialog: ConsentDialog, desk: Desk, case: Case) -> None:
    dialog.end.click()
    dialog.go_back.click()
    assert dialog.save_button.isVisible()
    assert QApplication.focusWidget() is dialog.end
    assert seen_by_diane(desk, case).outcome == "share"


def test_a_consent_for_nobody_is_not_kept(
    desk: Desk, window: QMainWindow, case: Case, said: Said
) -> None:
    dialog = open_consent(desk, window, case.owen)
    dialog.save_button.click()
    assert dialog.fields.fields["recipients"].fault == "Choose at least one person."
    assert dialog.isVisible()
    type_("nobody at all")
    dialog.save_button.click()
    assert "Nobody of this name" in dialog.fields.fields["recipients"].fault
    assert desk.ask(consents.rows, case.owen) == []


def test_a_date_that_is_none_is_said_under_its_field(dialog: ConsentDialog) -> None:
    dialog.fields.expires_on.setFocus()
    dialog.fields.expires_on.clear()
    type_("Feb 30")
    dialog.save_button.click()
    assert dialog.fields.fields["expires_on"].fault == "February has 28 days this year."
    assert dialog.isVisible()


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
    qtbot.waitUntil(lambda: note(dialog) == "Not valid yet: it has no end date.")
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
    assert again.fields.purpose.text() == "Family support and planning and more"
    assert Topic.MEDICATION in again.draft.topics
    assert Topic.MEDICATION not in desk.ask(consents.draft, case.consent).topics
    again.save_button.click()
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
        dialog.words,
        dialog.end,
        dialog.save_button,
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
