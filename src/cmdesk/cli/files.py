"""Commands that bring files in, and write the practice out."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from cmdesk.cli import provider_files
from cmdesk.cli.opening import answer, opened, tell
from cmdesk.errors import Problem
from cmdesk.exchange import export as exporting
from cmdesk.exchange import intake, nppes
from cmdesk.exchange.choosing import Choice
from cmdesk.exchange.result import Result
from cmdesk.store import backup, room
from cmdesk.store.journal import Label
from cmdesk.store.migrate import BACKUPS
from cmdesk.store.store import Store

LARGEST = 512 * 1024 * 1024  # bytes


class _Rehearsed(Exception):
    def __init__(self, results: list[Result]) -> None:
        super().__init__()
        self.results = results


def bring_in(options: argparse.Namespace) -> None:
    """Bring files in, each in one transaction; with `--dry-run` only tell what would happen.

    Several files are rehearsed together first: a command that fails leaves the vault as it was,
    so nothing of the first may stand when the second can't be taken.
    """
    places: list[str] = options.files
    with opened(options) as store:
        room.require(store.folder, sum(map(_size, places)))
        if options.dry_run:
            results = _rehearse(store, options)
        else:
            if len(places) > 1:
                _rehearse(store, options)
            if backup.changed(store):  # what an import brought can't be taken back by undo
                backup.make(store, store.folder / BACKUPS, "before_import")
            wanted = provider_files.choice(options)
            results = [_take_in(store, place, options.kind, wanted) for place in places]
    done = list(zip(places, results, strict=True))
    for place, result in done:
        _report(place, result, dry=options.dry_run)
    if options.json:
        answer({"files": [_plain(place, result) for place, result in done]})


def _size(place: str) -> int:
    """Return bytes; what is not there is told by name when it is read."""
    try:
        size = Path(place).stat().st_size
    except OSError:
        return 0
    return min(size, LARGEST)  # of what is larger only a part is taken


def _take_in(store: Store, place: str, kind: str | None, wanted: Choice) -> Result:
    label = Label(f"Import {Path(place).name}", undoable=False)
    return store.do(label, _bring_in, place, kind, wanted, _progress())


def _rehearse(store: Store, options: argparse.Namespace) -> list[Result]:
    """Bring all files in, one upon the other, and take all of it back."""

    def work(session: Session) -> None:
        wanted, kind = provider_files.choice(options), options.kind
        raise _Rehearsed([_bring_in(session, place, kind, wanted) for place in options.files])

    try:
        store.do(Label("Import", undoable=False), work)
    except _Rehearsed as rehearsed:
        return rehearsed.results
    return []


def _bring_in(
    session: Session,
    place: str,
    kind: str | None,
    wanted: Choice,
    progress: Callable[[float], None] | None = None,
) -> Result:
    name, path = Path(place).name, Path(place)
    try:
        if kind == nppes.KIND or (kind is None and provider_files.is_streamed(path)):
            return provider_files.bring_in(session, path, wanted, progress)
        return intake.bring_in(session, _read(path), kind, name, progress, path.parent, wanted)
    except Problem as problem:
        if name not in problem.message:
            problem.message = f"{name}: {problem.message}"
        raise


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
    vault, out = Path(options.vault_folder).resolve(), Path(options.out).resolve()
    if vault in (out, *out.parents):
        raise Problem("An export can't go into the vault itself.", "Choose a folder beside it.")
    with opened(options) as store:
        files = store.ask(exporting.export, Path(options.out))
        store.note("Exported the whole practice", "export")
    if options.json:
        answer({"files": [str(file) for file in files]})
    tell(f"{len(files)} files in {options.out}. They are not encrypted: keep them safe.")
