"""A letter that came back stands on Today until it is settled; one not confirmed is asked about."""

from datetime import date

import pytest

from cmdesk.casework import agenda, letter_events, rhythm, today
from cmdesk.casework.today import TodayRow
from cmdesk.rules.agenda import Group
from cmdesk.store.store import Store
from tests.casework.test_disclosures import DRAFT, leave
from tests.casework.test_letter_events import newest_copy
from tests.records import MONDAY, Clock, Maya


@pytest.fixture
def letter(store: Store, maya: Maya) -> int:
    leave(store, maya, DRAFT)
    return store.ask(newest_copy)


def shown(store: Store) -> list[TodayRow]:
    return [row for row in store.ask(today.rows) if row.kind.startswith("letter_")]


def test_it_is_asked_whether_a_letter_was_sent(store: Store, clock: Clock, letter: int) -> None:
    clock.forward(days=1)
    assert shown(store) == []
    clock.forward(days=1)
    (row,) = shown(store)
    assert (row.kind, row.record, row.group) == ("letter_unsent", letter, Group.TODAY)
    assert (row.title, row.why) == ("Was Diane's letter sent?", "Handed over Mar 9")
    late, due = store.ask(agenda.urgent)
    rows = store.ask(agenda.on)
    assert late == sum(each.group == Group.OVERDUE for each in rows)
    assert due == sum(each.group == Group.TODAY for each in rows)
    store.do("Sent", letter_events.confirm_sent, letter, MONDAY)
    assert shown(store) == []
    store.undo()
    clock.forward(days=12)
    assert len(shown(store)) == 1
    clock.forward(days=1)
    assert shown(store) == []  # two weeks on nobody would know


def test_what_came_back_stands_there_until_it_is_settled(
    store: Store, clock: Clock, letter: int
) -> None:
    clock.forward(days=40)
    day = date(2026, 4, 18)
    store.do("Back", letter_events.bounced, letter, day, "The mailbox is full")
    (row,) = shown(store)
    assert (row.kind, row.group) == ("letter_back", Group.TODAY)
    assert row.title == "Diane's letter came back"
    assert row.why == "Came back Apr 18: The mailbox is full"
    store.do("Later", rhythm.snooze, row.kind, row.record, date(2026, 4, 20))
    assert shown(store) == []
    clock.forward(days=3)
    assert [each.group for each in shown(store)] == [Group.OVERDUE]
    store.do("Again", letter_events.handed_again, letter)
    assert shown(store) == []
    clock.forward(days=2)
    assert [each.why for each in shown(store)] == ["Handed over Apr 21"]
    store.do("Gone", letter_events.withdrawn, letter, day, "The address is wrong")
    assert shown(store) == []
