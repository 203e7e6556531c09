"""A save whose end fails: done once, whether or not it stood after all."""

from collections.abc import Callable, Generator
from contextlib import AbstractContextManager, contextmanager

import pytest
from sqlalchemy import Connection, MetaData

from cmdesk.errors import Damaged, DiskFull, Problem
from cmdesk.store import audit, saving
from cmdesk.store.store import Store
from tests.store import small

pytestmark = pytest.mark.usefixtures("each_once")

KINDS: list[type[Problem]] = [Damaged, DiskFull, Problem]
Fails = Callable[[type[Problem], bool], None]


@pytest.fixture
def fails(monkeypatch: pytest.MonkeyPatch) -> Fails:
    """Return a function that has the next write fail, before or after its commit."""
    whole: Callable[[Store], AbstractContextManager[Connection]] = Store._writing

    left: list[tuple[type[Problem], bool]] = []

    @contextmanager
    def writing(self: Store) -> Generator[Connection]:
        kind, committed = left.pop() if left else (None, False)
        with whole(self) as connection:
            yield connection
            if kind and not committed:
                raise kind("No.")
        if kind:
            raise kind("No.")

    def arrange(kind: type[Problem], committed: bool) -> None:
        left.append((kind, committed))
        monkeypatch.setattr(Store, "_writing", writing)

    return arrange


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_committed_stands_once_and_can_be_taken_back(
    store: Store, fails: Fails, kind: type[Problem]
) -> None:
    fails(kind, True)
    assert store.do("Add client", small.add_client, "Maya") == 1
    assert store.ask(small.everything) == (((1, "Maya", None),), ())
    assert store.undo() == "Add client"
    assert store.ask(small.everything) == ((), ())
    assert store.examine(audit.verify) == []


@pytest.mark.parametrize("kind", KINDS[:2])
def test_what_the_second_try_committed_stands_once(
    store: Store, fails: Fails, kind: type[Problem]
) -> None:
    fails(kind, True)  # the second time
    fails(kind, False)
    assert store.do("Add client", small.add_client, "Maya") == 1
    assert store.ask(small.everything) == (((1, "Maya", None),), ())
    assert store.undo() == "Add client"
    assert store.ask(small.everything) == ((), ())


@pytest.mark.parametrize("kind", KINDS[:2])
def test_what_was_not_is_done_again(store: Store, fails: Fails, kind: type[Problem]) -> None:
    fails(kind, False)
    assert store.do("Add client", small.add_client, "Maya") == 1
    assert store.ask(small.everything) == (((1, "Maya", None),), ())
    assert store.undo() == "Add client"


def test_what_was_not_is_told_where_trying_again_is_the_users(store: Store, fails: Fails) -> None:
    fails(Problem, False)
    with pytest.raises(Problem, match="No"):
        store.do("Add client", small.add_client, "Maya")
    assert store.ask(small.everything) == ((), ())
    store.do("Add client", small.add_client, "Diane")
    assert store.undo() == "Add client"


def test_a_note_in_the_trail_stands_once(store: Store, fails: Fails) -> None:
    before = store.ask(small.trail)
    fails(Damaged, True)
    store.note("Printed", "print")
    assert len(store.ask(small.trail)) == len(before) + 1


def test_what_leaves_no_mark_in_the_trail_is_done_again(store: Store, fails: Fails) -> None:
    done: list[int] = []
    fails(Damaged, True)
    store.maintain([], lambda _: done.append(1))
    assert len(done) == 2


def test_no_connection_writes_unwatched(
    store: Store, fails: Fails, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk is gone for a moment, just as a new connection is made ready."""

    def gone(_connection: Connection, _metadata: MetaData) -> None:
        raise Problem("The disk did not answer.")

    fails(Damaged, False)
    with monkeypatch.context() as patched:
        patched.setattr(saving.journal, "watch", gone)
        with pytest.raises(Problem, match="did not answer"):
            store.do("Add client", small.add_client, "Maya")
    store.do("Add client", small.add_client, "Diane")
    assert store.undo() == "Add client"
    assert store.ask(small.everything) == ((), ())
