"""A stay and a turn as they are typed: what can't be is said in one sentence."""

from dataclasses import replace
from datetime import date

import pytest

from cmdesk.rules import care_event_draft, episode_draft
from cmdesk.rules.care_event_codes import Factor, named
from cmdesk.rules.care_event_draft import CareEventForm, settled, split
from cmdesk.rules.episode_draft import EpisodeForm, LevelForm, Stretch, faults, overlaps, stretch

TODAY = date(2026, 3, 9)
FEBRUARY, MARCH = date(2026, 2, 2), date(2026, 3, 2)
STAY = EpisodeForm(where="o3", admitted=FEBRUARY)


def level(*values: str) -> tuple[tuple[str, ...], ...]:
    return (tuple(LevelForm(*values)),)


@pytest.mark.parametrize(
    ("changed", "field", "said"),
    [
        ({"where": " "}, "where", "Say where it was, or at which level of care."),
        ({"discharged": date(2026, 2, 1)}, "discharged", "This is before the first day."),
        ({"discharged": date(2026, 3, 10)}, "discharged",
         "This day is still to come: put it under “Leaves on”."),
        ({"admitted": date(2026, 4, 1), "over": True}, "over",
         "It begins on a day still to come."),
        ({"planned_discharge": date(2026, 1, 1)}, "planned_discharge",
         "This is before the first day."),
        ({"planned_days": 10_000}, "planned_days", "Type a number of days."),
        ({"cost": "a lot"}, "cost", "Type an amount, like $41,500."),
        ({"discharge_reason": "payer"}, "discharge_reason",
         "Give the last day, or tick that it ended."),
        ({"in_care_at_90": "yes"}, "in_care_at_90", "Give the last day first."),
        ({"in_care_at_90": "no", "discharged": MARCH}, "in_care_at_90",
         "The 90 days end on May 31, 2026."),
        ({"levels": level()}, "levels", "Choose the level, or remove the line."),
        ({"levels": level("mh:php", "2026-03-02", "2026-03-01")}, "levels",
         "Day program ends before it begins."),
        ({"levels": level("mh:php", "2026-02-01")}, "levels",
         "Day program is before the first day of the stay."),
        ({"levels": level("mh:php", "", "2026-03-05"), "discharged": MARCH}, "levels",
         "Day program is after the last day of the stay."),
        ({"levels": (*level("mh:php", "2026-02-02", "2026-02-20"),
                     *level("mh:iop", "2026-02-19"))}, "levels",
         "IOP begins before Day program ends."),
        ({"admitted_known": "month"}, "admitted",
         "Give the whole day, or say that it ended: days are counted from it."),
        ({"discharged": date(2026, 1, 1), "discharged_known": "month"}, "discharged",
         "This is before the first day."),
        ({"discharged": date(2026, 2, 1), "discharged_known": "month", "in_care_at_90": "no"},
         "in_care_at_90", "The 90 days end on May 29, 2026."),
        ({"levels": level("mh:php", "", "2026-03-01"), "discharged": date(2026, 2, 1),
          "discharged_known": "month"}, "levels", "Day program is after the last day of the stay."),
    ],
)  # fmt: skip
def test_what_can_t_be_is_said_where_it_is_typed(
    changed: dict[str, object], field: str, said: str
) -> None:
    assert faults(replace(STAY, **changed), TODAY) == {field: said}  # pyright: ignore[reportArgumentType] - by the name of a field


def test_a_stay_may_be_known_in_part() -> None:
    old = date(2025, 1, 1)
    for sound in (
        STAY,
        replace(STAY, admitted_known="month", over=True),
        replace(STAY, discharged=date(2026, 1, 1), discharged_known="year"),
        replace(
            STAY,
            discharged=date(2026, 2, 1),
            discharged_known="month",
            levels=level("mh:php", "2026-02-20"),
        ),
        EpisodeForm(where="Somewhere in Ohio", historical=True, over=True),
        EpisodeForm(level_of_care="mh:php", discharged=MARCH, discharge_reason="payer"),
        EpisodeForm(provider_id=3, over=True, in_care_at_90="yes", discharge_reason="unknown"),
        replace(STAY, admitted=old, discharged=old, in_care_at_90="no", planned_days=3, cost="$5"),
        replace(STAY, levels=(*level("mh:php", "2026-02-02"), *level("mh:iop", "2026-02-20"))),
        EpisodeForm(where="x", levels=level("mh:php", "2026-02-02")),
    ):
        assert faults(sound, TODAY) == {}


def test_what_was_thought_of_a_stay_does_not_move_it_over_another() -> None:
    days = episode_draft.days_of(STAY)
    assert days == episode_draft.days_of(replace(STAY, where="o4", outcome="It went well"))
    assert days != episode_draft.days_of(replace(STAY, discharged=MARCH))


def test_money_and_providers_are_read_as_typed() -> None:
    assert episode_draft.cents(" $41,500 ") == 4_150_000
    assert episode_draft.cents("780.5") == 78_050
    assert episode_draft.cents("41,50") is None
    assert episode_draft.amount(4_150_000) == "$41,500"
    assert episode_draft.amount(78_050) == "$780.50"
    assert episode_draft.amount(None) == ""
    assert episode_draft.house("o12") == 12
    assert episode_draft.house("Oak House") is None


def test_stays_by_day_and_night_that_lie_over_each_other_are_asked_about() -> None:
    by_night = replace(STAY, level_of_care="asam4:3.5", discharged=MARCH)
    others = [
        Stretch("Same weeks", date(2026, 2, 20), date(2026, 3, 20), residential=True),
        Stretch("Day of moving", MARCH, date(2026, 4, 1), residential=True),
        Stretch("By day", FEBRUARY, MARCH, residential=False),
        Stretch("When", None, date.max, residential=True),
        Stretch("One day inside", date(2026, 2, 9), date(2026, 2, 9), residential=True),
    ]
    found = [each.name for each in overlaps(stretch(by_night), others)]
    assert found == ["Same weeks", "One day inside"]
    assert overlaps(stretch(STAY), others) == []
    assert stretch(replace(STAY, over=True)).last == FEBRUARY
    assert stretch(replace(STAY, planned_discharge=TODAY)).last == TODAY
    assert stretch(replace(STAY, levels=level("asam4:3.5"))) == Stretch(
        "", FEBRUARY, date.max, residential=True
    )


def test_a_turn_is_typed_and_its_factors_are_kept_once() -> None:
    assert care_event_draft.faults(CareEventForm(happened_on=TODAY), TODAY) == {}
    late = CareEventForm(kind="other", happened_on=date(2026, 3, 10))
    assert set(care_event_draft.faults(late, TODAY)) == {"happened_on", "what"}
    assert settled(["Poor sleep", "sleep ", "", "His  birthday", "his birthday"]) == (
        "sleep",
        "His birthday",
    )
    assert split("Poor sleep, a fall\nno car,") == ("sleep", "a fall", "no car")
    assert named(Factor.ALONE) == "Too much alone"
    assert named(" a fall") == "a fall"


def test_what_lies_over_another_stay_is_known_by_its_days_and_levels_alone() -> None:
    whole = EpisodeForm(
        level_of_care="asam4:3.5",
        admitted=date(2026, 2, 2),
        planned_discharge=date(2026, 3, 20),
        reason="Alcohol",
    )
    days = episode_draft.days_of(whole)
    assert (days.reason, stretch(days)) == ("", stretch(whole))
