import threading
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from cmdesk.errors import Damaged, Problem
from cmdesk.store import engine, keys, troubles
from cmdesk.store.header import RECORDS
from cmdesk.store.store import Store
from tests.store import small


def test_a_full_disk_is_told_and_nothing_is_lost(store: Store) -> None:
    store.do("Add client", small.add_client, "Maya")

    def fill(session: Session) -> None:
        pages = session.execute(text("PRAGMA page_count")).scalar_one()
        session.execute(text(f"PRAGMA max_page_count = {pages + 2}"))
        small.add_client(session, "Long", b"\1" * 100_000)

    with pytest.raises(Problem, match="disk is full"):
        store.do("Add client", fill)
    assert store.ask(small.everything) == (((1, "Maya", None),), ())
    store.do("Rename", small.rename_all, "Mia")


def test_a_constraint_is_a_bug_and_quotes_nobody(store: Store) -> None:
    def without_client(session: Session) -> None:
        small.add_note(session, 99, "Maya's secret")

    with pytest.raises(IntegrityError) as caught:
        store.do("Add note", without_client)
    assert "secret" not in str(caught.value)


def test_a_commit_waits_for_readers(store: Store) -> None:
    store.do("Add client", small.add_client, "Maya")
    reading, finish = threading.Event(), threading.Event()

    def read_slowly(session: Session) -> None:
        small.everything(session)
        reading.set()
        finish.wait(10)

    reader = threading.Thread(target=store.ask, args=(read_slowly,))
    reader.start()
    reading.wait(10)
    release = threading.Timer(0.2, finish.set)
    release.start()
    store.do("Rename", small.rename_all, "Mia")
    assert finish.is_set()
    reader.join()
    assert store.ask(small.everything) == (((1, "Mia", None),), ())


def test_many_threads_write_one_after_the_other(store: Store) -> None:
    def add(session: Session) -> None:
        count = session.execute(text("SELECT count(*) FROM client")).scalar_one()
        small.add_client(session, str(count))

    def write() -> None:
        for _ in range(10):
            store.do("Add", add)

    threads = [threading.Thread(target=write) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    def names(session: Session) -> list[str]:
        return [str(r[0]) for r in session.execute(text("SELECT name FROM client ORDER BY id"))]

    assert store.ask(names) == [str(n) for n in range(60)]


def test_another_program_with_the_records_is_told(store: Store) -> None:
    store.ask(small.everything)
    reader = store._reader.raw_connection()  # the one reader there is so far
    reader.cursor().execute("PRAGMA busy_timeout = 1")
    reader.close()
    other = engine.connect(store.folder / RECORDS, store.keys)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(Problem, match="Another program"):
        store.ask(small.everything)
    other.execute("ROLLBACK")
    other.close()
    store.ask(small.everything)


def test_words_for_every_code_name_what_to_do() -> None:
    for kind, message, hint in troubles._WORDS.values():
        assert issubclass(kind, Problem)
        assert message.endswith(".")
        assert hint.endswith(".")
    assert troubles._WORDS[11][0] is troubles._WORDS[26][0] is Damaged


def test_the_wrong_key_is_damage_not_a_traceback(folder: Path) -> None:
    held = keys.unlock(folder, small.PASSPHRASE)
    held.dek[0] ^= 1
    with pytest.raises(Damaged, match="right key"):
        engine.connect(folder / RECORDS, held)
    with pytest.raises(Problem, match="can't be opened"):
        engine.connect(folder / "none.db", held)
    assert not (folder / "none.db").exists()
