"""Stays, turns and the map of both, in the real file."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.orm import Session

from cmdesk.casework import (
    authorizations,
    care_events,
    clients,
    consents,
    episodes,
    transition_begin,
    treatment_map,
)
from cmdesk.casework.whole_days import ROUGH as ROUGH_WORDS
from cmdesk.errors import Problem
from cmdesk.models.care import Episode, LevelStay
from cmdesk.models.consent import Consent
from cmdesk.models.coverage import Authorization
from cmdesk.models.provider import Organisation
from cmdesk.models.transition import Transition
from cmdesk.rules.authorization_draft import AuthorizationDraft
from cmdesk.rules.care_event_draft import CareEventForm
from cmdesk.rules.episode_draft import ENDED, EpisodeForm, LevelForm
from cmdesk.rules.transition_draft import MoveForm
from cmdesk.store.store import Store
from tests.records import MONDAY, Maya

WHOLE = EpisodeForm(
    where="Oak House", level_of_care="asam3:2.5", reason="Could not sleep", over=False,
    admitted=date(2024, 2, 20), discharged=date(2024, 3, 21), planned_days=30, payer="Meridian",
    cost="$41,500", clinicians="Dr. Lee", my_role="None", admission_type="voluntary",
    discharge_type="planned", discharge_reason="treatment_completed", against_advice=True,
    destination="Home", outcome="Slept", lessons="Set the next care first", historical=True,
    source="Her mother", part2="yes", presentation=("mood", "alcohol"),
    factors=("Poor sleep", "His birthday"), in_care_at_90="other", later="A day program",
    levels=(tuple(LevelForm("asam3:2.5", "2024-02-20", "2024-03-01")),
            tuple(LevelForm("asam3:2.1", "2024-03-01", "", "Better"))),
)  # fmt: skip


def rows(session: Session, kind: type[Episode] | type[LevelStay]) -> int:
    return session.query(kind).count()


def test_a_stay_comes_back_as_it_was_typed_with_its_levels(store: Store, maya: Maya) -> None:
    number = store.do("Save", episodes.save, maya.client, WHOLE, draft_key="episode:new:1")
    kept = store.ask(episodes.read, number)
    house = store.ask(
        lambda session: session.query(Organisation).filter_by(name="Oak House").one().id
    )
    first, second = kept.levels
    expected = replace(
        WHOLE, where=f"o{house}", factors=("sleep", "His birthday"), levels=kept.levels,
        version=kept.version,
    )  # fmt: skip
    assert kept == expected
    assert [LevelForm(*each)[:4] for each in (first, second)] == [
        LevelForm(*each)[:4] for each in WHOLE.levels
    ]
    changed = replace(kept, where="OAK house", levels=(second,), provider_id=maya.diane.person_id)
    assert store.do("Save", episodes.save, maya.client, changed, number) == number
    again = store.ask(episodes.read, number)
    assert (again.where, again.levels) == (f"o{house}", (second,))
    with pytest.raises(Problem, match="changed elsewhere"):
        store.do("Save", episodes.save, maya.client, kept, number)
    early = replace(again, discharged=date(2024, 2, 1))
    with pytest.raises(Problem, match="before the first day"):
        store.do("Save", episodes.save, maya.client, early, number)
    assert store.ask(episodes.begun, maya.client).presentation == ("mood", "alcohol")
    names = dict(store.ask(episodes.people, maya.client, maya.tess.person_id))
    assert maya.tess.person_id in names


def test_a_house_of_a_national_list_becomes_ones_own(store: Store, maya: Maya) -> None:
    def add(session: Session) -> int:
        house = Organisation(name="Far Hills", mine=False, sud_program=True)
        session.add(house)
        session.flush()
        return house.id

    number = store.do("Add", add)
    assert store.ask(episodes.under_part2, f"o{number}") == "yes"
    assert store.ask(episodes.under_part2, "Oak House") is None
    store.do("Save", episodes.save, maya.client, EpisodeForm(where=f"o{number}"))
    assert store.ask(lambda session: session.get_one(Organisation, number).mine)


def test_a_stay_that_ended_when_nobody_knows_is_not_where_somebody_is(
    store: Store, maya: Maya
) -> None:
    def over(session: Session) -> None:
        session.get_one(Episode, maya.episode).status = ENDED

    assert store.ask(clients.place, maya.client, MONDAY)
    store.do("End", over)
    assert store.ask(clients.place, maya.client, MONDAY) is None
    form = store.ask(episodes.read, maya.episode)
    assert form.over
    store.do("Save", episodes.save, maya.client, replace(form, over=False), maya.episode)
    assert store.ask(clients.place, maya.client, MONDAY)


def test_stays_over_each_other_are_named(store: Store, maya: Maya) -> None:
    here = store.ask(episodes.read, maya.episode)
    other = EpisodeForm(where="Oak House", level_of_care="mh:residential", admitted=here.admitted)
    (found,) = store.ask(episodes.clashes, maya.client, other)
    assert (found.id, found.called) == (maya.episode, "Stillwater Ridge")
    assert store.ask(episodes.clashes, maya.client, here, maya.episode) == []


def test_a_stay_others_hang_on_stays(store: Store, maya: Maya) -> None:
    number = store.do("Save", episodes.save, maya.client, WHOLE)
    turn = CareEventForm("crisis", date(2024, 3, 1), number, factors=("Sleep",), what="She ran")
    event = store.do("Save", care_events.save, maya.client, turn)
    before = store.ask(rows, LevelStay)
    store.do("Away", episodes.take_away, number)
    assert store.ask(rows, LevelStay) == before - 2
    assert store.ask(care_events.read, event).episode_id is None
    store.undo()
    assert store.ask(care_events.read, event).episode_id == number

    def ends_with(session: Session) -> None:
        session.get_one(Consent, maya.consent).expires_episode_id = number

    store.do("Tie", ends_with)
    with pytest.raises(Problem, match="A consent ends with this stay"):
        store.do("Away", episodes.take_away, number)
    form = store.ask(episodes.read, number)
    open_end = replace(form, discharged=None, over=True, in_care_at_90="", levels=())
    with pytest.raises(Problem, match="A consent ends with this stay"):
        store.do("Save", episodes.save, maya.client, open_end, number)


ROUGH = EpisodeForm(
    "Oak House", None, "mh:residential", historical=True, admitted=date(2021, 3, 1),
    admitted_known="month", discharged=date(2021, 1, 1), discharged_known="year",
)  # fmt: skip


def test_a_stay_known_by_its_month_and_year_is_kept_undone_and_done_again(
    store: Store, maya: Maya
) -> None:
    middle = replace(ROUGH, admitted=date(2021, 3, 15))
    number = store.do("Save", episodes.save, maya.client, middle)
    kept = store.ask(episodes.read, number)
    assert kept.admitted == date(2021, 3, 1)
    assert (kept.admitted_known, kept.discharged_known) == ("month", "year")
    day = replace(kept, admitted=date(2021, 3, 9), admitted_known="day", discharged=None)
    store.do("Save", episodes.save, maya.client, replace(day, over=True), number)
    found = store.ask(episodes.read, number)
    assert (found.admitted_known, found.discharged_known) == ("day", "day")
    store.undo()
    assert store.ask(episodes.read, number).discharged_known == "year"
    store.redo()
    assert store.ask(episodes.read, number).discharged_known == "day"


def test_two_stays_lie_over_each_other_only_where_they_did_for_sure(
    store: Store, maya: Maya
) -> None:
    store.do("Save", episodes.save, maya.client, ROUGH)
    march = EpisodeForm(
        "Elm", None, "mh:residential", admitted=date(2021, 3, 5), discharged=date(2021, 4, 1)
    )
    assert store.ask(episodes.clashes, maya.client, march) == []
    until = replace(ROUGH, where="Elm", admitted=date(2020, 1, 1), discharged=date(2022, 1, 1))
    store.do("Save", episodes.save, maya.client, until)
    assert [each.called for each in store.ask(episodes.clashes, maya.client, march)] == ["Elm"]


@pytest.mark.parametrize("tied", ["consent", "approval", "from", "to"])
def test_what_is_counted_from_a_stay_keeps_it_to_whole_days(
    store: Store, maya: Maya, tied: str
) -> None:
    number = store.do("Save", episodes.save, maya.client, WHOLE)

    def tie(session: Session) -> None:
        if tied == "consent":
            session.get_one(Consent, maya.consent).expires_episode_id = number
        elif tied == "approval":
            session.add(Authorization(client_id=maya.client, episode_id=number))
        else:
            session.add(Transition(client_id=maya.client, **{f"{tied}_episode_id": number}))

    store.do("Tie", tie)
    form = store.ask(episodes.read, number)
    rough = replace(form, discharged=date(2024, 3, 1), discharged_known="month", levels=())
    with pytest.raises(Problem, match="this stay"):
        store.do("Save", episodes.save, maya.client, rough, number)


def test_nothing_is_counted_from_a_stay_known_by_its_month(store: Store, maya: Maya) -> None:
    number = store.do("Save", episodes.save, maya.client, ROUGH)
    approval = AuthorizationDraft(episode_id=number)
    assert store.ask(authorizations.faults, maya.client, approval)["episode_id"] == ROUGH_WORDS
    move = MoveForm(from_episode_id=number, leaves_on=MONDAY)
    with pytest.raises(Problem, match="a month or a year"):
        store.do("Begin", transition_begin.begin, maya.client, move)
    consent = store.ask(consents.draft, maya.consent)
    until = replace(consent, expires_episode_id=number)
    with pytest.raises(Problem, match="a month or a year"):
        store.do("Save", consents.save, until, maya.consent)


def test_turns_are_kept_changed_and_taken_away(store: Store, maya: Maya) -> None:
    turn = CareEventForm(
        "return_to_use", date(2026, 3, 1), None, maya.entry, "Drank", "A fight", ("A fight",),
        "Called Tess", "Maya", "yes",
    )  # fmt: skip
    number = store.do("Save", care_events.save, maya.client, turn, None, "event:new")
    kept = store.ask(care_events.read, number)
    assert kept == replace(turn, version=kept.version)
    unknown = store.do("Save", care_events.save, maya.client, CareEventForm("loss"))
    assert [row.id for row in store.ask(care_events.rows, maya.client)] == [number, unknown]
    store.do("Save", care_events.save, maya.client, replace(kept, what="Used"), number)
    with pytest.raises(Problem, match="changed elsewhere"):
        store.do("Save", care_events.save, maya.client, kept, number)
    later = replace(turn, happened_on=date(2027, 1, 1))
    with pytest.raises(Problem, match="still to come"):
        store.do("Save", care_events.save, maya.client, later)
    store.do("Away", care_events.take_away, number)
    with pytest.raises(Problem, match="no longer there"):
        store.ask(care_events.read, number)


def test_the_map_holds_all_of_it(store: Store, maya: Maya) -> None:
    store.do("Save", episodes.save, maya.client, WHOLE)
    seen = EpisodeForm(provider_id=maya.tess.person_id, over=True, factors=("sleep",))
    store.do("Save", episodes.save, maya.client, seen)
    turn = CareEventForm("crisis", date(2024, 3, 1), factors=("Poor sleep",))
    store.do("Save", care_events.save, maya.client, turn)
    found = store.ask(treatment_map.shown, maya.client)
    assert [each.stay.where for each in found.placed] == [
        "Oak House", "Stillwater Ridge", "Tess Holloway",
    ]  # fmt: skip
    assert [len(each.stay.levels) for each in found.placed] == [2, 0, 0]
    assert [turn.kind for turn in found.placed[0].turns] == ["crisis"]
    assert [(each.factor, each.count, each.of) for each in found.recurring] == [("sleep", 2, 2)]
    assert found.gaps[0].first == date(2024, 3, 21)
    assert [each.called for each in store.ask(episodes.stays, maya.client)] == [
        "Stillwater Ridge", "Oak House", "",
    ]  # fmt: skip
