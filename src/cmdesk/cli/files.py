"""Commands that bring files in, and write the practice out."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from cmdesk.cli.opening import answer, opened, tell
from cmdesk.errors import Problem
from cmdesk.exchange import export as exporting
from cmdesk.exchange import intake
from cmdesk.exchange.result import Result
from cmdesk.store.journal import Label
from cmdesk.store.store import Store

LARGEST = 512 * 1024 * 1024  # bytes


class _DryRun(Exception):
    def __init__(self, result: Result) -> None:
        super().__init__()
        self.result = result


def bring_in(options: argparse.Namespace) -> None:
    """Bring files in, each in one transaction; with `--dry-run` only tell what would happen."""
    done: list[tuple[str, Result]] = []
    with opened(options) as store:
        for place in options.files:
            data = _read(Path(place))
            try:
                result = _take_in(store, data, options, Path(place).name)
            except Problem as problem:
                problem.message = f"{Path(place).name}: {problem.message}"
                raise
            done.append((place, result))
            _report(place, result, dry=options.dry_run)
    if options.json:
        answer({"files": [_plain(place, result) for place, result in done]})


def _take_in(store: Store, data: bytes, options: argparse.Namespace, name: str) -> Result:
    def work(session: Session) -> Result:
        result = intake.bring_in(session, data, options.kind, name, progress=_progress())
        if options.dry_run:
            raise _DryRun(result)
        return result

    try:
        return store.do(Label(f"Import {name}", undoable=False), work)
    except _DryRun as dry:
        return dry.result


def _progress() -> Callable[[float], None] | None:
    """Write a line that grows, where somebody is looking."""
    if not sys.stderr.isatty():
        return None

    def show(done: float) -> None:
        end = "\n" if done >= 1 else ""
        print(f"\rBringing in … {done:4.0%}", end=end, file=sys.stderr, flush=True)

    return show


def _read(place: Path) -> bytes:
    try:
        if place.stat().st_size > LARGEST:
            raise Problem(f"{place.name} is larger than 512 MB.", "Split it into parts.")
        return place.read_bytes()
    except OSError as error:
        raise Problem(f"The file {place} can't be read.", "Check its name and place.") from error


def _report(place: str, result: Result, *, dry: bool) -> None:
    would = "would be " if dry else ""
    tell(
        f"{place}: {result.added} {would}added, {result.updated} {would}updated, "
        f"{result.unchanged} unchanged, {len(result.skipped)} skipped."
    )
    for skipped in result.skipped:
        where = f"  line {skipped.line}: " if skipped.line else "  "
        tell(where + skipped.why)


def _plain(place: str, result: Result) -> dict[str, Any]:
    return {
        "file": place,
        "kind": result.kind,
        "added": result.added,
        "updated": result.updated,
        "unchanged": result.unchanged,
        "skipped": [{"line": row.line, "why": row.why} for row in result.skipped],
    }


def export(options: argparse.Namespace) -> None:
    """Write the whole practice in open formats, and record that it was written."""
    with opened(options) as store:
        files = store.ask(exporting.export, Path(options.out))
        store.note("Exported the whole practice", "export")
    if options.json:
        answer({"files": [str(file) for file in files]})
    tell(f"{len(files)} files in {options.out}. They are not encrypted: keep them safe.")
