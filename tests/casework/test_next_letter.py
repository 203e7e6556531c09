"""The letter that grows: its days, what it would say now, and what still waits (decision 0020)."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from cmdesk.casework import (
    drafts,
    letter_drafts,
    letters_sent,
    next_letter,
    next_updates,
    parties,
    today,
    today_shares,
    update_list,
    update_plans,
)
from cmdesk.casework.next_letter import Growing
from cmdesk.casework.parties import Party
from cmdesk.models.update import LetterEvent, Update, UpdateCopy, UpdatePlan
from cmdesk.rules.letter_period import Period
from cmdesk.rules.plan_draft import PlanForm
from cmdesk.store.store import Store
from tests.casework.test_promises import VISIT, letter, sent
from tests.records import MONDAY, WEEK, Clock, Maya, log

BEGAN = date(2026, 1, 5)
NEXT = (date(2026, 3, 9), date(2026, 3, 9))


def period(store: Store, maya: Maya, template: str = "weekly", whom: Party | None = None) -> Period:
    return store.ask(next_letter.period_of, maya.client, whom or maya.diane, template)


def growing(store: Store, maya: Maya) -> Growing:
    (found,) = store.ask(next_letter.growing, maya.client)
    return found


def letter_of(
    store: Store, maya: Maya, first: date, last: date, template: str = "weekly", **whom: Any
) -> int:
    """Add a letter that left, as a file brings one in."""

    def write(session: Session) -> int:
        days = {"period_from": first, "period_until": last}
        row = Update(client_id=maya.client, number=9, template=template, status="sent", **days)
        session.add(row)
        session.flush()
        copy = UpdateCopy(update_id=row.id, **(whom or {"person_id": maya.diane.person_id}))
        session.add(copy)
        session.flush()
        return copy.id

    return store.do("Letter", write)


def test_it_grows_from_the_last_letter(store: Store, maya: Maya, clock: Clock) -> None:
    log(store, maya)  # on Thursday the 5th
    partly: dict[str, Any] = {"topics": ("progress", "legal"), "family_line": "More of it."}
    short = log(store, maya, **partly, short_line="A good week.", short_topics=("progress",))
    found = growing(store, maya)
    assert (found.first, found.last) == WEEK == period(store, maya)
    assert (found.told, found.entries, found.begun) == (3, 3, False)
    assert [(line.day, line.text, line.short) for line in found.lines] == [
        (date(2026, 3, 5), "Maya had a good day in group.", False),
        (date(2026, 3, 6), "Maya had a good week in group.", True),
    ]
    assert found.waiting == (short,)
    assert found.due == BEGAN
    sent(store, maya, letter(maya, VISIT))
    assert period(store, maya) == NEXT
    clock.forward(days=2)
    log(store, maya, day=date(2026, 3, 10), family_line="")
    log(store, maya, day=date(2026, 3, 10), topics=("legal",))
    found = growing(store, maya)
    assert (found.first, found.last) == (date(2026, 3, 9), date(2026, 3, 11))
    assert (len(found.unwritten), found.told, found.entries) == (1, 1, 2)
    assert [each.what for each in found.promises] == [VISIT.what]
    assert store.ask(today_shares.shares, [(maya.client, maya.diane.key)]) == {
        (maya.client, maya.diane.key): today_shares.Share(1, 2)
    }


@pytest.mark.parametrize(
    ("kind", "days"),
    [
        ("weekly", NEXT),
        ("brief_no_change", NEXT),
        ("crisis_notice", (MONDAY, MONDAY)),
        ("monthly_review", (date(2026, 2, 1), date(2026, 2, 28))),
        ("closing_letter", (date(2026, 2, 2), MONDAY)),
        ("decision", (date(2026, 3, 3), MONDAY)),
        ("gone", NEXT),
    ],
)
def test_each_kind_has_its_days(store: Store, maya: Maya, kind: str, days: Period) -> None:
    letter_of(store, maya, *WEEK)
    assert period(store, maya, kind) == days


def test_a_month_goes_on_by_its_plan(store: Store, maya: Maya) -> None:
    letter_of(store, maya, date(2026, 1, 1), date(2026, 1, 31), "monthly_review")
    store.do("Month", lambda s: setattr(s.query(UpdatePlan).one(), "every", "month"))
    assert period(store, maya, "monthly_review") == (date(2026, 2, 1), MONDAY)


def test_what_counts_no_longer_closes_nothing(store: Store, maya: Maya) -> None:
    copy = letter_of(store, maya, *WEEK)
    event = LetterEvent(update_copy_id=copy, kind="withdrawn", happened_on=MONDAY)
    store.do("Withdraw", lambda session: session.add(event))
    letter_of(store, maya, date(2026, 3, 4), date(2026, 3, 4), "crisis_notice")
    assert period(store, maya) == WEEK
    (row,) = store.ask(update_list.due)
    assert (row.due, row.sent_on) == (BEGAN, None)  # a notice is not the letter of Mondays
    asked = ([maya.client], {maya.client: BEGAN}, MONDAY)
    assert store.ask(next_updates.next_updates, *asked)[maya.client].due == BEGAN
    plan = store.ask(lambda s: update_list.due_on(s, s.query(UpdatePlan).one(), MONDAY))
    assert plan == BEGAN


def test_a_plan_agreed_today_is_late_for_no_week_before(
    store: Store, maya: Maya, clock: Clock
) -> None:
    clock.forward(days=1)
    form = PlanForm(maya.tess.person_id, weekday="monday")
    number = store.do("Agree", update_plans.save, maya.client, form)
    first = date(2026, 3, 16)  # the first Monday from then on, whenever the work began
    assert {row.id: row.due for row in store.ask(update_list.due)}[number] == first
    assert (
        store.ask(lambda s: update_list.due_on(s, s.get_one(UpdatePlan, number), MONDAY)) == first
    )
    store.do("End", lambda s: setattr(s.query(UpdatePlan).first(), "ended_on", MONDAY))
    asked = ([maya.client], {maya.client: BEGAN}, MONDAY)
    assert store.ask(next_updates.next_updates, *asked)[maya.client].due == first
    letter_of(store, maya, *WEEK, person_id=maya.tess.person_id)
    assert [row.due for row in store.ask(update_list.due)] == [first]  # nor before, with a letter
    clock.forward(days=14)
    assert [row.due for row in store.ask(update_list.due)] == [first]  # it is late from then on


def test_without_a_plan(store: Store, maya: Maya, clock: Clock) -> None:
    assert period(store, maya, whom=maya.tess) == WEEK
    letter_of(store, maya, *WEEK, person_id=maya.tess.person_id)
    assert period(store, maya, whom=maya.tess) == NEXT
    house = store.ask(parties.of_key, f"o{maya.still}")
    letter_of(store, maya, *WEEK, organisation_id=maya.still)
    letter_of(store, maya, date(2026, 2, 9), date(2026, 2, 15), organisation_id=maya.still)
    clock.forward(days=8)
    assert period(store, maya, whom=house) == (date(2026, 3, 9), date(2026, 3, 15))
    assert period(store, maya, "decision", house) == (date(2026, 3, 11), date(2026, 3, 17))
    store.do("End", lambda s: setattr(s.query(UpdatePlan).one(), "ended_on", MONDAY))
    assert store.ask(next_letter.growing, maya.client) == []
    assert store.ask(today_shares.shares, [(maya.client, maya.diane.key)]) == {}


def test_a_draft_is_found_as_its_letter_grows(store: Store, maya: Maya, clock: Clock) -> None:
    letter_of(store, maya, *WEEK)

    def key(last: date, template: str = "weekly") -> str:
        return letter_drafts.key_of(maya.client, maya.diane.key, NEXT[0], last, template)

    clock.forward(days=1)
    short, longer = key(date(2026, 3, 10)), key(date(2026, 3, 12))
    body = {"letter": {"headline": "Begun"}}
    store.do("Keep", drafts.keep, short, body, maya.client)
    store.do("Keep", drafts.keep, key(date(2026, 3, 9), "decision"), {}, maya.client)
    clock.forward(days=2)
    kept = store.ask(letter_drafts.find, longer)
    assert kept is not None
    assert kept.key == short
    assert growing(store, maya).begun
    assert [row.begun_at is not None for row in store.ask(update_list.due)] == [True]
    store.do("Keep", drafts.keep, longer, body, maya.client)
    shown = {(row.last, row.template) for row in store.ask(update_list.begun)}
    assert shown == {(date(2026, 3, 12), "weekly"), (NEXT[1], "decision")}
    assert letter_drafts.outgrown([short, longer, key(NEXT[1], "decision")]) == {short}
    store.do("Leave", letter_drafts.discard, longer)
    assert store.ask(letter_drafts.find, longer) is None
    assert store.ask(letter_drafts.find, "update:1:p1:x:y") is None
    assert letter_drafts.among([short], "update:new") == ""


def test_today_opens_the_letter_that_is_due(store: Store, maya: Maya, clock: Clock) -> None:
    letter_of(store, maya, *WEEK)
    clock.forward(days=7)
    (row,) = (each for each in store.ask(today.rows) if each.letter)
    assert row.letter == f"{maya.diane.key}:2026-03-09:2026-03-15"
    assert not row.begun
    begun = letter_drafts.key_of(maya.client, maya.diane.key, NEXT[0], date(2026, 3, 11), "weekly")
    store.do("Keep", drafts.keep, begun, {}, maya.client)
    (row,) = (each for each in store.ask(today.rows) if each.letter)
    assert row.begun
    assert letters_sent.WEEKLY == "weekly"
