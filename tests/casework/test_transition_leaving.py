"""They left: the stay ends with the move, and what lasts until discharge ends with the stay."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from cmdesk.casework import (
    clients,
    compose,
    episodes,
    transition_begin,
    transition_edit,
    transition_leaving,
    transition_plan,
    verdicts,
)
from cmdesk.casework.transition_leaving import Follows, StayEnd
from cmdesk.errors import Problem
from cmdesk.models.care import Episode, LevelStay
from cmdesk.models.consent import Consent
from cmdesk.rules.consent import Outcome
from cmdesk.rules.episode_draft import ENDED
from cmdesk.rules.transition_draft import MoveForm
from cmdesk.store.store import Store
from tests.records import MONDAY, WEEK, Maya, settle

FRIDAY, SATURDAY = date(2026, 3, 6), date(2026, 3, 7)


def begun(store: Store, maya: Maya, **changes: Any) -> int:
    form = MoveForm(maya.episode, to_words="Bridge Street", leaves_on=FRIDAY, kind="both")
    return store.do("Begin", transition_begin.begin, maya.client, replace(form, **changes))


def leave(store: Store, move: int, on: date | None) -> None:
    store.do("Left", transition_edit.leave, move, on)


def last_day(store: Store, episode: int) -> date | None:
    return store.ask(episodes.read, episode).discharged


def stay(store: Store, maya: Maya, **changes: Any) -> None:
    """Keep the stay changed, as its dialog does."""
    typed = replace(store.ask(episodes.read, maya.episode), **changes)
    store.do("Stay", episodes.save, maya.client, typed, maya.episode)


def follows(store: Store, move: int, on: date | None) -> StayEnd:
    return store.ask(transition_leaving.stay_end, move, on)


def test_the_stay_they_leave_ends_on_the_day_and_goes_on_when_that_is_taken_back(
    store: Store, maya: Maya
) -> None:
    move = begun(store, maya)
    assert follows(store, move, FRIDAY) == StayEnd(Follows.ENDS)
    leave(store, move, FRIDAY)
    assert last_day(store, maya.episode) == FRIDAY
    assert store.ask(clients.current_episode, maya.client, MONDAY) is None
    leave(store, move, SATURDAY)  # another day: both change
    assert last_day(store, maya.episode) == SATURDAY
    assert follows(store, move, SATURDAY) == StayEnd(Follows.NOTHING, SATURDAY)
    assert follows(store, move, None) == StayEnd(Follows.OPENS, SATURDAY)
    leave(store, move, None)
    assert (last_day(store, maya.episode), store.ask(transition_plan.whole, move).left_on) == (
        None,
        None,
    )
    leave(store, move, None)  # nothing to take back
    assert last_day(store, maya.episode) is None


def test_both_days_are_one_act_to_undo_and_to_do_again(store: Store, maya: Maya) -> None:
    move = begun(store, maya)
    leave(store, move, FRIDAY)

    def days() -> tuple[date | None, date | None]:
        return store.ask(transition_plan.whole, move).left_on, last_day(store, maya.episode)

    assert store.undo() == "Left"
    assert days() == (None, None)
    assert store.redo() == "Left"
    assert days() == (FRIDAY, FRIDAY)


def test_a_consent_until_discharge_ends_with_the_day_they_left(store: Store) -> None:
    until: dict[str, Any] = {"expires_on": None, "expires_event": {"episode": "ep-1"}}
    maya = settle(store, lambda p: p["clients"][0]["consents"][0].update(until))
    move = begun(store, maya)

    def told() -> str:
        (judged,) = store.ask(verdicts.of_period, maya.client, maya.diane, *WEEK)
        return judged.verdict.outcome

    assert told() == Outcome.SHORT
    leave(store, move, FRIDAY)
    assert told() == Outcome.KEEP_BACK
    store.undo()
    assert told() == Outcome.SHORT


def test_a_letter_tells_the_days_of_the_stay_they_left(store: Store) -> None:
    def open_to_all(practice: dict[str, Any]) -> None:
        practice["clients"][0]["episodes"][0].update(part2="no")
        topics = ["attendance", "treatment", "progress"]
        practice["clients"][0]["consents"][0].update(topics=topics)
        practice["clients"][0]["restrictions"] = []

    maya = settle(store, open_to_all)
    move = begun(store, maya)

    def days() -> list[str]:
        key = (maya.client, maya.diane, *WEEK, "letter_to_school")
        return [each.days for each in store.ask(compose.propose, *key)[1].stays]

    assert days() == ["Since February 2, 2026"]
    leave(store, move, FRIDAY)
    (said,) = days()
    assert "Since" not in said
    assert "March 6" in said


def test_a_day_somebody_set_themselves_stays(store: Store, maya: Maya) -> None:
    move = begun(store, maya)
    stay(store, maya, discharged=date(2026, 3, 4))
    assert follows(store, move, FRIDAY) == StayEnd(Follows.OWN_DAY, date(2026, 3, 4))
    leave(store, move, FRIDAY)
    assert last_day(store, maya.episode) == date(2026, 3, 4)
    leave(store, move, None)
    assert last_day(store, maya.episode) == date(2026, 3, 4)


def test_a_stay_that_ended_on_a_day_not_known_stays_so(store: Store, maya: Maya) -> None:
    move = begun(store, maya)
    stay(store, maya, over=True)
    assert follows(store, move, FRIDAY) == StayEnd(Follows.OVER)
    leave(store, move, FRIDAY)
    kept = store.ask(episodes.read, maya.episode)
    assert (kept.over, kept.discharged) == (True, None)


def test_a_stay_of_which_how_it_ended_is_noted_keeps_its_day(store: Store, maya: Maya) -> None:
    move = begun(store, maya)
    leave(store, move, FRIDAY)
    stay(store, maya, discharge_reason="treatment_completed")
    assert follows(store, move, None) == StayEnd(Follows.CLOSED, FRIDAY)
    leave(store, move, None)
    assert last_day(store, maya.episode) == FRIDAY


def test_a_stay_a_practice_file_calls_over_keeps_its_day(store: Store, maya: Maya) -> None:
    move = begun(store, maya)
    leave(store, move, FRIDAY)

    def ended(session: Session) -> None:
        session.get_one(Episode, maya.episode).status = ENDED

    store.do("End", ended)
    leave(store, move, None)
    assert last_day(store, maya.episode) == FRIDAY


def test_levels_after_the_last_day_are_put_right_first(store: Store, maya: Maya) -> None:
    def later(session: Session) -> None:
        session.add(
            LevelStay(episode_id=maya.episode, level_of_care="asam4:3.1", since=date(2026, 3, 7))
        )

    store.do("Level", later)
    move = begun(store, maya)
    with pytest.raises(Problem, match="after the last day of the stay"):
        leave(store, move, FRIDAY)
    assert store.ask(transition_plan.whole, move).left_on is None
    leave(store, move, SATURDAY)
    assert last_day(store, maya.episode) == SATURDAY


def test_a_move_without_a_stay_has_none_to_end(store: Store, maya: Maya) -> None:
    move = begun(store, maya, from_episode_id=None)
    assert follows(store, move, FRIDAY) == StayEnd()
    leave(store, move, FRIDAY)
    assert last_day(store, maya.episode) is None


def test_naming_another_stay_after_they_left_ends_that_one(store: Store, maya: Maya) -> None:
    def other(session: Session, admitted: date) -> int:
        made = Episode(client_id=maya.client, admitted=admitted, level_of_care="mh:iop")
        session.add(made)
        session.flush()
        return made.id

    move, iop = begun(store, maya), store.do("Add", other, date(2026, 3, 2))
    leave(store, move, FRIDAY)
    form = store.ask(transition_plan.whole, move).form
    store.do("Save", transition_edit.save, move, replace(form, from_episode_id=iop))
    assert (last_day(store, maya.episode), last_day(store, iop)) == (None, FRIDAY)
    store.undo()
    assert (last_day(store, maya.episode), last_day(store, iop)) == (FRIDAY, None)
    late = store.do("Add", other, SATURDAY)
    with pytest.raises(Problem, match="before they came"):
        store.do("Save", transition_edit.save, move, replace(form, from_episode_id=late))


def test_a_move_taken_away_leaves_the_last_day_of_its_stay(store: Store, maya: Maya) -> None:
    """What ended with it would else begin again without a word."""
    move = begun(store, maya)
    leave(store, move, FRIDAY)
    store.do("Remove", transition_edit.remove, move)
    assert last_day(store, maya.episode) == FRIDAY


def test_a_consent_that_ends_with_the_stay_goes_on_when_the_day_is_taken_back(
    store: Store, maya: Maya
) -> None:
    def bound(session: Session) -> None:
        session.get_one(Consent, maya.consent).expires_episode_id = maya.episode

    store.do("Bind", bound)
    move = begun(store, maya)
    leave(store, move, FRIDAY)
    leave(store, move, None)
    (form,) = store.ask(verdicts.consents, maya.client)
    assert form.expires_event is not None
    assert form.expires_event.happened_on is None


def test_a_last_day_known_by_its_month_stays_so(store: Store, maya: Maya) -> None:
    march = date(2026, 3, 1)
    move = begun(store, maya)

    def rough(session: Session) -> None:  # as a practice file may say
        row = session.get_one(Episode, maya.episode)
        row.discharged, row.discharged_known = march, "month"

    store.do("Bring in", rough)
    for on in (march, FRIDAY, None):
        assert follows(store, move, on) == StayEnd(Follows.ROUGH)
    leave(store, move, march)
    leave(store, move, FRIDAY)
    leave(store, move, None)
    kept = store.ask(episodes.read, maya.episode)
    assert (kept.discharged, kept.discharged_known) == (march, "month")


def test_a_day_before_they_came_ends_no_stay(store: Store, maya: Maya) -> None:
    move = begun(store, maya)
    with pytest.raises(Problem, match="before they came"):
        leave(store, move, date(2026, 1, 5))
    early = begun(store, maya, leaves_on=date(2026, 3, 20))
    leave(store, early, date(2026, 3, 3))

    def late(session: Session) -> int:
        made = Episode(client_id=maya.client, admitted=FRIDAY)
        session.add(made)
        session.flush()
        return made.id

    form = replace(
        store.ask(transition_plan.whole, early).form, from_episode_id=store.do("Add", late)
    )
    with pytest.raises(Problem, match="before they came"):
        store.do("Save", transition_edit.save, early, form)
    assert last_day(store, maya.episode) == date(2026, 3, 3)
