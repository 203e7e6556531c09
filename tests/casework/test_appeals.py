"""Steps against a denial: their days proposed, kept in order, and told on the day's page."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.orm import Session

from cmdesk.casework import agenda, appeals, authorizations, coverage, documents
from cmdesk.casework.coverage import PolicyDraft
from cmdesk.errors import Problem
from cmdesk.models.coverage import Appeal, Extension
from cmdesk.rules.appeal_steps import Act
from cmdesk.rules.appeals import AppealForm
from cmdesk.store.store import Store
from tests.casework.undo_coverage import given, kept, policy
from tests.records import MONDAY, Maya

MARCH_2 = date(2026, 3, 2)


def told(store: Store, day: date = MONDAY) -> list[tuple[str, date, str, str]]:
    rows = store.ask(agenda.on, day)
    return [(row.group, row.due, row.title, row.why) for row in rows if row.kind == "appeal"]


def test_the_way_of_a_denial_is_told_step_by_step(store: Store, maya: Maya) -> None:
    plan = policy(store, maya)
    number = given(store, maya, policy_id=plan, decision="denied", units_authorized=None)
    last = date(2026, 8, 29)
    assert told(store) == [("ending_soon", last, "Meridian's denial", "Appeal is due Aug 29")]
    talk = store.ask(appeals.begin, number)
    assert (talk.level, talk.denied_on, talk.due_on) == ("peer_to_peer", MARCH_2, None)
    asked = replace(talk, due_on=date(2026, 3, 9))
    before = store.ask(agenda.urgent)
    first = store.do("Ask", appeals.save, number, asked)
    assert told(store) == [
        ("today", MONDAY, "Peer-to-peer with Meridian", "Peer-to-peer is due today")
    ]
    assert store.ask(agenda.urgent) == (before[0], before[1] + 1)
    held = replace(
        store.ask(appeals.read_form, first), filed_on=MONDAY, decided_on=MONDAY, outcome="upheld"
    )
    store.do("Hold", appeals.save, number, held, first)
    assert told(store)[0][2:] == (
        "Expedited appeal to Meridian",
        "Appeal is due Aug 29, expedited appeal was not begun",
    )
    then = store.ask(appeals.begin, number)
    assert (then.level, then.due_on) == ("expedited_internal", last)
    filed = replace(then, filed_on=MONDAY, answer_due_on=date(2026, 3, 12))
    store.do("File", appeals.save, number, filed)
    assert told(store, date(2026, 3, 13)) == [
        ("overdue", date(2026, 3, 12), "Expedited appeal to Meridian", "Answer is 1 day late")
    ]
    standing = store.ask(coverage.standing, maya.client)
    assert standing is not None
    assert standing.denied is not None
    assert standing.denied.act is Act.ANSWER
    assert [row.form.level for row in store.ask(appeals.rows, maya.client)] == [
        "peer_to_peer",
        "expedited_internal",
    ]
    outside = store.ask(appeals.begin, number, "external_standard")
    assert outside.level == "external_standard"
    store.do("Close", authorizations.close, number)
    assert told(store) == []


def test_a_denial_by_a_plan_that_is_not_known(store: Store, maya: Maya) -> None:
    number = given(store, maya, decision="denied", kind="retro", units_authorized=None)
    assert told(store)[0][2] == "A denial"
    outside = AppealForm("external_standard", denied_on=MARCH_2)
    step = store.do("Go on", appeals.save, number, outside)
    assert told(store) == [
        ("reassess", MARCH_2, "External review of the plan's no", "Open since Mar 2")
    ]
    store.do("Away", appeals.take_away, step)
    assert told(store)[0][2] == "A denial"
    around = store.ask(appeals.around, number)
    assert (around.payer, around.denial.given) == ("", True)


def test_the_law_of_other_plans_is_not_ours_to_count(store: Store, maya: Maya) -> None:
    plan = store.do("Plan", coverage.save_policy, maya.client, PolicyDraft("State", "medicaid"))
    given(store, maya, policy_id=plan, decision="denied", units_authorized=None)
    assert told(store)[0][3] == "Open since Mar 2"


def test_a_denial_without_its_day_asks_for_the_day(store: Store, maya: Maya) -> None:
    given(store, maya, decision="denied", decided_on=None, units_authorized=None)
    for day in (MONDAY, date(2027, 3, 9)):  # it is asked for until it is typed
        assert told(store, day) == [("reassess", day, "A denial", "The day of their no is missing")]


def test_an_approval_in_part_asks_for_the_rest_as_a_denial_does(store: Store, maya: Maya) -> None:
    number = given(store, maya, policy_id=policy(store, maya))
    last = date(2026, 8, 29)
    rest = [("ending_soon", last, "Meridian's partial approval", "Appeal is due Aug 29")]
    assert told(store) == rest
    standing = store.ask(coverage.standing, maya.client)
    assert standing is not None
    assert standing.denied is not None
    assert (standing.denied.act, standing.denied.due, standing.denied.part) == (
        Act.BEGIN,
        last,
        True,
    )
    gap = date(2026, 3, 14)  # two days stay refused
    more = {"from_on": gap, "last_covered_on": date(2026, 3, 22)}
    follower = given(store, maya, extends_id=number, decision="approved", **more)
    assert told(store) == rest
    joined = replace(kept(store, maya, follower), from_on=date(2026, 3, 12))
    store.do("Join", authorizations.save, maya.client, joined, follower)
    assert told(store) == []  # the days refused were given after all
    store.undo()
    assert told(store) == rest
    store.redo()
    store.do("Close", authorizations.close, follower)
    assert told(store) == rest


def test_a_denial_that_two_go_on_from_is_told_once(store: Store, maya: Maya) -> None:
    number = given(store, maya, decided_on=MARCH_2)
    gap = {"from_on": date(2026, 3, 14), "last_covered_on": date(2026, 3, 22)}
    given(store, maya, extends_id=number, decision="approved", **gap)
    more = {"from_on": date(2026, 3, 12), "last_covered_on": date(2026, 3, 13)}
    other = given(store, maya, decision="denied", **more)

    def link(session: Session) -> None:  # a file brought in may hold both
        session.add(Extension(authorization_id=other, extends_id=number))

    store.do("Link", link)
    store.do("Close", authorizations.close, other)
    assert [row[2] for row in told(store)] == ["A partial approval"]


def test_an_approval_in_part_without_its_day_asks_for_the_day(store: Store, maya: Maya) -> None:
    given(store, maya, decided_on=None)
    missing = "The day of their answer is missing"
    assert told(store) == [("reassess", MONDAY, "A partial approval", missing)]


def test_an_approval_moved_by_a_talk_keeps_the_day_of_the_first_no(
    store: Store, maya: Maya
) -> None:
    plan = policy(store, maya)
    number = given(store, maya, policy_id=plan, decision="denied", units_authorized=None)
    talk = replace(
        store.ask(appeals.begin, number), filed_on=MONDAY, decided_on=MONDAY, outcome="partly"
    )
    store.do("Talk", appeals.save, number, talk)
    moved = replace(
        kept(store, maya, number), decision="partial", decided_on=MONDAY, units_authorized=9
    )
    store.do("Move", authorizations.save, maya.client, moved, number)
    assert told(store)[0][3] == "Appeal is due Aug 29, expedited appeal was not begun"
    assert store.ask(appeals.begin, number).denied_on == MARCH_2


def test_what_does_not_hold_is_refused(store: Store, maya: Maya) -> None:
    number = given(store, maya)
    early = AppealForm(denied_on=MONDAY, filed_on=MARCH_2)
    with pytest.raises(Problem, match="before the denial"):
        store.do("File", appeals.save, number, early)
    step = store.do("File", appeals.save, number, AppealForm(denied_on=MONDAY))
    form = store.ask(appeals.read_form, step)
    store.do("Change", appeals.save, number, replace(form, note="Asked"), step)
    with pytest.raises(Problem, match="changed elsewhere"):
        store.do("Change", appeals.save, number, form, step)
    with pytest.raises(Problem, match="no longer there"):
        store.do("File", appeals.save, 99, AppealForm())


def test_a_letter_on_file_is_tied_to_its_step(store: Store, maya: Maya) -> None:
    def add(session: Session) -> int:
        kind, name = "application/pdf", "denial.pdf"
        return documents.add(
            session, b"%PDF-1", title="Denial", file_name=name, media_type=kind, client_id=1
        )

    paper = store.do("Add", add)
    assert store.ask(appeals.papers, maya.client) == [(paper, "Denial")]
    store.do("File", appeals.save, given(store, maya), AppealForm(document_id=paper))
    kept = store.ask(lambda session: session.get_one(Appeal, 1))
    assert kept.document_id == paper
