"""Tell whether records or header are older than what header and computer remember of them.

An anchor is the audit trail's head (number and seal of its newest row) as it was last noted. A
trail that ends before it, or holds another row there, is an older or another one. A trail that
goes beyond it is what a crash leaves behind, and in order.
"""

import hmac
from collections.abc import Callable
from datetime import datetime
from typing import Final

from cmdesk.errors import Damaged
from cmdesk.store.audit import Head
from cmdesk.store.device import Note
from cmdesk.store.header import Anchor, Header

EVERY_SAVES: Final = 50
EVERY_SECONDS: Final = 600
WAYS_ON: Final = (
    "Open it for reading only to look, restore the newest backup, or accept the older records."
)


class Older(Damaged):
    """The records or their header are older than the last use; they were left as they are.

    `missing` counts the entries of the activity record that are known to be gone (0 if only the
    header is older, or if the records went another way), `noted_at` is when they were last seen.
    """

    def __init__(self, message: str, missing: int, noted_at: datetime | None) -> None:
        super().__init__(message, WAYS_ON)
        self.missing, self.noted_at = missing, noted_at


def head_in(header: Header) -> Head | None:
    """Return the head of the audit trail as the header notes it."""
    noted = header.anchor
    return Head(noted.audit_seq, noted.audit_mac.hex()) if noted else None


def compare(
    head: Head, mac_at: Callable[[int], str | None], header: Header, note: Note | None
) -> Older | None:
    """Return what is older, None if nothing is. `mac_at` gives the seal of one row, by number."""
    told = [(anchor, " on this computer") for anchor in (note and note.anchor,) if anchor]
    told += [(anchor, " noted in its header") for anchor in (header.anchor,) if anchor]
    told.sort(key=lambda pair: -pair[0].audit_seq)
    header_older = note is not None and header.generation < note.generation
    for anchor, where in told:
        if not _holds(anchor, mac_at):
            message = _records(anchor, head, where)
            message += " The header is an older one, too." if header_older else ""
            missing = max(anchor.audit_seq - head.seq, 0)
            return Older(message, missing, _moment(anchor))
    if header_older and note is not None:
        return Older(
            f"The vault's header is older than the last use on this computer{_when(note.anchor)}: "
            "a passphrase or recovery code that was replaced may open it again.",
            0,
            _moment(note.anchor),
        )
    return None


def _holds(anchor: Anchor, mac_at: Callable[[int], str | None]) -> bool:
    if anchor.audit_seq == 0:
        return True
    return hmac.compare_digest((mac_at(anchor.audit_seq) or "").encode(), _hex(anchor))


def _hex(anchor: Anchor) -> bytes:
    return anchor.audit_mac.hex().encode()


def _records(anchor: Anchor, head: Head, where: str) -> str:
    missing = anchor.audit_seq - head.seq
    if missing > 0:
        entries = "1 entry" if missing == 1 else f"{missing:,} entries"
        are = "is" if missing == 1 else "are"
        return (
            f"These records are older than the last use{where}: {entries} of the activity record "
            f"{are} missing{_when(anchor)}."
        )
    return (
        f"These records do not go on from the last use{where}: entry {anchor.audit_seq:,} of the "
        f"activity record is another one{_when(anchor)}."
    )


def _when(anchor: Anchor | None) -> str:
    at = _moment(anchor)
    return f" (last used {at.astimezone():%Y-%m-%d %H:%M})" if at else ""


def _moment(anchor: Anchor | None) -> datetime | None:
    try:
        at = datetime.fromisoformat(anchor.utc) if anchor else None
    except ValueError:
        return None
    return at if at is not None and at.tzinfo is not None else None
