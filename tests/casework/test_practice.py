"""The practice sets the letterhead and the day it is."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy.orm import Session

from cmdesk.casework import agenda, practice
from cmdesk.casework import clock as casework_clock
from cmdesk.casework.practice import PracticeDraft
from cmdesk.errors import Problem
from cmdesk.models.practice import Practice, Practitioner
from cmdesk.rules.letter import Paper
from cmdesk.store.store import Store
from tests.records import Clock, Maya

WHITLOCK = PracticeDraft(
    name="Whitlock Care Coordination",
    practitioner="Nora Whitlock",
    credentials="LCSW, CASAC",
    phone="+1 718 555 0142",
    email="nora@whitlock.example",
    address="214 Court Street, Brooklyn, NY 11201",
    time_zone="America/New_York",
)


def test_empty_vault_has_an_empty_practice(store: Store) -> None:
    assert store.ask(practice.draft) == PracticeDraft()
    assert str(store.ask(casework_clock.zone)) == "UTC"


def test_kept_and_read_again(store: Store) -> None:
    typed = replace(WHITLOCK, name=" Whitlock Care Coordination ", paper=Paper.A4)
    ends = date(2026, 3, 31)
    store.do("Save", practice.save, replace(typed, licence_expires_on=ends))
    assert store.ask(practice.draft) == replace(WHITLOCK, paper=Paper.A4, licence_expires_on=ends)
    (row,) = [each for each in store.ask(agenda.on, ends) if each.kind == "licence"]
    assert row.due == ends


def test_there_is_one_practice(store: Store, maya: Maya) -> None:
    assert store.ask(practice.draft) == WHITLOCK
    store.do("Save", practice.save, replace(WHITLOCK, name="Another"))

    def count(session: Session) -> tuple[int, int]:
        return session.query(Practice).count(), session.query(Practitioner).count()

    assert store.ask(count) == (1, 1)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"name": " "}, "needs a name"),
        ({"time_zone": "Mars/Olympus"}, "no such time zone"),
        ({"time_zone": "../etc"}, "no such time zone"),
        ({"time_zone": ""}, "no such time zone"),
    ],
)
def test_refused(store: Store, changes: dict[str, str], said: str) -> None:
    with pytest.raises(Problem, match=said):
        store.do("Save", practice.save, replace(WHITLOCK, **changes))


def test_the_day_is_that_of_the_practice(store: Store, maya: Maya, clock: Clock) -> None:
    clock.now = datetime(2026, 3, 10, 3, 59, tzinfo=UTC)  # a minute to midnight in New York
    assert store.ask(casework_clock.today) == date(2026, 3, 9)
    clock.forward(minutes=1)
    assert store.ask(casework_clock.today) == date(2026, 3, 10)


@pytest.mark.parametrize("zone", ["Mars/Olympus", "/etc/passwd", ""])
def test_zone_that_is_not_known_here_counts_as_utc(store: Store, maya: Maya, zone: str) -> None:
    """Zones can vanish with the system's own data; the records still open."""

    def spoil(session: Session) -> None:
        session.query(Practice).one().time_zone = zone

    store.do("Spoil", spoil)
    assert str(store.ask(casework_clock.zone)) == "UTC"
