"""The keys of a vault: what a passphrase or recovery code opens, and what is derived from that.

passphrase -Argon2id-> / recovery code -HKDF-> slot key -> vault master key (VMK) -> data key (DEK).
Loaded by the unlock window, so nothing here needs more than `cryptography`. Keys live in
bytearrays that are zeroed when the vault is locked.
"""

import hashlib
import hmac
import secrets
import unicodedata
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, cast

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from cmdesk.errors import Damaged, WrongSecret
from cmdesk.store import header as headers
from cmdesk.store.header import FLOOR, Header, Kdf, Slot, canonical, kdf_fields
from cmdesk.store.recovery import new_code, parse_code

__all__ = ["Keys", "new_code", "parse_code", "set_passphrase", "unlock"]

_SIZE: Final = 32  # bytes of every key
_NONCE: Final = 12
_DEK_CONTEXT: Final = b"cmdesk/dek/1"
PASSPHRASE: Final = "passphrase"  # noqa: S105 - the name of a slot
RECOVERY: Final = "recovery"


@dataclass(slots=True, repr=False)
class Keys:
    """An unlocked vault's keys and the header they came from."""

    header: Header
    vmk: bytearray
    dek: bytearray
    from_copy: bool = False
    """header.json was damaged and header.json.bak stood in for it"""

    def database_key(self) -> bytearray:
        """Return SQLCipher's raw key and salt as it wants them. The caller zeroes the copy."""
        raw = _derive(self.dek, b"cmdesk/db/1")
        text = bytearray(b"x'")
        text += raw.hex().encode()
        text += self.header.salt.hex().encode()
        text += b"'"
        _zero(raw)
        return text

    def audit_key(self) -> bytearray:
        return _derive(self.vmk, b"cmdesk/audit/1")

    def forget(self) -> None:
        """Overwrite the keys. The object is useless afterwards."""
        _zero(self.vmk)
        _zero(self.dek)


def unlock(folder: Path, passphrase: str | None = None, code: str | None = None) -> Keys:
    """Open the vault's keys with one of its two secrets; takes about as long as Argon2id does.

    Raises WrongSecret, Damaged (header unreadable or altered) or Problem (not a vault, too new).
    """
    header, from_copy = headers.read(folder)
    return _proved(header, _opened(header, passphrase, code), from_copy=from_copy)


def reopened(keys: Keys, header: Header) -> Keys:
    """Return new keys for another header of the same vault, as a backup has: no secret is asked.

    Raises Damaged where the vault master key does not open it.
    """
    return _proved(header, bytearray(keys.vmk))


def make(
    passphrase: str, *, vault_id: str, created: str, kdf: Kdf | None = None
) -> tuple[Keys, str]:
    """Make the keys of a new vault, and its recovery code. Nothing is written."""
    vmk, dek = _random(), _random()
    header = Header(
        vault_id=vault_id,
        created=created,
        salt=secrets.token_bytes(16),
        dek=_wrapped(vmk, dek),
        slots=(),
        app_schema="",
        recovery_owed=True,
    )
    code = new_code()
    header = header.with_slot(_recovery_slot(header, vmk, code))
    header = header.with_slot(_passphrase_slot(header, vmk, passphrase, kdf or Kdf()))
    return Keys(header, vmk, dek), code


def write(folder: Path, keys: Keys, header: Header) -> None:
    """Write a changed header, signed anew."""
    header = replace(header, generation=header.generation + 1)
    header = replace(header, mac=_mac(header, keys.vmk))
    headers.write(folder, header)
    keys.header, keys.from_copy = header, False


def set_passphrase(folder: Path, keys: Keys, new: str, kdf: Kdf | None = None) -> None:
    """Replace the passphrase; the recovery code and the records stay as they are."""
    slot = _passphrase_slot(keys.header, keys.vmk, new, strong_enough(kdf or Kdf()))
    write(folder, keys, keys.header.with_slot(slot))


def recovery_owed(folder: Path) -> bool:
    """Whether nobody has yet confirmed holding this vault's recovery code."""
    return headers.read(folder)[0].recovery_owed


def confirm_recovery(folder: Path, keys: Keys) -> None:
    """Note that the user holds the recovery code."""
    write(folder, keys, replace(keys.header, recovery_owed=False))


def replace_recovery(folder: Path, keys: Keys) -> str:
    """Return a new recovery code, owed until confirmed; the old one opens nothing any more."""
    code = new_code()
    header = keys.header.with_slot(_recovery_slot(keys.header, keys.vmk, code))
    write(folder, keys, replace(header, recovery_owed=True))
    return code


def strong_enough(kdf: Kdf) -> Kdf:
    if kdf.memory < FLOOR.memory or kdf.passes < FLOOR.passes:
        raise ValueError(f"Argon2id below the floor of {FLOOR.memory} KiB, {FLOOR.passes} passes")
    return kdf


def _proved(header: Header, vmk: bytearray, *, from_copy: bool = False) -> Keys:
    """Return the keys, once the header is proved to be as the vault's owner wrote it."""
    if not hmac.compare_digest(header.mac, _mac(header, vmk)):
        _zero(vmk)
        raise Damaged("The vault's header has been altered.", "Restore the newest backup.")
    return Keys(header, vmk, _unwrapped(vmk, header.dek), from_copy)


def _opened(header: Header, passphrase: str | None, code: str | None) -> bytearray:
    kind = RECOVERY if passphrase is None else PASSPHRASE
    slot = header.slot(kind)
    if slot is None or (slot.kdf is None) == (kind == PASSPHRASE):
        raise Damaged("The vault's header has been altered.", "Restore the newest backup.")
    if passphrase is not None and slot.kdf is not None:
        key = _stretched(passphrase, slot.kdf)
        wrong = "This passphrase does not open the vault.", "Try again, or use the recovery code."
    else:
        key = _from_code(code or "")
        wrong = "This recovery code does not open this vault.", "Look for a newer recovery sheet."
    vmk = bytearray(_SIZE)
    try:
        AESGCM(key).decrypt_into(
            slot.nonce, slot.wrapped, _binding(header, slot.kind, slot.kdf), vmk
        )
    except InvalidTag:
        raise WrongSecret(*wrong) from None
    finally:
        _zero(key)
    return vmk


def _passphrase_slot(header: Header, vmk: bytearray, passphrase: str, kdf: Kdf) -> Slot:
    kdf = replace(kdf, salt=secrets.token_bytes(16))
    return _slot(header, vmk, PASSPHRASE, _stretched(passphrase, kdf), kdf)


def _recovery_slot(header: Header, vmk: bytearray, code: str) -> Slot:
    return _slot(header, vmk, RECOVERY, _from_code(code), None)


def _slot(header: Header, vmk: bytearray, kind: str, key: bytearray, kdf: Kdf | None) -> Slot:
    nonce = secrets.token_bytes(_NONCE)
    wrapped = AESGCM(key).encrypt(nonce, vmk, _binding(header, kind, kdf))
    _zero(key)
    return Slot(kind, kdf, nonce, wrapped)


def _binding(header: Header, kind: str, kdf: Kdf | None) -> bytes:
    """Return what a slot is sealed with: its vault, its kind and its parameters."""
    return canonical([header.core, kind, kdf_fields(kdf)])


def _stretched(passphrase: str, kdf: Kdf) -> bytearray:
    text = bytearray(unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogatepass"))
    key = bytearray(_SIZE)
    Argon2id(
        salt=kdf.salt,
        length=_SIZE,
        iterations=kdf.passes,
        lanes=kdf.lanes,
        memory_cost=kdf.memory,
    ).derive_into(cast("bytes", text), key)  # any buffer will do; the stub says bytes
    _zero(text)
    return key


def _from_code(code: str) -> bytearray:
    secret = parse_code(code)
    key = _derive(secret, b"cmdesk/recovery/1")
    _zero(secret)
    return key


def _derive(secret: bytearray, purpose: bytes) -> bytearray:
    key = bytearray(_SIZE)
    HKDF(SHA256(), _SIZE, None, purpose).derive_into(secret, key)
    return key


def _wrapped(vmk: bytearray, dek: bytearray) -> bytes:
    nonce = secrets.token_bytes(_NONCE)
    return nonce + AESGCM(vmk).encrypt(nonce, dek, _DEK_CONTEXT)


def _unwrapped(vmk: bytearray, wrapped: bytes) -> bytearray:
    dek = bytearray(_SIZE)
    try:
        AESGCM(vmk).decrypt_into(wrapped[:_NONCE], wrapped[_NONCE:], _DEK_CONTEXT, dek)
    except InvalidTag:
        _zero(vmk)
        raise Damaged("The vault's data key is damaged.", "Restore the newest backup.") from None
    return dek


def _mac(header: Header, vmk: bytearray) -> bytes:
    key = _derive(vmk, b"cmdesk/header-mac/1")
    mac = hmac.new(key, headers.signed_part(header), hashlib.sha256).digest()
    _zero(key)
    return mac


def _random() -> bytearray:
    return bytearray(secrets.token_bytes(_SIZE))


def _zero(secret: bytearray) -> None:
    secret[:] = bytes(len(secret))
