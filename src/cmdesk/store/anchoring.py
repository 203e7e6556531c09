"""Note where the audit trail stands, in the vault's header and on this computer."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from cmdesk.errors import Damaged
from cmdesk.store import device
from cmdesk.store import keys as keyring
from cmdesk.store.anchor import EVERY_SAVES, EVERY_SECONDS
from cmdesk.store.audit import Head
from cmdesk.store.header import Anchor
from cmdesk.store.keys import Keys
from cmdesk.store.sealing import derive, zero

_SEAL: Final = 32  # bytes
_NOT_NOTED: Final = (
    "This computer could not note the last use of the vault; older records may not be noticed."
)


def device_key(keys: Keys) -> bytearray:
    """Return the key that seals what a computer remembers of the vault. The caller zeroes it."""
    return derive(keys.vmk, b"cmdesk/device-anchor/1")


class Remembering:
    """Counts what was written since the last anchor, and writes the next one."""

    def __init__(self, folder: Path, keys: Keys, now: datetime) -> None:
        self._folder, self._keys = folder, keys
        self._saves = keys.header.anchor.saves if keys.header.anchor else 0
        self._since, self._at = 0, now

    def due(self, now: datetime) -> bool:
        """Count one save; True if it is the fiftieth, or ten minutes have passed.

        A clock that was set back counts as time passed.
        """
        self._since += 1
        passed = (now - self._at).total_seconds()
        return self._since >= EVERY_SAVES or not 0 <= passed < EVERY_SECONDS

    def write(self, head: Head, now: datetime, told: list[str], *, closing: bool = False) -> None:
        """Write header, then this computer's note: the note never runs ahead of the header.

        Raises OSError if the header can't be written, Damaged if the trail's end can't be read. A
        note that can't be written is told once.
        """
        saves = self._saves + self._since
        utc = now.astimezone(UTC).isoformat(timespec="seconds")
        anchor = Anchor(head.seq, _seal(head), saves, utc)
        header = replace(self._keys.header, anchor=anchor)
        if closing:
            header = replace(header, open_by=None)
        keyring.write(self._folder, self._keys, header)
        self._saves, self._since, self._at = saves, 0, now
        header = self._keys.header
        key = device_key(self._keys)
        try:
            device.remember(header.vault_id, self._folder, key, anchor, header.generation)
        except OSError:
            if _NOT_NOTED not in told:
                told.append(_NOT_NOTED)
        finally:
            zero(key)


def _seal(head: Head) -> bytes:
    try:
        seal = bytes.fromhex(head.mac) if head.seq else bytes(_SEAL)
    except ValueError:
        seal = b""
    if len(seal) != _SEAL:
        raise Damaged("The end of the audit trail is damaged.", "Run a check of the vault.")
    return seal
