"""Run work against the records: ask() reads, do() writes, undo() takes back."""

import threading
from collections.abc import Callable, Generator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import IO, Concatenate, ParamSpec, TypeAlias, TypeVar

from sqlalchemy import Connection, Engine, MetaData
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session

from cmdesk.errors import Damaged, DiskFull, Locked, Problem
from cmdesk.store import audit, journal, lockfile, room
from cmdesk.store.anchoring import Remembering
from cmdesk.store.engine import identity
from cmdesk.store.header import RECORDS
from cmdesk.store.journal import Change, Label, Step, Steps, Taken
from cmdesk.store.keys import Keys
from cmdesk.store.looking import Looks
from cmdesk.store.saving import Attempt, Writer
from cmdesk.store.troubles import plainly

P = ParamSpec("P")
T = TypeVar("T")

Work: TypeAlias = Callable[Concatenate[Session, P], T]
Clock: TypeAlias = Callable[[], datetime]


class Store:
    """The open vault. One writer at a time; any number of readers, which can't write.

    Takes over keys, engines and lock: close() forgets, disposes of and releases them.
    """

    def __init__(
        self,
        folder: Path,
        keys: Keys,
        engines: tuple[Engine, Engine],
        metadata: MetaData,
        clock: Clock,
        lock: IO[bytes] | None,
        *,
        migrations: Path,
        read_only: bool = False,
        crashed: bool = False,
    ) -> None:
        self.folder, self.keys = folder, keys
        self.clock = clock
        self.migrations = migrations
        self.read_only = read_only
        self.crashed = crashed
        """the vault was not closed the last time; `check.quick` is due"""
        self.told: list[str] = []
        """what the opening, or a save since, has to say to the user, in plain sentences"""
        self.listeners: list[Callable[[Change], None]] = []
        self._writer, self._reader = Writer(engines[0], metadata), engines[1]
        self._looks = Looks(self._reader)
        self.metadata = metadata
        self._lockfile = lock
        self._bytes: IO[bytes] | None = None
        self._seen = identity(folder / RECORDS)
        self._audit_key = keys.audit_key()
        self._remembering = Remembering(folder, keys, clock())
        self._steps = Steps()
        self._turn = threading.RLock()
        self._busy, self._open = False, True
        if not read_only:
            with self._writing():
                pass  # what can't be written to is told now

    def ask(self, work: Work[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Read. The session ends with the call, so return plain values."""

        def once() -> T:
            self._require_open()
            with plainly(reading=True), Session(self._looks.bind, autoflush=False) as session:
                session.info["clock"] = self.clock
                return work(session, *args, **kwargs)

        try:
            return once()
        except Damaged:  # a page the disk did not give back leaves its connection unusable
            self._looks.leave()
            self._reader.dispose()
            return once()

    def look(self) -> AbstractContextManager[None]:
        """Let what this thread asks meanwhile wait for a save once; saves wait for its end."""
        return self._looks.begin()

    def do(self, label: Label | str, work: Work[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Write in one transaction, with its audit row, then announce what changed."""
        label = Label(label) if isinstance(label, str) else label

        def act(connection: Connection) -> tuple[T, Taken | None]:
            # Joining the outer transaction: a work function that commits or rolls back by
            # itself would otherwise part from its own audit row.
            with Session(connection, join_transaction_mode="rollback_only") as session:
                session.info["clock"] = self.clock
                result = work(session, *args, **kwargs)
                session.flush()
            return result, self._take(connection, label, label.kind)

        with self._turn:
            result, taken = self._save(act)
            if taken:
                self._steps.push(label, taken.step)
            elif not label.undoable:
                self._steps.clear()
        self._announce(taken)
        return result

    def undo(self) -> str | None:
        """Take back the newest step; return its name, None if there is none."""
        return self._replay(self._steps.undo, self._steps.redo, "undo")

    def redo(self) -> str | None:
        """Do again what was taken back last; return its name, None if there is none."""
        return self._replay(self._steps.redo, self._steps.undo, "redo")

    def note(self, act: str, kind: str) -> None:
        """Write an audit row for an act that changes no record: opened, exported, printed."""
        self.maintain([(act, kind)])

    def maintain(
        self, acts: Sequence[tuple[str, str]], work: Callable[[Connection], object] | None = None
    ) -> None:
        """Do what changes no record (an index made anew), with its audit rows (act, kind)."""

        def act(connection: Connection) -> None:
            if work is not None:
                work(connection)
            for name, kind in acts:
                audit.append(connection, self._audit_key, self.clock(), name, kind)

        with self._turn:
            self._save(act)
            self._anchor_if_due()

    def anchor(self) -> None:
        """Note the present state, so that older records can't take its place unnoticed.

        Raises Problem if the vault was moved, or OSError if it can't be written to.
        """
        with self._turn:
            self._require_open()
            if not self.read_only:
                self._remembering.write(self._head(), self.clock(), self.told)

    def in_place(self) -> bool:
        """Whether the records are still where they were opened; a look at the folder alone."""
        return self._seen is not None and identity(self.folder / RECORDS) == self._seen

    @property
    def undo_label(self) -> str | None:
        return self._steps.undo[-1].label.text if self._steps.undo else None

    @property
    def redo_label(self) -> str | None:
        return self._steps.redo[-1].label.text if self._steps.redo else None

    def examine(self, work: Callable[[Connection, bytearray], T]) -> T:
        """Run a check that needs the writing connection; whatever it writes is rolled back."""
        with self._turn:
            self._require_open()
            with plainly(), self._writer.engine.connect() as connection:
                return work(connection, self._audit_key)

    @contextmanager
    def still(self) -> Generator[None]:
        """Keep every write waiting while the records are copied; reads go on."""
        with self._turn:
            self._require_open()
            yield

    def records(self) -> IO[bytes]:
        """Return the records' own bytes, for copying them while `still()`; not to be closed.

        Closing any descriptor of the file drops the locks SQLite holds on it, so this one is opened
        once and stays open until both engines are gone.
        """
        self._require_open()
        if self._bytes is None:
            self._bytes = (self.folder / RECORDS).open("rb", buffering=0)
        return self._bytes

    def close(self) -> None:
        """Lock the vault: forget steps and keys, close the file, let others in."""
        with self._turn:
            if not self._open:
                return
            try:
                if not self.read_only:
                    # Nothing may keep it from being locked.
                    with suppress(Problem, OSError, DBAPIError):
                        self._remembering.write(self._head(), self.clock(), [], closing=True)
            finally:
                self._open = False
                self._let_go()

    def _let_go(self) -> None:
        self._steps.clear()
        self.listeners.clear()
        self._reader.dispose()
        self._writer.engine.dispose()
        if self._bytes is not None:
            self._bytes.close()
        self.keys.forget()
        self._audit_key[:] = bytes(len(self._audit_key))
        if self._lockfile is not None:
            lockfile.let_go_of_journal(self._lockfile, self.folder)
            lockfile.release(self._lockfile)

    def _head(self) -> audit.Head:
        with plainly(), self._writer.engine.connect() as connection:
            return audit.head(connection)

    def _save(self, act: Callable[[Connection], T]) -> T:
        """Do the act once; where the disk is full, in the room that was kept for this.

        What looks damaged is looked at twice: one page not given back spoils its connection.
        """
        attempt = Attempt(self._writing, act, self._writer.anew)
        try:
            return attempt.once()
        except Damaged:
            return attempt.once()
        except DiskFull:
            if not room.give_up(self.folder):
                raise
            result = attempt.once()
            self.told.append(room.NEARLY_FULL)
            return result

    def _anchor_if_due(self) -> None:
        """Anchor now and then. The save itself is done: what fails here is tried again."""
        with self._turn:
            if self._remembering.due(self.clock()):
                with suppress(Problem, OSError):
                    self.anchor()

    @contextmanager
    def _writing(self) -> Generator[Connection]:
        self._require_open()
        if self.read_only:
            raise Problem(
                "These records are open for reading only, so nothing was changed.",
                "Lock the vault and open it in the usual way to write.",
            )
        if self._busy:
            raise RuntimeError("a write was begun inside a write")
        self._busy = True
        try:
            with self._writer.begin() as connection:
                yield connection
        finally:
            self._busy = False

    def _take(self, connection: Connection, label: Label, kind: str) -> Taken | None:
        taken = journal.take(connection, self.metadata, label)
        if taken:
            told = label.text, kind, taken.change, taken.digest
            audit.append(connection, self._audit_key, self.clock(), *told)
        return taken

    def _replay(self, source: list[Step], target: list[Step], kind: str) -> str | None:
        with self._turn:
            if not source:
                return None
            label = source[-1].label

            def act(connection: Connection) -> Taken | None:
                journal.restore(connection, self.metadata, source[-1].before)
                return self._take(connection, replace(label, undoable=True), kind)

            try:
                taken = self._save(act)
            except IntegrityError as error:
                raise Problem(
                    f"“{label.text}” can't be taken back: something newer depends on it.",
                    "Change the record by hand instead.",
                ) from error
            self._steps.moved(source, target, taken.step if taken else Step(label, ()))
        self._announce(taken)
        return label.text

    def _announce(self, taken: Taken | None) -> None:
        if taken:
            for listener in self.listeners:
                listener(taken.change)
            self._anchor_if_due()

    def _require_open(self) -> None:
        if not self._open:
            raise Locked
