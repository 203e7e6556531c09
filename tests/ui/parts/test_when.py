"""Moments and places as people say them."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from cmdesk.ui.parts import places, when
from cmdesk.words import Words

NOW = datetime(2026, 3, 9, 9, 41).astimezone()
WORDS = Words()


def at(month: int, day: int, hour: int, minute: int = 0, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute).astimezone()


@pytest.mark.parametrize(
    ("moment", "said", "listed"),
    [
        (at(3, 8, 23, 40), "Last night at 11:40 PM", "Last night, 11:40 PM"),
        (at(3, 9, 1), "Last night at 1:00 AM", "Last night, 1:00 AM"),
        (at(3, 8, 9, 12), "Yesterday at 9:12 AM", "Yesterday, 9:12 AM"),
        (at(3, 9, 9), "Today at 9:00 AM", "Today, 9:00 AM"),
        (at(3, 7, 23, 40), "Saturday at 11:40 PM", "Sat, Mar 7, 11:40 PM"),
        (at(3, 1, 9, 12), "March 1 at 9:12 AM", "Sun, Mar 1, 9:12 AM"),
        (at(9, 3, 9, 12, 2025), "September 3, 2025 at 9:12 AM", "Sep 3, 2025, 9:12 AM"),
    ],
)
def test_moments(moment: datetime, said: str, listed: str) -> None:
    assert when.moment_said(WORDS, moment, NOW) == said
    assert when.moment_listed(WORDS, moment, NOW) == listed


def test_never_zero_days_ago() -> None:
    assert [when.ago(WORDS, NOW - timedelta(days=n), NOW) for n in (0, 1, 8)] == [
        "today",
        "yesterday",
        "8 days ago",
    ]


def test_inside_a_sentence_only_the_near_ones_are_small() -> None:
    assert when.in_sentence("Last night at 11:40 PM") == "last night at 11:40 PM"
    assert when.in_sentence("Saturday at 11:40 PM") == "Saturday at 11:40 PM"


def test_sizes() -> None:
    sizes = [when.size_said(WORDS, size) for size in (0, 90_400, 48_200_000, 2_340_000_000)]
    assert sizes == ["1 kB", "90 kB", "48.2 MB", "2.3 GB"]


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/media/nora/Travel drive/cmdesk-backups", "Travel drive, folder cmdesk-backups"),
        ("/run/media/nora/Safe", "Safe"),
        ("/Volumes/Office safe/copies", "Office safe, folder copies"),
        ("/home/nora/OneDrive/copies", "OneDrive, folder copies"),
        ("/home/nora/copies", "This laptop, folder copies"),
        ("/home/nora/Practice.cmdesk/backups", "This laptop, beside your records"),
    ],
)
def test_places(path: str, said: str) -> None:
    assert places.place_said(WORDS, Path(path)) == said


def test_one_disk_is_told_from_none(tmp_path: Path) -> None:
    assert places.same_disk(tmp_path, tmp_path)
    assert not places.same_disk(tmp_path, tmp_path / "gone")
