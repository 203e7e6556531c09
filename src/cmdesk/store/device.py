"""What this computer remembers of a vault: its last state, failed tries, and its newest backup.

One small file for each vault and folder, in the user's own data and not in the vault, so that a
vault put back from a copy does not bring its own memory along. Its name is a hash; it holds no
name of anything. `sum` tells damage, `mac` (a key derived from the vault's) tells tampering with
the anchor. Failed tries and the last backup are noted at the door, without any key.
"""

import hashlib
import hmac
import os
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from cmdesk import folders
from cmdesk.errors import Damaged, Problem
from cmdesk.store import header as headers
from cmdesk.store.canonical import (
    COUNT,
    LONGEST,
    Json,
    a_number,
    a_text,
    an_object,
    canonical,
    checksum,
    hex_bytes,
    loaded,
    unless_none,
)
from cmdesk.store.files import atomic_write
from cmdesk.store.files import replace as replace_file
from cmdesk.store.header import Anchor, anchor_fields, anchor_from

_FORMAT: Final = 1
_DAMAGED: Final = "This computer's note of the vault is damaged."
_TURN: Final = threading.Lock()  # a note is read, changed and written in one piece


@dataclass(frozen=True, slots=True)
class Tries:
    """Secrets that did not open the vault, since it was last unlocked here."""

    count: int
    first: datetime
    last: datetime


@dataclass(frozen=True, slots=True)
class Note:
    """What is remembered. `mac` is over everything but `failed` and `last_backup`."""

    vault_id: str
    place: str
    anchor: Anchor | None = None
    generation: int = 0
    mac: bytes | None = None
    failed: Tries | None = None
    last_backup: datetime | None = None


@dataclass(frozen=True, slots=True)
class Memory:
    """What was found of a vault at its opening."""

    note: Note | None
    damaged: bool = False
    elsewhere: bool = False
    """the vault is known here, from another folder alone"""


def path_of(vault_id: str, folder: Path) -> Path:
    return _home() / f"{_hash(vault_id)}-{_place(folder)}.json"


def recall(vault_id: str, folder: Path, key: bytearray) -> Memory:
    """Read the note without changing anything; whatever is there, the way in stays open."""
    path = path_of(vault_id, folder)
    try:
        note = _read(path)
    except (Damaged, OSError):
        return Memory(None, damaged=True)
    if note is None:
        others = _home().glob(f"{_hash(vault_id)}-*.json")
        return Memory(None, elsewhere=any(True for _ in others))
    ours = (note.vault_id, note.place) == (vault_id, _place(folder))
    blank = note.anchor is None and note.generation == 0  # tries alone, before the first use
    sealed = blank if note.mac is None else hmac.compare_digest(note.mac, _mac(note, key))
    return Memory(note) if ours and sealed else Memory(None, damaged=True)


def set_aside(vault_id: str, folder: Path) -> None:
    """Keep a damaged note under another name, as evidence, as far as this computer lets us."""
    path = path_of(vault_id, folder)
    with suppress(OSError):
        replace_file(path, path.with_suffix(".damaged"))


def remember(vault_id: str, folder: Path, key: bytearray, anchor: Anchor, generation: int) -> None:
    """Note the vault's present state. Raises OSError."""
    with _TURN:
        note = replace(_fresh(vault_id, folder), anchor=anchor, generation=generation)
        _write(replace(note, mac=_mac(note, key)), folder)


def failed(folder: Path, at: datetime) -> None:
    """Count a secret that did not open the vault; the next unlock writes it to the audit trail.

    Needs no key. What can't be noted is let go: the door must not depend on it.
    """

    def count(note: Note) -> Note:
        tries = note.failed or Tries(0, at, at)
        return replace(note, failed=Tries(min(tries.count + 1, COUNT), tries.first, at))

    _change(folder, count)


def forget_failed(folder: Path) -> None:
    """Begin counting anew, once the tries stand in the audit trail."""
    _change(folder, lambda note: replace(note, failed=None))


def note_backup(folder: Path, at: datetime) -> None:
    """Remember when the newest verified backup was made."""
    _change(folder, lambda note: replace(note, last_backup=at))


def last_backup(folder: Path) -> datetime | None:
    """Return when the newest backup was made from here; needs no key."""
    try:
        note = _read(path_of(headers.read(folder)[0].vault_id, folder))
    except (Problem, OSError):
        return None
    return note.last_backup if note else None


def parse(raw: bytes) -> Note:
    """Read a note. Raises Damaged, never anything else."""
    try:
        note = _note(loaded(raw))
        same = write_out(note) == raw
    except (ValueError, KeyError, TypeError, RecursionError, OverflowError) as error:
        raise Damaged(_DAMAGED) from error
    if not same:
        raise Damaged(_DAMAGED)
    return note


def write_out(note: Note) -> bytes:
    fields = _sealed(note)
    fields["format"] = _FORMAT
    fields["mac"] = None if note.mac is None else note.mac.hex()
    tries = note.failed
    fields["failed"] = tries and {
        "count": tries.count,
        "first": _utc(tries.first),
        "last": _utc(tries.last),
    }
    fields["last_backup"] = note.last_backup and _utc(note.last_backup)
    fields["sum"] = checksum(fields)
    return canonical(fields)


def _change(folder: Path, change: Callable[[Note], Note]) -> None:
    try:
        vault_id = headers.read(folder)[0].vault_id
        path = path_of(vault_id, folder)
        with _TURN:
            # A damaged note stays as it is: the next opening has to see and tell it.
            note = _read(path) or Note(vault_id, _place(folder))
            _write(change(note), folder)
    except (Problem, OSError):
        return


def _fresh(vault_id: str, folder: Path) -> Note:
    """Return the note as it stands, an empty one if there is none or it is of no use."""
    blank = Note(vault_id, _place(folder))
    try:
        note = _read(path_of(vault_id, folder)) or blank
    except (Damaged, OSError):
        return blank
    return note if (note.vault_id, note.place) == (vault_id, blank.place) else blank


def _read(path: Path) -> Note | None:
    try:
        with path.open("rb") as file:
            return parse(file.read(LONGEST + 1))
    except (FileNotFoundError, NotADirectoryError):
        return None


def _write(note: Note, folder: Path) -> None:
    _home().mkdir(mode=0o700, parents=True, exist_ok=True)
    atomic_write(path_of(note.vault_id, folder), write_out(note))


def _home() -> Path:
    return folders.data() / "device"


def _place(folder: Path) -> str:
    return _hash(os.path.normcase(folder.resolve()))


def _hash(text: str) -> str:
    return hashlib.sha256(os.fsencode(text)).hexdigest()[:32]


def _mac(note: Note, key: bytearray) -> bytes:
    return hmac.new(key, canonical(_sealed(note)), hashlib.sha256).digest()


def _sealed(note: Note) -> dict[str, Json]:
    return {
        "vault_id": note.vault_id,
        "place": note.place,
        "anchor": note.anchor and anchor_fields(note.anchor),
        "generation": note.generation,
    }


def _note(fields: dict[str, Json]) -> Note:
    return Note(
        vault_id=a_text(fields["vault_id"]),
        place=a_text(fields["place"]),
        anchor=unless_none(fields["anchor"], anchor_from),
        generation=a_number(fields["generation"], 0, COUNT),
        mac=unless_none(fields["mac"], lambda value: hex_bytes(value, 32)),
        failed=unless_none(fields["failed"], _tries),
        last_backup=unless_none(fields["last_backup"], _moment),
    )


def _tries(value: Json) -> Tries:
    fields = an_object(value)
    count = a_number(fields["count"], 1, COUNT)
    return Tries(count, _moment(fields["first"]), _moment(fields["last"]))


def _moment(value: Json) -> datetime:
    moment = datetime.fromisoformat(a_text(value))
    if moment.tzinfo is None:
        raise ValueError
    return moment


def _utc(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds")
