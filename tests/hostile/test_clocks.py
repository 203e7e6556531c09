"""D12: clocks that are wrong, jump or change their zone: nothing is lost, no span is negative."""

import os
import re
import shutil
import sys
import time
from collections.abc import Generator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from cmdesk.casework import agenda, clock, entries, parties, timeline, updates
from cmdesk.models.practice import Practice
from cmdesk.rules import backup_keeping
from cmdesk.rules.backup_keeping import Kept as Backup
from cmdesk.rules.contact_codes import Part2
from cmdesk.rules.log import LogDraft
from cmdesk.store import backup, check
from cmdesk.store.store import Store
from tests.hostile.conftest import Run
from tests.hostile.kept import Kept
from tests.records import MONDAY_NOON, Clock

NEGATIVE = re.compile(r"(?<![\w-])[-\u2212]\d+ (second|minute|hour|day|week|month|year)")
ODD_ZONES = (
    "America",
    "",
    "../../etc/passwd",
    "Europe/../Europe/Berlin",
    "x" * 5_000,
    "posix",
    "utc\0",
)

JUMPS = {
    "ten years back": timedelta(days=-3_652),
    "ten years on": timedelta(days=3_652),
    "an hour back": timedelta(hours=-1),
    "to a leap day": datetime(2028, 2, 29, 23, 59, 59, tzinfo=UTC) - MONDAY_NOON,
    "into the hour that is twice": datetime(2026, 11, 1, 5, 30, tzinfo=UTC) - MONDAY_NOON,
    "into the hour that is not": datetime(2026, 3, 8, 7, 30, tzinfo=UTC) - MONDAY_NOON,
    "to 1970": datetime(1970, 1, 1, tzinfo=UTC) - MONDAY_NOON,
    "to 2038": datetime(2038, 1, 19, 3, 14, 8, tzinfo=UTC) - MONDAY_NOON,
    "to 9998": datetime(9998, 12, 30, tzinfo=UTC) - MONDAY_NOON,
}


@pytest.fixture
def ticking() -> Clock:
    return Clock()


@pytest.fixture
def store(kept: Kept, folder: Path, ticking: Clock) -> Generator[Store]:
    made = kept.open(folder, ticking)
    yield made
    made.close()


def sequence(session: Session) -> list[int]:
    return [int(row[0]) for row in session.execute(text("SELECT seq FROM audit ORDER BY seq"))]


def log(store: Store, ticking: Clock, *, sign: bool = True) -> None:
    client, person = store.ask(_numbers)
    day = store.ask(clock.today)
    draft = LogDraft(
        client_id=client,
        day=day,
        at=ticking().astimezone(store.ask(clock.zone)).time(),
        minutes=20,
        participants=(person,),
        narrative="Tess called.",
        topics=("progress",),
        part2=Part2.NO,
        family_line="A good day.",
    )
    store.do("Log", entries.log, draft, sign=sign)


def _numbers(session: Session) -> tuple[int, int]:
    client = parties.client_by_name(session, "c-maya")
    return client, parties.party_by_name(session, "p-tess").person_id or 0


def told(store: Store) -> list[str]:
    """Gather every sentence with a span of time in it: agenda, timeline, letters."""
    client, _ = store.ask(_numbers)
    day = store.ask(clock.today)
    rows: list[Any] = list(store.ask(agenda.on, day))
    shown: Any = store.ask(timeline.rows, store.ask(timeline.find, client))
    return [str(row) for row in (*rows, *shown)]


@pytest.mark.parametrize("jump", JUMPS)
def test_work_goes_on(store: Store, ticking: Clock, jump: str) -> None:
    """Before, after, and back again: the chain is in the order of what was done."""
    log(store, ticking)
    for span in (JUMPS[jump], -JUMPS[jump]):
        ticking.now += span
        log(store, ticking)
        log(store, ticking, sign=False)
        assert not [words for words in told(store) if NEGATIVE.search(words)]
        store.undo()
        store.redo()
    numbers = store.ask(sequence)
    assert numbers == list(range(1, len(numbers) + 1))
    assert check.check(store) == []


@pytest.mark.parametrize("jump", JUMPS)
def test_a_letter_of_last_week(store: Store, ticking: Clock, jump: str) -> None:
    ticking.now += JUMPS[jump]
    client, _ = store.ask(_numbers)
    diane = store.ask(parties.party_by_name, "p-diane")
    case = store.ask(updates.case, client, diane, date(2026, 3, 2), date(2026, 3, 8))
    assert case is not None


@pytest.mark.parametrize("jump", JUMPS)
def test_it_opens_again(kept: Kept, folder: Path, jump: str) -> None:
    ticking = Clock()
    kept.open(folder, ticking).close()
    ticking.now += JUMPS[jump]
    store = kept.open(folder, ticking)
    log(store, ticking)
    store.close()
    ticking.now -= JUMPS[jump]
    store = kept.open(folder, ticking)
    try:
        assert check.check(store) == []
    finally:
        store.close()


def held(count: int, until: datetime, step: timedelta) -> list[Backup]:
    return [Backup(f"{number}", until - number * step, "quit") for number in range(count)]


@pytest.mark.parametrize("jump", [name for name in JUMPS if abs(JUMPS[name]) > timedelta(hours=24)])
def test_no_backup_goes_when_the_clock_has_moved(jump: str) -> None:
    there = held(60, MONDAY_NOON, timedelta(hours=7))
    thinned = thin(there, MONDAY_NOON + JUMPS[jump])
    assert thinned.remove == ()
    assert thinned.held is backup_keeping.Held.CLOCK_MOVED


def test_control_with_the_right_clock_some_go() -> None:
    assert thin(held(60, MONDAY_NOON, timedelta(hours=7)), MONDAY_NOON).remove


def thin(there: list[Backup], now: datetime) -> backup_keeping.Thinning:
    """Thin as a store does whose newest act is of Monday noon."""
    moved = backup_keeping.clock_moved(now, max(one.at for one in there), MONDAY_NOON)
    return backup_keeping.thin(there, now, moved=moved)


@pytest.mark.parametrize("jump", JUMPS)
def test_backups_of_odd_times(store: Store, ticking: Clock, tmp_path: Path, jump: str) -> None:
    place = tmp_path / "backups"
    place.mkdir()
    for span in (timedelta(), JUMPS[jump], timedelta(0)):
        ticking.now = MONDAY_NOON + span
        backup.make(store, place)
    assert len(backup.listed(place)) == 3
    assert len(list(place.iterdir())) == 3


@pytest.mark.parametrize("zone", ODD_ZONES)
def test_a_zone_that_is_none(store: Store, ticking: Clock, zone: str) -> None:
    """What a practice file brought: the days are counted in UTC then."""

    def move(session: Session) -> None:
        session.query(Practice).one().time_zone = zone

    store.do("Move", move)
    assert store.ask(clock.today) == MONDAY_NOON.date()
    log(store, ticking)
    assert told(store)


@pytest.mark.parametrize(
    "zone", ["Pacific/Kiritimati", "Pacific/Niue", "Asia/Kathmandu", "Africa/Cairo"]
)
def test_the_practice_moves(store: Store, ticking: Clock, zone: str) -> None:
    def move(session: Session) -> None:
        session.query(Practice).one().time_zone = zone

    log(store, ticking)
    store.do("Move", move)
    log(store, ticking)
    assert not [words for words in told(store) if NEGATIVE.search(words)]
    assert check.check(store) == []


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="zones of a process are set elsewhere")
@pytest.mark.parametrize(
    "zone", ["Pacific/Kiritimati", "America/St_Johns", "Nowhere/At_All", ":bad"]
)
def test_the_computer_moves(
    folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch, zone: str
) -> None:
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        for words in (
            ("agenda", "a.cmdesk", "--json"),
            ("disclosures", "a.cmdesk"),
            ("check", "a.cmdesk"),
        ):
            assert run(*words).code == 0
    finally:
        monkeypatch.undo()
        time.tzset()


def test_files_from_the_future(kept: Kept, folder: Path) -> None:
    ahead = time.time() + 400 * 86_400
    for file in folder.iterdir():
        os.utime(file, (ahead, ahead))
    kept.open(folder).close()
    assert shutil.disk_usage(folder).total
    assert sys.platform
