"""How people fared: who is alike, where they were 90 days on, and counts of people alone."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from cmdesk.rules import own_results as rules
from cmdesk.rules.known_day import Known
from cmdesk.rules.own_results import At90, Later, Result
from cmdesk.rules.provider_codes import AgeGroup, Treats
from cmdesk.rules.stay import Stay

TODAY = date(2026, 3, 9)
LEFT = date(2025, 6, 1)
DAY_90 = LEFT + timedelta(days=90)
HERE = Stay(1, "Bridge", "mh:php", date(2025, 4, 1), LEFT)


def stay(
    number: int, first: date | None, last: date | None, level: str, *, over: bool = False
) -> Stay:
    return Stay(number, "", level, first, last, over)


def result(ended: str, days: int | None, state: Later) -> Result:
    return Result("M. T.", 24, ("mood",), days, ended, At90(state))


def test_times_of_life() -> None:
    ages = {age: rules.age_group(age) for age in (12, 13, 17, 18, 26, 27, 64, 65)}
    assert list(ages.values()) == [
        AgeGroup.CHILD, AgeGroup.TEEN, AgeGroup.TEEN, AgeGroup.YOUNG_ADULT, AgeGroup.YOUNG_ADULT,
        AgeGroup.ADULT, AgeGroup.ADULT, AgeGroup.OLDER_ADULT,
    ]  # fmt: skip


def test_who_is_alike() -> None:
    hers = ("mood", "opioids")
    assert rules.alike(hers, ("mood", "alcohol", "anxiety"))
    assert rules.alike(hers, ("mood_and_substance",))
    assert not rules.alike(hers, ("mood",))
    assert not rules.alike(hers, ("opioids",))
    assert rules.alike(("mood", "anxiety"), ("anxiety",))
    assert rules.alike(("alcohol",), ("cannabis", "trauma"))
    assert rules.alike((), ())
    assert not rules.alike(("trauma",), ())


def test_90_days_on_is_as_told_or_as_recorded_and_else_unknown() -> None:
    def at(*others: Stay, told: str = "", words: str = "", today: date = TODAY) -> At90:
        return rules.at_90(HERE, [HERE, *others], told, words, today)

    assert at() == At90(Later.UNKNOWN)
    assert at(today=DAY_90 - timedelta(days=1)) == At90(Later.NOT_YET)
    assert at(told="yes", words="IOP") == At90(Later.IN_CARE, words="IOP")
    assert at(told="no") == At90(Later.NOT_IN_CARE)
    assert at(told="other", words="Back home") == At90(Later.BACK, words="Back home")
    iop = stay(2, LEFT, DAY_90, "mh:iop")
    assert at(iop) == At90(Later.IN_CARE, "mh:iop")
    assert at(iop, stay(3, DAY_90, None, "asam4:3.5")) == At90(Later.BACK, "asam4:3.5")
    assert at(stay(3, LEFT, None, "setting:jail")) == At90(Later.NOT_IN_CARE, "setting:jail")
    for outside in (
        stay(4, None, None, "mh:iop"),
        stay(5, DAY_90 + timedelta(days=1), None, "mh:iop"),
        stay(6, LEFT, DAY_90 - timedelta(days=1), "mh:iop"),
        stay(7, LEFT, None, "mh:iop", over=True),
    ):
        assert at(outside) == At90(Later.UNKNOWN)
    open_end = stay(8, date(2025, 1, 1), None, "mh:php", over=True)
    assert rules.at_90(open_end, [open_end], "", "", TODAY) == At90(Later.UNKNOWN)


def test_90_days_are_counted_from_no_month_and_to_no_month_that_may_be_too_late() -> None:
    def at(here: Stay, other: Stay, today: date = TODAY) -> Later:
        return rules.at_90(here, [here, other], "", "", today).state

    there = stay(2, LEFT, None, "mh:iop")
    in_june = replace(HERE, left_known=Known.MONTH)
    assert at(in_june, there) is Later.UNKNOWN
    assert at(in_june, there, date(2025, 9, 20)) is Later.NOT_YET  # the 90 days end in September
    began = replace(there, admitted=DAY_90.replace(day=1), admitted_known=Known.MONTH)
    assert at(HERE, began) is Later.UNKNOWN
    assert at(HERE, replace(began, admitted=LEFT)) is Later.IN_CARE
    ended = replace(there, left=DAY_90.replace(day=1), left_known=Known.MONTH)
    assert at(HERE, ended) is (Later.IN_CARE if DAY_90.day == 1 else Later.UNKNOWN)
    assert at(HERE, replace(ended, left=date(2025, 10, 1))) is Later.IN_CARE


def test_what_is_unknown_counts_against_nobody() -> None:
    people = [
        result("treatment_completed", 62, Later.IN_CARE),
        result("treatment_completed", 48, Later.IN_CARE),
        result("left_against_advice", 19, Later.BACK),
        result("treatment_completed", 55, Later.IN_CARE),
        result("", None, Later.UNKNOWN),
        result("unknown", None, Later.NOT_YET),
    ]
    told = rules.tally(people)
    assert (told.finished, told.ended, told.in_care, told.told, told.middle) == (3, 4, 3, 4, 51)
    assert rules.tally([]) == rules.Tally(0, 0, 0, 0, 0, None)


@given(st.lists(st.sampled_from([each.value for each in Treats]), max_size=4))
def test_everybody_is_like_herself(presentation: list[str]) -> None:
    assert rules.alike(presentation, presentation)
