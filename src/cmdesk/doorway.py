"""The door and what stands beside it: unlocking, restoring, older and damaged records."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from cmdesk import clock, door, folders
from cmdesk.errors import Cancelled, Damaged, Problem
from cmdesk.settings import SettingsFile
from cmdesk.ui.icons import Icon
from cmdesk.ui.say import Say
from cmdesk.ui.tasks import Tasks
from cmdesk.ui.unlock import Doors, UnlockPage
from cmdesk.ui.window import Window
from cmdesk.words import Words

if TYPE_CHECKING:
    from cmdesk.store.keys import Keys
    from cmdesk.store.store import Store
    from cmdesk.ui.locking import Closing
    from cmdesk.ui.restoring import RestorePage

HELD_MS = 300_000  # keys that wait for a choice between older records are forgotten after this


class Doorway(QObject):
    """Shows the door in a window. Signal `opened(Store)`: the records of `folder` are open."""

    opened = Signal(object)

    def __init__(
        self,
        window: Window,
        folder: Path,
        tasks: Tasks,
        settings: SettingsFile,
        words: Words,
        say: Say,
    ) -> None:
        super().__init__(window)
        self.folder = folder
        self.closing: Closing | None = None
        """the records on their way out, which the next opening has to wait for"""
        self._window, self._tasks, self._settings = window, tasks, settings
        self._words, self._say = words, say
        self._undecided: door.Undecided | None = None
        self._restored_from: Path | None = None
        self._patience = QTimer(self, interval=HELD_MS, singleShot=True)
        self._patience.timeout.connect(self.show)

    def show(self, *, locked: bool = False, draft: bool = False) -> None:
        """Ask for the passphrase; `draft`: something typed was kept at the lock."""
        self.forget()
        self._restored_from = None
        doors = Doors(
            unlock=partial(self._once_closed, door.unlock),
            unlock_with_code=partial(self._once_closed, door.unlock_with_code),
            set_passphrase=door.set_passphrase,
            prepare=partial(door.prepare, self._words.language),
            choose_file=self._choose_file,
            keychain_offers=door.keychain_offers,
            unlock_with_keychain=self._with_keychain,
            last_backup=door.last_backup,
        )
        page = UnlockPage(
            self.folder,
            doors,
            self._tasks,
            self._words,
            now=clock.system(),
            locked=locked,
            draft=draft,
            facts=((Icon.HARD_DRIVE, self._words.tr("On this laptop")),),
        )
        page.opened.connect(self._on_unlocked)
        page.another.connect(self._on_another)
        page.stuck.connect(self._on_damaged)
        page.restore_asked.connect(self.show_restore)
        self._window.show_door(page)
        self._say_closing(page)

    def _say_closing(self, page: UnlockPage) -> None:
        """Say it when a backup is still being made behind the lock."""
        closing = self.closing
        if closing is None or closing.wait(0):
            return
        behind = self._words.tr("Backing up. Your records are locked as soon as it is done.")
        page.say_behind(behind)
        closing.over.connect(page.say_behind)

    def forget(self) -> None:
        """Zero keys that waited for a choice."""
        self._patience.stop()
        if self._undecided:
            self._undecided.held.forget()
            self._undecided = None

    def _once_closed(self, way: "Callable[[Path, str], Keys]", folder: Path, secret: str) -> "Keys":
        """Open the keys, on a worker, when the records have been shut behind the lock."""
        if self.closing is not None:
            self.closing.wait()
        return way(folder, secret)

    def _with_keychain(self, folder: Path) -> "Keys":
        if self.closing is not None:
            self.closing.wait()
        return door.unlock_with_keychain(folder)

    def _choose_file(self) -> Path | None:
        from cmdesk.ui import handing  # noqa: PLC0415 - file dialogs load with the first one

        return handing.choose_folder(self._window, self._words.tr("Open another file"))

    def _on_another(self, folder: Path) -> None:
        self.folder = folder
        self.show()

    # Opening.

    def _on_unlocked(self, held: "Keys") -> None:
        self._open(held)

    def _open(self, held: "Keys", *, read_only: bool = False, accept: bool = False) -> None:
        work = partial(door.open_store, self.folder, held, read_only=read_only, accept=accept)
        opening = self._tasks.run(self._window, work)
        opening.then(self._on_open).otherwise(self._on_refused)

    def _on_refused(self, error: BaseException) -> None:
        if isinstance(error, door.Undecided):
            self._find_backup(partial(self._show_undecided, error))
        elif isinstance(error, Damaged):
            self._on_damaged(error)
        else:
            self.show()
            self._say.failure(error)

    def _find_backup(self, then: Callable[[door.OldBackup | None], object]) -> None:
        now = self._settings.now
        places = [Path(place) for place in (now.backup_folder, now.second_folder) if place]
        work = partial(door.newest_backup, self.folder, places)
        self._tasks.run(self._window, work).then(then)

    def _on_damaged(self, error: Damaged) -> None:
        self._find_backup(partial(self._show_damaged, error))

    # Records that do not open as they are.

    def _show_damaged(self, error: Damaged, newest: door.OldBackup | None) -> None:
        from cmdesk.ui import stuck  # noqa: PLC0415 - hardly ever needed

        self.forget()
        page = stuck.damaged(
            self._words,
            clock.system(),
            str(error.message),
            stuck.last_written(self.folder),
            (newest.file, newest.at) if newest else None,
            restore=self.show_restore,
            again=self.show,
        )
        self._window.show_door(page)

    def _show_undecided(self, error: door.Undecided, newest: door.OldBackup | None) -> None:
        from cmdesk.ui import stuck  # noqa: PLC0415

        self.forget()
        self._undecided = error
        self._patience.start()
        look, accept = partial(self._go_on, read_only=True), partial(self._go_on, accept=True)
        if error.elsewhere:
            page = stuck.elsewhere(
                self._words, error.told, again=self.show, look=look, accept=accept
            )
        else:
            page = stuck.older(
                self._words,
                clock.system(),
                error.told,
                (newest.file, newest.at) if newest else None,
                look=look,
                restore=self.show_restore,
                accept=accept,
            )
        self._window.show_door(page)

    def _go_on(self, *, read_only: bool = False, accept: bool = False) -> None:
        undecided, self._undecided = self._undecided, None
        self._patience.stop()
        if undecided:
            self._open(undecided.held, read_only=read_only, accept=accept)

    # A backup brought back.

    def show_restore(self, file: Path | None = None) -> None:
        """Bring a backup back into a new vault: after a lost laptop, or beside damaged records."""
        from cmdesk.ui import handing  # noqa: PLC0415
        from cmdesk.ui.restoring import RestorePage, Restoring, place_beside  # noqa: PLC0415

        self.forget()
        tr = self._words.tr
        page = RestorePage(
            Restoring(
                restore=door.restore,
                choose_file=lambda: handing.choose_open(
                    self._window, tr("Choose a backup"), tr("Backups") + " (*.cmbak)"
                ),
                choose_folder=partial(handing.choose_folder, self._window),
                judge_place=folders.against,
            ),
            place_beside(self.folder, clock.system()),
            self._tasks,
            self._words,
            file=file,
        )
        page.restored.connect(partial(self._on_restored, page))
        page.left.connect(self.left_restore)
        self._window.show_door(page)

    left = Signal()

    def left_restore(self) -> None:
        """Go back to where one came from: the door, or the first run."""
        self.left.emit()

    def _on_restored(self, page: "RestorePage", folder: Path, held: "Keys") -> None:
        self.folder, self._restored_from = folder, page.file
        self._open(held)

    def _on_open(self, store: "Store") -> None:
        """Show the records; of those just brought back, note and say once where they come from."""
        file, self._restored_from = self._restored_from, None
        made = door.note_restored(store, file) if file else None
        self.opened.emit(store)
        if made:
            from cmdesk.ui.parts.when import in_sentence, moment_listed  # noqa: PLC0415 - rare

            when = in_sentence(moment_listed(self._words, made, clock.system()))
            said = self._words.tr("Restored the backup of {when} into {folder}.")
            self._say.toast(said.format(when=when, folder=self.folder))

    # A new data key.

    def renew_key(self, held: "Keys", place: Path) -> None:
        """Back up and give the closed records a new data key; then open them again."""
        from cmdesk.ui.door_page import Working  # noqa: PLC0415 - rare

        tr = self._words.tr
        page = Working(
            tr("Making a new data key"),
            tr(
                "Backing up and checking the copy first, then writing every record anew. Your "
                "records open again by themselves. Until the last step you can stop."
            ),
            self._words,
        )
        self._window.show_door(page)

        def work() -> "Keys":
            if self.closing is not None:
                self.closing.wait()
            return door.renew_key(self.folder, held, place, page.progressed.emit, page.halted)

        done = self._tasks.run(self._window, work)
        done.then(self._on_unlocked).otherwise(partial(self._on_not_renewed, held))

    def _on_not_renewed(self, held: "Keys", error: BaseException) -> None:
        """Open the records as they were; say what was in the way, unless it was the user."""
        if isinstance(error, Cancelled | Problem):
            self._open(held)
        else:
            held.forget()
            self.show()
        self._say.failure(error)
