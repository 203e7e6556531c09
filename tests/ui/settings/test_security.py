"""Settings, Security: what can be changed is changed in the vault, and what can't be says so."""

from datetime import timedelta
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from cmdesk.store import keys, security
from cmdesk.store.store import Store
from cmdesk.ui import capture, handing
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.change_passphrase import ChangePassphrase
from cmdesk.ui.dialogs.keychain_cost import KeychainCost
from cmdesk.ui.dialogs.new_data_key import NewDataKey
from cmdesk.ui.dialogs.new_sheet import NewSheet
from cmdesk.ui.pages.settings import SettingsPage
from cmdesk.ui.parts.setting_row import SettingRow
from tests.ui.conftest import Said
from tests.ui.pages.practice import NOW
from tests.ui.settings.conftest import PASSPHRASE, Drawer, Open

D = TypeVar("D", bound=QWidget)
NEW = "copper window slow giraffe"

pytestmark = pytest.mark.usefixtures("no_keychain")


def dialog(page: SettingsPage, kind: type[D]) -> D:
    return next(found for found in page.findChildren(kind) if found.isVisible())


def titles(page: SettingsPage) -> list[str]:
    return [
        row.value.accessibleName() or row.spoken()
        for row in page.findChildren(SettingRow)
        if row.isVisible()
    ]


def test_the_passphrase_is_changed(opened: Open, store: Store, said: Said, qtbot: QtBot) -> None:
    page = opened("security")
    page.security.change.click()
    asked = dialog(page, ChangePassphrase)
    QTest.keyClicks(asked.current, PASSPHRASE)
    QTest.keyClicks(asked.new.first, NEW)
    assert not asked.go.isEnabled()
    QTest.keyClicks(asked.new.second, NEW)
    QTest.keyClick(asked.new.second, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(said.toasts), timeout=20_000)
    assert said.toasts[0][0] == "Passphrase changed"
    keys.unlock(store.folder, NEW).forget()
    qtbot.waitUntil(lambda: page.security.passphrase.effect == "Last changed March 9")


def test_a_wrong_one_changes_nothing(opened: Open, store: Store, qtbot: QtBot) -> None:
    page = opened("security")
    page.security.change.click()
    asked = dialog(page, ChangePassphrase)
    asked.current.setText("not this one at all")
    asked.new.first.setText(NEW)
    asked.new.second.setText(NEW)
    asked.go.click()
    qtbot.waitUntil(lambda: bool(asked.current_field.fault), timeout=20_000)
    assert asked.current_field.fault == "That is not the passphrase."
    assert asked.isVisible()
    keys.unlock(store.folder, PASSPHRASE).forget()


def test_a_new_sheet_is_printed_and_typed_back(
    opened: Open, store: Store, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed: list[bytes] = []

    def take(_parent: QWidget, sheet: bytes) -> bool:
        printed.append(sheet)
        return True

    monkeypatch.setattr(handing, "print_pdf", take)
    page = opened("security")
    qtbot.waitUntil(lambda: page.aside.printed.text() == "No one holds a sheet yet")
    page.aside.new_sheet.click()
    asked = dialog(page, NewSheet)
    asked.begin.click()
    qtbot.waitUntil(asked.step.isVisible)
    asked.step.print_button.click()
    qtbot.waitUntil(asked.step.back_part.isVisible)
    assert printed[0].startswith(b"%PDF")
    assert keys.recovery_owed(store.folder)
    asked.step.show_button.click()
    code = asked.step.shown._words.text()
    keys.unlock(store.folder, code=code).forget()
    for group, edit in asked.step._asked:
        QTest.keyClicks(edit, group.lower())
    QTest.keyClick(asked.step._asked[-1][1], Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not keys.recovery_owed(store.folder))
    qtbot.waitUntil(lambda: page.aside.printed.text() == "Sheet made March 9")


def test_escape_keeps_the_sheet_one_has(opened: Open, store: Store) -> None:
    page = opened("security")
    before = store.keys.header.generation
    page.aside.new_sheet.click()
    asked = dialog(page, NewSheet)
    QTest.keyClick(asked, Qt.Key.Key_Escape)
    assert not asked.isVisible()
    assert store.keys.header.generation == before


def test_a_new_code_nobody_holds_is_not_left_by_the_way(
    opened: Open, desk: Desk, store: Store, said: Said, qtbot: QtBot
) -> None:
    page = opened("security")
    page.aside.new_sheet.click()
    asked = dialog(page, NewSheet)
    asked.begin.click()
    qtbot.waitUntil(asked.step.isVisible)
    asked.step.show_button.click()
    first, *_ = asked.step._asked
    QTest.keyClicks(first[1], "AAAAA")
    QTest.keyClick(first[1], Qt.Key.Key_Return)
    faults = [field.fault for field in asked.step._fields]
    assert faults == ["Not as on the sheet", "Type this group", "Type this group"]
    QTest.keyClick(asked, Qt.Key.Key_Escape)
    assert asked.leaving.isVisible()
    asked.stay.click()
    assert not asked.leaving.isVisible()
    QTest.keyClick(asked, Qt.Key.Key_Escape)
    QTest.keyClick(asked, Qt.Key.Key_Escape)
    assert not asked.isVisible()
    assert "No one has confirmed" in said.problems.pop()
    assert keys.recovery_owed(store.folder)


def test_without_a_keychain_the_switch_says_why(opened: Open, qtbot: QtBot) -> None:
    page = opened("security")
    told = "This computer has no keychain that cmdesk can rely on"
    qtbot.waitUntil(lambda: page.security.chain_row.effect == told)
    assert not page.security.chain_switch.isEnabled()


def test_the_keychain_is_asked_for_and_given_up(
    drawer: Drawer, opened: Open, store: Store, qtbot: QtBot
) -> None:
    page = opened("security")
    switch = page.security.chain_switch
    qtbot.waitUntil(switch.isEnabled)
    switch.click()
    assert not switch.isChecked()
    dialog(page, KeychainCost).agree.click()
    qtbot.waitUntil(switch.isChecked)
    secret = drawer.read(store.keys.header.vault_id)
    assert secret
    keys.unlock(store.folder, secret=secret).forget()
    switch.click()
    qtbot.waitUntil(lambda: not drawer.kept)
    qtbot.waitUntil(lambda: not security.facts(store).keychain)


def test_a_new_data_key_asks_who_one_is(opened: Open, desk: Desk, qtbot: QtBot) -> None:
    page = opened("security")
    handed: list[keys.Keys] = []
    desk.rekeyed.connect(handed.append)
    page.security.renew.click()
    asked = dialog(page, NewDataKey)
    QTest.keyClicks(asked.passphrase, "not this one at all")
    asked.go.click()
    qtbot.waitUntil(lambda: bool(asked.field.fault), timeout=20_000)
    asked.passphrase.setText(PASSPHRASE)
    QTest.keyClick(asked.passphrase, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(handed), timeout=20_000)
    qtbot.waitUntil(lambda: not page.findChildren(NewDataKey))
    handed[0].forget()


def test_settings_are_found_by_their_words(opened: Open) -> None:
    page = opened("practice")
    QTest.keyClicks(page.finder, "lock activity")
    assert titles(page) == ["Lock after no activity"]
    page.finder.setText("zebra")
    assert titles(page) == []
    QTest.keyClick(page.finder, Qt.Key.Key_Escape)
    assert page.finder.text() == ""
    assert page.letterhead_section.isVisible()


def test_screen_sharing_is_offered_only_where_the_system_can(
    opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(capture, "system", lambda: None)
    page = opened("security")
    assert not page.security.sharing.isEnabled()
    assert not page.security.sharing.isChecked()


def test_what_is_chosen_is_kept_on_this_computer(
    opened: Open, desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(capture, "system", lambda: capture.set_on_windows)
    page = opened("security")
    page.security.lock_after.choose(20)
    page.security.lock_after.chosen.emit(20)
    page.security.clear_copied.chosen.emit(60)
    page.security.sharing.click()
    now = desk.settings.now
    assert (now.lock_after, now.clear_copied, now.hide_from_sharing) == (20, 60, False)
    page.security.hide_names.click()
    assert desk.privacy.hidden
    qtbot.waitUntil(lambda: page.aside.place.text() == "•••")


def test_the_right_column_folds_away(opened: Open) -> None:
    page = opened("security")
    assert page.aside.isVisible()
    assert not page.security.sheet_row.isVisible()
    page.window().resize(1300, 900)
    assert not page.aside.isVisible()
    assert page.security.sheet_row.isVisible()  # the sheet can be made at every size


@pytest.mark.parametrize(
    ("days", "owed", "said"),
    [
        (None, True, "No one holds a sheet yet"),
        (None, False, "A sheet is held"),
        (187, False, "Sheet made September 3, 2025"),
        (400, False, "Sheet made February 2, 2025. Do you still have it?"),
    ],
)
def test_the_sheet_is_asked_for_after_a_year(
    opened: Open, days: int | None, said: str, *, owed: bool
) -> None:
    page = opened("security")
    when = NOW - timedelta(days=days) if days else None
    page.aside.tell_sheet(when, owed)
    assert page.aside.printed.text() == said
