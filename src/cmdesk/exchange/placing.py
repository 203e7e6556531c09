"""Put finished files into their places: whole beside it first, and by name only once that counts.

Nothing that is there is ever written over, and what fails on the way leaves no part behind.
"""

import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from cmdesk.errors import Problem


def check(places: Sequence[Path]) -> None:
    """Refuse a folder that is not there, a name that is taken, and two files of one name."""
    for place in places:
        _check_place(place)
    if len({*places, *map(_part, places)}) < 2 * len(places):
        raise Problem("Letter and e-mail draft each need a name of its own.", "Choose another.")


def _check_place(place: Path) -> None:
    if not place.parent.is_dir():
        raise Problem(f"The folder {place.parent} is not there.", "Make it, or choose another.")
    if place.exists() or place.is_symlink():
        raise Problem(f"{place.name} is already there.", "Choose another name.")


def set_beside(place: Path, data: bytes) -> None:
    """Write a file whole, for its owner alone, under the name of a part. Raises Problem."""
    part = _part(place)
    try:
        part.unlink(missing_ok=True)
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise Problem(
            f"The folder {place.parent} can't be written to.", "Choose another folder."
        ) from error


def publish(places: Iterable[Path]) -> None:
    """Give all parts their names, or none of them: where one fails, OSError is raised."""
    published: list[Path] = []
    places = list(places)
    try:
        for place in places:
            _publish(place)
            published.append(place)
    except OSError:
        clear(places)
        for place in published:
            place.unlink(missing_ok=True)
        raise


def _publish(place: Path) -> None:
    """Give the part its name; a link never takes the place of a file that came meanwhile."""
    part = _part(place)
    try:
        os.link(part, place)
    except (OSError, NotImplementedError):  # a disk without hard links
        if place.exists():
            raise
        part.rename(place)
    else:
        with suppress(OSError):  # it stands in its place: that is what counts
            part.unlink()


def clear(places: Iterable[Path]) -> None:
    """Take the parts away."""
    for place in places:
        with suppress(OSError):
            _part(place).unlink(missing_ok=True)


def _part(place: Path) -> Path:
    return place.with_name(place.name + ".part")
