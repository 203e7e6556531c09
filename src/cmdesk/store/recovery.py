"""The recovery code: 160 random bits and 15 check bits, as 35 characters in seven groups."""

import secrets
from typing import Final

from cmdesk.errors import WrongSecret

_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford: no I, L, O, U
_ALIKE: Final = str.maketrans({"O": "0", "I": "1", "L": "1"})
_BYTES: Final = 20
_CHECK: Final = 3  # characters, five bits each
_PRIME: Final = 32_749
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
    """Return the remainder by the largest prime of 15 bits.

    One wrong character changes the number by d * 32^n with 0 < |d| < 32, a swap of neighbours by
    d * 31 * 32^n, one across the seam by d * 1025: the prime divides none of these, so that no
    such mistake passes, where a hash would let one in 32,768 through.
    """
    return int.from_bytes(secret, "big") % _PRIME
