"""Open a vault for one command, and say things on the right stream."""

import json
import sys
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from cmdesk import clock
from cmdesk.errors import Problem
from cmdesk.models import complete
from cmdesk.store import vault
from cmdesk.store.store import Store

METADATA = complete()
LARGEST_SECRET = 1 << 20  # bytes; a file of passphrases is not a passphrase


@contextmanager
def opened(folder: str, passphrase_file: str) -> Generator[Store]:
    store = vault.unlock_and_open(
        Path(folder), METADATA, clock.system, passphrase=secret(passphrase_file)
    )
    try:
        yield store
    finally:
        store.close()


def secret(place: str) -> str:
    """Read a passphrase or code from a file, or from standard input for `-`.

    Only the line end at the very end is dropped: blanks may belong to it.
    """
    try:
        raw = sys.stdin.buffer.read() if place == "-" else Path(place).read_bytes()
    except OSError as error:
        raise Problem(f"The file {place} can't be read.", "Check its name and place.") from error
    if len(raw) > LARGEST_SECRET:
        raise Problem(f"The file {place} is too large for a passphrase.", "Check its name.")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Problem(f"The file {place} is not text in UTF-8.", "Save it as UTF-8.") from error
    return text.removesuffix("\n").removesuffix("\r")


def answer(document: Mapping[str, Any]) -> None:
    """Write one JSON document to standard output."""
    sys.stdout.write(json.dumps(document, ensure_ascii=False, indent=1) + "\n")


def tell(words: str) -> None:
    """Say something to the person at the keyboard."""
    print(words, file=sys.stderr)
