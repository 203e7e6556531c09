"""The keys of a vault: what one of its secrets opens, and what is derived from that.

passphrase -Argon2id-> / recovery code, keychain -HKDF-> slot key -> vault master key (VMK)
-> data key (DEK). Loaded by the unlock window, so nothing here needs more than `cryptography`.
Keys live in bytearrays that are zeroed when the vault is locked.
"""

import hashlib
import hmac
import secrets
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidTag

from cmdesk.errors import Damaged
from cmdesk.store import header as headers
from cmdesk.store import slots
from cmdesk.store.header import FLOOR, Header, Kdf, Slot
from cmdesk.store.recovery import new_code, parse_code
from cmdesk.store.sealing import NONCE, derive, fresh, seal, unseal, zero

__all__ = ["Keys", "new_code", "parse_code", "set_passphrase", "unlock"]

CHANGED: Final = ("Passphrase changed", "passphrase")
"""An act for the audit trail, and its kind"""
_HEX: Final = b"0123456789abcdef"
_DEK_CONTEXT: Final = b"cmdesk/dek/1"
_PENDING_CONTEXT: Final = b"cmdesk/dek-pending/1"


@dataclass(slots=True, repr=False)
class Keys:
    """An unlocked vault's keys and the header they came from."""

    header: Header
    vmk: bytearray
    dek: bytearray
    from_copy: bool = False
    """header.json was damaged and header.json.bak stood in for it"""
    pending: bytearray | None = None
    """the data key a rotation was changing to when it was interrupted"""
    stronger: Slot | None = None
    """the passphrase's slot at a higher cost, to be written once the vault is locked for us"""
    acts: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    """what was done before the records were open, for the audit trail: act and kind"""

    def database_key(self) -> bytearray:
        """Return SQLCipher's raw key and salt as it wants them. The caller zeroes the copy."""
        raw = derive(self.dek, b"cmdesk/db/1")
        text = bytearray(b"x'%b%b'" % (b"0" * 2 * len(raw), self.header.salt.hex().encode()))
        for place, byte in enumerate(raw):  # no text of it is made: that could not be wiped
            text[2 + 2 * place] = _HEX[byte >> 4]
            text[3 + 2 * place] = _HEX[byte & 15]
        zero(raw)
        return text

    def audit_key(self) -> bytearray:
        return derive(self.vmk, b"cmdesk/audit/1")

    def forget(self) -> None:
        """Overwrite the keys. The object is useless afterwards."""
        zero(self.vmk)
        zero(self.dek)
        if self.pending is not None:
            zero(self.pending)


def unlock(
    folder: Path,
    passphrase: str | None = None,
    code: str | None = None,
    secret: bytes | None = None,
    *,
    strengthen: bool = False,
) -> Keys:
    """Open the vault's keys with one of its secrets; a passphrase takes as long as Argon2id does.

    `secret` is what the keychain holds. With `strengthen` a passphrase sealed at a lower cost than
    this computer bears is sealed anew as `Keys.stronger`. Raises WrongSecret, Damaged (header
    unreadable or altered) or Problem (not a vault, too new, too little memory).
    """
    header, from_copy = headers.read(folder)
    slots.require_ways_in(header)
    seconds = 0.0
    if passphrase is not None:
        vmk, seconds = slots.opened_by_passphrase(header, passphrase)
    elif secret is not None:
        vmk = slots.opened_by_keychain(header, secret)
    else:
        vmk = slots.opened_by_code(header, code or "")
    held = _proved(header, vmk)
    held.from_copy = from_copy
    if strengthen and passphrase is not None:
        held.stronger = slots.stronger(header, vmk, passphrase, seconds)
    return held


def reopened(keys: Keys, header: Header) -> Keys:
    """Return new keys for another header of the same vault, as a backup has: no secret is asked.

    Raises Damaged where the vault master key does not open it.
    """
    return _proved(header, bytearray(keys.vmk))


def refresh(folder: Path, keys: Keys) -> None:
    """Read the header again, now that the vault is locked for us: another window may have written.

    Raises Damaged, and the keys are as they were.
    """
    header, from_copy = headers.read(folder)
    if header == keys.header:
        return
    found = reopened(keys, header)
    zero(found.vmk)
    keys.dek[:] = found.dek
    zero(found.dek)
    if header.slot(slots.PASSPHRASE) != keys.header.slot(slots.PASSPHRASE):
        keys.stronger = None  # of a passphrase that was replaced meanwhile
    if keys.pending is not None:
        zero(keys.pending)
    keys.header, keys.from_copy, keys.pending = header, from_copy, found.pending


def make(
    passphrase: str, *, vault_id: str, created: str, kdf: Kdf | None = None
) -> tuple[Keys, str]:
    """Make the keys of a new vault, and its recovery code. Nothing is written.

    Without `kdf` the passphrase costs what this computer bears in a second.
    """
    vmk, dek = fresh(), fresh()
    header = Header(
        vault_id=vault_id,
        created=created,
        salt=secrets.token_bytes(16),
        dek=_wrapped(vmk, dek, _DEK_CONTEXT),
        slots=(),
        app_schema="",
        recovery_owed=True,
    )
    code = new_code()
    header = header.with_slot(slots.for_code(header, vmk, code))
    header = header.with_slot(slots.for_passphrase(header, vmk, passphrase, kdf))
    return Keys(header, vmk, dek), code


def write(folder: Path, keys: Keys, header: Header) -> None:
    """Write a changed header, signed anew. It always keeps passphrase and recovery code."""
    slots.require_ways_in(header)
    header = replace(header, generation=header.generation + 1)
    header = replace(header, mac=_mac(header, keys.vmk))
    headers.write(folder, header)
    if header.slots != keys.header.slots:  # no secret that was replaced opens anything any more
        with suppress(OSError):
            (folder / headers.DAMAGED).unlink(missing_ok=True)
    keys.header, keys.from_copy = header, False


def prove(keys: Keys, passphrase: str) -> None:
    """Raise WrongSecret unless this is the vault's passphrase now."""
    vmk, _ = slots.opened_by_passphrase(keys.header, passphrase)
    zero(vmk)


def passphrase_slot(keys: Keys, new: str, kdf: Kdf | None = None) -> Slot:
    """Seal the master key for a new passphrase; nothing is written. Takes up to some seconds."""
    if kdf is not None:
        strong_enough(kdf)
    return slots.for_passphrase(keys.header, keys.vmk, new, kdf)


def set_passphrase(folder: Path, keys: Keys, new: str, kdf: Kdf | None = None) -> None:
    """Replace the passphrase; the recovery code and the records stay as they are."""
    keys.stronger = None
    write(folder, keys, keys.header.with_slot(passphrase_slot(keys, new, kdf)))
    keys.acts.append(CHANGED)


def recovery_owed(folder: Path) -> bool:
    """Whether nobody has yet confirmed holding this vault's recovery code."""
    return headers.read(folder)[0].recovery_owed


def has_keychain(folder: Path) -> bool:
    """Whether this vault may be opened by what a computer's keychain holds; needs no key."""
    return headers.read(folder)[0].slot(slots.KEYCHAIN) is not None


def confirm_recovery(folder: Path, keys: Keys) -> None:
    """Note that the user holds the recovery code."""
    write(folder, keys, replace(keys.header, recovery_owed=False))


def with_new_code(keys: Keys) -> tuple[str, Header]:
    """Return a new recovery code, and the header it is owed in; nothing is written yet."""
    code = new_code()
    header = keys.header.with_slot(slots.for_code(keys.header, keys.vmk, code))
    return code, replace(header, recovery_owed=True)


def begin_rotation(folder: Path, keys: Keys) -> Keys:
    """Note a fresh data key beside the old one; return the keys with it, the master key shared."""
    pending = fresh()
    wrapped = _wrapped(keys.vmk, pending, _PENDING_CONTEXT)
    try:
        write(folder, keys, replace(keys.header, pending=wrapped))
    except BaseException:
        zero(pending)
        raise
    keys.pending = pending
    return after_rotation(keys)


def after_rotation(keys: Keys) -> Keys:
    """Return the keys as they will be once the records have the pending data key.

    Its buffers are those of `keys`.
    """
    if keys.pending is None:
        raise ValueError("no rotation was begun")
    return Keys(keys.header, keys.vmk, keys.pending)


def end_rotation(folder: Path, keys: Keys, *, changed: bool) -> None:
    """Note which of the two data keys the records have; the other is forgotten."""
    if keys.pending is None:
        raise ValueError("no rotation was begun")
    header = replace(keys.header, pending=None)
    if changed:
        header = replace(header, dek=_wrapped(keys.vmk, keys.pending, _DEK_CONTEXT))
    write(folder, keys, header)
    if changed:
        keys.dek[:] = keys.pending
    zero(keys.pending)
    keys.pending = None


def strong_enough(kdf: Kdf) -> Kdf:
    if kdf.memory < FLOOR.memory or kdf.passes < FLOOR.passes:
        raise ValueError(f"Argon2id below the floor of {FLOOR.memory} KiB, {FLOOR.passes} passes")
    return kdf


def _proved(header: Header, vmk: bytearray) -> Keys:
    """Return the keys, once the header is proved to be as the vault's owner wrote it."""
    held = Keys(header, vmk, bytearray())
    try:
        _require_mac(header, vmk)
        held.dek = _unwrapped(vmk, header.dek, _DEK_CONTEXT)
        if header.pending is not None:
            held.pending = _unwrapped(vmk, header.pending, _PENDING_CONTEXT)
    except Damaged:
        held.forget()
        raise
    return held


def _require_mac(header: Header, vmk: bytearray) -> None:
    if not hmac.compare_digest(header.mac, _mac(header, vmk)):
        raise Damaged("The vault's header has been altered.", "Restore the newest backup.")


def _wrapped(vmk: bytearray, dek: bytearray, context: bytes) -> bytes:
    return b"".join(seal(vmk, dek, context))


def _unwrapped(vmk: bytearray, wrapped: bytes, context: bytes) -> bytearray:
    try:
        return unseal(vmk, wrapped[:NONCE], wrapped[NONCE:], context)
    except InvalidTag:
        raise Damaged("The vault's data key is damaged.", "Restore the newest backup.") from None


def _mac(header: Header, vmk: bytearray) -> bytes:
    key = derive(vmk, b"cmdesk/header-mac/1")
    mac = hmac.new(key, headers.signed_part(header), hashlib.sha256).digest()
    zero(key)
    return mac
