"""Services and requests for records as they are typed: what is wrong is said at its field."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmdesk.rules.provider_codes import NOT_GOING_AHEAD, ReferralState
from cmdesk.rules.referral_codes import OPEN, STATES, THEIRS
from cmdesk.rules.referral_draft import (
    ReferralForm,
    RequestForm,
    due_on,
    known,
    often,
    referral_faults,
    request_faults,
)

TODAY = date(2026, 3, 9)
RIDE = ReferralForm("transport", "Ride to the airport")
PAPERS = RequestForm("from", "o3", "Discharge summary", asked_on=date(2026, 3, 2), chase_days=10)


def test_a_sound_one_has_nothing_wrong() -> None:
    assert not referral_faults(RIDE, TODAY)
    assert not request_faults(PAPERS, TODAY)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"what": " "}, "what"),
        ({"recipient": "x"}, "recipient"),
        ({"asked_on": date(2026, 3, 10)}, "asked_on"),
        ({"next_on": date(2026, 3, 10)}, "next_step"),
        ({"next_step": "Call", "next_on": TODAY, "state": "no_show"}, "next_on"),
        ({"cost_cents": -1}, "cost_cents"),
        ({"state": "closed"}, "outcome"),
        ({"outcome": "not"}, "barrier"),
        ({"outcome": "partly", "barrier": "other", "barrier_words": " "}, "barrier_words"),
        ({"family_line": "A ride is arranged."}, "topics"),
    ],
)
def test_what_is_wrong_with_a_referral_is_said_at_its_field(
    changes: dict[str, object], field: str
) -> None:
    assert list(referral_faults(replace(RIDE, **changes), TODAY)) == [field]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"recipient": ""}, "recipient"),
        ({"recipient": "", "direction": "to"}, "recipient"),
        ({"recipient": "7"}, "recipient"),
        ({"what": ""}, "what"),
        ({"asked_on": date(2026, 3, 10)}, "asked_on"),
        ({"chased_on": date(2026, 3, 1)}, "chased_on"),
        ({"done_on": date(2026, 3, 1)}, "done_on"),
        ({"done_on": TODAY, "refused_on": TODAY, "reason": "No"}, "refused_on"),
        ({"refused_on": TODAY}, "reason"),
        ({"chase_days": 0}, "chase_days"),
        ({"chase_days": 4000}, "chase_days"),
        ({"fee_cents": -5}, "fee_cents"),
    ],
)
def test_what_is_wrong_with_a_request_is_said_at_its_field(
    changes: dict[str, object], field: str
) -> None:
    assert list(request_faults(replace(PAPERS, **changes), TODAY)) == [field]


def test_who_asks_is_called_otherwise_than_whom_one_asks() -> None:
    asked = replace(PAPERS, recipient="")
    told = request_faults(replace(asked, direction="to"), TODAY)
    assert told != request_faults(asked, TODAY)


def test_only_what_we_sent_went() -> None:
    sent = RequestForm(direction="to", done_on=date(2026, 3, 9))
    assert sent.went
    assert not replace(sent, done_on=None).went
    assert not replace(sent, direction="from").went


def test_a_missed_service_says_why_and_a_known_barrier_is_enough() -> None:
    assert not referral_faults(replace(RIDE, outcome="not", barrier="cost"), TODAY)
    assert not referral_faults(replace(RIDE, outcome="received", state="closed"), TODAY)


def test_the_day_to_ask_again_counts_from_the_last_time() -> None:
    assert due_on(PAPERS) == date(2026, 3, 12)
    assert due_on(replace(PAPERS, chased_on=date(2026, 3, 12))) == date(2026, 3, 22)
    # Who asks us is answered from the day of asking, however often they ask again.
    asked_of_us = replace(PAPERS, direction="to", chased_on=date(2026, 3, 8))
    assert due_on(asked_of_us) == date(2026, 3, 12)


@given(st.dates(), st.integers(1, 365), st.sampled_from(["from", "to"]))
def test_nothing_is_due_once_it_is_over_or_without_a_wait(
    day: date, wait: int, direction: str
) -> None:
    form = RequestForm(direction, "o3", "Papers", asked_on=day, chase_days=wait)
    assert (due_on(form) or date.min) > day or day == date.max
    assert due_on(replace(form, done_on=day)) is None
    assert due_on(replace(form, refused_on=day)) is None
    assert due_on(replace(form, chase_days=None)) is None
    assert due_on(replace(form, asked_on=None)) is None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("p12", (12, None)),
        ("o3", (None, 3)),
        ("Paul", (None, None)),
        ("Oak House", (None, None)),
        ("p²", (None, None)),
        ("", (None, None)),
    ],
)
def test_a_name_is_never_taken_for_a_number(
    typed: str, meant: tuple[int | None, int | None]
) -> None:
    assert known(typed) == meant


def test_how_often_one_asked_again_is_said_as_one_would() -> None:
    said = [often(times).removeprefix("asked again ") for times in (1, 2, 3)]
    assert said == ["once", "twice", "3 times"]


def test_every_state_has_words_for_a_service_and_is_open_or_over() -> None:
    assert set(STATES) == set(ReferralState) == OPEN | NOT_GOING_AHEAD
    assert THEIRS < OPEN
