"""What the first pages ask is compiled beforehand, and nothing of it is anybody's."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.casework import rehearsal, today
from cmdesk.models import complete
from cmdesk.models.client import Client
from cmdesk.store import engine, statements
from cmdesk.store.rehearsal import rehearse


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


def test_everything_asked_is_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(statements, "_REHEARSED", [])
    answered: list[object] = []

    def again(session: Session, client: int) -> None:
        answered.extend(each(session, client) for each in rehearsal.ASKED)

    rehearse(complete(), rehearsal.nobody, [again], now)
    assert len(answered) == len(rehearsal.ASKED)
