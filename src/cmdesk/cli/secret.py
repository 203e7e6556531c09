"""Read a passphrase or a recovery code: from a file, or from standard input for `-`."""

import sys
from pathlib import Path

from cmdesk.errors import Problem

LARGEST = 1 << 20  # bytes; a file of passphrases is not a passphrase


def secret(place: str) -> str:
    """Return what the file holds. Only the line end at the very end is dropped."""
    if place == "-" and sys.stdin is None:
        raise Problem("Standard input is closed.", "Name a file that holds the passphrase.")
    try:
        raw = sys.stdin.buffer.read() if place == "-" else Path(place).read_bytes()
    except OSError as error:
        raise Problem(f"The file {place} can't be read.", "Check its name and place.") from error
    if len(raw) > LARGEST:
        raise Problem(f"The file {place} is too large for a passphrase.", "Check its name.")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Problem(f"The file {place} is not text in UTF-8.", "Save it as UTF-8.") from error
    return text.removesuffix("\n").removesuffix("\r")
