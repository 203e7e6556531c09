"""The sample practice is the one of the design's pictures, on any day it is made."""

import json
import re
from collections import Counter
from collections.abc import Generator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.casework import agenda, compose, coverage, safety_plan, updates, verdicts
from cmdesk.casework.parties import of_person, party_by_name
from cmdesk.casework.released import Released
from cmdesk.casework.verdicts import Judged
from cmdesk.exchange import intake, practice_import, sample
from cmdesk.models.client import CircleMember, Client
from cmdesk.models.person import Person
from cmdesk.reports import family_update
from cmdesk.rules.letter import PartKind
from cmdesk.rules.topics import Topic
from cmdesk.store.store import Store
from tests.exchange.conftest import opened
from tests.records import Template

MONDAY: Final = date(2026, 3, 9)
SINCE: Final = date(2025, 12, 15)  # twelve weeks
WEDNESDAY: Final = timedelta(days=2)
WEEK: Final = (date(2026, 3, 2), date(2026, 3, 8))

DIANE: Final = {
    "e-maya-mon-other": ("keep_back", 1),
    "e-maya-tue-ride": ("keep_back", 4),
    "e-maya-tue-bridge": ("share", 8),
    "e-maya-wed-medicine": ("keep_back", 6),
    "e-maya-wed-team": ("share", 8),
    "e-maya-thu-safety": ("share", 8),
    "e-maya-thu-joel": ("short", 6),
    "e-maya-thu-measure": ("share", 8),
    "e-maya-fri-plan": ("share", 8),
    "e-maya-fri-nights": ("short", 6),
    "e-maya-fri-kevin": ("share", 8),
    "e-maya-sat-diane": ("share", 8),
}
DAVID: Final = {
    "e-maya-mon-other": ("keep_back", 1),
    "e-maya-tue-ride": ("short", 7),
    "e-maya-tue-bridge": ("short", 6),
    "e-maya-wed-medicine": ("keep_back", 6),
    "e-maya-wed-team": ("short", 6),
    "e-maya-thu-safety": ("keep_back", 6),
    "e-maya-thu-joel": ("short", 6),
    "e-maya-thu-measure": ("keep_back", 6),
    "e-maya-fri-plan": ("keep_back", 6),
    "e-maya-fri-nights": ("keep_back", 6),
    "e-maya-fri-kevin": ("keep_back", 6),
    "e-maya-sat-diane": ("keep_back", 6),
}


@cache
def told(today: date = MONDAY) -> dict[str, Any]:
    return json.loads(sample.practice(today))


def entries() -> list[dict[str, Any]]:
    return [entry for client in told()["clients"] for entry in client["entries"]]


@pytest.fixture(scope="module")
def practice(empty_vault: Template, tmp_path_factory: pytest.TempPathFactory) -> Generator[Store]:
    """Open the sample once; the tests only ask."""
    store = opened(empty_vault, tmp_path_factory.mktemp("sample") / "practice.cmdesk")
    store.do("Import", intake.bring_in, sample.practice(MONDAY))
    yield store
    store.close()


def judged(
    session: Session, client: str, person: str, days: tuple[date, date] = WEEK
) -> list[Judged]:
    client_id = session.scalars(select(Client.id).where(Client.ref == client)).one()
    person_id = session.scalars(select(Person.id).where(Person.ref == person)).one()
    party = of_person(session, person_id)
    return verdicts.of_period(session, client_id, party, *days, MONDAY)


def all_judged(session: Session) -> list[Judged]:
    """Judge the whole log for everyone in each circle."""
    circle = (
        select(Client.ref, Person.ref)
        .join_from(Client, CircleMember)
        .join(Person, CircleMember.person_id == Person.id)
    )
    return [
        each
        for client, person in session.execute(circle).all()
        for each in judged(session, client or "", person or "", (SINCE, WEEK[1]))
    ]


@pytest.mark.parametrize(("person", "expected"), [("p-diane", DIANE), ("p-david", DAVID)])
def test_the_week_of_the_picture_comes_out(
    practice: Store, person: str, expected: dict[str, tuple[str, int]]
) -> None:
    found = practice.ask(judged, "c-maya", person)
    got = {each.ref: (str(each.verdict.outcome), each.verdict.rule) for each in found}
    assert got == expected


def test_as_many_can_be_shared_as_the_picture_says() -> None:
    assert sum(outcome != "keep_back" for outcome, _ in DIANE.values()) == 9
    assert sum(outcome != "keep_back" for outcome, _ in DAVID.values()) == 4


def test_the_letter_of_the_picture_is_in_the_lines(practice: Store) -> None:
    found = practice.ask(judged, "c-maya", "p-diane")
    texts = " ".join(each.verdict.text or "" for each in found)
    for said in (
        "Maya finished the plan she will use when cravings or low days come.",
        "one of the most honest plans she has seen this year",
        "Tuesday and Wednesday nights were hard.",
        "She had no thoughts of ending her life.",
        "moved her leaving date up to Friday, March 20",
        "Insurance is the main reason.",
        "Her mood score is 9, down from 14",
        "first day would be Tuesday, March 24",
    ):
        assert said in texts
    for kept in ("David", "sertraline", "Joel", "another patient", "sober living"):
        assert kept.casefold() not in texts.casefold()
    reasons = {each.ref: each.verdict.why for each in found}
    assert reasons["e-maya-tue-ride"] == "Maya wants to tell her mother herself"
    assert reasons["e-maya-wed-medicine"] == "Not in Diane's consent: medication"


def test_every_rule_answers_someone(practice: Store) -> None:
    assert {each.verdict.rule for each in practice.ask(all_judged)} == set(range(9))


def test_every_topic_occurs() -> None:
    assert {topic for entry in entries() for topic in entry["topics"]} == set(Topic)


def test_twelve_weeks_of_six_families() -> None:
    working = [client for client in told()["clients"] if client["status"] != "closed"]
    assert len(working) == 6
    assert len(entries()) >= 150
    days = {entry["occurred_at"][:10] for entry in entries()}
    assert min(days) == SINCE.isoformat()
    assert max(days) == WEEK[1].isoformat()


def test_lines_for_families_are_short_and_plain() -> None:
    for entry in entries():
        for line in (entry.get("family_line", ""), entry.get("short_line", "")):
            for sentence in re.split(r"(?<=[a-z0-9’][.!?]) ", line):
                assert len(sentence.split()) < 20, sentence


def test_no_line_names_what_its_topics_do_not_cover() -> None:
    """What the pictures call the leak check: no line of any family names a medicine."""
    for entry in entries():
        lines = f"{entry.get('family_line', '')} {entry.get('short_line', '')}".casefold()
        assert not any(word in lines for word in ("sertraline", "lithium", "escitalopram"))


def test_today_is_the_day_of_the_picture(practice: Store) -> None:
    rows = practice.ask(agenda.on, MONDAY)
    late = [(row.title, row.due) for row in rows if row.group == "overdue"]
    assert late[0] == ("Call back Kevin Park", date(2026, 3, 6))
    assert ("Send signed release to Lantern IOP", date(2026, 3, 8)) in late
    assert {row.person for row in rows if row.kind == "consent"} >= {"p-david", "p-nwosu"}
    updates = {row.person: row.due for row in rows if row.group == "updates_due"}
    assert updates["p-diane"] == MONDAY
    assert updates["p-david"] == updates["p-ada"] == date(2026, 3, 11)
    assert updates["p-elin"] == date(2026, 3, 13)
    assert [row.client for row in rows if row.group == "moves"] == ["c-maya", "c-owen"]


def test_the_rail_says_what_the_picture_says(practice: Store) -> None:
    maya = practice.ask(lambda session: session.scalars(select(Client.id)).first())
    assert maya is not None
    safety = practice.ask(safety_plan.glance, maya)
    assert safety is not None
    assert (safety.concern, safety.reviewed_on) == ("moderate", date(2026, 3, 2))
    assert [getattr(name, "given", name) for name in safety.first_calls] == ["Tess", "Diane"]
    lines = practice.ask(safety_plan.version, safety.id).draft.lines
    assert {line.step for line in lines} == {1, 2, 3, 4, 5, 6}
    paid = practice.ask(coverage.standing, maya)
    assert paid is not None
    assert paid.spent is not None
    assert (paid.payer, paid.plan_type) == ("Meridian", "ppo")
    assert (paid.spent.used, paid.spent.approved, paid.spent.left) == (35, 37, 2)
    assert (paid.spent.last, paid.pays) == (MONDAY + WEDNESDAY, "Plan pays 70% after deductible.")
    rows = practice.ask(agenda.on, MONDAY)
    assert ("authorization", MONDAY + WEDNESDAY) in {(row.kind, row.due) for row in rows}
    assert len([row for row in rows if row.group == "reassess"]) == 2
    waiting = [row.kind for row in rows if row.group == "waiting"]
    # The picture's three, and the transcript a school was asked for.
    assert sorted(waiting) == ["records_request", "task", "task", "task"]


@pytest.mark.parametrize("today", [MONDAY + timedelta(days=day) for day in range(7)])
def test_what_runs_out_keeps_pace(today: date) -> None:
    moved = told(today)
    (*_, last) = moved["clients"][0]["authorizations"]
    assert last["through_on"] == (today + WEDNESDAY).isoformat()
    assert last["units_authorized"] == 9 + (today - MONDAY).days
    assert last["reviews"][0]["due_on"] == last["next_review_on"]
    assert all(inquiry["next_on"] > today.isoformat() for inquiry in moved["inquiries"])
    assert all(inquiry["received_at"] < today.isoformat() for inquiry in moved["inquiries"])


@pytest.mark.parametrize("day", range(7))
def test_on_any_weekday_some_is_due_and_little_is_late(store: Store, day: int) -> None:
    today = MONDAY + timedelta(days=day)
    store.do("Import", intake.bring_in, sample.practice(today))
    rows = store.ask(agenda.on, today)
    count = Counter(str(row.group) for row in rows)
    assert (count["overdue"], count["today"]) == (2, 6 + (day == 4))  # Friday has a day of its own
    assert not [row.title for row in rows if row.group == "updates_due" and row.due < today]
    assert not [row.title for row in rows if row.group == "moves" and row.due < today]


def test_a_second_time_changes_nothing(store: Store) -> None:
    store.do("Import", intake.bring_in, sample.practice(MONDAY))
    data = practice_import.read(sample.practice(MONDAY))
    again = store.do("Import", practice_import.bring_in, data)
    assert (again.added, again.updated, again.skipped) == (0, 0, ())


@given(st.dates(date(2024, 1, 1), date(2040, 12, 31)))
def test_dates_move_by_whole_weeks(today: date) -> None:
    moved, still = told(today), told()
    monday = today - timedelta(days=today.weekday())
    for then, now in zip(still["clients"], moved["clients"], strict=True):
        for old, new in zip(then["entries"], now["entries"], strict=True):
            before = datetime.fromisoformat(old["occurred_at"])
            after = datetime.fromisoformat(new["occurred_at"])
            assert after.date() - before.date() == monday - MONDAY
            assert (after.hour, after.minute) == (before.hour, before.minute)
            assert after.astimezone(UTC).date() <= today


def test_tokens_become_words() -> None:
    maya = told(date(2026, 3, 13))["clients"][0]
    assert "She leaves March 20 for" in maya["where_things_stand"]
    assert "June 30, 2026" in maya["consents"][1]["letter_words"]
    assert not re.search(r"\{(date|month|\d)", json.dumps(told(), ensure_ascii=False))
    assert "Friday, March 27" in json.dumps(told(date(2026, 3, 16)))


@pytest.mark.parametrize("today", [date(2026, 6, 20), date(2026, 11, 22), date(2028, 2, 29)])
def test_it_goes_in_whole_on_any_day(store: Store, today: date) -> None:
    result = store.do("Import", intake.bring_in, sample.practice(today))
    assert result.kind == "practice"
    assert result.skipped == ()


@pytest.mark.parametrize(("reader", "named"), [("p-diane", True), ("p-david", False)])
def test_where_the_records_go_is_told_as_far_as_the_consent_covers_it(
    practice: Store, reader: str, named: bool
) -> None:
    """The day program treats substance use: its name says what David’s consent leaves out."""

    def proposed(session: Session) -> str:
        client_id = session.scalars(select(Client.id).where(Client.ref == "c-maya")).one()
        person_id = session.scalars(select(Person.id).where(Person.ref == reader)).one()
        about = updates.case(session, client_id, of_person(session, person_id), *WEEK)
        return str(compose.lay_out(session, about)[1].plain())

    assert ("Bridge Street" in practice.ask(proposed)) is named


def test_the_history_for_an_admission_is_two_pages(practice: Store) -> None:
    """As proposed, and with ten stays and words under each heading; no other letter is closer."""

    def released(session: Session) -> Released:
        who = session.scalars(select(Client.id).where(Client.ref == "c-maya")).one()
        reader = party_by_name(session, "o-bridge")
        _, draft = compose.propose(session, who, reader, *WEEK, template="admissions_history")
        return updates.release(session, who, reader, *WEEK, draft)

    made = practice.ask(released)
    assert made.part2
    assert family_update.make(made).pages == 2
    words = "She looks for a place near home from March 24 on, with help for her sleep. " * 2
    prose = {each.key: (words,) for each in made.letter.parts if each.kind is PartKind.TEXT}
    stays = (*made.letter.stays, *made.letter.stays)[:10]
    longer = replace(made.letter, prose=prose, stays=stays)
    assert len(stays) == 10
    assert len(prose) == 3
    assert family_update.make(replace(made, letter=longer)).pages == 2
