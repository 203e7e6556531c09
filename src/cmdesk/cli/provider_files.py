"""Directories too large to be read whole, from the command line: NPPES, by state and taxonomy."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Final

from sqlalchemy.orm import Session

from cmdesk.errors import Problem
from cmdesk.exchange import nppes, nppes_archive, nppes_file
from cmdesk.exchange.choosing import Choice
from cmdesk.exchange.result import Result

LOOKED_AT: Final = 65_536  # bytes of a file's beginning: the header has some 12,000

SMALL: Final = 50_000_000  # bytes of a file that was filtered before: some 30,000 rows


def choice(options: argparse.Namespace) -> Choice:
    """Return what `--state` and `--taxonomy` ask for."""
    states: list[str] = options.state or []
    kinds: list[str] = options.taxonomy or []
    return Choice(
        frozenset(state.strip().upper() for state in states),
        frozenset(code.strip().upper() for code in kinds),
    )


def is_streamed(place: Path) -> bool:
    """Say whether this is NPPES, which is read row by row from where it is."""
    try:
        with place.open("rb") as file:
            start = file.read(LOOKED_AT)
    except OSError:
        return False
    return nppes_file.is_nppes(start) or nppes_archive.is_archive(place)


def bring_in(
    session: Session, place: Path, wanted: Choice, progress: Callable[[float], None] | None
) -> Result:
    """Take in what is wanted; all states at once are too many."""
    if not wanted.states and place.stat().st_size > SMALL:
        raise Problem(
            "NPPES holds millions of providers of all states.",
            "Say which ones you work with: --state NY --state CT.",
        )
    return nppes.bring_in_file(session, place, wanted, progress)
