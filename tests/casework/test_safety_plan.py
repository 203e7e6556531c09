"""The safety plan: what was reviewed stays as it was, and a new version counts."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.orm import Session

from cmdesk.casework import safety_paper, safety_plan
from cmdesk.casework.safety_plan import PlanDraft, PlanLine
from cmdesk.errors import Problem
from cmdesk.models.client import Client
from cmdesk.models.person import ContactPoint, Person
from cmdesk.rules.safety import LIFELINE_WORDS
from cmdesk.store.store import Store
from tests.records import MONDAY, Maya, state

REVIEWED = date(2026, 3, 2)


def drafted(maya: Maya, **changes: object) -> PlanDraft:
    draft = PlanDraft(
        concern="moderate",
        reviewed_on=REVIEWED,
        review_on=date(2026, 4, 2),
        reasons="Her brother",
        lines=(
            PlanLine(5, "988 Lifeline", phone="988"),
            PlanLine(5, "", maya.tess.person_id, "5185550117"),
            PlanLine(1, "  Stops answering texts "),
            PlanLine(4, "", maya.diane.person_id, "7185550142"),
            PlanLine(2, ""),
        ),
    )
    return replace(draft, **changes)  # pyright: ignore[reportArgumentType] - any field


def made(store: Store, maya: Maya, **changes: object) -> int:
    return store.do("Plan", safety_plan.save, maya.client, drafted(maya, **changes))


def test_a_plan_is_read_back_in_the_order_of_its_steps(store: Store, maya: Maya) -> None:
    assert store.ask(safety_plan.newest, maya.client) is None
    assert store.ask(safety_plan.glance, maya.client) is None
    made(store, maya)
    plan = store.ask(safety_plan.newest, maya.client)
    assert plan is not None
    assert plan.made_on == MONDAY
    assert [line.step for line in plan.draft.lines] == [1, 4, 5, 5]
    assert plan.draft.lines[0].text == "Stops answering texts"
    found = store.ask(safety_plan.glance, maya.client)
    assert found is not None
    assert (found.concern, found.reviewed_on) == ("moderate", REVIEWED)
    calls = [call if isinstance(call, str) else call.called for call in found.first_calls]
    assert calls == ["Tess", "Diane"]


def test_a_helper_without_a_name_is_rung_by_the_words_of_the_line(store: Store, maya: Maya) -> None:
    lines = (
        PlanLine(5, "988 Lifeline", phone="988"),
        PlanLine(5, "Night desk", phone="518 555 0100"),
        PlanLine(4, "A friend without a number"),
    )
    made(store, maya, lines=lines)
    found = store.ask(safety_plan.glance, maya.client)
    assert found is not None
    assert found.first_calls == ("Night desk",)


def test_an_edit_of_a_reviewed_plan_keeps_the_old_one_and_can_be_undone(
    store: Store, maya: Maya
) -> None:
    first = made(store, maya)
    before = state(store)
    second = made(store, maya, reasons="Her brother, and Maine")
    assert second != first
    newest, old = store.ask(safety_plan.history, maya.client)
    assert (newest.id, newest.ended_on, old.ended_on) == (second, None, MONDAY)
    assert old.draft.reasons == "Her brother"
    assert len(old.draft.lines) == len(newest.draft.lines) == 4
    store.undo()
    assert state(store) == before


def test_what_was_never_reviewed_is_written_over(store: Store, maya: Maya) -> None:
    first = made(store, maya, reviewed_on=None)
    lines = (PlanLine(3, "The pier"), PlanLine(2, "Cold water"))
    assert made(store, maya, reviewed_on=None, lines=lines) == first
    plan = store.ask(safety_plan.version, first)
    assert [line.text for line in plan.draft.lines] == ["Cold water", "The pier"]
    assert len(store.ask(safety_plan.history, maya.client)) == 1


def test_a_review_is_no_new_version(store: Store, maya: Maya) -> None:
    first = made(store, maya)
    assert made(store, maya, concern="low", copies_to="Diane") == first
    store.do("Review", safety_plan.mark_reviewed, first)
    plan = store.ask(safety_plan.version, first)
    assert plan.draft.reviewed_on == MONDAY
    assert plan.draft.review_on == date(2026, 4, 9)
    store.do("Review", safety_plan.mark_reviewed, first, date(2026, 3, 20))
    assert store.ask(safety_plan.version, first).draft.review_on == date(2026, 3, 20)
    with pytest.raises(Problem, match="in the past"):
        store.do("Review", safety_plan.mark_reviewed, first, MONDAY)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"lines": (PlanLine(1, " "),)}, "at least one line"),
        ({"reviewed_on": date(2026, 3, 10)}, "still to come"),
        ({"lines": (PlanLine(7, "Sleep"),)}, "six steps"),
    ],
)
def test_a_plan_that_does_not_hold_is_refused(
    store: Store, maya: Maya, changes: dict[str, object], said: str
) -> None:
    with pytest.raises(Problem, match=said):
        made(store, maya, **changes)


def test_the_number_offered_is_the_one_they_are_best_rung_at(store: Store, maya: Maya) -> None:
    def add(session: Session) -> None:
        for kind, value, preferred, may_call in (
            ("fax", "1", True, True),
            ("work", "2", False, True),
            ("home", "3", True, True),
            ("mobile", "4", False, False),
        ):
            session.add(
                ContactPoint(
                    person_id=maya.tess.person_id,
                    kind=kind,
                    value=value,
                    preferred=preferred,
                    may_call=may_call,
                )
            )

    store.do("Numbers", add)
    found = {each.person_id: each.phone for each in store.ask(safety_plan.reachable, maya.client)}
    assert found[maya.tess.person_id or 0] == "3"


def test_the_page_has_the_clients_words_names_and_numbers(store: Store, maya: Maya) -> None:
    number = made(store, maya, reviewed_on=None)
    page = store.ask(safety_paper.paper, number)
    assert page.called == "Maya"
    assert page.dated == MONDAY
    assert [len(lines) for lines in page.steps] == [1, 0, 0, 1, 2, 0]
    tess = page.steps[4][1]
    assert tess.who == "Tess Holloway"
    assert tess.phone == "(518) 555-0117"


def test_to_a_client_who_speaks_spanish_our_own_line_is_spanish(store: Store, maya: Maya) -> None:
    def speaks(session: Session) -> None:
        client = session.get_one(Client, maya.client)
        session.get_one(Person, client.person_id).language = "es"

    store.do("Language", speaks)
    lines = (PlanLine(5, LIFELINE_WORDS, phone="988"), PlanLine(1, "I stop answering"))
    page = store.ask(safety_paper.paper, made(store, maya, lines=lines))
    assert page.language == "es"
    assert page.steps[4][0].text == "Línea 988, a toda hora: llame y oprima 2, o envíe AYUDA"
    assert page.steps[0][0].text == "I stop answering"
