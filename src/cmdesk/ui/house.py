"""Furnish the window: which pages there are, and what their wishes lead to."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from cmdesk.casework import today
from cmdesk.casework.row_log import DayRow
from cmdesk.ui import today_ways
from cmdesk.ui.bring_in_ways import BringInWays
from cmdesk.ui.chart_ways import ChartWays
from cmdesk.ui.client_ways import ClientWays
from cmdesk.ui.commands import Command
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.backup_place import back_up
from cmdesk.ui.dialogs.consent import open_consent
from cmdesk.ui.dialogs.document import open_document
from cmdesk.ui.dialogs.hold import open_hold
from cmdesk.ui.dialogs.log_contact import LogDialog
from cmdesk.ui.dialogs.sent_letter import open_sent_letter
from cmdesk.ui.dialogs.sheet import Sheet, standing_open
from cmdesk.ui.dialogs.signed_entry import SignedEntry
from cmdesk.ui.file_ways import FileWays
from cmdesk.ui.icons import Icon
from cmdesk.ui.jumps import Jumps
from cmdesk.ui.log_ways import LogWays
from cmdesk.ui.page import Page, PageEntry, Route
from cmdesk.ui.pages.activity import ActivityPage
from cmdesk.ui.pages.chart import ChartPage
from cmdesk.ui.pages.clients import ClientsPage
from cmdesk.ui.pages.composer import ComposerPage
from cmdesk.ui.pages.settings import SettingsPage
from cmdesk.ui.pages.today import TodayPage
from cmdesk.ui.pages.updates import UpdatesPage
from cmdesk.ui.parts.backup_fact import BackupFact
from cmdesk.ui.parts.new_client import open_new_client
from cmdesk.ui.place_ways import PlaceWays
from cmdesk.ui.privacy_ways import PrivacyWays
from cmdesk.ui.recents import Recents
from cmdesk.ui.shell import Handlers
from cmdesk.ui.task_ways import TaskWays
from cmdesk.ui.window import Window


class House(QObject):
    """Answers the signals of the pages. Lives as long as the desk."""

    def __init__(self, window: Window, desk: Desk) -> None:
        super().__init__(desk)
        self._window, self._desk = window, desk
        self.chart_ways = ChartWays(window, desk, self)
        self.client_ways = ClientWays(window, desk, self)
        self.file_ways = FileWays(window, desk, self)
        self.privacy_ways = PrivacyWays(window, desk, self)
        self.jumps = Jumps(window, desk, self)
        self.ways = LogWays(window, desk)
        self.task_ways = TaskWays(window, desk, self.here)
        self.bring_in_ways = BringInWays(window, desk, self)
        self.place_ways = PlaceWays(window, desk, self)

    def entries(self) -> list[PageEntry]:
        tr = self._desk.words.tr
        return [
            PageEntry("today", tr("Today"), Icon.SUN, self._today, today.urgent, "Ctrl+1"),
            PageEntry("clients", tr("Clients"), Icon.USERS, self._clients, shortcut="Ctrl+2"),
            PageEntry(
                *("updates", tr("Family updates"), Icon.MAIL, self._updates),
                *(today.letters, "Ctrl+3"),
            ),
            *self.place_ways.entries(),
            PageEntry("chart", tr("Chart"), Icon.USER, self._chart, nav=False, under="clients"),
            PageEntry(
                "composer", tr("Family update"), Icon.MAIL, ComposerPage, nav=False, under="updates"
            ),
            PageEntry(
                "settings",
                tr("Settings"),
                Icon.SETTINGS,
                SettingsPage,
                shortcut="Ctrl+,",
                nav=False,
            ),
            PageEntry(
                "activity",
                tr("Activity record"),
                Icon.HISTORY,
                ActivityPage,
                nav=False,
                under="settings",
            ),
        ]

    def _today(self, desk: Desk) -> Page:
        page = TodayPage(desk)
        page.log_row.connect(self.log_row)
        page.renew.connect(self.renew_consent)
        page.open_document.connect(self.open_document)
        page.see_letter.connect(self.see_letter)
        page.new_client.connect(self.new_client)
        page.bring_in.connect(self.bring_in)
        page.new_task.connect(self.task_ways.new)
        today_ways.attach(page, desk, self._window)
        self.privacy_ways.attach_day(page)
        page.side.set_foot(BackupFact(desk))
        return page

    def _clients(self, desk: Desk) -> Page:
        page = ClientsPage(desk)
        self.client_ways.attach(page)
        page.log_contact.connect(self.log_contact)
        page.write_update.connect(self.write_update)
        return page

    def _updates(self, desk: Desk) -> Page:
        page = UpdatesPage(desk)
        page.see_letter.connect(self.see_letter)
        return page

    def _chart(self, desk: Desk) -> Page:
        page = ChartPage(desk)
        page.log_contact.connect(self.log_contact)
        page.write_update.connect(self.write_update)
        page.edit_consent.connect(self.open_consent)
        page.hold_back.connect(self._on_hold)
        page.consents.hold_asked.connect(self._on_wish)
        page.consents.renew_asked.connect(self.renew_consent)
        page.open_entry.connect(self._on_entry)
        page.open_document.connect(self.open_document)
        page.side.steps.opened.connect(self.task_ways.open_step)
        page.updates.letter_asked.connect(self.see_letter)
        self.chart_ways.attach(page)
        self.file_ways.attach(page)
        self.privacy_ways.attach(page)
        self.place_ways.attach(page)
        return page

    def log_contact(self, client: int | None) -> None:
        """Open the log; what stays behind as a draft shows on the page once it is closed."""
        self.open_log(client, None)

    def open_log(self, client: int | None, entry: int | None) -> None:
        self.ways.open_log(client, entry)

    def log_row(self, client: int, row: DayRow) -> None:
        """Open the log as a row of Today asks for it."""
        self.ways.open_log(client, None, row)

    def log_line(self, line: str) -> None:
        """Open the log with what was typed already."""
        dialog = self.ways.open_log(None, None)
        if isinstance(dialog, LogDialog):
            dialog.line.put(line)

    def here(self) -> int | None:
        """Tell whose chart is in front, if one is."""
        shell = self._window.shell
        return shell.route.record if shell and shell.route.page == "chart" else None

    def log_here(self) -> None:
        """Open the log, for the client of the chart in front if one is."""
        self.log_contact(self.here())

    def write_update(self, client: int) -> None:
        self._desk.go(Route("composer", client))

    def open_consent(self, client: int, consent: object) -> None:
        open_consent(
            self._desk, self._window, client, consent if isinstance(consent, int) else None
        )

    def renew_consent(self, client: int, consent: int) -> None:
        """Begin a new form like an older one, from wherever that is asked for."""
        open_consent(self._desk, self._window, client, like=consent)

    def _on_hold(self, client: int) -> None:
        open_hold(self._desk, self._window, client)

    def _on_wish(self, client: int, hold: object) -> None:
        number = hold if isinstance(hold, int) else None
        open_hold(self._desk, self._window, client, hold_id=number)

    def _on_entry(self, entry: int) -> None:
        self.open_log(None, entry)

    def open_document(self, document: int) -> None:
        open_document(self._desk, self._window, document)

    def see_letter(self, letter: int) -> None:
        """Look at a letter that left, and say what became of it."""
        open_sent_letter(self._desk, self._window, letter)

    def new_client(self) -> None:
        open_new_client(self._desk, self._window)

    def commands(self) -> list[Command]:
        """List what holds on every page beside the frame's own."""
        return [
            *self.bring_in_ways.commands(),
            *self._backup_commands(),
            *self.ways.commands(),
            *self.client_ways.commands(),
            *self.chart_ways.commands(self.here),
            *self.task_ways.commands(),
            *self.place_ways.commands(self.here),
            *self.privacy_ways.commands(self.here),
        ]

    def _backup_commands(self) -> list[Command]:
        """List what is looked for as "backup" and as "back up"."""
        desk, icon = self._desk, Icon.HARD_DRIVE
        tr, spelt = desk.words.tr, desk.words.tr("backup back up")
        now = partial(back_up, self._window, desk)
        see = partial(desk.go, Route("settings", tab="backups"))

        def may() -> bool:
            return not desk.read_only

        return [
            Command("backup", tr("Back up now"), now, icon=icon, enabled=may, also=spelt),
            Command("backups", tr("Settings: backups"), see, icon=icon, also=spelt),
        ]

    def bring_in(self) -> None:
        """Ask for a practice file, an address book or a directory, and for what is to be read."""
        self.bring_in_ways.ask()


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where one was when the records were locked: numbers only, nothing that was read."""

    route: Route
    log: tuple[int | None, int | None] | None
    row: DayRow | None = None  # of Today, behind the log
    again: Callable[[Desk, QWidget], object] | None = None  # opens what stood over the page

    @property
    def draft(self) -> bool:
        """Whether something was being written, which is kept."""
        return bool(self.log or self.again or self.route.page == "composer")


def whereabouts(window: Window) -> Whereabouts | None:
    """Note the page in front, and what is open over it; what is typed there is a draft."""
    if window.shell is None:
        return None
    log = standing_open(window, LogDialog) or standing_open(window, SignedEntry)
    over = [each for each in window.findChildren(Sheet) if each.isVisible() and each.again]
    return Whereabouts(
        window.shell.route,
        log.about if log else None,
        log.row if isinstance(log, LogDialog) else None,
        over[-1].again if over else None,
    )


def furnish(window: Window, desk: Desk, back_to: Whereabouts | None = None) -> None:
    """Show the pages of an open vault: the first of them, or where one was before the lock."""
    house = House(window, desk)
    shell = window.open_desk(
        desk,
        house.entries(),
        Handlers(log_contact=house.log_here, search=house.jumps.search),
        house.commands,
    )
    Recents(shell, desk)
    house.ways.show_timer()
    if back_to:
        shell.go(back_to.route)
        if back_to.log:
            house.ways.open_log(*back_to.log, back_to.row)
        if back_to.again:
            back_to.again(desk, window)
