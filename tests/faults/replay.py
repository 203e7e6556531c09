"""Build the disk that a power cut could have left, out of what a run was seen to write.

What a file held at its last fsync is certain; later writes are lost, kept in order with the last
one torn, kept at random whole or by 512-byte sector, or all kept. A name is certain only after an
fsync of the folder it stands in; later ones survive up to some point, or at random.
"""

import json
import os
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any, Final

from tests.faults.shim import Event

PATTERNS: Final = ("none", "prefix", "ops", "sector", "all")
_SECTOR: Final = 512

Entry = tuple[int, str, int | None]  # folder, name, inode; None: the name is gone
Folders = dict[int, dict[str, int]]


@dataclass(frozen=True)
class Disk:
    """What stood below a folder before the run: by inode, as the log speaks of it."""

    root: int
    folders: Folders
    files: dict[int, bytes]


@dataclass(frozen=True)
class Recording:
    before: Disk
    events: list[Event]

    @property
    def begin(self) -> int:
        """Return the first event after the first acknowledgement, which says `ready`."""
        return next((n + 1 for n, event in enumerate(self.events) if event.kind == "A"), 0)

    def moment(self, draw: Random) -> int:
        """Draw an event to cut before: one of all, or one beside what makes things durable."""
        last = len(self.events)
        if draw.random() < 0.5:
            return draw.randint(self.begin, last)
        turns = [n for n in range(self.begin, last) if self.events[n].kind in "ASDRUX"]
        return min(last, draw.choice(turns or [self.begin]) + draw.randint(0, 2))

    @property
    def grown(self) -> int:
        """Return how many bytes of the disk the run took, what it gave back not counted."""
        sizes = {inode: len(data) for inode, data in self.before.files.items()}
        grown = 0
        for event in self.events:
            if event.kind == "T":
                sizes[event.inode] = event.offset
            elif event.kind == "C":
                sizes[event.inode] = 0
            elif event.kind == "W":
                before = sizes.get(event.inode, 0)
                sizes[event.inode] = max(before, event.offset + len(event.data))
                grown += sizes[event.inode] - before
        return grown

    @property
    def acknowledged(self) -> list[dict[str, Any]]:
        return acknowledged(self.events)


@dataclass(frozen=True)
class State:
    """One disk as it could be found: paths with contents, None for a folder; and what was told."""

    found: dict[str, bytes | None]
    acknowledged: list[dict[str, Any]]

    def put(self, place: Path) -> None:
        """Make the folder hold this and nothing else."""
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir()
        for name, content in self.found.items():
            if content is None:
                (place / name).mkdir()
            else:
                (place / name).write_bytes(content)


@dataclass
class _Inode:
    certain: bytearray
    pending: list[Event] = field(default_factory=list[Event])


def acknowledged(events: Iterable[Event]) -> list[dict[str, Any]]:
    return [json.loads(event.data) for event in events if event.kind == "A"]


def look(place: Path) -> Disk:
    """Take down a folder before a run."""
    folders: Folders = {}
    files: dict[int, bytes] = {}
    for folder, _, _ in os.walk(place):
        names = {entry.name: entry for entry in os.scandir(folder)}
        folders[Path(folder).stat().st_ino] = {n: e.inode() for n, e in names.items()}
        files |= {e.inode(): Path(e.path).read_bytes() for e in names.values() if e.is_file()}
    return Disk(place.stat().st_ino, folders, files)


def state(recording: Recording, end: int, pattern: str, draw: Random) -> State:
    """Return a disk that a power cut just before event number `end` could leave."""
    cut = _Cut(recording.before)
    for event in recording.events[:end]:
        cut.follow(event)
    return State(cut.left(pattern, draw), acknowledged(recording.events[:end]))


class _Cut:
    """Names and contents, as the running system sees them and as they are certain."""

    def __init__(self, before: Disk) -> None:
        self._root = before.root
        self._live: Folders = {inode: dict(names) for inode, names in before.folders.items()}
        self._certain: Folders = {inode: dict(names) for inode, names in before.folders.items()}
        self._files = {inode: _Inode(bytearray(data)) for inode, data in before.files.items()}
        self._pending: list[tuple[Entry, ...]] = []

    def follow(self, event: Event) -> None:
        kind, inode = event.kind, event.inode
        if kind in "WT" and inode in self._files:
            self._files[inode].pending.append(event)
        elif kind == "S" and inode in self._files:
            file = self._files[inode]
            _apply(file.certain, file.pending)
            file.pending = []
        elif kind == "D":
            self._sync(inode)
        elif kind in "CMURLX":
            self._name(event)

    def _name(self, event: Event) -> None:
        kind, inode = event.kind, event.inode
        here = self._parent(event.path)
        if kind == "C":
            self._files[inode] = _Inode(bytearray())
        if kind == "M":
            self._live[inode], self._certain[inode] = {}, {}
        if kind in "RL":
            there = (*self._parent(event.data.decode("utf-8", "surrogateescape")), inode)
            entries = ((*here, None), there) if kind == "R" else (there,)
        else:
            entries = ((*here, None if kind in "UX" else inode),)
        _rename(self._live, entries)
        self._pending.append(entries)

    def _parent(self, path: str) -> tuple[int, str]:
        *folders, name = path.split("/")
        inode = self._root
        for folder in folders:
            inode = self._live[inode][folder]
        return inode, name

    def _sync(self, folder: int) -> None:
        """Make certain what happened to the names in one folder."""
        waiting: list[tuple[Entry, ...]] = []
        for entries in self._pending:
            if any(entry[0] == folder for entry in entries):
                _rename(self._certain, entries)
            else:
                waiting.append(entries)
        self._pending = waiting

    def left(self, pattern: str, draw: Random) -> dict[str, bytes | None]:
        for entries in _survivors(self._pending, pattern, draw):
            _rename(self._certain, entries)
        found: dict[str, bytes | None] = {}
        for path, inode in self._reached(self._root, ""):
            found[path] = None
            if inode in self._files:
                content = bytearray(self._files[inode].certain)
                _apply(content, _kept(self._files[inode].pending, pattern, draw))
                found[path] = bytes(content)
        return found

    def _reached(self, folder: int, above: str) -> Iterator[tuple[str, int]]:
        """Yield every path there is, a folder before what is in it."""
        for name, inode in sorted(self._certain[folder].items()):
            yield above + name, inode
            if inode in self._certain:
                yield from self._reached(inode, f"{above}{name}/")


def _rename(names: Folders, entries: Iterable[Entry]) -> None:
    for folder, name, inode in entries:
        if inode is None:
            names[folder].pop(name, None)
        else:
            names[folder][name] = inode


def _apply(content: bytearray, events: Iterable[Event]) -> None:
    for event in events:
        end = event.offset + len(event.data)
        if event.kind == "T":
            del content[event.offset :]
        if len(content) < end:
            content.extend(bytes(end - len(content)))
        content[event.offset : end] = event.data


def _survivors(
    pending: list[tuple[Entry, ...]], pattern: str, draw: Random
) -> list[tuple[Entry, ...]]:
    if pattern in {"none", "all"}:
        return pending if pattern == "all" else []
    if pattern == "prefix" or draw.random() < 0.5:
        return pending[: draw.randint(0, len(pending))]
    return [entries for entries in pending if draw.random() < 0.5]


def _kept(events: list[Event], pattern: str, draw: Random) -> list[Event]:
    """Return what of a file's uncertain writes has reached the disk."""
    if pattern in {"none", "all"}:
        return events if pattern == "all" else []
    if pattern == "ops":
        return [event for event in events if draw.random() < 0.5]
    if pattern == "sector":
        return [part for event in events for part in _sectors(event) if draw.random() < 0.5]
    kept = events[: draw.randint(0, len(events))]
    if len(kept) < len(events) and events[len(kept)].kind == "W":
        torn = events[len(kept)]
        length = draw.randint(0, len(torn.data)) // _SECTOR * _SECTOR
        kept.append(torn._replace(data=torn.data[:length]))
    return kept


def _sectors(event: Event) -> list[Event]:
    parts: list[Event] = []
    start, end = event.offset, event.offset + len(event.data)
    while start < end:
        stop = min(end, (start // _SECTOR + 1) * _SECTOR)
        data = event.data[start - event.offset : stop - event.offset]
        parts.append(event._replace(offset=start, data=data))
        start = stop
    return parts or [event]
