"""Measure work beside its floor: the least the same machine could do for it, in the same minute."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import quantiles
from time import thread_time
from typing import Any

from sqlalchemy import Engine, event

from cmdesk.store.engine import Raw

Statement = tuple[str, tuple[Any, ...]]
MILLISECONDS = 1000
WARM_UP = 5  # rounds that don't count


@dataclass(frozen=True)
class Figure:
    """What is promised of one piece of work, and what was found. Times in milliseconds, p95."""

    name: str
    found: float
    floor: float | None
    allowed: float
    unit: str = "ms"

    @property
    def line(self) -> str:
        ratio = (
            f"{self.found / self.floor:6.2f} x floor {self.floor:7.2f}" if self.floor else " " * 22
        )
        kept = "kept" if self.found <= self.allowed else "MISSED"
        return (
            f"{self.name:<44}{self.found:9.2f} {self.unit}  {ratio}  <= {self.allowed:7.2f} {kept}"
        )


FIGURES: list[Figure] = []


def p95(seconds: Sequence[float]) -> float:
    return quantiles(seconds, n=20, method="inclusive")[-1]


def noted(benchmark: Any, figure: Figure) -> Figure:
    """Keep a figure for the table at the end, and beside the plugin's own."""
    FIGURES.append(figure)
    benchmark.extra_info["p95"] = round(figure.found, 2)
    if figure.floor:
        benchmark.extra_info["floor"] = round(figure.floor, 2)
        benchmark.extra_info["ratio"] = round(figure.found / figure.floor, 2)
    return figure


def beside(
    benchmark: Any,
    name: str,
    work: Callable[[Any], object],
    floor: Callable[[Any], object],
    arguments: Sequence[Any],
    allowed: Callable[[float], float],
    *,
    timer: Callable[[], float] = thread_time,
    warm_up: int = WARM_UP,
) -> Figure:
    """Time work and floor in turn, once for each argument. `allowed` turns the floor into a goal.

    Unless told otherwise both are counted in processor time, which leaves out what else this
    machine is doing; the plugin's own table has the time on the clock.
    """
    waiting, floors, times = list(reversed(arguments)), list[float](), list[float]()
    for argument in arguments[:warm_up]:
        floor(argument)
        work(argument)

    def next_round() -> tuple[tuple[Any], dict[str, Any]]:
        argument = waiting.pop()
        begun = timer()
        floor(argument)
        floors.append(timer() - begun)
        return (argument,), {}

    def timed(argument: Any) -> None:
        begun = timer()
        work(argument)
        times.append(timer() - begun)

    benchmark.pedantic(timed, setup=next_round, rounds=len(arguments))
    found, least = p95(times) * MILLISECONDS, p95(floors) * MILLISECONDS
    return noted(benchmark, Figure(name, found, least, allowed(least)))


def overheard(engine: Engine, work: Callable[[], object]) -> list[Statement]:
    """Run work once and return the statements it asked on this thread; others read meanwhile."""
    heard: list[Statement] = []
    here = threading.get_ident()

    def listen(_connection: object, _cursor: object, sql: str, values: Any, *_more: object) -> None:
        if threading.get_ident() == here and not sql.startswith("BEGIN"):
            heard.append((sql, tuple(values)))

    event.listen(engine, "before_cursor_execute", listen)
    try:
        work()
    finally:
        event.remove(engine, "before_cursor_execute", listen)
    return heard


def ask(raw: Raw, statements: Sequence[Statement]) -> None:
    """Ask the same in one transaction, as a session does."""
    raw.execute("BEGIN")
    for sql, values in statements:
        raw.execute(sql, values).fetchall()
    raw.execute("COMMIT")
