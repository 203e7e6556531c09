"""The clocks of a breach, to the day, and what undoes its presumption."""

from dataclasses import replace
from datetime import date

import pytest

from cmdesk.rules import incidents
from cmdesk.rules.incidents import Finding, IncidentForm, Told

TODAY = date(2026, 3, 9)
FOUR = dict.fromkeys(incidents.FACTORS, "In words")
SOUND = IncidentForm(what="Sent to the wrong address", discovered_on=date(2026, 3, 2))


@pytest.mark.parametrize(
    ("discovered", "count", "hhs"),
    [
        (date(2026, 3, 2), 1, date(2027, 3, 1)),
        (date(2026, 12, 31), 499, date(2027, 3, 1)),
        (date(2027, 1, 1), 499, date(2028, 2, 29)),  # 60 days into a leap year
        (date(2026, 3, 2), 500, date(2026, 5, 1)),
        (date(2027, 12, 31), 501, date(2028, 2, 29)),
        (date(2026, 3, 2), None, date(2026, 5, 1)),
    ],
)
def test_last_day_for_hhs(discovered: date, count: int | None, hhs: date) -> None:
    assert incidents.hhs_due(discovered, count) == hhs


def test_who_is_told_until_when() -> None:
    def told(**changes: object) -> list[tuple[Told, date]]:
        found = incidents.duties(replace(SOUND, **changes))
        return [(duty.who, duty.due) for duty in found]

    first, last = date(2026, 5, 1), date(2027, 3, 1)
    assert told() == [(Told.INDIVIDUALS, first), (Told.HHS, last)]  # presumed
    assert told(determination=Finding.BREACH) == told()
    assert told(affected_count=500) == [(Told.INDIVIDUALS, first), (Told.HHS, first)]
    assert told(affected_count=501)[2:] == [(Told.MEDIA, first)]
    assert told(determination=Finding.LOW_PROBABILITY) == []
    assert told(discovered_on=None) == []
    assert incidents.next_due(SOUND) == first
    assert incidents.next_due(replace(SOUND, individuals_told_on=TODAY)) == last
    both = replace(SOUND, individuals_told_on=TODAY, hhs_told_on=TODAY)
    assert incidents.next_due(both) is None


@pytest.mark.parametrize(
    ("changes", "at"),
    [
        ({"what": " "}, ["what"]),
        ({"discovered_on": None}, ["discovered_on"]),
        ({"discovered_on": date(2026, 3, 10)}, ["discovered_on"]),
        ({"happened_on": date(2026, 3, 3)}, ["happened_on"]),
        ({"affected_count": 0}, ["affected_count"]),
        ({"hhs_told_on": date(2026, 3, 10)}, ["hhs_told_on"]),
        ({"state_told_on": date(2026, 3, 1)}, ["state_told_on"]),
        (
            {"determination": Finding.LOW_PROBABILITY, "nature": "A first name"},
            ["who_got_it", "viewed", "mitigation", "reason"],
        ),
        ({"closed_on": TODAY}, ["determination"]),
        ({"closed_on": TODAY, "determination": Finding.BREACH}, ["individuals_told_on"]),
        (
            {
                "closed_on": TODAY,
                "determination": Finding.BREACH,
                "individuals_told_on": TODAY,
            },
            ["hhs_told_on"],
        ),
        (
            {
                "closed_on": date(2026, 3, 10),
                "determination": Finding.LOW_PROBABILITY,
                "reason": "x",
                **FOUR,
            },
            ["closed_on"],
        ),
        (
            {
                "closed_on": date(2026, 3, 1),
                "determination": Finding.LOW_PROBABILITY,
                "reason": "x",
                **FOUR,
            },
            ["closed_on"],
        ),
    ],
)
def test_what_keeps_it_from_being_saved(changes: dict[str, object], at: list[str]) -> None:
    assert list(incidents.faults(replace(SOUND, **changes), TODAY)) == at


def test_four_factors_and_a_reason_undo_the_presumption() -> None:
    low = replace(
        SOUND, determination=Finding.LOW_PROBABILITY, reason="It was locked.", closed_on=TODAY
    )
    assert incidents.faults(replace(low, **FOUR), TODAY) == {}
