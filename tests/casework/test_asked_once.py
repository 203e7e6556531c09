"""A day and the letters' lists ask as many questions for eight families as for two."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from cmdesk.casework import next_letter, parties, today, today_shares, update_list, verdicts
from cmdesk.casework.today_shares import Share
from cmdesk.models.client import CircleMember, Client, Engagement
from cmdesk.models.consent import (
    Consent,
    ConsentRecipient,
    Restriction,
    RestrictionRecipient,
)
from cmdesk.models.entry import Draft, Entry, EntryParticipant, EntryWording, FollowUp
from cmdesk.models.goal import Goal, GoalMove
from cmdesk.models.merge import ClientMerge, PersonMerge
from cmdesk.models.person import Person
from cmdesk.models.rhythm import CadenceRule, Snooze
from cmdesk.models.task import Task
from cmdesk.models.update import Update, UpdateCopy, UpdatePlan
from cmdesk.rules.codes import Statement
from cmdesk.rules.consent import Outcome
from cmdesk.store.store import Store
from tests.bench.floor import overheard
from tests.records import MONDAY, WEEK

FRIDAY = date(2026, 3, 6)


def family(session: Session, number: int) -> None:
    """Add a client with a reader and a row of every kind that Today and the letters know."""
    born = date(1995, 5, 5)
    child, reader = (Person(given_name=f"{who}{number}", born=born) for who in ("Child", "Reader"))
    session.add_all([child, reader])
    session.flush()
    client = Client(person_id=child.id)
    session.add(client)
    session.flush()
    about, whom = {"client_id": client.id}, reader.id
    consent = Consent(
        kind=("part2_specific", "part2_tpo", "hipaa")[number % 3],
        topics=["progress", "housing"],
        purpose="Planning",
        signed_on=date(2026, 1, 1),
        expires_on=date(2026, 3, 20),
        signer="client",
        capacity="has",
        form_on_file=number % 4 != 3,
        statements=[each.value for each in Statement],
        **about,
    )
    entry = Entry(occurred_at=session.info["clock"]() - timedelta(days=3), **about,
                  occurred_zone="America/New_York", part2="no")  # fmt: skip
    days = {"period_from": WEEK[0] - timedelta(7), "period_until": WEEK[0] - timedelta(1)}
    update = Update(number=1, status="sent", **days, **about)
    waiting = Task(text="Records", state="waiting", waiting_on_id=whom, waiting_since=FRIDAY)
    goal = Goal(name="Sleep", **about)
    wish = Restriction(topics=["housing"], reason="Later.", **about)
    session.add_all([consent, entry, update, waiting, goal, wish])
    session.flush()
    tie = "therapist" if number % 3 == 1 and number % 2 else "mother"
    key = update_list.draft_key(client.id, f"p{whom}", *WEEK)
    at = {"at": entry.occurred_at, "entry_id": entry.id}
    words = {"topics": ["progress" if number % 2 else "housing"], "family_line": "A good week."}
    session.add_all([
        CircleMember(person_id=whom, relationship=tie, **about),
        Engagement(began_on=date(2026, 1, 5), **about),
        ConsentRecipient(consent_id=consent.id, person_id=whom),
        RestrictionRecipient(restriction_id=wish.id, person_id=whom),
        EntryParticipant(entry_id=entry.id, person_id=whom),
        EntryWording(**at, **words),
        FollowUp(entry_id=entry.id, text="Call", due=MONDAY),
        CadenceRule(person_id=whom, every_days=1, **about),
        Task(text="Form", due=MONDAY, **about),
        Snooze(kind="task", record=waiting.id, until=date(2026, 3, 12)),
        GoalMove(goal_id=goal.id, moved_on=date(2026, 1, 5), status="active"),
        UpdatePlan(recipient_id=whom, **about),
        UpdateCopy(update_id=update.id, person_id=whom),
        Draft(key=key, client_id=client.id, body={"letter": {"headline": f"No. {number}"}}),
    ])  # fmt: skip
    session.flush()
    entry.status = "signed"


def families(session: Session, first: int, beyond: int) -> None:
    for number in range(first, beyond):
        family(session, number)


def twins(session: Session) -> None:
    """Let two readers and one client be known by a second number each."""
    for number in (1, 2):
        reader = session.query(Person).filter_by(given_name=f"Reader{number}").one()
        twin = Person(given_name="Twin")
        session.add(twin)
        session.flush()
        session.add(PersonMerge(person_id=twin.id, kept_id=reader.id))
    child = session.query(Person).filter_by(given_name="Child4").one()
    kept = session.query(Client).filter_by(person_id=child.id).one()
    other = Person(given_name="Other")
    session.add(other)
    session.flush()
    gone = Client(person_id=other.id)
    session.add(gone)
    session.flush()
    session.add(ClientMerge(client_id=gone.id, kept_id=kept.id))


def letters(session: Session) -> list[tuple[int, str]]:
    return [(each.client_id, f"p{each.recipient_id}") for each in session.query(UpdatePlan)]


def shared(session: Session) -> dict[tuple[int, str], Share]:
    return today_shares.shares(session, letters(session))


ASKED: dict[str, Callable[[Session], object]] = {
    "today": lambda session: today.page(session, 7),
    "shares": shared,
    "growing": lambda session: next_letter.growing(session, 1),
    "due": update_list.due,
    "begun": update_list.begun,
    "sent": update_list.sent,
}


def counts(store: Store) -> dict[str, int]:
    def count(work: Callable[[Session], object]) -> int:
        return len(overheard(store._reader, lambda: store.ask(work)))

    return {name: count(work) for name, work in ASKED.items()}


def test_more_families_are_no_more_questions(store: Store) -> None:
    store.do("Add", families, 0, 3)
    few = counts(store)
    store.do("Add", families, 3, 12)
    assert counts(store) == few
    assert len(store.ask(update_list.due)) == len(store.ask(update_list.begun)) == 12
    assert [row.headline for row in store.ask(update_list.begun)][-1] == "No. 0"
    assert {row.client.full for row in store.ask(update_list.sent)} == {
        f"Child{number}" for number in range(12)
    }


def test_what_is_asked_at_once_is_what_each_is_told(store: Store) -> None:
    store.do("Add", families, 0, 12)
    store.do("Merge", twins)

    def one_by_one(session: Session) -> list[Any]:
        told: list[Any] = []
        days: dict[tuple[int, str], tuple[date, date]] = {}
        for row in update_list.due(session):
            days[row.client_id, row.party.key] = (row.first, row.last)
            (own,) = next_letter.growing(session, row.client_id)
            told.append(
                ((own.first, own.last, own.no_consent), (row.first, row.last, row.no_consent))
            )
            share = shared(session)[row.client_id, row.party.key]
            told.append((Share(own.told, own.entries), share))
            stand = verdicts.standing(session, row.client_id, row.party, MONDAY)
            told.append((row.no_consent, stand.no_consent))
        for (client_id, key), share in shared(session).items():
            party = parties.of_key(session, key)
            assert days[client_id, key] == (WEEK[0], MONDAY)  # it grows from the last one on
            judged = verdicts.of_period(session, client_id, party, *days[client_id, key])
            open_ones = sum(each.verdict.outcome is not Outcome.KEEP_BACK for each in judged)
            told.append((share, Share(open_ones, len(judged))))
        return told

    told = store.ask(one_by_one)
    assert all(once == each for once, each in told)
    assert len({once for once, _ in told}) > 4  # some may, some may not, for several reasons
