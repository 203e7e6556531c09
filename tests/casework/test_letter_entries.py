"""No entry is lost between two letters: what came too late for one is proposed in the next."""

import random
from collections import Counter
from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from cmdesk.casework import (
    compose,
    composing,
    consents,
    entries,
    letter_entries,
    next_letter,
    parity,
    today_shares,
    updates,
    verdicts,
)
from cmdesk.casework.drafting import LetterDraft
from cmdesk.models.update import LetterEvent, UpdateCopy
from cmdesk.store.store import Store
from tests.casework.test_next_letter import letter_of
from tests.casework.test_promises import sent
from tests.records import MONDAY, WEEK, Clock, Maya, contact, log

SATURDAY, NEXT = date(2026, 3, 7), (date(2026, 3, 9), date(2026, 3, 15))


def of_letter(store: Store, maya: Maya, *days: date, kind: str = "") -> list[int]:
    def ask(session: Session) -> list[int]:
        first, last = days or NEXT
        about = updates.case(session, maya.client, maya.diane, first, last, template=kind)
        return letter_entries.of_letter(session, about)

    return store.ask(ask)


def proposal(store: Store, maya: Maya, *days: date, kind: str = "") -> LetterDraft:
    first, last = days or NEXT
    found = store.ask(lambda s: compose.propose(s, maya.client, maya.diane, first, last, kind))
    return found[1]


def used(draft: LetterDraft) -> list[int]:
    return [part.entry_id or 0 for part in draft.passages]


def withdraw(store: Store, copy: int, on: date) -> None:
    event = LetterEvent(update_copy_id=copy, kind="withdrawn", happened_on=on)
    store.do("Withdraw", lambda session: session.add(event))


def test_signed_after_its_letter_left(store: Store, maya: Maya, clock: Clock) -> None:
    drafted = store.do("Log", entries.log, contact(maya, day=date(2026, 3, 4)), sign=False)
    sent(store, maya, proposal(store, maya, *WEEK), WEEK)
    clock.forward(days=2)
    late = log(store, maya, day=SATURDAY)
    store.do("Sign", entries.sign_entry, drafted)
    log(store, maya, day=SATURDAY, topics=("legal",))  # kept back, now as then
    assert of_letter(store, maya) == [drafted, late]
    assert of_letter(store, maya, kind="decision") == []  # for an occasion: of its own days
    (grows,) = store.ask(next_letter.growing, maya.client)
    assert [line.entry_id for line in grows.lines] == [drafted, late]
    assert (grows.told, grows.entries, grows.first) == (2, 2, NEXT[0])
    share = store.ask(today_shares.shares, [(maya.client, maya.diane.key)])
    assert share[maya.client, maya.diane.key] == today_shares.Share(2, 2)
    place = store.ask(composing.workplace, maya.client, maya.diane.key, *NEXT)
    assert place
    assert [row.at.astimezone(place.zone).date() for row in place.materials] == [
        date(2026, 3, 4), SATURDAY
    ]  # fmt: skip
    other = (maya.diane.key, maya.tess.key)
    rows = store.ask(parity.side_by_side, maya.client, *other, *NEXT).rows
    assert [row.entry_id for row in rows[:2]] == [drafted, late]
    assert rows[0].second.why == parity.NOT_IN_THIS
    judged = store.ask(verdicts.of_period, maya.client, maya.diane, *NEXT)
    assert judged == []  # the contract's periods are days alone
    sent(store, maya, place.proposal, NEXT)
    assert of_letter(store, maya) == [drafted, late]  # the same letter, written again
    assert of_letter(store, maya, date(2026, 3, 16), date(2026, 3, 22)) == []


def test_of_the_same_day_logged_after_it_left(store: Store, maya: Maya) -> None:
    sent(store, maya, proposal(store, maya, WEEK[0], MONDAY), (WEEK[0], MONDAY))
    late = log(store, maya, day=MONDAY, at=time(9))
    assert of_letter(store, maya, date(2026, 3, 10), date(2026, 3, 15)) == [late]


def test_left_out_is_seen_and_the_brief_saw_nothing(store: Store, maya: Maya, clock: Clock) -> None:
    number = log(store, maya)
    bare = log(store, maya, family_line="")
    brief = proposal(store, maya, *WEEK, kind="brief_no_change")
    copy = sent(store, maya, brief, WEEK)
    assert of_letter(store, maya) == [number, bare, maya.entry]
    withdraw(store, copy, MONDAY)
    whole = proposal(store, maya, *WEEK)
    left = replace(whole, passages=tuple(p for p in whole.passages if p.entry_id == maya.entry))
    copy = sent(store, maya, left, WEEK)
    kept = store.ask(lambda s: s.get_one(UpdateCopy, copy).kept_back)
    assert {row["reach"] for row in kept} == {"share", "unwritten"}
    assert of_letter(store, maya) == []
    clock.forward(days=1)
    store.do("Word", entries.word, bare, ["progress"], "Maya slept well.")
    assert of_letter(store, maya) == [bare]


def test_a_consent_of_later_and_what_came_from_elsewhere(
    store: Store, maya: Maya, clock: Clock
) -> None:
    legal = log(store, maya, topics=("legal",))
    sent(store, maya, proposal(store, maya, *WEEK), WEEK)
    wider = store.ask(consents.draft, maya.consent)
    assert wider
    wider = replace(wider, topics=(*wider.topics, "legal"))
    store.do("Widen", consents.save, wider, maya.consent)
    assert of_letter(store, maya) == [legal]
    clock.forward(days=1)
    house: dict[str, Any] = {"person_id": maya.tess.person_id}
    letter_of(store, maya, *WEEK, **house)  # it names no entries: what was there was seen
    about = (maya.client, maya.tess, *NEXT)
    assert store.ask(lambda s: letter_entries.of_letter(s, updates.case(s, *about))) == []


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_no_entry_in_none_and_none_in_two(
    store: Store, maya: Maya, clock: Clock, seed: int
) -> None:
    """Over random days of signing and sending, with a letter now and then withdrawn."""
    chance = random.Random(seed)  # noqa: S311 - which days, not a secret
    told: Counter[int] = Counter()
    signed: set[int] = set()
    for _ in range(8):
        today = clock().date()
        for _ in range(chance.randint(0, 2)):
            day = max(today - timedelta(days=chance.randint(0, 6)), WEEK[0])
            signed.add(log(store, maya, day=day, at=time(chance.randint(0, 11))))
        clock.forward(hours=1)
        days = store.ask(next_letter.period_of, maya.client, maya.diane)
        letter = proposal(store, maya, *days)
        if letter.passages and chance.random() < 0.7:
            copy = sent(store, maya, letter, days)
            if chance.random() < 0.8:
                told.update(used(letter))
            else:
                withdraw(store, copy, today)
        clock.forward(days=chance.randint(0, 4), hours=-1)
    days = store.ask(next_letter.period_of, maya.client, maya.diane)
    told.update(used(proposal(store, maya, *days)))
    assert signed <= told.keys()
    assert set(told.values()) == {1}
