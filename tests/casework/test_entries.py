"""The contact log: what is logged and signed, and what an added row changes afterwards."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from sqlalchemy import delete, insert, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from cmdesk.casework import entries, signing, verdicts
from cmdesk.errors import Problem
from cmdesk.models.entry import (
    Addendum,
    Entry,
    EntryMark,
    EntryParticipant,
    EntryWording,
    FollowUp,
)
from cmdesk.rules.codes import Mark
from cmdesk.rules.consent import Verdict
from cmdesk.store.store import Store
from tests.records import WEEK, Clock, Maya, contact, log, settle, state


def row(store: Store, number: int) -> Entry:
    def read(session: Session) -> Entry:
        found = session.get_one(Entry, number)
        session.expunge(found)
        return found

    return store.ask(read)


def verdict(store: Store, maya: Maya, number: int) -> Verdict:
    judged = store.ask(verdicts.of_period, maya.client, maya.diane, *WEEK)
    return next(each.verdict for each in judged if each.entry_id == number)


def test_a_contact_is_kept_as_typed(store: Store, maya: Maya) -> None:
    typed = contact(maya, location="office", follow_up=" Call her ", follow_up_on=date(2026, 3, 11))
    number = store.do("Log", entries.log, typed, sign=False)
    kept = row(store, number)
    assert kept.occurred_at == datetime(2026, 3, 5, 20, 30, tzinfo=UTC)
    assert (kept.occurred_zone, kept.time_recorded) == ("America/New_York", True)
    assert (kept.status, kept.signed_at, kept.signature_hash) == ("ready_to_sign", None, "")
    assert (kept.minutes, kept.location, kept.episode_id) == (20, "office", maya.episode)
    assert kept.no_follow_up is False
    promise = store.ask(lambda session: session.query(FollowUp).filter_by(entry_id=number).one())
    assert (promise.text, promise.due) == ("Call her", date(2026, 3, 11))


def test_time_not_recorded_stands_at_noon(store: Store, maya: Maya) -> None:
    kept = row(store, log(store, maya, at=None))
    assert kept.time_recorded is False
    assert kept.occurred_at == datetime(2026, 3, 5, 17, tzinfo=UTC)


def test_no_stay_on_that_day(store: Store, maya: Maya) -> None:
    assert row(store, log(store, maya, day=date(2026, 1, 20))).episode_id is None


def test_gone_on_with_until_signed(store: Store, maya: Maya, clock: Clock) -> None:
    number = store.do("Log", entries.log, contact(maya, follow_up="Call"), sign=False)
    clock.forward(minutes=1)
    changed = contact(maya, narrative="Another.", participants=(), minutes=0)
    assert store.do("Log", entries.log, changed, number, sign=True) == number
    kept = row(store, number)
    assert (kept.narrative, kept.status, kept.signed_by) == ("Another.", "signed", "Nora Whitlock")
    assert kept.signed_at == clock.now

    def read(session: Session) -> tuple[int, int, int]:
        count = [
            session.query(kind).filter_by(entry_id=number).count()
            for kind in (EntryParticipant, FollowUp, EntryWording)
        ]
        return count[0], count[1], count[2]

    assert store.ask(read) == (0, 0, 1)  # words that did not change are not said again


def test_follow_up_is_changed_with_its_entry(store: Store, maya: Maya) -> None:
    number = store.do("Log", entries.log, contact(maya, follow_up="Call"), sign=False)
    store.do("Log", entries.log, contact(maya, follow_up="Write"), number, sign=False)
    rows = store.ask(lambda session: session.query(FollowUp).filter_by(entry_id=number).all())
    assert [promise.text for promise in rows] == ["Write"]


REFUSED: list[tuple[dict[str, Any], bool, str]] = [
    ({"client_id": None}, False, "Whom is this about?"),
    ({"day": None}, False, "On which day was it?"),
    ({"minutes": None}, True, "How many minutes did it take?"),
    ({"narrative": " "}, True, "What happened?"),
    ({"short_topics": ("private",)}, False, "never carries private"),
]


@pytest.mark.parametrize(("changes", "sign", "said"), REFUSED)
def test_unfinished_contact_is_refused(
    store: Store, maya: Maya, changes: dict[str, Any], sign: bool, said: str
) -> None:
    before = state(store)
    with pytest.raises(Problem, match=said.replace("?", r"\?")):
        store.do("Log", entries.log, contact(maya, **changes), sign=sign)
    assert state(store) == before


def test_entry_that_is_gone_or_signed_is_not_changed(store: Store, maya: Maya) -> None:
    for number, said in ((99, "no longer there"), (maya.entry, "A signed entry is final")):
        with pytest.raises(Problem, match=said):
            store.do("Log", entries.log, contact(maya), number, sign=False)
    with pytest.raises(Problem, match="signed already"):
        store.do("Sign", entries.sign_entry, maya.entry)


FORBIDDEN: dict[str, Callable[[Maya], Any]] = {
    "narrative": lambda m: update(Entry).where(Entry.id == m.entry).values(narrative="x"),
    "minutes": lambda m: update(Entry).where(Entry.id == m.entry).values(minutes=1),
    "part2": lambda m: update(Entry).where(Entry.id == m.entry).values(part2="no"),
    "client": lambda m: update(Entry).where(Entry.id == m.entry).values(client_id=2),
    "unsigned": lambda m: update(Entry).where(Entry.id == m.entry).values(status="draft"),
    "hash": lambda m: update(Entry).where(Entry.id == m.entry).values(signature_hash="x"),
    "gone": lambda m: delete(Entry).where(Entry.id == m.entry),
    "one more": lambda m: insert(EntryParticipant).values(
        entry_id=m.entry, person_id=m.diane.person_id
    ),
    "another": lambda m: update(EntryParticipant).values(person_id=m.diane.person_id),
    "nobody": lambda m: delete(EntryParticipant).where(EntryParticipant.entry_id == m.entry),
    "wording": lambda _m: update(EntryWording).values(family_line="x"),
    "mark": lambda _m: update(EntryMark).values(mark="share"),
    "addendum": lambda _m: update(Addendum).values(text="x"),
    "addendum gone": lambda _m: delete(Addendum),
}


@pytest.mark.parametrize("name", FORBIDDEN)
def test_signed_is_final_in_the_database(name: str, store: Store, maya: Maya) -> None:
    store.do("Add", entries.add_addendum, maya.entry, "addendum", "More.")
    before = state(store)
    with pytest.raises(IntegrityError, match=r"final|only added"):
        store.do("Change", lambda session: session.execute(FORBIDDEN[name](maya)))
    assert state(store) == before


def test_seal_tells_what_was_signed(store: Store, maya: Maya) -> None:
    number = log(store, maya)
    assert store.ask(signing.stands_as_signed, number)
    kept = row(store, number)
    assert len(kept.signature_hash) == 64
    other = row(store, log(store, maya, narrative="Something else."))
    assert other.signature_hash != kept.signature_hash


def test_newest_words_count(store: Store, maya: Maya, clock: Clock) -> None:
    number = log(store, maya)
    assert verdict(store, maya, number).text == "Maya had a good day in group."
    clock.forward(minutes=1)
    store.do("Word", entries.word, number, ["progress"], " A fine day. ")
    assert verdict(store, maya, number).text == "A fine day."
    clock.forward(minutes=1)
    store.do("Word", entries.word, number, ["legal"], "In court.", "A busy day.", ["progress"])
    assert verdict(store, maya, number).text == "A busy day."
    assert verdict(store, maya, number).rule == 6


def test_newest_mark_counts_and_an_empty_one_takes_it_back(
    store: Store, maya: Maya, clock: Clock
) -> None:
    number = log(store, maya)
    for mark, rule in ((Mark.KEEP_BACK, 7), (Mark.SHARE, 8), (Mark.SHORT, 7), ("", 8)):
        clock.forward(minutes=1)
        store.do("Mark", entries.choose, number, maya.diane.key, mark)
        assert verdict(store, maya, number).rule == rule
    store.do("Mark", entries.choose, number, maya.tess.key, Mark.KEEP_BACK)
    assert verdict(store, maya, number).rule == 8


def test_of_two_marks_at_one_moment_the_later_row_counts(store: Store, maya: Maya) -> None:
    number = log(store, maya)
    store.do("Mark", entries.choose, number, maya.diane.key, Mark.KEEP_BACK)
    store.do("Mark", entries.choose, number, maya.diane.key, Mark.SHARE)
    assert verdict(store, maya, number).rule == 8


def test_correction_holds_back_until_worded_anew(store: Store, maya: Maya, clock: Clock) -> None:
    number = log(store, maya)
    clock.forward(minutes=1)
    store.do("Add", entries.add_addendum, number, "addendum", "It was a long call.")
    assert verdict(store, maya, number).rule == 8
    store.do("Correct", entries.add_addendum, number, "correction", "It was Wednesday.", "Slip")
    held = verdict(store, maya, number)
    assert (held.rule, held.why) == (0, "Corrected since its lines were written")
    clock.forward(minutes=1)
    store.do("Word", entries.word, number, ["progress"], "A good Wednesday.")
    assert verdict(store, maya, number).text == "A good Wednesday."


def test_correction_at_the_very_moment_of_the_words_holds_back(store: Store, maya: Maya) -> None:
    number = log(store, maya)
    store.do("Correct", entries.add_addendum, number, "correction", "It was Wednesday.")
    assert verdict(store, maya, number).rule == 0


def test_correction_of_an_entry_without_any_words(store: Store) -> None:
    def unworded(practice: dict[str, Any]) -> None:
        entry = practice["clients"][0]["entries"][0]
        for key in ("topics", "family_line", "short_line", "short_topics"):
            del entry[key]

    maya = settle(store, unworded)
    assert verdict(store, maya, maya.entry).rule == 6
    store.do("Correct", entries.add_addendum, maya.entry, "correction", "It was Wednesday.")
    assert verdict(store, maya, maya.entry).rule == 0


def test_wrong_chart_and_back(store: Store, maya: Maya, clock: Clock) -> None:
    number = log(store, maya)
    store.do("Wrong", entries.mark_wrong_chart, number, "This was Ana.")
    assert verdict(store, maya, number).why == "Entered in the wrong chart"
    clock.forward(minutes=1)
    store.do("Right", entries.mark_wrong_chart, number, "It was Maya.", wrong=False)
    assert verdict(store, maya, number).rule == 8


def test_addendum_needs_words(store: Store, maya: Maya) -> None:
    with pytest.raises(Problem, match="An addendum needs words"):
        store.do("Add", entries.add_addendum, maya.entry, "addendum", "  ")


def test_author_is_empty_until_there_is_one(store: Store) -> None:
    assert store.ask(entries.author) == ""


def test_an_entry_of_the_evening_belongs_to_its_local_day(store: Store, maya: Maya) -> None:
    number = log(store, maya, day=date(2026, 3, 8), at=time(23, 30))
    assert number in store.ask(verdicts.entries_of_period, maya.client, *WEEK)


def test_the_newest_choice_counts_though_the_clock_was_set_back(
    store: Store, maya: Maya, clock: Clock
) -> None:
    number = log(store, maya)
    clock.forward(hours=-2)
    store.do("Mark", entries.choose, number, maya.diane.key, "keep_back")
    store.do("Mark", entries.choose, number, maya.diane.key, "")
    store.do("Mark", entries.choose, number, maya.diane.key, "keep_back")
    (read,) = store.ask(verdicts.for_rules, [number])
    assert read[2].marks == {maya.diane.key: "keep_back"}
    store.do("Correct", entries.add_addendum, number, "correction", "It was a fair day.")
    assert store.ask(verdicts.for_rules, [number])[0][2].corrected
    store.do("Word", entries.word, number, ["progress"], "A fair day.")
    (read,) = store.ask(verdicts.for_rules, [number])
    assert (read[2].corrected, read[2].family_line) == (False, "A fair day.")
