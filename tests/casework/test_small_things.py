"""Tasks, typing that is not saved yet, files, and how a reader may be written to."""

import hashlib
from datetime import date
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from cmdesk.casework import (
    client_list,
    correspondence,
    documents,
    drafts,
    entries,
    pre_call,
    tasks,
)
from cmdesk.casework.documents import DocumentRow
from cmdesk.casework.parties import party_by_name
from cmdesk.casework.tasks import NextStep
from cmdesk.errors import Problem
from cmdesk.models.client import CircleMember, PlainEmail
from cmdesk.models.document import Blob, BlobChunk
from cmdesk.models.task import Task
from cmdesk.rules.codes import TaskState
from cmdesk.store.store import Store
from tests.records import MONDAY, Change, Clock, Maya, audited, log, settle


def test_next_steps_the_most_urgent_first(store: Store, maya: Maya) -> None:
    store.do("Add", tasks.add, maya.client, " Someday ")
    store.do("Add", tasks.add, None, "For nobody", MONDAY)
    store.do("Add", lambda s: s.add(Task(client_id=maya.client, text="No", state="dropped")))
    steps = store.ask(tasks.next_steps, maya.client)
    assert [(step.text, step.due) for step in steps] == [
        ("Call back Kevin Park", date(2026, 3, 6)),
        ("Ask about the ride home", MONDAY),
        ("Someday", None),
    ]
    for step in steps:
        store.do("Done", tasks.finish, step)
    assert store.ask(tasks.next_steps, maya.client) == []
    done = store.ask(lambda s: [(t.done_on, t.state) for t in s.query(Task).filter_by(ref="t-1")])
    assert done == [(MONDAY, TaskState.DONE)]


def test_what_was_promised_in_the_wrong_chart_was_promised_to_somebody_else(
    store: Store, maya: Maya
) -> None:
    diane = maya.diane.person_id or 0
    early = date(2026, 3, 2)
    strayed = log(store, maya, participants=(diane,), follow_up="Wrong", follow_up_on=early)

    def told() -> tuple[str, str | None, list[str]]:
        step = store.ask(client_list.rows, [maya.client])[0].step
        mine = store.ask(pre_call.card, maya.client, diane).mine
        first = store.ask(tasks.next_steps, maya.client)[0]
        return first.text, step.text if step else None, [each.text for each in mine]

    assert told() == ("Wrong", "Wrong", ["Wrong"])
    store.do("Mark", entries.mark_wrong_chart, strayed, "It was Owen's call")
    assert told() == ("Call back Kevin Park", "Call back Kevin Park", [])
    store.do("Back", entries.mark_wrong_chart, strayed, "No, it was hers", wrong=False)
    assert told() == ("Wrong", "Wrong", ["Wrong"])


def test_task_needs_words(store: Store) -> None:
    with pytest.raises(Problem, match="A task needs a few words"):
        store.do("Add", tasks.add, None, " ")


def test_finishing_nothing_changes_nothing(store: Store, maya: Maya) -> None:
    store.do("Done", tasks.finish, NextStep("Neither", None))
    assert len(store.ask(tasks.next_steps, maya.client)) == 2


def test_draft_is_kept_outside_undo_and_audit(store: Store, maya: Maya, clock: Clock) -> None:
    store.do("Add", tasks.add, None, "Before")
    before = audited(store)
    store.do("Type", drafts.keep, "log/1", {"narrative": "T"}, maya.client)
    clock.forward(seconds=2)
    store.do("Type", drafts.keep, "log/1", {"narrative": "Te"}, maya.client)
    kept = store.ask(drafts.find, "log/1")
    assert kept is not None
    assert (kept.body, kept.saved_at) == ({"narrative": "Te"}, clock.now)
    assert (audited(store), store.undo_label) == (before, "Add")
    store.do("Throw away", drafts.discard, "log/1")
    assert store.ask(drafts.find, "log/1") is None
    assert (audited(store), store.undo_label) == (before, "Add")


def test_drafts_newest_first_and_by_the_very_beginning_of_their_key(
    store: Store, clock: Clock
) -> None:
    for key in ("log/1", "log/2", "letter/1", "lo_/1", "log/3"):
        store.do("Type", drafts.keep, key, {})
        clock.forward(seconds=1)
    assert [kept.key for kept in store.ask(drafts.all_of, "log/")] == ["log/3", "log/2", "log/1"]
    assert [kept.key for kept in store.ask(drafts.all_of, "lo_")] == ["lo_/1"]


def add_file(store: Store, content: bytes, name: str = "a.txt", client: int | None = None) -> int:
    return store.do(
        "Keep",
        documents.add,
        content,
        title=f"Title of {name}",
        file_name=name,
        media_type="text/plain",
        client_id=client,
    )


@pytest.mark.parametrize("size", [0, 1, documents.CHUNK, documents.CHUNK + 1, 3 * 65536 - 1])
def test_file_comes_back_whole(store: Store, size: int) -> None:
    content = bytes(n * 7 % 251 for n in range(size))
    number = add_file(store, content)
    assert store.ask(documents.content, number) == content
    chunks = store.ask(lambda s: [len(c.content) for c in s.query(BlobChunk)])
    assert sum(chunks) == size
    assert all(length <= documents.CHUNK for length in chunks)
    digest = hashlib.sha256(content).hexdigest()
    assert store.ask(lambda s: s.query(Blob).one().sha256) == digest


def test_same_content_is_kept_once(store: Store, maya: Maya, clock: Clock) -> None:
    add_file(store, b"same", "one.txt", maya.client)
    clock.forward(seconds=1)
    add_file(store, b"same", "two.txt", maya.client)
    assert store.ask(lambda s: s.query(Blob).count()) == 1
    assert store.ask(documents.rows, maya.client) == [
        DocumentRow(2, "Title of two.txt", "two.txt", "text/plain", 4),
        DocumentRow(1, "Title of one.txt", "one.txt", "text/plain", 4),
    ]


def test_file_that_is_too_large_or_gone_or_changed(store: Store) -> None:
    with pytest.raises(Problem, match="larger than 25 MB"):
        add_file(store, bytes(documents.LARGEST + 1))
    with pytest.raises(Problem, match="no longer there"):
        store.ask(documents.content, 1)
    number = add_file(store, b"content")

    def spoil(session: Session) -> None:
        session.execute(text("DROP TRIGGER blob_chunk_update_refused"))
        session.execute(text("UPDATE blob_chunk SET content = x'00'"))

    store.do("Spoil", spoil)
    with pytest.raises(Problem, match="changed inside the vault"):
        store.ask(documents.content, number)


def plain(**fields: object) -> Change:
    def change(practice: dict[str, Any]) -> None:
        practice["clients"][0]["circle"][0]["plain_email"].update(fields)

    return change


IN_FORCE: list[tuple[dict[str, object], bool]] = [
    ({}, True),
    ({"warned_on": "2026-03-09", "accepted_on": "2026-03-09"}, True),
    ({"warned_on": "2026-03-10"}, False),
    ({"accepted_on": "2026-03-10"}, False),
    ({"warned_on": None}, False),
    ({"accepted_on": None}, False),
    ({"accepted_by": "parent"}, True),
    ({"accepted_by": None}, False),
    ({"ended_on": "2026-03-10"}, True),
    ({"ended_on": "2026-03-09"}, False),
]


@pytest.mark.parametrize(("fields", "in_force"), IN_FORCE)
def test_plain_email_needs_a_warned_acceptance_in_force(
    store: Store, fields: dict[str, object], in_force: bool
) -> None:
    maya = settle(store, plain(**fields))
    found = store.ask(correspondence.plain_email, maya.client, maya.diane, MONDAY)
    assert found == ("diane@brenner.example" if in_force else None)


def test_plain_email_of_another_or_of_one_who_left(store: Store, maya: Maya) -> None:
    assert store.ask(correspondence.plain_email, maya.client, maya.tess, MONDAY) is None

    def leave(session: Session) -> None:
        session.query(CircleMember).filter_by(person_id=maya.diane.person_id).one().until = MONDAY

    store.do("Leave", leave)
    assert store.ask(correspondence.plain_email, maya.client, maya.diane, MONDAY) is None


def test_newest_acceptance_counts_first(store: Store, maya: Maya) -> None:
    def add(session: Session) -> None:
        member = session.query(CircleMember).filter_by(person_id=maya.diane.person_id).one()
        session.add(
            PlainEmail(
                circle_member_id=member.id,
                address="new@brenner.example",
                warned_on=MONDAY,
                accepted_on=MONDAY,
                accepted_by="client",
            )
        )

    store.do("Add", add)
    found = store.ask(correspondence.plain_email, maya.client, maya.diane, MONDAY)
    assert found == "new@brenner.example"


def test_password_of_a_person_and_of_an_organisation(store: Store, maya: Maya) -> None:
    for party in (maya.diane, store.ask(party_by_name, "o-still")):
        assert store.ask(correspondence.password, party) is None
        store.do("Keep", correspondence.keep_password, party, "six words nobody knows")
        assert store.ask(correspondence.password, party) == "six words nobody knows"


@pytest.mark.parametrize(
    ("typed", "said"),
    [("thirteen char", "needs 14"), ("x" * 128, "too long"), ("ł" * 64, "too long")],
)
def test_password_that_does_not_do(store: Store, maya: Maya, typed: str, said: str) -> None:
    with pytest.raises(Problem, match=said):
        store.do("Keep", correspondence.keep_password, maya.diane, typed)


def test_who_must_not_be_contacted(store: Store) -> None:
    maya = settle(store, lambda p: p["clients"][0]["circle"][1].update(roles=["do_not_contact"]))
    assert store.ask(correspondence.must_not_be_contacted, maya.client, maya.tess)
    assert not store.ask(correspondence.must_not_be_contacted, maya.client, maya.diane)


def test_drafts_of_one_client(store: Store, maya: Maya, clock: Clock) -> None:
    store.do("Type", drafts.keep, "log/1", {}, maya.client)
    store.do("Type", drafts.keep, "log/2", {})
    clock.forward(seconds=1)
    store.do("Type", drafts.keep, "log/3", {}, maya.client)
    kept = store.ask(drafts.of_client, maya.client, "log/")
    assert [each.key for each in kept] == ["log/3", "log/1"]
    assert store.ask(drafts.of_client, maya.client, "letter/") == []


def test_row_of_one_file(store: Store) -> None:
    number = add_file(store, b"four")
    found = store.ask(documents.row, number)
    assert found == DocumentRow(number, "Title of a.txt", "a.txt", "text/plain", 4)
    with pytest.raises(Problem, match="no longer there"):
        store.ask(documents.row, 99)


def test_how_a_password_was_told(store: Store, maya: Maya) -> None:
    assert store.ask(correspondence.told, maya.diane) == ""
    typed = ("six words nobody knows", "by phone on March 9")
    store.do("Keep", correspondence.keep_password, maya.diane, *typed)
    assert store.ask(correspondence.told, maya.diane) == "by phone on March 9"
