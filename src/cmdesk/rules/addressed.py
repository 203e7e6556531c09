"""Whether a line speaks to somebody: "You told me" is said to one who was there, not to any."""

import re
from typing import Final

# Spanish alone where nobody else can be meant: "su" and "le" may be of the client.
_TO_SOMEBODY: Final = re.compile(
    r"\b(?<!thank )(?:you|your|yours|yourself|yourselves|usted|ustedes)\b"
    r"|\b(?:le|les) (?:cont[eé]|dije|expliqu[eé]|ped[ií]|llam[eé])\b",
    re.IGNORECASE,
)


def speaks_to_somebody(line: str) -> bool:
    """Tell whether a line says "you" in English or, beyond doubt, in Spanish."""
    return _TO_SOMEBODY.search(line) is not None


__all__ = ["speaks_to_somebody"]
