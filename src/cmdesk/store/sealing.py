"""Keys derived from keys, and keys sealed by keys, in buffers that can be wiped."""

import secrets
from typing import Final

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

SIZE: Final = 32  # bytes of every key
NONCE: Final = 12


def derive(secret: bytearray, purpose: bytes) -> bytearray:
    """Return the key that `secret` gives for one purpose (HKDF, RFC 5869)."""
    key = bytearray(SIZE)
    HKDF(SHA256(), SIZE, None, purpose).derive_into(secret, key)
    return key


def seal(key: bytearray, secret: bytearray, context: bytes) -> tuple[bytes, bytes]:
    """Return nonce and sealed secret (AES-256-GCM); it opens with the same context alone."""
    nonce = secrets.token_bytes(NONCE)
    return nonce, AESGCM(key).encrypt(nonce, secret, context)


def unseal(key: bytearray, nonce: bytes, sealed: bytes, context: bytes) -> bytearray:
    """Open what `seal` sealed. Raises `cryptography`'s InvalidTag."""
    secret = bytearray(SIZE)
    AESGCM(key).decrypt_into(nonce, sealed, context, secret)
    return secret


def fresh() -> bytearray:
    return bytearray(secrets.token_bytes(SIZE))


def zero(secret: bytearray) -> None:
    secret[:] = bytes(len(secret))
