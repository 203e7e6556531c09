"""What is asked of an insurer and given, as typed: refused, or asked about, at its field."""

from dataclasses import replace
from datetime import date

import pytest

from cmdesk.rules import authorization_draft as rules
from cmdesk.rules.authorization_draft import AuthorizationDraft, Link, StayDays
from cmdesk.rules.days import later

MONDAY = date(2026, 3, 9)
STAY = StayDays(date(2026, 2, 2), date(2026, 3, 20))
GIVEN = AuthorizationDraft(
    decision="approved",
    units_requested=14,
    units_authorized=9,
    from_on=date(2026, 3, 3),
    last_covered_on=date(2026, 3, 11),
)


@pytest.mark.parametrize(
    ("changes", "field", "why"),
    [
        ({"last_covered_on": date(2026, 3, 1)}, "last_covered_on", "It ends before it begins."),
        ({"through_on": date(2026, 3, 1)}, "through_on", "It ends before it begins."),
        ({"units_authorized": -1}, "units_authorized", "This can’t be less than none."),
        (
            {"units_authorized": None, "last_covered_on": None},
            "units_authorized",
            "How many were approved, or through which day?",
        ),
        ({"decided_on": later(MONDAY, 1)}, "decided_on", "This day is still to come."),
        ({"rate": "lots"}, "rate", "Type an amount, like $780."),
    ],
)
def test_what_can_not_be_is_refused(changes: dict[str, object], field: str, why: str) -> None:
    draft = replace(GIVEN, **changes)  # pyright: ignore[reportArgumentType] - any field
    assert rules.faults(draft, MONDAY) == {field: why}


def test_what_is_sound_is_not_asked_about() -> None:
    sound = replace(GIVEN, rate="$1,250", decided_on=MONDAY)
    assert rules.faults(sound, MONDAY) == {}
    assert rules.asks(sound, STAY, MONDAY) == {}
    assert rules.asks(sound, StayDays(), MONDAY) == {}
    assert rules.asks(replace(GIVEN, from_on=None), STAY, MONDAY) == {}


@pytest.mark.parametrize(
    ("changes", "stay", "wanted"),
    [
        ({"units_requested": 7}, STAY, {"units_authorized": "More than the 7 asked for."}),
        (
            {"decision": "denied", "units_authorized": None},
            STAY,
            {"decided_on": "When did their no come? The time to appeal runs from it."},
        ),
        (
            {"decision": "partial"},
            STAY,
            {"decided_on": "When did their answer come? The time to appeal the rest runs from it."},
        ),
        (
            {"units_authorized": 14},
            STAY,
            {"units_authorized": "March 3 to March 11 is 9 days, not 14."},
        ),
        (
            {"units_authorized": 14, "last_covered_on": date(2026, 3, 3)},
            STAY,
            {"units_authorized": "March 3 to March 3 is 1 day, not 14."},
        ),
        ({"units_authorized": 14, "unit": "sessions"}, STAY, {}),
        (
            {"from_on": date(2026, 2, 1), "units_authorized": None},
            STAY,
            {"from_on": "The stay begins February 2."},
        ),
        (
            {"last_covered_on": date(2026, 3, 21), "units_authorized": None},
            STAY,
            {"last_covered_on": "They leave March 20. This goes past the stay."},
        ),
        (
            {"last_covered_on": date(2026, 3, 21), "units_authorized": None},
            StayDays(None, date(2026, 3, 8), over=True),
            {"last_covered_on": "They left March 8. This goes past the stay."},
        ),
        (  # a count alone says through which day it goes
            {"last_covered_on": None, "units_requested": 30, "units_authorized": 30},
            STAY,
            {"units_authorized": "This goes through April 1. They leave March 20."},
        ),
        (
            {
                "last_covered_on": None,
                "units_requested": 30,
                "units_authorized": 30,
                "unit": "sessions",
            },
            STAY,
            {},
        ),
        (
            {"last_covered_on": None, "units_requested": 30, "units_authorized": 30},
            StayDays(None, date(2026, 3, 8), over=True),
            {"units_authorized": "This goes through April 1. They left March 8."},
        ),
        (
            {"last_covered_on": None, "from_on": None, "units_authorized": 14},
            STAY,
            {},
        ),
        (
            {"decision": "denied", "decided_on": MONDAY},
            STAY,
            {"units_authorized": "Denied, and 9 approved? Then it is approved in part."},
        ),
        (
            {
                "last_covered_on": date(2026, 3, 21),
                "decision": "denied",
                "decided_on": MONDAY,
                "units_authorized": 0,
            },
            STAY,
            {},
        ),
    ],
)
def test_what_is_odd_is_asked_about_at_its_field(
    changes: dict[str, object], stay: StayDays, wanted: dict[str, str]
) -> None:
    draft = replace(GIVEN, **changes)  # pyright: ignore[reportArgumentType] - any field
    assert rules.asks(draft, stay, MONDAY) == wanted


def test_an_approval_goes_on_from_one_that_is_free() -> None:
    links = [Link(1, 0, date(2026, 3, 2)), Link(2, 1, None), Link(3, 2, None), Link(5, 9, None)]
    assert rules.link_fault(4, None, links) == ""
    assert rules.link_fault(4, 3, links) == ""
    assert rules.link_fault(3, 2, links) == ""  # as it is
    assert rules.link_fault(4, 1, links) == "Another one goes on from there already."
    refused = [*links[:1], Link(2, 1, None, refused=True)]
    assert rules.link_fault(4, 1, refused) == ""  # a denial stands in nobody's way
    assert rules.going_on(refused) == set()
    assert rules.link_fault(2, 1, [*refused, Link(3, 1, None)], refused=True) == ""
    assert rules.link_fault(1, 1, links) == "It can’t go on from itself."
    assert rules.link_fault(1, 3, links) == "It would go on from itself."
    assert rules.link_fault(0, 5, links) == ""
    assert rules.link_fault(0, 7, [Link(7, 8, None), Link(8, 7, None)]).startswith("Another")


def test_days_between_two_links_are_asked_about() -> None:
    links = [Link(1, 0, date(2026, 3, 1)), Link(2, 0, None)]
    draft = replace(GIVEN, extends_id=1)
    assert rules.link_ask(draft, links, MONDAY) == "Nothing is approved March 2."
    later_on = replace(draft, from_on=date(2026, 3, 5))
    assert rules.link_ask(later_on, links, MONDAY) == "Nothing is approved March 2 to March 4."
    assert rules.link_ask(replace(draft, from_on=date(2026, 3, 2)), links, MONDAY) == ""
    assert rules.link_ask(replace(draft, extends_id=2), links, MONDAY) == ""
    assert rules.link_ask(replace(draft, from_on=None), links, MONDAY) == ""
    assert rules.link_ask(replace(draft, extends_id=None), links, MONDAY) == ""
