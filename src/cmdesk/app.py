"""The desktop program, put together. Read it from top to bottom.

The unlock window is a budget: it needs Qt and the keys alone. SQLAlchemy, casework and the pages
are loaded while the passphrase is typed, paper with the first letter (architecture, 2a.4).
"""

import gc
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from cmdesk import clock, door, folders, logs
from cmdesk.doorway import Doorway
from cmdesk.errors import Locked
from cmdesk.settings import SettingsFile
from cmdesk.ui import capture, clock_face
from cmdesk.ui.capture import Capture
from cmdesk.ui.ending import close_when_told
from cmdesk.ui.garbage import Collector
from cmdesk.ui.instance import Instance, name_for, raise_running
from cmdesk.ui.lock import IdleLock, LockKeys
from cmdesk.ui.say import Say
from cmdesk.ui.session_lock import SessionLock
from cmdesk.ui.tasks import Tasks
from cmdesk.ui.theme import apply
from cmdesk.ui.unlock import SETTLED_MS
from cmdesk.ui.window import Window
from cmdesk.words import Words

if TYPE_CHECKING:
    from cmdesk.store.keys import Keys
    from cmdesk.store.store import Store
    from cmdesk.ui.desk import Desk
    from cmdesk.ui.house import Whereabouts
    from cmdesk.ui.locking import Closing

HEADER = "header.json"


def main(vault: Path | None) -> int:
    """Open the window on a vault: the one named, the last one, or a first run."""
    gc.freeze()  # the program itself, so that looking for garbage passes it by; no record is loaded
    logs.start()
    app = QApplication(sys.argv[:1])
    app.setApplicationName("cmdesk")
    settings = SettingsFile(folders.config() / "settings.toml")
    known = (Path(place) for place in settings.now.recent_vaults)
    there = (place for place in known if place.is_dir())  # a drive may have gone since
    folder = (vault or next(there, folders.default_vault())).absolute()
    name = name_for(folder)
    if raise_running(name):
        return 0
    program = Program(app, settings, folder)
    instance = Instance(name, program)
    instance.asked.connect(program.come_forward)
    instance.elsewhere.connect(program.window.close)
    close_when_told(program.window)
    program.start()
    QTimer.singleShot(SETTLED_MS, instance, instance.listen)
    return app.exec()


class Program(QObject):
    """One window through its states: first run, locked, open, locked again."""

    def __init__(self, app: QApplication, settings: SettingsFile, folder: Path) -> None:
        super().__init__()
        self._settings = settings
        Collector(self)
        self._words = Words(settings.now.language)
        self._say = Say(self)
        self._say.install_hooks()
        clock_face.follow(settings.now.time_zone)
        looks = settings.now
        theme = apply(app, looks.scheme, looks.text_size, looks.contrast)
        self.window = Window(app, theme, settings, self._words, self._say)
        self.window.lock_asked.connect(self._on_lock_asked)
        self.window.closing.connect(self.quit)
        self._tasks = Tasks(ThreadPoolExecutor(2, "cmdesk"), self._say.failure)
        self._idle = IdleLock(app, clock.system, settings.now.lock_after)
        self._signs = (self._idle, SessionLock(self), LockKeys(app))
        self._idle.due.connect(self.lock)
        self._signs[1].due.connect(self._lock_at_once)
        self._signs[2].due.connect(self.lock)
        self._idle.left_changed.connect(self._on_minutes_left)
        settings.listeners.append(lambda changed: self._idle.allow(changed.lock_after))
        self._capture = Capture(app, capture.system(), hidden=settings.now.hide_from_sharing)
        settings.listeners.append(
            lambda changed: self._capture.hide(hidden=changed.hide_from_sharing)
        )
        settings.listeners.append(lambda changed: theme.follow(changed.scheme, changed.text_size))
        settings.listeners.append(lambda changed: theme.prefer_contrast(changed.contrast))
        self._door = Doorway(self.window, folder, self._tasks, settings, self._words, self._say)
        self._door.opened.connect(self.open)
        self._door.left.connect(self._show_way_in)
        self._store: Store | None = None
        self.desk: Desk | None = None
        self._back_to: tuple[Path, Whereabouts | None] | None = None

    def start(self) -> None:
        """Show the way in: the unlock page, or the first run where there is no vault yet."""
        self._show_way_in()
        self.window.show()

    def _show_way_in(self) -> None:
        folder = self._door.folder
        if (folder / HEADER).exists() or (folder / f"{HEADER}.bak").exists():
            self._door.show()
        else:
            self._show_first_run()

    def come_forward(self) -> None:
        self.window.setWindowState(self.window.windowState() & ~Qt.WindowState.WindowMinimized)
        self.window.raise_()
        self.window.activateWindow()

    # A first run.

    def _show_first_run(self) -> None:
        import secrets  # noqa: PLC0415 - the unlock window needs none of this

        from cmdesk.ui import handing  # noqa: PLC0415
        from cmdesk.ui.first_run import FirstRun, Making  # noqa: PLC0415

        making = Making(
            create=self._create,
            make_sheet=self._make_sheet,
            confirm=self._confirm,
            choose_folder=partial(handing.choose_folder, self.window),
            choose_save=lambda name: handing.choose_save(
                self.window, self._words.tr("Save as PDF"), name, "PDF (*.pdf)"
            ),
            print_pdf=partial(handing.print_pdf, self.window),
            judge_place=folders.against,
            pick=lambda groups, count: secrets.SystemRandom().sample(list(groups), count),
        )
        page = FirstRun(self._door.folder, making, self._tasks, self._words)
        page.done.connect(self._on_made)
        page.restore_asked.connect(self._door.show_restore)
        page.made.connect(self._heed_signs)
        self.window.show_door(page)

    def _create(self, folder: Path, passphrase: str) -> str:
        from cmdesk.models import complete  # noqa: PLC0415 - not before a vault is made
        from cmdesk.store import vault  # noqa: PLC0415

        self._door.folder = folder
        self._store, code = vault.create(folder, passphrase, complete(), clock.system)
        return code

    def _make_sheet(self, code: str) -> bytes:
        from cmdesk.reports.recovery_sheet import RecoveryKit, recovery_sheet  # noqa: PLC0415

        header = (self._door.folder / HEADER).read_text("ascii")
        vault_id = self._opened().keys.header.vault_id
        return recovery_sheet(RecoveryKit(vault_id, clock.system(), code, header))

    def _confirm(self) -> None:
        from cmdesk.store import security  # noqa: PLC0415 - loaded when the vault was made

        security.confirm_recovery(self._opened())

    def _opened(self) -> "Store":
        if self._store is None:
            raise Locked
        return self._store

    def _on_made(self, _folder: Path, backups: Path | None) -> None:
        self._settings.change(backup_folder=str(backups or ""))
        door.prepare()
        self.open(self._opened())

    # Open.

    def open(self, store: "Store") -> None:
        """Show the pages on an open vault."""
        from cmdesk.store import keys  # noqa: PLC0415 - all of this loads behind the passphrase
        from cmdesk.ui import house, welcome  # noqa: PLC0415
        from cmdesk.ui.desk import Desk  # noqa: PLC0415
        from cmdesk.ui.privacy import Privacy  # noqa: PLC0415
        from cmdesk.ui.watch_over import WatchOver  # noqa: PLC0415
        from cmdesk.ui.zone_keeping import ZoneKeeping  # noqa: PLC0415

        self._store = store
        self._settings.remember_vault(self._door.folder)
        self.desk = Desk(
            store,
            Tasks(ThreadPoolExecutor(1, "writes"), self._say.failure),
            Tasks(ThreadPoolExecutor(2, "reads"), self._say.failure),
            today=lambda: clock_face.local(store.clock()).date(),  # for painters: asks no record
            words=self._words,
            say=self._say,
            privacy=Privacy(),
            settings=self._settings,
        )
        self.desk.privacy.setParent(self.desk)  # goes with it, and all that listens to it
        self.desk.rekeyed.connect(self._on_rekeyed)
        ZoneKeeping(self.desk)
        left, back_to = self._back_to or (None, None)
        self._back_to = None
        house.furnish(self.window, self.desk, back_to if left == self._door.folder else None)
        self.desk.backing_up.watch()
        WatchOver(self.desk, store).start()
        self._heed_signs()
        welcome.tell(self.window, self.desk, store, owed=keys.recovery_owed(self._door.folder))

    def _heed_signs(self) -> None:
        for sign in self._signs:
            sign.stop()
            sign.start()

    def _on_minutes_left(self, minutes: int) -> None:
        if self.window.shell:
            self.window.shell.sidebar.set_left(minutes)

    # Locked again.

    def _on_lock_asked(self) -> None:
        """Lock by hand. Where words on a full disk would be lost, say so first; no other waits."""
        from cmdesk.ui.dialogs.lock_anyway import ask_first  # noqa: PLC0415 - loaded as above

        question = ask_first(self.window, self.desk) if self.desk else None
        if question is None:
            self.lock()
        else:
            question.confirmed.connect(self.lock)

    def lock(self, *, last: bool = True) -> None:
        """Keep drafts, destroy pages, forget keys, and show the door. Nothing can stop it.

        Without `last` no backup is made first: the computer is about to sleep, keys in memory.
        """
        if self._store is None:
            return
        from cmdesk.ui import house  # noqa: PLC0415 - loaded when the records were opened
        from cmdesk.ui.locking import BRIEF, sweep  # noqa: PLC0415

        back_to = house.whereabouts(self.window)
        self._back_to = self._door.folder, back_to
        sweep(self.window)
        closing = self._shut("lock" if last else "")
        self._door.show(locked=True, draft=back_to is not None and back_to.draft)
        self.window.repaint()  # out of sight before anything is waited for
        if closing is not None:
            closing.wait(BRIEF)

    def _lock_at_once(self) -> None:
        self.lock(last=False)

    def quit(self) -> None:
        self._door.forget()
        if closing := self._shut("quit"):
            self.window.hide()
            closing.wait()
        self._tasks.close()

    def _shut(self, occasion: str) -> "Closing | None":
        """Take every record out of sight; what follows, a backup too, happens on a worker."""
        for sign in self._signs:
            sign.stop()
        if self._store is None:
            return None
        from cmdesk.ui.backing_up import on_leaving  # noqa: PLC0415 - loaded with the records
        from cmdesk.ui.locking import Closing  # noqa: PLC0415 - not before there is what to lock

        last = [on_leaving(self._settings.now, occasion)] if occasion else []
        self._door.closing = closing = Closing(self.desk, self._store, self._tasks, last)
        closing.over.connect(self._on_shut)
        self.desk = self._store = None
        self.window.close_desk()
        return closing

    def _on_shut(self) -> None:
        """Tell what failed on the way out, now that there is time for it."""
        if closing := self._door.closing:
            for error in closing.untold:
                self._say.failure(error)

    def _on_rekeyed(self, held: "Keys") -> None:
        """Close the records for their new data key; the door opens them again."""
        from cmdesk.ui import house  # noqa: PLC0415 - loaded when the records were opened
        from cmdesk.ui.backing_up import place_of  # noqa: PLC0415

        self._back_to = self._door.folder, house.whereabouts(self.window)
        self._shut("")
        self._door.renew_key(held, place_of(self._settings.now, self._door.folder))
