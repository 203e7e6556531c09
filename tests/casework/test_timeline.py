"""The log as it is read, and who may see a contact that is still being typed."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.orm import Session

from cmdesk.casework import audience, entries, tasks, timeline
from cmdesk.casework.audience import Preview
from cmdesk.casework.timeline import Seen
from cmdesk.models.client import CircleMember
from cmdesk.models.person import Person
from cmdesk.rules.people import Name
from cmdesk.store.store import Store
from tests.records import MONDAY, Clock, Maya, contact, log, settle

NEW_YORK = ZoneInfo("America/New_York")


def test_one_row(store: Store, maya: Maya) -> None:
    stands = store.ask(timeline.standings, maya.client)
    (row,) = store.ask(timeline.rows, [maya.entry], stands)
    assert row.at == datetime(2026, 3, 6, 11, tzinfo=NEW_YORK)
    assert (row.minutes, row.kind, row.method, row.direction) == (
        24,
        "contact",
        "phone",
        "outbound",
    )
    assert (row.outcome, row.status, row.amended, row.time_recorded) == (
        "reached",
        "signed",
        False,
        True,
    )
    assert row.narrative.startswith("Tess reports that Maya")
    assert (row.people, row.credentials) == ((Name("Tess", "Holloway", ""),), "LMFT")
    assert row.topics == ("progress", "substance_use")
    assert row.family_line == "Maya finished her prevention plan and read it to her group."
    assert (row.follow_up, row.follow_up_on, row.follow_up_done) == (
        "Ask about the ride home",
        MONDAY,
        False,
    )
    why, words = "Your choice: short version", "Maya had a good week in group."
    assert row.seen == (Seen("Diane", "short", why, words),)


def test_what_is_added_shows(store: Store, maya: Maya) -> None:
    store.do("Add", entries.add_addendum, maya.entry, "late_entry", "More.")
    promise = next(s for s in store.ask(tasks.next_steps, maya.client) if s.follow_up_id)
    store.do("Done", tasks.finish, promise)
    (row,) = store.ask(timeline.rows, [maya.entry])
    assert (row.amended, row.follow_up_done, row.seen) == (True, True, ())


def test_several_people_show_no_credentials(store: Store, maya: Maya) -> None:
    both = (maya.diane.person_id or 0, maya.tess.person_id or 0)
    number = log(store, maya, participants=both)
    alone = log(store, maya, participants=(), follow_up="")
    several, nobody = store.ask(timeline.rows, [number, alone])
    assert [name.given for name in several.people] == ["Diane", "Tess"]
    assert several.credentials == ""
    assert (nobody.people, nobody.credentials, nobody.follow_up) == ((), "", "")


def test_rows_in_the_order_asked_without_those_that_are_gone(store: Store, maya: Maya) -> None:
    number = log(store, maya)
    asked = [number, 99, maya.entry]
    assert [row.id for row in store.ask(timeline.rows, asked)] == [number, maya.entry]
    assert store.ask(timeline.rows, []) == []


def test_newest_first(store: Store, maya: Maya) -> None:
    older = log(store, maya, day=date(2026, 3, 1))
    newer = log(store, maya, day=date(2026, 3, 8))
    same = log(store, maya, day=date(2026, 3, 8))
    assert store.ask(timeline.find, maya.client) == [same, newer, maya.entry, older]


FILTERS: list[tuple[str, str]] = [
    ("phone", "calls"), ("video", "calls"), ("voicemail", "calls"), ("in_person", "meetings"),
    ("text", "messages"), ("e_mail", "messages"), ("letter", "messages"), ("portal", "messages"),
]  # fmt: skip


@pytest.mark.parametrize(("method", "kind"), FILTERS)
def test_filters(store: Store, maya: Maya, method: str, kind: str) -> None:
    number = log(store, maya, method=method)
    for each in timeline.FILTERS:
        assert (number in store.ask(timeline.find, maya.client, each)) == (each == kind)


def test_words_are_looked_for_as_they_stand(store: Store, maya: Maya) -> None:
    number = log(store, maya, narrative="100% sure, under_scored")
    for text, found in (("100% SURE", True), ("%z", False), ("r_s", True), ("n_d", False)):
        assert (number in store.ask(timeline.find, maya.client, "all", text)) is found


def test_words_are_looked_for_in_all_one_reads_of_an_entry(store: Store, maya: Maya) -> None:
    number = log(store, maya, follow_up="Ask Fernbrook", family_line="A quiet week.")
    store.do("Add", entries.add_addendum, number, "addendum", "The nurse rang, too.")

    def found(text: str) -> bool:
        return number in store.ask(timeline.find, maya.client, "all", text)

    for text in ("holloway", "fernbrook", "nurse", "quiet week", "TESS went nurse"):
        assert found(text)
    assert not found("holloway elsewhere")
    store.do("Word", entries.word, number, ["progress"], "A good week.")
    assert (found("quiet"), found("good week")) == (False, True)  # the newest line counts


def test_wrong_chart_is_left_out(store: Store, maya: Maya, clock: Clock) -> None:
    number = log(store, maya)
    store.do("Wrong", entries.mark_wrong_chart, number, "Ana’s")
    assert store.ask(timeline.find, maya.client) == [maya.entry]
    clock.forward(minutes=1)
    store.do("Right", entries.mark_wrong_chart, number, "Maya’s", wrong=False)
    assert number in store.ask(timeline.find, maya.client)


def with_tess_and_the_program(practice: dict[str, Any]) -> None:
    practice["clients"][0]["consents"][0]["recipients"] = ["o-still", "p-tess", "p-diane"]


def test_readers_in_the_order_of_the_circle(store: Store) -> None:
    maya = settle(store, with_tess_and_the_program)
    assert store.ask(timeline.readers, maya.client) == [maya.diane, maya.tess]
    everybody = [party.key for party in store.ask(audience.readers, maya.client)]
    assert everybody == [maya.diane.key, maya.tess.key, f"o{maya.still}"]

    def leave(session: Session) -> None:
        session.query(CircleMember).filter_by(person_id=maya.diane.person_id).one().until = MONDAY

    store.do("Leave", leave)
    assert store.ask(timeline.readers, maya.client) == [maya.tess]
    left = [party.key for party in store.ask(audience.readers, maya.client)]
    assert left == [maya.tess.key, f"o{maya.still}", maya.diane.key]


def test_preview_is_judged_as_if_signed_now(store: Store, maya: Maya) -> None:
    typed = contact(maya, short_line="A good day.", short_topics=("progress",))
    (seen,) = store.ask(audience.preview, typed)
    assert seen == Preview(
        key=maya.diane.key,
        called="Diane",
        full_name="Diane Brenner",
        relation="mother",
        allowed="share",
        has_short=True,
        outcome="share",
        why="Covered: progress",
        text="Maya had a good day in group.",
    )
    marked = replace(typed, marks=((maya.diane.key, "keep_back"),))
    (seen,) = store.ask(audience.preview, marked)
    assert (seen.allowed, seen.outcome, seen.text) == ("share", "keep_back", "")
    unmarked = replace(typed, marks=((maya.diane.key, ""),))
    assert store.ask(audience.preview, unmarked)[0].outcome == "share"


def test_preview_of_what_is_not_covered(store: Store, maya: Maya) -> None:
    (seen,) = store.ask(audience.preview, contact(maya, topics=("medication",)))
    assert (seen.allowed, seen.has_short) == ("keep_back", False)
    assert seen.why == "Not in Diane's consent: medication"


def test_preview_knows_the_entry_it_goes_on_with(store: Store) -> None:
    def hold(practice: dict[str, Any]) -> None:
        practice["clients"][0]["restrictions"][0] |= {"topics": [], "entries": ["e-1"]}

    maya = settle(store, hold)
    assert store.ask(audience.preview, contact(maya))[0].outcome == "share"
    assert store.ask(audience.preview, contact(maya), maya.entry)[0].outcome == "keep_back"


def test_preview_without_a_client(store: Store, maya: Maya) -> None:
    assert store.ask(audience.preview, contact(maya, client_id=None)) == []


def test_what_was_entered_long_after_it_happened_is_late(store: Store, maya: Maya) -> None:
    fresh = log(store, maya, day=date(2026, 3, 8))
    old = log(store, maya, day=date(2026, 3, 1))
    late = {row.id: row.late for row in store.ask(timeline.rows, [fresh, old])}
    assert late == {fresh: False, old: True}


def test_what_an_unsigned_entry_lacks_is_told(store: Store, maya: Maya) -> None:
    ready = store.do("Log", entries.log, contact(maya), sign=False)
    bare = contact(maya, minutes=None, narrative=" ", purposes=())
    lacking = store.do("Log", entries.log, bare, sign=False)
    missing = {
        row.id: row.missing for row in store.ask(timeline.rows, [maya.entry, ready, lacking])
    }
    assert missing == {maya.entry: (), ready: (), lacking: ("minutes", "narrative", "purposes")}


def test_an_entry_of_the_wrong_chart_shows_only_when_asked_for(store: Store, maya: Maya) -> None:
    other = log(store, maya)
    store.do("Mark", entries.mark_wrong_chart, maya.entry, "Another Maya")
    assert store.ask(timeline.in_wrong_chart, maya.client) == {maya.entry}
    assert store.ask(timeline.find, maya.client) == [other]
    assert set(store.ask(timeline.find, maya.client, wrong=True)) == {other, maya.entry}
    assert [row.wrong for row in store.ask(timeline.rows, [other, maya.entry])] == [False, True]


def test_a_seal_that_no_longer_holds_is_found(store: Store, maya: Maya) -> None:
    signed = log(store, maya)
    unsigned = store.do("Log", entries.log, contact(maya), sign=False)
    assert store.ask(timeline.broken_seals, [signed, unsigned]) == set()

    def tamper(session: Session) -> None:
        session.get_one(Person, maya.tess.person_id).uid = "someone-else"

    store.do("Tamper", tamper)
    assert store.ask(timeline.broken_seals, [signed, unsigned]) == {signed}
