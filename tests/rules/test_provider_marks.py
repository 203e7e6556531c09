"""When there is a place, and by which marks a provider is found."""

from datetime import date, timedelta

import pytest

from cmdesk.rules.care_codes import LevelOfCare
from cmdesk.rules.provider_codes import STALE_DAYS, Modality
from cmdesk.rules.provider_marks import (
    GROUP_OF,
    Listed,
    known,
    label_of,
    level_words,
    marks,
    soonest_first,
)
from cmdesk.rules.provider_opening import Opening, OpeningGroup, Stand, Told, group, opening

TODAY = date(2026, 3, 9)
YESTERDAY = TODAY - timedelta(days=1)
LONG_AGO = TODAY - timedelta(days=STALE_DAYS + 1)
NEXT_WEEK = TODAY + timedelta(days=7)


@pytest.mark.parametrize(
    ("told", "found"),
    [
        (Told(), Opening(Stand.NEVER)),
        (Told(asked_on=YESTERDAY), Opening(Stand.ASKED, YESTERDAY)),
        (
            Told(asked_on=TODAY - timedelta(days=14)),
            Opening(Stand.ASKED, TODAY - timedelta(days=14), old=True),
        ),
        (Told(NEXT_WEEK, None, "", YESTERDAY), Opening(Stand.ON, NEXT_WEEK, soonest=NEXT_WEEK)),
        (Told(None, 0, "No wait", YESTERDAY), Opening(Stand.NOW, None, "No wait", soonest=TODAY)),
        (Told(None, 7, "1 week"), Opening(Stand.WAIT, None, "1 week", soonest=NEXT_WEEK)),
        (Told(None, 10**12), Opening(Stand.WAIT, soonest=date.max)),  # from a file, as it was
        (Told(None, None, "Call Ana"), Opening(Stand.WORDS, None, "Call Ana")),
        (Told(None, 0, "No wait", LONG_AGO), Opening(Stand.ASKED, LONG_AGO, "No wait", old=True)),
        (
            Told(YESTERDAY, None, "Mar 8", YESTERDAY),
            Opening(Stand.ASKED, YESTERDAY, "Mar 8", old=True),
        ),
        (Told(YESTERDAY, None, "Mar 8"), Opening(Stand.WORDS, None, "Mar 8", old=True)),
    ],
)
def test_an_answer_ages_and_a_day_passes(told: Told, found: Opening) -> None:
    assert opening(told, TODAY) == found
    assert found.open_question is (found.stand in {Stand.ASKED, Stand.NEVER})


@pytest.mark.parametrize(
    ("days", "found"),
    [
        (0, OpeningGroup.NOW),
        (1, OpeningGroup.FORTNIGHT),
        (14, OpeningGroup.FORTNIGHT),
        (15, OpeningGroup.MONTH),
        (31, OpeningGroup.MONTH),
        (32, OpeningGroup.LATER),
    ],
)
def test_openings_are_put_where_one_looks(days: int, found: OpeningGroup) -> None:
    assert group(opening(Told(TODAY + timedelta(days=days)), TODAY), TODAY) is found
    assert group(opening(Told(), TODAY), TODAY) is OpeningGroup.UNKNOWN


def borne(each: Listed) -> set[str]:
    return set(marks(each, TODAY))


def test_a_program_is_found_by_each_of_its_marks() -> None:
    each = Listed(
        1,
        "Bridge Street",
        state="NY",
        levels=("mh:php", "asam4:2.1", "asam3:2.1", "setting:jail"),
        treats=("mood",),
        modalities=("DBT", "walks"),
        takes=("medicaid",),
        plans=("Meridian PPO",),
        ages=("teen",),
        genders=("female",),
        cost_cents=78_000,
        cost_per="day",
        told=Told(None, 0, "No wait", YESTERDAY),
        verified_on=LONG_AGO,
        visited=True,
        starred=True,
        placed=2,
    )
    assert borne(each) == {
        *("level=day", "level=iop", "treats=mood", "approach=dbt", "approach=walks"),
        *("takes=medicaid", "takes=plan:Meridian PPO", "ages=teen", "gender=female", "state=NY"),
        *("cost=middle", "opening=now", "own=mine", "own=starred", "own=visited", "own=placed"),
        "own=again",
    }
    someone = Listed(-2, "Tess Holloway", role="therapist", mine=False)
    unknown = {"ages=unsaid", "cost=unknown", "opening=unknown"}
    assert borne(someone) == {"role=therapist", *unknown}


@pytest.mark.parametrize(
    ("cents", "per", "found"),
    [
        (49_900, "day", "low"),
        (340_000, "week", "low"),
        (100_000, "night", "middle"),
        (3_200_000, "month", "high"),
        (25_000, "session", "by_hour"),
        (25_000, "stay", "unknown"),
        (None, "day", "unknown"),
    ],
)
def test_costs_are_compared_by_the_day(cents: int | None, per: str, found: str) -> None:
    assert f"cost={found}" in borne(Listed(1, "A", cost_cents=cents, cost_per=per))


def test_starred_then_own_then_soonest_then_by_name() -> None:
    now, week = Told(None, 0), Told(None, 7)
    listed = [
        Listed(1, "Zeta", told=now),
        Listed(2, "alder", told=week),
        Listed(3, "Alder", mine=False, told=now),
        Listed(4, "Beta", told=week),
        Listed(5, "Never"),
        Listed(6, "Star", starred=True),
        Listed(7, "Later", told=Told(None, None, "ask")),
    ]
    listed.sort(key=lambda each: soonest_first(each, TODAY))
    assert [each.id for each in listed] == [6, 1, 2, 4, 7, 5, 3]


def test_every_level_of_treatment_has_a_group_and_words() -> None:
    nowhere = {level for level in LevelOfCare if level not in GROUP_OF}
    assert {level.value for level in nowhere} == {
        "setting:home_without_services",
        "setting:jail",
        "setting:unhoused",
        "setting:missing",
    }
    assert (level_words("mh:php"), level_words("mh:iop")) == ("day program", "IOP")
    assert (known(Modality, "DBT"), known(Modality, "walks")) == ("dbt", "walks")
    assert (label_of(Modality, "DBT"), label_of(Modality, "walks")) == ("DBT", "walks")
