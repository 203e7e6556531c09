"""How one's own clients fared at a place: counted in people, without names, without herself."""

from datetime import date
from typing import Any

from sqlalchemy import event

from cmdesk.casework import clients, episodes, merging_charts, own_results
from cmdesk.casework.clients import ClientDraft
from cmdesk.rules.episode_draft import EpisodeForm
from cmdesk.rules.own_results import Later
from cmdesk.rules.provider_codes import AgeGroup
from cmdesk.store.store import Store
from tests.records import Maya

CAME = ("mood", "opioids")


def someone(store: Store, given: str, family: str, born: date | None, *stays: EpisodeForm) -> int:
    number = store.do("Add", clients.add, ClientDraft(given, family, born=born))
    for stay in stays:
        store.do("Save", episodes.save, number, stay)
    return number


def there(store: Store, maya: Maya, first: date, last: date | None, **more: Any) -> EpisodeForm:
    return EpisodeForm(
        f"o{maya.still}", None, "mh:php", "", first, last,
        presentation=more.pop("came", CAME), **more,
    )  # fmt: skip


def test_people_like_her_are_told_without_names_and_she_is_left_out(
    store: Store, maya: Maya
) -> None:
    store.do(
        "Came", episodes.save, maya.client,
        there(store, maya, date(2024, 1, 8), date(2024, 2, 1)),
    )  # fmt: skip
    spring, summer = date(2025, 4, 1), date(2025, 6, 1)
    done = "treatment_completed"
    after = EpisodeForm("Lantern", None, "mh:iop", "", date(2025, 6, 4))
    someone(
        store, "Marisol", "Teague", date(2001, 2, 11),
        there(store, maya, date(2024, 1, 1), date(2024, 1, 9), discharge_reason="payer"),
        there(store, maya, spring, summer, discharge_reason=done), after,
    )  # fmt: skip
    someone(store, "Old", "Age", date(1950, 1, 1), there(store, maya, spring, summer))
    someone(store, "No", "Birthday", None, there(store, maya, spring, summer))
    someone(store, "Other", "Trouble", date(2001, 1, 1),
            there(store, maya, spring, summer, came=("eating",)))  # fmt: skip
    someone(store, "Still", "There", date(2001, 1, 1), there(store, maya, spring, None))
    found = store.ask(own_results.results, maya.still, maya.client)
    assert (found.called, found.band, found.presentation, found.here_now) == (
        "Maya", AgeGroup.YOUNG_ADULT, CAME, 1,
    )  # fmt: skip
    (one,) = found.people
    assert (one.initials, one.age, one.days, one.ended) == ("M. T.", 24, 61, done)
    assert one.at_90.state is Later.IN_CARE
    all_of_them = store.ask(own_results.results, maya.still)
    assert [each.initials for each in all_of_them.people] == [
        "M. B.", "M. T.", "N. B.", "O. A.", "O. T.",
    ]  # fmt: skip
    assert all_of_them.called == ""


def test_a_stay_that_ended_nobody_knows_when_is_told_as_unknown(store: Store, maya: Maya) -> None:
    form = EpisodeForm(f"o{maya.still}", over=True, historical=True)
    someone(store, "Ada", "", None, form)
    (one,) = store.ask(own_results.results, maya.still).people
    assert (one.initials, one.age, one.days, one.ended) == ("A.", None, None, "")
    assert one.at_90.state is Later.UNKNOWN


def test_placed_counts_people_and_not_what_was_before(store: Store, maya: Maya) -> None:
    first, last = date(2025, 4, 1), date(2025, 6, 1)
    twice = there(store, maya, first, last), there(store, maya, date(2026, 4, 1), None)
    ada = someone(store, "Ada", "Reyes", None, *twice)
    old = there(store, maya, first, last, historical=True)
    someone(store, "Before", "Us", None, old)
    assert store.ask(own_results.placed)[maya.still] == 2
    store.do("Merge", merging_charts.merge_clients, ada, maya.client)
    assert store.ask(own_results.placed)[maya.still] == 1


def test_many_people_cost_no_more_questions_than_one(store: Store, maya: Maya) -> None:
    first, last = date(2025, 4, 1), date(2025, 6, 1)

    def came(count: int) -> None:
        after = EpisodeForm("Lantern", None, "mh:iop", "", date(2025, 6, 4))
        for number in range(count):
            stay = there(store, maya, first, last)
            someone(store, f"Ada {number}", "Reyes", date(2001, 2, 11), stay, after)

    def questions() -> tuple[int, list[Later]]:
        seen: list[str] = []

        def note(*args: object) -> None:
            seen.append(str(args[2]))

        event.listen(store._reader, "before_cursor_execute", note)
        found = store.ask(own_results.results, maya.still, maya.client)
        event.remove(store._reader, "before_cursor_execute", note)
        return len(seen), [each.at_90.state for each in found.people]

    came(1)
    few, states = questions()
    assert states == [Later.IN_CARE]
    came(4)
    assert questions() == (few, [Later.IN_CARE] * 5)
