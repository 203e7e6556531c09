"""What is typed of a search is said to be wrong where it is typed."""

from dataclasses import replace
from datetime import date

import pytest

from cmdesk.rules import placement_draft as rules
from cmdesk.rules.placement import Asked, Match, Need
from cmdesk.rules.placement_draft import (
    AnswerForm,
    CandidateForm,
    DecisionForm,
    SearchForm,
    WordForm,
)

TODAY = date(2026, 3, 9)
TOMORROW = date(2026, 3, 10)
SEARCH = SearchForm("Therapeutic boarding school")


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({}, set[str]()),
        ({"looking_for": " "}, {"looking_for"}),
        ({"looking_for": "", "levels": ("mh:php",)}, set[str]()),
        ({"most_miles": 0}, {"most_miles"}),
        ({"most_miles": 10**19}, {"most_miles"}),
        ({"budget_cents": 0}, {"budget_cents"}),
        ({"budget_cents": 100, "budget_per": ""}, {"budget_per"}),
        ({"around_zip": "0567"}, {"around_zip"}),
        ({"around_zip": "05672"}, set[str]()),
    ],
)
def test_a_search(changes: dict[str, object], wrong: set[str]) -> None:
    form = replace(SEARCH, **changes)  # pyright: ignore[reportArgumentType] - any field
    assert rules.search_faults(form).keys() == wrong


def test_must_haves() -> None:
    needs = [Need(0, "Beds"), Need(0, " "), Need(0, "beds ")]
    assert rules.need_faults(needs).keys() == {"1", "2"}
    assert rules.need_faults([Need(0, str(n)) for n in range(21)]).keys() == {"20"}


def test_words_decisions_candidates_and_answers() -> None:
    assert rules.word_faults(WordForm(), TODAY).keys() == {"person_id", "words"}
    assert rules.word_faults(WordForm(1, TOMORROW, leaning="no"), TODAY).keys() == {"said_on"}
    assert rules.decision_faults(DecisionForm(), TODAY).keys() == {
        "decided_by", "decision", "decided_on",
    }  # fmt: skip
    late = DecisionForm(TOMORROW, "Rosa", "We go to Stowe")
    assert rules.decision_faults(late, TODAY).keys() == {"decided_on"}
    assert rules.decision_faults(replace(late, decided_on=TODAY), TODAY) == {}
    odd = CandidateForm(quoted_cents=-1, next_on=TODAY)
    assert rules.candidate_faults(odd).keys() == {"quoted_cents", "next_step"}
    assert rules.candidate_faults(CandidateForm()) == {}
    assert rules.answer_faults(AnswerForm(told_on=TOMORROW), TODAY).keys() == {"told_on"}
    assert rules.answer_faults(AnswerForm(told_on=TODAY), TODAY) == {}


def test_the_lines_of_a_search_become_must_haves() -> None:
    form = SearchForm(
        "A school", by_on=date(2026, 4, 2), around="both", most_miles=250,
        budget_cents=1_100_000, payer=" Harbor Mutual ",
    )  # fmt: skip
    made = rules.from_lines(form)
    assert [(need.text, need.test) for need in made] == [
        ("Place by April 2", Match(Asked.OPENING, by=date(2026, 4, 2))),
        ("Within 250 miles of home", Match(Asked.HOME, most=250)),
        ("Within 250 miles of where they are", Match(Asked.HERE, most=250)),
        ("Under $11,000 a month", Match(Asked.PRICE, most=1_100_000)),
        ("Takes Harbor Mutual", Match(Asked.PAYER, ("Harbor Mutual",))),
    ]
    assert rules.from_lines(SearchForm("A school")) == ()
    (here,) = rules.from_lines(SearchForm("A", around="here", most_miles=9))
    assert here.test == Match(Asked.HERE, most=9)
    (zip_code,) = rules.from_lines(SearchForm("A", around_zip="05672", most_miles=9))
    assert zip_code.text == "Within 9 miles of 05672"
    (home,) = rules.from_lines(SearchForm("A", around="home", most_miles=9))
    assert home.test == Match(Asked.HOME, most=9)
    assert rules.from_lines(SearchForm("A", around="anywhere", most_miles=9)) == ()


def test_the_wanted_level_is_a_must_have_and_follows_what_is_wanted() -> None:
    day, school = ("mh:php",), ("mh:therapeutic_boarding_school",)
    (wanted,) = rules.from_lines(SearchForm(levels=day))
    assert wanted.test == Match(Asked.LEVEL, day)
    kept = replace(wanted, id=7, weight=3, must=False, question="Ask about days")
    beds, band = Need(1, "Beds"), Need(2, "Plays in a band")
    none, before, after = SearchForm(), SearchForm(levels=day), SearchForm(levels=school)
    assert rules.lines_followed([kept], before, before) == (kept,)
    (other,) = rules.from_lines(after)
    followed = replace(other, id=7, weight=3, must=False)
    assert rules.lines_followed([beds, kept, band], before, after) == (beds, followed, band)
    assert rules.lines_followed([beds, kept], before, none) == (beds,)
    assert rules.lines_followed([beds], none, after) == (beds, other)
    typed = replace(other, id=9)
    assert rules.lines_followed([typed], none, after) == (typed,)


def test_each_must_have_made_from_a_line_follows_it() -> None:
    """And one that was typed anew meanwhile stays as it was typed."""
    before = SearchForm(
        *("A school", ()),
        by_on=date(2026, 4, 2),
        around="both",
        most_miles=250,
        budget_cents=1_100_000,
        payer="Harbor Mutual",
    )
    made = tuple(replace(need, id=at) for at, need in enumerate(rules.from_lines(before), 1))
    after = replace(
        before, by_on=date(2026, 5, 1), around="home", most_miles=90, budget_cents=900_000, payer=""
    )
    assert [(need.id, need.text) for need in rules.lines_followed(made, before, after)] == [
        (1, "Place by May 1"),
        (2, "Within 90 miles of home"),
        (4, "Under $9,000 a month"),
    ]
    zip_code = replace(before, around_zip="05672")
    found = rules.lines_followed(made, before, zip_code)[1]
    assert (found.id, found.text) == (2, "Within 250 miles of 05672")
    own = replace(made[3], text="Under $8,000 a month", test=Match(Asked.PRICE, most=800_000))
    dearer = replace(before, budget_cents=800_000)
    assert rules.lines_followed((own,), before, dearer) == (own,)
