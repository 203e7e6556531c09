"""What asks for attention, gathered from the records of Maya's case."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from cmdesk.casework import agenda, clients, consents, tasks
from cmdesk.casework.clients import ClientDraft
from cmdesk.models.care import Episode
from cmdesk.models.client import Client
from cmdesk.models.entry import FollowUp
from cmdesk.models.task import Task
from cmdesk.models.update import Update, UpdateCopy, UpdatePlan
from cmdesk.rules.agenda import AgendaRow, Group
from cmdesk.rules.codes import ClientStatus
from cmdesk.store.store import Store
from tests.records import MONDAY, Change, Clock, Maya, settle


def rows(store: Store, *groups: Group, on: date | None = None) -> list[AgendaRow]:
    return [row for row in store.ask(agenda.on, on) if row.group in groups]


def test_monday(store: Store, maya: Maya) -> None:
    found = [(row.group, row.kind, row.ref, row.person) for row in store.ask(agenda.on)]
    assert found[:2] == [
        (Group.OVERDUE, "task", "t-1", None),
        (Group.TODAY, "follow_up", "e-1", "p-tess"),
    ]
    assert found[2][:2] == (Group.UPDATES_DUE, "update")
    assert found[2][3] == "p-diane"
    assert [(row.ref, row.why) for row in rows(store, Group.MOVES)] == [
        ("ep-1", "Nothing follows yet")
    ]
    assert {row.client for row in store.ask(agenda.on)} == {"c-maya"}


def test_tasks_without_a_client_and_those_waiting(store: Store, maya: Maya) -> None:
    def add(session: Session) -> None:
        common = {"text": "Letter", "state": "waiting"}
        person = {"waiting_on_id": maya.tess.person_id, "waiting_since": date(2026, 3, 6)}
        session.add(Task(client_id=maya.client, ref="t-wait", **common, **person))
        session.add(Task(ref="t-own", **common))
        session.add(Task(ref="t-dropped", text="No", due=MONDAY, state="dropped"))
        session.add(Task(ref="t-done", text="No", due=MONDAY, done_on=MONDAY))

    store.do("Add", add)
    waiting = [(row.ref, row.client, row.person, row.why) for row in rows(store, Group.WAITING)]
    assert sorted(waiting) == [
        ("t-own", None, None, "Waiting"),
        ("t-wait", "c-maya", "p-tess", "Waiting on Tess for 3 days"),
    ]
    assert not {"t-dropped", "t-done"} & {row.ref for row in store.ask(agenda.on)}


@pytest.mark.parametrize("status", ClientStatus)
def test_only_clients_worked_with_ask_for_attention(
    store: Store, maya: Maya, status: ClientStatus
) -> None:
    def change(session: Session) -> None:
        session.get_one(Client, maya.client).status = status

    store.do("Status", change)
    shown = {"active", "monitoring", "prospective"}
    assert bool(store.ask(agenda.on)) is (status.value in shown)


def test_follow_up_without_anybody_and_done(store: Store) -> None:
    maya = settle(store, lambda p: p["clients"][0]["entries"][0].update(participants=[]))
    (row,) = [row for row in rows(store, Group.TODAY) if row.kind == "follow_up"]
    assert row.person is None

    def done(session: Session) -> None:
        session.query(FollowUp).one().done_on = MONDAY

    store.do("Done", done)
    assert not [row for row in rows(store, Group.TODAY) if row.kind == "follow_up"]
    assert maya.entry


def plan(**fields: Any) -> Change:
    return lambda practice: practice["clients"][0]["update_plans"][0].update(fields)


def test_update_is_due_a_week_after_the_last(store: Store, maya: Maya, clock: Clock) -> None:
    (due,) = rows(store, Group.UPDATES_DUE)
    assert due.due == date(2026, 1, 5)  # never sent: since the engagement began

    def send(session: Session, status: str) -> None:
        update = Update(
            client_id=maya.client,
            number=1,
            period_from=MONDAY,
            period_until=MONDAY,
            status=status,
        )
        session.add(update)
        session.flush()
        session.add(UpdateCopy(update_id=update.id, person_id=maya.diane.person_id))

    store.do("Send", send, "withdrawn")
    assert rows(store, Group.UPDATES_DUE) == [due]
    store.do("Send", send, "final")
    assert rows(store, Group.UPDATES_DUE) == []
    clock.forward(days=1)
    (after,) = rows(store, Group.UPDATES_DUE)
    assert (after.due, after.why) == (date(2026, 3, 16), "Diane's update is due Monday")


def test_plan_that_rests_or_ended(store: Store, maya: Maya) -> None:
    def change(session: Session, **fields: date | None) -> None:
        row = session.query(UpdatePlan).one()
        row.paused_until, row.ended_on = fields.get("paused"), fields.get("ended")

    for fields, shown in (
        ({"paused": MONDAY}, False),
        ({"paused": date(2026, 3, 8)}, True),
        ({"ended": MONDAY}, False),
        ({"ended": date(2026, 3, 10)}, True),
    ):
        store.do("Change", change, **fields)
        assert bool(rows(store, Group.UPDATES_DUE)) is shown


def test_plan_without_a_weekday(store: Store) -> None:
    settle(store, plan(weekday=None, every="month"))
    assert rows(store, Group.UPDATES_DUE)[0].due == date(2026, 1, 5)


def test_update_without_consent_says_why(store: Store, maya: Maya) -> None:
    store.do("End", consents.end, maya.consent)
    (row,) = rows(store, Group.UPDATES_DUE)
    assert (row.kind, row.why) == ("uncovered", "Diane's consent was revoked by word March 9")


ENDS = [
    (date(2026, 5, 30), False),
    (date(2026, 5, 31), True),
    (date(2026, 6, 30), True),
    (date(2026, 7, 1), False),
]


@pytest.mark.parametrize(("on", "told"), ENDS)
def test_consent_ending_within_thirty_days(store: Store, maya: Maya, on: date, told: bool) -> None:
    found = rows(store, Group.ENDING_SOON, on=on)
    assert bool(found) is told
    if told:
        assert (found[0].kind, found[0].ref, found[0].person) == ("consent", "k-diane", "p-diane")
        assert found[0].title == "Diane's consent"


def test_consent_that_does_not_count_does_not_end(store: Store) -> None:
    settle(store, lambda p: p["clients"][0]["consents"][0].update(form_on_file=False))
    assert rows(store, Group.ENDING_SOON, on=date(2026, 6, 30)) == []


def test_move_with_a_gap(store: Store, maya: Maya) -> None:
    following = Episode(client_id=maya.client, ref="ep-2", admitted=date(2026, 3, 25))
    store.do("Add", lambda session: session.add(following))
    (row,) = rows(store, Group.MOVES)
    assert (row.ref, row.title, row.why) == ("ep-1", "Maya leaves", "4 days uncovered")


def test_leave_that_was_not_closed_still_asks(store: Store, maya: Maya) -> None:
    (row,) = rows(store, Group.MOVES, on=date(2026, 3, 21))
    assert row.why.startswith("Planned for March 20, not closed yet")


def test_empty_practice(store: Store) -> None:
    assert store.ask(agenda.on) == ()
    store.do("Add", clients.add, ClientDraft("Ana"))
    store.do("Add", tasks.add, None, "Call")
    assert store.ask(agenda.on) == ()
