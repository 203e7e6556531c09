"""The recovery code: 160 random bits and 15 check bits, as 35 characters in seven groups."""

import hashlib
import secrets
from typing import Final

from cmdesk.errors import WrongSecret

_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford: no I, L, O, U
_ALIKE: Final = str.maketrans({"O": "0", "I": "1", "L": "1"})
_BYTES: Final = 20
_CHECK: Final = 3  # characters, five bits each
_LENGTH: Final = 35
_GROUP: Final = 5
_IGNORED: Final = frozenset(" -\u2013\u2014_.,\t\r\n\u00a0")


def new_code() -> str:
    """Return a fresh code such as `7K2QM-...`."""
    return _spell(secrets.token_bytes(_BYTES))


def parse_code(text: str) -> bytearray:
    """Read a code as people type it. Raises WrongSecret if a character is wrong or missing.

    Case, spaces and dashes are ignored; O reads as 0, I and L as 1. Every single wrong character
    and every swap of neighbours is noticed by the check characters.
    """
    typed = "".join(c for c in text.upper() if c not in _IGNORED).translate(_ALIKE)
    if len(typed) != _LENGTH:
        raise WrongSecret(
            f"A recovery code has {_LENGTH} letters and digits, this one has {len(typed)}.",
            "Type all seven groups from the recovery sheet.",
        )
    if any(c not in _ALPHABET for c in typed):
        raise WrongSecret(
            "This recovery code holds a character that no code has.",
            "Compare it with the recovery sheet.",
        )
    number = 0
    for c in typed:
        number = number * 32 + _ALPHABET.index(c)
    secret = (number >> 5 * _CHECK).to_bytes(_BYTES, "big")
    if number & (32**_CHECK - 1) != _check(secret):
        raise WrongSecret(
            "This recovery code has a typing mistake.", "Compare it with the recovery sheet."
        )
    return bytearray(secret)


def _spell(secret: bytes) -> str:
    number = int.from_bytes(secret, "big") << 5 * _CHECK | _check(secret)
    letters = [_ALPHABET[number >> 5 * place & 31] for place in reversed(range(_LENGTH))]
    groups = ["".join(letters[at : at + _GROUP]) for at in range(0, _LENGTH, _GROUP)]
    return "-".join(groups)


def _check(secret: bytes) -> int:
    return int.from_bytes(hashlib.sha256(secret).digest()[:2], "big") >> 1
