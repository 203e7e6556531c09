"""A score out of its range is refused with the range; what each measure is, is data."""

from dataclasses import replace
from datetime import date

import pytest

from cmdesk.rules.instruments import BY_CODE, INSTRUMENTS
from cmdesk.rules.measure_draft import MeasureForm, faults, limits, number

TODAY = date(2026, 3, 9)
GOOD = MeasureForm("phq9", score="9", taken_on=TODAY)
OWN = MeasureForm("other", name="Sleep", score="6,5", taken_on=TODAY)


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"score": "28"}, "score", "PHQ-9 goes from 0 to 27."),
        ({"score": "-1"}, "score", "PHQ-9 goes from 0 to 27."),
        ({"score": ""}, "score", "Give the score. PHQ-9 goes from 0 to 27."),
        ({"score": "nine"}, "score", "This is no number. PHQ-9 goes from 0 to 27."),
        ({"score": "nan"}, "score", "This is no number. PHQ-9 goes from 0 to 27."),
        ({"score": "9.5"}, "score", "PHQ-9 has whole scores only."),
        ({"instrument": "barc10", "score": "9"}, "score", "BARC-10 goes from 10 to 60."),
        ({"taken_on": None}, "taken_on", "On which day?"),
        ({"taken_on": date(2026, 3, 10)}, "taken_on", "This day is still to come."),
        ({"instrument": "", "name": "x"}, "instrument", "Choose a measure."),
    ],
)
def test_a_slip_is_said(changes: dict[str, object], field: str, said: str) -> None:
    typed = replace(GOOD, **changes)  # pyright: ignore[reportArgumentType] - any field
    assert faults(typed, TODAY) == {field: said}


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"name": " "}, "name", "Name the measure."),
        ({"name": "x" * 61}, "name", "Use at most 60 characters."),
        ({"lowest": "none"}, "lowest", "Give a number, or leave it empty."),
        ({"lowest": "9", "highest": "9", "score": "9"}, "highest", "This is not above"),
        ({"highest": "5"}, "score", "Sleep is 5 at most."),
        ({"lowest": "7"}, "score", "Sleep is 7 at least."),
        ({"lowest": "0", "highest": "5"}, "score", "Sleep goes from 0 to 5."),
    ],
)
def test_a_measure_of_ones_own(changes: dict[str, object], field: str, said: str) -> None:
    typed = replace(OWN, **changes)  # pyright: ignore[reportArgumentType] - any field
    found = faults(typed, TODAY)
    assert list(found) == [field]
    assert found[field].startswith(said)


def test_what_is_right_is_kept() -> None:
    for form in (GOOD, OWN, replace(OWN, lowest="0", highest="10")):
        assert faults(form, TODAY) == {}
    assert faults(replace(GOOD, instrument="noms", score="3.4"), TODAY) == {}
    assert (number("3,5"), number("inf"), limits(OWN)) == (3.5, None, (None, None))


def test_every_measure_has_a_range_and_its_marks_within() -> None:
    assert len(BY_CODE) == len(INSTRUMENTS)
    for each in INSTRUMENTS:
        assert each.lowest < each.highest
        assert all(each.lowest <= mark <= each.highest for mark in each.marks)
        assert [least for least, _ in each.bands] == sorted(least for least, _ in each.bands)
    phq = BY_CODE["phq9"]
    words = [phq.stands(score) for score in (0, 4, 5, 9, 10, 14, 19, 20, 27)]
    assert words == [
        *("minimal", "minimal", "mild", "mild", "moderate"),
        *("moderate", "moderately severe", "severe", "severe"),
    ]
    assert BY_CODE["barc10"].stands(40) == ""
