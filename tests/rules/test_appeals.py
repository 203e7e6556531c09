"""Days to appeal and to be answered, each as its regulation counts them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmdesk.rules import appeals
from cmdesk.rules.appeals import AppealForm, AppealLevel
from cmdesk.rules.days import add_months, later

MONDAY = date(2026, 3, 9)
days = st.dates(date(2000, 1, 1), date(2100, 12, 31))
levels = st.sampled_from(list(AppealLevel))
plans = st.sampled_from(["", "ppo", "self_funded_erisa", "medicaid", "medicare"])


@pytest.mark.parametrize(
    ("level", "denied", "wanted"),
    [
        ("standard_internal_1", date(2026, 3, 2), date(2026, 8, 29)),
        ("expedited_internal", date(2023, 9, 3), date(2024, 3, 1)),  # over a leap day
        ("external_standard", date(2026, 3, 2), date(2026, 7, 2)),
        ("external_standard", date(2025, 10, 30), date(2026, 3, 1)),  # no February 30
        ("external_standard", date(2023, 10, 29), date(2024, 2, 29)),
        ("external_expedited", date(2025, 10, 29), date(2026, 3, 1)),
        ("external_standard", date(2026, 5, 31), date(2026, 10, 1)),
        ("external_standard", date(9999, 10, 30), date.max),
        ("peer_to_peer", MONDAY, None),  # the plan's own, often a day or two
        ("standard_internal_2", MONDAY, None),
        ("complaint", MONDAY, None),
        ("standard_internal_1", None, None),
    ],
)
def test_last_days_to_file(level: str, denied: date | None, wanted: date | None) -> None:
    assert appeals.file_by(level, denied) == wanted


@pytest.mark.parametrize(
    ("level", "given_", "wanted"),
    [
        ("expedited_internal", False, 3),
        ("standard_internal_1", False, 30),
        ("standard_internal_1", True, 60),
        ("standard_internal_2", False, 15),
        ("standard_internal_2", True, 30),
        ("external_expedited", True, 3),
        ("external_standard", False, 45),
        ("peer_to_peer", False, None),
    ],
)
def test_last_days_to_answer(level: str, wanted: int | None, *, given_: bool) -> None:
    due = appeals.answer_by(level, MONDAY, given=given_)
    assert due == (wanted and later(MONDAY, wanted))
    assert appeals.answer_by(level, None, given=given_) is None


@pytest.mark.parametrize("plan", ["medicaid", "medicare", "tricare", "none"])
def test_plans_with_clocks_of_their_own_are_left_to_their_letter(plan: str) -> None:
    assert appeals.file_by("standard_internal_1", MONDAY, plan) is None
    assert appeals.answer_by("standard_internal_1", MONDAY, plan) is None


@given(levels, days, days, plans)
def test_a_later_denial_never_ends_sooner(
    level: AppealLevel, one: date, other: date, plan: str
) -> None:
    first, second = sorted((one, other))
    ends = [appeals.file_by(level, each, plan) for each in (first, second)]
    if ends[0] is None or ends[1] is None:
        assert ends == [None, None]
        return
    assert ends[0] <= ends[1]
    assert ends[0] > first
    limit = appeals.limit_to_file(level, plan)
    assert limit is not None
    assert limit.source
    if limit.months:  # never sooner than the month's own day, and a day later at most
        assert ends[0] - add_months(first, limit.months) in (timedelta(0), timedelta(1))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"denied_on": later(MONDAY, 1)}, "denied_on"),
        ({"denied_on": MONDAY, "due_on": later(MONDAY, -1)}, "due_on"),
        ({"filed_on": later(MONDAY, 1)}, "filed_on"),
        ({"denied_on": MONDAY, "filed_on": later(MONDAY, -1)}, "filed_on"),
        ({"filed_on": MONDAY, "answer_due_on": later(MONDAY, -1)}, "answer_due_on"),
        ({"decided_on": later(MONDAY, 1), "outcome": "upheld"}, "decided_on"),
        (
            {"filed_on": MONDAY, "decided_on": later(MONDAY, -1), "outcome": "upheld"},
            "decided_on",
        ),
        (
            {"denied_on": MONDAY, "decided_on": later(MONDAY, -1), "outcome": "upheld"},
            "decided_on",
        ),
        ({"decided_on": MONDAY}, "outcome"),
        ({"outcome": "upheld"}, "decided_on"),
    ],
)
def test_days_out_of_order_are_said_where_they_are_typed(
    changes: dict[str, object], field: str
) -> None:
    form = AppealForm(**changes)  # pyright: ignore[reportArgumentType] - any field
    assert list(appeals.faults(form, MONDAY)) == [field]


def test_filing_late_is_asked_about_and_not_refused() -> None:
    late = AppealForm(denied_on=later(MONDAY, -9), due_on=later(MONDAY, -1), filed_on=MONDAY)
    assert appeals.faults(late, MONDAY) == {}
    assert appeals.asks(late) == "It was filed after the last day. Save again if that is right."
    assert appeals.asks(AppealForm(due_on=MONDAY, filed_on=MONDAY)) == ""
