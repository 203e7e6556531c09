"""A file of the vault is looked at inside the window, and that stands in the activity record."""

from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from cmdesk.casework import activity, documents
from cmdesk.casework.activity import Filter, Group
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.document import open_document
from tests.ui.dialogs.practice import Case

VIEWED = Filter(Group.VIEWED)


def test_opening_a_file_is_an_act(
    desk: Desk, case: Case, window: QMainWindow, qtbot: QtBot
) -> None:
    form = desk.ask(documents.rows, case.maya)[0].id
    dialog = open_document(desk, window, form)
    qtbot.waitUntil(lambda: desk.ask(activity.count, VIEWED) == 1)
    (number,) = desk.ask(activity.numbers, VIEWED)
    (act,) = desk.ask(activity.acts, [number])
    shown = desk.ask(documents.row, form)
    assert (act.act, act.about) == (f"Document {shown.ref} opened", shown.title)
    dialog.update()
    qtbot.wait(20)
    assert desk.ask(activity.count, VIEWED) == 1
