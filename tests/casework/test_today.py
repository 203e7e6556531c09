"""The day's list, with what it takes to act on every row, and the week in figures."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.casework import drafts, rhythm, tasks, today
from cmdesk.casework.today import TodayRow
from cmdesk.models.client import Client
from cmdesk.models.consent import Consent
from cmdesk.models.entry import Entry, EntryWrongChart
from cmdesk.models.task import Task
from cmdesk.models.update import Update, UpdateCopy, UpdatePlan
from cmdesk.rules.agenda import Group
from cmdesk.store.store import Store
from tests.records import MONDAY, Maya


def only(store: Store, kind: str) -> TodayRow:
    (row,) = [row for row in store.ask(today.rows) if row.kind == kind]
    return row


def test_a_task_can_be_put_off_and_finished(store: Store, maya: Maya) -> None:
    row = only(store, "task")
    assert (row.group, row.client_id, row.due) == (Group.OVERDUE, maya.client, date(2026, 3, 6))
    assert row.client is not None
    assert row.client.full == "Maya Brenner"
    assert row.step is not None
    tomorrow = MONDAY + timedelta(days=1)
    store.do("Put off", rhythm.snooze, row.kind, row.record, tomorrow)
    assert store.ask(lambda session: session.get_one(Task, row.record).due) == row.due
    assert "task" not in {row.kind for row in store.ask(today.rows)}
    store.undo()
    step = only(store, "task").step
    assert step
    store.do("Finish", tasks.finish, step)
    assert "task" not in {row.kind for row in store.ask(today.rows)}


def test_a_promise_names_its_contact(store: Store, maya: Maya) -> None:
    row = only(store, "follow_up")
    entry = store.ask(lambda session: session.get_one(Entry, row.opened))
    assert (entry.ref, row.why, row.method) == ("e-1", "Promised on Mar 6", "phone")
    assert row.step


@pytest.mark.parametrize(
    ("every", "weekday", "why"),
    [
        ("week", "monday", "Mondays"),
        ("week", None, "Every week"),
        ("month", None, "Every month"),
    ],
)
def test_a_letter_says_its_rhythm(
    store: Store, maya: Maya, every: str, weekday: str | None, why: str
) -> None:
    def change(session: Session) -> None:
        plan = session.scalars(select(UpdatePlan)).one()
        plan.every, plan.weekday = every, weekday or ""

    store.do("Change", change)
    row = only(store, "update")
    assert row.title == "Diane Brenner"
    assert row.letter == f"p{maya.diane.person_id}:2026-03-02:2026-03-08"
    assert row.why == why


def test_a_plan_without_consent_says_so(store: Store, maya: Maya) -> None:
    def end(session: Session) -> None:
        for consent in session.scalars(select(Consent)):
            consent.revoked_on, consent.revoked_how = MONDAY, "written"

    store.do("End", end)
    row = only(store, "uncovered")
    assert row.title == "Diane Brenner"
    assert "Every" not in row.why


def test_what_ends_and_what_moves_is_found_again(store: Store, maya: Maya) -> None:
    def soon(session: Session) -> None:
        for consent in session.scalars(select(Consent)):
            consent.expires_on = date(2026, 3, 18)

    store.do("Shorten", soon)
    ending = [row for row in store.ask(today.rows) if row.group == Group.ENDING_SOON]
    known = store.ask(lambda session: set(session.scalars(select(Consent.id))))
    assert ending
    assert {row.record for row in ending} <= known
    assert only(store, "move").client_id == maya.client


def test_a_task_without_a_client_waits_on_nobody(store: Store) -> None:
    store.do("Add", tasks.add, None, "Renew the licence", MONDAY)
    row = only(store, "task")
    assert (row.client_id, row.client, row.why) == (None, None, "")


def test_the_week_counts_from_monday(store: Store, maya: Maya) -> None:
    assert store.ask(today.week) == today.Week(0, 0, 0)

    def move(session: Session) -> None:
        when = session.info["clock"]()
        for kind, minutes in (("contact", 25), ("travel", 60)):
            common = {"occurred_at": when, "occurred_zone": "America/New_York"}
            session.add(Entry(client_id=maya.client, kind=kind, minutes=minutes, **common))

    store.do("Log", move)
    assert store.ask(today.week) == today.Week(1, 25, 0)

    def more(session: Session) -> None:
        now = session.info["clock"]()
        kinds = {"meeting": 30, "attempted_contact": 5, "court": 40, "crisis_response": 50}
        for kind, minutes in kinds.items():
            ahead = timedelta(hours=1 if kind == "court" else 0)
            about = {"client_id": maya.client, "occurred_zone": "America/New_York"}
            entry = Entry(occurred_at=now + ahead, kind=kind, minutes=minutes, **about)
            session.add(entry)
            session.flush()
            if kind == "crisis_response":  # logged for another family
                session.add(EntryWrongChart(entry_id=entry.id, at=now, wrong=True))

    store.do("More", more)
    assert store.ask(today.week) == today.Week(3, 60, 0)


def test_the_count_is_that_of_the_list(store: Store, maya: Maya) -> None:
    rows = store.ask(today.rows)
    late = sum(row.group == Group.OVERDUE for row in rows)
    due = sum(row.group == Group.TODAY for row in rows)
    assert store.ask(today.urgent) == (late, due)
    assert late + due == 2
    store.do("Add", tasks.add, None, "Renew the licence", MONDAY)
    store.do("Add", tasks.add, None, "One day", None)
    assert store.ask(today.urgent) == (late, due + 1)


def test_a_letter_due_in_weeks_is_not_listed(store: Store, maya: Maya) -> None:
    def send(session: Session) -> None:
        session.scalars(select(UpdatePlan)).one().every = "month"
        common = {"period_from": MONDAY, "period_until": MONDAY, "status": "final"}
        letter = Update(client_id=maya.client, number=1, **common)
        session.add(letter)
        session.flush()
        session.add(UpdateCopy(update_id=letter.id, person_id=maya.diane.person_id))

    assert only(store, "update")
    store.do("Send", send)
    assert "update" not in {row.kind for row in store.ask(today.rows)}
    assert store.ask(today.week).updates == 1


def test_a_letter_begun_says_when(store: Store, maya: Maya) -> None:
    key = f"update:{maya.client}:{only(store, 'update').letter}"
    store.do("Keep", drafts.keep, key, {}, maya.client)
    row = only(store, "update")
    assert (row.begun, row.why) == (True, "Mondays, draft saved today")


def test_the_week_ahead_tells_what_is_promised(store: Store, maya: Maya) -> None:
    store.do("Add", tasks.add, maya.client, "Call the school", date(2026, 3, 13))
    assert "coming" not in {row.group.value for row in store.ask(today.rows)}
    coming = [row for row in store.ask(today.rows, 7) if row.group.value == "coming"]
    assert [(row.title, row.step is not None) for row in coming] == [("Call the school", True)]


def test_what_one_waits_for_is_counted_wherever_it_stands(store: Store, maya: Maya) -> None:
    tess = maya.tess.person_id

    def wait(session: Session) -> tuple[int, ...]:
        common = {"client_id": maya.client, "state": "waiting", "waiting_on_id": tess}
        made = [Task(text=text, waiting_since=MONDAY, **common) for text in ("A", "B", "C", "D")]
        made[1].due = MONDAY  # due today: it stands in the list
        made[1].notes = "By phone"
        session.add_all(made)
        session.flush()
        return tuple(each.id for each in made)

    _, _, third, fourth = store.do("Wait", wait)
    store.do("Put off", rhythm.snooze, "task", third, MONDAY + timedelta(days=2))
    store.do("Put off", rhythm.snooze, "task", fourth, MONDAY + timedelta(days=20))

    def told(ahead: int) -> tuple[list[tuple[str, str, str]], int]:
        day = store.ask(today.page, ahead)
        return [(row.title, row.group.value, row.why) for row in day.rows if row.waits], day.put_off

    near = [("B", "today", "By phone"), ("A", "waiting", "Waiting on Tess")]
    assert told(0) == (near, 2)
    assert told(7) == ([near[0], ("C", "coming", "Snoozed until Wednesday"), near[1]], 1)
    store.do("Close", lambda session: setattr(session.get(Client, maya.client), "status", "closed"))
    assert told(0) == ([], 0)


def test_a_consent_says_what_stops_with_it(store: Store, maya: Maya) -> None:
    def shorten(session: Session, *, letters: bool) -> None:
        session.scalars(select(Consent)).one().expires_on = date(2026, 3, 18)
        plan = session.scalars(select(UpdatePlan)).one()
        plan.ended_on = None if letters else MONDAY

    store.do("Shorten", shorten, letters=True)
    row = only(store, "consent")
    assert (row.title, row.why) == (
        "Consent for Diane Brenner",
        "Without it Diane's updates stop",
    )
    store.do("Stop", shorten, letters=False)
    assert only(store, "consent").why == "Diane's consent ends Mar 18"
