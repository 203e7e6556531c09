"""Two records of one human being: nothing is lost, nothing gets wider, and it can be taken back."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cmdesk.casework import (
    agenda,
    client_list,
    clients,
    consents,
    entries,
    merging,
    merging_charts,
    parties,
    search,
    tasks,
    timeline,
    verdicts,
)
from cmdesk.casework.clients import ClientDraft
from cmdesk.casework.consents import ConsentDraft
from cmdesk.errors import Problem
from cmdesk.models.client import CircleMember, Client, PlainEmail
from cmdesk.models.consent import RestrictionRecipient
from cmdesk.models.entry import EntryParticipant
from cmdesk.models.merge import PersonMerge
from cmdesk.models.person import ContactPoint, Person, PersonRelation
from cmdesk.models.update import UpdatePlan
from cmdesk.rules.consent import Outcome
from cmdesk.store.store import Store
from tests.records import WEEK, Clock, Maya, contact, log, state

WIDTH = (Outcome.KEEP_BACK, Outcome.SHORT, Outcome.SHARE)


def twin(store: Store, maya: Maya, relationship: str = "other") -> int:
    """Put somebody into the circle who turns out to be Diane."""
    add = clients.add_to_circle
    return store.do("Add", add, maya.client, "Dianne", "Brennan", relationship)


def outcomes(store: Store, client_id: int, person_id: int) -> list[Outcome]:
    def judge(session: Session) -> list[Outcome]:
        party = parties.of_person(session, person_id)
        found = verdicts.of_period(session, client_id, party, *WEEK)
        return [each.verdict.outcome for each in found]

    return store.ask(judge)


def consent_for(store: Store, maya: Maya, person_id: int, *topics: str) -> int:
    """Give someone the consent Diane has, perhaps for other topics."""
    form = store.ask(consents.draft, maya.consent)
    own = replace(form, recipients=(f"p{person_id}",), topics=topics or form.topics, version=0)
    return store.do("Consent", consents.save, own)


def fill(store: Store, maya: Maya, gone: int) -> None:
    """Let a person be pointed at from everywhere a merge has to look."""
    kept = maya.diane.person_id or 0

    def make(session: Session) -> None:
        tess = maya.tess.person_id or 0
        for person, value in ((kept, "718 555 0142"), (gone, "+1 (718) 555-0142"), (gone, "x")):
            session.add(ContactPoint(person_id=person, kind="mobile", value=value, may_text=True))
        for one, other in ((kept, tess), (gone, tess), (gone, kept)):
            session.add(PersonRelation(person_id=one, other_id=other, kind="allied"))
        for person in (kept, gone):
            session.add(UpdatePlan(client_id=maya.client, recipient_id=person))
        member = session.scalars(select(CircleMember).where(CircleMember.person_id == gone)).one()
        member.roles, member.note = ["do_not_contact"], "Rings at night"
        session.add(PlainEmail(circle_member_id=member.id, address="d@b.example"))
        person = session.get_one(Person, gone)
        person.pronouns, person.notes, person.interpreter = "she/her", "Deaf in one ear", True

    store.do("Fill", make)


def test_people_become_one_and_two_again(store: Store, maya: Maya) -> None:
    gone, kept = twin(store, maya), maya.diane.person_id or 0
    fill(store, maya, gone)
    store.do("Hold", consents.hold_back, maya.client, ["legal"], [f"p{gone}"], None, "Later")
    number = store.do("Log", entries.log, contact(maya, participants=(gone, kept)), sign=False)
    before = state(store)
    store.do("Merge", merging.merge_people, gone, kept)
    after = state(store)

    def look(session: Session) -> None:
        members = session.scalars(select(CircleMember).where(CircleMember.person_id == kept)).all()
        assert [(row.relationship, row.roles[-1]) for row in members] == [
            ("mother", "do_not_contact"),
            ("other", "do_not_contact"),
        ]
        assert [row.until is None for row in members] == [True, False]
        points = session.scalars(select(ContactPoint).where(ContactPoint.person_id == kept))
        assert [row.value for row in points][-2:] == ["718 555 0142", "x"]
        assert session.scalar(select(func.count()).select_from(PersonRelation)) == 1
        plans = session.scalars(select(UpdatePlan).where(UpdatePlan.client_id == maya.client))
        assert {row.recipient_id for row in plans if row.ended_on is None} == {kept}
        took = select(EntryParticipant.person_id).where(EntryParticipant.entry_id == number)
        assert session.scalars(took).all() == [kept]
        named = session.scalars(select(RestrictionRecipient.person_id)).all()
        assert kept in named
        assert gone not in named
        person = session.get_one(Person, kept)
        assert (person.pronouns, person.notes) == ("she/her", "Deaf in one ear")
        assert person.interpreter
        assert parties.of_person(session, gone).key == maya.diane.key

    store.ask(look)
    for _ in range(2):
        store.undo()
        assert state(store) == before
        store.redo()
        assert state(store) == after


def test_names_of_the_one_gone_lead_to_the_one_kept(store: Store, maya: Maya) -> None:
    gone, kept = twin(store, maya), maya.diane.person_id or 0
    number = log(store, maya, participants=(gone,))
    assert store.ask(timeline.rows, [number])[0].people[0].full == "Dianne Brennan"
    store.do("Merge", merging.merge_people, gone, kept)
    assert store.ask(timeline.rows, [number])[0].people[0].full == "Diane Brenner"
    found = store.ask(search.search, "Dianne")
    assert [(hit.kind, hit.id) for hit in found] == [("person", kept)]
    with pytest.raises(Problem, match="no person"):
        store.ask(parties.party_by_name, "Dianne Brennan")
    rows = store.ask(client_list.rows, [maya.client])
    assert rows[0].contact
    store.do("Merge", merging.merge_people, kept, maya.tess.person_id or 0)
    row = store.ask(lambda session: session.scalars(select(PersonMerge.kept_id)).all())
    assert set(row) == {maya.tess.person_id}


def test_who_has_a_chart_is_kept(store: Store, maya: Maya) -> None:
    own = store.ask(lambda session: session.get_one(Client, maya.client).person_id)
    kept = maya.diane.person_id or 0
    with pytest.raises(Problem, match="has a chart"):
        store.do("Merge", merging.merge_people, own, kept)
    with pytest.raises(Problem, match="same person already"):
        store.do("Merge", merging.merge_people, kept, kept)
    with pytest.raises(Problem, match="no longer there"):
        store.do("Merge", merging.merge_people, 999, kept)


def test_mark_and_hold_of_the_one_gone_go_on_holding(store: Store, maya: Maya) -> None:
    gone, kept = twin(store, maya), maya.diane.person_id or 0
    assert outcomes(store, maya.client, kept) == [Outcome.SHORT]
    store.do("Mark", entries.choose, maya.entry, f"p{gone}", "keep_back")
    store.do("Merge", merging.merge_people, gone, kept)
    assert outcomes(store, maya.client, kept) == [Outcome.KEEP_BACK]
    store.undo()
    assert outcomes(store, maya.client, kept) == [Outcome.SHORT]


def test_kinship_of_the_one_gone_outlasts_the_merge(store: Store, maya: Maya) -> None:
    """A therapist who turns out to be the mother is no treating provider of this client."""
    gone, kept = twin(store, maya, "mother"), maya.tess.person_id or 0
    store.do("Merge", merging.merge_people, gone, kept)

    def treats(session: Session) -> bool:
        party = parties.of_person(session, kept)
        return parties.recipient(session, maya.client, party).tpo

    assert not store.ask(treats)


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    marks=st.tuples(*(st.sampled_from(["", "share", "short", "keep_back"]),) * 2),
    topics=st.sets(st.sampled_from(["progress", "legal", "housing", "substance_use"])),
    consented=st.booleans(),
    held=st.booleans(),
)
def test_merge_tells_nobody_more_than_one_of_the_two_could_read(
    store: Store,
    maya: Maya,
    marks: tuple[str, str],
    topics: set[str],
    *,
    consented: bool,
    held: bool,
) -> None:
    gone, kept = twin(store, maya), twin(store, maya, "friend")
    for person, mark in zip((gone, kept), marks, strict=True):
        store.do("Mark", entries.choose, maya.entry, f"p{person}", mark)
    if topics:
        consent_for(store, maya, gone, *topics)
    if consented:
        consent_for(store, maya, kept)
    if held:
        store.do("Hold", consents.hold_back, maya.client, ["progress"], [f"p{gone}"], None, "")
    before = [outcomes(store, maya.client, person)[0] for person in (gone, kept)]
    kept_before = state(store)
    store.do("Merge", merging.merge_people, gone, kept)
    now = outcomes(store, maya.client, kept)[0]
    assert WIDTH.index(now) <= max(map(WIDTH.index, before))
    store.undo()
    assert state(store) == kept_before


def second_chart(store: Store, maya: Maya) -> int:
    """Make another chart of Maya, with a circle, a promise and a signed contact in it."""

    def make(session: Session) -> int:
        number = clients.add(session, ClientDraft("Maja", "Brenner", born=date(2003, 7, 14)))
        for person, relation in ((maya.diane.person_id, "mother"), (maya.tess.person_id, "friend")):
            session.add(
                CircleMember(client_id=number, person_id=person or 0, relationship=relation)
            )
        own = session.get_one(Client, maya.client).person_id
        session.add(CircleMember(client_id=number, person_id=own, relationship="sibling"))
        rob = clients.add_to_circle(session, number, "Rob", "Low", "friend")
        session.add(UpdatePlan(client_id=number, recipient_id=rob))
        session.get_one(Client, number).allergies = "Nuts"
        session.get_one(Client, number).where_things_stand = "New here."
        tasks.add(session, number, "Call the school", date(2026, 3, 1))
        return number

    number = store.do("Make", make)
    log(store, maya, client_id=number, follow_up="Send the form", follow_up_on=date(2026, 3, 2))
    store.do("Log", entries.log, contact(maya, client_id=number, narrative="Open."), sign=False)
    store._steps.clear()
    return number


def test_chart_shows_both_histories(store: Store, maya: Maya, clock: Clock) -> None:
    gone = second_chart(store, maya)
    signed = set(store.ask(timeline.find, gone))
    before = state(store)
    store.do("Merge", merging_charts.merge_clients, gone, maya.client)
    after = state(store)
    assert signed <= set(store.ask(timeline.find, maya.client))
    assert gone not in store.ask(clients.find, "closed")
    assert sum(store.ask(clients.counts).values()) == 1
    steps = [step.text for step in store.ask(tasks.next_steps, maya.client)]
    assert {"Call the school", "Send the form"} <= set(steps)
    row = store.ask(client_list.rows, [maya.client])[0]
    assert row.step
    assert row.step.text == "Call the school"
    assert {hit.client_id for hit in store.ask(search.search, "group went well")} == {maya.client}
    found = store.ask(search.search, "Maja")
    assert [(hit.kind, hit.id) for hit in found] == [("client", maya.client)]
    titles = {row.title for row in store.ask(agenda.on)}
    assert {"Call the school", "Send the form"} <= titles
    around = [person.name.called for person in store.ask(clients.circle, maya.client)]
    assert sorted(around) == sorted({*around, "Diane", "Rob"})
    assert store.ask(parties.client_by_name, "Maya Brenner") == maya.client

    def look(session: Session) -> None:
        kept = session.get_one(Client, maya.client)
        assert kept.allergies == "Nuts"
        assert "New here." in kept.where_things_stand
        own = select(CircleMember).where(CircleMember.person_id == kept.person_id)
        assert session.scalars(own).all() == []

    store.ask(look)
    for _ in range(2):
        store.undo()
        assert state(store) == before
        store.redo()
        assert state(store) == after


def judged(store: Store, client_id: int, person_id: int) -> dict[int, Outcome]:
    def judge(session: Session) -> dict[int, Outcome]:
        party = parties.of_person(session, person_id)
        found = verdicts.of_period(session, client_id, party, *WEEK)
        return {each.entry_id: each.verdict.outcome for each in found}

    return store.ask(judge)


def test_consents_of_the_closed_chart_do_not_count_but_its_holds_do(
    store: Store, maya: Maya
) -> None:
    gone = second_chart(store, maya)
    rob = store.ask(lambda s: s.scalars(select(Person.id).where(Person.given_name == "Rob")).one())
    form: ConsentDraft = store.ask(consents.draft, consent_for(store, maya, rob))
    store.undo()
    store.do("Consent", consents.save, replace(form, client_id=gone, version=0))
    assert Outcome.SHARE in judged(store, gone, rob).values()
    diane = maya.diane.person_id or 0
    store.do("Hold", consents.hold_back, gone, ["progress"], [f"p{diane}"], None, "Not yet")
    assert Outcome.SHORT in judged(store, maya.client, diane).values()
    store.do("Merge", merging_charts.merge_clients, gone, maya.client)
    assert set(judged(store, maya.client, rob).values()) == {Outcome.KEEP_BACK}
    assert set(judged(store, maya.client, diane).values()) == {Outcome.KEEP_BACK}
    with pytest.raises(Problem, match="one chart already"):
        store.do("Merge", merging_charts.merge_clients, gone, maya.client)


def test_merged_contacts_go_by_the_consents_of_the_chart_kept(store: Store, maya: Maya) -> None:
    gone = second_chart(store, maya)
    theirs = set(store.ask(timeline.find, gone))
    assert set(judged(store, gone, maya.diane.person_id or 0).values()) == {Outcome.KEEP_BACK}
    store.do("Merge", merging_charts.merge_clients, gone, maya.client)
    found = judged(store, maya.client, maya.diane.person_id or 0)
    assert theirs <= found.keys()
    assert any(found[number] == Outcome.SHARE for number in theirs)  # Diane's consent covers it
    assert set(judged(store, maya.client, maya.tess.person_id or 0).values()) == {Outcome.KEEP_BACK}
