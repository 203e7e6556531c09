"""The state table: what is in it counts, and nothing else lets a minor sign alone."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from cmdesk.casework import consents, state_rules
from cmdesk.casework.consents import ConsentDraft
from cmdesk.casework.state_rules import StateRow, StateTable
from cmdesk.errors import Problem
from cmdesk.models.consent import StateRule
from cmdesk.models.practice import Practice
from cmdesk.rules.topics import Topic
from cmdesk.store.store import Store
from tests.records import MONDAY, Change, Maya, settle

MIND = StateRow("mental_health", 16, "Mental Hygiene Law 33.21", MONDAY)
USE = StateRow("substance_use", 17, "Mental Hygiene Law 22.11", MONDAY, "Ask counsel")
TABLE = StateTable("NY", (MIND, USE))
SIGNED = date(2026, 1, 28)


def keep(store: Store, *rows: StateRow, state: str = "NY") -> None:
    store.do("Fill", state_rules.save, StateTable(state, rows))


def in_new_york(session: Session) -> None:
    session.query(Practice).one().state = "NY"


def born(day: date) -> Change:
    def change(practice: dict[str, Any]) -> None:
        practice["clients"][0]["born"] = day.isoformat()

    return change


def fault(store: Store, client: int, key: str) -> str | None:
    form = ConsentDraft(
        client_id=client,
        recipients=(key,),
        topics=(Topic.PROGRESS,),
        purpose="Support",
        signed_on=SIGNED,
        expires_on=date(2026, 12, 31),
        signer="client",
        capacity="has",
        form_on_file=True,
        statements=("revocation", "conditioning", "redisclosure"),
    )
    return store.ask(consents.state, form).fault


def test_the_table_comes_back_and_a_blank_row_takes_one_away(store: Store, maya: Maya) -> None:
    empty = (StateRow("mental_health"), StateRow("substance_use"))
    assert store.ask(state_rules.table) == StateTable("", empty)
    keep(store, MIND, USE, state=" ny ")
    assert store.ask(state_rules.table) == TABLE
    assert store.ask(state_rules.ages) == {"mental_health": 16, "substance_use": 17}
    keep(store, replace(MIND, age=15), StateRow("substance_use"))
    assert store.ask(state_rules.ages) == {"mental_health": 15}
    keep(store, *empty, state="CT")
    assert store.ask(state_rules.table) == StateTable("CT", empty)
    assert store.ask(state_rules.ages) == {}
    assert store.ask(lambda session: session.query(StateRule).count()) == 1  # New York's stays


def test_what_is_half_filled_is_not_kept(store: Store, maya: Maya) -> None:
    half = StateTable(" ", (StateRow("mental_health", 19), replace(USE, checked_on=date.max)))
    assert store.ask(lambda _session: state_rules.faults(half, MONDAY)) == {
        "state": "Of which state are these rules?",
        "mental_health.age": "An age from 0 to 18.",
        "mental_health.source": "Where does it say so? The section of the law will do.",
        "mental_health.checked_on": "On which day did you look it up?",
        "substance_use.checked_on": "This day is still to come.",
    }
    with pytest.raises(Problem, match="Of which state"):
        keep(store, MIND, state="")


def test_without_a_practice_there_is_no_state(store: Store) -> None:
    assert store.ask(state_rules.table).state == ""
    with pytest.raises(Problem, match="no practice yet"):
        keep(store, MIND)


def test_a_row_that_came_in_without_its_source_counts_for_nothing(store: Store, maya: Maya) -> None:
    def came_in(session: Session) -> None:
        in_new_york(session)
        for source, checked in (("", MONDAY), ("A law", None), ("A law", date(2026, 3, 10))):
            session.add(
                StateRule(
                    state="NY",
                    care="mental_health",
                    minor_may_consent_from=12,
                    source=source,
                    checked_on=checked,
                )
            )
        session.add(StateRule(state="NY", care="substance_use", source="A", checked_on=MONDAY))

    store.do("Import", came_in)
    assert store.ask(state_rules.ages) == {}


def test_of_two_rows_the_narrower_holds_and_saving_leaves_one(store: Store, maya: Maya) -> None:
    def twice(session: Session) -> None:
        in_new_york(session)
        for age in (16, 14):
            session.add(
                StateRule(
                    state="ny",
                    care="mental_health",
                    minor_may_consent_from=age,
                    source="A",
                    checked_on=MONDAY,
                )
            )

    store.do("Import", twice)
    assert store.ask(state_rules.ages) == {"mental_health": 16}
    keep(store, MIND)
    assert store.ask(lambda session: session.query(StateRule).count()) == 1


@pytest.mark.parametrize(
    ("day", "rows", "why"),
    [
        (date(2009, 1, 28), (), "was signed by Maya before turning 18"),  # 17 that day
        (date(2009, 1, 28), (MIND, USE), None),
        (date(2009, 1, 29), (MIND, USE), "was signed by Maya before turning 18"),  # 16
        (date(2008, 1, 28), (), None),  # the 18th birthday
        (date(2008, 1, 29), (), "was signed by Maya before turning 18"),  # the day before
        (date(2008, 1, 29), (USE,), "was signed by Maya before turning 18"),
    ],
)
def test_a_form_a_minor_signed(
    store: Store, day: date, rows: tuple[StateRow, ...], why: str | None
) -> None:
    maya = settle(store, born(day))
    keep(store, *rows)
    assert fault(store, maya.client, maya.diane.key) == why
