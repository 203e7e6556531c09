"""Remove backups that are no longer needed, by the rules of `rules.backup_keeping`."""

from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection

from cmdesk.rules import backup_keeping as rules
from cmdesk.rules.backup_keeping import Keeping, Kept, Thinning
from cmdesk.store.backup_files import listed
from cmdesk.store.migrate import BACKUPS
from cmdesk.store.store import Store


def clock_moved(store: Store, place: Path) -> bool:
    """Whether the clock jumped since the newest backup known here; ask before making another."""
    vault_id = store.keys.header.vault_id
    known = [*listed(place, vault_id), *listed(store.folder / BACKUPS, vault_id)]
    newest = max((one.at for one in known if one.ours), default=None)
    return rules.clock_moved(store.clock(), newest, store.examine(_last_act))


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


def _last_act(connection: Connection, _key: bytearray) -> datetime | None:
    at = connection.exec_driver_sql("SELECT at FROM audit ORDER BY seq DESC LIMIT 1").scalar()
    return datetime.fromisoformat(str(at)) if at else None
