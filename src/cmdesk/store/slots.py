"""The ways into a vault: its master key, sealed once for each secret that may open it."""

import secrets
import unicodedata
from dataclasses import replace
from time import perf_counter
from typing import Final, cast

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from cmdesk.errors import Damaged, Problem, WrongSecret
from cmdesk.store import calibration
from cmdesk.store.canonical import canonical
from cmdesk.store.header import Header, Kdf, Slot, kdf_fields
from cmdesk.store.recovery import parse_code
from cmdesk.store.sealing import SIZE, derive, seal, unseal, zero

PASSPHRASE: Final = "passphrase"  # noqa: S105 - the name of a slot
RECOVERY: Final = "recovery"
KEYCHAIN: Final = "keychain"
_ALTERED: Final = "The vault's header has been altered.", "Restore the newest backup."
_WRONG: Final = {
    PASSPHRASE: (
        "This passphrase does not open the vault.",
        "Try again, or use the recovery code.",
    ),
    RECOVERY: (
        "This recovery code does not open this vault.",
        "Look for a newer recovery sheet.",
    ),
    KEYCHAIN: (
        "What this computer's keychain holds does not open this vault.",
        "Type the passphrase instead.",
    ),
}


def require_ways_in(header: Header) -> None:
    """Refuse a header that lacks passphrase or recovery code, or names one way in twice.

    The keychain alone never opens a vault: it goes with the computer, the vault does not.
    """
    kinds = [slot.kind for slot in header.slots]
    stretched = {slot.kind for slot in header.slots if slot.kdf is not None}
    if len(set(kinds)) != len(kinds) or not {PASSPHRASE, RECOVERY} <= set(kinds):
        raise Damaged(*_ALTERED)
    if stretched != {PASSPHRASE}:
        raise Damaged(*_ALTERED)


def opened_by_passphrase(header: Header, passphrase: str) -> tuple[bytearray, float]:
    """Return the master key, and the seconds its derivation took."""
    slot = _of_kind(header, PASSPHRASE)
    started = perf_counter()
    key = _stretched(passphrase, cast("Kdf", slot.kdf))
    seconds = perf_counter() - started
    return _opened(header, slot, key), seconds


def opened_by_code(header: Header, code: str) -> bytearray:
    slot = _of_kind(header, RECOVERY)
    return _opened(header, slot, _from_code(code))


def opened_by_keychain(header: Header, secret: bytes) -> bytearray:
    if header.slot(KEYCHAIN) is None or len(secret) != SIZE:
        raise WrongSecret(*_WRONG[KEYCHAIN])
    return _opened(header, _of_kind(header, KEYCHAIN), _from_keychain(bytearray(secret)))


def for_passphrase(header: Header, vmk: bytearray, passphrase: str, kdf: Kdf | None) -> Slot:
    """Seal the master key for a passphrase; without `kdf` as costly as this computer bears."""
    if kdf is None:
        return _calibrated(header, vmk, passphrase)
    kdf = replace(kdf, salt=secrets.token_bytes(16))
    return _slot(header, vmk, PASSPHRASE, _stretched(passphrase, kdf), kdf)


def for_code(header: Header, vmk: bytearray, code: str) -> Slot:
    return _slot(header, vmk, RECOVERY, _from_code(code), None)


def for_keychain(header: Header, vmk: bytearray, secret: bytearray) -> Slot:
    """Seal the master key for what the keychain shall hold. The caller zeroes `secret`."""
    return _slot(header, vmk, KEYCHAIN, _from_keychain(bytearray(secret)), None)


def without_keychain(header: Header) -> Header:
    return replace(header, slots=tuple(s for s in header.slots if s.kind != KEYCHAIN))


def stronger(header: Header, vmk: bytearray, passphrase: str, seconds: float) -> Slot | None:
    """Seal the master key at a higher cost, if the old one is low and there is room for more."""
    kdf = calibration.raised(cast("Kdf", _of_kind(header, PASSPHRASE).kdf), seconds)
    if kdf is None:
        return None
    try:
        return for_passphrase(header, vmk, passphrase, kdf)
    except TooLittleMemory:  # it opened as it is, and that is enough for today
        return None


class TooLittleMemory(Problem):
    """The computer refused the memory that guessing is made costly with."""


def _of_kind(header: Header, kind: str) -> Slot:
    return next(slot for slot in header.slots if slot.kind == kind)


def _calibrated(header: Header, vmk: bytearray, passphrase: str) -> Slot:
    """Try costs on the passphrase itself, so that the trial that fits is the work done."""
    salt = secrets.token_bytes(16)
    tried: dict[Kdf, bytearray] = {}

    def trial(kdf: Kdf) -> float:
        zero(tried.pop(kdf, bytearray()))
        started = perf_counter()
        try:
            tried[kdf] = _stretched(passphrase, replace(kdf, salt=salt))
        except TooLittleMemory:
            return float("inf")
        return perf_counter() - started

    kdf = calibration.calibrated(trial)
    key = tried.pop(kdf, None)
    for other in tried.values():
        zero(other)
    kdf = replace(kdf, salt=salt)
    if key is None:
        key = _stretched(passphrase, kdf)
    return _slot(header, vmk, PASSPHRASE, key, kdf)


def _opened(header: Header, slot: Slot, key: bytearray) -> bytearray:
    try:
        return unseal(key, slot.nonce, slot.wrapped, _binding(header, slot.kind, slot.kdf))
    except InvalidTag:
        raise WrongSecret(*_WRONG[slot.kind]) from None
    finally:
        zero(key)


def _slot(header: Header, vmk: bytearray, kind: str, key: bytearray, kdf: Kdf | None) -> Slot:
    nonce, wrapped = seal(key, vmk, _binding(header, kind, kdf))
    zero(key)
    return Slot(kind, kdf, nonce, wrapped)


def _binding(header: Header, kind: str, kdf: Kdf | None) -> bytes:
    """Return what a slot is sealed with: its vault, its kind and its parameters."""
    return canonical([header.core, kind, kdf_fields(kdf)])


def _stretched(passphrase: str, kdf: Kdf) -> bytearray:
    text = bytearray(unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogatepass"))
    key = bytearray(SIZE)
    try:
        Argon2id(
            salt=kdf.salt,
            length=SIZE,
            iterations=kdf.passes,
            lanes=kdf.lanes,
            memory_cost=kdf.memory,
        ).derive_into(cast("bytes", text), key)  # any buffer will do; the stub says bytes
    except MemoryError:
        raise TooLittleMemory(
            f"Unlocking needs {kdf.memory >> 10} MB of free memory, which this computer has not "
            "got now.",
            "Close other programs, then try again.",
        ) from None
    finally:
        zero(text)
    return key


def _from_code(code: str) -> bytearray:
    secret = parse_code(code)
    key = derive(secret, b"cmdesk/recovery/1")
    zero(secret)
    return key


def _from_keychain(secret: bytearray) -> bytearray:
    key = derive(secret, b"cmdesk/keychain/1")
    zero(secret)
    return key
