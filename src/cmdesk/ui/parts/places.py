"""Folders as people call them: a drive by its name, not by its path."""

import os
from pathlib import Path

from cmdesk import folders
from cmdesk.store.migrate import BACKUPS
from cmdesk.words import Words

MEDIA = (("media",), ("run", "media"))
MAC_VOLUMES = "Volumes"


def drive_name(place: Path) -> str:
    """Give the name of the drive a folder is on, as far as its path tells it; else nothing."""
    parts = place.parts[1:]
    if place.drive and place.drive.upper() != "C:":
        return place.drive
    if len(parts) > 1 and parts[0] == MAC_VOLUMES:
        return parts[1]
    for home in MEDIA:
        if parts[: len(home)] == home and len(parts) > len(home) + 1:
            return parts[len(home) + 1]  # after the user's name
    return ""


def drive_or_cloud(place: Path) -> str:
    """Name the drive or the service a folder belongs to; nothing for this laptop itself."""
    return drive_name(place) or folders.synced_by(place) or ""


def place_short(words: Words, place: Path) -> str:
    """Write Travel drive, OneDrive, This laptop."""
    return drive_or_cloud(place) or words.tr("This laptop")


def place_said(words: Words, place: Path) -> str:
    """Write Travel drive, folder cmdesk-backups."""
    if place.name == BACKUPS and place.parent.suffix == ".cmdesk":
        return words.tr("This laptop, beside your records")
    drive = place_short(words, place)
    if place.name == drive:
        return drive
    return words.tr("{drive}, folder {name}").format(drive=drive, name=place.name)


def same_disk(one: Path, other: Path) -> bool:
    """Whether a lost or broken disk would take both; a synced folder has its copy elsewhere."""
    if folders.synced_by(other):
        return False
    try:
        return os.stat(one).st_dev == os.stat(other).st_dev  # noqa: PTH116 - one field of it
    except OSError:
        return False
