"""A must-have typed in words is looked up where that can be, and asked of people else."""

from datetime import date

import pytest

from cmdesk.rules.placement import Asked, Match
from cmdesk.rules.placement_draft import SearchForm, from_lines
from cmdesk.rules.placement_reading import match_of, told

TODAY = date(2026, 3, 9)


@pytest.mark.parametrize(
    ("text", "match"),
    [
        ("Treats school refusal", Match(Asked.TREATS, ("school_refusal",))),
        ("treats  OCD.", Match(Asked.TREATS, ("ocd",))),
        ("Treats night terrors", None),
        ("Offers DBT", Match(Asked.MODALITY, ("dbt",))),
        ("Offers methadone", Match(Asked.MEDICATION, ("methadone",))),
        ("Takes teens", Match(Asked.AGE, ("teen",))),
        ("Takes girls", Match(Asked.GENDER, ("female",))),
        ("Takes Medicaid", Match(Asked.TAKES, ("medicaid",))),
        ("Takes Harbor Mutual", Match(Asked.PAYER, ("Harbor Mutual",))),
        ("Accredited by CARF", Match(Asked.ACCREDITATION, ("carf",))),
        ("In VT or ME", Match(Asked.STATE, ("VT", "ME"))),
        ("In the woods", None),
        ("In VT, near a lake", None),
        ("Detox on site", Match(Asked.DETOX)),
        ("Under $11,000 a month", Match(Asked.PRICE, most=1_100_000)),
        ("Under $360/day", Match(Asked.PRICE, most=1_095_000)),
        ("Under $500", Match(Asked.PRICE, most=50_000)),
        ("Under $0", None),
        ("Within 250 miles", Match(Asked.HOME, most=250)),
        ("Within 50 miles of home", Match(Asked.HOME, most=50)),
        ("Within 50 miles of 05672", Match(Asked.HOME, most=50)),
        ("Within 50 miles of where they are", Match(Asked.HERE, most=50)),
        ("Place by April 2", Match(Asked.OPENING, by=date(2026, 4, 2))),
        ("A bed by Feb 3", Match(Asked.OPENING, by=date(2027, 2, 3))),
        ("Place by April 2, 2028", Match(Asked.OPENING, by=date(2028, 4, 2))),
        ("Place by Smarch 2", None),
        ("Place by April 31", None),
        ("Full school credit", None),
        ("", None),
    ],
)
def test_what_is_typed_is_read(text: str, match: Match | None) -> None:
    assert match_of(text, TODAY) == match


def test_what_follows_from_the_lines_reads_back() -> None:
    form = SearchForm(
        "A school", by_on=date(2026, 4, 2), around="both", most_miles=250,
        budget_cents=1_100_000, payer="Harbor Mutual",
    )  # fmt: skip
    for need in from_lines(form):
        assert match_of(need.text, TODAY) == need.test


def test_it_says_how_a_need_is_matched() -> None:
    assert told(None) == "Asked of each program"
    assert told(Match(Asked.TREATS)) == "Looked up in the directory"
    assert told(Match(Asked.PRICE)) == "Looked up: the rate"
