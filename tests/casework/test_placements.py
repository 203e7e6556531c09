"""A search: what is needed, who was asked, what was said; records go with a release alone."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from cmdesk.casework import (
    accounting,
    consents,
    drafts,
    merging_charts,
    placement_release,
    placement_said,
    placement_ties,
    placements,
    provider_facts,
)
from cmdesk.casework import clients as charts
from cmdesk.casework import placement_writes as writes
from cmdesk.casework.clients import ClientDraft
from cmdesk.casework.placement_release import NoRelease
from cmdesk.errors import Problem
from cmdesk.models.care import Episode
from cmdesk.models.provider import Organisation, ProviderFact, ProviderTie
from cmdesk.rules.placement import Asked, Match, Met, Need
from cmdesk.rules.placement_draft import (
    AnswerForm,
    CandidateForm,
    DecisionForm,
    SearchForm,
    WordForm,
)
from cmdesk.rules.placement_way import Column, MoveForm
from cmdesk.rules.placement_words import Finding
from cmdesk.rules.provider_check import CheckForm
from cmdesk.store.store import Store
from tests.casework.searches import SCHOOL, begun, looked_at, program, the_one
from tests.records import MONDAY, Clock, Maya, tell_all

REFUSAL = Need(0, "Treats school refusal", test=Match(Asked.TREATS, ("school_refusal",)))
BANDS = Need(0, "Plays in a band", must=False)


def test_the_lines_of_a_search_are_its_first_must_haves(store: Store, maya: Maya) -> None:
    assert store.ask(placements.of_client, maya.client) is None
    store.do("Type", drafts.keep, "placement:new", {"a": 1}, maya.client)
    search = store.do("Begin", writes.begin, maya.client, SCHOOL, "placement:new")
    assert store.ask(drafts.find, "placement:new") is None
    board = looked_at(store, search)
    assert board.form == replace(SCHOOL, version=1)
    assert [need.text for need in board.needs] == ["Place by April 2", "Under $11,000 a month"]
    (row,) = store.ask(placements.searches)
    assert (row.id, row.client_id, row.going) == (search, maya.client, 0)
    assert store.ask(placements.of_client, maya.client) == search
    assert store.ask(placements.counts) == (0, 1)


def test_needs_are_kept_in_their_order_and_a_gone_one_takes_its_answers(
    store: Store, maya: Maya
) -> None:
    search = begun(store, maya)
    there = looked_at(store, search)
    candidate = store.do("Add", writes.add, search, program(store))
    told = AnswerForm("yes", "One bed", "Renee", MONDAY)
    store.do("Answer", writes.answer, candidate, {there.needs[0].id: told})
    needs = (BANDS, there.needs[1], REFUSAL)
    store.do("Save", writes.save, search, there.form, needs)
    board = looked_at(store, search)
    assert [(need.text, need.must) for need in board.needs] == [
        ("Under $11,000 a month", True),
        ("Treats school refusal", True),
        ("Plays in a band", False),
    ]  # fmt: skip
    assert board.needs[0].id == there.needs[1].id
    assert [each.met for each in board.candidates[0].findings] == [Met.UNKNOWN] * 3
    with pytest.raises(Problem, match="changed elsewhere"):
        store.do("Save", writes.save, search, replace(there.form, version=0), needs)
    with pytest.raises(Problem, match="looked for"):
        store.do("Save", writes.save, search, replace(there.form, looking_for=""), needs)


def test_a_must_have_follows_its_line_and_is_asked_anew(store: Store, maya: Maya) -> None:
    """The words of an answer stay; that another day or price was met says nothing of this one."""
    search = begun(store, maya)
    board = looked_at(store, search)
    by, price = board.needs
    candidate = store.do("Add", writes.add, search, program(store))
    told = AnswerForm("yes", "One bed", "Renee", MONDAY)
    store.do("Answer", writes.answer, candidate, {by.id: told, price.id: AnswerForm("yes")})
    later = replace(board.form, by_on=date(2026, 5, 1), budget_cents=900_000)
    store.do("Save", writes.save, search, later, board.needs)
    board = looked_at(store, search)
    assert [(need.id, need.text) for need in board.needs] == [
        (by.id, "Place by May 1"),
        (price.id, "Under $9,000 a month"),
    ]
    found = the_one(store, search, candidate)
    assert [each.met for each in found.findings] == [Met.UNKNOWN, Met.UNKNOWN]
    assert [need for need, _ in found.answers] == [by.id]
    assert found.findings[0].words == "One bed"
    store.undo()
    found = the_one(store, search, candidate)
    assert [each.met for each in found.findings] == [Met.YES, Met.YES]
    same = looked_at(store, search)
    store.do("Same", writes.save, search, same.form, same.needs)
    assert the_one(store, search, candidate).findings == found.findings


def test_a_candidate_is_matched_by_what_is_known_and_said(store: Store, maya: Maya) -> None:
    search = begun(store, maya)
    house = program(store, private_pay_cents=1_200_000, private_pay_per="month", openings=1)
    by, price = looked_at(store, search).needs
    candidate = store.do("Add", writes.add, search, house)
    with pytest.raises(Problem, match="Fernbrook is in this search already"):
        store.do("Add", writes.add, search, house)
    assert store.ask(lambda session: session.get_one(Organisation, house).mine)
    found = the_one(store, search, candidate)
    assert found.findings == (
        Finding(Met.YES, "1 open now", "From the directory"),
        Finding(Met.NO, "$12,000", "From the directory"),
    )
    assert (found.met, found.known.where, found.column) == ((1, 2), "Stowe, VT", Column.ASKED)
    noted = CandidateForm("One bed may open", 1_040_000, "month", " Few boys ", version=1)
    store.do("Note", writes.save_candidate, candidate, noted)
    told = AnswerForm("unknown", "One bed may open", "Renee Falk", MONDAY)
    store.do("Answer", writes.answer, candidate, {by.id: told})
    found = the_one(store, search, candidate)
    assert found.findings == (
        Finding(Met.UNKNOWN, "One bed may open", "Told by Renee Falk, Mar 9"),
        Finding(Met.YES, "$10,400", "Quoted for this client"),
    )
    assert found.form.watch_for == "Few boys"
    store.do("Answer", writes.answer, candidate, {by.id: replace(told, met="yes")})
    store.do("Answer", writes.answer, candidate, {price.id: AnswerForm("no", "More by now")})
    assert [each.met for each in the_one(store, search, candidate).findings] == [Met.YES, Met.NO]
    store.do("Answer", writes.answer, candidate, {by.id: AnswerForm(), price.id: AnswerForm()})
    assert the_one(store, search, candidate).findings[0].words == "1 open now"
    with pytest.raises(Problem, match="changed elsewhere"):
        store.do("Note", writes.save_candidate, candidate, noted)


def test_what_was_told_of_a_program_is_said_in_those_words(store: Store, maya: Maya) -> None:
    search = begun(store, maya, SearchForm("A school", part2="no"))
    form = looked_at(store, search).form
    far = Need(0, "Within 9 miles", test=Match(Asked.HOME, most=9))
    store.do("Save", writes.save, search, form, (REFUSAL, far))
    house = program(store, treats=["school_refusal"])
    fact = ProviderFact(
        organisation_id=house, field="treats", words="Core group", told_by="Renee", told_on=MONDAY
    )
    stay = Episode(client_id=maya.client, organisation_id=house, admitted=MONDAY)
    store.do("Told", lambda session: session.add_all([fact, stay]))
    candidate = store.do("Add", writes.add, search, house)
    found = the_one(store, search, candidate)
    assert found.findings[0] == Finding(Met.YES, "Core group", "Told by Renee, Mar 9")
    assert found.findings[1].met is Met.UNKNOWN  # nobody knows where either is
    assert found.known.stays == (1, 0)


def test_a_price_and_plans_heard_on_a_call_say_who_told_them(store: Store, maya: Maya) -> None:
    search = begun(store, maya)
    form = looked_at(store, search).form
    price = Need(0, "At most $12,000", test=Match(Asked.PRICE, most=1_200_000))
    plan = Need(0, "Takes Aetna", test=Match(Asked.PAYER, ("Aetna",)))
    store.do("Save", writes.save, search, form, (price, plan))
    house = program(store)
    heard = CheckForm(cost="$9,000 a month", insurance="Aetna", told_by="Renee", told_on=MONDAY)
    store.do("Check", provider_facts.check, house, heard)
    candidate = store.do("Add", writes.add, search, house)
    cost, payer = the_one(store, search, candidate).findings
    assert (cost.met, cost.source) == (Met.YES, "Told by Renee, Mar 9")
    assert (payer.met, payer.source) == (Met.YES, "Told by Renee, Mar 9")


def test_each_move_is_dated_and_the_newest_day_counts(store: Store, maya: Maya) -> None:
    search = begun(store, maya)
    candidate = store.do("Add", writes.add, search, program(store))
    store.do("Move", writes.move, candidate, MoveForm("contacted", date(2026, 3, 6)))
    assert the_one(store, search, candidate).state == "considered"  # which is of today
    store.do("Move", writes.move, candidate, MoveForm("no_show", MONDAY, " Never came "))
    found = the_one(store, search, candidate)
    assert (found.state, found.since, found.reason) == ("no_show", MONDAY, "Never came")
    assert [each.state for each in found.moves] == ["no_show", "considered", "contacted"]
    assert not found.going
    assert store.ask(placements.searches)[0].going == 0
    store.undo()
    assert the_one(store, search, candidate).state == "considered"
    with pytest.raises(Problem, match="Say why"):
        store.do("Move", writes.move, candidate, MoveForm("no_show", MONDAY))


def test_records_go_only_where_a_valid_consent_names_the_program(
    store: Store, maya: Maya, clock: Clock
) -> None:
    search = begun(store, maya)
    house = program(store)
    candidate = store.do("Add", writes.add, search, house)
    sent = MoveForm("packet_sent", MONDAY)
    with pytest.raises(NoRelease):
        store.do("Move", writes.move, candidate, sent)
    assert the_one(store, search, candidate).state == "considered"
    form = store.ask(consents.draft, maya.consent)
    named = replace(form, recipients=(*form.recipients, f"o{house}"))
    store.do("Sign", consents.save, named, maya.consent)
    with pytest.raises(NoRelease, match=r"Not in .*consent: treatment"):
        store.do("Move", writes.move, candidate, sent)
    tell_all(store, maya)

    def wish(topic: str) -> int:
        hold = consents.hold_back
        return store.do("Hold", hold, maya.client, [topic], [f"o{house}"], None, "")

    assert wish("safety")
    found = store.ask(placement_release.release, maya.client, house, "no")
    assert found.consent_id == maya.consent
    assert "substance use" in found.covers
    assert "safety" not in found.covers
    store.do("Move", writes.move, candidate, sent)
    assert the_one(store, search, candidate).records_sent_on == MONDAY
    (told,) = store.ask(accounting.rows, maya.client)
    assert (told.what, told.at.date()) == ("Records for a placement", MONDAY)
    assert "safety" not in told.topics
    day_before = MoveForm("contacted", MONDAY - timedelta(days=1))
    store.do("Move", writes.move, candidate, day_before)  # came before they went
    assert store.ask(accounting.rows, maya.client)[0].counts is not None
    store.do("Move", writes.move, candidate, MoveForm("contacted", MONDAY))
    assert the_one(store, search, candidate).records_sent_on is None
    assert store.ask(accounting.rows, maya.client)[0].counts is None
    store.do("Move", writes.move, candidate, sent)
    store.do("Move", writes.move, candidate, MoveForm("under_review", MONDAY))
    counting = [row.counts is not None for row in store.ask(accounting.rows, maya.client)]
    assert sorted(counting) == [False, True]
    assert wish("treatment")
    with pytest.raises(NoRelease, match="keeps this"):
        store.do("Move", writes.move, candidate, sent)
    other = store.do("Add", writes.add, search, maya.still)
    with pytest.raises(NoRelease, match=r"\.$"):
        store.do("Move", writes.move, other, sent)
    hold = store.do("Hold", consents.hold_back, maya.client, [], [f"o{house}"], None, "Not them")
    assert hold
    with pytest.raises(NoRelease, match="keeps everything"):
        store.do("Move", writes.move, candidate, sent)
    clock.forward(days=2000)
    late = replace(sent, moved_on=MONDAY + timedelta(days=2000))
    with pytest.raises(NoRelease, match=r"ended|is 18"):
        store.do("Move", writes.move, candidate, late)


def test_protected_records_need_the_form_that_says_so(store: Store, maya: Maya) -> None:
    search = begun(store, maya, replace(SCHOOL, part2="unknown"))
    house = program(store)
    candidate = store.do("Add", writes.add, search, house)
    form = store.ask(consents.draft, maya.consent)
    named = replace(form, kind="hipaa", recipients=(*form.recipients, f"o{house}"))
    store.do("Sign", consents.save, named, maya.consent)
    with pytest.raises(NoRelease, match="Part 2"):
        store.do("Move", writes.move, candidate, MoveForm("packet_sent", MONDAY))


def test_one_leads(store: Store, maya: Maya) -> None:
    search = begun(store, maya)
    first = store.do("Add", writes.add, search, program(store))
    second = store.do("Add", writes.add, search, program(store, "Cedar Ledge"))
    store.do("Star", writes.star, first)
    store.do("Star", writes.star, second)
    assert [each.leading for each in looked_at(store, search).candidates] == [False, True]
    store.do("Star", writes.star, second, leading=False)
    assert not any(each.leading for each in looked_at(store, search).candidates)
    store.do("Out", writes.take_out, first)
    assert [each.id for each in looked_at(store, search).candidates] == [second]


def test_the_family_speaks_and_decides_for_itself(store: Store, maya: Maya) -> None:
    search = begun(store, maya)
    candidate = store.do("Add", writes.add, search, program(store))
    own = looked_at(store, search).person_id
    mother, tess = maya.diane.person_id, maya.tess.person_id
    say = placement_said.say
    store.do("Say", say, search, candidate, WordForm(own, MONDAY, "Likes the music room"))
    store.do("Say", say, search, candidate, WordForm(mother, None, leaning="unsure"))
    store.do("Say", say, search, candidate, WordForm(mother, MONDAY, leaning="yes"))
    found = the_one(store, search, candidate)
    assert (found.client_says, found.family_says) == ("Likes the music room", "Mother yes")
    word = store.do("Say", say, search, candidate, WordForm(tess, MONDAY, "Yes"))
    assert the_one(store, search, candidate).family_says == "Mother yes, therapist yes"
    store.do("Unsay", placement_said.unsay, word)
    store.do("Unsay", placement_said.unsay, word)
    store.do("Say", say, search, candidate, WordForm(tess, MONDAY, "DBT is thin"))
    assert the_one(store, search, candidate).family_says.startswith("Mother yes, ")
    assert the_one(store, search, candidate).family_says.endswith(" DBT is thin")
    version = looked_at(store, search).form.version
    decided = DecisionForm(MONDAY, "Diane", "We go and see it", version=version)
    store.do("Decide", placement_said.decide, search, decided)
    assert looked_at(store, search).decision == replace(decided, version=version + 1)
    with pytest.raises(Problem, match="changed elsewhere"):
        store.do("Decide", placement_said.decide, search, decided)


def test_every_tie_is_said_before_the_family_decides(store: Store, maya: Maya) -> None:
    search = begun(store, maya)
    house = program(store)
    store.do("Add", writes.add, search, house)
    assert store.ask(placement_ties.statement, search) == placement_ties.NOTHING
    assert not store.ask(placement_ties.stated, search)
    store.do("State", placement_said.state_conflicts, search, placement_ties.NOTHING)
    assert store.ask(placement_ties.stated, search)
    tie = ProviderTie(
        organisation_id=house, kind="travel", what="Visit in May", amount_cents=42_000,
        happened_on=date(2025, 5, 4), ended_on=MONDAY,
    )  # fmt: skip
    store.do("Tie", lambda session: session.add(tie))
    assert not store.ask(placement_ties.stated, search)
    said = store.ask(placement_ties.statement, search)
    assert said == (
        "Fernbrook: Travel or lodging paid for, Visit in May, $420, May 4, 2025, ended Mar 9."
    )
    store.do("State", placement_said.state_conflicts, search, f"I visited.\n{said}")
    assert store.ask(placement_ties.stated, search)
    with pytest.raises(Problem, match="empty"):
        store.do("State", placement_said.state_conflicts, search, " ")


def test_a_search_ends_and_goes_along_with_its_chart(store: Store, maya: Maya) -> None:
    search = begun(store, maya)
    candidate = store.do("Add", writes.add, search, program(store))
    step = CandidateForm(next_step="Call them", next_on=MONDAY - timedelta(days=1), version=1)
    store.do("Step", writes.save_candidate, candidate, step)
    assert store.ask(placements.counts) == (1, 0)
    other = store.do("Add", charts.add, ClientDraft("May", "Brenner"))
    store.do("Merge", merging_charts.merge_clients, maya.client, other)
    assert store.ask(placements.of_client, other) == search
    store.do("Close", writes.close, search)
    assert store.ask(placements.searches) == []
    assert [row.closed_on for row in store.ask(placements.searches, closed=True)] == [MONDAY]
    store.do("Open", writes.close, search, closed=False)
    store.do("Away", writes.take_away, search)
    assert store.ask(placements.searches) == []
    with pytest.raises(Problem, match="no longer there"):
        looked_at(store, search)
