"""The steps of opening a vault, in the order in which they may stop it (reliability 4.8)."""

import platform
from contextlib import ExitStack, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO, Final

from sqlalchemy import Engine

from cmdesk import folders
from cmdesk.errors import Problem
from cmdesk.store import device, engine, lockfile, opening_proof, room, rotation
from cmdesk.store import keys as keyring
from cmdesk.store.anchoring import device_key
from cmdesk.store.device import Memory, Tries
from cmdesk.store.files import replace as replace_file
from cmdesk.store.header import DAMAGED, HEADER, RECORDS, OpenBy
from cmdesk.store.keys import Keys
from cmdesk.store.opening_proof import Proved
from cmdesk.store.sealing import zero
from cmdesk.store.store import Clock, Store

_FRESH: Final = timedelta(hours=24)
_NOTE_DAMAGED: Final = (
    "This computer's note of the last use was damaged; older records could not be noticed this "
    "time."
)
_ELSEWHERE: Final = (
    "This vault is known here from another folder. Was it moved? If both are still used, their "
    "records go different ways."
)


class OpenElsewhere(Problem):
    """Another computer says that it has the vault open, or it was copied while one had."""


class Opening:
    """One attempt to open a vault: what is known so far, to be told and to be noted."""

    def __init__(
        self,
        folder: Path,
        keys: Keys,
        clock: Clock,
        undo: ExitStack,
        *,
        read_only: bool = False,
        accept: bool = False,
    ) -> None:
        """Take what is undone, newest first, when the opening fails."""
        self.folder, self.keys, self.clock, self._undo = folder, keys, clock, undo
        self.read_only, self.accept = read_only, accept
        self.told: list[str] = []
        self.crashed = False
        self._acts: list[tuple[str, str]] = []
        self._memory = Memory(None)
        self._older = False
        self._lock: IO[bytes] | None = None

    def note(self, act: str, kind: str) -> None:
        """Have something written into the audit trail, once it is open."""
        self._acts.append((act, kind))

    def look_at_place(self) -> None:
        """Tell of a place that has become unsafe, and of a disk that has become full."""
        service = folders.synced_by(self.folder)
        if service:
            self.told.append(
                f"The vault lies where {service} copies it to other computers, which can damage "
                "it. Move its folder to a place on this computer alone."
            )
        elif folders.is_network(self.folder):
            self.told.append(
                "The vault lies on a network drive, where records in use are not safe. Move its "
                "folder to this computer."
            )
        if not self.read_only and self.folder.is_dir():
            room.open_up(self.folder)
            warning = room.warning(self.folder)
            if warning:
                self.told.append(warning)

    def lock(self) -> IO[bytes] | None:
        """Take the vault for this process. Raises Problem if another one has it."""
        self.crashed = lockfile.left(self.folder)
        if self.read_only:
            lock = lockfile.take_for_reading(self.folder)
        else:
            lock = lockfile.take(self.folder, self.clock())
        if lock is not None:
            self._undo.callback(lambda: lockfile.release(lock, crashed=self.crashed))
        self._lock = lock
        return lock

    def look_at_header(self) -> None:
        """Take the header as it stands now. Raises Problem if another computer has the vault."""
        keyring.refresh(self.folder, self.keys)
        mark = self.keys.header.open_by
        if mark is None:
            return
        if mark.host == _host():
            self.crashed = True  # the kernel's lock was free: whoever wrote this is gone
        elif self.read_only or not _is_fresh(mark, self.clock()):
            return
        elif self.accept:
            self.note(f"Opened although {mark.host} had it open", "rollback")
        else:
            raise OpenElsewhere(
                f"This vault is open on another computer ({mark.host}, since {_local(mark.since)}) "
                "or was copied while it was.",
                "Close it there first. Open it for reading only to look, or accept it as it is if "
                "nobody writes to it there.",
            )

    def prove_records(self) -> Proved:
        """Prove file, database and age. Raises Damaged or Problem; nothing is written until then.

        Only a journal of this vault's own crash is played back, and a rotation of its key settled.
        """
        opening_proof.refuse_foreign_journal(
            self.folder, crashed=self.crashed, read_only=self.read_only
        )
        if self._lock is not None:
            self._undo.callback(lockfile.let_go_of_journal, self._lock, self.folder)
        opening_proof.prove_file(self.folder, self.keys.header.salt)
        if self.keys.pending is not None:
            self._settle()
        key = device_key(self.keys)
        self._memory = device.recall(self.keys.header.vault_id, self.folder, key)
        zero(key)
        proved = opening_proof.prove(
            self.folder, self.keys, self._memory.note, read_only=self.read_only
        )
        if proved.older:
            if not (self.read_only or self.accept):
                raise proved.older
            self._older = True
            self.told.append(proved.older.message)
        self._tell_of_memory()
        return proved

    def write_header(self, app_schema: str) -> None:
        """Write all that has changed in the header, at once, and who has the vault now."""
        if self.read_only:
            return
        if self.keys.from_copy:
            if (self.folder / HEADER).exists():
                replace_file(self.folder / HEADER, self.folder / DAMAGED)  # evidence
            self.note("Damaged header replaced by its copy", "repair")
        since = self.clock().astimezone(UTC).isoformat(timespec="seconds")
        header = replace(self.keys.header, app_schema=app_schema, open_by=OpenBy(_host(), since))
        if self.keys.stronger is not None:
            header = header.with_slot(self.keys.stronger)
            self.keys.stronger = None
            self.note("Passphrase made costlier to guess", "passphrase")
        self._undo.callback(self._take_back_mark)
        keyring.write(self.folder, self.keys, header)

    def _take_back_mark(self) -> None:
        """Say of a vault that could not be opened after all that nobody has it open."""
        with suppress(Problem, OSError):
            keyring.write(self.folder, self.keys, replace(self.keys.header, open_by=None))

    def drop_anchor(self) -> None:
        """Measure accepted older records by no anchor of newer ones; a new one is written soon."""
        if self._older:
            keyring.write(self.folder, self.keys, replace(self.keys.header, anchor=None))

    def engines(self) -> tuple[Engine, Engine]:
        """Return what writes and what reads; for reading only, both read."""
        records = self.folder / RECORDS
        reads = engine.reader(records, self.keys, self.clock, read_only=self.read_only)
        self._undo.callback(reads.dispose)
        if self.read_only:
            return reads, reads
        writes = engine.writer(records, self.keys, self.clock)
        self._undo.callback(writes.dispose)
        return writes, reads

    def finish(self, store: Store) -> None:
        """Hand on what the opening has to say, to user and audit trail, and note the new state."""
        store.told.extend(self.told)
        if self.read_only:
            return
        room.keep_reserve(self.folder)
        if self._older:
            self.note("Older records accepted", "rollback")
        tries = self._memory.note.failed if self._memory.note else None
        if tries:
            self.note(_failed(tries), "failed_unlock")
        store.maintain([*self._acts, *self.keys.acts, ("Unlocked", "unlock")])
        self.keys.acts.clear()
        if tries:
            device.forget_failed(self.folder)
        if self._older or self._memory.elsewhere or self._memory.damaged:
            store.anchor()  # so that this is told once

    def _settle(self) -> None:
        if self.read_only:
            raise Problem(
                "A change of the data key was interrupted, and only a usual opening can finish it.",
                "Open the vault in the usual way.",
            )
        rotation.settle(self.folder, self.keys)

    def _tell_of_memory(self) -> None:
        if self._memory.damaged:
            self.told.append(_NOTE_DAMAGED)
            self.note("Damaged note of the last use set aside", "repair")
            if not self.read_only:
                device.set_aside(self.keys.header.vault_id, self.folder)
        elif self._memory.elsewhere:
            self.told.append(_ELSEWHERE)
            self.note("Opened in another folder than before", "moved")


def _failed(tries: Tries) -> str:
    count = "1 failed try" if tries.count == 1 else f"{tries.count:,} failed tries"
    return f"{count} since {tries.first.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def _is_fresh(mark: OpenBy, now: datetime) -> bool:
    """Whether a mark still counts; one from the future or without sense is no proof of anything."""
    try:
        return timedelta(0) <= now - datetime.fromisoformat(mark.since) < _FRESH
    except (ValueError, TypeError):
        return False


def _local(since: str) -> str:
    return f"{datetime.fromisoformat(since).astimezone():%Y-%m-%d %H:%M}"


def _host() -> str:
    return platform.node()[:64]
