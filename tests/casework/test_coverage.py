"""Coverage: what pays, how many approved days are left, and where they end too early."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.orm import Session

from cmdesk.casework import authorizations, coverage
from cmdesk.casework.coverage import Counts, PolicyDraft
from cmdesk.errors import Problem
from cmdesk.models.care import Episode
from cmdesk.rules.authorization_draft import AuthorizationDraft
from cmdesk.rules.coverage import Spent
from cmdesk.store.store import Store
from tests.records import MONDAY, Maya, state

MERIDIAN = PolicyDraft(payer=" Meridian ", plan_type="ppo", pays="Plan pays 70% after deductible.")


def admit(store: Store, maya: Maya, leaves: date | None = date(2026, 3, 20)) -> None:
    """Let Maya be at Stillwater Ridge since February 3, as the pictures have it."""

    def change(session: Session) -> None:
        stay = session.get_one(Episode, maya.episode)
        stay.admitted, stay.planned_discharge, stay.discharged = date(2026, 2, 3), leaves, None

    store.do("Admit", change)


def approved(maya: Maya, policy: int, days: int = 37) -> AuthorizationDraft:
    return AuthorizationDraft(
        policy_id=policy, episode_id=maya.episode, units_authorized=days, decision="approved"
    )


def test_the_pictures_card(store: Store, maya: Maya) -> None:
    admit(store, maya)
    assert store.ask(coverage.standing, maya.client) is None
    policy = store.do("Policy", coverage.save_policy, maya.client, MERIDIAN)
    store.do("Approval", authorizations.save, maya.client, approved(maya, policy))
    found = store.ask(coverage.standing, maya.client)
    assert found is not None
    assert (found.payer, found.plan_type, found.level) == ("Meridian", "ppo", "Residential 3.5")
    assert found.spent == Spent(37, 35, 2, date(2026, 3, 11))
    assert found.ends_early
    assert found.leaves == date(2026, 3, 20)
    assert not found.pending


def test_what_is_asked_and_not_answered_is_told_and_not_counted(store: Store, maya: Maya) -> None:
    admit(store, maya, leaves=None)
    policy = store.do("Policy", coverage.save_policy, maya.client, MERIDIAN)
    asked = replace(approved(maya, policy), decision="pending", units_requested=14)
    store.do("Ask", authorizations.save, maya.client, asked)
    found = store.ask(coverage.standing, maya.client)
    assert found is not None
    assert (found.pending, found.spent, found.ends_early) == (True, None, False)


def test_an_extension_goes_on_where_the_days_end(store: Store, maya: Maya) -> None:
    admit(store, maya)
    first = store.ask(authorizations.begin, maya.client)
    assert (first.policy_id, first.kind, first.from_on) == (None, "pre_cert", date(2026, 2, 3))
    policy = store.do("Policy", coverage.save_policy, maya.client, MERIDIAN)
    number = store.do("Give", authorizations.save, maya.client, approved(maya, policy))
    then = store.ask(authorizations.begin, maya.client)
    assert (then.policy_id, then.episode_id) == (policy, maya.episode)
    assert (then.kind, then.from_on) == ("concurrent", date(2026, 3, 12))
    more = replace(then, units_authorized=7, decision="approved")
    store.do("Give", authorizations.save, maya.client, more)
    found = store.ask(coverage.standing, maya.client)
    assert found is not None
    assert found.spent is not None
    assert (found.spent.approved, found.spent.left) == (44, 9)
    before = state(store)
    store.do("Close", authorizations.close, number)
    rows = store.ask(authorizations.rows, maya.client)
    assert [row.closed_on for row in rows] == [None, MONDAY]
    assert rows[1].payer == "Meridian"
    store.undo()
    assert state(store) == before


def test_a_policy_pays_while_it_is_in_force(store: Store, maya: Maya) -> None:
    old = store.do("Policy", coverage.save_policy, maya.client, MERIDIAN)
    ahead = PolicyDraft(payer="Marlow", effective_on=date(2026, 4, 1))
    new = store.do("Policy", coverage.save_policy, maya.client, ahead)
    found = store.ask(coverage.standing, maya.client)
    assert found is not None
    assert found.payer == "Meridian"
    store.do("End", coverage.end_policy, old)
    none = store.ask(coverage.standing, maya.client)
    assert none is not None
    assert (none.payer, none.spent, none.denied) == ("", None, None)
    rows = store.ask(coverage.policies, maya.client)
    assert [(row.id, row.counts is Counts.OVER) for row in rows] == [(new, False), (old, True)]
    named = replace(rows[0].draft, payer="Marlow HMO")
    store.do("Change", coverage.save_policy, maya.client, named, new)
    assert store.ask(coverage.policies, maya.client)[0].draft.payer == "Marlow HMO"
    for sound in ("1-800-MERIDIAN", "202 555 0100 ext. 12"):
        assert coverage.policy_faults(PolicyDraft("Marlow", member_phone=sound)) == {}


def test_a_denial_is_told_after_its_policy_ended(store: Store, maya: Maya) -> None:
    admit(store, maya)
    number = store.do("Policy", coverage.save_policy, maya.client, MERIDIAN)
    store.do("Approval", authorizations.save, maya.client, approved(maya, number))
    no = AuthorizationDraft(policy_id=number, decision="denied", decided_on=date(2026, 3, 2))
    store.do("Deny", authorizations.save, maya.client, no)
    before = store.ask(coverage.standing, maya.client)
    store.do("End", coverage.end_policy, number)
    after = store.ask(coverage.standing, maya.client)
    assert before is not None
    assert after is not None
    assert before.given_by == ""
    assert after == replace(before, payer="", plan_type="", pays="", given_by="Meridian")
    assert after.denied is not None
    assert after.ends_early


def test_an_approval_by_a_plan_not_known_is_told(store: Store, maya: Maya) -> None:
    admit(store, maya)
    draft = replace(approved(maya, 0), policy_id=None)
    store.do("Approval", authorizations.save, maya.client, draft)
    found = store.ask(coverage.standing, maya.client)
    assert found is not None
    assert (found.payer, found.ends_early) == ("", True)


def test_of_two_policies_in_force_the_one_added_last_counts(store: Store, maya: Maya) -> None:
    first = store.do("Policy", coverage.save_policy, maya.client, MERIDIAN)
    assert [row.counts for row in store.ask(coverage.policies, maya.client)] == [Counts.ALONE]
    second = store.do("Policy", coverage.save_policy, maya.client, PolicyDraft("Marlow"))
    ahead = PolicyDraft("Harbor", effective_on=date(2026, 4, 1))
    third = store.do("Policy", coverage.save_policy, maya.client, ahead)
    rows = store.ask(coverage.policies, maya.client)
    assert [(row.id, row.counts) for row in rows] == [
        (third, Counts.TO_COME),
        (second, Counts.FIRST),
        (first, Counts.BESIDE),
    ]
    found = store.ask(coverage.standing, maya.client)
    assert found is not None
    assert (found.payer, found.given_by) == ("Marlow", "")
    store.do("Approval", authorizations.save, maya.client, approved(maya, first))
    found = store.ask(coverage.standing, maya.client)
    assert found is not None
    assert (found.payer, found.given_by) == ("Marlow", "Meridian")  # days another plan gave
    more = replace(approved(maya, second, 7), from_on=date(2026, 3, 12))
    store.do("Approval", authorizations.save, maya.client, more)
    found = store.ask(coverage.standing, maya.client)
    assert found is not None
    assert found.given_by == "Meridian, Marlow"
    store.do("End", coverage.end_policy, second)
    counts = [row.counts for row in store.ask(coverage.policies, maya.client)]
    assert counts == [Counts.TO_COME, Counts.OVER, Counts.ALONE]
    store.do("End", coverage.end_policy, third)  # it never began
    assert store.ask(coverage.policies, maya.client)[0].counts is Counts.OVER


def test_a_policy_changed_meanwhile_is_not_written_over(store: Store, maya: Maya) -> None:
    number = store.do("Policy", coverage.save_policy, maya.client, MERIDIAN)
    (opened,) = store.ask(coverage.policies, maya.client)
    store.do("End", coverage.end_policy, number)
    ended = state(store)
    stale = replace(opened.draft, pays="All of it")
    with pytest.raises(Problem, match=r"This policy was changed elsewhere\."):
        store.do("Change", coverage.save_policy, maya.client, stale, number)
    assert state(store) == ended
    (again,) = store.ask(coverage.policies, maya.client)
    changed = replace(again.draft, pays="All of it")
    store.do("Change", coverage.save_policy, maya.client, changed, number)
    (kept,) = store.ask(coverage.policies, maya.client)
    assert (kept.draft.pays, kept.draft.ends_on) == ("All of it", date(2026, 3, 8))
    store.undo()
    assert state(store) == ended
    store.redo()
    assert store.ask(coverage.policies, maya.client) == [kept]


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (PolicyDraft(), "payer"),
        (
            PolicyDraft("A", effective_on=date(2026, 3, 1), ends_on=date(2026, 2, 1)),
            "ends_on",
        ),
        (PolicyDraft("A", member_phone="202 555 0100 or 202 555 0101"), "member_phone"),
        (PolicyDraft("A", provider_phone="12"), "provider_phone"),
    ],
)
def test_a_policy_that_does_not_hold_is_refused(
    store: Store, maya: Maya, draft: PolicyDraft, field: str
) -> None:
    assert list(coverage.policy_faults(draft)) == [field]
    with pytest.raises(Problem):
        store.do("Policy", coverage.save_policy, maya.client, draft)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"units_authorized": None}, "units_authorized"),
        ({"units_authorized": -1}, "units_authorized"),
        ({"units_requested": -1}, "units_requested"),
        ({"from_on": MONDAY, "through_on": date(2026, 3, 1)}, "through_on"),
        ({"from_on": MONDAY, "last_covered_on": date(2026, 3, 1)}, "last_covered_on"),
    ],
)
def test_an_approval_that_does_not_hold_is_refused(
    store: Store, maya: Maya, changes: dict[str, object], field: str
) -> None:
    draft = replace(approved(maya, 1), **changes)  # pyright: ignore[reportArgumentType] - any field
    assert list(store.ask(authorizations.faults, maya.client, draft)) == [field]
    with pytest.raises(Problem):
        store.do("Approval", authorizations.save, maya.client, draft)


def test_a_chain_is_kept_and_its_cliff_counts(store: Store, maya: Maya) -> None:
    admit(store, maya)
    store.do("Policy", coverage.save_policy, maya.client, MERIDIAN)
    first = store.do("Give", authorizations.save, maya.client, approved(maya, 1, 14))
    link = AuthorizationDraft(units_authorized=23, decision="approved", extends_id=first)
    second = store.do("Give", authorizations.save, maya.client, link)
    rows = store.ask(authorizations.rows, maya.client)
    assert [(row.id, row.extended, row.spent) for row in rows] == [
        (second, False, Spent(23, 21, 2, date(2026, 3, 11))),
        (first, True, Spent(14, 14, 0, date(2026, 2, 16))),
    ]
    assert rows[0].draft.episode_id == maya.episode  # it is for the same stay
    found = store.ask(coverage.standing, maya.client)
    assert found is not None
    assert found.spent == Spent(37, 35, 2, date(2026, 3, 11))
    assert store.ask(authorizations.begin, maya.client).extends_id == second
    with pytest.raises(Problem, match="goes on from there already"):
        store.do("Give", authorizations.save, maya.client, link)
    with pytest.raises(Problem, match="go on from itself"):
        store.do("Ring", authorizations.save, maya.client, replace(link, extends_id=second), first)
    free = replace(rows[0].draft, extends_id=None)
    store.do("Free", authorizations.save, maya.client, free, second)
    assert not store.ask(authorizations.rows, maya.client)[1].extended


def test_a_denial_stands_in_nobodys_way(store: Store, maya: Maya) -> None:
    admit(store, maya)
    store.do("Policy", coverage.save_policy, maya.client, MERIDIAN)
    first = store.do("Give", authorizations.save, maya.client, approved(maya, 1, 14))
    link = AuthorizationDraft(units_requested=14, decision="denied", extends_id=first)
    denied = store.do("Deny", authorizations.save, maya.client, link)
    assert not store.ask(authorizations.rows, maya.client)[1].extended  # its reviews go on
    assert store.ask(authorizations.begin, maya.client).extends_id == first
    given = replace(link, decision="approved", units_authorized=7)
    store.do("Give", authorizations.save, maya.client, given)
    kept = next(row for row in store.ask(authorizations.rows, maya.client) if row.id == denied)
    store.do("Word", authorizations.save, maya.client, replace(kept.draft, number="D-7"), denied)
    again = next(row for row in store.ask(authorizations.rows, maya.client) if row.id == denied)
    turned = replace(again.draft, decision="approved", units_authorized=14)
    with pytest.raises(Problem, match="goes on from there already"):
        store.do("Turn", authorizations.save, maya.client, turned, denied)


def test_what_is_odd_is_asked_about(store: Store, maya: Maya) -> None:
    admit(store, maya)
    store.do("Policy", coverage.save_policy, maya.client, MERIDIAN)
    first = replace(approved(maya, 1, 14), last_covered_on=date(2026, 2, 16))
    number = store.do("Give", authorizations.save, maya.client, first)
    assert store.ask(authorizations.asks, maya.client, first) == {}
    odd = replace(
        first,
        extends_id=number,
        from_on=date(2026, 2, 20),
        last_covered_on=date(2026, 3, 25),
        units_authorized=None,
    )
    assert store.ask(authorizations.asks, maya.client, odd) == {
        "last_covered_on": "They leave March 20. This goes past the stay.",
        "from_on": "Nothing is approved February 17 to February 19.",
    }
    assert store.ask(authorizations.asks, maya.client, AuthorizationDraft()) == {}
