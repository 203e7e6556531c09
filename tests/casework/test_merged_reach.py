"""After a merge nobody hears more, also where a file or an open page still knows the one gone."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.casework import (
    clients,
    consents,
    correspondence,
    disclosures,
    entries,
    holds,
    merging,
    merging_charts,
    parties,
    people,
    update_list,
    updates,
    verdicts,
)
from cmdesk.casework.clients import ClientDraft
from cmdesk.errors import NothingToShare
from cmdesk.models.base import Record
from cmdesk.models.client import CircleMember, PlainEmail
from cmdesk.models.consent import Disclosure, Restriction
from cmdesk.models.update import Update
from cmdesk.rules.consent import Outcome
from cmdesk.store.store import Store
from tests.records import MONDAY, WEEK, Clock, Maya, log

LAST_YEAR = date(2025, 6, 1)


def twin(store: Store, maya: Maya, relationship: str = "other") -> int:
    """Put somebody into the circle who turns out to be known already."""
    add = clients.add_to_circle
    return store.do("Add", add, maya.client, "Dianne", "Brennan", relationship)


def second_chart(store: Store) -> int:
    """Make another chart of Maya."""
    return store.do("Make", clients.add, ClientDraft("Maja", "Brenner", born=date(2003, 7, 14)))


def add(store: Store, *rows: Record) -> None:
    store.do("Add", lambda session: session.add_all(rows))


def outcomes(store: Store, client_id: int, person_id: int) -> dict[int, Outcome]:
    def judge(session: Session) -> dict[int, Outcome]:
        party = parties.of_person(session, person_id)
        found = verdicts.of_period(session, client_id, party, *WEEK)
        return {each.entry_id: each.verdict.outcome for each in found}

    return store.ask(judge)


def close_place(store: Store, maya: Maya, person_id: int) -> None:
    def end(session: Session) -> None:
        place = select(CircleMember).where(
            CircleMember.client_id == maya.client, CircleMember.person_id == person_id
        )
        session.scalars(place).one().until = LAST_YEAR

    store.do("End", end)


def places(store: Store, maya: Maya, person_id: int) -> list[tuple[str, bool, list[str]]]:
    def read(session: Session) -> list[tuple[str, bool, list[str]]]:
        rows = session.scalars(
            select(CircleMember)
            .where(CircleMember.client_id == maya.client, CircleMember.person_id == person_id)
            .order_by(CircleMember.id)
        )
        return [(row.relationship, row.until is None, list(row.roles)) for row in rows]

    return store.ask(read)


def test_a_place_held_today_outlives_a_merge_with_one_that_ended(store: Store, maya: Maya) -> None:
    kept = maya.diane.person_id or 0
    close_place(store, maya, kept)
    gone = twin(store, maya, "mother")
    store.do("Merge", merging.merge_people, gone, kept)
    assert [open_ for _, open_, _ in places(store, maya, kept)] == [False, True]


def test_a_treatment_that_ended_is_not_taken_up_by_a_merge(store: Store, maya: Maya) -> None:
    kept, gone = twin(store, maya, "other"), maya.tess.person_id or 0
    close_place(store, maya, gone)
    store.do("Merge", merging.merge_people, gone, kept)
    who = store.ask(lambda session: parties.recipient(
        session, maya.client, parties.of_person(session, kept)))  # fmt: skip
    assert not who.tpo


def test_a_wish_for_plain_email_does_not_revive_in_a_merge(store: Store, maya: Maya) -> None:
    gone, kept = twin(store, maya), maya.tess.person_id or 0

    def accept(session: Session) -> None:
        place = session.scalars(select(CircleMember).where(CircleMember.person_id == gone)).one()
        session.add(
            PlainEmail(
                circle_member_id=place.id,
                address="d@b.example",
                warned_on=LAST_YEAR,
                accepted_on=LAST_YEAR,
                accepted_by="client",
            )
        )

    store.do("Accept", accept)
    close_place(store, maya, gone)
    store.do("Merge", merging.merge_people, gone, kept)
    party = store.ask(parties.of_person, kept)
    assert store.ask(correspondence.plain_email, maya.client, party, MONDAY) is None


def test_a_hold_that_names_the_one_gone_holds(store: Store, maya: Maya) -> None:
    """An older file brings it in again after the merge."""
    gone, kept = twin(store, maya), maya.diane.person_id or 0
    store.do("Merge", merging.merge_people, gone, kept)
    assert outcomes(store, maya.client, kept)[maya.entry] == Outcome.SHORT
    number = store.do("Hold", consents.hold_back, maya.client, [], [f"p{gone}"], None, "Not yet")
    assert outcomes(store, maya.client, kept)[maya.entry] == Outcome.KEEP_BACK
    draft = store.ask(holds.draft, number)
    assert draft.keys == (maya.diane.key,)
    store.do("Keep", holds.save, replace(draft, reason="Later"), number)
    assert outcomes(store, maya.client, kept)[maya.entry] == Outcome.KEEP_BACK


def test_a_mark_for_the_one_gone_counts_until_a_later_one(store: Store, maya: Maya) -> None:
    gone, kept = twin(store, maya), maya.diane.person_id or 0
    store.do("Merge", merging.merge_people, gone, kept)
    store.do("Mark", entries.choose, maya.entry, f"p{gone}", "keep_back")
    assert outcomes(store, maya.client, kept)[maya.entry] == Outcome.KEEP_BACK
    store.do("Mark", entries.choose, maya.entry, f"p{kept}", "")
    assert outcomes(store, maya.client, kept)[maya.entry] == Outcome.SHARE
    store.do("Mark", entries.choose, maya.entry, f"p{kept}", "keep_back")
    store.do("Mark", entries.choose, maya.entry, f"p{gone}", "share")
    assert outcomes(store, maya.client, kept)[maya.entry] == Outcome.KEEP_BACK


@pytest.mark.parametrize("chart", ["person", "client"])
def test_kinship_and_a_warning_under_the_number_gone_go_on(
    store: Store, maya: Maya, chart: str
) -> None:
    kept = maya.tess.person_id or 0
    gone = twin(store, maya) if chart == "person" else kept
    other = second_chart(store) if chart == "client" else maya.client
    if chart == "person":
        store.do("Merge", merging.merge_people, gone, kept)
    else:
        store.do("Merge", merging_charts.merge_clients, other, maya.client)
    assert store.ask(lambda session: parties.recipient(session, maya.client, maya.tess)).tpo
    warned = CircleMember(
        client_id=other, person_id=gone, relationship="mother", roles=["do_not_contact"]
    )
    add(store, warned)
    assert not store.ask(lambda session: parties.recipient(session, maya.client, maya.tess)).tpo
    assert store.ask(correspondence.must_not_be_contacted, maya.client, maya.tess)
    assert store.ask(people.do_not_contact, maya.client) == {kept}
    assert store.ask(people.warned, maya.client, kept)


def test_a_chart_that_closed_tells_nobody_anything(store: Store, maya: Maya) -> None:
    """A page that stood open while the charts were merged still knows the old number."""
    gone = second_chart(store)
    entry = log(store, maya, client_id=gone)
    form = store.ask(consents.draft, maya.consent)
    store.do("Consent", consents.save, replace(form, client_id=gone, version=0))
    add(store, Restriction(client_id=maya.client, topics=["legal"]))
    diane = maya.diane.person_id or 0
    assert outcomes(store, gone, diane)[entry] == Outcome.SHARE
    store.do("Merge", merging_charts.merge_clients, gone, maya.client)
    assert outcomes(store, gone, diane)[entry] == Outcome.KEEP_BACK
    with pytest.raises(NothingToShare):
        store.ask(updates.release, gone, maya.diane, *WEEK)


def test_holds_of_the_closed_chart_hold_and_keep_their_entries(store: Store, maya: Maya) -> None:
    gone, diane = second_chart(store), maya.diane.person_id or 0
    entry = log(store, maya, client_id=gone)
    wish = holds.HoldDraft(gone, (maya.diane.key,), entries=(entry,), topics=("legal",))
    number = store.do("Hold", holds.save, wish)
    store.do("Merge", merging_charts.merge_clients, gone, maya.client)
    assert outcomes(store, maya.client, diane)[entry] == Outcome.KEEP_BACK
    offered = [each.id for each in store.ask(holds.latest, maya.client, (entry,))]
    assert entry in offered
    assert entry in [each.id for each in store.ask(holds.latest, maya.client)]
    store.do("Unhold", holds.end, number)
    assert outcomes(store, maya.client, diane)[entry] == Outcome.SHARE
    late = holds.HoldDraft(gone, (maya.diane.key,))
    store.do("Hold", holds.save, late)
    assert outcomes(store, maya.client, diane)[entry] == Outcome.KEEP_BACK
    assert len(store.ask(holds.rows, maya.client)) == 3


def test_what_left_from_the_closed_chart_stays_in_the_accounting(
    store: Store, maya: Maya, clock: Clock
) -> None:
    gone = second_chart(store)
    letter = Update(
        client_id=gone, number=1, status="sent", period_from=MONDAY, period_until=MONDAY
    )
    left = Disclosure(
        client_id=gone,
        at=clock.now,
        zone="UTC",
        basis="consent",
        recipient_name="Diane",
        discloser="Ann",
        what="Letter",
        channel="encrypted_email",
    )
    add(store, left, letter)
    store.do("Merge", merging_charts.merge_clients, gone, maya.client)
    assert [row["recipient_name"] for row in store.ask(disclosures.accounting, maya.client)] == [
        "Diane"
    ]
    assert store.ask(update_list.sent, maya.client) is not None
