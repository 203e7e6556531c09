import time
from collections.abc import Callable
from typing import TypeVar

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from cmdesk.store import audit
from cmdesk.store.audit import Head
from cmdesk.store.journal import Label
from cmdesk.store.store import Store
from tests.store import small

T = TypeVar("T")


def harmed(store: Store, *statements: str, anchor: Head | None = None) -> list[str]:
    """Return what a check says of the trail after an intruder was there; nothing is kept."""

    def examine(connection: Connection, key: bytearray) -> list[str]:
        for trigger in ("audit_never_changes", "audit_never_shrinks"):
            connection.exec_driver_sql(f"DROP TRIGGER {trigger}")
        for statement in statements:
            connection.exec_driver_sql(statement)
        return audit.verify(connection, key, anchor)

    return store.examine(examine)


@pytest.fixture
def told(store: Store) -> Store:
    for name in ("Maya", "Diane", "Tess", "Kevin"):
        store.do(f"Add {name}", small.add_client, name)
    return store


def test_each_act_has_a_row(told: Store) -> None:
    told.do(Label("Sign", undoable=False, kind="sign"), small.rename_all, "x")
    told.do("Remove", small.remove_client, 2)
    told.undo()
    told.redo()
    told.note("Opened Maya's chart", "view")
    assert told.ask(small.trail)[-5:] == [
        ("Sign", "sign", '{"client":[[1,4]]}'),
        ("Remove", "write", '{"client":[2]}'),
        ("Remove", "undo", '{"client":[2]}'),
        ("Remove", "redo", '{"client":[2]}'),
        ("Opened Maya's chart", "view", "{}"),
    ]
    assert told.undo_label == "Remove"
    assert harmed(told) == []


def test_the_digest_tells_one_change_from_another(told: Store) -> None:
    def digests(session: Session) -> list[str]:
        return [str(row[0]) for row in session.execute(text("SELECT digest FROM audit"))]

    told.do("Rename", small.rename_all, "Same")
    told.do("Rename", small.rename_all, "Other")
    seen = [digest for digest in told.ask(digests) if digest]
    assert len(seen) == len(set(seen)) == 6


@pytest.mark.parametrize(
    ("statement", "why"),
    [
        ("UPDATE audit SET act = 'Add Nobody' WHERE seq = 4", "Row 4 of the audit trail was"),
        ("UPDATE audit SET at = '2020' WHERE seq = 4", "Row 4 of the audit trail was"),
        ("DELETE FROM audit WHERE seq = 4", "Rows 4 to 4 of the audit trail are missing"),
        ("DELETE FROM audit WHERE seq = 1", "Rows 1 to 1 of the audit trail are missing"),
        (
            "INSERT INTO audit VALUES (99, '2026', 'Viewed', 'view', '{}', '', '', '')",
            "Row 99 of the audit trail was changed",
        ),
    ],
)
def test_edits_and_deletions_are_noticed(told: Store, statement: str, why: str) -> None:
    assert any(why in finding for finding in harmed(told, statement))


def test_a_cut_tail_is_seen_against_an_anchor_alone(told: Store) -> None:
    anchor = told.examine(lambda connection, _key: audit.head(connection))
    last = "DELETE FROM audit WHERE seq = (SELECT max(seq) FROM audit)"
    assert harmed(told, last) == []  # the control: the chain alone does not tell
    assert "once held" in harmed(told, last, anchor=anchor)[0]
    assert harmed(told, anchor=anchor) == []


def test_the_trail_is_only_ever_added_to(told: Store) -> None:
    for statement in ("UPDATE audit SET act = 'x'", "DELETE FROM audit"):

        def tamper(session: Session, statement: str = statement) -> None:
            session.execute(text(statement))

        with pytest.raises(IntegrityError, match="only ever added to"):
            told.do("Tamper", tamper)


def test_fifty_thousand_rows_take_less_than_a_second_to_attest(store: Store) -> None:
    def many(session: Session, size: int) -> None:
        rows = [{"client_id": 1, "words": f"note {n}"} for n in range(size)]
        session.connection().exec_driver_sql("DROP TRIGGER note_in")  # not the index's speed
        session.execute(small.NOTE.insert(), rows)

    store.do("Add client", small.add_client, "Maya")
    writing = _timed(lambda: store.do("Import", many, 50_000))
    assert store.ask(small.trail)[-1] == ("Import", "write", '{"note":[[1,50000]]}')
    assert store.undo_label is None  # over the budget
    assert writing < 5  # 0.7 s measured; wide enough for a busy machine


def _timed(work: Callable[[], T]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
