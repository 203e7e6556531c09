"""A calendar file read for two weeks: zones, whole days, repetitions, and what is no calendar."""

from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmdesk.errors import Problem
from cmdesk.exchange import calendar_file
from cmdesk.exchange.calendar_file import MOST_BYTES, read, read_file

NEW_YORK = ZoneInfo("America/New_York")
MONDAY = date(2026, 3, 9)
TUESDAYS = "DTSTART;TZID=America/New_York:20250107T100000 RRULE:FREQ=WEEKLY"


def ics(*events: str) -> bytes:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//test//EN"]
    for number, event in enumerate(events):
        uid = [] if "UID:" in event else [f"UID:{number}"]
        lines += ["BEGIN:VEVENT", *uid, *event.split(), "END:VEVENT"]
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()


def times(*events: str) -> list[str]:
    found = read(ics(*events), NEW_YORK, MONDAY)
    return [f"{each.starts_at:%m-%d %H:%M}" for each in found]


def test_an_appointment_is_told_in_the_zone_of_the_practice() -> None:
    (found,) = read(
        ics("DTSTART:20260309T143000Z DTEND:20260309T150000Z SUMMARY:Tess LOCATION:Office"),
        NEW_YORK,
        MONDAY,
    )
    assert found.starts_at == datetime(2026, 3, 9, 10, 30, tzinfo=NEW_YORK)
    assert (found.title, found.place, found.minutes, found.all_day) == ("Tess", "Office", 30, False)


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        ("DTSTART:20260309T090000", ["03-09 09:00"]),
        ("DTSTART;TZID=Europe/Berlin:20260309T150000 DURATION:PT1H", ["03-09 10:00"]),
        ("DTSTART;VALUE=DATE:20260310", ["03-10 00:00"]),
        ("DTSTART:20260308T090000", []),
        ("DTSTART:20260322T235900", ["03-22 23:59"]),
        ("DTSTART:20260323T000000", []),
        ("DTSTART:20260309T090000 STATUS:CANCELLED", []),
        ("SUMMARY:Nothing", []),
        # Weekly since last year, over the change to summer time; one left out.
        (
            TUESDAYS,
            ["03-10 10:00", "03-17 10:00"],
        ),
        (
            f"{TUESDAYS} EXDATE;TZID=America/New_York:20260310T100000",
            ["03-17 10:00"],
        ),
        ("DTSTART;VALUE=DATE:20200312 RRULE:FREQ=YEARLY", ["03-12 00:00"]),
        (
            "DTSTART:20260302T090000Z RRULE:FREQ=DAILY;UNTIL=20260310T090000Z",
            ["03-09 05:00", "03-10 05:00"],
        ),
        ("DTSTART;VALUE=DATE:20260302 RRULE:FREQ=DAILY;UNTIL=20260309", ["03-09 00:00"]),
        ("DTSTART:20260309T090000 RRULE:FREQ=WEEKLY;COUNT=1", ["03-09 09:00"]),
        # What would take for ever is held but once.
        ("DTSTART:20260309T090000 RRULE:FREQ=SECONDLY", ["03-09 09:00"]),
        ("DTSTART:20260309T090000 RRULE:FREQ=DAILY;INTERVAL=0", ["03-09 09:00"]),
        ("DTSTART:19000101T090000 RRULE:FREQ=DAILY", []),
    ],
)
def test_when_it_is_held(event: str, expected: list[str]) -> None:
    assert times(event) == expected


def test_one_of_a_series_was_moved() -> None:
    weekly = "UID:a DTSTART:20260302T150000Z RRULE:FREQ=WEEKLY;COUNT=3"
    moved = "UID:a RECURRENCE-ID:20260309T150000Z DTSTART:20260310T160000Z"
    assert times(weekly, moved) == ["03-10 12:00", "03-16 11:00"]


def test_too_many_repetitions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calendar_file, "MOST_TIMES", 3)
    with pytest.raises(Problem, match="understood"):
        times("DTSTART:20260301T090000 RRULE:FREQ=DAILY")


def test_what_is_no_calendar(tmp_path: Path) -> None:
    for data in (b"\xff\xfe nonsense", b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n"):
        with pytest.raises(Problem, match="understood"):
            read(data, NEW_YORK, MONDAY)
    with pytest.raises(Problem, match="5 MB"):
        read(b" " * (MOST_BYTES + 1), NEW_YORK, MONDAY)
    with pytest.raises(Problem, match="read"):
        read_file(tmp_path / "gone.ics", NEW_YORK, MONDAY)
    kept = tmp_path / "kept.ics"
    kept.write_bytes(ics("DTSTART:20260309T143000Z"))
    before = kept.stat().st_mtime_ns
    assert read_file(kept, NEW_YORK, MONDAY)[0].starts_at == datetime(
        2026, 3, 9, 14, 30, tzinfo=UTC
    )
    assert kept.stat().st_mtime_ns == before


LINES = st.sampled_from(
    (
        *("DTSTART:20260309T090000Z", "DTSTART:x", "RRULE:FREQ=DAILY", "RRULE:FREQ=;COUNT=-1"),
        *("RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31", "EXDATE:1", "DURATION:-P1D", "DTEND:0"),
        *("SUMMARY:x", "BEGIN:VEVENT", "END:VEVENT", "RECURRENCE-ID:1"),
        "DTSTART;TZID=No/Where:1",
    )
)


@given(st.lists(LINES, max_size=8))
def test_any_file_is_read_or_refused_in_words(lines: list[str]) -> None:
    event = "\r\n".join(["BEGIN:VCALENDAR", "BEGIN:VEVENT", *lines, "END:VEVENT", "END:VCALENDAR"])
    refused: Problem | None = None
    try:
        read(event.encode(), NEW_YORK, MONDAY)
    except Problem as problem:
        refused = problem
    assert refused is None or refused.hint
