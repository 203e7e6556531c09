"""Several reads in one look: of one moment, in one transaction, each thread by itself."""

import threading
from collections.abc import Generator

import pytest
from sqlalchemy import Connection, event
from sqlalchemy.orm import Session

from cmdesk.errors import Damaged
from cmdesk.store.store import Store
from tests.store import small

MAYA = (((1, "Maya", None),), ())
MIA = (((1, "Mia", None),), ())


@pytest.fixture
def begun(store: Store) -> Generator[list[Connection]]:
    """Count the transactions that are begun for reading."""
    heard: list[Connection] = []
    hear = heard.append
    event.listen(store._reader, "begin", hear)
    yield heard
    event.remove(store._reader, "begin", hear)


def test_a_look_waits_for_a_save_once(store: Store, begun: list[Connection]) -> None:
    store.do("Add client", small.add_client, "Maya")
    saving = threading.Thread(target=store.do, args=("Rename", small.rename_all, "Mia"))
    with store.look():
        assert store.ask(small.everything) == MAYA
        saving.start()
        with store.look():  # within another it is the same
            assert store.ask(small.everything) == MAYA
        assert store.ask(small.everything) == MAYA
        assert len(begun) == 1
    saving.join()
    assert store.ask(small.everything) == MIA
    assert store.ask(small.everything) == MIA
    assert len(begun) == 3


def test_another_thread_looks_for_itself(store: Store, begun: list[Connection]) -> None:
    with store.look():
        store.ask(small.everything)
        other = threading.Thread(target=store.ask, args=(small.everything,))
        other.start()
        other.join()
    assert len(begun) == 2


def test_a_page_the_disk_did_not_give_back_is_read_again(store: Store) -> None:
    store.do("Add client", small.add_client, "Maya")
    tries: list[int] = []

    def stumble(session: Session) -> object:
        tries.append(1)
        if len(tries) == 1:
            raise Damaged("A page is gone.")
        return small.everything(session)

    with store.look():
        assert store.ask(small.everything) == MAYA
        assert store.ask(stumble) == MAYA
        assert store.ask(small.everything) == MAYA
    store.do("Rename", small.rename_all, "Mia")
    assert store.ask(small.everything) == MIA
