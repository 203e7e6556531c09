"""What is typed into a small dialog waits for its save, and is gone with it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from cmdesk.casework import drafts, snippets, tasks
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.file_in import FileIn, open_file_in
from cmdesk.ui.dialogs.keeping import editors_in
from cmdesk.ui.dialogs.merge import MergeDialog, open_merge_people
from cmdesk.ui.dialogs.sheet import Sheet
from cmdesk.ui.dialogs.snippets import SnippetsDialog, open_snippets
from cmdesk.ui.dialogs.task_set import TaskSetDialog, open_task_set
from cmdesk.ui.parts.new_client import NewClient, open_new_client
from cmdesk.ui.widgets.label import Label
from tests.ui.conftest import Said
from tests.ui.dialogs.hands import gone, type_
from tests.ui.dialogs.practice import TODAY, Case


@dataclass(frozen=True)
class Kind:
    """A dialog: how it is opened, where one types, under what it is kept, how it is done with."""

    opened: Callable[[Desk, QWidget, Case], Sheet]
    editor: str
    key: str
    finish: Callable[[Sheet, Case], None]


def add(dialog: Sheet, _case: Case) -> None:
    assert isinstance(dialog, NewClient)
    dialog.save.click()


def keep_snippet(dialog: Sheet, _case: Case) -> None:
    assert isinstance(dialog, SnippetsDialog)
    dialog.words.set_text("Left a message.")
    dialog.save_button.click()


def keep_set(dialog: Sheet, case: Case) -> None:
    assert isinstance(dialog, TaskSetDialog)
    dialog.desk._store.do("Add", tasks.add, case.maya, "Call the school", TODAY)
    dialog.keep.click()


def merge(dialog: Sheet, case: Case) -> None:
    assert isinstance(dialog, MergeDialog)
    dialog.choose(case.david)
    dialog.sure.click()
    dialog.merge.click()


def file_in(dialog: Sheet, _case: Case) -> None:
    assert isinstance(dialog, FileIn)
    dialog.keep_button.click()


def a_picture(desk: Desk) -> Path:
    place = desk.folder.parent / "card.png"
    made = QImage(40, 30, QImage.Format.Format_RGB32)
    made.fill(0)
    made.save(str(place))
    return place


KINDS: Final[dict[str, Kind]] = {
    "new client": Kind(
        lambda desk, window, _case: open_new_client(desk, window),
        "First name/0",
        "new_client",
        add,
    ),
    "snippet": Kind(
        lambda desk, window, _case: open_snippets(desk, window),
        "Name/0",
        "snippet:new",
        keep_snippet,
    ),
    "task set": Kind(
        lambda desk, window, case: open_task_set(desk, window, case.maya),
        "Name of the set/0",
        "task_set:new:{maya}",
        keep_set,
    ),
    "merge": Kind(
        lambda desk, window, case: open_merge_people(desk, window, case.diane),
        "Who else is this?/0",
        "merge:person:{diane}",
        merge,
    ),
    "file": Kind(
        lambda desk, window, case: open_file_in(desk, window, case.maya, [a_picture(desk)]),
        "Title/0",
        "file_in:new:{maya}",
        file_in,
    ),
}


def said_to_be_back(dialog: Sheet) -> bool:
    told = [each for each in dialog.findChildren(Label) if each.text() == "Your draft is back"]
    return any(each.isVisibleTo(dialog) for each in told)


@pytest.mark.parametrize("name", KINDS)
def test_words_wait_for_the_save_and_are_gone_with_it(
    name: str, desk: Desk, window: QMainWindow, case: Case, said: Said, qtbot: QtBot
) -> None:
    kind = KINDS[name]
    called, key = kind.editor, kind.key.format(maya=case.maya, diane=case.diane)

    def ready() -> Sheet:
        dialog = kind.opened(desk, window, case)
        qtbot.waitUntil(lambda: called in editors_in(dialog))
        return dialog

    dialog = ready()
    assert not said_to_be_back(dialog)
    editors_in(dialog)[called].setFocus()
    type_("wren")
    typed = editors_in(dialog)[called].text()
    dialog.close_dialog()
    qtbot.waitUntil(gone(dialog))
    dialog = ready()
    assert said_to_be_back(dialog)
    assert editors_in(dialog)[called].text() == typed
    kind.finish(dialog, case)
    qtbot.waitUntil(lambda: desk.ask(drafts.find, key) is None)
    qtbot.waitUntil(lambda: bool(said.toasts))
    shown = [each for each in window.findChildren(Sheet) if each.isVisible()]
    assert not any(said_to_be_back(each) for each in shown)


def test_each_snippet_keeps_its_own_words(
    desk: Desk, window: QMainWindow, qtbot: QtBot, said: Said
) -> None:
    number = desk._store.do("Keep", snippets.add, "vm", "Left a message.")
    dialog = open_snippets(desk, window)
    dialog.words.setFocus()
    type_("Rode home.")
    dialog.which.choose(number)
    dialog.which.chosen.emit(number)
    assert (dialog.name.text(), dialog.words.text()) == ("vm", "Left a message.")
    dialog.words.setFocus()
    dialog.words.selectAll()
    type_("No answer.")
    dialog.which.choose(None)
    dialog.which.chosen.emit(None)
    assert dialog.words.text() == "Rode home."
    assert said_to_be_back(dialog)
    dialog.which.choose(number)
    dialog.which.chosen.emit(number)
    assert dialog.words.text() == "No answer."
    dialog.back.button.click()
    assert dialog.words.text() == "Left a message."
    qtbot.waitUntil(lambda: desk.ask(drafts.find, f"snippet:{number}") is None)
    dialog.remove.click()
    qtbot.waitUntil(lambda: dialog.which.value is None)
    assert dialog.words.text() == "Rode home."


def test_files_nothing_was_said_of_are_not_asked_about_again(
    desk: Desk, window: QMainWindow, case: Case, qtbot: QtBot
) -> None:
    dialog = open_file_in(desk, window, case.maya, [a_picture(desk)])
    dialog.keeper.keep_now()  # a lock would come back to them
    key = dialog.keeper.key
    qtbot.waitUntil(lambda: desk.ask(drafts.find, key) is not None)
    dialog.close_dialog()
    qtbot.waitUntil(lambda: desk.ask(drafts.find, key) is None)
