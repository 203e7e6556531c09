"""What a letter promised is answered for before the next one leaves, and told as it was told."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from cmdesk.casework import consents, letter_record, promises, search, updates, vetting
from cmdesk.casework.disclosures import Evidence, record
from cmdesk.casework.documents import add
from cmdesk.casework.drafting import LetterDraft, Passage
from cmdesk.casework.occasion import Case
from cmdesk.errors import Problem
from cmdesk.models.task import Task
from cmdesk.models.update import LetterEvent, LetterPromise, Update
from cmdesk.rules.letter import Closed, Moment, Part, PartKind, Step
from cmdesk.rules.promises import Became, Promise, Proposal
from cmdesk.store.journal import Label
from cmdesk.store.store import Store
from tests.records import MONDAY, WEEK, Clock, Maya, log

NEXT: tuple[date, date] = (date(2026, 3, 9), date(2026, 3, 15))
LONGER: tuple[date, date] = (WEEK[0], MONDAY)
VISIT = Step("Wed, March 11", "Diane visits on Wednesday", "Diane")


def sent(
    store: Store, maya: Maya, draft: LetterDraft | None, period: tuple[date, date] = WEEK
) -> int:
    """Hand a letter over; return the number of the copy."""

    def hand_over(session: Session) -> int:
        released = updates.release(session, maya.client, maya.diane, *period, draft)
        number = add(session, b"letter", title="T", file_name="t", media_type="text/plain")
        row = record(session, released, Evidence(number, "ab", "cd", 1, "encrypted_pdf"))
        return letter_record.keep(session, released, row, draft)

    return store.do(Label("Hand over", undoable=False), hand_over)


def short_of(maya: Maya) -> Passage:
    return Passage("Maya had a good week in group.", maya.entry, "short")


def letter(maya: Maya, *steps: Step, **changes: Any) -> LetterDraft:
    return replace(LetterDraft(passages=(short_of(maya),), steps=steps), **changes)


def case(session: Session, maya: Maya, kind: str = "") -> Case:
    return updates.case(session, maya.client, maya.diane, *NEXT, template=kind)


def open_of(store: Store, maya: Maya) -> list[Promise]:
    return store.ask(promises.open_of, maya.client, maya.diane)


def unsettled(store: Store, maya: Maya, draft: LetterDraft, kind: str = "") -> list[Promise]:
    return store.ask(lambda s: promises.unsettled(s, case(s, maya, kind), draft))


def closed(store: Store, maya: Maya, language: str = "en") -> tuple[Closed, ...]:
    return store.ask(lambda s: promises.closed_for(s, replace(case(s, maya), language=language)))


def task(store: Store, maya: Maya, line: str, due: date, **fields: Any) -> int:
    def write(session: Session) -> int:
        made = {"topics": ["progress"], "part2": "no", **fields}
        row = Task(client_id=maya.client, text="x", due=due, family_line=line, **made)
        session.add(row)
        session.flush()
        return row.id

    return store.do("Plan", write)


def change(store: Store, number: int, **fields: Any) -> None:
    def write(session: Session) -> None:
        for name, value in fields.items():
            setattr(session.get_one(Task, number), name, value)

    store.do("Change", write)


def test_steps_become_promises_with_their_tasks_and_days(store: Store, maya: Maya) -> None:
    number = task(store, maya, "Group goes on", date(2026, 3, 12))
    steps = (
        Step("Thu, March 12", "Group goes on", "Tess"),
        VISIT,
        Step("soon", "A call with you", "Dana"),
        Step("Fri", "  ", ""),
    )
    copy = sent(store, maya, letter(maya, *steps))
    found = [(each.what, each.due, each.task_id, each.who) for each in open_of(store, maya)]
    assert found == [
        ("Group goes on", date(2026, 3, 12), number, "Tess"),
        ("Diane visits on Wednesday", date(2026, 3, 11), None, "Diane"),
        ("A call with you", None, None, "Dana"),
    ]
    assert {(each.copy_id, each.told_on) for each in open_of(store, maya)} == {(copy, MONDAY)}
    assert store.ask(promises.open_by_reader, maya.client) == {maya.diane.key: open_of(store, maya)}


def test_what_fell_due_keeps_the_next_letter(store: Store, maya: Maya, clock: Clock) -> None:
    sent(store, maya, letter(maya, VISIT, Step("Fri, March 20", "Far", "Dana")))
    assert unsettled(store, maya, letter(maya)) == []  # both are still to come
    clock.forward(days=7)
    (waits,) = unsettled(store, maya, letter(maya))
    assert (waits.what, waits.proposal) == (VISIT.what, None)
    assert [each.what for each in unsettled(store, maya, letter(maya, VISIT))] == []
    late = letter(maya, Step("Wed, March 25", "Far", "Dana"))
    asked = {each.what: each.proposal for each in unsettled(store, maya, late)}
    assert asked["Far"] == Proposal(Became.MOVED, date(2026, 3, 25))
    brief = letter(maya, parts=(Part(PartKind.TEXT, "now"),), template="brief_no_change")
    assert unsettled(store, maya, brief, "brief_no_change") == [waits]  # plans go on, it says
    notice = letter(maya, parts=(Part(PartKind.CLOCK, "clock"),), template="crisis_notice")
    assert unsettled(store, maya, notice, "crisis_notice") == []  # due within hours
    for kind, draft in (("brief_no_change", brief), ("crisis_notice", notice), ("", letter(maya))):
        gate = store.ask(vetting.vetting, maya.client, maya.diane.key, *NEXT, kind)
        assert gate.waiting(draft) == unsettled(store, maya, draft, kind)  # one rule, two gates
    log(store, maya, day=date(2026, 3, 12))
    second = LetterDraft(passages=(Passage("A calm week."),))

    def leave(session: Session, draft: LetterDraft | None) -> None:
        released = updates.release(session, maya.client, maya.diane, *NEXT, draft)
        letter_record.refuse(session, released, draft)

    with pytest.raises(Problem, match="Diane visits on Wednesday"):
        store.ask(leave, second)
    quiet = LetterDraft(texts={"now": "So."}, parts=brief.parts, template=brief.template)
    with pytest.raises(Problem, match="Diane visits on Wednesday"):
        store.ask(leave, quiet)
    store.ask(leave, None)  # of released lines alone: it promises and answers nothing


def test_the_task_says_what_became_of_it(store: Store, maya: Maya, clock: Clock) -> None:
    due = date(2026, 3, 12)
    numbers = [task(store, maya, line, due) for line in ("Done one", "Moved one", "Gone one")]
    steps = (Step("Thu, March 12", line, "") for line in ("Done one", "Moved one", "Gone one"))
    sent(store, maya, letter(maya, *steps))
    clock.forward(days=1)
    change(store, numbers[0], done_on=date(2026, 3, 10), state="done")
    change(store, numbers[1], due=date(2026, 3, 26))
    change(store, numbers[2], state="dropped")
    asked = unsettled(store, maya, letter(maya))
    assert [each.proposal for each in asked] == [
        Proposal(Became.DONE, date(2026, 3, 10)),
        Proposal(Became.MOVED, date(2026, 3, 26)),
        Proposal(Became.DROPPED),
    ]
    for each in asked:
        made = each.proposal
        assert made
        store.do("Settle", promises.settle, each.id, made.outcome.value, made.day, "So")
    assert unsettled(store, maya, letter(maya)) == open_of(store, maya) == []
    assert closed(store, maya) == (
        Closed("Thu, March 12", "Done one", "Done", "So"),
        Closed("Thu, March 12", "Moved one", "Moved", "To Thu, March 26. So"),
        Closed("Thu, March 12", "Gone one", "Dropped", "So"),
    )
    days = store.ask(lambda s: [row.settled_on for row in s.query(LetterPromise)])
    assert days == [date(2026, 3, 10), date(2026, 3, 10), date(2026, 3, 10)]


@pytest.mark.parametrize(
    ("outcome", "moved_to", "left"),
    [
        ("done", None, (date(2026, 3, 12), MONDAY, "done")),
        ("moved", date(2026, 3, 26), (date(2026, 3, 26), None, "next")),
        ("dropped", None, (date(2026, 3, 12), None, "dropped")),
        ("", None, (date(2026, 3, 12), None, "next")),
    ],
)
def test_an_open_task_follows_the_answer(
    store: Store, maya: Maya, outcome: str, moved_to: date | None, left: tuple[Any, ...]
) -> None:
    number = task(store, maya, "Group goes on", date(2026, 3, 12))
    sent(store, maya, letter(maya, Step("Thu, March 12", "Group goes on", "Tess")))
    (promise,) = open_of(store, maya)
    store.do("Settle", promises.settle, promise.id, outcome, moved_to)
    row = store.ask(lambda session: session.get_one(Task, number))
    assert (row.due, row.done_on, row.state) == left
    assert bool(open_of(store, maya)) is not bool(outcome)


@pytest.mark.parametrize(
    ("outcome", "said"), [("moved", "which day"), ("later", "one of the three")]
)
def test_no_answer(store: Store, maya: Maya, outcome: str, said: str) -> None:
    sent(store, maya, letter(maya, VISIT))
    (promise,) = open_of(store, maya)
    with pytest.raises(Problem, match=said):
        store.do("Settle", promises.settle, promise.id, outcome)
    with pytest.raises(Problem, match="a day to come"):
        store.do("Settle", promises.settle, promise.id, "moved", date(2026, 3, 8))
    with pytest.raises(Problem, match="no longer there"):
        store.do("Settle", promises.settle, promise.id + 1, "done")


def test_told_once_and_promised_for_its_new_day(store: Store, maya: Maya, clock: Clock) -> None:
    sent(store, maya, letter(maya, VISIT))
    clock.forward(days=7)
    (promise,) = open_of(store, maya)
    store.do("Settle", promises.settle, promise.id, "moved", date(2026, 3, 25))
    (row,) = closed(store, maya)
    log(store, maya, day=date(2026, 3, 12))
    second = LetterDraft(passages=(Passage("A calm week."),), closed=(row,))
    sent(store, maya, second, NEXT)
    (again,) = open_of(store, maya)
    assert (again.what, again.due, again.when) == (VISIT.what, date(2026, 3, 25), "Wed, March 25")
    after = store.ask(
        lambda s: promises.closed_for(
            s, updates.case(s, maya.client, maya.diane, date(2026, 3, 16), date(2026, 3, 22))
        )
    )
    assert after == ()
    assert promises.closed_rows(open_of(store, maya)) == ()


def test_an_answer_is_told_though_a_notice_went_between(
    store: Store, maya: Maya, clock: Clock
) -> None:
    sent(store, maya, letter(maya, VISIT))
    clock.forward(days=3)
    (promise,) = open_of(store, maya)
    store.do("Settle", promises.settle, promise.id, "done")
    clock.forward(days=1)
    notice = LetterDraft(
        parts=(Part(PartKind.CLOCK, "clock"),),
        clock=(Moment("10:30", "I called the program"),),
        template="crisis_notice",
    )
    day = date(2026, 3, 13)
    sent(store, maya, notice, (day, day))
    assert [row.what for row in closed(store, maya)] == [VISIT.what]


def test_a_task_told_in_other_words_is_promised_once(
    store: Store, maya: Maya, clock: Clock
) -> None:
    number = task(store, maya, "Group goes on", date(2026, 3, 12))
    steps = (Step("Thu, March 12", "Group goes on", "Tess"), VISIT)
    sent(store, maya, letter(maya, *steps))
    clock.forward(days=7)
    for promise in open_of(store, maya):
        store.do("Settle", promises.settle, promise.id, "moved", date(2026, 3, 19))
    change(store, number, family_line="Group begins anew")
    log(store, maya, day=date(2026, 3, 12))
    step = Step("Thu, March 19", "Group begins anew", "Tess")
    told = closed(store, maya)[:1]  # of the visit nothing is said
    draft = LetterDraft(passages=(Passage("A calm week."),), steps=(step,), closed=told)
    sent(store, maya, draft, NEXT)
    assert [(each.what, each.task_id) for each in open_of(store, maya)] == [
        ("Group begins anew", number)
    ]
    found = store.ask(search.search, "group begins anew")
    assert [hit.snippet for hit in found if hit.kind == "letter"] == [
        (
            "A calm week. Thu, March 19: Group begins anew"
            " Thu, March 12: Group goes on. Moved. To Thu, March 19."
        )
    ]


def test_a_letter_withdrawn_takes_its_promises_along(store: Store, maya: Maya) -> None:
    copy = sent(store, maya, letter(maya, VISIT))
    event = LetterEvent(update_copy_id=copy, kind="withdrawn", happened_on=MONDAY)
    store.do("Withdraw", lambda session: session.add(event))
    assert open_of(store, maya) == []
    assert store.ask(promises.open_by_reader, maya.client) == {}
    assert unsettled(store, maya, letter(maya)) == []


def test_what_came_back_promised_nothing_and_closed_nothing(store: Store, maya: Maya) -> None:
    sent(store, maya, letter(maya, VISIT))
    (made,) = open_of(store, maya)
    store.do("Done", promises.settle, made.id, Became.DONE)
    (said,) = closed(store, maya)
    back = sent(store, maya, letter(maya, Step("Fri", "A call", "Dana"), closed=(said,)), LONGER)
    assert [each.what for each in open_of(store, maya)] == ["A call"]
    event = LetterEvent(update_copy_id=back, kind="came_back", happened_on=MONDAY)
    store.do("Back", lambda session: session.add(event))
    assert open_of(store, maya) == []
    assert store.ask(promises.open_by_reader, maya.client) == {maya.diane.key: []}
    assert closed(store, maya) == (said,)  # the reader never saw it said


def test_written_again_the_letter_does_not_answer_for_itself(
    store: Store, maya: Maya, clock: Clock
) -> None:
    sent(store, maya, letter(maya, VISIT))
    clock.forward(days=7)
    about = store.ask(
        lambda s: promises.of_letter(s, updates.case(s, maya.client, maya.diane, *WEEK))
    )
    assert about == []
    store.do("Kind", lambda s: setattr(s.query(Update).one(), "template", "crisis_notice"))
    assert store.ask(
        lambda s: promises.of_letter(s, updates.case(s, maya.client, maya.diane, *WEEK))
    )


def test_what_may_be_told_no_more_is_neither_proposed_nor_let_out(
    store: Store, maya: Maya, clock: Clock
) -> None:
    number = task(store, maya, "Group goes on", date(2026, 3, 12))
    sent(store, maya, letter(maya, Step("Thu, March 12", "Group goes on", "Tess"), VISIT))
    clock.forward(days=7)
    for promise in open_of(store, maya):
        store.do("Settle", promises.settle, promise.id, "done")
    rows = closed(store, maya)
    assert [row.what for row in rows] == ["Group goes on", VISIT.what]

    def refuse(session: Session) -> None:
        draft = LetterDraft(closed=rows)
        promises.refuse_unsettled(session, case(session, maya), draft)

    store.ask(refuse)
    change(store, number, topics=["legal"])  # Diane's consent does not cover it
    assert [row.what for row in closed(store, maya)] == [VISIT.what]
    with pytest.raises(Problem, match="no longer be told"):
        store.ask(refuse)
    store.do("End", consents.end, maya.consent)
    assert closed(store, maya) == ()


def test_in_spanish(store: Store, maya: Maya, clock: Clock) -> None:
    sent(store, maya, letter(maya, VISIT))
    clock.forward(days=7)
    (promise,) = open_of(store, maya)
    store.do("Settle", promises.settle, promise.id, "moved", date(2026, 3, 25))
    (row,) = closed(store, maya, "es")
    assert (row.became, row.note) == ("Reprogramado", "Para el mié., 25 de marzo.")
