"""A save whose end fails: done once, whether or not it stood after all."""

from collections.abc import Callable, Generator
from contextlib import AbstractContextManager, contextmanager

import pytest
from sqlalchemy import Connection

from cmdesk.errors import Damaged
from cmdesk.store import audit
from cmdesk.store.store import Store
from tests.store import small

Opening = Callable[[Store], AbstractContextManager[Connection]]


@contextmanager
def after_the_commit(store: Store, whole: Opening) -> Generator[Connection]:
    with whole(store) as connection:
        yield connection
    raise Damaged("The records are damaged.")


@contextmanager
def before_the_commit(store: Store, whole: Opening) -> Generator[Connection]:
    with whole(store) as connection:
        yield connection
        raise Damaged("The records are damaged.")


@pytest.fixture(params=[after_the_commit, before_the_commit])
def failing(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, store: Store) -> Store:
    """Give a vault whose next write fails at its end, once."""
    whole: Opening = Store._writing
    left = [True]

    def opening(self: Store) -> AbstractContextManager[Connection]:
        return request.param(self, whole) if left and left.pop() else whole(self)

    monkeypatch.setattr(Store, "_writing", opening)
    return store


def test_an_act_stands_once_and_can_be_taken_back(failing: Store) -> None:
    assert failing.do("Add client", small.add_client, "Maya") == 1
    assert failing.ask(small.everything) == (((1, "Maya", None),), ())
    assert failing.undo() == "Add client"
    assert failing.ask(small.everything) == ((), ())


def test_a_note_in_the_trail_stands_once(failing: Store) -> None:
    before = failing.ask(small.trail)
    failing.note("Printed", "print")
    assert len(failing.ask(small.trail)) == len(before) + 1
    assert failing.examine(audit.verify) == []


def test_what_leaves_no_mark_in_the_trail_is_done_again(failing: Store) -> None:
    done: list[int] = []
    failing.maintain([], lambda _: done.append(1))
    assert len(done) == 2
