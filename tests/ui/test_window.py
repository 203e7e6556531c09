from collections.abc import Sequence
from typing import ClassVar

import pytest
from PySide6.QtCore import QByteArray, QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QListWidget, QMenu, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from cmdesk.errors import Problem
from cmdesk.settings import SettingsFile
from cmdesk.ui import commands, overlay
from cmdesk.ui.commands import Command
from cmdesk.ui.desk import Desk
from cmdesk.ui.icons import Icon
from cmdesk.ui.overlay import Dialog, open_over
from cmdesk.ui.page import Hint, Page, PageEntry, Route
from cmdesk.ui.say import Say
from cmdesk.ui.shell import Handlers, Shell
from cmdesk.ui.shortcut_sheet import ShortcutSheet
from cmdesk.ui.side_item import SideItem
from cmdesk.ui.theme import Theme
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.card import row
from cmdesk.ui.widgets.focus_ring import FocusRing
from cmdesk.ui.widgets.toast import Toast
from cmdesk.ui.window import Window
from cmdesk.words import Words
from tests.store import small
from tests.ui.conftest import bring_up

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


class Plain(Page):
    concerns: ClassVar[frozenset[str]] = frozenset({"client"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.folds: list[bool] = []

    def refresh(self) -> None:
        pass

    def fold(self, *, roomy: bool) -> None:
        self.folds.append(roomy)


class Clients(Plain):
    ran: ClassVar[list[str]] = []

    def commands(self) -> Sequence[Command]:
        return [Command("new", "New client", lambda: self.ran.append("new"), "Ctrl+N")]

    def hints(self) -> Sequence[Hint]:
        return [Hint(("Enter",), "Open chart")]


class Halves(Plain):
    """A list and, beside it, a rail that may be folded."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.list, self.side = QListWidget(), QLineEdit()
        across = row(self)
        across.addWidget(self.list)
        across.addWidget(self.side)
        self.setFocusProxy(self.list)
        self.panes = (self.side,)


class Composer(Plain):
    rail: ClassVar[bool] = True


def count_clients(session: Session) -> tuple[int, int]:
    return 0, len(small.clients(session))


ENTRIES = [
    PageEntry("today", "Today", Icon.SUN, Plain, count_clients, "Ctrl+1"),
    PageEntry("clients", "Clients", Icon.USERS, Clients, shortcut="Ctrl+2"),
    PageEntry("updates", "Family updates", Icon.MAIL, Composer, shortcut="Ctrl+3"),
    PageEntry("chart", "Chart", Icon.USER, Plain, nav=False),
    PageEntry("halves", "Halves", Icon.USER, Halves, nav=False),
    PageEntry("settings", "Settings", Icon.SETTINGS, Plain, shortcut="Ctrl+,", nav=False),
]


@pytest.fixture
def window(
    qapp: QApplication,
    dress: Theme,
    settings: SettingsFile,
    words: Words,
    qtbot: QtBot,
) -> Window:
    made = Window(qapp, dress, settings, words, Say())
    qtbot.addWidget(made)
    made.resize(1440, 900)
    bring_up(qtbot, made)
    return made


@pytest.fixture
def logged() -> list[str]:
    return []


@pytest.fixture
def shell(window: Window, desk: Desk, logged: list[str], qtbot: QtBot) -> Shell:
    Clients.ran.clear()
    made = window.open_desk(desk, ENTRIES, Handlers(log_contact=lambda: logged.append("log")))
    # The window of the test before may take the activation along when it goes.
    bring_up(qtbot, window)
    return made


def item(shell: Shell, text: str) -> SideItem:
    return next(each for each in shell.findChildren(SideItem) if each.text() == text)


def test_pages_are_built_on_first_visit_and_kept(shell: Shell, window: Window) -> None:
    assert set(shell._pages) == {"today"}
    QTest.mouseClick(item(shell, "Clients"), Qt.MouseButton.LeftButton)
    first = shell.page
    assert isinstance(first, Clients)
    assert item(shell, "Clients").isChecked()
    assert window.windowTitle().startswith("Clients")
    QTest.keyClick(window, Qt.Key.Key_1, CTRL)
    QTest.keyClick(window, Qt.Key.Key_2, CTRL)
    assert shell.page is first


def test_back_and_forward_keep_the_record(shell: Shell, window: Window) -> None:
    shell.go(Route("chart", 7, "plan"))
    shell.go(Route("chart", 8))
    QTest.keyClick(window, Qt.Key.Key_Left, ALT)
    assert shell.route == Route("chart", 7, "plan")
    QTest.keyClick(window, Qt.Key.Key_Left, ALT)
    assert shell.route == Route("today")
    QTest.keyClick(window, Qt.Key.Key_Right, ALT)
    assert shell.page is not None
    assert shell.page.route == Route("chart", 7, "plan")
    shell.go(Route("clients"))
    shell.forward()
    assert shell.route == Route("clients")


def test_a_page_that_is_not_there_is_not_gone_to(shell: Shell) -> None:
    shell.go(Route("billing"))
    assert shell.route == Route("today")


def test_only_the_page_in_front_hears_its_keys(shell: Shell, window: Window) -> None:
    QTest.keyClick(window, Qt.Key.Key_N, CTRL)
    assert Clients.ran == []
    shell.go(Route("clients"))
    QTest.keyClick(window, Qt.Key.Key_N, CTRL)
    assert Clients.ran == ["new"]
    shell.go(Route("today"))
    QTest.keyClick(window, Qt.Key.Key_N, CTRL)
    assert Clients.ran == ["new"]


def test_log_a_contact_from_anywhere(shell: Shell, window: Window, logged: list[str]) -> None:
    QTest.keyClick(window, Qt.Key.Key_L, CTRL)
    QTest.mouseClick(item(shell, "Log a contact"), Qt.MouseButton.LeftButton)
    assert logged == ["log", "log"]


def test_search_is_not_offered_before_it_exists(shell: Shell) -> None:
    texts = [each.text() for each in shell.findChildren(SideItem)]
    assert "Search or jump to" not in texts
    assert "Family updates" in texts
    assert "Chart" not in texts


def test_counts_follow_changes(shell: Shell, desk: Desk, qtbot: QtBot) -> None:
    desk.do(desk, "Add", small.add_client, "Maya")
    qtbot.waitUntil(lambda: item(shell, "Today").accessibleName() == "Today, 1")


def test_undo_by_key_says_what_was_undone(
    shell: Shell, window: Window, desk: Desk, qtbot: QtBot
) -> None:
    desk.do(desk, "Add client", small.add_client, "Maya")
    QTest.keyClick(window, Qt.Key.Key_Z, CTRL)
    qtbot.waitUntil(lambda: window._toast.text == "Undone: Add client")
    assert desk.ask(small.clients) == []


def test_recent_clients_newest_first_and_hidden_on_request(
    shell: Shell, window: Window, desk: Desk
) -> None:
    for client, name in ((1, "Maya Brenner"), (2, "Owen Castellano"), (1, "Maya Brenner")):
        desk.met.emit(client, name)
    assert [name for _, name in shell._clients] == ["Maya Brenner", "Owen Castellano"]
    QTest.keyClick(window, Qt.Key.Key_F8)
    shown = [each.text() for each in shell.sidebar._client_items.values()]
    assert shown == ["M. B.", "O. C."]
    shell._client_command(1, "").run()
    assert shell.route == Route("chart", 2)


def test_the_composer_gets_the_rail(shell: Shell) -> None:
    assert shell.sidebar.width() == 216
    shell.go(Route("updates"))
    assert shell.sidebar.width() == 56
    shell.go(Route("today"))
    assert shell.sidebar.width() == 216


def test_previews_fold_on_a_narrow_window(shell: Shell, window: Window, qtbot: QtBot) -> None:
    page = shell.page
    assert isinstance(page, Plain)
    qtbot.waitUntil(lambda: page.folds == [True])
    window.resize(1280, 720)
    qtbot.waitUntil(lambda: page.folds == [True, False])
    window.resize(600, 400)
    assert (window.width(), window.height()) == (1120, 680)


def test_hints_stand_only_where_there_are_some(shell: Shell) -> None:
    assert not shell._hints.isVisible()
    shell.go(Route("clients"))
    assert shell._hints.isVisible()


def test_no_two_commands_share_a_key(shell: Shell, window: Window) -> None:
    frame = window.frame_commands(shell, Handlers(lambda: None, lambda: None))
    assert commands.clashes([*frame, *Clients(shell._desk).commands()]) == []
    assert all(command.words for command in frame)


def test_one_key_leads_through_sidebar_list_and_rail(shell: Shell, window: Window) -> None:
    shell.go(Route("halves"))
    page = shell.page
    assert isinstance(page, Halves)
    page.side.setFocus()
    search = shell.sidebar.findChildren(SideItem)[0]
    for wanted in (search, page.list, page.side, search):
        QTest.keyClick(window, Qt.Key.Key_F6)
        assert QApplication.focusWidget() is wanted
    page.side.hide()
    for wanted in (page.list, search):
        QTest.keyClick(window, Qt.Key.Key_F6)
        assert QApplication.focusWidget() is wanted


def test_every_command_is_in_a_menu(shell: Shell, window: Window) -> None:
    shell.go(Route("clients"))
    menus = window.menuBar().findChildren(QMenu)
    named = {action.objectName() for menu in menus for action in menu.actions()}
    wanted = {command.name for command in window.frame_commands(shell, Handlers(lambda: None))}
    assert wanted | {"new"} <= named


def test_locking_leaves_nothing_behind(
    shell: Shell, window: Window, desk: Desk, qtbot: QtBot
) -> None:
    desk.met.emit(1, "Maya Brenner")
    shell.go(Route("clients"))
    with qtbot.waitSignal(window.lock_asked):
        QTest.keyClick(window, Qt.Key.Key_L, CTRL | Qt.KeyboardModifier.ShiftModifier)
    gone = qtbot.waitSignal(shell.destroyed)
    door = QWidget()
    with gone:
        window.show_door(door)
    assert window.shell is None
    assert window.windowTitle() == "cmdesk"
    assert window.findChildren(Page) == []
    assert window.menuBar().actions() == []
    QTest.keyClick(window, Qt.Key.Key_N, CTRL)
    assert Clients.ran == []


def test_problems_and_bugs_appear_in_the_bar(window: Window) -> None:
    window.show_problem(Problem("The disk is full.", "Choose another place."))
    assert window._bar.isVisible()
    window.show_bug("ValueError\n  cmdesk.ui:1 f")
    assert "inside cmdesk" in window._bar.accessibleName()


def test_an_act_that_failed_goes_with_its_page_and_what_goes_on_stays(
    window: Window, shell: Shell
) -> None:
    window._say.failure(Problem("It is already there.", "Choose another name."))
    assert window._bar.isVisible()
    shell.go(Route("updates"))
    assert not window._bar.isVisible()
    window._say.problem(Problem("The vault was moved.", "Put it back."))
    shell.go(Route("clients"))
    assert window._bar.isVisible()


def test_a_question_mark_shows_the_keys_unless_it_is_typed(window: Window, shell: Shell) -> None:
    made, field = QListWidget(), QLineEdit()
    made.addItems(["Diane", "Maya"])
    for each in (made, field):
        assert shell.page is not None
        each.setParent(shell.page)
        each.show()
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_Question, Qt.KeyboardModifier.ShiftModifier)
    assert field.text() == "?"
    assert window.findChildren(ShortcutSheet) == []
    made.setFocus()
    QTest.keyClick(made, Qt.Key.Key_Question, Qt.KeyboardModifier.ShiftModifier)
    assert [each.isVisible() for each in window.findChildren(ShortcutSheet)] == [True]


@pytest.mark.parametrize("kept", ["", "no geometry", "////"])
def test_size_and_place_are_kept_and_nonsense_is_passed_over(
    qapp: QApplication,
    dress: Theme,
    settings: SettingsFile,
    words: Words,
    qtbot: QtBot,
    kept: str,
) -> None:
    settings.change(window=kept)
    window = Window(qapp, dress, settings, words, Say())
    qtbot.addWidget(window)
    window.show()
    window.close()
    assert settings.now.window != kept
    assert window.restoreGeometry(QByteArray.fromBase64(settings.now.window.encode()))


def test_text_size_is_kept(
    qtbot: QtBot, shell: Shell, window: Window, settings: SettingsFile
) -> None:
    larger, usual = (
        next(action for action in window.actions() if action.objectName() == name)
        for name in ("larger", "usual")
    )
    larger.trigger()
    larger.trigger()
    qtbot.waitUntil(lambda: settings.now.text_size == 125)
    larger.trigger()
    usual.trigger()
    qtbot.waitUntil(lambda: settings.now.text_size == 100)


def test_the_way_back_waits_while_a_dialog_covers_it(window: Window, qtbot: QtBot) -> None:
    window.show()
    window.show_toast("Merged", lambda: None)
    toast = window.findChildren(Toast)[0]
    dialog = Dialog("Something")
    open_over(window, dialog)
    toast._clock.timeout.emit()
    assert toast.isVisible()
    assert toast._clock.isActive()
    dialog.close_dialog()
    toast._clock.timeout.emit()
    assert not toast.isVisible()
    open_over(window, Dialog("Another"))
    window.show_toast("Nothing to undo", None)
    toast._clock.timeout.emit()
    assert not toast.isVisible()


@pytest.mark.parametrize("scheme", ["dark", "light", "system"])
def test_light_or_dark_is_kept(
    shell: Shell, window: Window, settings: SettingsFile, scheme: str
) -> None:
    settings.change(scheme="light" if scheme == "dark" else "dark")
    next(action for action in window.actions() if action.objectName() == scheme).trigger()
    assert settings.now.scheme == scheme


def test_keys_do_not_reach_the_page_behind_a_dialog(
    shell: Shell, window: Window, logged: list[str]
) -> None:
    shell.go(Route("clients"))
    dialog = Dialog("Something")
    overlay.open_over(window, dialog)
    for key in (Qt.Key.Key_N, Qt.Key.Key_1, Qt.Key.Key_3, Qt.Key.Key_L):
        QTest.keyClick(window, key, CTRL)
    assert shell.route == Route("clients")
    assert (Clients.ran, logged) == ([], [])
    dialog.close_dialog()
    QTest.keyClick(window, Qt.Key.Key_3, CTRL)
    assert shell.route == Route("updates")


def test_the_focus_ring_follows_the_keys_into_a_dialog(
    shell: Shell, window: Window, qtbot: QtBot
) -> None:
    assert shell.isVisible()
    dialog, button = Dialog("Something"), Button("Go on")
    dialog.body.addWidget(button)
    overlay.open_over(window, dialog, button)
    (ring,) = window.findChildren(FocusRing)
    qtbot.waitUntil(ring.isVisible)
    over = button.mapTo(window, QPoint(0, 0))
    around = QRect(over, button.size())
    assert QRect(ring.mapTo(window, QPoint(0, 0)), ring.size()).contains(around)
    layers, scrim = window.children(), dialog.parentWidget()
    assert scrim is not None
    assert layers.index(ring) > layers.index(scrim)  # it does not hide the ring
    dialog.close_dialog()
    qtbot.waitUntil(lambda: not ring.isVisible())
