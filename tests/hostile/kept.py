"""A filled vault to hurt: made once, copied for each blow, opened without deriving its keys."""

import hashlib
import random
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from cmdesk.errors import Problem
from cmdesk.exchange import practice_import
from cmdesk.models.base import Base
from cmdesk.store import check, vault
from cmdesk.store.check import Finding
from cmdesk.store.header import FLOOR, RECORDS
from cmdesk.store.keys import Keys
from cmdesk.store.store import Store
from tests.records import PASSPHRASE, Clock, example

HEADERS: Final = ("header.json", "header.json.bak")
SEED: Final = 20261122


@dataclass(frozen=True)
class Kept:
    """A closed vault with Maya's case in it, its recovery code and its keys."""

    folder: Path
    code: str
    keys: Keys

    def fresh_keys(self) -> Keys:
        return replace(self.keys, vmk=bytearray(self.keys.vmk), dek=bytearray(self.keys.dek))

    def copied(self, to: Path) -> Path:
        return Path(shutil.copytree(self.folder, to))

    def open(self, folder: Path, clock: Callable[[], Any] | None = None) -> Store:
        return vault.open_store(folder, self.fresh_keys(), Base.metadata, clock or Clock())


def make(folder: Path) -> Kept:
    store, code = vault.create(folder, PASSPHRASE, Base.metadata, Clock(), kdf=FLOOR)
    kept = Kept(folder, code, store.keys)
    try:
        store.do("Import", practice_import.bring_in, practice_import.checked(example()))
        kept = Kept(folder, code, kept.fresh_keys())
    finally:
        store.close()
    return kept


@dataclass
class Tally:
    """What became of many blows. An accepted one went unnoticed; printed for the long run."""

    name: str
    tried: int = 0
    noticed: int = 0
    accepted: int = 0
    unexpected: list[str] = None  # pyright: ignore[reportAssignmentType] - set below

    def __post_init__(self) -> None:
        self.unexpected = []

    def strike(self, blow: object, look: Callable[[], object]) -> None:
        """Count whether `look` notices: by raising a Problem, or by returning something true."""
        self.tried += 1
        try:
            found = look()
        except Problem:
            self.noticed += 1
        except Exception as error:  # noqa: BLE001 - the very thing that is counted
            self.unexpected.append(f"{blow}: {type(error).__name__}: {error}"[:300])
        else:
            self.noticed += bool(found)
            self.accepted += not found

    def tell(self) -> "Tally":
        tell(
            f"{self.name}: {self.tried} tried, {self.noticed} noticed, {self.accepted} accepted, "
            f"{len(self.unexpected)} unexpected exceptions"
        )
        return self

    @property
    def all_noticed(self) -> bool:
        return self.tried > 0 and self.noticed == self.tried and not self.unexpected


def examined(kept: Kept, folder: Path) -> list[Finding]:
    """Open the vault and run the full check, as `cmdesk check` does."""
    store = kept.open(folder)
    try:
        return check.check(store)
    finally:
        store.close()


def tell(line: str) -> None:
    """Write a figure where the long run's report shows it."""
    sys.stdout.write(f"{line}\n")


def flips(size: int, count: int, *, seed: int = SEED) -> Iterator[tuple[int, int]]:
    """Give places and bits: the ends first, then by chance; the same ones each time."""
    chance = random.Random(seed)  # noqa: S311 - no secret hangs on it
    yield from ((place, 1) for place in (0, 15, 16, size - 1)[:count])
    for _ in range(count - 4):
        yield chance.randrange(size), 1 << chance.randrange(8)


def flipped(data: bytes, place: int, bit: int) -> bytes:
    changed = bytearray(data)
    changed[place] ^= bit
    return bytes(changed)


def hashes(folder: Path) -> dict[str, str]:
    """Return the hash of each file that damage could be in."""
    named = {RECORDS, f"{RECORDS}-journal", *HEADERS}
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.iterdir())
        if path.name in named
    }
