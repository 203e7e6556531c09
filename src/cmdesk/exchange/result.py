"""What an import did, row by row in numbers, and which rows it left out and why."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Skipped:
    """A row that was left out. `line` is its line in the file, where the format has lines."""

    line: int | None
    why: str


@dataclass(frozen=True)
class Result:
    """`kind` is what the file turned out to be: practice, vcard, providers-csv, people-csv."""

    kind: str
    added: int
    updated: int
    unchanged: int
    skipped: tuple[Skipped, ...]
