"""Typing that was kept is found after a merge, speaks of the one kept, and opens on no other."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmdesk.casework import (
    clients,
    draft_keys,
    drafts,
    merging,
    merging_charts,
    update_list,
)
from cmdesk.casework.clients import ClientDraft
from cmdesk.casework.draft_keys import Numbers
from cmdesk.casework.marks import NARROWNESS
from cmdesk.errors import Problem
from cmdesk.models.client import Client
from cmdesk.models.update import UpdatePlan
from cmdesk.store.store import Store
from tests.records import MONDAY_NOON, WEEK, Clock, Maya

NOW = Numbers(clients={2: 1, 3: 1}, people={12: 11, 13: 11})
NUMBERS = st.integers(1, 4)
PEOPLE = st.integers(10, 14)
MARKS = st.lists(st.tuples(PEOPLE.map("p{}".format), st.sampled_from(NARROWNESS)), max_size=5)
KINDS = st.sampled_from(
    [
        "client:{}",
        "standing:{}",
        "safety:{}",
        "person:{}:12",
        "person:{}:new",
        "coverage:{}",
        "coverage:{}:policy:2",
        "cadence:{}",
        "hold:new:{}",
        "task:new:{}",
        "entry:new:{}",
        "consent:new:{}",
        "consent:renew:{}",
        "goal:new:{}",
        "goal:{}",
        "goal:{}:move",
        "hold:{}",
        "task:{}",
        "entry:{}",
        "consent:{}",
        "document:{}",
        "inquiry:{}",
        "update:{}:p12:2026-03-02:2026-03-08",
    ]
)
FOLLOWING = (":new:", ":new", "coverage:", "cadence:", "update:")


@given(KINDS, NUMBERS)
def test_only_what_adds_to_a_chart_follows_it(kind: str, number: int) -> None:
    key = kind.format(number)
    now = draft_keys.key_now(key, NOW)
    expected = NOW.clients.get(number, number) if any(f in kind for f in FOLLOWING) else number
    assert now == kind.format(expected).replace("p12", "p11")
    assert draft_keys.key_now(now, NOW) == now
    assert draft_keys.key_now(key, Numbers({}, {})) == key


@given(MARKS, st.lists(PEOPLE, max_size=5), NUMBERS)
def test_a_body_names_nobody_gone_and_marks_only_get_narrower(
    marks: list[tuple[str, str]], people: list[int], client: int
) -> None:
    body: dict[str, Any] = {
        "client_id": client,
        "participants": people,
        "keys": [f"p{number}" for number in people],
        "marks": [list(mark) for mark in marks],
        "lines": [{"person_id": number, "text": "p12"} for number in people],
        "narrative": "p12",
    }
    now = draft_keys.body_now(body, NOW)
    named = [NOW.people.get(number, number) for number in people]
    once = list(dict.fromkeys(named))
    assert now["client_id"] == NOW.clients.get(client, client)
    assert now["participants"] == once
    assert now["keys"] == [f"p{number}" for number in once]
    assert now["lines"] == [{"person_id": number, "text": "p12"} for number in named]
    assert now["narrative"] == "p12"
    for reader, mark in marks:
        stands = dict(now["marks"])[draft_keys.party_now(reader, NOW)]
        assert NARROWNESS.index(stands) >= NARROWNESS.index(mark)
    assert draft_keys.body_now(now, NOW) == now


def twin(store: Store, maya: Maya) -> int:
    add = clients.add_to_circle
    return store.do("Add", add, maya.client, "Dianne", "Brennan", "other")


def second_chart(store: Store) -> int:
    return store.do("Make", clients.add, ClientDraft("Maja", "Brenner", born=date(2003, 7, 14)))


def test_typing_of_the_chart_that_closed_is_found_and_gone_on_with(
    store: Store, maya: Maya, clock: Clock
) -> None:
    gone = second_chart(store)
    body = {"client_id": gone, "narrative": "Late"}
    store.do("Type", drafts.keep, f"entry:new:{gone}", body, gone)
    store.do("Merge", merging_charts.merge_clients, gone, maya.client)
    key = f"entry:new:{maya.client}"
    kept = store.ask(drafts.find, key)
    assert kept
    assert kept.body == {"client_id": maya.client, "narrative": "Late"}
    assert [each.key for each in store.ask(drafts.of_client, maya.client, "entry:")] == [key]
    store.undo()
    assert store.ask(drafts.find, key) is None
    before = store.ask(drafts.find, f"entry:new:{gone}")
    assert before
    assert before.body == body
    store.redo()
    store.do("Type", drafts.keep, key, {"narrative": "Later"}, maya.client)
    assert [each.body["narrative"] for each in store.ask(drafts.all_of, "entry:")] == ["Later"]
    store.do("Drop", drafts.discard, key)
    assert store.ask(drafts.all_of, "") == []


def test_of_two_drafts_the_one_of_the_chart_kept_comes_first(
    store: Store, maya: Maya, clock: Clock
) -> None:
    gone, key = second_chart(store), f"entry:new:{maya.client}"
    store.do("Type", drafts.keep, key, {"narrative": "Own"}, maya.client)
    clock.forward(seconds=1)
    store.do("Type", drafts.keep, f"entry:new:{gone}", {"narrative": "Other"}, gone)
    store.do("Merge", merging_charts.merge_clients, gone, maya.client)
    for words in ("Own", "Other"):
        kept = store.ask(drafts.find, key)
        assert kept
        assert kept.body["narrative"] == words
        assert [each.body for each in store.ask(drafts.of_client, maya.client, "entry:")] == [
            kept.body
        ]
        store.do("Drop", drafts.discard, key)
    assert store.ask(drafts.find, key) is None


def test_a_letter_begun_for_the_one_gone_is_the_letter_of_the_one_kept(
    store: Store, maya: Maya
) -> None:
    gone, first, last = twin(store, maya), *WEEK
    key = update_list.draft_key(maya.client, f"p{gone}", first, last)
    store.do("Type", drafts.keep, key, {"letter": {"headline": "A week"}}, maya.client)
    plan = UpdatePlan(client_id=maya.client, recipient_id=maya.diane.person_id or 0)
    store.do("Plan", lambda session: session.add(plan))
    store.do("Merge", merging.merge_people, gone, maya.diane.person_id or 0)
    (row,) = store.ask(update_list.begun, maya.client)
    assert (row.party.key, row.headline) == (maya.diane.key, "A week")
    assert all(each.begun_at for each in store.ask(update_list.due, maya.client))
    begun = store.ask(draft_keys.found_under, [(key, MONDAY_NOON)])
    assert update_list.draft_key(maya.client, maya.diane.key, first, last) in begun


@pytest.mark.parametrize(
    "key",
    [
        "client:{gone}",
        "standing:{kept}",
        "safety:{gone}",
        "person:{gone}:{tess}",
        "person:{kept}:{own}",
        "consent:new:{gone}",
        "consent:7",
    ],
)
def test_charts_wait_for_a_form_that_is_half_typed(store: Store, maya: Maya, key: str) -> None:
    gone = second_chart(store)
    own = store.ask(lambda session: session.get_one(Client, gone).person_id)
    made = key.format(gone=gone, kept=maya.client, tess=maya.tess.person_id, own=own)
    store.do("Type", drafts.keep, made, {"text": "Half"}, gone)
    with pytest.raises(Problem, match="is not saved yet"):
        store.do("Merge", merging_charts.merge_clients, gone, maya.client)
    store.do("Drop", drafts.discard, made)
    store.do("Merge", merging_charts.merge_clients, gone, maya.client)


@pytest.mark.parametrize("which", ["gone", "kept", "picked"])
def test_people_wait_for_a_form_that_is_half_typed(store: Store, maya: Maya, which: str) -> None:
    gone, kept = twin(store, maya), maya.diane.person_id or 0
    last = {"gone": gone, "kept": kept, "picked": "new"}[which]
    body = {"person_id": gone if which == "picked" else last, "given_name": "Half"}
    store.do("Type", drafts.keep, f"person:{maya.client}:{last}", body, maya.client)
    with pytest.raises(Problem, match="is not saved yet"):
        store.do("Merge", merging.merge_people, gone, kept)
    other = f"person:{maya.client}:{maya.tess.person_id}"
    store.do("Drop", drafts.discard, f"person:{maya.client}:{last}")
    store.do("Type", drafts.keep, other, {"person_id": maya.tess.person_id}, maya.client)
    store.do("Merge", merging.merge_people, gone, kept)


def test_a_form_of_the_one_gone_opens_on_nobody(store: Store, maya: Maya) -> None:
    """A practice file may bring the merge in while something is half typed."""
    gone, kept = twin(store, maya), maya.diane.person_id or 0
    store.do("Merge", merging.merge_people, gone, kept)
    key = f"person:{maya.client}:new"
    store.do("Type", drafts.keep, key, {"person_id": gone, "notes": "Half"}, maya.client)
    assert store.ask(drafts.find, key) is None
    assert store.ask(drafts.all_of, "person:") == []
    store.do("Type", drafts.keep, key, {"person_id": None, "notes": "New"}, maya.client)
    again = store.ask(drafts.find, key)
    assert again
    assert again.body["notes"] == "New"
