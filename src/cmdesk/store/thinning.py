"""Remove backups that are no longer needed, by the rules of `rules.backup_keeping`."""

from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection

from cmdesk.rules import backup_keeping as rules
from cmdesk.rules.backup_keeping import Keeping, Kept, Thinning
from cmdesk.store.backup_files import listed
from cmdesk.store.store import Store


def clock_moved(store: Store) -> bool:
    """Whether the clock jumped since the last backup; ask before making another.

    The trail knows which was the last: a backup of a clock that was years ahead would be the newest
    by its name until then, and nothing would be thinned any more.
    """
    last_backup, last_act = store.examine(_last)
    return rules.clock_moved(store.clock(), last_backup, last_act)


def thin(store: Store, place: Path, keeping: Keeping, *, moved: bool) -> Thinning:
    """Remove what may go, now that the newest is verified. What can't be removed stays.

    What somebody renamed is neither removed nor counted.
    """
    known = listed(place, store.keys.header.vault_id)
    there = {one.file.name: one for one in known if one.ours}
    kept = [Kept(name, one.at, one.occasion) for name, one in there.items()]
    chosen = rules.thin(kept, store.clock(), moved=moved, keeping=keeping)
    gone = tuple(one for one in chosen.remove if _removed(there[one.name].file))
    return Thinning(gone, chosen.held)


def _removed(file: Path) -> bool:
    try:
        file.unlink()
    except OSError:
        return False
    return True


def _last(connection: Connection, _key: bytearray) -> tuple[datetime | None, datetime | None]:
    """Return when the last backup and the last act of any kind were written down."""
    act = "SELECT at FROM audit ORDER BY seq DESC LIMIT 1"
    backup = "SELECT at FROM audit WHERE kind = 'backup' ORDER BY seq DESC LIMIT 1"
    return _moment(connection, backup), _moment(connection, act)


def _moment(connection: Connection, query: str) -> datetime | None:
    at = connection.exec_driver_sql(query).scalar()
    return datetime.fromisoformat(str(at)) if at else None
