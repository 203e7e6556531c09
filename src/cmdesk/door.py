"""What the door does once something was typed: keys, records, and the ways round a lost one.

Everything heavy loads when it is called, off the UI thread: the unlock window is a budget.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from cmdesk import clock

if TYPE_CHECKING:
    from cmdesk.store.keys import Keys
    from cmdesk.store.store import Store


def unlock(folder: Path, passphrase: str) -> "Keys":
    from cmdesk.store import keys  # noqa: PLC0415 - cryptography loads after the window is seen

    return keys.unlock(folder, passphrase)


def unlock_with_code(folder: Path, code: str) -> "Keys":
    from cmdesk.store import keys  # noqa: PLC0415

    return keys.unlock(folder, code=code)


def set_passphrase(folder: Path, held: "Keys", new: str) -> None:
    from cmdesk.store import keys  # noqa: PLC0415

    keys.set_passphrase(folder, held, new)


def prepare() -> None:
    """Load what the pages need, on a worker thread, while the passphrase is typed."""
    from cmdesk.models import complete  # noqa: PLC0415
    from cmdesk.store import keys  # noqa: PLC0415
    from cmdesk.ui import house  # noqa: PLC0415

    complete()
    _ = keys.unlock, house.furnish


def open_store(folder: Path, held: "Keys") -> "Store":
    from cmdesk.models import complete  # noqa: PLC0415
    from cmdesk.store import vault  # noqa: PLC0415

    return vault.open_store(folder, held, complete(), clock.system)
