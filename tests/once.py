"""What comes out the same each time is worked out once: stretched keys, compiled statements.

For tests that are of neither; the first of each is real.
"""

from typing import Final

import pytest

from cmdesk.store import slots, statements
from cmdesk.store.header import Kdf
from tests.copies import COMPILED

_stretch = slots._stretched
_KEYS: Final[dict[tuple[str, Kdf], bytes]] = {}


def work_out_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep, from here to the end of a test, what earlier tests have worked out."""
    monkeypatch.setattr(slots, "_stretched", _stretched)
    monkeypatch.setattr(statements, "fresh", lambda: COMPILED)


def _stretched(passphrase: str, kdf: Kdf) -> bytearray:
    """Return the key Argon2id made of these: of the same secret, salt and cost the same key."""
    asked = passphrase, kdf
    if asked not in _KEYS:
        _KEYS[asked] = bytes(_stretch(passphrase, kdf))
    return bytearray(_KEYS[asked])
