"""How much is tried, what is counted, and the table at the end."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from tests.faults.judging import Bad, Verdict
from tests.faults.scenes import Told

_SHOWN = 5


@dataclass(frozen=True)
class Sizes:
    """How often each fault is put in; per operation where there are ten."""

    kills: int = 2  # before, after or within a call
    timed_kills: int = 1
    states: int = 6  # of a power cut
    header_states: int = 60
    full: int = 2  # points at which the disk is full
    calls: int = 50  # the N-th call that fails, N = 1 to this,
    step: int = 25  # every twenty-fifth of them
    reads: int = 2
    reads_of_save: int = 6  # one after the other, all over them
    drafts: int = 2  # kills of an editor
    drills: int = 2
    saves: int = 12
    locks: int = 3
    clients: int = 100
    soak_kills: int = 1

    @staticmethod
    def of(*, torture: bool) -> "Sizes":
        if not torture:
            return Sizes()
        return Sizes(
            kills=70,
            timed_kills=30,
            states=1112,
            header_states=2000,
            full=64,
            calls=10_000,
            step=4,
            reads=50,
            reads_of_save=20,
            drafts=5,
            drills=20,
            saves=2000,
            locks=200,
            clients=5000,
            soak_kills=20,
        )


@dataclass
class Tally:
    """What one test counted, and what must not have been."""

    seed: str
    counts: Counter[str] = field(default_factory=Counter[str])
    seconds: list[float] = field(default_factory=list[float])
    wrong: list[str] = field(default_factory=list[str])

    def promised(self, told: Told) -> None:
        self.counts["acknowledged"] += int(told["n"])

    def good(self, verdict: Verdict) -> None:
        self.seconds.append(verdict.seconds)
        self.counts["healed"] += verdict.healed
        self.counts["left a part behind"] += bool(verdict.strays)

    def bad(self, how: str, error: Bad) -> None:
        self.counts[error.kind] += 1
        self.wrong.append(f"{how}: {error}")

    def told(self) -> dict[str, Any]:
        return {"counts": dict(self.counts), "seconds": [round(each, 4) for each in self.seconds]}

    def __str__(self) -> str:
        """Say what went wrong, and with which seed it does so again."""
        return "\n".join([f"{len(self.wrong)} wrong, {self.seed}", *self.wrong[:_SHOWN]])


def table(properties: Iterable[dict[str, Any]]) -> list[str]:
    """Return the lines of the table over all tests."""
    counts: Counter[str] = Counter()
    seconds: list[float] = []
    for each in properties:
        told = each.get("faults")
        if told:
            counts.update(told["counts"])
            seconds += told["seconds"]
    if not counts:
        return []
    seconds.sort()
    wanted = ("kills", "power cuts", "header cuts", "full disks", "failed calls", "restores")
    never = ("lost", "unopenable", "mixed", "damaged", "bug")
    rest = sorted(set(counts) - {*wanted, *never})
    lines = ["", "faults put in, and what came of them"]
    lines += [f"  {name:<20}{counts[name]:>10,}" for name in (*wanted, *rest, *never)]
    if seconds:
        p95 = seconds[int(len(seconds) * 0.95) - 1] * 1000
        lines.append(f"  {'reopened, p95, ms':<20}{p95:>10,.0f}")
    return lines
