"""What asks for attention, gathered from the records of Maya's case."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from cmdesk.casework import agenda, clients, consents, rhythm, tasks
from cmdesk.casework.clients import ClientDraft
from cmdesk.casework.rhythm import CadenceDraft
from cmdesk.models.base import Record
from cmdesk.models.care import Episode
from cmdesk.models.client import Client, Engagement
from cmdesk.models.coverage import Authorization, Extension, Policy
from cmdesk.models.entry import EntryWrongChart, FollowUp
from cmdesk.models.inquiry import Inquiry
from cmdesk.models.practice import Practitioner
from cmdesk.models.safety import Medication, SafetyPlan
from cmdesk.models.task import Task
from cmdesk.models.update import Update, UpdateCopy, UpdatePlan
from cmdesk.rules.agenda import AgendaRow, Group
from cmdesk.rules.codes import ClientStatus
from cmdesk.store.store import Store
from tests.records import MONDAY, Change, Clock, Maya, log, settle


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
    shown = {"active", "monitoring", "prospective", "on_hold"}
    assert bool(store.ask(agenda.on)) is (status.value in shown)


def test_on_hold_what_has_a_date_goes_on_and_calls_and_letters_rest(
    store: Store, maya: Maya
) -> None:
    rule = CadenceDraft(maya.client, maya.diane.person_id, every_days=1)
    store.do("Rule", rhythm.save, rule)
    before = store.ask(agenda.urgent)
    kinds = {row.kind for row in store.ask(agenda.on)}
    assert {"task", "follow_up", "move", "cadence", "update"} <= kinds

    def pause(session: Session) -> None:
        session.get_one(Client, maya.client).status = "on_hold"

    store.do("Pause", pause)
    rest = {"cadence", "update", "uncovered", "stalled", "goal_stalled"}
    assert {row.kind for row in store.ask(agenda.on)} == kinds - rest
    assert store.ask(agenda.urgent) == (before[0], before[1] - 1)
    assert store.ask(agenda.letters) == 0


def test_a_promise_made_in_the_wrong_chart_is_not_kept_there(store: Store, maya: Maya) -> None:
    late = store.ask(agenda.urgent)

    def mark(session: Session, *, wrong: bool) -> None:
        at = session.info["clock"]()
        session.add(EntryWrongChart(entry_id=maya.entry, at=at, wrong=wrong))

    store.do("Wrong", mark, wrong=True)
    assert not [row for row in store.ask(agenda.on) if row.kind == "follow_up"]
    assert store.ask(agenda.urgent) == (late[0], late[1] - 1)
    store.do("Right", mark, wrong=False)
    assert store.ask(agenda.urgent) == late


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
    assert row.why.startswith("Planned for Mar 20, not closed yet")


def test_empty_practice(store: Store) -> None:
    assert store.ask(agenda.on) == ()
    store.do("Add", clients.add, ClientDraft("Ana"))
    store.do("Add", tasks.add, None, "Call")
    assert store.ask(agenda.on) == ()


def add(store: Store, *made: Record) -> None:
    store.do("Add", lambda session: session.add_all(made))


def told(store: Store, kind: str, on: date = MONDAY) -> list[tuple[str, date, str, str]]:
    found = [row for row in store.ask(agenda.on, on) if row.kind == kind]
    return [(row.group.value, row.due, row.title, row.why) for row in found]


def approval(maya: Maya, until: date, **fields: Any) -> Authorization:
    common = {"client_id": maya.client, "decision": "approved", "episode_id": maya.episode}
    return Authorization(**common | {"last_covered_on": until} | fields)


WEDNESDAY = date(2026, 3, 11)


def test_approved_days_end_before_they_leave(store: Store, maya: Maya) -> None:
    add(store, approval(maya, date(2026, 3, 1)), approval(maya, WEDNESDAY))
    cliff = "Approved through Wednesday, leaves Mar 20"
    assert told(store, "authorization") == [("ending_soon", WEDNESDAY, "Approved days", cliff)]
    over = "Approval ended Mar 11, leaves Mar 20"
    assert told(store, "authorization", date(2026, 3, 13))[0][3] == over
    last = approval(maya, date(2026, 3, 20), units_authorized=9, from_on=date(2026, 3, 12))
    add(store, last)
    (found,) = told(store, "authorization")
    assert found[:3] == ("ending_soon", date(2026, 3, 20), "Approved days")
    assert found[3].endswith("days used")


def test_approvals_that_give_no_days(store: Store, maya: Maya) -> None:
    add(
        store,
        approval(maya, WEDNESDAY, decision="denied"),
        approval(maya, WEDNESDAY, closed_on=MONDAY),
        approval(maya, WEDNESDAY, unit="sessions", decision="pending"),
    )
    assert told(store, "authorization") == []
    add(store, approval(maya, WEDNESDAY, unit="sessions", episode_id=None))
    why = "Approved through Wednesday"
    assert told(store, "authorization") == [("ending_soon", WEDNESDAY, "Approved sessions", why)]
    assert told(store, "authorization", date(2026, 3, 12)) == []


def test_days_nobody_approved_in_between_are_told_first(store: Store, maya: Maya) -> None:
    spans = ((date(2026, 3, 1), WEDNESDAY), (date(2026, 3, 16), date(2026, 3, 20)))
    add(store, *(approval(maya, last, from_on=first) for first, last in spans))
    why = "Approved through Wednesday, nothing for Mar 12 to Mar 15"
    assert told(store, "authorization") == [("ending_soon", WEDNESDAY, "Approved days", why)]


def test_sessions_that_go_on_in_another_approval_are_told_once(store: Store, maya: Maya) -> None:
    add(
        store,
        *(approval(maya, day, unit="sessions") for day in (WEDNESDAY, date(2026, 3, 30))),
    )
    add(store, Extension(authorization_id=2, extends_id=1))
    assert [row[1] for row in told(store, "authorization")] == [date(2026, 3, 30)]


def test_supplies_policies_and_the_license(store: Store, maya: Maya) -> None:
    medicine = {"client_id": maya.client, "supply_ends_on": WEDNESDAY}
    add(
        store,
        Medication(name="Sertraline", prescriber_id=maya.tess.person_id, **medicine),
        Medication(name="Stopped", stopped_on=MONDAY, **medicine),
        Policy(client_id=maya.client, payer="Meridian Health", ends_on=WEDNESDAY),
    )
    supply = ("ending_soon", WEDNESDAY, "Sertraline supply")
    assert told(store, "medication") == [(*supply, "Supply ends Wednesday")]
    assert told(store, "medication", date(2026, 3, 12)) == [(*supply, "Supply ended Mar 11")]
    assert told(store, "policy")[0][3] == "Meridian Health coverage ends Wednesday"

    def renew(session: Session) -> None:
        session.query(Practitioner).one().licence_expires_on = date(2026, 3, 1)

    store.do("License", renew)
    assert told(store, "licence") == [
        ("ending_soon", date(2026, 3, 1), "Your license", "Your license ended Mar 1")
    ]


def test_medicine_that_runs_out_after_leaving(store: Store, maya: Maya) -> None:
    runs_out = date(2026, 4, 1)
    add(
        store,
        Episode(client_id=maya.client, admitted=date(2026, 3, 24), organisation_id=maya.still),
        Medication(client_id=maya.client, name="Sertraline", supply_ends_on=runs_out),
    )
    why = "3 days uncovered, medicine runs out Apr 1"
    assert [row[2:] for row in told(store, "move")] == [
        ("Stillwater Ridge to Stillwater Ridge", why)
    ]


def test_what_is_to_be_looked_at_again(store: Store, maya: Maya) -> None:
    def review(session: Session) -> None:
        session.query(Engagement).one().review_on = MONDAY

    store.do("Review", review)
    older = SafetyPlan(client_id=maya.client, review_on=date(2026, 3, 1))
    add(store, older)
    add(
        store,
        SafetyPlan(client_id=maya.client, review_on=WEDNESDAY),
        approval(maya, date(2026, 6, 1), next_review_on=date(2026, 3, 8)),
    )
    assert [row[3] for row in told(store, "engagement_review")] == ["Agreement review is due today"]
    assert [row[3] for row in told(store, "safety_review")] == [
        "Safety plan review is due Wednesday"
    ]
    assert [row[3] for row in told(store, "insurance_review")] == ["Insurance review is 1 day late"]


def test_inquiries_until_they_are_answered(store: Store, maya: Maya, clock: Clock) -> None:
    common = {"received_at": clock(), "caller_name": "Wen Li"}
    add(
        store,
        Inquiry(urgency="this_week", client_id=maya.client, **common),
        Inquiry(status="declined_by_us", **common),
        Inquiry(next_step="Send the agreement", next_on=WEDNESDAY, **common),
    )
    answer = ("today", date(2026, 3, 14), "Answer Wen Li")
    assert told(store, "inquiry") == [(*answer, "New inquiry of Mar 9, nothing planned yet")]
    assert [row[2] for row in told(store, "inquiry", WEDNESDAY)] == [
        "Send the agreement",
        "Answer Wen Li",
    ]
    assert store.ask(agenda.urgent)[1] == len(rows(store, Group.TODAY))


def test_calls_in_vain_count_while_one_waits(store: Store, maya: Maya) -> None:
    since = date(2026, 3, 4)
    waiting = {"client_id": maya.client, "state": "waiting", "waiting_since": since}
    tess = maya.tess.person_id
    add(
        store,
        Task(text="Records", waiting_on_id=tess, **waiting),
        Task(text="Form", chase_days=2, **waiting),
        Task(text="Letter", waiting_on_id=maya.diane.person_id, **waiting),
    )
    for day in (3, 5, 6):
        log(store, maya, day=date(2026, 3, day), outcome="no_answer")
    log(store, maya, day=date(2026, 3, 7), participants=(maya.diane.person_id or 0,))
    found = {row.title: (row.group, row.why) for row in store.ask(agenda.on)}
    assert found["Records"] == (Group.WAITING, "Waiting on Tess for 5 days, tried twice")
    assert found["Letter"] == (Group.WAITING, "Waiting on Diane for 5 days")
    assert found["Form"] == (Group.OVERDUE, "Waiting for 5 days")
