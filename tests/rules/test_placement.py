"""A need is met, not met or unknown: what is not known never counts, and more needs never help."""

from dataclasses import fields, replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmdesk.rules import placement
from cmdesk.rules.placement import Asked, Fit, Match, Met, Need, Place
from cmdesk.rules.placement_words import Finding, Said, finding, label, money

TODAY = date(2026, 3, 9)
SCHOOL = Match(Asked.TREATS, ("school_refusal",))
BY = Match(Asked.OPENING, by=date(2026, 4, 2))
CODES = st.lists(st.sampled_from("abc"), max_size=2).map(tuple)
AMOUNTS = st.none() | st.integers(0, 2000)
DAYS = st.none() | st.integers(-90, 90).map(lambda days: TODAY + timedelta(days=days))
MATCHES = st.none() | st.builds(Match, st.sampled_from(list(Asked)), CODES, AMOUNTS, DAYS)
PLACES = st.builds(
    Place,
    **dict.fromkeys(placement.LISTS.values(), CODES),
    detox=st.none() | st.booleans(),
    cents=AMOUNTS,
    per=st.sampled_from(["day", "month", "session", ""]),
    opening_on=DAYS,
    openings=st.none() | st.integers(0, 3),
    wait_days=st.none() | st.integers(0, 60),
    told_on=DAYS,
    home=st.none() | st.floats(0, 2000),
    here=st.none() | st.floats(0, 2000),
)
NEEDS = st.lists(
    st.builds(Need, st.just(0), st.just("x"), st.booleans(), st.integers(1, 3), MATCHES),
    max_size=5,
)


@pytest.mark.parametrize(
    ("test", "known", "found"),
    [
        (SCHOOL, {"treats": ("mood", "school_refusal")}, Met.YES),
        (SCHOOL, {"treats": ("mood",)}, Met.UNKNOWN),  # it may treat more than it lists
        (Match(Asked.AGE, ("teen",)), {"ages": ("adult",)}, Met.NO),
        (Match(Asked.AGE, ()), {"ages": ("adult",)}, Met.UNKNOWN),
        (Match(Asked.DETOX), {"detox": True}, Met.YES),
        (Match(Asked.DETOX), {"detox": False}, Met.NO),
        (Match(Asked.PRICE, most=1_100_000), {"cents": 36_000, "per": "day"}, Met.YES),
        (Match(Asked.PRICE, most=1_100_000), {"cents": 37_000, "per": "day"}, Met.NO),
        (Match(Asked.PRICE, most=1_100_000), {"cents": 100, "per": "session"}, Met.UNKNOWN),
        (Match(Asked.PRICE), {"cents": 100, "per": "month"}, Met.UNKNOWN),
        (Match(Asked.HOME, most=250), {"home": 250.0}, Met.YES),
        (Match(Asked.HERE, most=250), {"here": 250.1}, Met.NO),
        (BY, {"openings": 2}, Met.YES),
        (BY, {"opening_on": date(2026, 4, 2), "openings": 1}, Met.YES),
        (BY, {"opening_on": date(2026, 4, 3)}, Met.NO),
        (BY, {"wait_days": 0}, Met.YES),
        (BY, {"wait_days": 30, "told_on": TODAY}, Met.NO),
        (BY, {"openings": 0}, Met.UNKNOWN),
        (BY, {"openings": 2, "told_on": date(2026, 1, 1)}, Met.UNKNOWN),  # heard too long ago
        (Match(Asked.OPENING), {"openings": 2}, Met.UNKNOWN),
        (None, {"treats": ("mood",)}, Met.UNKNOWN),
    ],
)
def test_what_a_place_is_known_to_have_decides(
    test: Match | None, known: dict[str, object], found: Met
) -> None:
    place = replace(Place(), **known)  # pyright: ignore[reportArgumentType] - any field
    assert placement.met(test, place, TODAY) is found


@given(MATCHES)
def test_a_place_of_which_nothing_is_known_meets_nothing(test: Match | None) -> None:
    assert placement.met(test, Place(), TODAY) is Met.UNKNOWN


@given(MATCHES, PLACES)
def test_forgetting_what_a_need_looks_at_never_meets_it(test: Match | None, place: Place) -> None:
    empty, names = Place(), placement.reads(test) if test else ()
    blank = replace(place, **{name: getattr(empty, name) for name in names})
    assert placement.met(test, blank, TODAY) is Met.UNKNOWN
    assert finding(Need(0, "x", test=test), blank, TODAY).met is Met.UNKNOWN


@given(MATCHES, st.lists(PLACES, max_size=4))
def test_many_places_are_judged_as_each_is(test: Match | None, places: list[Place]) -> None:
    assert placement.judged(test, places * 2, TODAY) == [
        placement.met(test, each, TODAY) for each in places * 2
    ]


@given(NEEDS, st.builds(Need, st.just(0), st.just("x"), st.booleans(), test=MATCHES), PLACES)
def test_one_need_more_never_makes_a_place_better(
    needs: list[Need], more: Need, place: Place
) -> None:
    def standing(those: list[Need]) -> tuple[int, ...]:
        found = [placement.met(need.test, place, TODAY) for need in those]
        return placement.order(those, placement.fit(found))

    before, after = standing(needs), standing([*needs, more])
    assert all(now >= was for was, now in zip(before, after, strict=True))


@given(MATCHES)
def test_a_test_comes_back_as_it_was_written(test: Match | None) -> None:
    assert placement.read(placement.plain(test)) == test


@pytest.mark.parametrize("kept", [{}, {"field": "taste"}, {"field": "price", "most": "much"}])
def test_a_test_nobody_can_read_is_answered_by_people(kept: dict[str, object]) -> None:
    assert placement.read(kept) is None


def test_what_weighs_most_is_looked_at_first() -> None:
    heavy, light = Need(1, "a", weight=3), Need(2, "b", weight=1)
    good = Need(3, "c", must=False, weight=3)
    needs = [heavy, light, good]
    no_heavy = placement.order(needs, Fit(lacks=(0,)))
    no_others = placement.order(needs, Fit(lacks=(1, 2), unknown=(0,)))
    assert no_others < no_heavy
    assert placement.counted(needs, [Met.YES, Met.UNKNOWN, Met.YES]) == (1, 2)
    assert placement.differ(["a", "b"])
    assert not placement.differ(["a", "a"])


def test_a_rate_is_the_same_over_a_year() -> None:
    assert placement.a_month(48_000, "day") == 1_460_000
    assert placement.a_month(12_000, "year") == 1_000
    assert placement.a_month(None, "day") is None
    assert {each.name for each in fields(Place)} >= {
        name for asked in Asked for name in placement.reads(Match(asked))
    }


@pytest.mark.parametrize(
    ("text", "question", "asks"),
    [
        ("School refusal", "", "Ask about school refusal"),
        ("Treats school refusal", "", "Ask about school refusal"),
        ("Offers DBT", "", "Ask about DBT"),
        ("Treats", "", "Ask about treats"),
        ("Takes Harbor Mutual", "", "Ask whether they take Harbor Mutual"),
        ("Takes", "", "Ask about takes"),
        ("Within a 5 hour drive", "", "Ask how far it is"),
        ("DBT every week", "", "Ask about DBT every week"),
        ("Full credit", "Ask what counts", "Ask what counts"),
    ],
)
def test_a_ready_question_stands_for_what_is_not_known(text: str, question: str, asks: str) -> None:
    assert Need(0, text, question=question).ask == asks
    assert Need(0, "Cheap", test=Match(Asked.PRICE, most=9)).ask == "Ask what it costs"


@pytest.mark.parametrize(
    ("test", "known", "words"),
    [
        (SCHOOL, {"treats": ("mood", "school_refusal")}, "School refusal"),
        (SCHOOL, {"treats": ("mood",)}, ""),
        (Match(Asked.AGE, ("teen",)), {"ages": ("adult", "old")}, "Only Adult, old"),
        (Match(Asked.STATE, ("VT",)), {"states": ("VT",)}, "VT"),
        (Match(Asked.DETOX), {"detox": False}, "Not on site"),
        (Match(Asked.PRICE, most=9), {"cents": 1_040_000, "per": "month"}, "$10,400"),
        (
            Match(Asked.PRICE, most=9),
            {"cents": 36_000, "per": "day"},
            "$360 a day, $10,950 a month",
        ),
        (Match(Asked.PRICE, most=9), {"cents": 2_050, "per": "session"}, "$20.50 a session"),
        (Match(Asked.PRICE, most=9), {"cents": 2_000}, "$20"),
        (Match(Asked.PRICE, most=9), {}, ""),
        (BY, {"opening_on": date(2026, 3, 24)}, "Opens Mar 24"),
        (BY, {"openings": 2}, "2 open now"),
        (BY, {"wait_days": 10}, "10 days’ wait"),
        (BY, {"wait_days": 0}, "No wait"),
        (BY, {}, ""),
        (Match(Asked.HOME, most=9), {"home": 1234.4}, "1,234 miles"),
        (Match(Asked.HERE, most=9), {}, ""),
    ],
)
def test_the_words_say_what_the_place_has(
    test: Match, known: dict[str, object], words: str
) -> None:
    place = replace(Place(), **known)  # pyright: ignore[reportArgumentType] - any field
    found = finding(Need(0, "x", test=test), place, TODAY)
    assert found.words == words
    assert found.source == ("From the directory" if words else "")


def test_what_was_said_for_this_client_goes_before_the_directory() -> None:
    need, place = Need(0, "x", test=SCHOOL), Place(treats=("school_refusal",))
    no = Said("Only with a diagnosis", "Tina Bose", date(2026, 3, 5), "no")
    assert finding(need, place, TODAY, no) == Finding(
        Met.NO, "Only with a diagnosis", "Told by Tina Bose, Mar 5"
    )
    nothing = Said("", met="unknown")
    assert finding(need, place, TODAY, nothing).met is Met.YES
    yes = Said("", met="yes")
    assert finding(Need(0, "x"), place, TODAY, yes) == Finding(Met.YES, "Met", "Told to you")
    maybe = Said("One bed may open", met="unknown")
    assert finding(need, place, TODAY, maybe).met is Met.UNKNOWN
    assert finding(Need(0, "x"), place, TODAY) == Finding(Met.UNKNOWN)


def test_what_was_said_long_ago_of_an_opening_is_not_known_any_more() -> None:
    old = Said("Two beds", "Paul", date(2025, 12, 1), "yes")
    place = Place(openings=1)
    assert finding(Need(0, "x", test=BY), place, TODAY, old) == Finding(
        Met.UNKNOWN, "Two beds", "Told by Paul, Dec 1, 2025", old=True
    )
    assert finding(Need(0, "x"), place, TODAY, old).met is Met.YES


def test_words_about_the_provider_stand_for_what_it_is() -> None:
    fact = Said("Core group", "Renee Falk", date(2025, 12, 1))
    found = finding(Need(0, "x", test=SCHOOL), Place(treats=("school_refusal",)), TODAY, None, fact)
    assert found == Finding(Met.YES, "Core group", "Told by Renee Falk, Dec 1, 2025", old=True)


def test_codes_of_another_day_and_odd_amounts_are_still_said() -> None:
    assert label(Asked.TREATS, "humours") == "humours"
    assert money(1050) == "$10.50"
