"""A step with a program that is due stands on Today, and a search whose day is near."""

from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy.orm import Session

from cmdesk.casework import agenda, placement_said, row_log, tasks, today
from cmdesk.casework import placement_writes as writes
from cmdesk.casework.row_log import DayRow
from cmdesk.casework.tasks import NextStep
from cmdesk.casework.today import TodayRow
from cmdesk.models.person import Person
from cmdesk.models.placement import CandidateMove
from cmdesk.rules.log import LogDraft
from cmdesk.rules.placement_draft import CandidateForm, DecisionForm
from cmdesk.rules.placement_way import MoveForm
from cmdesk.store.store import Store
from tests.casework.searches import SCHOOL, begun, looked_at, program, the_one
from tests.records import MONDAY, Maya


def told(store: Store) -> list[tuple[str, str]]:
    """Return group and title of what searches bring up."""
    rows = store.ask(agenda.on)
    return [(row.group, row.title) for row in rows if row.kind in ("candidate", "placement")]


def test_what_is_due_with_a_program_is_told_until_it_is_over(store: Store, maya: Maya) -> None:
    search = begun(store, maya, replace(SCHOOL, by_on=date(2026, 3, 20)))
    candidate = store.do("Add", writes.add, search, program(store))
    yesterday = MONDAY - timedelta(days=1)
    step = CandidateForm(next_step="Call", next_on=yesterday, version=1)
    store.do("Step", writes.save_candidate, candidate, step)
    nearing = ("ending_soon", "A place for Maya")
    assert told(store) == [("overdue", "Call Fernbrook"), nearing]
    assert store.ask(agenda.urgent)[0] >= 1
    later = replace(step, next_step="Ask for an answer", next_on=MONDAY, version=2)
    store.do("Step", writes.save_candidate, candidate, later)
    assert told(store)[0] == ("today", "Fernbrook: Ask for an answer")
    store.do("Move", writes.move, candidate, MoveForm("no_show", MONDAY, "Never came"))
    assert told(store) == [nearing]
    version = looked_at(store, search).form.version
    decided = DecisionForm(MONDAY, "Diane", "We wait", version=version)
    store.do("Decide", placement_said.decide, search, decided)
    assert told(store) == []


def test_a_far_day_is_not_told_yet(store: Store, maya: Maya) -> None:
    begun(store, maya, replace(SCHOOL, by_on=MONDAY + timedelta(days=15)))
    assert told(store) == []


def test_the_log_opens_with_who_is_at_the_program(store: Store, maya: Maya) -> None:
    search = begun(store, maya)
    house = program(store)
    candidate = store.do("Add", writes.add, search, house)
    row = DayRow("candidate", candidate)
    asked = store.ask(row_log.asked, maya.client, row)
    assert (asked.people, asked.into(LogDraft()).narrative) == ((), "Fernbrook:")

    def put(given: str) -> int:
        def keep(session: Session) -> int:
            person = Person(given_name=given, organisation_id=house)
            session.add(person)
            session.flush()
            return person.id

        return store.do("Person", keep)

    renee = put("Renee")
    put("Sam")
    draft = store.ask(row_log.asked, maya.client, row).into(LogDraft())
    assert draft.participants == (renee,)
    assert draft.purposes == ("placement_search",)
    assert store.ask(row_log.asked, maya.client, DayRow("candidate", 99)).people == ()


def test_a_call_does_the_step_and_stays_with_the_program(store: Store, maya: Maya) -> None:
    search = begun(store, maya)
    candidate = store.do("Add", writes.add, search, program(store))
    began, asked = date(2026, 2, 27), date(2026, 3, 2)

    def before(session: Session) -> None:
        session.query(CandidateMove).one().moved_on = began

    store.do("Before", before)
    row = DayRow("candidate", candidate)
    assert store.ask(row_log.asked, maya.client, row).step is None
    ahead = CandidateForm(next_step="Tour", next_on=MONDAY + timedelta(days=1), version=1)
    store.do("Step", writes.save_candidate, candidate, ahead)
    assert not store.ask(row_log.asked, maya.client, row).likely
    step = replace(ahead, next_step="Call", next_on=MONDAY, version=2)
    store.do("Step", writes.save_candidate, candidate, step)
    found = store.ask(row_log.asked, maya.client, row)
    assert found.likely
    assert found.step is not None
    assert found.step.text == "Call Fernbrook"
    store.do("Finish", tasks.finish, found.step, maya.entry)
    assert told(store) == []
    there = the_one(store, search, candidate)
    assert (there.form.next_step, there.form.next_on) == ("", None)
    assert (there.state, there.since, there.reason) == ("considered", MONDAY, "")
    (tied,) = store.ask(lambda s: s.query(CandidateMove).filter_by(entry_id=maya.entry).all())
    assert (tied.moved_on, tied.reason) == (date(2026, 3, 6), "Call")
    store.undo()
    assert told(store) == [("today", "Call Fernbrook")]
    store.redo()
    assert told(store) == []
    store.do("Move", writes.move, candidate, MoveForm("contacted", asked))  # noted late
    again = the_one(store, search, candidate)
    assert (again.state, again.since, again.reason) == ("contacted", asked, "")


def test_a_step_with_a_program_is_ticked_off_and_comes_back(store: Store, maya: Maya) -> None:
    search = begun(store, maya)
    candidate = store.do("Add", writes.add, search, program(store))
    step = CandidateForm(next_step="Ask for an answer", next_on=MONDAY, version=1)
    store.do("Step", writes.save_candidate, candidate, step)

    def of_day() -> list[TodayRow]:
        return [row for row in store.ask(today.rows) if row.kind == "candidate"]

    (row,) = of_day()
    due = NextStep("Fernbrook: Ask for an answer", MONDAY, candidate_id=candidate)
    assert row.step == due
    store.do("Finish a step", tasks.finish, due)
    assert of_day() == []
    assert the_one(store, search, candidate).form.next_step == ""
    store.undo()
    assert of_day() == [row]
    store.redo()
    assert of_day() == []
