"""What a typed line fills in, the last contact again, and a plan that becomes a task."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.casework import entries, quick_log, tasks
from cmdesk.casework.quick_log import Known
from cmdesk.casework.tasks import NextStep
from cmdesk.errors import Problem
from cmdesk.models.client import CircleMember, Client
from cmdesk.models.entry import Entry, EntryParticipant
from cmdesk.models.merge import ClientMerge, PersonMerge
from cmdesk.models.person import Person
from cmdesk.models.task import Task, TaskLink
from cmdesk.rules.log import LogDraft
from cmdesk.rules.logline import Someone, index, parse
from cmdesk.store.store import Store
from tests.records import MONDAY, Clock, Maya, contact, log, settle

NOON = datetime(2026, 3, 9, 12, tzinfo=UTC)
TEAM = frozenset({"c1"})
KNOWN = Known(
    index(
        [Someone("c1", ("Maya Brenner", "Maya")), Someone("c2", ("Owen", "Owen"))],
        [Someone("p1", ("Tess", "Tess"), TEAM), Someone("p2", ("Diane", "Diane"), TEAM)],
    ),
    {"c1": 7},
)
FRESH = LogDraft(day=MONDAY, at=time(12))


def filled(line: str, before: LogDraft = FRESH) -> LogDraft:
    return quick_log.draft(parse(line, NOON, KNOWN.names), KNOWN, before)


def test_the_picture() -> None:
    line = "maya call in tess diane 24m fu mon ride home #prog all is well $3.20 4mi 10:30"
    assert filled(line) == LogDraft(
        client_id=1,
        day=MONDAY,
        at=time(10, 30),
        minutes=24,
        direction="inbound",
        participants=(1, 2),
        narrative="All is well",
        topics=("progress",),
        follow_up="Ride home",
        follow_up_on=date(2026, 3, 16),
        miles=4.0,
        expense_cents=320,
    )


@pytest.mark.parametrize(
    ("line", "changes"),
    [
        ("", {}),
        ("maya", {"client_id": 1}),
        ("maya call", {"client_id": 1, "participants": (7,)}),  # nobody else is named
        ("owen call", {"client_id": 2}),  # whose own person is not known
        ("maya meeting", {"client_id": 1, "participants": (7,), "kind": "meeting",
                          "method": "in_person"}),
        ("video meeting", {"kind": "meeting", "method": "video"}),
        ("vm", {"kind": "attempted_contact", "outcome": "left_voicemail"}),
        ("text in", {"method": "text", "direction": "inbound"}),
        ("maya note", {"client_id": 1, "kind": "internal_note", "method": "", "direction": "",
                       "outcome": "completed"}),
        ("travel 20m 9mi", {"kind": "travel", "method": "", "direction": "", "minutes": 20,
                            "outcome": "completed", "miles": 9.0}),
        ("yesterday", {"day": date(2026, 3, 8), "at": None}),  # its time is not known
        ("today", {}),
        ("yesterday 4pm", {"day": date(2026, 3, 8), "at": time(16)}),
    ],
)  # fmt: skip
def test_what_a_line_fills_in(line: str, changes: dict[str, Any]) -> None:
    assert filled(line) == replace(FRESH, **changes)


def test_a_promise_without_a_day_is_for_tomorrow() -> None:
    known = replace(KNOWN, today=MONDAY)
    line = parse("maya call fu ride home", NOON, known.names)
    asked = replace(FRESH, follow_up_on=date(2026, 3, 20))
    assert quick_log.draft(line, known, FRESH).follow_up_on == date(2026, 3, 10)
    assert quick_log.draft(line, known, asked).follow_up_on == date(2026, 3, 20)
    assert quick_log.draft(parse("maya call", NOON, known.names), known, FRESH).follow_up_on is None


def test_what_a_line_leaves_out_stays() -> None:
    before = replace(
        FRESH, client_id=1, minutes=5, participants=(2,), narrative="Typed.", topics=("legal",),
        follow_up="Write", follow_up_on=MONDAY, miles=1.0, expense_cents=1, outcome="replied",
    )  # fmt: skip
    assert filled("", before) == before
    assert filled("call words", before) == before  # what is typed below is never overwritten
    assert filled("#meds", before).topics == ("legal", "medication")
    assert filled("owen call", before).participants == ()  # they belonged to another client


def test_a_note_becomes_a_call() -> None:
    note = filled("maya note")
    called = filled("call", note)
    assert (called.kind, called.method, called.direction, called.outcome) == (
        "contact", "phone", "outbound", "reached",
    )  # fmt: skip
    assert filled("hello", note).kind == "internal_note"


def test_whom_a_line_may_name(store: Store) -> None:
    def more(practice: dict[str, Any]) -> None:
        rows = [
            ("c-1", "Ana", "active"),
            ("c-2", "Gus", "active"),
            ("c-3", "Ida", "closed"),
        ]
        practice["clients"] += [
            {"ref": ref, "given_name": name, "status": status} for ref, name, status in rows
        ]

    maya = settle(store, more)

    def change(session: Session) -> None:
        ids = dict(session.execute(select(Client.ref, Client.id)).all())
        people = dict(session.execute(select(Person.given_name, Person.id)).all())
        session.add(ClientMerge(client_id=ids["c-2"], kept_id=ids["c-1"]))
        session.add(PersonMerge(person_id=people["Gus"], kept_id=people["Ana"]))
        left = CircleMember.person_id == maya.tess.person_id
        session.scalars(select(CircleMember).where(left)).one().until = date(2026, 3, 1)

    store.do("Change", change)
    known = store.ask(quick_log.known)

    def read(line: str) -> Any:
        return parse(line, NOON, known.names)

    assert read("maya diane").people == (maya.diane.key,)
    assert read("maya diane").client == f"c{maya.client}"
    assert [read(name).client is not None for name in ("Ana", "Gus", "Ida")] == [True, False, False]
    assert read("Gus").people == ()
    assert len(read("Ida").people) == 1  # whose chart is closed may still be spoken with
    assert known.own[f"c{maya.client}"] > 0
    team = known.names.teams[f"c{maya.client}"]
    assert {key for _, key in team.rows} == {
        maya.diane.key, f"p{known.own[f'c{maya.client}']}",
    }  # fmt: skip


def test_the_last_contact_again(store: Store, maya: Maya) -> None:
    assert store.ask(quick_log.repeat_last, 99) is None
    log(store, maya, day=date(2026, 3, 8), kind="travel", narrative="Drove.")
    wrong = log(store, maya, day=date(2026, 3, 7), narrative="Ana\u2019s.")
    store.do("Wrong", entries.mark_wrong_chart, wrong, "This was Ana.")
    again = store.ask(quick_log.repeat_last, maya.client)
    assert again == LogDraft(
        client_id=maya.client,
        day=MONDAY,
        at=time(12),
        minutes=24,
        participants=(maya.tess.person_id or 0,),
        topics=("progress", "substance_use"),
    )


def test_a_plan_becomes_a_task(store: Store, maya: Maya) -> None:
    tess = maya.tess.person_id or 0
    ahead = contact(maya, day=date(2026, 3, 12))
    cases = [
        (ahead, "Tess called: group went well."),
        (replace(ahead, narrative="", follow_up="Ride"), "Ride"),
        (replace(ahead, narrative=""), "Call Tess Holloway"),
        (replace(ahead, narrative="", method="portal"), "Contact Tess Holloway"),
        (replace(ahead, narrative="", method="", participants=(), kind="research"),
         "Research, placement search"),
    ]  # fmt: skip
    for planned, words in cases:
        number = store.do("Plan", quick_log.plan, planned)

        def read(session: Session, number: int = number) -> tuple[Any, list[int | None]]:
            task = session.get_one(Task, number)
            linked = select(TaskLink.person_id).where(TaskLink.task_id == number)
            return (task.text, task.due, task.client_id), list(session.scalars(linked))

        linked = [tess] if planned.participants else []
        assert store.ask(read) == ((words, date(2026, 3, 12), maya.client), linked)
    whole = replace(ahead, follow_up="Ride home", follow_up_on=MONDAY, family_line="We talk soon.")
    number = store.do("Plan", quick_log.plan, whole, "call tess thu 4pm")
    assert store.ask(lambda session: session.get_one(Task, number).notes) == (
        "call tess thu 4pm\nWe talk soon."
    )
    assert NextStep("Ride home", MONDAY, task_id=number + 1) in store.ask(
        tasks.next_steps, maya.client
    )
    with pytest.raises(Problem, match="client and a day"):
        store.do("Plan", quick_log.plan, LogDraft(day=MONDAY))


def test_who_was_reached_and_what_it_cost(store: Store, maya: Maya, clock: Clock) -> None:
    tess, diane = maya.tess.person_id or 0, maya.diane.person_id or 0
    typed = contact(
        maya, participants=(tess, diane), not_reached=(diane,), miles=12.5, expense_cents=1450,
        late_reason=" No power. ",
    )  # fmt: skip

    def reached(session: Session, number: int) -> list[bool]:
        part = EntryParticipant
        rows = select(part.reached).where(part.entry_id == number).order_by(part.position)
        return list(session.scalars(rows))

    def kept(session: Session, number: int) -> tuple[Any, ...]:
        row = session.get_one(Entry, number)
        return row.miles, row.expense_cents, row.late_reason

    number = store.do("Log", entries.log, typed, sign=False)
    assert store.ask(reached, number) == [True, False]
    assert store.ask(kept, number) == (12.5, 1450, "No power.")
    store.do("Log", entries.log, replace(typed, outcome="busy"), number, sign=False)
    assert store.ask(reached, number) == [False, False]
    assert store.ask(entries.late, [number, maya.entry]) == {number}  # more than two days later
