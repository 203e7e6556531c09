"""Prove that the records are this vault's, whole enough to open, and not older than they were."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cmdesk.errors import Damaged, Problem
from cmdesk.store import anchor, engine, lockfile, migrate
from cmdesk.store.anchor import Older
from cmdesk.store.audit import Head
from cmdesk.store.device import Note
from cmdesk.store.header import PAGE_SIZE, RECORDS, Header
from cmdesk.store.keys import Keys

RESTORE: Final = "Restore the newest backup; keep this vault as it is until that is done."
_SALT: Final = 16  # bytes at the head of the file
_SMALLEST: Final = 2 * PAGE_SIZE


@dataclass(frozen=True, slots=True)
class Proved:
    """The records' revision, and in which way they are older than the last use, if they are."""

    revision: str
    older: Older | None


class StartDamaged(Damaged):
    """The first 16 bytes of the records are damaged; the header knows what they were.

    `mending.repair_start` puts them back.
    """


def prove(folder: Path, keys: Keys, note: Note | None, *, read_only: bool = False) -> Proved:
    """Look into the records, after `prove_file`. Raises Damaged; writes nothing."""
    raw = engine.connect(folder / RECORDS, keys, read_only=read_only)
    try:
        mark = raw.execute("PRAGMA application_id").fetchone()
        has_meta = raw.execute("SELECT 1 FROM sqlite_master WHERE name = 'meta'").fetchone()
        id_ = has_meta and raw.execute("SELECT value FROM meta WHERE key = 'vault_id'").fetchone()
        if mark != (engine.APPLICATION_ID,) or id_ != (keys.header.vault_id,):
            raise Damaged("The records belong to another vault.", RESTORE)
        return Proved(migrate.current(raw), older(raw, keys.header, note))
    finally:
        raw.close()


def older(raw: engine.Raw, header: Header, note: Note | None) -> Older | None:
    """Compare with both anchors: two look-ups, however long the trail is."""

    def mac_at(seq: int) -> str | None:
        row = raw.execute("SELECT mac FROM audit WHERE seq = ?", (seq,)).fetchone()
        return str(row[0]) if row else None

    row = raw.execute("SELECT seq, mac FROM audit ORDER BY seq DESC LIMIT 1").fetchone()
    head = Head(int(row[0]), str(row[1])) if row else Head(0, "")
    return anchor.compare(head, mac_at, header, note)


def refuse_foreign_journal(folder: Path, *, crashed: bool, read_only: bool) -> None:
    """Stop before SQLite plays back a journal: one that is not of the last write ruins the records.

    Whoever has the vault open says so in `lock` and header. Where both say that it was closed
    properly, a journal can't be of its last write.
    """
    if not lockfile.has_journal(folder):
        return
    if not crashed:
        raise Damaged(
            "Beside the records lies a journal of another time: this vault was closed properly.",
            "Move records.db-journal out of the vault's folder, and run a check of the vault.",
        )
    if read_only:
        raise Problem(
            "The last save was interrupted, and only a usual opening can put that right.",
            "Open the vault in the usual way.",
        )


def prove_file(folder: Path, salt: bytes) -> None:
    """Look at the file itself, before an engine is open: afterwards that drops SQLite's locks."""
    records = folder / RECORDS
    try:
        size = records.stat().st_size
        with records.open("rb") as file:
            start = file.read(_SALT)
    except FileNotFoundError:
        raise Damaged("The vault's records are missing.", RESTORE) from None
    except PermissionError:
        raise Problem(
            "The vault's records can't be read.", "Check who may open this folder."
        ) from None
    # What was interrupted is rolled back by the open.
    if size < _SMALLEST or (size % PAGE_SIZE and not lockfile.has_journal(folder)):
        raise Damaged("The vault's records are cut short.", RESTORE)
    if start.startswith(b"SQLite format 3"):
        raise Damaged("The records are not encrypted, so they were not opened.", RESTORE)
    if start != salt:
        raise StartDamaged(
            "The start of the records is damaged.",
            "Its 16 bytes stand in the header: `cmdesk check --mend` puts them back. Else restore "
            "the newest backup.",
        )
