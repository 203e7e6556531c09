"""What a row of Today asks to be logged: with whom, how, and the step it finishes."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from cmdesk.casework import entries, row_log, tasks, today
from cmdesk.casework.row_log import Asked, DayRow
from cmdesk.models.client import Client
from cmdesk.models.entry import FollowUp
from cmdesk.models.rhythm import CadenceRule
from cmdesk.models.safety import Medication
from cmdesk.models.task import Task, TaskLink
from cmdesk.rules.contact_codes import EntryKind, Method, Outcome
from cmdesk.rules.log import LogDraft
from cmdesk.store.store import Store
from tests.records import MONDAY, Maya


def asked(store: Store, maya: Maya, kind: str, record: int) -> Asked:
    return store.ask(row_log.asked, maya.client, DayRow(kind, record))


def promise(store: Store) -> FollowUp:
    return store.ask(lambda session: session.query(FollowUp).one())


@pytest.mark.parametrize(
    ("words", "who", "method"),
    [
        ("Ask about the ride home", "tess", Method.PHONE),  # with whom it was promised
        ("Text Diane the address", "diane", Method.TEXT),  # whom it names
        ("Call the school about Diane", "tess", Method.PHONE),  # who is only spoken of
        ("Call Maya back", "maya", Method.PHONE),
    ],
)
def test_a_promise_is_kept_with_whom_it_names(
    store: Store, maya: Maya, words: str, who: str, method: str
) -> None:
    def say(session: Session) -> None:
        session.query(FollowUp).one().text = words

    store.do("Say", say)
    number = promise(store).id
    found = asked(store, maya, "follow_up", number)
    own = store.ask(lambda session: session.get_one(Client, maya.client).person_id)
    people = {"tess": maya.tess.person_id, "diane": maya.diane.person_id, "maya": own}
    assert found.people == (people[who],)
    assert (found.method, found.likely) == (method, True)
    assert found.step is not None
    assert (found.step.text, found.step.follow_up_id) == (words, number)
    store.do("Finish", tasks.finish, found.step)
    assert asked(store, maya, "follow_up", number).step is None


def test_a_task_is_done_by_a_contact_with_whom_it_is_about(store: Store, maya: Maya) -> None:
    tess, diane = maya.tess.person_id, maya.diane.person_id

    def add(session: Session, **fields: object) -> int:
        task = Task(client_id=maya.client, **fields)
        session.add(task)
        session.flush()
        return task.id

    waits = store.do("Add", add, text="Records", state="waiting", waiting_on_id=tess)
    linked = store.do("Add", add, text="Insurance card")
    alone = store.do("Add", add, text="Read the chart")
    own = store.ask(lambda session: session.get_one(Client, maya.client).person_id)

    def link(session: Session) -> None:
        session.add_all(
            [
                TaskLink(task_id=linked, person_id=diane),
                TaskLink(task_id=alone, person_id=own),
            ]
        )

    store.do("Link", link)
    for number, people in ((waits, (tess,)), (linked, (diane,)), (alone, ())):
        found = asked(store, maya, "task", number)
        assert (found.people, found.likely) == (people, bool(people))
        assert found.step is not None


def test_the_others_say_whom_to_reach(store: Store, maya: Maya) -> None:
    tess = maya.tess.person_id
    own = store.ask(lambda session: session.get_one(Client, maya.client).person_id)

    def add(session: Session) -> list[int]:
        made = [
            CadenceRule(client_id=maya.client, person_id=tess, method="in_person"),
            CadenceRule(client_id=maya.client, every_days=7),
            Medication(client_id=maya.client, name="Sertraline", prescriber_id=tess),
            Medication(client_id=maya.client, name="Melatonin"),
        ]
        session.add_all(made)
        session.flush()
        return [each.id for each in made]

    theirs, clients_own, prescribed, bought = store.do("Add", add)
    for kind, record, people, method in (
        ("cadence", theirs, (tess,), Method.IN_PERSON),
        ("cadence", clients_own, (own,), Method.PHONE),
        ("medication", prescribed, (tess,), Method.PHONE),
        ("medication", bought, (), Method.PHONE),
        ("stalled", maya.client, (own,), Method.PHONE),
        ("policy", 1, (), Method.PHONE),
        ("follow_up", 999, (), Method.PHONE),
        ("task", 999, (), Method.PHONE),
        ("cadence", 999, (), Method.PHONE),
    ):
        found = asked(store, maya, kind, record)
        assert (kind, found.people, found.method, found.step) == (kind, people, method, None)


def test_an_attempt_leaves_the_promise_and_is_counted(store: Store, maya: Maya) -> None:
    number = promise(store).id
    found = asked(store, maya, "follow_up", number)
    tried = found.into(LogDraft(client_id=maya.client, day=MONDAY))

    def call(session: Session, who: int | None) -> None:
        assert who is not None
        attempt = LogDraft(
            maya.client,
            MONDAY,
            participants=(who,),
            kind=EntryKind.ATTEMPTED_CONTACT,
            outcome=Outcome.NO_ANSWER,
        )
        entries.log(session, attempt, sign=False)

    def why() -> str:
        (row,) = [row for row in store.ask(today.rows) if row.kind == "follow_up"]
        return row.why

    store.do("Call", call, maya.diane.person_id)
    assert "tried" not in why()  # another was called
    store.do("Call", call, maya.tess.person_id)
    assert why().startswith("Promised on ")
    assert why().endswith(", tried once")
    assert found.met(tried)
    assert not found.met(LogDraft(maya.client, not_reached=found.people))
    assert not found.met(LogDraft(maya.client, outcome=Outcome.NO_ANSWER))
    other = LogDraft(maya.client, participants=(maya.diane.person_id or 0,))
    assert found.reached(tried)
    assert (found.met(other), found.reached(other)) == (True, False)
    assert Asked().reached(other)
    assert found.concerns(tried)
    assert not found.concerns(LogDraft(maya.client + 1, date(2026, 3, 9)))
