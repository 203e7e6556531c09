"""Stays known by their month or year, in letters and lists: nothing is said more exactly."""

from datetime import date
from typing import Any

from cmdesk.casework import client_list, clients, episodes, facts, updates
from cmdesk.rules.episode_draft import EpisodeForm
from cmdesk.store.store import Store
from tests.casework.test_map_letter import DAY, bridge, care, program, released
from tests.records import MONDAY, Maya, settle


def rough(store: Store, maya: Maya) -> None:
    """Keep two stays of which no whole day is known."""
    for form in (
        EpisodeForm(
            "Oak House", None, "mh:php", part2="no", historical=True,
            admitted=date(2021, 3, 1), admitted_known="month",
            discharged=date(2021, 6, 1), discharged_known="month",
        ),
        EpisodeForm(
            "Elm Farm", None, "mh:iop", part2="no", historical=True,
            admitted=date(2022, 1, 1), admitted_known="year",
            discharged=date(2022, 1, 1), discharged_known="year",
        ),
        EpisodeForm(
            "Ash Hall", None, "mh:iop", part2="no", historical=True, over=True,
            admitted=date(2019, 1, 1), admitted_known="year",
        ),
        EpisodeForm(
            "Fir Lodge", None, "mh:iop", part2="no", historical=True,
            discharged=date(2020, 5, 1), discharged_known="month",
        ),
    ):  # fmt: skip
        store.do("Save", episodes.save, maya.client, form)


def test_a_letter_says_of_a_day_no_more_than_is_known(store: Store) -> None:
    maya = settle(store, program("treatment", "progress"))
    rough(store, maya)
    reader = bridge(store)
    made = released(store, maya, reader)
    assert [row.days for row in made.letter.stays][:4] == [
        "From 2019, last day not known", "Until May 2020", "March 2021 to June 2021", "2022",
    ]  # fmt: skip
    assert care(made).lines == (
        "At least 185 days without care between June 2021 and 2022.",
        "At least 1129 days without care between 2022 and February 2, 2026.",
    )
    spanish = released(store, maya, reader, "es")
    assert [row.days for row in spanish.letter.stays][:4] == [
        "Desde 2019; no se sabe hasta cuándo", "Hasta mayo de 2020",
        "De marzo de 2021 a junio de 2021", "2022",
    ]  # fmt: skip
    assert care(spanish).lines[0] == ("Al menos 185 días sin atención entre junio de 2021 y 2022.")


def test_of_a_stay_that_goes_on_since_a_month_no_day_and_no_week_is_told(store: Store) -> None:
    def since_february(practice: dict[str, Any]) -> None:
        program("treatment", "progress")(practice)
        practice["clients"][0]["episodes"][0]["admitted_known"] = "month"

    maya = settle(store, since_february)
    made = released(store, maya, bridge(store))
    assert [row.days for row in made.letter.stays] == ["Since February 2026"]
    place = store.ask(clients.place, maya.client, MONDAY)
    assert place is not None
    assert place.admitted is None
    (row,) = store.ask(client_list.rows, [maya.client])
    assert row.stay is not None
    assert row.stay.day is None
    diane = store.ask(updates.case, maya.client, maya.diane, *DAY)
    told_of = [fact.text for fact in store.ask(facts.facts, diane)]
    assert not [text for text in told_of if "week" in text.casefold()]
