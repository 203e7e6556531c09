"""Find anything: folded, by beginnings, names first and then the newest; whatever is typed."""

from collections.abc import Generator
from contextlib import contextmanager
from datetime import date, time

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, text
from sqlalchemy.orm import Session

from cmdesk.casework import clients, documents, entries, search, tasks
from cmdesk.casework.search import Hit, phrase, snippet
from cmdesk.models.client import Client
from cmdesk.models.document import Document
from cmdesk.models.entry import Entry
from cmdesk.models.person import Address, ContactPoint, Person
from cmdesk.models.provider import Organisation
from cmdesk.models.task import Task
from cmdesk.models.update import Update, UpdateCopy
from cmdesk.store.store import Store
from tests.records import MONDAY, Maya, contact, log


def find(store: Store, typed: str, limit: int = 20) -> list[Hit]:
    return store.ask(search.search, typed, limit)


def kinds(store: Store, typed: str) -> list[tuple[str, int]]:
    return [(hit.kind, hit.id) for hit in find(store, typed)]


def index_is_whole(store: Store) -> None:
    """SQLite compares the index with the rows it was made from."""

    def check(connection: Connection, _key: bytearray) -> None:
        for index in ("search", "search_names"):
            ask = f"INSERT INTO {index}({index}, rank) VALUES ('integrity-check', 1)"
            connection.execute(text(ask))

    store.examine(check)


def test_everything_that_is_read_is_found(store: Store, maya: Maya) -> None:
    def add(session: Session) -> None:
        house = session.get_one(Organisation, maya.still)
        house.name2, house.notes = "Women", "quiet wing"
        session.add(Address(organisation_id=house.id, city="Ithaca", state="NY"))
        diane = session.get_one(Person, maya.diane.person_id)
        diane.notes = "prefers mornings"
        session.add(Address(person_id=diane.id, city="Yonkers"))
        session.add(ContactPoint(person_id=diane.id, kind="mobile", value="+1 914 555 0177"))
        session.add(ContactPoint(organisation_id=house.id, kind="work", value="+1 607 555 0188"))
        session.get_one(Client, maya.client).allergies = "penicillin"
        update = Update(client_id=maya.client, number=1, period_from=MONDAY, period_until=MONDAY)
        session.add(update)
        session.flush()
        session.add(UpdateCopy(update_id=update.id, headline="Headline", text="Marvellous news"))
        session.add(Task(client_id=maya.client, text="Rent", notes="ask the landlord"))

    store.do("Add", add)
    store.do("Say", clients.say_where_things_stand, maya.client, "Steady since January")
    number = store.do(
        "Keep", documents.add, b"x", title="Lab report", file_name="l.pdf", media_type="a/b"
    )
    store.do("Text", lambda s: setattr(s.get_one(Document, number), "text", "potassium low"))
    store.do("Add", entries.add_addendum, maya.entry, "addendum", "She mentioned Rochester.")
    found = {
        word: [(hit.kind, hit.ref, hit.title) for hit in find(store, word)]
        for word in (
            "relapse", "rochester", "holloway", "steady", "penicillin", "quiet", "ithaca",
            "yonkers", "0177", "0188", "marvellous", "potassium", "landlord",
        )
    }  # fmt: skip
    entry = ("entry", "e-1", "Maya Brenner, 2026-03-06")
    house = ("organisation", "o-still", "Stillwater Ridge Women")
    diane = ("person", "p-diane", "Diane Brenner")
    maya_hit = ("client", "c-maya", "Maya Brenner")
    assert found["relapse"] == found["rochester"] == [entry]
    assert found["holloway"] == [("person", "p-tess", "Tess Holloway")]
    assert found["steady"] == found["penicillin"] == [maya_hit]
    assert found["quiet"] == found["ithaca"] == found["0188"] == [house]
    assert found["yonkers"] == found["0177"] == [diane]
    assert [(kind, title) for kind, _, title in found["marvellous"]] == [("letter", "Headline")]
    assert [(kind, title) for kind, _, title in found["potassium"]] == [("document", "Lab report")]
    assert [(kind, title) for kind, _, title in found["landlord"]] == [("task", "Rent")]
    assert find(store, "quiet")[0].snippet == "Ithaca, NY"
    index_is_whole(store)


def test_a_client_is_found_as_one_by_name_and_by_chart(store: Store, maya: Maya) -> None:
    store.do("Say", clients.say_where_things_stand, maya.client, "Maya does well")
    hits = [hit for hit in find(store, "maya") if hit.kind == "client"]
    assert [(hit.ref, hit.id, hit.client_id) for hit in hits] == [
        ("c-maya", maya.client, maya.client)
    ]


def test_an_entry_is_found_once_by_all_its_words(store: Store, maya: Maya) -> None:
    number = log(store, maya, narrative="Kayak", family_line="Kayak", short_line="Kayak")
    store.do("Add", entries.add_addendum, number, "addendum", "Kayak")
    assert kinds(store, "kayak") == [("entry", number)]


def test_an_entry_stands_under_its_day_in_the_practice(store: Store, maya: Maya) -> None:
    """Half past nine in the evening in New York is the next day in UTC."""
    log(store, maya, narrative="Canoe", at=time(21, 30))
    assert find(store, "canoe")[0].title == "Maya Brenner, 2026-03-05"


def test_names_first_then_the_newest(store: Store, maya: Maya) -> None:
    older = log(store, maya, narrative="River", day=date(2026, 1, 10), family_line="")
    newer = log(store, maya, narrative="River", day=date(2026, 3, 1), family_line="")
    middle = log(store, maya, narrative="River", day=date(2026, 2, 1), family_line="")
    person = Person(given_name="River")
    store.do("Add", lambda session: session.add(person))
    found = kinds(store, "river")
    assert [kind for kind, _ in found] == ["person", "entry", "entry", "entry"]
    assert [number for _, number in found[1:]] == [newer, middle, older]
    assert kinds(store, "river")[:2] == [(hit.kind, hit.id) for hit in find(store, "river", 1)]


FOLDED = [
    ("Łódź", "lodz"), ("Łódź", "ŁÓDŹ"), ("lodz", "Łódź"), ("Søren", "soren"), ("SØREN", "Søren"),
    ("Đặng", "dang"), ("Dang", "đặng"), ("Ægir", "aegir"), ("aegir", "Æ"), ("Weiß", "weiss"),
    ("WEISS", "weiß"), ("STRAẞE", "strasse"), ("José", "jose"), ("jose", "JOSÉ"),
    ("Ngọc", "ngoc"), ("Žižek", "zizek"), ("Ирина", "ирина"), ("דיאן", "דיאן"),
]  # fmt: skip


@pytest.mark.parametrize(("kept", "typed"), FOLDED)
def test_letters_are_folded_on_both_sides(store: Store, kept: str, typed: str) -> None:
    store.do("Add", lambda session: session.add(Person(given_name=kept)))
    assert [hit.title for hit in find(store, typed)] == [kept]
    index_is_whole(store)


def test_beginnings_of_the_last_word_alone(store: Store, maya: Maya) -> None:
    assert [hit.ref for hit in find(store, "tess hollo")] == ["p-tess"]
    assert find(store, "tes holloway") == []
    assert [hit.ref for hit in find(store, "hollo tess")] == []
    assert find(store, "tess hollo ") == []
    assert [hit.ref for hit in find(store, "holloway ")] == ["p-tess"]
    assert [hit.ref for hit in find(store, "h")][:1] == ["p-tess"]
    assert phrase("tess hollo") == '"tess" "hollo"*'
    assert phrase(" ,.- ") == ""


NUMBERS = [
    ("(347) 662-0199", ["(347) 662-0199", "3476620199", "662-0199", "6620199", "+1 347 662 0199",
                        "13476620199", "347.662.0199", "347662", "0199", "347 662"]),
    ("+13476620199", ["(347) 662-0199", "347 662 0199", "662-0199", "662 0199", "0199", "+1347"]),
    ("1-347-662-0199 ext. 4", ["3476620199", "662-0199", "+13476620199"]),
    ("347.662.0199 x22", ["3476620199", "6620199"]),
    ("+44 20 7946 0018", ["442079460018", "+44 20 7946 0018", "2079460018", "9460018", "0018"]),
]  # fmt: skip


@pytest.mark.parametrize(("kept", "ways"), NUMBERS)
def test_a_number_is_found_however_it_is_typed(
    store: Store, maya: Maya, kept: str, ways: list[str]
) -> None:
    number = maya.diane.person_id or 0
    point = ContactPoint(person_id=number, kind="mobile", value=kept)
    store.do("Add", lambda session: session.add(point))
    for typed in ways:
        assert ("person", number) in kinds(store, typed), typed
    assert ("person", number) not in kinds(store, "3476620198")
    assert ("person", number) not in kinds(store, "9999")
    index_is_whole(store)
    store.undo()
    assert not any(("person", number) in kinds(store, typed) for typed in ways)
    index_is_whole(store)


def test_only_what_may_be_a_number_is_asked_for_by_digits(store: Store, maya: Maya) -> None:
    assert phrase("555-0110") == '("555" "0110"*) OR "5550110"*'
    assert phrase("1203") == '("1203"*) OR "1203"*'
    assert phrase("1203555") == '("1203555"*) OR "1203555"* OR "203555"*'
    assert phrase("110") == '"110"*'
    assert phrase("Route 5550110") == '"Route" "5550110"*'
    mail = ContactPoint(person_id=maya.diane.person_id, kind="email", value="d.1234567@x.org")
    store.do("Add", lambda session: session.add(mail))
    assert kinds(store, "4567") == []


HOSTILE = [
    '"', '""', "*", "NEAR(", "NEAR(a b, 2)", "AND", "OR NOT", "a AND", "body:x", "-a", "^a", "a^",
    "(", "{a b}", "a\x00b", "\x00", "'; DROP TABLE search; --", "\ud800", "%", "_", "\u200b", "a*b",
    "+", "\\", "a" * 5000, "é" * 300, "😀", "٣", "rank", "search",
]  # fmt: skip


@pytest.mark.parametrize("typed", HOSTILE)
def test_whatever_is_typed_is_only_words(store: Store, maya: Maya, typed: str) -> None:
    assert isinstance(find(store, typed), list)
    log(store, maya, narrative="Ordinary words AND near")
    assert len(find(store, "AND near")) == 1
    index_is_whole(store)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.text(max_size=40))
@example(typed="ß*")
def test_any_text_can_be_asked_for(store: Store, typed: str) -> None:
    assert find(store, typed) == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(word=st.text(st.characters(categories=["L"]), min_size=1, max_size=8))
def test_what_is_kept_is_found_by_its_own_letters(store: Store, word: str) -> None:
    with kept_for_a_while(store, word):
        asked = phrase(word)
        assert not asked or find(store, word)


@contextmanager
def kept_for_a_while(store: Store, name: str) -> Generator[None]:
    store.do("Add", lambda session: session.add(Person(given_name=name)))
    yield
    store.undo()


def test_index_follows_edits_undo_and_redo(store: Store, maya: Maya) -> None:
    number = store.do("Add", tasks.add, maya.client, "Book the ferry")

    def reword(session: Session) -> None:
        session.get_one(Task, number).text = "Book the train"

    store.do("Reword", reword)
    assert (kinds(store, "ferry"), kinds(store, "train")) == ([], [("task", number)])
    for step, ferry, train in (("undo", 1, 0), ("undo", 0, 0), ("redo", 1, 0), ("redo", 0, 1)):
        getattr(store, step)()
        assert (len(find(store, "ferry")), len(find(store, "train"))) == (ferry, train)
        index_is_whole(store)


def test_index_follows_an_entry_that_moves_in_time(store: Store, maya: Maya) -> None:
    number = store.do("Log", entries.log, contact(maya, narrative="Kayak"), sign=False)

    def move(session: Session) -> None:
        entry = session.get_one(Entry, number)
        entry.occurred_at = entry.occurred_at.replace(year=2025)

    store.do("Move", move)
    assert kinds(store, "kayak") == [("entry", number)]
    index_is_whole(store)
    store.undo()
    assert kinds(store, "kayak") == [("entry", number)]
    index_is_whole(store)


def test_snippet_is_around_the_first_word() -> None:
    body = "a " * 60 + "the needle " + "b " * 200
    piece = snippet(body, ["needle"])
    assert piece.startswith("… ")
    assert piece.endswith(" …")
    assert "needle" in piece
    assert len(piece) <= 3 * search.AROUND + 4
    assert snippet("short\n text", ["none"]) == "short text"
    assert snippet("", []) == ""
