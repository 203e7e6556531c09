"""The appointments last read: of one day, kept while the file can't be read, gone with the file."""

from datetime import UTC, date, datetime, timedelta

from cmdesk.casework import calendar
from cmdesk.casework.calendar import Appointment, Source
from cmdesk.store.store import Store
from tests.records import MONDAY, MONDAY_NOON, Clock, Maya

MORNING = Appointment(MONDAY_NOON - timedelta(hours=3), MONDAY_NOON - timedelta(hours=2), title="A")
LATE = Appointment(datetime(2026, 3, 10, 3, 59, tzinfo=UTC), title="Still Monday in New York")
WHOLE = Appointment(datetime(2026, 3, 9, 4, tzinfo=UTC), all_day=True, title="Spring break")


def of_day(store: Store, day: date) -> list[str]:
    return [each.title for each in store.ask(calendar.of_day, day)]


def test_a_day_is_that_of_the_practice(store: Store, maya: Maya) -> None:
    assert maya.client  # with the practice comes its zone
    store.do("Choose", calendar.choose, "my.ics")
    store.do("Keep", calendar.keep, "my.ics", [LATE, MORNING, WHOLE])
    assert of_day(store, MONDAY) == ["Spring break", "A", LATE.title]
    assert of_day(store, date(2026, 3, 10)) == []
    first = store.ask(calendar.of_day, MONDAY)[1]
    assert (first.minutes, first.starts_at.hour) == (60, 9)
    assert [each.minutes for each in (LATE, WHOLE)] == [None, None]
    assert store.ask(calendar.source) == Source("my.ics", MONDAY)


def test_a_file_no_longer_chosen_changes_nothing(store: Store, clock: Clock) -> None:
    store.do("Choose", calendar.choose, "my.ics")
    store.do("Keep", calendar.keep, "my.ics", [MORNING])
    store.do("Keep", calendar.keep, "my.ics", [MORNING])
    store.do("Keep", calendar.keep, "other.ics", [])
    assert of_day(store, MONDAY) == ["A"]
    clock.forward(days=1)
    store.do("Keep", calendar.keep, "my.ics", [])
    assert of_day(store, MONDAY) == []
    assert store.ask(calendar.source).read_on == date(2026, 3, 10)
    store.do("Choose", calendar.choose, "")
    assert store.ask(calendar.source) == Source()
