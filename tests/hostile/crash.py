"""Leave a vault as a crash in the midst of a transaction leaves it."""

import json
import shutil
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.orm import Session

from cmdesk.store import engine
from cmdesk.store.header import RECORDS
from cmdesk.store.lockfile import LOCK
from tests.hostile.kept import Kept


def crash(kept: Kept, folder: Path, to: Path, rows: int = 100) -> Path:
    """Return a copy with half a transaction in the file, and the rest to roll back.

    The pages are let out early by a tiny cache; the files are copied while the transaction is open,
    which then ends as if nothing had been.
    """
    held = kept.fresh_keys()
    raw = engine.connect(folder / RECORDS, held)
    held.forget()
    for number in range(rows):
        raw.execute(
            "INSERT INTO draft (key, saved_at, body) VALUES (?, '2026-03-09 16:00:00', ?)",
            (f"whole {number}", json.dumps("x" * 900)),
        )
    raw.execute("PRAGMA cache_size = 8")
    raw.execute("PRAGMA cache_spill = 1")
    raw.execute("BEGIN IMMEDIATE")
    raw.execute("UPDATE person SET notes = 'torn', family_name = 'Torn'")
    raw.execute("UPDATE draft SET key = 'torn ' || id, body = replace(body, 'x', 'y')")
    left = Path(shutil.copytree(folder, to))
    mark_as_left(left)
    raw.execute("ROLLBACK")
    raw.close()
    return left


def mark_as_left(folder: Path) -> None:
    """Leave the lock's text behind, as a process does that is killed."""
    (folder / LOCK).write_text("4194303 2026-03-09T16:00:00+00:00 desk")


def torn_rows(session: Session) -> int:
    """Count what stands there of the transaction that never ended."""
    drafts = session.scalar(text("SELECT count(*) FROM draft WHERE key LIKE 'torn %'"))
    people = session.scalar(text("SELECT count(*) FROM person WHERE family_name = 'Torn'"))
    return (drafts or 0) + (people or 0)
