"""The card before a call: who was reached, what is open, and what may be told, never looser."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from sqlalchemy.orm import Session

from cmdesk.casework import consents, entries, people, pre_call, updates, verdicts
from cmdesk.casework.may_hear import Covered, Held, MayHear
from cmdesk.casework.pre_call import Number, PreCall, Promise, Talk
from cmdesk.errors import Problem
from cmdesk.models.client import Client
from cmdesk.models.consent import Disclosure
from cmdesk.models.task import Task, TaskLink
from cmdesk.rules import consent as rules
from cmdesk.rules.codes import ConsentKind
from cmdesk.rules.contact_codes import EntryStatus, Part2
from cmdesk.rules.people_draft import PointDraft
from cmdesk.rules.topics import Topic
from cmdesk.store.store import Store
from tests.records import MONDAY, Clock, Maya, contact, log


def of_diane(store: Store, maya: Maya) -> PreCall:
    return store.ask(pre_call.card, maya.client, maya.diane.person_id or 0)


def heard(store: Store, maya: Maya) -> MayHear:
    return of_diane(store, maya).may_hear


def diane(maya: Maya) -> tuple[int, ...]:
    return (maya.diane.person_id or 0,)


def test_who_it_is_and_how_to_reach_them(store: Store, maya: Maya) -> None:
    found = store.ask(people.draft, maya.client, maya.diane.person_id)
    first = PointDraft(
        value="718 555 0110", voicemail="voicemail_identify", best_times="After five"
    )
    fax = PointDraft(kind="fax", value="718 555 0199", preferred=True)
    work = PointDraft(kind="work", value="718 555 0142", preferred=True, may_call=False)
    changed = replace(found, language="es", interpreter=True, points=(first, fax, work))
    store.do("Save", people.save, changed)
    card = of_diane(store, maya)
    assert card.name.full == "Diane Brenner"
    assert card.relationships == ("mother",)
    assert (card.language, card.interpreter, card.warned) == ("Spanish", True, "")
    assert card.numbers[0] == Number(
        "(718) 555-0142", "work", may_call=False, voicemail="voicemail_none", may_text=False,
        best_times="",
    )  # fmt: skip
    assert card.number is not None
    assert (card.number.voicemail, card.number.best_times) == ("voicemail_identify", "After five")
    with pytest.raises(Problem, match="no longer there"):
        store.ask(pre_call.card, 999, maya.diane.person_id or 0)
    with pytest.raises(Problem, match="no longer there"):
        store.ask(pre_call.card, maya.client, 999)


def test_last_reached_and_tries_since(store: Store, maya: Maya, clock: Clock) -> None:
    assert of_diane(store, maya).reached is None
    log(store, maya, participants=diane(maya), day=date(2026, 3, 2))
    log(store, maya, participants=diane(maya), day=date(2026, 3, 4), at=time(23, 30))
    for day in (6, 7):
        log(store, maya, participants=diane(maya), day=date(2026, 3, day), outcome="no_answer")
    log(store, maya, participants=diane(maya), day=date(2026, 3, 8), kind="internal_note")
    wrong = log(store, maya, participants=diane(maya), day=date(2026, 3, 8))
    store.do("Mark", entries.mark_wrong_chart, wrong, "Mixed up")
    log(store, maya, day=date(2026, 3, 8))  # with Tess
    card = of_diane(store, maya)
    assert card.reached == Talk(date(2026, 3, 4), "contact", "phone", "outbound", "reached", 20)
    assert card.tried == 2
    assert card.last_try is not None
    assert card.last_try.on == date(2026, 3, 7)
    # Logged today without a time: it stands at noon, and it is not noon yet.
    clock.forward(hours=-2)
    log(store, maya, participants=diane(maya), day=MONDAY, at=None)
    card = of_diane(store, maya)
    assert (card.reached and card.reached.on, card.tried, card.last_try) == (MONDAY, 0, None)
    clock.forward(days=-1)  # what is dated ahead has not happened yet
    card = of_diane(store, maya)
    assert (card.reached and card.reached.on) == date(2026, 3, 4)


def test_promises_both_ways(store: Store, maya: Maya) -> None:
    later, soon = date(2026, 3, 20), date(2026, 3, 10)
    log(store, maya, participants=diane(maya), follow_up="Send the list", follow_up_on=later)
    log(store, maya, follow_up="For Tess alone")
    them = maya.diane.person_id

    def add(session: Session) -> None:
        linked = Task(client_id=maya.client, text="Ask about the ride", due=soon)
        session.add_all(
            [
                linked,
                Task(client_id=maya.client, text="About nobody", due=soon),
                Task(client_id=maya.client, text="Insurance card", state="waiting",
                     waiting_on_id=them, waiting_since=MONDAY),
                Task(client_id=maya.client, text="Long done", state="done", done_on=MONDAY,
                     waiting_on_id=them),
                Task(client_id=maya.client, text="Given up", state="dropped", waiting_on_id=them),
            ]
        )  # fmt: skip
        session.flush()
        session.add(TaskLink(task_id=linked.id, person_id=them))

    store.do("Add", add)
    card = of_diane(store, maya)
    assert card.mine == (Promise("Ask about the ride", soon), Promise("Send the list", later))
    assert card.theirs == (Promise("Insurance card", None, MONDAY),)


def test_what_is_covered_is_what_the_verdict_shares(store: Store, maya: Maya) -> None:
    stand = store.ask(verdicts.standing, maya.client, maya.diane, MONDAY)
    may = heard(store, maya)
    assert may.reason == ""
    told = {(code, each.part2) for each in may.covered for code in each.topics}
    for topic in Topic:
        for part2 in (Part2.YES, Part2.NO):
            entry = rules.Entry("", EntryStatus.SIGNED, frozenset({topic}), part2)
            shared = rules.verdict(entry, stand).outcome == rules.Outcome.SHARE
            assert shared == (
                (topic, True) in told or (part2 == Part2.NO and (topic, False) in told)
            )
    (only,) = may.covered
    assert only.until == store.ask(consents.rows, maya.client)[0].last_day


def test_an_ordinary_form_does_not_reach_what_is_protected(store: Store, maya: Maya) -> None:
    form = store.ask(consents.draft, maya.consent)
    plain = replace(form, kind=ConsentKind.HIPAA, channels=("paper",), topics=("progress",))
    store.do("Save", consents.save, plain, maya.consent)
    assert heard(store, maya).covered == (
        Covered(("progress",), form.expires_on, part2=False, by_phone=False),
    )


def test_the_one_reason_when_nothing_may_be_told(store: Store, maya: Maya) -> None:
    store.do("End", consents.end, maya.consent)
    may = heard(store, maya)
    assert may.covered == ()
    assert may.reason == "Diane's consent was revoked by word March 9"
    tess = store.ask(pre_call.card, maya.client, maya.tess.person_id or 0)
    assert tess.may_hear.reason == "No consent names Tess"


def test_open_wishes_hold_back(store: Store, maya: Maya) -> None:
    def hold(topics: list[str], until: date | None, words: str) -> None:
        store.do("Hold", consents.hold_back, maya.client, topics, [maya.diane.key], until, words)

    hold(["progress"], date(2026, 3, 14), "Maya wants to tell her mother herself")
    may = heard(store, maya)
    assert "progress" not in {code for each in may.covered for code in each.topics}
    assert may.held[1:] == (
        Held("Maya wants to tell her mother herself", ("progress",), date(2026, 3, 14), False),
    )
    hold([], None, "")
    may = heard(store, maya)
    assert may.covered == ()
    assert may.held[2].words == "Maya asked to keep this from Diane"
    assert may.reason in {each.words for each in may.held}


def test_the_client_hears_everything(store: Store, maya: Maya) -> None:
    own = store.ask(lambda session: session.get_one(Client, maya.client).person_id)
    assert store.ask(pre_call.card, maya.client, own).may_hear == MayHear(own=True)


def test_the_last_three_things_told(store: Store, maya: Maya) -> None:
    def disclose(session: Session, day: int, what: str, **more: Any) -> int:
        row = Disclosure(
            client_id=maya.client,
            at=datetime(2026, 3, day, 3, tzinfo=UTC),  # the evening before in New York
            zone="America/New_York",
            basis="consent",
            recipient_person_id=maya.diane.person_id,
            recipient_name="Diane Brenner",
            discloser="Ana",
            what=what,
            categories=["progress"],
            channel="phone",
            **more,
        )
        session.add(row)
        session.flush()
        return row.id

    for day in range(2, 6):
        store.do("Tell", disclose, day, f"Told {day}")
    undone = store.do("Tell", disclose, 6, "It did not happen")
    store.do("Correct", disclose, 7, "Taken back", correction_of_id=undone)
    told = of_diane(store, maya).told
    assert [each.what for each in told] == ["Told 5", "Told 4", "Told 3"]
    assert (told[0].on, told[0].topics, told[0].channel) == (
        date(2026, 3, 4),
        ("progress",),
        "phone",
    )


def test_it_is_no_looser_than_a_letter(store: Store, maya: Maya) -> None:
    """What the card says may not be told today can't be in today's letter either."""
    log(store, maya, topics=("medication",), family_line="She takes it.")
    assert "medication" not in {c for each in heard(store, maya).covered for c in each.topics}
    released = store.ask(updates.release, maya.client, maya.diane, date(2026, 3, 2), MONDAY)
    assert "medication" not in released.topics
    assert contact(maya).topics == ("progress",)
