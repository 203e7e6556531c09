"""What is said of a provider on the phone, as it is typed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmdesk.rules.provider_said import (
    Cost,
    Wait,
    age_groups,
    cost,
    cost_fault,
    npi_fault,
    phone_fault,
    waiting,
    zip_fault,
)

TODAY = date(2026, 3, 9)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("$780/day", Cost(78_000, "day")),
        ("3.9k wk", Cost(390_000, "week")),
        ("$3,900 per week", Cost(390_000, "week")),
        ("28k/mo", Cost(2_800_000, "month")),
        ("$250.50 an hour", Cost(25_050, "hour")),
        ("250/session", Cost(25_000, "session")),
        ("$780 a day, $3,900 a week", Cost(78_000, "day")),
        ("12 sessions", Cost(1_200, "session")),
        ("about $900", None),
        ("a day", None),
        ("", None),
    ],
)
def test_a_cost_is_read_with_what_it_is_for(typed: str, read: Cost | None) -> None:
    assert cost(typed) == read


def test_a_cost_that_cannot_be_read_says_what_is_missing() -> None:
    assert cost_fault("") == cost_fault("$780/day") == ""
    assert cost_fault("$780") == "Per what? Add day, week, month, hour or session."
    assert cost_fault("ask them") == "Write an amount, such as $780/day."
    assert cost_fault("2,000k/day") == "This is more than a million dollars."


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("No wait", Wait(0)),
        ("2 weeks", Wait(14)),
        ("3 to 4 weeks", Wait(28)),
        ("a month", Wait(30)),
        ("two wks", Wait(14)),
        ("10 days", Wait(10)),
        ("Mar 24", Wait(None, date(2026, 3, 24))),
        ("2 places March 24", Wait(None, date(2026, 3, 24), 2)),
        ("3 beds, no waiting list", Wait(0, None, 3)),
        ("they will call", None),
        ("", None),
    ],
)
def test_a_wait_is_read_in_days_or_as_a_day(typed: str, read: Wait | None) -> None:
    assert waiting(typed, TODAY) == read


def test_without_a_day_to_be_near_no_date_is_read() -> None:
    assert waiting("Mar 24") is None


@pytest.mark.parametrize(
    ("typed", "groups"),
    [
        ("18 to 26", ("young_adult",)),
        ("13-17", ("teen",)),
        ("16 to 24", ("teen", "young_adult", "adult")),
        ("18 and over", ("young_adult", "adult", "older_adult")),
        ("65+", ("older_adult",)),
        ("all", ()),
    ],
)
def test_ages_are_put_into_groups(typed: str, groups: tuple[str, ...]) -> None:
    assert age_groups(typed) == groups


def test_the_check_digit_of_an_npi_is_checked() -> None:
    assert npi_fault("") == npi_fault("1234567893") == npi_fault(" 1245319599 ") == ""
    assert npi_fault("1234567890") == "One digit of this NPI is wrong."
    assert npi_fault("12345") == npi_fault("123456789X") == "An NPI has ten digits."


@given(st.integers(0, 9), st.integers(0, 9))
def test_any_one_digit_typed_wrong_is_noticed(place: int, digit: int) -> None:
    sound = "1234567893"
    wrong = f"{sound[:place]}{digit}{sound[place + 1 :]}"
    assert bool(npi_fault(wrong)) is (wrong != sound)


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("", ""),
        ("718 555 0188", ""),
        ("(718) 555-0188 ext. 12", ""),
        ("+1 718.555.0188 x4", ""),
        ("+44 20 7946 0000", ""),
        ("718-555-0188 or 718-555-0199", "Two numbers: put each into a field of its own."),
        ("555-0188", "Add the area code."),
        ("front desk", "A number has ten digits, with ext. before more."),
        ("718 555 01889", "A number has ten digits, with ext. before more."),
    ],
)
def test_a_number_is_one_number(typed: str, fault: str) -> None:
    assert phone_fault(typed) == fault


def test_a_zip_that_is_none_is_said() -> None:
    assert zip_fault("1120A", "") == "A ZIP has five digits, or nine."
    assert zip_fault("", "") == zip_fault("11201", "11201") == ""
