"""What a search tells the accounting: each sending once, by the day it went, and taken back."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import delete
from sqlalchemy.orm import Session

from cmdesk.casework import (
    accounting,
    consent_renewal,
    consents,
    disclosures,
    placement_records,
    placement_release,
    provider_merging,
)
from cmdesk.casework import placement_writes as writes
from cmdesk.casework.placement_release import NoRelease
from cmdesk.errors import Problem
from cmdesk.models.placement import CandidateMove, PlacementCandidate
from cmdesk.rules.placement_way import MoveForm
from cmdesk.store.store import Store
from tests.casework.searches import begun, looked_at, program, the_one
from tests.records import MONDAY, Clock, Maya, state, tell_all

SENT = MoveForm("packet_sent", MONDAY)
BACK = MoveForm("contacted", MONDAY)
YESTERDAY, NEXT_YEAR = date(2026, 3, 8), date(2027, 3, 8)
STATEMENTS = ("revocation", "conditioning", "redisclosure")


def counting(store: Store, maya: Maya) -> list[bool]:
    """Say of each row of the accounting, the oldest first, whether it counts."""
    return [row.counts is not None for row in store.ask(accounting.rows, maya.client)]


def twins(store: Store, maya: Maya) -> tuple[int, dict[int, int]]:
    """Begin a search with two entries of one program; both may have Maya’s records."""
    search = begun(store, maya)
    houses = (program(store), program(store, "Fernbrook Inc"))
    tell_all(store, maya, *(f"o{house}" for house in houses))
    return search, {house: store.do("Add", writes.add, search, house) for house in houses}


@pytest.mark.parametrize("senders", [(0,), (1,), (0, 1)])
def test_records_sent_to_a_twin_can_be_taken_back_after_the_merge(
    store: Store, maya: Maya, senders: tuple[int, ...]
) -> None:
    search, added = twins(store, maya)
    kept, gone = added
    for at in senders:
        store.do("Send", writes.move, tuple(added.values())[at], SENT)
    assert counting(store, maya) == [True] * len(senders)
    before = state(store)
    store.do("Merge", provider_merging.merge_providers, gone, kept)
    merged = state(store)
    store.undo()
    assert state(store) == before
    store.redo()
    assert state(store) == merged
    (one,) = looked_at(store, search).candidates
    assert (one.state, one.records_sent_on) == ("packet_sent", MONDAY)
    store.do("Again", writes.move, one.id, SENT)
    assert counting(store, maya) == [True] * len(senders)
    store.do("Back", writes.move, one.id, BACK)
    assert counting(store, maya) == [False] * len(senders)
    assert looked_at(store, search).candidates[0].records_sent_on is None


def test_of_three_twins_each_sending_is_taken_back(store: Store, maya: Maya) -> None:
    """Also where a file brought no moves along."""
    search, added = twins(store, maya)
    third = program(store, "Fernbrook LLC")
    tell_all(store, maya, f"o{third}")
    added[third] = store.do("Add", writes.add, search, third)
    for candidate in added.values():
        store.do("Send", writes.move, candidate, SENT)
    store.do("Bare", lambda session: session.execute(delete(CandidateMove)))
    kept, *others = added
    for gone in others:
        store.do("Merge", provider_merging.merge_providers, gone, kept)
    (one,) = looked_at(store, search).candidates
    assert [each.state for each in one.moves] == ["packet_sent", "packet_sent"]
    store.do("Back", writes.move, one.id, BACK)
    assert counting(store, maya) == [False] * 3


def test_records_are_judged_as_of_the_day_they_went(store: Store, maya: Maya) -> None:
    search = begun(store, maya)
    house, other = program(store), program(store, "Cedar Ledge")
    early, late = (store.do("Add", writes.add, search, each) for each in (house, other))
    tell_all(store, maya, f"o{house}", f"o{other}")
    ended = replace(store.ask(consents.draft, maya.consent), expires_on=YESTERDAY)
    store.do("Ends", consents.save, ended, maya.consent)
    hold = (["progress"], [f"o{house}"], YESTERDAY, "")
    store.do("Hold", consents.hold_back, maya.client, *hold)
    with pytest.raises(NoRelease, match="ended March 8") as refused:
        store.do("Send", writes.move, late, SENT)
    assert refused.value.hint == "Have the consent signed first."
    store.do("Send", writes.move, early, replace(SENT, moved_on=YESTERDAY))
    (told,) = store.ask(accounting.rows, maya.client)
    assert "treatment" in told.topics
    assert "progress" not in told.topics  # a wish that held on that day
    anew = replace(store.ask(consents.draft, maya.consent), signed_on=MONDAY, begins_on=MONDAY)
    store.do("Anew", consents.save, replace(anew, expires_on=NEXT_YEAR), maya.consent)
    with pytest.raises(NoRelease, match=r"On March 8: Cedar Ledge's consent .* March 9") as refused:
        store.do("Send", writes.move, late, replace(SENT, moved_on=YESTERDAY))
    assert refused.value.hint == placement_release.WENT
    store.do("Send", writes.move, late, SENT)


def test_a_form_replaced_since_counted_until_the_newer_one_began(store: Store, maya: Maya) -> None:
    search = begun(store, maya)
    house = program(store)
    candidate = store.do("Add", writes.add, search, house)
    tell_all(store, maya, f"o{house}")
    newer = replace(
        store.ask(consent_renewal.renewal, maya.consent), signed_on=MONDAY, begins_on=MONDAY,
        expires_on=NEXT_YEAR, form_on_file=True, statements=STATEMENTS,
    )  # fmt: skip
    store.do("Renew", consents.save, newer)
    store.do("Send", writes.move, candidate, replace(SENT, moved_on=YESTERDAY))
    (told,) = store.ask(accounting.rows, maya.client)
    assert the_one(store, search, candidate).records_sent_on == YESTERDAY
    assert "treatment" in told.topics


def test_records_that_went_again_are_told_again_and_dragging_tells_nothing(
    store: Store, maya: Maya, clock: Clock
) -> None:
    search = begun(store, maya)
    house = program(store)
    candidate = store.do("Add", writes.add, search, house)
    tell_all(store, maya, f"o{house}")
    with pytest.raises(Problem, match="No records went to Fernbrook yet"):
        store.do("Again", placement_records.send_again, candidate, SENT)
    store.do("Send", writes.move, candidate, SENT)
    review = MoveForm("under_review", MONDAY)
    for form in (review, SENT, review):
        store.do("Drag", writes.move, candidate, form)
    assert counting(store, maya) == [True]
    clock.forward(days=3)
    for day, wrong in ((None, "On which day"), (NEXT_YEAR, "still to come")):
        with pytest.raises(Problem, match=wrong):
            store.do("Again", placement_records.send_again, candidate, replace(SENT, moved_on=day))
    again = date(2026, 3, 11)
    labs = MoveForm(moved_on=again, reason=" Lab results ")
    store.do("Again", placement_records.send_again, candidate, labs)
    found = the_one(store, search, candidate)
    assert (found.state, found.since, found.records_sent_on) == ("under_review", MONDAY, again)
    assert (found.moves[0].moved_on, found.moves[0].reason) == (
        *(again, "Records sent again: Lab results"),
    )
    assert store.ask(accounting.rows, maya.client)[1].what == "Records for a placement: Lab results"
    assert [row.at.date() for row in store.ask(accounting.rows, maya.client)] == [MONDAY, again]
    for form in (SENT, review):
        store.do("Drag", writes.move, candidate, replace(form, moved_on=date(2026, 3, 12)))
    assert counting(store, maya) == [True, True]
    assert the_one(store, search, candidate).records_sent_on == again
    store.do("End", consents.end, maya.consent)
    late = replace(SENT, moved_on=date(2026, 3, 12))
    with pytest.raises(NoRelease):
        store.do("Again", placement_records.send_again, candidate, late)
    assert counting(store, maya) == [True, True]
    earlier = replace(SENT, moved_on=date(2026, 3, 10))
    store.do("Earlier", placement_records.send_again, candidate, earlier)
    assert counting(store, maya) == [True, True, True]
    assert the_one(store, search, candidate).records_sent_on == again  # the last day counts


def test_records_that_go_again_while_they_are_waited_for_begin_the_wait_anew(
    store: Store, maya: Maya, clock: Clock
) -> None:
    search = begun(store, maya)
    house = program(store)
    candidate = store.do("Add", writes.add, search, house)
    tell_all(store, maya, f"o{house}")
    store.do("Send", writes.move, candidate, SENT)
    clock.forward(days=3)
    again = date(2026, 3, 12)
    store.do("Again", placement_records.send_again, candidate, replace(SENT, moved_on=again))
    found = the_one(store, search, candidate)
    assert (found.moves[0].reason, found.moves[0].moved_on) == ("Records sent again", again)
    assert (found.state, found.since) == ("packet_sent", again)
    store.do("Back", writes.move, candidate, replace(BACK, moved_on=again))
    assert counting(store, maya) == [False, False]
    assert the_one(store, search, candidate).records_sent_on is None


def test_what_a_file_says_went_is_not_told_by_dragging_but_by_going_again(
    store: Store, maya: Maya
) -> None:
    """And a sending that the accounting took back by itself can be told anew."""
    search = begun(store, maya)
    house = program(store)
    candidate = store.do("Add", writes.add, search, house)
    tell_all(store, maya, f"o{house}")

    def brought(session: Session) -> None:
        row = session.get_one(PlacementCandidate, candidate)
        row.state, row.records_sent_on = "packet_sent", YESTERDAY

    store.do("Bring in", brought)
    for form in (MoveForm("under_review", MONDAY), SENT):
        store.do("Drag", writes.move, candidate, form)
    assert counting(store, maya) == []
    store.do("Again", placement_records.send_again, candidate, SENT)
    assert counting(store, maya) == [True]
    (row,) = store.ask(accounting.rows, maya.client)
    store.do("Wrong", disclosures.correct, row.uid, "It was another program")
    with pytest.raises(Problem, match="No records went"):
        store.do("Again", placement_records.send_again, candidate, SENT)
    store.do("Send", writes.move, candidate, SENT)
    assert sorted(counting(store, maya)) == [False, True]
