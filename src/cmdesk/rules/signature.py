"""The seal of a signed entry: a hash of what was signed."""

import hashlib
import json
from collections.abc import Mapping


def signature(frozen: Mapping[str, object]) -> str:
    """Return the SHA-256, in hex, of the frozen content as canonical JSON."""
    plain = json.dumps(frozen, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()
