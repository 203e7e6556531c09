"""What a few hasty letters lead to."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmdesk.casework import clients, jump, jump_acts, name_search, tasks
from cmdesk.casework.clients import ClientDraft
from cmdesk.casework.name_search import Known
from cmdesk.models.client import CircleMember
from cmdesk.models.merge import ClientMerge
from cmdesk.models.person import ContactPoint
from cmdesk.store.store import Store
from tests.records import Maya, log

PEOPLE = name_search.indexed(
    (Known(kind, number, name), name)
    for number, (kind, name) in enumerate(
        [
            ("client", "Maya Brenner"),
            ("person", "Diane Brenner"),
            ("person", "David Brenner"),
            ("person", "Tess Holloway"),
            ("person", "Zoë Łukasik"),
            ("organisation", "Stillwater Ridge"),
        ],
        start=1,
    )
)


@pytest.mark.parametrize(
    ("typed", "names", "rest"),
    [
        ("bren", ["Maya Brenner", "David Brenner", "Diane Brenner"], []),
        ("bren ride", ["Maya Brenner", "David Brenner", "Diane Brenner"], ["ride"]),
        ("maya bren", ["Maya Brenner"], []),
        ("holoway", ["Tess Holloway"], []),
        ("hollowya", ["Tess Holloway"], []),
        ("zoe luk", ["Zoë Łukasik"], []),
        ("stilwater", ["Stillwater Ridge"], []),
        ("tes", ["Tess Holloway"], []),
        ("tsw", [], ["tsw"]),
        ("ride home", [], ["ride", "home"]),
        ("", [], []),
        ("  ,;  ", [], []),
    ],
)
def test_who_is_called(typed: str, names: list[str], rest: list[str]) -> None:
    found, left = name_search.called(PEOPLE, typed)
    assert [one.name for one in found] == names
    assert left == rest


@given(st.text(max_size=60))
def test_anything_may_be_typed(typed: str) -> None:
    found, left = name_search.called(PEOPLE, typed)
    assert len(found) <= name_search.MOST
    assert set(left) <= set(name_search.WORD.findall(name_search.folded(typed)))


def find(store: Store, typed: str, *, people_only: bool = False) -> jump.Found:
    names = store.ask(name_search.names)
    return store.ask(jump.find, names, typed, people_only=people_only)


def test_people_with_what_they_are(store: Store, maya: Maya) -> None:
    found = find(store, "bren")
    assert found.people[0].title == "Maya Brenner"
    assert found.people[0].detail == "Client · Stillwater Ridge"
    mother = next(hit for hit in found.people if hit.title == "Diane Brenner")
    assert mother.detail.startswith("Maya’s mother")
    assert mother.client_id == maya.client


def test_words_left_over_are_looked_for_in_the_family_s_log(store: Store, maya: Maya) -> None:
    entry = log(store, maya, narrative="Anxious about the ride home.")
    task = store.do("Add", tasks.add, maya.client, "Raise the ride home", date(2026, 3, 9))
    found = find(store, "brenner ride")
    assert [hit.id for hit in found.log] == [entry]
    assert found.log[0].detail == "Tess Holloway · Mar 5"
    assert [(hit.id, hit.detail) for hit in found.tasks] == [(task, "Maya Brenner · today")]


def test_a_number_leads_to_its_owner(store: Store, maya: Maya) -> None:
    point = ContactPoint(person_id=maya.tess.person_id, kind="mobile", value="917-555-0126")
    store.do("Add", lambda session: session.add(point))
    (tess,) = find(store, "tess").people
    assert tess.phone == "(917) 555-0126"
    assert tess.detail == "Maya’s therapist · (917) 555-0126"
    assert [hit.title for hit in find(store, "9175550126").people] == ["Tess Holloway"]


def test_people_only(store: Store, maya: Maya) -> None:
    log(store, maya, narrative="Maya told of the ride.")
    found = find(store, "maya", people_only=True)
    assert found.people
    assert found == jump.Found(people=found.people, named=1)


def test_nothing(store: Store, maya: Maya) -> None:
    assert find(store, "qqqqq").nothing


@pytest.mark.parametrize(
    ("typed", "act", "first"),
    [
        ("edit diane", "edit", "Diane Brenner"),
        ("diane brenner edit", "edit", "Diane Brenner"),
        ("call tess", "call", "Tess Holloway"),
        ("Task maya", "task", "Maya Brenner"),
        ("consent holoway", "consent", "Tess Holloway"),
        ("diane", None, "Diane Brenner"),
        ("ride home", None, None),
        ("call", None, None),
    ],
)
def test_a_word_says_what_is_to_be_done(
    store: Store, maya: Maya, typed: str, act: str | None, first: str | None
) -> None:
    found = find(store, typed)
    assert found.act == act
    assert [hit.title for hit in found.people][:1] == ([first] if first else [])
    assert found.named == (1 if first else 0)  # not whoever's log mentions the name


def test_an_act_s_word_may_be_a_name() -> None:
    names = name_search.indexed(
        (Known("person", number, name), name)
        for number, name in enumerate(["Tess Holloway", "Tess Callahan", "Edith Bell"], start=1)
    )
    assert jump_acts.split(names, "call tess") == (None, "call tess")
    assert jump_acts.split(names, "edit bell") == (None, "edit bell")
    assert jump_acts.split(names, "log tess") == ("log", "tess")


@pytest.mark.parametrize("over", ["ended", "merged"])
def test_a_person_leads_to_the_chart_they_stand_in_today(
    store: Store, maya: Maya, over: str
) -> None:
    other = store.do("Make", clients.add, ClientDraft("Owen", "Reyes"))
    place = CircleMember(
        client_id=other,
        person_id=maya.diane.person_id or 0,
        relationship="aunt",
        until=date(2026, 1, 1) if over == "ended" else None,
    )
    store.do("Add", lambda session: session.add(place))
    if over == "merged":
        merge = ClientMerge(client_id=other, kept_id=maya.client)
        store.do("Bring in", lambda session: session.add(merge))
    found = store.ask(jump.find, store.ask(name_search.names), "diane")
    assert [(hit.title, hit.client_id) for hit in found.people] == [("Diane Brenner", maya.client)]
