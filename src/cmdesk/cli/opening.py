"""Open a vault for one command, and say things on the right stream."""

import argparse
import json
import sys
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from cmdesk import clock
from cmdesk.models import complete
from cmdesk.store import vault
from cmdesk.store.anchor import Older
from cmdesk.store.opening import OpenElsewhere
from cmdesk.store.store import Store

METADATA = complete()


@contextmanager
def opened(options: argparse.Namespace) -> Generator[Store]:
    """Open the vault named, with the keys that `main` has unlocked."""
    try:
        store = vault.open_store(
            Path(options.vault_folder),
            options.keys(),
            METADATA,
            clock.system,
            read_only=getattr(options, "read_only", False),
            accept=getattr(options, "accept_older", False),
        )
    except (Older, OpenElsewhere) as problem:
        # The sentences serve the window, too, which has buttons for these ways on.
        looks = ", --read-only looks only" if hasattr(options, "read_only") else ""
        problem.hint = f"{problem.hint} (--accept-older goes on with them{looks}.)"
        raise
    try:
        yield store
    finally:
        store.close()
    for words in store.told:  # beside a problem, that alone is told
        tell(words)


def answer(document: Mapping[str, Any]) -> None:
    """Write one JSON document to standard output; in ASCII where that does not speak UTF-8."""
    plain = (getattr(sys.stdout, "encoding", None) or "utf-8").lower() not in {"utf-8", "utf8"}
    print(json.dumps(document, ensure_ascii=plain, indent=1))  # nowhere, if it was closed


def tell(words: str) -> None:
    """Say something to the person at the keyboard."""
    print(words, file=sys.stderr)
