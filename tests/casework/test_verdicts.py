"""What the rules are told stands in the database: compared with the same values made by hand."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.casework import state_rules, verdicts
from cmdesk.casework.parties import Party, party_by_name, recipient
from cmdesk.casework.state_rules import StateRow, StateTable
from cmdesk.errors import Problem
from cmdesk.models.client import Client, Engagement
from cmdesk.models.consent import Consent as ConsentRow
from cmdesk.models.consent import ConsentRecipient
from cmdesk.models.practice import Practice
from cmdesk.rules import consent as rules
from cmdesk.rules.codes import Mark, RevokedHow
from cmdesk.rules.consent import Entry, Event, Outcome, Restriction, Subject
from cmdesk.rules.contact_codes import Part2
from cmdesk.rules.topics import Topic
from cmdesk.store.store import Store
from tests.records import MONDAY, WEEK, Change, Maya, log, settle
from tests.rules import making


def client(practice: dict[str, Any]) -> dict[str, Any]:
    return practice["clients"][0]


def consent(practice: dict[str, Any]) -> dict[str, Any]:
    return client(practice)["consents"][0]


def only(store: Store, maya: Maya) -> rules.Consent:
    (found,) = store.ask(verdicts.consents, maya.client)
    return found


def standing(store: Store, maya: Maya, party: Party) -> rules.Standing:
    return store.ask(verdicts.standing, maya.client, party, MONDAY)


def test_the_sample_case(store: Store, maya: Maya) -> None:
    by_hand = replace(
        making.GOOD,
        recipients=frozenset({maya.diane.key}),
        channels=frozenset({"encrypted_pdf", "paper", "phone"}),
    )
    assert only(store, maya) == by_hand
    assert store.ask(verdicts.subject, maya.client) == making.MAYA
    assert store.ask(verdicts.restrictions, maya.client) == [
        Restriction(
            recipients=frozenset({maya.diane.key}),
            topics=frozenset({Topic.TREATMENT}),
            until=date(2026, 3, 15),
            reason="Maya wants to tell her mother herself",
        )
    ]
    reader = store.ask(recipient, maya.client, maya.diane)
    assert reader == replace(making.DIANE, ref=maya.diane.key)
    by_hand_entry = replace(making.ENTRY, marks={maya.diane.key: Mark.SHORT})
    ((_, at, entry),) = store.ask(verdicts.for_rules, [maya.entry])
    assert (at, entry) == (datetime(2026, 3, 6, 16, tzinfo=UTC), by_hand_entry)


CASES: list[tuple[Outcome, int, Change]] = [
    (Outcome.SHORT, 7, lambda _p: None),
    (Outcome.SHARE, 8, lambda p: client(p)["entries"][0].pop("marks")),
    (Outcome.KEEP_BACK, 0, lambda p: client(p)["entries"][0].update(status="ready_to_sign")),
    (Outcome.KEEP_BACK, 1, lambda p: client(p)["entries"][0].update(topics=["other_person"])),
    (Outcome.KEEP_BACK, 2, lambda p: client(p)["entries"][0].update(topics=["private"])),
    (Outcome.KEEP_BACK, 3, lambda p: consent(p).update(form_on_file=False)),
    (Outcome.KEEP_BACK, 4, lambda p: client(p)["restrictions"][0].update(topics=[])),
    (Outcome.KEEP_BACK, 4, lambda p: client(p)["restrictions"][0].update(entries=["e-1"])),
    (Outcome.KEEP_BACK, 5, lambda p: consent(p).update(kind="hipaa")),
    (Outcome.SHORT, 6, lambda p: consent(p).update(topics=["progress"])),
    (Outcome.KEEP_BACK, 6, lambda p: consent(p).update(topics=["legal"])),
]


@pytest.mark.parametrize(("outcome", "rule", "change"), CASES)
def test_verdicts_are_those_of_the_rules(
    store: Store, outcome: Outcome, rule: int, change: Change
) -> None:
    maya = settle(store, change)
    (judged,) = store.ask(verdicts.of_period, maya.client, maya.diane, *WEEK)
    assert (judged.verdict.outcome, judged.verdict.rule) == (outcome, rule)
    ((_, _, entry),) = store.ask(verdicts.for_rules, [maya.entry])
    assert judged.verdict == rules.verdict(entry, standing(store, maya, maya.diane))


def test_restriction_on_one_entry_leaves_the_others(store: Store) -> None:
    def hold(practice: dict[str, Any]) -> None:
        client(practice)["restrictions"][0] |= {"topics": [], "entries": ["e-1"], "until": None}

    maya = settle(store, hold)
    log(store, maya)
    judged = store.ask(verdicts.of_period, maya.client, maya.diane, *WEEK)
    assert [row.verdict.rule for row in judged] == [8, 4]


def test_organisation_as_reader(store: Store) -> None:
    """Named by a consent and held back from; a program of the client, so 42 CFR 2.31(a)(4)."""

    def name_the_program(practice: dict[str, Any]) -> None:
        consent(practice).update(kind="part2_tpo", recipients=["o-still"], expires_on=None)
        client(practice)["restrictions"][0] |= {"from": ["o-still"], "topics": ["legal"]}

    maya = settle(store, name_the_program)
    house = store.ask(party_by_name, "stillwater ridge")
    assert only(store, maya).recipients == {house.key}
    reader = store.ask(recipient, maya.client, house)
    assert (reader.tpo, reader.relation, reader.called) == (True, "", "Stillwater Ridge")
    (judged,) = store.ask(verdicts.of_period, maya.client, house, *WEEK)
    assert (judged.verdict.outcome, judged.verdict.rule) == (Outcome.SHARE, 8)
    (held,) = store.ask(verdicts.restrictions, maya.client)
    assert held.recipients == {house.key}
    (kept,) = store.ask(verdicts.of_period, maya.client, maya.tess, *WEEK)
    assert kept.verdict.why == "No consent names Tess"


def test_an_organisation_that_never_treated_the_client_is_no_tpo_party(store: Store) -> None:
    maya = settle(store, lambda p: client(p).update(episodes=[]))
    house = store.ask(party_by_name, "o-still")
    assert store.ask(recipient, maya.client, house).tpo is False


@pytest.mark.parametrize(
    ("stay", "treats"),
    [
        ({}, True),
        ({"discharged": "2026-03-09"}, True),  # to the end of its last day
        ({"discharged": "2026-03-08"}, False),
        ({"admitted": "2016-01-04", "discharged": "2016-02-29", "historical": True}, False),
        ({"status": "ended"}, False),  # on a day nobody knows
        ({"admitted": "2026-04-01"}, True),  # agreed
        ({"admitted": "2025-11-01", "historical": True}, True),  # begun before us, and goes on
    ],
)
def test_a_program_treats_as_long_as_the_stay_is_not_over(
    store: Store, stay: dict[str, Any], treats: bool
) -> None:
    """A consent for treatment, payment and operations reaches nobody who treated once."""

    def change(practice: dict[str, Any]) -> None:
        consent(practice).update(kind="part2_tpo", recipients=["o-still"], expires_on=None)
        client(practice)["restrictions"] = []
        client(practice)["episodes"][0].update(stay)

    maya = settle(store, change)
    house = store.ask(party_by_name, "o-still")
    assert store.ask(recipient, maya.client, house).tpo is treats
    (judged,) = store.ask(verdicts.of_period, maya.client, house, *WEEK)
    assert (judged.verdict.outcome is Outcome.SHARE) is treats


@pytest.mark.parametrize(
    ("policy", "pays"),
    [
        ({}, True),
        ({"effective_on": "2026-03-09", "ends_on": "2026-03-09"}, True),
        ({"effective_on": "2026-03-10"}, False),
        ({"ends_on": "2026-03-08"}, False),
        ({"organisation": None}, False),  # a name in words alone is nobody's
    ],
)
def test_a_payer_counts_while_its_policy_is_in_force(
    store: Store, policy: dict[str, Any], pays: bool
) -> None:
    def change(practice: dict[str, Any]) -> None:
        house = {"ref": "o-plan", "name": "Empire Health"}
        practice["organisations"].append(house)
        paid = {"ref": "pol-1", "payer": "Empire Health", "organisation": "o-plan"}
        client(practice)["policies"] = [paid | policy]

    maya = settle(store, change)
    house = store.ask(party_by_name, "o-plan")
    assert store.ask(recipient, maya.client, house).tpo is pays


TIES: list[tuple[list[dict[str, Any]], bool, str]] = [
    ([{"relationship": "therapist"}], True, "therapist"),
    ([{"relationship": "therapist", "until": "2026-01-01"}], False, "therapist"),
    ([{"relationship": "other", "roles": ["payer"]}], True, "other"),
    ([{"relationship": "other"}], False, "other"),
    ([{"relationship": "other", "roles": ["payer"], "until": "2026-01-01"}], False, "other"),
    ([{"relationship": "therapist"}, {"relationship": "sibling"}], False, "therapist"),
    (
        [{"relationship": "therapist"}, {"relationship": "sibling", "until": "2020-01-01"}],
        False,
        "therapist",
    ),
    (
        [{"relationship": "friend", "until": "2020-01-01"}, {"relationship": "physician"}],
        False,
        "friend",
    ),
    ([{"roles": ["payer"]}], False, ""),
    ([], False, ""),
]


@pytest.mark.parametrize(("ties", "treats", "relation"), TIES)
def test_who_counts_as_treating(
    store: Store, ties: list[dict[str, Any]], treats: bool, relation: str
) -> None:
    """A tie of kinship excludes for ever, one of treatment counts while it lasts."""
    circle = [{"person": "p-tess", **tie} for tie in ties]
    maya = settle(store, lambda p: client(p).update(circle=circle))
    reader = store.ask(recipient, maya.client, maya.tess)
    assert (reader.tpo, reader.relation) == (treats, relation)


def ends_with(**event: Any) -> Change:
    def change(practice: dict[str, Any]) -> None:
        consent(practice).update(expires_on=None, expires_event=event)

    return change


def test_consent_ends_with_the_stay(store: Store) -> None:
    maya = settle(store, ends_with(episode="ep-1"))
    assert only(store, maya).expires_event == Event(None)


def test_consent_ends_with_a_stay_that_is_over(store: Store) -> None:
    over: Change = lambda p: client(p)["episodes"][0].update(discharged="2026-03-08")  # noqa: E731
    maya = settle(store, ends_with(episode="ep-1"), over)
    assert only(store, maya).expires_event == Event(date(2026, 3, 8))
    (judged,) = store.ask(verdicts.of_period, maya.client, maya.diane, *WEEK)
    assert judged.verdict.why == "Diane's consent ended March 8"
    day_of_it = store.ask(verdicts.of_period, maya.client, maya.diane, *WEEK, date(2026, 3, 8))
    assert day_of_it[0].verdict.outcome == Outcome.SHORT


def test_consent_ends_with_the_engagement(store: Store) -> None:
    maya = settle(store, ends_with(engagement=True))
    assert only(store, maya).expires_event == Event(None, engagement=True)


@pytest.mark.parametrize(
    ("ends", "over"),
    [
        (["2026-02-01", None], "2026-02-01"),  # working together again does not revive it
        (["2026-02-01", "2026-03-04"], "2026-02-01"),
        (["2026-01-10", None], None),  # given in the second engagement
        (["2026-01-10", "2026-03-04"], "2026-03-04"),
        (["2026-01-05", "2026-01-10"], "2026-01-10"),  # given when all was over
    ],
)
def test_the_first_engagement_to_end_since_it_was_given_counts(
    store: Store, ends: list[str | None], over: str | None
) -> None:
    maya = settle(store, ends_with(engagement=True))
    first, second = (date.fromisoformat(day) if day else None for day in ends)

    def end(session: Session) -> None:
        session.query(Engagement).one().ended_on = first
        session.add(Engagement(client_id=maya.client, ended_on=second))

    store.do("End", end)
    happened = date.fromisoformat(over) if over else None
    assert only(store, maya).expires_event == Event(happened, engagement=True)


def test_engagement_that_is_not_on_record(store: Store) -> None:
    maya = settle(store, ends_with(engagement=True), lambda p: client(p).pop("engagement"))
    assert only(store, maya).expires_event == Event(None, on_record=False, engagement=True)
    (judged,) = store.ask(verdicts.of_period, maya.client, maya.diane, *WEEK)
    assert judged.verdict.why == "Diane's consent ends with something not on record"


def test_stay_of_someone_else_is_not_on_record(store: Store) -> None:
    other = {"ref": "c-kevin", "given_name": "Kevin", "episodes": [{"ref": "ep-2"}]}
    maya = settle(store, ends_with(episode="ep-2"), lambda p: p["clients"].append(other))
    assert only(store, maya).expires_event == Event(None, on_record=False)


def both(session: Session, maya: Maya) -> None:
    row = session.get_one(ConsentRow, maya.consent)
    row.expires_episode_id, row.expires_with_engagement = maya.episode, True


def test_of_two_events_the_first_to_happen_counts(store: Store) -> None:
    over: Change = lambda p: client(p)["engagement"].update(ended="2026-03-04")  # noqa: E731
    maya = settle(store, over)
    store.do("Both", both, maya)
    assert only(store, maya).expires_event == Event(date(2026, 3, 4), engagement=True)


def test_of_two_events_one_not_on_record_spoils_the_consent(store: Store) -> None:
    over: Change = lambda p: client(p)["episodes"][0].update(discharged="2026-03-04")  # noqa: E731
    maya = settle(store, over, lambda p: client(p).pop("engagement"))
    store.do("Both", both, maya)
    assert only(store, maya).expires_event == Event(None, on_record=False, engagement=True)


def test_revoked_and_replaced(store: Store) -> None:
    newer = {"ref": "k-2", "kind": "hipaa", "recipients": ["p-diane"]}

    def change(practice: dict[str, Any]) -> None:
        consent(practice).update(
            revoked_on="2026-03-09", revoked_how="oral", superseded_by="k-2", signer_authority="x"
        )
        client(practice)["consents"].append(newer)

    maya = settle(store, change)
    first, second = store.ask(verdicts.consents, maya.client)
    assert (first.revoked_on, first.revoked_how) == (MONDAY, RevokedHow.ORAL)
    assert (bool(first.superseded_by), first.signer_authority) == (True, "x")
    assert (second.ref, second.signer, second.revoked_how) == ("k-2", None, None)


def test_rows_without_a_ref_go_by_their_uid(store: Store, maya: Maya) -> None:
    def add(session: Session) -> str:
        row = ConsentRow(client_id=maya.client, kind="hipaa")
        session.add(row)
        session.flush()
        session.add(ConsentRecipient(consent_id=row.id, organisation_id=maya.still))
        return row.uid

    uid = store.do("Add", add)
    assert {found.ref for found in store.ask(verdicts.consents, maya.client)} == {"k-diane", uid}
    number = log(store, maya)
    ((_, _, entry),) = store.ask(verdicts.for_rules, [number])
    assert len(entry.ref) == 36
    assert entry == Entry(
        entry.ref,
        entry.status,
        making.topics("progress"),
        Part2.NO,
        "Maya had a good day in group.",
        "",
    )


def test_period_is_by_the_local_date(store: Store) -> None:
    """Half past eleven at night in New York is the next day in UTC, and still this day's entry."""

    def late(practice: dict[str, Any]) -> None:
        client(practice)["entries"][0].update(occurred_at="2026-03-09T03:30:00+00:00")

    maya = settle(store, late)
    sunday, monday = date(2026, 3, 8), date(2026, 3, 9)
    assert store.ask(verdicts.entries_of_period, maya.client, sunday, sunday) == [maya.entry]
    assert store.ask(verdicts.entries_of_period, maya.client, monday, monday) == []


def test_the_ends_of_the_calendar_bound_nothing(store: Store) -> None:
    """In Tokyo, the first day of the calendar begins before UTC knows one."""
    maya = settle(store, lambda p: p["practice"].update(time_zone="Asia/Tokyo"))
    whole = (date.min, date.max)
    assert store.ask(verdicts.entries_of_period, maya.client, *whole) == [maya.entry]


def test_more_entries_than_one_question_takes(store: Store, maya: Maya) -> None:
    ids = [maya.entry, *range(2, 2 * verdicts.CHUNK)]
    assert [row[0] for row in store.ask(verdicts.for_rules, ids)] == [maya.entry]


def test_what_can_not_be_asked(store: Store, maya: Maya) -> None:
    with pytest.raises(Problem, match="ends before it begins"):
        store.ask(verdicts.of_period, maya.client, maya.diane, MONDAY, date(2026, 3, 8))
    with pytest.raises(Problem, match="client is no longer there"):
        store.ask(verdicts.subject, 99)


def test_a_minor_signs_alone_by_the_state_table_and_by_nothing_else(
    store: Store, maya: Maya
) -> None:
    def allow(session: Session) -> None:
        session.get_one(Client, maya.client).minor_may_consent = True
        session.scalars(select(Practice)).one().state = "ny"

    store.do("Allow", allow)
    assert store.ask(verdicts.subject, maya.client) == Subject("Maya", date(2003, 7, 14))
    row = StateRow("mental_health", 16, "Its law", MONDAY)
    store.do("Fill", state_rules.save, StateTable("NY", (row,)))
    assert store.ask(verdicts.subject, maya.client).mental_health_from == 16
    assert store.ask(verdicts.subject, maya.client).substance_use_from is None
