"""Make backups, by hand and by itself, and write down what became of each."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import partial
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from cmdesk.casework import backup_runs, backup_standing
from cmdesk.casework.backup_runs import CHECKED, FAILED, OPENED, Run
from cmdesk.casework.backup_standing import Known
from cmdesk.errors import Cancelled, Problem
from cmdesk.rules import backup_keeping
from cmdesk.rules.backup_keeping import LONGER, LONGEST, USUAL, Keeping
from cmdesk.store import backup, backup_files, device, restore
from cmdesk.store.journal import Change
from cmdesk.store.migrate import BACKUPS
from cmdesk.store.store import Store
from cmdesk.ui.clock_face import local

if TYPE_CHECKING:
    from cmdesk.settings import Settings
    from cmdesk.ui.desk import Desk

LOOK_EVERY: Final = 60_000  # ms between two looks at whether a backup is due
QUIET: Final = timedelta(seconds=30)  # since the last save, before one is begun by itself
AGAIN: Final = timedelta(hours=1)  # after one that failed by itself
AT_LOCK: Final = 8.0  # seconds a backup may hold the keys once the pages are gone
OLD: Final = timedelta(days=7)
TOLD: Final = Change(frozenset({("backup_run", 0)}))
KEEPINGS: Final[dict[str, Keeping]] = {"usual": USUAL, "longer": LONGER, "longest": LONGEST}

Progress = Callable[[float], object]
Stop = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of this vault's backups. `last` counts those of the command line as well."""

    last: datetime | None = None
    place: str = ""
    drilled: datetime | None = None
    second: datetime | None = None
    failed: Run | None = None
    """the newest try, if it failed"""
    runs: int = 0
    here: bool = False
    """every backup lies beside the records: what takes one takes both"""

    def amber(self, now: datetime) -> bool:
        """Whether something should be done, a drive chosen included."""
        return self.here or self.old(now)

    def old(self, now: datetime) -> bool:
        """Whether something should be done: never backed up, failed since, or over 7 days ago."""
        return self.last is None or self.failed is not None or now - self.last > OLD


def place_of(settings: "Settings", folder: Path) -> Path:
    """Give where backups go: the place chosen, or a folder beside the records."""
    return Path(settings.backup_folder) if settings.backup_folder else folder / BACKUPS


def second_of(settings: "Settings") -> Path | None:
    return Path(settings.second_folder) if settings.second_folder else None


def daily_at(settings: "Settings") -> time:
    return time.fromisoformat(settings.backup_at)


def stands(known: Known, noted: datetime | None, beside: str = "") -> Standing:
    """Put together what was written down and when this computer noted the newest backup."""
    made, failed = known.made, known.failed
    newest = max([at for at in (made.at if made else None, noted) if at], default=None)
    place = made.place if made and made.at == newest else ""
    return Standing(
        last=newest,
        place=place,
        drilled=known.drilled,
        second=known.second,
        failed=failed if failed and (newest is None or failed.at > newest) else None,
        runs=known.runs,
        here=bool(beside) and newest is not None and known.second is None and place in ("", beside),
    )


def back_up(
    store: Store,
    place: Path,
    occasion: str,
    keeping: Keeping,
    progress: Progress | None = None,
    cancelled: Stop | None = None,
) -> Run:
    """Make one, and write it down whether it came off or not. Raises Problem or Cancelled."""
    began = store.clock()
    try:
        made = backup.make(
            store, place, occasion, progress=progress, cancelled=cancelled, keeping=keeping
        )
    except Problem as problem:
        _write_down(store, Run(began, str(place), 0, FAILED, occasion, why=problem.message))
        raise
    run = Run(
        made.at,
        str(place),
        made.size,
        CHECKED,
        occasion,
        made.file.name,
        made.sha256,
        verified=True,
        rows=made.rows,
    )
    _write_down(store, run)
    return run


def drill(
    store: Store, places: "list[Path]", progress: Progress | None, cancelled: Stop | None
) -> Run:
    """Bring the newest backup back into a scratch vault, compare, and write it down."""
    began, vault_id = store.clock(), store.keys.header.vault_id
    there = (place for place in places if place.is_dir())
    found = next((each for place in there for each in backup_files.listed(place, vault_id)), None)
    if found is None:
        raise Problem("There is no backup to test.", "Back up first.")
    where, name = str(found.file.parent), found.file.name
    try:
        drilled = restore.drill(store, found.file, progress=progress, cancelled=cancelled)
    except Problem as problem:
        run = Run(began, where, found.size, FAILED, "drill", name, why=problem.message)
        _write_down(store, run)
        raise
    run = Run(began, where, found.size, OPENED, "drill", name, verified=True, rows=drilled.rows)
    _write_down(store, run)
    return run


def _write_down(store: Store, run: Run) -> None:
    if not store.read_only:
        store.do("Note a backup", backup_runs.record, run)


def on_leaving(settings: "Settings", occasion: str) -> Callable[[Store], None]:
    """Give what a lock or a quit does last: a backup if one is due, for a few seconds at most.

    One that takes longer is dropped, and made at the next opening instead.
    """

    def act(store: Store) -> None:
        last = device.last_backup(store.folder)
        if store.read_only or not backup_keeping.due_on_leaving(
            store.clock(), last, changed=backup.changed(store)
        ):
            return
        until = monotonic() + AT_LOCK
        place, keeping = place_of(settings, store.folder), KEEPINGS[settings.keep]
        try:
            back_up(store, place, occasion, keeping, cancelled=lambda: monotonic() > until)
        except (Cancelled, Problem):
            return  # what failed is written down and told at the next opening

    return act


class BackingUp(QObject):
    """One backup or test restore at a time, beside everything else.

    Signals: `changed` when one begins or ends, `progressed(float)` while it runs,
    `failed(Problem)` when one that was asked for did not come off.
    """

    changed = Signal()
    progressed = Signal(float)
    failed = Signal(object)

    def __init__(self, desk: "Desk") -> None:
        super().__init__(desk)
        self._desk = desk
        self.doing = ""  # `backup`, `drill`, or nothing
        self.beside = False  # said in this session: on this laptop only will do
        self._stopped = False
        self._quiet_from = desk.clock()
        self._not_before: datetime | None = None
        self._timer = QTimer(self, interval=LOOK_EVERY)
        self._timer.timeout.connect(self.look)
        desk.changed.connect(self._on_saved)
        desk.closing.connect(self._timer.stop)  # or it would ask records that are locked
        desk.closing.connect(self.cancel)

    @property
    def place(self) -> Path:
        return place_of(self._desk.settings.now, self._desk.folder)

    @property
    def second(self) -> Path | None:
        return second_of(self._desk.settings.now)

    def standing(self) -> Standing:
        known = self._desk.ask(backup_standing.look, str(self.second or ""))
        beside = "" if self._desk.settings.now.backup_folder else str(self.place)
        return stands(known, device.last_backup(self._desk.folder), beside)

    @property
    def placed(self) -> bool:
        """Whether it was said where to."""
        return self.beside or bool(self._desk.settings.now.backup_folder)

    def watch(self) -> None:
        """Begin to look, now and every minute, whether one is due."""
        self._timer.start()

    def cancel(self) -> None:
        """Stop what runs; nothing is left behind."""
        self._stopped = True

    def back_up(self, occasion: str = "by_hand", *, asked: bool = True) -> None:
        """Back up to the first place, then to the second if it is there and its week is over."""
        if self.doing:
            return
        state, second = self.standing(), self.second
        targets = [(self.place, occasion)]
        now = self._desk.clock()
        if second and second.is_dir() and backup_keeping.due_second_place(now, state.second):
            targets.append((second, "second_place"))
        keeping = KEEPINGS[self._desk.settings.now.keep]

        def work(store: Store) -> None:
            share = 1 / len(targets)
            for number, (place, why) in enumerate(targets):
                told = partial(self._tell, first=number * share, share=share)
                back_up(store, place, why, keeping, told, self._is_stopped)

        self._run("backup", work, asked=asked)

    def drill(self, *, asked: bool = True) -> None:
        """Test a restore of the newest backup, at the second place if it is there."""
        places = [place for place in (self.second, self.place) if place]

        def work(store: Store) -> None:
            drill(store, places, self.progressed.emit, self._is_stopped)

        if not self.doing:
            self._run("drill", work, asked=asked)

    def look(self) -> None:
        """Begin what is due by itself: the day's backup, or the month's test restore."""
        desk = self._desk
        now, settings = desk.clock(), desk.settings.now
        waits = self._not_before is not None and now < self._not_before
        if self.doing or waits or now - self._quiet_from < QUIET or desk.read_only:
            return
        state = self.standing()
        if settings.daily_backup and backup_keeping.due_daily(
            local(now), state.last, daily_at(settings)
        ):
            self.back_up("daily", asked=False)
        elif state.last and backup_keeping.due_drill(now, state.drilled):
            self.drill(asked=False)

    def _run(self, doing: str, work: Callable[[Store], None], *, asked: bool) -> None:
        self.doing, self._stopped = doing, False
        done = self._desk.aside(self, work)
        done.then(lambda _: self._on_done()).otherwise(partial(self._on_failed, asked=asked))
        self.changed.emit()

    def _tell(self, done: float, *, first: float, share: float) -> None:
        self.progressed.emit(first + share * done)

    def _is_stopped(self) -> bool:
        return self._stopped

    def _on_saved(self, change: Change) -> None:
        if change is not TOLD:
            self._quiet_from = self._desk.clock()

    def _on_done(self) -> None:
        self._end()

    def _on_failed(self, error: BaseException, *, asked: bool) -> None:
        if not asked:
            self._not_before = self._desk.clock() + AGAIN
        self._end()
        if isinstance(error, Problem) and asked:
            self.failed.emit(error)
        elif not isinstance(error, Cancelled | Problem):
            self._desk.say.failure(error)

    def _end(self) -> None:
        self.doing = ""
        self.changed.emit()
        self._desk.changed.emit(TOLD)
