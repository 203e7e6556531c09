"""Names hidden while a dialog stands open: it is covered, and nothing of it is lost."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow

from cmdesk.casework import documents, timeline
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.consent import open_consent
from cmdesk.ui.dialogs.document import open_document
from cmdesk.ui.dialogs.log_contact import LogDialog, open_log
from cmdesk.ui.dialogs.pre_call import open_pre_call
from cmdesk.ui.names_cover import NamesCover
from tests.ui.dialogs.practice import Case


def covered(dialog: object) -> bool:
    held = getattr(dialog, "names_cover", None)
    assert isinstance(held, NamesCover)
    return held.cover is not None


def test_an_open_log_is_covered_and_comes_back_at_the_caret(
    desk: Desk, window: QMainWindow, case: Case
) -> None:
    dialog = open_log(desk, window, case.maya)
    assert isinstance(dialog, LogDialog)
    dialog.narrative.setFocus()
    QTest.keyClicks(dialog.narrative, "Diane rang")
    logged = desk.ask(timeline.find, case.maya)
    desk.privacy.toggle()
    held = dialog.names_cover
    assert held is not None
    cover = held.cover
    assert cover is not None
    assert cover.isVisible()
    assert cover.geometry() == dialog.geometry()
    focus = QApplication.focusWidget()
    assert focus is cover.back
    # Nobody signs what nobody sees.
    QTest.keyClick(cover.back, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert desk.ask(timeline.find, case.maya) == logged
    window.resize(1280, 720)
    assert cover.geometry() == dialog.geometry()
    cover.back.click()
    assert not covered(dialog)
    assert dialog.isEnabled()
    assert QApplication.focusWidget() is dialog.narrative
    assert dialog.narrative.text() == "Diane rang"
    desk.privacy.toggle()
    assert not covered(dialog)


def test_showing_all_names_lifts_every_cover(desk: Desk, window: QMainWindow, case: Case) -> None:
    consent = open_consent(desk, window, case.maya, case.consent)
    call = open_pre_call(desk, window, case.maya, case.tess)
    file = open_document(desk, window, desk.ask(documents.rows, case.maya)[0].id)
    desk.privacy.toggle()
    assert covered(consent)
    assert covered(file)
    assert call.names_cover is None  # it shows its own names anew
    desk.privacy.toggle()
    assert not covered(consent)
    assert not covered(file)
    assert consent.isEnabled()
    desk.privacy.toggle()
    consent.close_dialog()
    desk.privacy.toggle()
