"""Small files in one canonical spelling (sorted keys, ASCII, hex), read as an enemy's.

The functions that read raise ValueError, KeyError or TypeError, and nothing else.
"""

import hashlib
import json
from collections.abc import Callable
from typing import Final, TypeAlias, TypeVar, cast

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | bool | None"
T = TypeVar("T")

LONGEST: Final = 65_536  # bytes of such a file
COUNT: Final = 2**62
_LONGEST_TEXT: Final = 200


def canonical(value: Json) -> bytes:
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return text.encode("ascii")


def loaded(raw: bytes) -> dict[str, Json]:
    """Read a file's bytes. Also raises RecursionError."""
    return an_object(json.loads(raw.decode("ascii"))) if len(raw) <= LONGEST else {}


def checksum(fields: dict[str, Json]) -> str:
    """Return what `sum` must be: SHA-256 over everything else. It tells damage from tampering."""
    return hashlib.sha256(canonical({k: v for k, v in fields.items() if k != "sum"})).hexdigest()


def unless_none(value: Json, read_as: Callable[[Json], T]) -> T | None:
    return None if value is None else read_as(value)


def an_object(value: object) -> dict[str, Json]:
    if not isinstance(value, dict):
        raise TypeError
    return cast("dict[str, Json]", value)


def a_text(value: Json) -> str:
    if not isinstance(value, str) or len(value) > _LONGEST_TEXT:
        raise TypeError
    return value


def a_number(value: Json, least: int, most: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise TypeError
    return value


def hex_bytes(value: Json, length: int) -> bytes:
    text = a_text(value)
    if len(text) != 2 * length:
        raise ValueError
    return bytes.fromhex(text)
