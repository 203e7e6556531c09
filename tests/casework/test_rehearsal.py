"""What the first pages ask is compiled beforehand, and nothing of it is anybody's."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.casework import rehearsal, tasks, timeline, today
from cmdesk.models import complete
from cmdesk.models.client import Client
from cmdesk.models.rhythm import CadenceRule
from cmdesk.store import engine, statements
from cmdesk.store.rehearsal import rehearse
from cmdesk.store.store import Store
from tests.records import MONDAY, Maya, log


def now() -> datetime:
    return datetime(2026, 3, 9, 14, tzinfo=UTC)


def test_engines_begin_with_what_was_rehearsed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(statements, "_REHEARSED", [])
    before = engine.scratch(now)
    assert len(statements.of(before)) == 0
    rehearse(complete(), rehearsal.nobody, rehearsal.ASKED, now)
    made = engine.scratch(now)
    complete().create_all(made, checkfirst=False)
    with Session(made) as session:
        session.info["clock"] = now
        known = set(statements.of(made))
        assert session.scalar(select(Client.id)) is None  # the statements alone were kept
        asked_besides = set(statements.of(made)) - known
        today.page(session)
        assert set(statements.of(made)) - known == asked_besides
    assert not asked_besides & set(statements.of(engine.scratch(now)))
    before.dispose()
    made.dispose()


def test_a_practice_at_work_asks_nothing_new(
    monkeypatch: pytest.MonkeyPatch, store: Store, maya: Maya
) -> None:
    """A consent, a contact and what was promised in it, a call and a task on Today."""
    monkeypatch.setattr(statements, "_REHEARSED", [])
    rehearse(complete(), rehearsal.nobody, rehearsal.ASKED, now)
    rehearsed = set(statements.fresh())
    log(store, maya, follow_up="Call the clinic", follow_up_on=MONDAY)
    store.do("Plan a step", tasks.add, maya.client, "Ask for the letter", MONDAY)
    store.do("Agree", lambda session: session.add(CadenceRule(client_id=maya.client, every_days=1)))
    asked = statements.of(store._reader)
    asked.clear()
    assert {row.kind for row in store.ask(today.page).rows} >= {"task", "follow_up", "cadence"}
    assert store.ask(timeline.standings, maya.client)
    assert asked
    new = set(asked) - rehearsed
    assert not [str(asked[key]) for key in new]


def test_everything_asked_is_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(statements, "_REHEARSED", [])
    answered: list[object] = []

    def again(session: Session, client: int) -> None:
        answered.extend(each(session, client) for each in rehearsal.ASKED)

    rehearse(complete(), rehearsal.nobody, [again], now)
    assert len(answered) == len(rehearsal.ASKED)
