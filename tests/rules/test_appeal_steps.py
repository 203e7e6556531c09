"""Which step against a denial is open, and which follows one that did not help."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmdesk.rules import appeal_steps as steps
from cmdesk.rules.appeal_steps import Act, Denial, Open
from cmdesk.rules.appeals import AppealForm, AppealLevel, AppealOutcome
from cmdesk.rules.days import later

MONDAY = date(2026, 3, 9)
MARCH_2 = date(2026, 3, 2)
DENIAL = Denial(MARCH_2, plan_type="ppo")
PEER = AppealForm("peer_to_peer", denied_on=MARCH_2, due_on=date(2026, 3, 11))
FILED = AppealForm(
    "expedited_internal",
    denied_on=MARCH_2,
    filed_on=date(2026, 3, 8),
    answer_due_on=date(2026, 3, 11),
)
UPHELD = replace(FILED, decided_on=MONDAY, outcome="upheld")


def test_the_way_of_a_denial() -> None:
    assert steps.open_step(DENIAL, [], MONDAY) == Open(
        Act.BEGIN, AppealLevel.STANDARD_INTERNAL_1, date(2026, 8, 29), MARCH_2
    )
    assert steps.begun(DENIAL, []) == AppealForm("peer_to_peer", denied_on=MARCH_2)
    assert steps.open_step(DENIAL, [PEER], MONDAY) == Open(
        Act.FILE, AppealLevel.PEER_TO_PEER, date(2026, 3, 11), MARCH_2
    )
    refused = replace(PEER, decided_on=MONDAY, outcome="upheld")
    then = steps.begun(DENIAL, [refused])
    assert (then.level, then.denied_on) == ("expedited_internal", MARCH_2)  # 180 days run on
    assert then.due_on == date(2026, 8, 29)
    assert steps.open_step(DENIAL, [refused, FILED], MONDAY) == Open(
        Act.ANSWER, AppealLevel.EXPEDITED_INTERNAL, date(2026, 3, 11), date(2026, 3, 8)
    )
    outside = steps.open_step(DENIAL, [refused, UPHELD], MONDAY)
    assert outside == Open(Act.GO_ON, AppealLevel.EXTERNAL_EXPEDITED, date(2026, 7, 9), MONDAY)
    assert steps.begun(DENIAL, [refused, UPHELD]).denied_on == MONDAY


@pytest.mark.parametrize(
    "done",
    [
        replace(UPHELD, outcome="overturned"),
        replace(PEER, decided_on=MONDAY, outcome="overturned"),
        replace(UPHELD, level="external_standard"),  # nothing is after it
    ],
)
def test_what_is_done_asks_no_more(done: AppealForm) -> None:
    assert steps.open_step(DENIAL, [done], MONDAY) is None


def test_care_that_was_given_has_nothing_expedited() -> None:
    given_ = Denial(MARCH_2, given=True)
    assert steps.following("peer_to_peer", given=True) == AppealLevel.STANDARD_INTERNAL_1
    assert steps.following("standard_internal_2") == AppealLevel.EXTERNAL_STANDARD
    assert steps.begun(given_, [PEER]).level == "standard_internal_1"


def test_after_the_last_level_one_begins_again_where_the_plan_talks() -> None:
    assert steps.begun(DENIAL, [replace(UPHELD, level="complaint")]).level == "peer_to_peer"


def test_of_two_open_steps_the_sooner_is_told() -> None:
    sooner = replace(PEER, due_on=date(2026, 3, 10))
    found = steps.open_step(DENIAL, [FILED, sooner], MONDAY)
    assert found is not None
    assert found.due == date(2026, 3, 10)
    unknown = replace(FILED, filed_on=None, denied_on=None)
    last = steps.open_step(DENIAL, [unknown], MONDAY)
    assert last == Open(Act.FILE, AppealLevel.EXPEDITED_INTERNAL, None, None)
    # After an answer, one begun without a day does not hide the law's.
    second = AppealForm("standard_internal_2")
    going = steps.open_step(DENIAL, [UPHELD, second], MONDAY)
    assert going is not None
    assert going.due is not None


def test_a_step_may_know_the_day_of_the_denial() -> None:
    talked = replace(PEER, decided_on=date(2026, 3, 6), outcome="partly")
    found = steps.open_step(replace(DENIAL, on=None), [talked], MONDAY)
    assert found is not None
    assert found.due == date(2026, 8, 29)


COMPLAINT = AppealForm("complaint", denied_on=MARCH_2, filed_on=date(2026, 3, 8))
TALKED = replace(PEER, decided_on=MONDAY, outcome="partly")


@pytest.mark.parametrize(
    ("steps_", "since"),
    [
        ([TALKED], MARCH_2),  # what the talk moved the approval to is not the first no
        ([replace(TALKED, denied_on=None, filed_on=date(2026, 3, 4))], date(2026, 3, 4)),
        ([replace(TALKED, denied_on=None, decided_on=date(2026, 3, 5))], date(2026, 3, 5)),
        ([replace(TALKED, denied_on=date(2025, 9, 10))], date(2025, 9, 10)),
        ([replace(TALKED, denied_on=date(2025, 9, 9))], MONDAY),  # its time was over by then
        ([replace(TALKED, denied_on=date(2026, 4, 1))], MONDAY),
        ([replace(TALKED, denied_on=None)], MONDAY),
        ([TALKED, replace(COMPLAINT, denied_on=date(2026, 1, 1))], MARCH_2),
    ],
)
def test_a_later_answer_gives_the_appeal_no_more_time(
    steps_: list[AppealForm], since: date
) -> None:
    found = steps.open_step(replace(DENIAL, on=MONDAY), steps_, MONDAY)
    assert found is not None
    assert (found.act, found.due) == (Act.GO_ON, later(since, 180))
    assert steps.begun(replace(DENIAL, on=MONDAY), steps_[:1]).due_on == later(since, 180)


def test_an_earlier_no_never_ends_the_asking_sooner() -> None:
    moved = replace(DENIAL, on=date(2026, 4, 1))
    last = date(2026, 9, 28)
    for day in (date(2026, 9, 20), later(last, 14)):
        found = steps.open_step(moved, [TALKED], day)
        assert found is not None
        assert found.due == date(2026, 8, 29)
    assert steps.open_step(moved, [TALKED], later(last, 15)) is None
    own = replace(moved, plan_type="medicaid")
    away = replace(TALKED, outcome="withdrawn")
    assert steps.open_step(own, [away], later(date(2026, 4, 1), 60)) is not None
    assert steps.open_step(own, [away], later(date(2026, 4, 1), 61)) is None


def test_of_two_answers_of_one_day_the_later_step_counts() -> None:
    won = replace(UPHELD, level="external_expedited", outcome="overturned")
    assert steps.open_step(DENIAL, [UPHELD, won], MONDAY) is None


def test_what_nobody_took_up_is_asked_about_for_two_weeks() -> None:
    last = date(2026, 8, 29)
    assert steps.open_step(DENIAL, [], later(last, 14)) is not None
    assert steps.open_step(DENIAL, [], later(last, 15)) is None
    own = Denial(MARCH_2, plan_type="medicaid")
    assert steps.open_step(own, [], later(MARCH_2, 60)) == Open(
        Act.BEGIN, AppealLevel.STANDARD_INTERNAL_1, None, MARCH_2
    )
    assert steps.open_step(own, [], later(MARCH_2, 61)) is None
    assert steps.open_step(Denial(None), [], MONDAY) == Open(  # told, until its day is typed
        Act.BEGIN, AppealLevel.STANDARD_INTERNAL_1, None, None
    )
    assert steps.open_step(replace(DENIAL, settled=True), [], MONDAY) is None


def test_a_part_that_was_refused_is_asked_about_like_the_whole() -> None:
    found = steps.open_step(replace(DENIAL, part=True), [], MONDAY)
    assert found == Open(
        Act.BEGIN, AppealLevel.STANDARD_INTERNAL_1, date(2026, 8, 29), MARCH_2, part=True
    )


BEGIN = Open(Act.BEGIN, AppealLevel.STANDARD_INTERNAL_1, date(2026, 8, 29), MARCH_2)


@pytest.mark.parametrize(
    ("beside", "today"),
    [
        (replace(PEER, due_on=None), MONDAY),
        (COMPLAINT, MONDAY),
        (PEER, date(2026, 3, 26)),  # late for more than two weeks
        (replace(PEER, due_on=date(2026, 8, 1)), date(2026, 8, 2)),  # the appeal's time runs out
        (replace(PEER, due_on=date(2026, 9, 9)), MONDAY),
        (replace(PEER, outcome="withdrawn", decided_on=MONDAY), MONDAY),
        (replace(COMPLAINT, outcome="partly", decided_on=MONDAY), MONDAY),
        (replace(UPHELD, outcome="withdrawn"), MONDAY),  # the denial's own time still runs
    ],
)
def test_nothing_beside_an_appeal_stands_for_it(beside: AppealForm, today: date) -> None:
    assert steps.open_step(DENIAL, [beside], today) == BEGIN


def test_a_talk_stands_first_while_its_day_is_near() -> None:
    for day in (MONDAY, date(2026, 3, 25)):
        found = steps.open_step(DENIAL, [PEER], day)
        assert found is not None
        assert found.level is AppealLevel.PEER_TO_PEER
    over = steps.open_step(DENIAL, [PEER], date(2026, 9, 20))  # the appeal's time is gone
    assert over is not None
    assert over.level is AppealLevel.PEER_TO_PEER


def test_a_part_that_stays_refused_goes_on_to_the_review_from_outside() -> None:
    outside = Open(Act.GO_ON, AppealLevel.EXTERNAL_EXPEDITED, date(2026, 7, 9), MONDAY)
    partly = replace(UPHELD, outcome="partly")
    assert steps.open_step(DENIAL, [partly], MONDAY) == outside
    later_no = replace(COMPLAINT, decided_on=date(2026, 4, 9), outcome="upheld")
    talk = replace(PEER, decided_on=date(2026, 4, 9), outcome="upheld")
    gave_up = replace(UPHELD, level="external_standard", outcome="withdrawn")
    for after in (later_no, talk, gave_up):  # none of them gives more time
        assert steps.open_step(DENIAL, [partly, after], MONDAY) == outside
    no_day = steps.open_step(DENIAL, [replace(UPHELD, decided_on=None)], MONDAY)
    assert no_day is not None
    assert (no_day.act, no_day.due) == (Act.GO_ON, date(2026, 7, 2))  # counted from the denial


days = st.none() | st.dates(date(2024, 1, 1), date(2027, 12, 31))
forms = st.builds(
    AppealForm,
    st.sampled_from([each.value for each in AppealLevel]),
    denied_on=days,
    due_on=days,
    filed_on=days,
    answer_due_on=days,
    decided_on=days,
    outcome=st.sampled_from(["", *(each.value for each in AppealOutcome)]),
)


@given(days, st.lists(forms, max_size=4), st.dates(date(2024, 1, 1), date(2027, 12, 31)))
def test_a_step_that_waits_is_never_hidden(
    denied: date | None, found: list[AppealForm], today: date
) -> None:
    told = steps.open_step(Denial(denied), found, today)
    waits = [each for each in found if not (each.decided_on or each.outcome)]
    if not waits:
        return
    assert told is not None
    due = [each.answer_due_on if each.filed_on else each.due_on for each in waits]
    first = min((day for day in due if day), default=None)
    if told.act in (Act.FILE, Act.ANSWER):
        assert told.due == first
    else:  # nothing but steps beside the appeal waits, and the appeal's day presses more;
        # after an answer, neither does a step nobody gave a day to
        bare = [each for each in waits if told.act is Act.GO_ON and not each.filed_on]
        held = [each for each in waits if each not in bare or each.due_on]
        assert {each.level for each in held} <= {"peer_to_peer", "complaint"}
        assert told.due is not None
        assert first is None or first < today or told.due < first


@given(
    st.dates(date(2024, 1, 1), date(2027, 12, 31)),
    st.lists(forms.filter(lambda each: each.level in ("peer_to_peer", "complaint")), max_size=3),
    st.integers(0, 180),
)
def test_steps_beside_the_appeal_never_silence_it(
    denied: date, beside: list[AppealForm], on: int
) -> None:
    found = [each for each in beside if each.outcome != "overturned"]
    told = steps.open_step(Denial(denied), found, later(denied, on))
    assert told is not None
    assert told.due is not None
    assert told.due <= later(denied, 180)
    if told.act in (Act.BEGIN, Act.GO_ON):
        denials = [
            each.denied_on for each in found if each.level == "peer_to_peer" and each.denied_on
        ]
        known = [no for no in denials if later(denied, -180) <= no <= denied]
        assert told.due <= later(min(known, default=denied), 180)
