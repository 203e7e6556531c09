"""A day as far as anybody knows it: read, written, and never counted more exactly than that."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmdesk.rules import known_day as rules
from cmdesk.rules.days import in_full
from cmdesk.rules.known_day import Known, Rough

MARCH = date(2021, 3, 1)
DAY, MONTH, YEAR = Known
DAYS = st.dates(date(2000, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        *((text, (MARCH, MONTH)) for text in (
            "Mar 2021", "mar. 2021", "March 2021", " march,  2021", "March of 2021", "3/2021",
            "03-2021", "3.2021", "2021-03", "2021/3",
        )),
        ("2018", (date(2018, 1, 1), YEAR)),
        ("Sept 2020", (date(2020, 9, 1), MONTH)),
        *((text, None) for text in (
            "", "Mar 5", "Mar 5 2021", "3/18/2021", "13/2021", "0/2021", "1899", "2200", "1/1899",
            "Marsh 2021", "ma 2021", "21", "3/21", "2021-03-05", "last year",
        )),
    ],
)  # fmt: skip
def test_a_month_or_a_year_is_read_and_anything_else_is_not(
    typed: str, meant: tuple[date, Known] | None
) -> None:
    assert rules.read(typed) == meant


def test_it_is_written_as_it_is_known() -> None:
    said = [rules.said(MARCH, known, in_full, rules.in_month) for known in Known]
    assert said == ["March 1, 2021", "March 2021", "2021"]
    for known in (MONTH, YEAR):
        assert rules.read(rules.said(MARCH, known, in_full, rules.in_month))


def test_its_bounds_are_those_of_the_month_or_the_year() -> None:
    leap = date(2024, 2, 10)
    assert [(rules.first(leap, known), rules.last(leap, known)) for known in Known] == [
        (leap, leap),
        (date(2024, 2, 1), date(2024, 2, 29)),
        (date(2024, 1, 1), date(2024, 12, 31)),
    ]
    assert [rules.of(code) for code in ("", "about", "day", "month", "year")] == [
        DAY, DAY, DAY, MONTH, YEAR,
    ]  # fmt: skip
    assert rules.whole(DAY, "")
    assert not rules.whole(DAY, MONTH)
    assert not rules.whole(YEAR)


@pytest.mark.parametrize(
    ("ended", "known", "about"),
    [
        (MARCH, MONTH, None),
        (date(2021, 4, 1), MONTH, None),  # a day, or two months
        (date(2021, 5, 1), MONTH, Rough(2, years=False)),
        (date(2021, 6, 20), DAY, Rough(3, years=False)),
        (date(2023, 6, 1), MONTH, Rough(2, years=True)),
        (date(2021, 1, 1), YEAR, None),
        (date(2022, 1, 1), YEAR, Rough(1, years=True)),
        (date(2024, 1, 1), YEAR, Rough(3, years=True)),
        (date(2020, 1, 1), YEAR, None),  # before it began
    ],
)
def test_a_length_is_told_roughly_or_not_at_all(
    ended: date, known: Known, about: Rough | None
) -> None:
    assert rules.between(MARCH, MONTH, ended, known) == about


@given(DAYS, st.sampled_from(Known), DAYS, st.sampled_from(Known))
def test_a_rough_length_is_never_half_off(
    begun: date, begun_known: Known, ended: date, ended_known: Known
) -> None:
    about = rules.between(begun, begun_known, ended, ended_known)
    least = (rules.first(ended, ended_known) - rules.last(begun, begun_known)).days
    most = (rules.last(ended, ended_known) - rules.first(begun, begun_known)).days
    if about is None:
        return
    days = about.number * (365.25 if about.years else 30.44)
    rounded = 183 if about.years else 31
    assert least - rounded <= days <= most + rounded
    assert least * 3 >= most - 2
