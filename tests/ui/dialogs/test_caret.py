"""A lock in the middle of a word: the dialog opens again with the caret where it stood."""

from collections.abc import Callable
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow, QWidget

from cmdesk.casework import documents
from cmdesk.ui import overlay
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.cadence import open_cadence
from cmdesk.ui.dialogs.client import open_client
from cmdesk.ui.dialogs.consent import open_consent
from cmdesk.ui.dialogs.coverage import APPROVAL, open_coverage
from cmdesk.ui.dialogs.document_details import open_details
from cmdesk.ui.dialogs.hold import open_hold
from cmdesk.ui.dialogs.inquiry import open_inquiry
from cmdesk.ui.dialogs.keeping import Editor, editors_in
from cmdesk.ui.dialogs.log_contact import LogDialog, open_log
from cmdesk.ui.dialogs.person import open_person
from cmdesk.ui.dialogs.sheet import Sheet
from cmdesk.ui.dialogs.task import open_task
from cmdesk.ui.widgets.date_field import DateField
from tests.ui.dialogs.hands import press, type_
from tests.ui.dialogs.practice import Case

Opened = Callable[[Desk, QWidget, Case], Sheet]


def file_of(desk: Desk, case: Case) -> int:
    return desk.ask(documents.rows, case.maya)[0].id


DIALOGS: dict[str, Opened] = {
    "cadence": lambda desk, window, case: open_cadence(desk, window, case.maya),
    "client": lambda desk, window, case: open_client(desk, window, case.maya),
    "consent": lambda desk, window, case: open_consent(desk, window, case.maya, case.consent),
    "coverage": lambda desk, window, case: open_coverage(desk, window, case.maya, (APPROVAL, 0)),
    "details": lambda desk, window, case: open_details(desk, window, file_of(desk, case)),
    "hold": lambda desk, window, case: open_hold(desk, window, case.maya),
    "inquiry": lambda desk, window, _case: open_inquiry(desk, window),
    "log": lambda desk, window, case: open_log(desk, window, case.maya),
    "person": lambda desk, window, case: open_person(desk, window, case.maya, case.diane),
    "task": lambda desk, window, case: open_task(desk, window, case.maya),
}


def place_in(editor: Editor) -> int:
    if isinstance(editor, QLineEdit):
        return editor.cursorPosition()
    return editor.textCursor().position()


def last_editor(dialog: Sheet) -> tuple[str, Editor]:
    """Give the editor of words that comes last, with the name it is found again by."""
    taking = {
        name: each
        for name, each in editors_in(dialog).items()
        if each.isEnabled() and not each.isReadOnly() and not isinstance(each, DateField)
    }
    return next(reversed(taking.items()))


@pytest.mark.parametrize("name", DIALOGS)
def test_after_a_lock_the_caret_stands_where_it_stood(
    name: str, unlock: Callable[[], Desk], window: QMainWindow, case: Case
) -> None:
    desk = unlock()
    dialog = DIALOGS[name](desk, window, case)
    called, editor = last_editor(dialog)
    editor.setFocus()
    editor.clear()
    type_("1234")
    press(Qt.Key.Key_Left)
    typed = place_in(editor)
    dialog.close_button.setFocus()  # to press it, one leaves the field
    again: Callable[[Desk, QWidget], object] | None = dialog.again
    if isinstance(dialog, LogDialog):
        again = partial(open_log, client_id=case.maya)  # what the house does for the log
    assert again is not None
    desk.close()
    desk._store.close()
    overlay.abandon_all(window)
    back = again(unlock(), window)
    assert isinstance(back, Sheet)
    focus = QApplication.focusWidget()
    assert focus is editors_in(back)[called]
    assert place_in(editors_in(back)[called]) == typed > 0
