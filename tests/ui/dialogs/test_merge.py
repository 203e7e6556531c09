"""Two records side by side: what the merge means for consents is said before it is confirmed."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMainWindow
from pytestqt.qtbot import QtBot

from cmdesk.casework import clients, holds, merged, rhythm
from cmdesk.casework.rhythm import CadenceDraft
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.merge import FIRST, MergeDialog, open_merge_clients, open_merge_people
from cmdesk.ui.dialogs.person import open_person
from cmdesk.ui.page import Route
from cmdesk.ui.widgets.label import Label
from tests.ui.conftest import Said
from tests.ui.dialogs.hands import gone, press, type_
from tests.ui.dialogs.practice import Case

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # the offscreen screen


def text_of(dialog: MergeDialog) -> str:
    labels = dialog.findChildren(Label)
    return "\n".join(label.text() for label in labels if label.isVisibleTo(dialog))


def test_people_become_one_after_it_is_said_what_consents_do(
    desk: Desk, window: QMainWindow, case: Case, qtbot: QtBot, said: Said
) -> None:
    dialog = open_merge_people(desk, window, case.david)
    assert not dialog.sure.isVisible()
    dialog.run()
    assert QApplication.focusWidget() is dialog.pick.edit
    type_("Dian")
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Mother of Maya Brenner" in text_of(dialog))
    assert "1 consent in force" in text_of(dialog)
    assert "Maya Brenner for Diane Brenner" in text_of(dialog)
    pair = dialog.gone_and_kept
    assert pair
    assert (pair[0].id, pair[1].id) == (case.david, case.diane)  # whom a consent names is kept
    dialog.run()
    assert dialog.trouble.isVisible()
    dialog.sure.click()
    dialog.merge.click()
    qtbot.waitUntil(gone(dialog))
    assert said.toasts[-1][0] == "Merged. Diane Brenner stays"
    assert desk.ask(merged.kept_person, case.david) == case.diane
    assert desk.undo_label == "Merge with Diane Brenner"
    assert open_merge_people(desk, window, case.diane)._find("David") == []


def test_what_comes_along_is_said_before_and_after(
    desk: Desk, window: QMainWindow, case: Case, qtbot: QtBot, said: Said
) -> None:
    hold = holds.HoldDraft(case.maya, (f"p{case.david}",), ("legal",))
    desk._store.do("Hold", holds.save, hold)
    desk._store.do("Rule", rhythm.save, CadenceDraft(case.maya, case.david, every_days=7))
    dialog = open_merge_people(desk, window, case.diane, case.david)
    qtbot.waitUntil(lambda: "1 hold comes along: Maya Brenner." in text_of(dialog))
    assert "1 rhythm comes along: Maya Brenner." in text_of(dialog)
    assert "do not contact" not in text_of(dialog)
    desk.privacy.toggle()
    dialog.keep.chosen.emit(dialog.keep.current)
    qtbot.waitUntil(lambda: "1 hold comes along: M. B." in text_of(dialog))
    desk.privacy.toggle()
    dialog.sure.click()
    dialog.merge.click()
    qtbot.waitUntil(gone(dialog))
    told = "Merged. Diane Brenner stays. Came along: 1 hold, 1 rhythm"
    assert said.toasts[-1][0] == told


def test_charts_become_one_and_the_kept_one_opens(
    desk: Desk, window: QMainWindow, case: Case, qtbot: QtBot
) -> None:
    went: list[Route] = []
    desk.went.connect(went.append)
    dialog = open_merge_clients(desk, window, case.owen, case.maya)
    assert open_merge_clients(desk, window, case.owen) is dialog
    assert "The other chart has no consent in force." in text_of(dialog)
    dialog.keep.choose(FIRST)
    dialog.keep.chosen.emit(FIRST)
    assert "These consents of the other chart stop: " in text_of(dialog)
    dialog.choose(case.maya)
    dialog.sure.click()
    dialog.run()
    qtbot.waitUntil(lambda: went == [Route("chart", case.maya)])
    assert desk.ask(clients.find, "active") == [case.maya]


def test_two_who_can_not_be_one_stay_two(
    desk: Desk, window: QMainWindow, case: Case, qtbot: QtBot
) -> None:
    own = desk.ask(clients.circle, case.maya)[0].person_id
    dialog = open_merge_people(desk, window, own, case.tess)
    desk.undo(desk)
    dialog.choose(case.david)
    dialog._other = dialog._one
    dialog.sure.setChecked(True)
    dialog.run()
    qtbot.waitUntil(dialog.trouble.isVisible)


def test_merge_lies_in_the_person_s_own_dialog(desk: Desk, window: QMainWindow, case: Case) -> None:
    person = open_person(desk, window, case.maya, case.diane)
    person.merge.click()
    assert [each._number for each in window.findChildren(MergeDialog)] == [case.diane]
