"""Look at what is left after a fault: does it open, is all that was promised there, is it whole?"""

from collections.abc import Generator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Final

from cmdesk.errors import Problem
from cmdesk.store import check, engine
from cmdesk.store.header import RECORDS
from cmdesk.store.store import Store
from tests.faults.operations import Mixed, Operation
from tests.faults.scenes import Scene, Told, counted

_OF_A_VAULT: Final = frozenset(
    {"header.json", "header.json.bak", "records.db", "records.db-journal", "lock", "ballast"}
)
_HALF: Final = (".part", ".tmp", ".part-journal")


class Bad(Exception):
    """What must never be: lost, unopenable, mixed or damaged."""

    def __init__(self, kind: str, why: str) -> None:
        super().__init__(f"{kind}: {why}")
        self.kind = kind


@dataclass(frozen=True)
class Reference:
    """What a run without a fault promised, step by step, and what stood in the vault before."""

    told: list[Told]
    before: dict[str, int]
    schemas: frozenset[frozenset[str]]

    def counts(self, level: int) -> dict[str, int]:
        return self.told[level].get("counts", self.before) if level < len(self.told) else {}


NOTHING: Final = Reference([], {}, frozenset())


@dataclass(frozen=True)
class Verdict:
    """How a vault came back."""

    level: int
    seconds: float  # to unlock and open
    healed: bool  # unused space was damaged and has been cleaned
    strays: tuple[str, ...]  # half-written files that the opening left


def judge(scene: Scene, operation: Operation, reference: Reference, told: Told) -> Verdict:
    """Open what is left and look at all of it. Raises Bad."""
    if operation.name.endswith("migration"):
        _one_of(schema(scene), reference)
    started = perf_counter()
    with _named("unopenable"):
        store = scene.open(keys=operation.unlock(scene, told))
    seconds = perf_counter() - started
    with closing(store):
        with _named("bug"):
            healed = _looked(store)
        with _named("unopenable"):
            level = operation.level(scene, store)
        if operation.leveled and level < told["n"]:
            raise Bad("lost", f"{told['n']} steps were promised, {level} are there")
        expected, rows = reference.counts(level), store.ask(counted)
        if operation.counted and expected != rows:
            off = {t: (rows.get(t), n) for t, n in expected.items() if rows.get(t) != n}
            raise Bad("mixed", f"at step {level} tables hold other than they should: {off}")
    return Verdict(level, seconds, healed, tuple(strays(scene.root)))


@contextmanager
def _named(kind: str) -> Generator[None]:
    try:
        yield
    except Bad:
        raise
    except Mixed as error:
        raise Bad("mixed", str(error)) from error
    except Problem as error:
        raise Bad(kind, f"{type(error).__name__}: {error}") from error
    except Exception as error:
        raise Bad("bug", f"{type(error).__name__}: {error}") from error


def _looked(store: Store) -> bool:
    """Run the whole check; return whether it cleaned space that was not in use."""
    found = check.check(store)
    if {finding.check for finding in found} - {check.UNUSED}:
        raise Bad("damaged", "; ".join(f"{finding.check}: {finding.why}" for finding in found))
    if found and check.check(store):
        raise Bad("damaged", "what was cleaned is found again")
    return bool(found)


def schema(scene: Scene) -> frozenset[str]:
    """Return every statement of the schema, as it stands in the file."""
    with _named("unopenable"):
        keys = scene.keys()
        with closing(engine.connect(scene.vault / RECORDS, keys)) as raw:
            rows = raw.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    return frozenset(str(row[0]) for row in rows)


def _one_of(found: frozenset[str], reference: Reference) -> None:
    if found not in reference.schemas:
        nearest = min(reference.schemas, key=lambda known: len(known ^ found))
        raise Bad("mixed", f"a schema of its own: {sorted(nearest ^ found)[:3]}")


def strays(root: Path) -> list[str]:
    """Return what lies about half-written. Raises Bad for what nobody knows."""
    names = [path for path in root.rglob("*") if "home" not in path.relative_to(root).parts]
    return sorted(str(path.relative_to(root)) for path in names if path.name.endswith(_HALF))


def unknown(vault: Path) -> list[str]:
    """Return the files of a vault's folder that are none of a vault's."""
    return sorted(
        path.name
        for path in vault.iterdir()
        if path.is_file() and path.name not in _OF_A_VAULT and not path.name.endswith(_HALF)
    )
