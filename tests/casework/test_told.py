"""Every statement that left is in the ledger, by reader, and held beside the letter after it."""

from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

from cmdesk.casework import compose, told, updates
from cmdesk.casework.drafting import LetterDraft, Passage
from cmdesk.casework.parties import Party
from cmdesk.casework.told import Statement
from cmdesk.models.client import Client
from cmdesk.models.merge import ClientMerge, PersonMerge
from cmdesk.models.person import Person
from cmdesk.models.task import Task
from cmdesk.models.update import LetterEvent, Update
from cmdesk.rules.letter import (
    WEEKLY,
    Closed,
    Glance,
    Goal,
    Moment,
    Part,
    PartKind,
    Stay,
    Step,
)
from cmdesk.rules.told import Remark, RemarkKind
from cmdesk.store.store import Store
from tests.casework.test_promises import NEXT, sent, short_of, task
from tests.records import MONDAY, WEEK, Clock, Maya, log

WHOLE = LetterDraft(
    parts=(
        *WEEKLY,
        Part(PartKind.DATES, "dates"),
        Part(PartKind.CLOCK, "clock"),
        Part(PartKind.HISTORY, "history"),
    ),
    glance=(Glance("How it went", "A calm week."), Glance("The news", "")),
    goals=(Goal("Sleep", 1, 4, "Going well"), Goal("Work", 0, 2, "")),
    steps=(Step("Fri, March 20", "Maya visits the campus", "Maya"),),
    dates=(Step("", "The approved days end", ""),),
    texts={"help": "Please call the school by March 13.\nThank you."},
    closed=(Closed("Wed, March 4", "Tess calls", "Done", "On time."),),
    clock=(Moment("10:30", "I called the program"),),
    stays=(Stay("March 2", "At home", "Residential"),),
)


def ledger(store: Store, maya: Maya, party: Party | None = None, text: str = "") -> list[Statement]:
    return store.ask(told.ledger, maya.client, party, text)


def remarks(store: Store, maya: Maya, draft: LetterDraft) -> list[Remark]:
    def ask(session: Session) -> list[Remark]:
        about = updates.case(session, maya.client, maya.diane, *NEXT)
        return told.against(session, about, draft)

    return store.ask(ask)


def test_what_no_section_prints_was_not_told(store: Store, maya: Maya) -> None:
    bare = replace(WHOLE, parts=(Part(PartKind.LINES, "happened"),))
    sent(store, maya, replace(bare, passages=(Passage("By hand."),)))
    assert [each.text for each in ledger(store, maya)] == ["By hand."]


def test_each_thing_with_its_entry_topics_and_consent(store: Store, maya: Maya) -> None:
    task(store, maya, "Maya visits the campus", date(2026, 3, 20))
    copy = sent(store, maya, replace(WHOLE, passages=(short_of(maya), Passage("By hand."))))
    found = ledger(store, maya)
    assert [(each.part, each.text) for each in found] == [
        ("happened", "Maya had a good week in group."),
        ("happened", "By hand."),
        ("glance", "A calm week."),
        ("help", "Please call the school by March 13."),
        ("help", "Thank you."),
        ("goals", "Sleep: Going well"),
        ("goals", "Work"),
        ("steps", "Fri, March 20: Maya visits the campus"),
        ("dates", "The approved days end"),
        ("closed", "Wed, March 4: Tess calls. Done. On time."),
        ("clock", "10:30: I called the program"),
        ("history", "March 2: At home, Residential"),
    ]
    line, typed, step = found[0], found[1], found[7]
    assert step.topics == ("progress",)
    assert (line.entry, line.topics, line.consent) == ("e-1", ("progress",), "k-diane")
    assert (typed.entry, typed.topics, typed.consent) == ("", (), "k-diane")
    assert {(each.reader, each.on, each.copy_id, each.state) for each in found} == {
        ("Diane Brenner", MONDAY, copy, "")
    }


def test_the_headline_and_the_words_around_are_kept_and_standing_words_repeat_nothing(
    store: Store, maya: Maya, clock: Clock
) -> None:
    brief = "brief_no_change"
    words = store.ask(compose.propose, maya.client, maya.diane, *WEEK, brief)[1]
    sent(store, maya, replace(words, headline="A calm week for Maya", opening="I write again."))
    said = {each.part: each.text for each in ledger(store, maya)}
    assert (said["headline"], said["opening"]) == ("A calm week for Maya", "I write again.")
    assert said["close"] == words.close
    assert said["now"] == words.texts["now"]  # kept, for the reader was told
    clock.forward(days=7)

    def held(session: Session, draft: LetterDraft) -> list[Remark]:
        about = updates.case(session, maya.client, maya.diane, *NEXT, template=brief)
        return told.against(session, about, draft)

    assert store.ask(held, words) == []
    typed = "I spoke with the school about her classes and her new teacher."
    sent(store, maya, replace(words, texts={"now": typed}), NEXT)
    (again,) = store.ask(
        lambda s: told.beside(
            s, updates.case(s, maya.client, maya.diane, *WEEK, template=brief)
        ).remarks(replace(words, texts={"now": typed}))
    )
    assert (again.kind, again.place) == (RemarkKind.REPEATS, "text now")


def test_a_task_under_a_number_that_is_gone_gives_its_topics(store: Store, maya: Maya) -> None:
    number = task(store, maya, "Maya visits the campus", date(2026, 3, 20))

    def merge(session: Session) -> None:
        person = Person(given_name="May", family_name="Brenner")
        session.add(person)
        session.flush()
        gone = Client(person_id=person.id)
        session.add(gone)
        session.flush()
        session.get_one(Task, number).client_id = gone.id
        session.add(ClientMerge(client_id=gone.id, kept_id=maya.client))

    store.do("Merge", merge)
    sent(store, maya, replace(WHOLE, passages=(short_of(maya),)))
    assert next(each for each in ledger(store, maya) if each.part == "steps").topics


def test_of_released_lines_alone(store: Store, maya: Maya) -> None:
    sent(store, maya, None)
    (line,) = ledger(store, maya)
    assert (line.text, line.entry, line.part) == (
        "Maya had a good week in group.", "e-1", "happened"
    )  # fmt: skip


def test_searched_by_reader_and_by_words(store: Store, maya: Maya) -> None:
    sent(store, maya, WHOLE)
    assert [each.text for each in ledger(store, maya, text="SCHOOL call")] == [
        "Please call the school by March 13."
    ]
    assert ledger(store, maya, text="schools") == []
    assert len(ledger(store, maya, maya.diane)) == len(ledger(store, maya))
    assert ledger(store, maya, maya.tess) == []
    house = Party("o1", "", "", "", organisation_id=maya.still)
    assert ledger(store, maya, house) == []


def test_by_the_name_they_go_by_now(store: Store, maya: Maya) -> None:
    sent(store, maya, WHOLE)

    def merge(session: Session) -> int:
        kept = Person(given_name="Di", family_name="Brenner")
        session.add(kept)
        session.flush()
        session.add(PersonMerge(person_id=maya.diane.person_id, kept_id=kept.id))
        return kept.id

    kept = store.do("Merge", merge)
    now = replace(maya.diane, key=f"p{kept}", person_id=kept)
    assert {(each.reader, each.party_key) for each in ledger(store, maya, now)} == {
        ("Di Brenner", f"p{kept}")
    }


def test_a_letter_withdrawn_stays_in_the_ledger_and_is_held_against_none(
    store: Store, maya: Maya, clock: Clock
) -> None:
    copy = sent(store, maya, WHOLE)
    clock.forward(days=7)
    again = replace(LetterDraft(), texts={"help": "Please call the school by March 19."})
    assert [each.kind for each in remarks(store, maya, again)] == []  # the day went by
    again = LetterDraft(steps=(Step("Fri, March 27", "Maya visits the campus", ""),))
    (found,) = remarks(store, maya, again)
    assert (found.kind, found.place) == (RemarkKind.OTHER_DAY, "steps 0 what")
    assert found.told.text == "Fri, March 20: Maya visits the campus"
    event = LetterEvent(update_copy_id=copy, kind="withdrawn", happened_on=MONDAY)
    store.do("Withdraw", lambda session: session.add(event))
    assert remarks(store, maya, again) == []
    assert all(each.withdrawn for each in ledger(store, maya))
    store.do("Once", lambda s: s.delete(s.query(LetterEvent).one()))
    store.do("Week", lambda s: setattr(s.query(Update).one(), "status", "withdrawn"))
    assert remarks(store, maya, again) == []
    assert all(each.withdrawn for each in ledger(store, maya))


def test_a_letter_that_came_back_says_so_and_is_held_against_none(
    store: Store, maya: Maya, clock: Clock
) -> None:
    copy = sent(store, maya, WHOLE)
    clock.forward(days=7)
    again = LetterDraft(steps=(Step("Fri, March 27", "Maya visits the campus", ""),))

    def became(session: Session, kind: str) -> None:
        session.add(LetterEvent(update_copy_id=copy, kind=kind, happened_on=MONDAY))

    for kind, found, state in (("came_back", 0, "came_back"), ("handed_over", 1, "")):
        store.do("Event", became, kind)
        assert len(remarks(store, maya, again)) == found
        assert {each.state for each in ledger(store, maya)} == {state}


def test_an_entry_is_known_again_and_the_same_letter_is_not(store: Store, maya: Maya) -> None:
    number = log(store, maya)
    draft = LetterDraft(passages=(Passage("Maya had a good day in group.", number, "share"),))
    sent(store, maya, draft)

    def held(session: Session, last: date) -> tuple[Remark, ...]:
        about = updates.case(session, maya.client, maya.diane, WEEK[0], last)
        return told.beside(session, about).remarks(draft)

    assert store.ask(held, WEEK[1]) == ()
    (found,) = store.ask(held, MONDAY)
    assert (found.kind, found.place) == (RemarkKind.REPEATS, "passage 0")
    assert found.told.topics == {"progress"}
