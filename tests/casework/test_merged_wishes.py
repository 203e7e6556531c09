"""What the client ended for one of two records does not go on for the other after a merge."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.casework import (
    clients,
    consents,
    correspondence,
    holds,
    marks,
    merge_along,
    merging,
    merging_charts,
    parties,
    verdicts,
)
from cmdesk.casework.clients import ClientDraft
from cmdesk.casework.marks import NARROWNESS
from cmdesk.casework.merge_along import Along
from cmdesk.models.client import CircleMember, Client, PlainEmail
from cmdesk.models.person import Person
from cmdesk.models.rhythm import CadenceRule
from cmdesk.rules.consent import Outcome
from cmdesk.store.store import Store
from tests.records import MONDAY, WEEK, Maya, log, state

PLACES = st.lists(st.sampled_from(NARROWNESS), min_size=1, max_size=5)


def twin(store: Store, maya: Maya) -> int:
    add = clients.add_to_circle
    return store.do("Add", add, maya.client, "Dianne", "Brennan", "other")


def second_chart(store: Store) -> int:
    return store.do("Make", clients.add, ClientDraft("Maja", "Brenner", born=date(2003, 7, 14)))


def another(store: Store, maya: Maya, client_id: int, person_id: int) -> int:
    """Give a copy of Diane's consent, in some chart, to somebody."""
    form = store.ask(consents.draft, maya.consent)
    own = replace(form, client_id=client_id, recipients=(f"p{person_id}",), version=0)
    return store.do("Consent", consents.save, own)


def outcome(store: Store, maya: Maya, entry: int) -> Outcome:
    def judge(session: Session) -> Outcome:
        party = parties.of_person(session, maya.diane.person_id or 0)
        found = verdicts.of_period(session, maya.client, party, *WEEK)
        return {each.entry_id: each.verdict.outcome for each in found}[entry]

    return store.ask(judge)


@pytest.mark.parametrize("ended", ["gone", "kept"])
def test_what_was_ended_for_one_of_two_people_is_held_back(
    store: Store, maya: Maya, ended: str
) -> None:
    entry = log(store, maya)
    gone, kept = twin(store, maya), maya.diane.person_id or 0
    number = another(store, maya, maya.client, gone)
    store.do("End", consents.end, number if ended == "gone" else maya.consent)
    before = state(store)
    store.do("Merge", merging.merge_people, gone, kept)
    assert outcome(store, maya, entry) == Outcome.KEEP_BACK
    said = {row.reason for row in store.ask(holds.rows, maya.client)}
    assert "Maya ended a consent for Diane on March 9, 2026" in {
        each.replace("Dianne", "Diane") for each in said
    }
    store.undo()
    assert state(store) == before


def test_what_was_ended_before_another_was_signed_is_not_held(store: Store, maya: Maya) -> None:
    entry = log(store, maya)
    gone, kept = twin(store, maya), maya.diane.person_id or 0
    number = another(store, maya, maya.client, gone)
    old = store.ask(consents.draft, number)
    signed = old.signed_on or MONDAY

    def end(session: Session) -> None:
        consents.get(session, number).revoked_on = signed - timedelta(days=1)

    store.do("End", end)
    store.do("Merge", merging.merge_people, gone, kept)
    assert outcome(store, maya, entry) == Outcome.SHARE


def test_what_was_ended_in_the_closed_chart_is_held_back(store: Store, maya: Maya) -> None:
    gone, entry = second_chart(store), log(store, maya)
    there = log(store, maya, client_id=gone)
    number = another(store, maya, gone, maya.diane.person_id or 0)
    store.do("End", consents.end, number)
    before = state(store)
    store.do("Merge", merging_charts.merge_clients, gone, maya.client)
    assert {outcome(store, maya, each) for each in (entry, there)} == {Outcome.KEEP_BACK}
    store.undo()
    assert state(store) == before


def test_consents_of_two_records_do_not_add_up(store: Store, maya: Maya) -> None:
    """A form for therapy content named one record, the consent for the rest the other."""
    entry = log(store, maya, topics=("progress", "therapy_content"))
    gone, kept = twin(store, maya), maya.diane.person_id or 0
    form = replace(
        store.ask(consents.draft, maya.consent),
        kind="psychotherapy_notes",
        recipients=(f"p{gone}",),
        topics=("therapy_content",),
        version=0,
    )
    store.do("Consent", consents.save, form)
    assert outcome(store, maya, entry) == Outcome.KEEP_BACK
    before = state(store)
    along = store.ask(merge_along.of_people, gone, kept)
    store.do("Merge", merging.merge_people, gone, kept)
    assert outcome(store, maya, entry) == Outcome.KEEP_BACK
    wishes = {row.topics: row for row in store.ask(holds.rows, maya.client)}
    wish = wishes[("therapy_content",)]
    assert wish.reason == "Neither record of Diane alone could be told this"
    assert along.narrowed == (wish.reason,)
    store.do("End", holds.end, wish.id)  # as the client may wish, once it is asked
    assert outcome(store, maya, entry) == Outcome.SHARE
    store.undo()
    store.undo()
    assert state(store) == before


def test_what_is_announced_is_what_comes_along(store: Store, maya: Maya) -> None:
    gone, kept = twin(store, maya), maya.diane.person_id or 0
    over = date(2026, 1, 1)

    def fill(session: Session) -> None:
        for until in (None, over):
            consents.hold_back(session, maya.client, ["legal"], [f"p{gone}"], until, "Later")
            session.add(
                CadenceRule(client_id=maya.client, person_id=gone, every_days=7, until=until)
            )
        place = select(CircleMember).where(CircleMember.person_id == gone)
        session.scalars(place).one().roles = ["do_not_contact"]

    store.do("Fill", fill)
    told = ("Maya Brenner",)
    assert store.ask(merge_along.of_people, gone, kept) == Along(told, told, told)
    assert store.ask(merge_along.of_people, kept, gone) == Along(told)  # a hold of her own
    before = state(store)
    store.do("Merge", merging.merge_people, gone, kept)
    assert store.ask(merge_along.of_people, kept, gone).holds == (*told, *told)
    assert store.ask(merge_along.of_people, kept, gone).rhythms == told
    store.undo()
    assert state(store) == before


def test_what_comes_along_with_a_chart_is_announced(store: Store, maya: Maya) -> None:
    gone, diane = second_chart(store), maya.diane.person_id or 0

    def fill(session: Session) -> None:
        consents.hold_back(session, gone, [], [f"p{diane}"], None, "Later")
        session.add(CircleMember(client_id=gone, person_id=diane, roles=["do_not_contact"]))
        for person in (None, diane):
            session.add(CadenceRule(client_id=gone, person_id=person, every_days=7))

    store.do("Fill", fill)
    told = ("Diane Brenner",)
    along = store.ask(merge_along.of_charts, gone, maya.client)
    assert along == Along(told, told, ("Maja Brenner", *told))
    number = another(store, maya, gone, diane)
    store.do("End", consents.end, number)
    narrowed = store.ask(merge_along.of_charts, gone, maya.client).narrowed
    assert narrowed == ("Maya ended a consent for Diane on March 9, 2026",)
    store.do("Merge", merging_charts.merge_clients, gone, maya.client)
    assert store.ask(merge_along.of_charts, maya.client, gone).holds == (*told, *told, *told)


@pytest.mark.parametrize(
    ("ended", "open_"), [(MONDAY, False), (date(2026, 1, 1), True), (None, True)]
)
def test_plain_email_ended_for_one_is_ended_for_both(
    store: Store, maya: Maya, ended: date | None, *, open_: bool
) -> None:
    gone, kept = twin(store, maya), maya.diane.person_id or 0
    accepted = date(2026, 2, 1)

    def accept(session: Session) -> None:
        places = select(CircleMember).where(CircleMember.person_id.in_((gone, kept)))
        for place in session.scalars(places):
            session.add(
                PlainEmail(
                    circle_member_id=place.id,
                    address="d@b.example",
                    warned_on=date(2025, 1, 1),
                    accepted_on=accepted if place.person_id == gone else date(2025, 1, 1),
                    accepted_by="client",
                    ended_on=None if place.person_id == gone else ended,
                )
            )

    store.do("Accept", accept)
    store.do("Merge", merging.merge_people, gone, kept)
    found = store.ask(correspondence.plain_email, maya.client, maya.diane, MONDAY)
    assert bool(found) == open_


def test_a_password_is_never_said_to_be_told_that_was_not(store: Store, maya: Maya) -> None:
    gone, kept = twin(store, maya), maya.diane.person_id or 0

    def give(session: Session) -> None:
        one, other = session.get_one(Person, gone), session.get_one(Person, kept)
        one.pdf_password, one.pdf_password_told = "harbor walks at noon", "by phone"
        other.pdf_password, other.pdf_password_told = "lantern river oatmeal", ""

    store.do("Give", give)
    store.do("Merge", merging.merge_people, gone, kept)
    assert store.ask(correspondence.password, maya.diane) == "lantern river oatmeal"
    assert store.ask(correspondence.told, maya.diane) == ""


def test_nobody_stands_around_themself(store: Store, maya: Maya) -> None:
    own = store.ask(lambda session: session.get_one(Client, maya.client).person_id)
    store.do("Merge", merging.merge_people, twin(store, maya), own)
    there = select(CircleMember.id).where(CircleMember.person_id == own)
    assert store.ask(lambda session: session.scalars(there).all()) == []


@given(PLACES, st.permutations(range(6)))
def test_of_several_numbers_gone_the_narrowest_mark_counts(
    found: list[str], order: list[int]
) -> None:
    """A practice file may bring in marks for more than one number of a person."""
    placed = {f"p{number}": (order[number], mark) for number, mark in enumerate(found)}
    gone = {key: "p0" for key in placed if key != "p0"}
    stands = marks._standing(placed, gone)
    own, mine = placed["p0"]
    later = [mark for key, (place, mark) in placed.items() if key != "p0" and place > own]
    assert stands.get("p0", "") == max((mine, *later), key=NARROWNESS.index)
    assert stands == marks._standing(dict(reversed(placed.items())), gone)
    assert set(stands) <= {"p0"}
