"""Moves: begun, changed, moved to another day; gaps, steps, handoffs and visits."""

from dataclasses import replace
from datetime import date, time

import pytest
from sqlalchemy import delete
from sqlalchemy.orm import Session

from cmdesk.casework import clients as charts
from cmdesk.casework import (
    consents,
    drafts,
    entries,
    first_visits,
    handoffs,
    leak_programs,
    merging_charts,
    occasion,
    transition_begin,
    transition_edit,
    transition_lanes,
    transition_moving,
    transition_plan,
    transition_steps,
    transitions,
)
from cmdesk.casework.clients import ClientDraft
from cmdesk.casework.task_sets import SetStep
from cmdesk.casework.transition_plan import Whole
from cmdesk.errors import Problem
from cmdesk.models.care import Episode
from cmdesk.models.consent import Consent, Restriction
from cmdesk.models.person import Person
from cmdesk.models.provider import Organisation, Professional
from cmdesk.models.safety import Medication
from cmdesk.rules.follow_up_clocks import ClockState
from cmdesk.rules.transition import Gap
from cmdesk.rules.transition_codes import Lane, StepPart, VisitKind
from cmdesk.rules.transition_draft import HandoffForm, LaneForm, MoveForm, StepForm, VisitForm
from cmdesk.store.store import Store
from tests.records import MONDAY, WEEK, Clock, Maya, contact, tell_all

FRIDAY, BRIDGE = date(2026, 3, 20), date(2026, 3, 24)


def begun(store: Store, maya: Maya, **changes: object) -> int:
    form = replace(
        MoveForm(maya.episode, to_words="Bridge Street", leaves_on=FRIDAY, kind="both"),
        **changes,  # pyright: ignore[reportArgumentType] - any field
    )
    return store.do("Begin", transition_begin.begin, maya.client, form)


def whole(store: Store, move: int) -> Whole:
    return store.ask(transition_plan.whole, move)


def lane(store: Store, move: int, **named: object) -> int:
    form = replace(LaneForm(), **named)  # pyright: ignore[reportArgumentType] - any field
    return store.do("Add", transition_lanes.save, move, form)


def test_a_move_begins_with_what_is_known(store: Store, maya: Maya) -> None:
    form = store.ask(transition_begin.proposed, maya.client)
    assert form.from_episode_id == maya.episode
    assert form.kind == "substance_use"
    store.do("Type", drafts.keep, "move:new", {}, maya.client)
    named = replace(form, to_words="Bridge Street", leaves_on=FRIDAY)
    move = store.do("Begin", transition_begin.begin, maya.client, named, "move:new")
    plan = whole(store, move)
    assert (plan.from_name, plan.to_name) == ("Stillwater Ridge", "Bridge Street")
    assert store.ask(drafts.find, "move:new") is None
    assert {span.lane for span in plan.days.spans} >= {Lane.HOME, Lane.PROGRAM, Lane.MEDICINE}
    assert [len(plan.part(part)) for part in StepPart] == [9, 4, 5]
    assert plan.part(StepPart.DAY)[0].due == FRIDAY
    assert store.ask(transitions.of_client, maya.client) == [move]
    (row,) = store.ask(transitions.ahead)
    assert (row.open_gaps, row.steps_done, row.steps) == (6, 0, 18)  # and no way there
    assert store.ask(transitions.open_ones) == (0, 1)


def test_the_next_stay_fills_its_lanes_in(store: Store, maya: Maya) -> None:
    def follows(session: Session) -> None:
        session.get_one(Episode, maya.episode).planned_discharge = FRIDAY
        session.add(
            Episode(
                client_id=maya.client,
                organisation_id=maya.still,
                level_of_care="asam4:3.1",
                admitted=BRIDGE,
            )
        )

    store.do("Add", follows)
    form = store.ask(transition_begin.proposed, maya.client)
    assert (form.leaves_on, form.to_organisation_id) == (FRIDAY, maya.still)
    plan = whole(store, store.do("Begin", transition_begin.begin, maya.client, form))
    starts = {span.lane for span in plan.days.spans if span.since == BRIDGE}
    assert starts == {Lane.HOME, Lane.PROGRAM}
    assert [visit.kind for visit in plan.days.visits] == [VisitKind.PROGRAM]
    assert plan.days.gaps[0] == Gap(Lane.PROGRAM, date(2026, 3, 21), date(2026, 3, 23))


def test_days_of_medicine_that_are_no_number_stay_unknown(store: Store, maya: Maya) -> None:
    move = begun(store, maya, medicine_days="ask Nell")
    plan = whole(store, move)
    assert (plan.form.medicine_days, plan.form.medicine_words) == ("", "ask Nell")
    assert next(gap for gap in plan.days.gaps if gap.lane == Lane.MEDICINE).unknown
    store.do("Save", transition_edit.save, move, replace(plan.form, medicine_days="2 weeks"))
    plan = whole(store, move)
    assert plan.form.medicine_days == "14"
    gap = next(gap for gap in plan.days.gaps if gap.lane == Lane.MEDICINE)
    assert (gap.first, gap.unknown, gap.open_ended) == (date(2026, 4, 4), False, True)


def test_a_medicine_on_record_counts_by_its_last_day(store: Store, maya: Maya) -> None:
    def taken(session: Session) -> None:
        session.add(Medication(client_id=maya.client, name="A", supply_ends_on=date(2026, 3, 28)))

    store.do("Add", taken)
    plan = whole(store, begun(store, maya, medicine_days="12"))
    assert [supply.name for supply in plan.days.supplies][-1] == "A"
    gap = next(gap for gap in plan.days.gaps if gap.lane == Lane.MEDICINE)
    assert gap.first == date(2026, 3, 29)


def test_leaving_before_they_came_is_refused(store: Store, maya: Maya) -> None:
    with pytest.raises(Problem, match="before they came"):
        begun(store, maya, leaves_on=date(2020, 1, 1))
    move = begun(store, maya)
    for day in (date(2020, 1, 1), None):
        with pytest.raises(Problem):
            store.do("Move", transition_moving.move_day, move, day)
    with pytest.raises(Problem, match="still to come"):
        store.do("Leave", transition_edit.leave, move, FRIDAY)
    with pytest.raises(Problem, match="Where do they go"):
        store.do("Save", transition_edit.save, move, MoveForm(version=1))
    with pytest.raises(Problem, match="changed elsewhere"):
        store.do("Save", transition_edit.save, move, MoveForm(to_words="A", version=9))


def test_moving_the_day_moves_steps_and_lists_what_stays(store: Store, maya: Maya) -> None:
    move = begun(store, maya)
    fixed = StepForm(StepPart.AFTER, "First day", days="4", fixed_on=BRIDGE)
    store.do("Add", transition_steps.save, move, fixed)
    lane(store, move, lane=Lane.PROGRAM, label="Bridge Street", since=BRIDGE)
    visit = VisitForm(VisitKind.THERAPIST, label="Dr. Levin", visit_on=date(2026, 3, 25))
    store.do("Add", first_visits.save, move, visit)
    done = whole(store, move).part(StepPart.BEFORE)[0]
    store.do("Tick", transition_steps.tick, done.id, done=True)
    to = date(2026, 3, 27)
    told = store.ask(transition_moving.effect, move, to)
    assert len(told.moves) == 17  # the one that is done stays as it was done
    assert {(each.due - each.was).days for each in told.moves if each.was} == {7}
    assert [(each.kind, each.text) for each in told.fixed] == [
        ("step", "First day"),
        ("visit", "Dr. Levin"),
        ("begins", "Bridge Street"),
    ]
    assert store.do("Move", transition_moving.move_day, move, to) == 17
    plan = whole(store, move)
    assert (plan.form.leaves_on, plan.part(StepPart.DAY)[0].due) == (to, to)
    assert plan.steps[-1].due == BRIDGE
    assert store.ask(Session.get_one, Episode, maya.episode).planned_discharge == to


def test_an_option_is_booked_for_the_days_of_a_gap(store: Store, maya: Maya) -> None:
    move = begun(store, maya)
    joel = maya.tess.person_id
    option = lane(store, move, label="Free until Thursday", person_id=joel, settled=False)
    lane(store, move, label="Bridge Street", since=BRIDGE)
    plan = whole(store, move)
    (found,) = plan.days.options
    assert (found.id, found.label, found.called) == (option, "Free until Thursday", "Tess")
    gap = plan.days.gaps[0]
    with pytest.raises(Problem):
        store.do("Book", transition_lanes.book, option, gap.last, gap.first)
    store.do("Book", transition_lanes.book, option, gap.first, gap.last)
    days = whole(store, move).days
    assert Lane.PROGRAM not in {gap.lane for gap in days.gaps}
    assert days.options == ()
    read = store.ask(transition_lanes.read, option)
    assert (read.label, read.since, read.settled) == ("", gap.first, True)
    with pytest.raises(Problem, match="changed elsewhere"):
        store.do("Save", transition_lanes.save, move, replace(read, version=0), option)
    with pytest.raises(Problem, match="before it begins"):
        lane(store, move, label="A", since=BRIDGE, until=FRIDAY)
    store.do("Save", transition_lanes.save, move, replace(read, until=BRIDGE), option, "lane:1")
    store.do("Remove", transition_lanes.remove, option)
    with pytest.raises(Problem, match="no longer there"):
        store.ask(transition_lanes.read, option)


def test_both_ends_of_a_handoff_say_that_they_talked(
    store: Store, maya: Maya, clock: Clock
) -> None:
    move = begun(store, maya)
    form = HandoffForm(maya.tess.person_id, to_words="Dr. Levin", call_on=date(2026, 3, 17))
    number = store.do("Add", handoffs.save, move, form, None, "handoff:new")
    (row,) = whole(store, move).handoffs
    assert (row.from_name, row.to_name) == ("Tess Holloway", "Dr. Levin")
    assert not row.release.signed
    assert "no consent can name them" in row.release.reason
    store.do("Confirm", handoffs.confirm, number, "sender", MONDAY)
    assert whole(store, move).handoffs[0].talked_on is None
    assert store.ask(transitions.ahead)[0].handoffs_open == 1
    store.do("Confirm", handoffs.confirm, number, "receiver", MONDAY)
    assert whole(store, move).handoffs[0].talked_on == MONDAY
    with pytest.raises(Problem, match="still to come"):
        store.do("Confirm", handoffs.confirm, number, "receiver", FRIDAY)
    read = store.ask(handoffs.read, number)
    with pytest.raises(Problem, match="no consent can name"):
        store.do("Save", handoffs.save, move, replace(read, records_sent_on=MONDAY), number)
    with pytest.raises(Problem, match="changed elsewhere"):
        store.do("Save", handoffs.save, move, replace(read, version=0), number)
    with pytest.raises(Problem, match="themselves"):
        store.do("Add", handoffs.save, move, HandoffForm(1, to_id=1))
    store.do("Remove", handoffs.remove, number)
    assert whole(store, move).handoffs == ()


def test_a_release_is_asked_of_the_consents(store: Store, maya: Maya) -> None:
    move = begun(store, maya)
    to_diane = HandoffForm(from_words="Tess", to_id=maya.diane.person_id)
    answer = store.ask(handoffs.release, move, to_diane)
    assert not answer.signed

    def widen(session: Session) -> None:
        form = session.get_one(Consent, maya.consent)
        form.topics = [*form.topics, "treatment"]

    store.do("Widen", widen)
    answer = store.ask(handoffs.release, move, to_diane)
    assert (answer.signed, answer.reason) == (False, "Maya wants to tell her mother herself")
    store.do("Let go", lambda session: session.execute(delete(Restriction)) and None)
    answer = store.ask(handoffs.release, move, to_diane)
    assert (answer.signed, answer.consent, answer.reason) == (True, "k-diane", "")
    linked = replace(to_diane, consent_id=maya.consent)
    assert store.ask(handoffs.release, move, linked).signed
    long_after = store.ask(handoffs.release, move, to_diane, date(2030, 1, 1))
    assert "ended" in long_after.reason
    other = replace(linked, to_id=maya.tess.person_id)
    assert not store.ask(handoffs.release, move, other).signed
    sent = replace(to_diane, records_sent_on=MONDAY)
    number = store.do("Add", handoffs.save, move, sent)
    assert whole(store, move).handoffs[0].id == number
    assert maya.diane.person_id in dict(store.ask(handoffs.people, maya.client, (None,)))
    assert store.ask(handoffs.forms, maya.client)[0][1] == "Diane Brenner"


def test_steps_are_ticked_changed_dropped_and_brought_in(store: Store, maya: Maya) -> None:
    move = begun(store, maya)
    first = whole(store, move).steps[0]
    store.do("Tick", transition_steps.tick, first.id, done=True)
    assert whole(store, move).steps[0].done_on == MONDAY
    store.do("Tick", transition_steps.tick, first.id, done=False)
    read = store.ask(transition_steps.read, first.id)
    assert (read.days, read.part) == ("-14", StepPart.BEFORE)
    for wrong, words in (
        (replace(read, days="soon"), "number of days"),
        (StepForm(), "to be done"),
    ):
        with pytest.raises(Problem, match=words):
            store.do("Save", transition_steps.save, move, wrong, first.id)
    with pytest.raises(Problem, match="changed elsewhere"):
        store.do("Save", transition_steps.save, move, replace(read, version=0), first.id)
    anew = replace(read, text="Releases", days="", owner=" You ")
    store.do("Save", transition_steps.save, move, anew, first.id, "step:1")
    changed = whole(store, move).steps[0]
    assert (changed.text, changed.owner, changed.due) == ("Releases", "You", None)
    store.do("Drop", transition_steps.drop, first.id)
    assert len(whole(store, move).steps) == 17
    steps = [SetStep("Pack", -1), SetStep("Call", 0), SetStep("Write", 2), SetStep("Pack ", -2)]
    assert store.do("Bring in", transition_steps.bring_in, move, steps[:3]) == 3
    assert whole(store, move).part(StepPart.AFTER)[-1].text == "Write"
    with pytest.raises(Problem, match="all there"):
        store.do("Bring in", transition_steps.bring_in, move, steps[:3])


def test_visits_are_kept_or_missed_once_their_day_came(
    store: Store, maya: Maya, clock: Clock
) -> None:
    move = begun(store, maya)
    visit = VisitForm(VisitKind.THERAPIST, label="Dr. Levin", visit_on=date(2026, 3, 25))
    number = store.do("Add", first_visits.save, move, visit, None, "visit:new")
    with pytest.raises(Problem, match="still to come"):
        store.do("Kept", first_visits.kept, number, attended=True)
    assert [c.state for c in whole(store, move).clocks] == [
        ClockState.OPEN,
        ClockState.BOOKED,
        ClockState.BOOKED,
    ]
    clock.forward(days=17)  # March 26
    store.do("Leave", transition_edit.leave, move, FRIDAY)
    store.do("Kept", first_visits.kept, number, attended=True)
    assert [c.state for c in whole(store, move).clocks] == [
        ClockState.MISSED,
        ClockState.MET,
        ClockState.MET,
    ]
    talk = contact(maya, day=date(2026, 3, 21), participants=())
    store.do("Log", entries.log, talk, sign=True)
    assert whole(store, move).clocks[0].met_on == date(2026, 3, 21)
    with pytest.raises(Problem, match="left already"):
        store.do("Move", transition_moving.move_day, move, BRIDGE)
    store.do("Missed", first_visits.kept, number, attended=False)
    read = store.ask(first_visits.read, number)
    again = replace(read, visit_on=date(2026, 4, 2))
    store.do("Move", first_visits.save, move, again, number)
    assert store.ask(first_visits.read, number).attended is None  # open again
    with pytest.raises(Problem, match="once its day came"):
        store.do("Add", first_visits.save, move, again)
    read = store.ask(first_visits.read, number)
    with pytest.raises(Problem, match="With whom"):
        store.do("Save", first_visits.save, move, replace(read, label=""), number)
    with pytest.raises(Problem, match="changed elsewhere"):
        store.do("Save", first_visits.save, move, replace(read, version=0), number)
    store.do("Remove", first_visits.remove, number)
    assert whole(store, move).days.visits == ()


def test_a_move_is_closed_opened_again_and_taken_away(store: Store, maya: Maya) -> None:
    move, other = begun(store, maya), begun(store, maya, leaves_on=None)
    assert store.ask(transitions.of_client, maya.client) == [move, other]
    plans = store.ask(transition_plan.plans, maya.client)
    assert plans is not None
    assert ([each.id for each in plans.titles], plans.shown.id) == ([move, other], move)
    plans = store.ask(transition_plan.plans, maya.client, other)
    assert plans is not None
    assert (plans.shown.id, plans.titles[0].to_name) == (other, "Bridge Street")
    assert [row.open_gaps for row in store.ask(transitions.ahead)] == [6, 1]
    store.do("Close", transition_edit.close, move)
    assert store.ask(transitions.of_client, maya.client) == [other, move]
    assert [row.id for row in store.ask(transitions.ahead)] == [other]
    assert whole(store, other).clocks == ()
    store.do("Open", transition_edit.open_again, move)
    store.do("Remove", transition_edit.remove, move)
    assert store.ask(transitions.of_client, maya.client) == [other]
    with pytest.raises(Problem, match="no longer there"):
        whole(store, move)
    store.do("Remove", transition_edit.remove, other)
    assert store.ask(transition_plan.plans, maya.client) is None


def test_a_move_goes_along_when_charts_become_one(store: Store, maya: Maya) -> None:
    twin = store.do("Add", charts.add, ClientDraft(given_name="Maya", family_name="B."))
    move = begun(store, maya)
    store.do("Merge", merging_charts.merge_clients, maya.client, twin)
    assert store.ask(transitions.of_client, twin) == [move]
    assert store.ask(transitions.ahead)[0].client_id == twin
    assert whole(store, move).client_id == twin


@pytest.mark.parametrize(
    ("level", "wanted"),
    [
        ("asam4:3.5", "substance_use"),
        ("setting:detox", "substance_use"),
        ("mh:inpatient_voluntary", "psychiatric"),
        ("mh:iop", ""),
        ("setting:ed", ""),
    ],
)
def test_what_was_treated_is_guessed_from_the_level(level: str, wanted: str) -> None:
    assert transition_begin.kind_of(level) == wanted


def test_a_program_a_move_leads_to_is_known_to_the_leak_check(store: Store, maya: Maya) -> None:
    house = store.do("Add", _house)

    def known(session: Session) -> dict[int, str]:
        about = occasion.case(session, maya.client, maya.diane, *WEEK)
        return leak_programs.programs(session, about, [maya.client])

    assert house not in store.ask(known)
    move = begun(store, maya, to_organisation_id=house)
    assert store.ask(known)[house] == "Juniper Court"
    store.do("Remove", transition_edit.remove, move)
    lane(store, begun(store, maya), organisation_id=house)
    assert house in store.ask(known)


def _house(session: Session) -> int:
    row = Organisation(name="Juniper Court")
    session.add(row)
    session.flush()
    return row.id


def test_a_wish_about_one_of_them_holds_for_the_house_too(store: Store, maya: Maya) -> None:
    def lee(session: Session) -> int:
        house = Organisation(name="Lee Practice")
        person = Person(given_name="Ana", family_name="Lee")
        session.add_all((house, person))
        session.flush()
        person.organisation_id = house.id
        return person.id

    number = store.do("Add", lee)
    house = store.ask(lambda session: session.get_one(Person, number).organisation_id)
    tell_all(store, maya, f"o{house}")
    move, to_lee = begun(store, maya), HandoffForm(from_words="Tess", to_id=number)
    assert store.ask(handoffs.release, move, to_lee).signed  # the form names the house
    store.do("Hold", consents.hold_back, maya.client, [], [f"p{number}"], None, "Not to Ana")
    answer = store.ask(handoffs.release, move, to_lee)
    assert (answer.signed, answer.reason) == (False, "Not to Ana")


def test_a_form_for_treatment_reaches_only_who_is_on_record_as_treating(
    store: Store, maya: Maya
) -> None:
    def known(session: Session) -> int:
        person = Person(given_name="Ana", family_name="Lee")
        session.add(person)
        session.flush()
        session.get_one(Consent, maya.consent).kind = "part2_tpo"
        return person.id

    number = store.do("Add", known)
    tell_all(store, maya, f"p{number}")
    move, to_lee = begun(store, maya), HandoffForm(from_words="Tess", to_id=number)
    assert not store.ask(handoffs.release, move, to_lee).signed
    store.do(
        "Add",
        lambda session: session.add(Professional(person_id=number, role="psychiatrist")),
    )
    assert store.ask(handoffs.release, move, to_lee).signed


def test_somebody_named_in_words_alone_is_not_answered_for_by_their_program(
    store: Store, maya: Maya
) -> None:
    tell_all(store, maya, f"o{maya.still}")
    move = begun(store, maya, to_organisation_id=maya.still)
    in_words = HandoffForm(from_words="Tess", to_words="Bridge St nurse")
    answer = store.ask(handoffs.release, move, in_words)
    reason = "Who takes over is named in words alone, so no consent can name them"
    assert (answer.signed, answer.reason) == (False, reason)
    with pytest.raises(Problem, match="in words alone"):
        store.do("Add", handoffs.save, move, replace(in_words, records_sent_on=MONDAY))
    store.do("Add", handoffs.save, move, in_words)
    assert whole(store, move).handoffs[0].release == answer
    known = replace(in_words, to_id=maya.tess.person_id)  # the words are what they are called
    assert store.ask(handoffs.release, move, known).signed
    assert store.ask(handoffs.release, move, HandoffForm(from_words="Tess")).signed


def test_the_program_of_the_stay_that_follows_is_asked_where_the_move_names_none(
    store: Store, maya: Maya
) -> None:
    def follows(session: Session) -> int:
        made = Episode(client_id=maya.client, admitted=BRIDGE)
        session.add(made)
        session.flush()
        return made.id

    tell_all(store, maya, f"o{maya.still}")
    stay = store.do("Add", follows)
    move = begun(store, maya, to_episode_id=stay)

    def known(session: Session) -> None:
        session.get_one(Episode, stay).organisation_id = maya.still

    assert not store.ask(handoffs.release, move, HandoffForm()).signed
    store.do("Known", known)
    assert store.ask(handoffs.release, move, HandoffForm()).signed


def test_a_stay_that_began_already_is_not_asked_whether_it_did(store: Store, maya: Maya) -> None:
    def overlaps(session: Session, since: date) -> int:
        made = Episode(client_id=maya.client, organisation_id=maya.still, admitted=since)
        session.add(made)
        session.flush()
        return made.id

    for since, attended in ((date(2026, 3, 8), True), (MONDAY, None), (BRIDGE, None)):
        stay = store.do("Add", overlaps, since)
        (visit,) = whole(store, begun(store, maya, to_episode_id=stay)).days.visits
        assert (visit.visit_on, visit.attended) == (since, attended)


@pytest.mark.parametrize(
    "to",
    [
        date(2028, 2, 29),
        date(2027, 2, 28),
        date(2026, 3, 9),
        date(2026, 11, 1),
        date(2026, 12, 31),
        date(2026, 3, 24),
    ],
)
def test_a_day_moved_there_leaves_open_what_a_day_set_there_does(
    to: date, store: Store, maya: Maya
) -> None:
    """Over leap days, both changes of clocks, the year's end, and into the stay that follows."""

    def planned(leaves_on: date) -> int:
        move = begun(store, maya, leaves_on=leaves_on, medicine_days="12")
        lane(store, move, lane=Lane.PROGRAM, label="Bridge Street", since=BRIDGE)
        lane(store, move, lane=Lane.HOME, label="Home", since=FRIDAY, until=date(2028, 3, 1))
        return move

    moved, there = planned(FRIDAY), planned(to)
    store.do("Move", transition_moving.move_day, moved, to)
    days = [whole(store, each).days.gaps for each in (moved, there)]
    assert days[0] == days[1]
    assert days[0]
    steps = [[step.due for step in whole(store, each).steps] for each in (moved, there)]
    assert steps[0] == steps[1]


def test_a_talk_late_at_night_counts_on_its_own_day_whatever_the_clock_does(
    store: Store, maya: Maya, clock: Clock
) -> None:
    """They left on the Friday before clocks went forward; day 2 is the Sunday itself."""
    move = begun(store, maya, leaves_on=date(2026, 3, 6))
    store.do("Leave", transition_edit.leave, move, date(2026, 3, 6))
    late = contact(maya, day=date(2026, 3, 6), at=time(23, 59), participants=())
    store.do("Log", entries.log, late, sign=True)
    assert whole(store, move).clocks[0].state == ClockState.MISSED  # the day itself counts not
    night = contact(maya, day=date(2026, 3, 8), at=time(23, 59), participants=())
    store.do("Log", entries.log, night, sign=True)
    assert whole(store, move).clocks[0].met_on == date(2026, 3, 8)
