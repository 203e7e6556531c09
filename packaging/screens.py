"""Draw every page, dialog and letter of the sample practice to PNG, to be looked at.

`make screens` writes build/screens/: light and dark, at 1440x900 and 1280x720, on the Monday of the
design's pictures. Give words to draw only the screens whose names hold one of them.
"""

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import cmdesk.ui  # noqa: I001 - first: it steadies Qt

from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.consent import open_consent
from cmdesk.ui.dialogs.hold import open_hold
from cmdesk.ui.dialogs.log_contact import open_log
from cmdesk.ui.first_run import FirstRun, Making
from cmdesk.ui.house import furnish
from cmdesk.ui.overlay import Dialog, open_over
from cmdesk.ui.page import Route
from cmdesk.ui.palette import Palette
from cmdesk.ui.pages.activity import ActivityPage
from cmdesk.ui.pages.composer import ComposerPage
from cmdesk.ui.parts.letter_preview import PdfPages
from cmdesk.ui.parts.new_client import open_new_client
from cmdesk.ui.parts.pdf_password import PdfPassword
from cmdesk.ui.privacy import Privacy
from cmdesk.ui.say import Say
from cmdesk.ui.tasks import Tasks
from cmdesk.ui.theme import Theme, apply
from cmdesk.ui.window import Window

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QImage, QPainter, QTextCursor
from PySide6.QtWidgets import QApplication, QWidget
from sqlalchemy.orm import Session

from cmdesk.casework import activity, clients, compose, consents, parties, tasks, timeline, updates
from cmdesk.casework import recent as recent_clients
from cmdesk.exchange import practice_import, sample
from cmdesk.models import complete
from cmdesk.reports import family_update
from cmdesk.reports.recovery_sheet import RecoveryKit, recovery_sheet
from cmdesk.rules.letter import Paper
from cmdesk.settings import SettingsFile
from cmdesk.store import vault
from cmdesk.store.header import FLOOR
from cmdesk.store.store import Store
from cmdesk.words import Words
from screens_bring_in import bring_in_screens
from screens_log import log_screens
from screens_map import map_screens
from screens_chart import chart_screens, goal_screens, measure_screens
from screens_clients import client_screens
from screens_consents import consent_screens
from screens_files import file_screens
from screens_composer import composer_screens
from screens_people import people_screens
from screens_placements import placement_screens
from screens_sent import sent_screens
from screens_privacy import privacy_screens
from screens_providers import provider_screens
from screens_services import service_screens
from screens_today import today_screens
from screens_transition import transition_screens
import screens_kinds
import screens_spanish
from screens_vault import unlock_page, vault_screens

MONDAY = datetime(2026, 3, 9, 13, 41, tzinfo=UTC)  # 9:41 in New York
WEEK = date(2026, 3, 2), date(2026, 3, 8)
REST = 0.8  # seconds: the letter is laid out after a pause in typing
FIRST_LETTER = 4.0  # seconds: paper and its library are loaded with it
SIZES = ((1440, 900), (1280, 720))
PASSPHRASE = "open the sample practice"  # noqa: S105 - it guards invented people
OUT = Path("build/screens")

assert cmdesk.ui  # noqa: S101 - imported for what it does

Draw = Callable[[], QWidget]


def clock() -> datetime:
    return MONDAY


def settle(rest: float = REST) -> None:
    """Let queued work, layouts and outcomes come to rest."""
    until = time.monotonic() + rest
    while time.monotonic() < until:
        QApplication.processEvents()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


class Studio:
    """A window over the sample practice, and the ways to each picture of it."""

    def __init__(self, app: QApplication, folder: Path) -> None:
        self.words, self.say = Words(), Say()
        self.settings = SettingsFile(folder / "settings.toml")
        self.theme: Theme = apply(app, "light")
        self.window = Window(app, self.theme, self.settings, self.words, self.say)
        self.tasks = Tasks(ThreadPoolExecutor(1), self.say.failure)
        self.folder = folder / "Whitlock.cmdesk"
        self.store: Store = vault.create(self.folder, PASSPHRASE, complete(), clock, kdf=FLOOR)[0]
        self.store.do("Sample", bring_in)
        self.desk = self.new_desk()

    def new_desk(self) -> Desk:
        return Desk(
            self.store,
            Tasks(ThreadPoolExecutor(1), self.say.failure),
            Tasks(ThreadPoolExecutor(1), self.say.failure),
            today=MONDAY.date,
            words=self.words,
            say=self.say,
            privacy=Privacy(),
            settings=self.settings,
        )

    def client(self, ref: str) -> int:
        return self.store.ask(parties.client_by_name, ref)

    def open(self, route: Route) -> QWidget:
        """Open the shell afresh, so that no picture depends on the one before."""
        self.window.close_desk()
        self.desk.close()
        self.desk = self.new_desk()
        self.store.do("Keep recent clients", recent_clients.keep, [])
        furnish(self.window, self.desk)
        self.desk.met.emit(self.client("c-maya"), "Maya Brenner")
        self.desk.go(route)
        return self.window

    def unlock(self, *, locked: bool) -> QWidget:
        return unlock_page(self, MONDAY, locked=locked)

    def first_run(self, step: int) -> QWidget:
        making = Making(
            _never, _never, _nothing, _nothing_for, _nothing_for, _never, lambda _: "", _pick
        )
        page = FirstRun(Path.home() / "Practice.cmdesk", making, self.tasks, self.words)
        self.window.show_door(page)
        page._show(step)  # noqa: SLF001 - a picture of one step, without making a vault
        return self.window

    def consent(self) -> QWidget:
        client = self.client("c-maya")
        self.open(Route("chart", client))
        settle()
        rows = self.store.ask(consents.rows, client)
        diane = next(row.id for row in rows if "Diane" in row.recipients[0])
        open_consent(self.desk, self.window, client, diane)
        return self.window

    def log(self) -> QWidget:
        client = self.client("c-maya")
        self.open(Route("chart", client))
        settle()
        open_log(self.desk, self.window, client)
        return self.window

    def palette(self, typed: str) -> QWidget:
        """Open the search over the day, with something typed."""
        self.open(Route("today"))
        settle()
        for action in self.window.findChildren(QAction, "search"):
            action.trigger()
        settle()
        for palette in self.window.findChildren(Palette):
            palette.line.setText(typed)
        return self.window

    def over_chart(self, show: Callable[[int], object]) -> QWidget:
        """Open a dialog over Maya's chart."""
        client = self.client("c-maya")
        self.open(Route("chart", client))
        settle()
        show(client)
        return self.window

    def rest(self) -> None:
        settle()

    def dialogs(self) -> Iterator[tuple[str, Draw]]:
        def signed(client: int) -> None:
            entry = self.store.ask(timeline.find, client)[0]
            open_log(self.desk, self.window, entry_id=entry)

        def over(make: Callable[[int], Dialog]) -> Draw:
            return partial(self.over_chart, lambda client: open_over(self.window, make(client)))

        yield "05-signed", partial(self.over_chart, signed)
        yield (
            "15-hold",
            partial(self.over_chart, lambda client: open_hold(self.desk, self.window, client)),
        )
        yield (
            "03-new-client",
            partial(self.over_chart, lambda _: open_new_client(self.desk, self.window)),
        )
        yield from people_screens(self)
        yield from placement_screens(self)
        yield "06-password", over(lambda _: PdfPassword(self.desk, "Diane"))

    def letter(self) -> QWidget:
        self.open(Route("composer", self.client("c-maya")))
        settle(FIRST_LETTER)
        return self.window

    def leak(self) -> QWidget:
        """Draw the letter with a sentence that can't be sent, as picture 06 has it."""
        self.letter()
        page = self.window.shell.page if self.window.shell else None
        if isinstance(page, ComposerPage):
            typed = page.letter.editor.passages[-1].editor
            typed.moveCursor(QTextCursor.MoveOperation.End)
            typed.insertPlainText(" Dr. Okonedo raised her sertraline on Wednesday.")
        settle(FIRST_LETTER)
        return self.window

    def hidden(self) -> QWidget:
        self.open(Route("clients"))
        self.desk.privacy.toggle()
        return self.window

    def activity(self) -> QWidget:
        """Draw the record of a morning: charts seen, a letter that left, a change taken back."""
        if self.store.ask(activity.latest, "disclosure") is None:
            live(self.store, self.client("c-maya"))
        return self.open(Route("activity"))

    def activity_checked(self) -> QWidget:
        self.activity()
        page = self.window.shell.page if self.window.shell else None
        if isinstance(page, ActivityPage):
            page.check_record()
        return self.window

    def screens(self) -> Iterator[tuple[str, Draw]]:
        maya = self.client("c-maya")
        yield "01a-unlock", partial(self.unlock, locked=False)
        yield "00b-locked", partial(self.unlock, locked=True)
        yield "01b-first-run", partial(self.first_run, 1)
        yield "01b-first-run-place", partial(self.first_run, 0)
        yield "01b-first-run-sheet", partial(self.first_run, 2)
        yield from today_screens(self)
        yield "03-clients", partial(self.open, Route("clients"))
        yield "03-clients-hidden", self.hidden
        yield "04-chart", partial(self.open, Route("chart", maya))
        yield "04-chart-consents", partial(self.open, Route("chart", maya, "consents"))
        yield "05-log", self.log
        yield "06-update", self.letter
        yield "06-leak", self.leak
        yield "06-updates", partial(self.open, Route("updates"))
        yield "12-activity", self.activity
        yield "12-activity-checked", self.activity_checked
        yield "13-palette", partial(self.palette, "bren ride")
        yield "13-palette-commands", partial(self.palette, ">")
        yield "13-palette-nothing", partial(self.palette, "xyzzy")
        yield "13-palette-act", partial(self.palette, "edit diane")
        yield "13-palette-plans", partial(self.palette, "maya insurance")
        yield "13-shortcuts", partial(self.over_chart, lambda _: self.window.show_shortcuts())
        yield "15-consent", self.consent
        yield from self.dialogs()
        yield from chart_screens(self)
        yield from goal_screens(self)
        yield from measure_screens(self)
        yield from map_screens(self)
        yield from service_screens(self)
        yield from sent_screens(self, WEEK)
        yield from client_screens(self)
        yield from vault_screens(self, MONDAY)
        yield from log_screens(self, MONDAY)
        yield from consent_screens(self)
        yield from file_screens(self)
        yield from composer_screens(self, settle)
        yield from privacy_screens(self)
        yield from provider_screens(self, settle)
        yield from bring_in_screens(self, settle)
        yield from transition_screens(self, settle)


def live(store: Store, maya: int) -> None:
    """Do what a morning brings, so that the activity record has something to tell."""
    store.note("Chart c-maya opened", "view")
    store.do("Say where things stand", clients.say_where_things_stand, maya, "Holding steady.")
    store.undo()
    store.note("2 tries with a wrong passphrase", "failed_unlock")
    store.note("Unlocked", "unlock")
    store.do("Add a next step", tasks.add, maya, "Call Tess about Friday", None)
    store.note("Hand over an update to Diane Brenner", "disclosure")
    store.note("Backed up to Travel drive", "backup")
    store.note("Test restore: it opened and is whole", "restore_test")
    store.note("Exported the whole practice", "export")
    store.note("Passphrase changed", "passphrase")


def bring_in(session: Session) -> None:
    practice_import.bring_in(session, practice_import.read(sample.practice(MONDAY.date())))


def _never(*_: object) -> Any:
    raise AssertionError("a picture is only looked at")


def _nothing() -> None: ...


def _nothing_for(_: str) -> None: ...


def _pick(_groups: object, count: int) -> list[int]:
    return [0, 2, 5][:count]


def letters(studio: Studio) -> Iterator[tuple[str, bytes]]:
    """Give the sample's letters, as the command prints them and as they are proposed."""

    def make(session: Session, reader: str, *, proposed: bool) -> bytes:
        who = parties.client_by_name(session, "c-maya"), parties.party_by_name(session, reader)
        draft = compose.propose(session, *who, *WEEK)[1] if proposed else None
        return family_update.make(updates.release(session, *who, *WEEK, draft)).data

    yield "14-letter-diane", studio.store.ask(make, "p-diane", proposed=True)
    yield "14-letter-diane-lines", studio.store.ask(make, "p-diane", proposed=False)
    yield "14-letter-spanish", studio.store.ask(screens_spanish.letter, WEEK)
    yield "14-letter-david", studio.store.ask(make, "p-david", proposed=True)
    yield from screens_kinds.kinds(studio)
    code = "Y31EP-FQDW5-NE3EW-Y3QSD-TVANH-1KREW-0DCKJ"
    header = (studio.folder / "header.json").read_text("ascii")
    kit = RecoveryKit(studio.store.keys.header.vault_id, MONDAY, code, header, Paper.LETTER)
    yield "01-recovery-sheet", recovery_sheet(kit)


def draw_letters(studio: Studio) -> None:
    for name, data in letters(studio):
        pages = PdfPages(data)
        for number in range(pages.count):
            sheet = pages.draw(number, 952, 1.0)
            paper = QImage(sheet.size(), QImage.Format.Format_RGB32)
            paper.fill(Qt.GlobalColor.white)
            painter = QPainter(paper)
            painter.drawImage(0, 0, sheet)
            painter.end()
            paper.save(str(OUT / f"{name}-p{number + 1}.png"))
        (OUT / f"{name}.pdf").write_bytes(data)


def main(wanted: list[str]) -> int:
    """Draw everything, or what was asked for; return how many pictures could not be drawn."""
    shutil.rmtree(OUT, ignore_errors=True) if not wanted else None
    OUT.mkdir(parents=True, exist_ok=True)
    app = QApplication(sys.argv[:1])
    drawn = 0
    with tempfile.TemporaryDirectory() as place:
        studio = Studio(app, Path(place))
        studio.window.show()
        if not wanted or any("letter" in word or "sheet" in word for word in wanted):
            draw_letters(studio)  # first: a picture further on ends a consent
        for name, draw in studio.screens():
            if wanted and not any(word in name for word in wanted):
                continue
            for scheme in ("light", "dark"):
                studio.theme.choose(scheme)
                for width, height in SIZES:
                    studio.window.resize(width, height)
                    picture = draw()
                    settle()
                    picture.grab().save(str(OUT / f"{name}-{scheme}-{width}.png"))
                    drawn += 1
        studio.window.close_desk()
        studio.desk.close()
        studio.tasks.close()
        studio.store.close()
    print(f"{drawn} pictures in {OUT}")
    return 0 if drawn else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
