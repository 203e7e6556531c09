"""A vault of the first schema comes up to today's: nothing lost, nothing moved, all of it found."""

import json
import shutil
from itertools import zip_longest
from pathlib import Path
from typing import cast

import pytest
from sqlalchemy import Connection, event
from sqlalchemy.engine import Engine

from cmdesk.casework import search
from cmdesk.exchange.export import practice_file
from cmdesk.models import complete
from cmdesk.store import audit, engine, migrate, vault
from cmdesk.store.check import check
from cmdesk.store.header import FLOOR, RECORDS
from cmdesk.store.migrate import MigrationRefused
from cmdesk.store.store import Store
from tests import once
from tests.migrations import old
from tests.store import small

QUESTIONS = ("maya", "sat*", "dr*", '"visit"', "lodz", "notes*", "2*", "the")
BARE = "9865550*"  # what the filler's numbers begin with
NEW_TABLES = {
    "appeal", "authorization", "backup_run", "cadence_rule", "calendar_event", "candidate_answer",
    "candidate_move", "care_event", "client_merge", "extension", "family_word", "first_visit",
    "goal", "goal_move", "handoff", "inquiry", "letter_event", "letter_promise",
    "letter_template", "measure_result", "medication", "person_merge", "placement_candidate",
    "placement_need", "placement_search", "policy", "privacy_incident", "provider_fact",
    "provider_tie", "records_request", "referral", "review_call", "rights_request", "safety_plan",
    "safety_step", "saved_view", "site_visit", "snippet", "snooze", "state_rule", "task_link",
    "task_set", "task_set_step", "told_statement", "transition", "transition_lane",
    "transition_step",
}  # fmt: skip


GROWN = ("episode", "organisation", "professional")  # they have columns more
GROWN_INDEXES = {"ix_organisation_mine", "ix_professional_npi"}


def of_new_table(index: str) -> bool:
    return index.startswith(tuple(f"ix_{table}_" for table in NEW_TABLES))


def opened(folder: Path) -> Store:
    return vault.open_store(folder, old.keys(), complete(), old.now)


@pytest.fixture(autouse=True)
def each_once(monkeypatch: pytest.MonkeyPatch) -> None:
    once.work_out_once(monkeypatch)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return old.copied(tmp_path)


@pytest.fixture(scope="module")
def filled_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an old vault with 200 more rows in every table."""
    folder = old.copied(tmp_path_factory.mktemp("filled"))
    old.fill(folder)
    return folder


@pytest.fixture(scope="module")
def upgraded(filled_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the filled one brought up, to be looked at."""
    folder = tmp_path_factory.mktemp("upgraded") / "upgraded.cmdesk"
    shutil.copytree(filled_once, folder)
    old.upgrade(folder)
    return folder


@pytest.fixture
def filled(filled_once: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(filled_once, tmp_path / "filled.cmdesk"))


def test_its_passphrase_opens_it(folder: Path) -> None:
    store = vault.unlock_and_open(folder, complete(), old.now, passphrase=old.PASSPHRASE)
    assert check(store) == []
    assert store.keys.header.app_schema == migrate.newest(migrate.default_place())
    assert store.ask(small.trail)[-2:] == [
        ("Records upgraded from 0002 to 0010", "migration", "{}"),
        ("Unlocked", "unlock", "{}"),
    ]
    store.close()
    again = opened(folder)
    assert again.ask(small.trail)[-1] == ("Unlocked", "unlock", "{}")
    again.close()


def test_nothing_of_a_filled_vault_is_lost(filled_once: Path, upgraded: Path) -> None:
    before = old.seen(filled_once)
    assert min(len(before.rows[t]) for t in before.rows if t not in old.OF_THE_STORE) >= old.ROWS
    asked = {q: (old.found(filled_once, "search", q), old.found(filled_once, "search_names", q))
             for q in QUESTIONS}  # fmt: skip
    assert [question for question, both in asked.items() if not any(both)] == []
    assert old.found(filled_once, "search_names", BARE) == []
    after = old.seen(upgraded, before.columns)
    assert set(after.rows) - set(before.rows) == NEW_TABLES
    for table, rows in before.rows.items():
        if table != "alembic_version":
            assert after.rows[table] == rows, table
    for question, (dated, names) in asked.items():
        assert old.found(upgraded, "search", question) == dated
        assert old.found(upgraded, "search_names", question) == names
    assert len(old.found(upgraded, "search_names", BARE)) == old.ROWS


def test_everything_made_around_the_tables_stands(filled_once: Path, upgraded: Path) -> None:
    before = old.seen(filled_once)
    after = old.seen(upgraded)
    for place, sql in before.sql.items():
        if place[1] not in {*old.NOW_DIFFERENT, *GROWN}:
            assert after.sql[place] == sql
    assert after.named("trigger") == before.named("trigger")
    new = {"ix_audit_kind", *GROWN_INDEXES} | {
        index for index in after.named("index") if of_new_table(index)
    }
    assert after.named("index") - before.named("index") == new
    for index in ("search", "search_names"):
        raw = engine.connect(upgraded / RECORDS, old.keys())
        kept = raw.execute(f"SELECT v FROM {index}_config WHERE k = 'secure-delete'").fetchall()
        raw.close()
        assert kept == [(1,)]


def test_it_becomes_what_a_new_vault_is(folder: Path, tmp_path: Path) -> None:
    old.upgrade(folder)
    made, _ = vault.create(tmp_path / "new.cmdesk", old.PASSPHRASE, complete(), old.now, kdf=FLOOR)
    connection = engine.connect(made.folder / RECORDS, made.keys)
    ask = "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL"
    new = {(kind, name): sql for kind, name, sql in connection.execute(ask).fetchall()}
    connection.close()
    made.close()
    assert old.seen(folder).sql == new


def test_the_trail_goes_on_where_it_was(filled: Path) -> None:
    before = old.seen(filled).rows["audit"]
    head = audit.Head(int(str(before[-1][0])), str(before[-1][-1]))
    store = opened(filled)

    def verify(connection: Connection, key: bytearray) -> list[str]:
        return audit.verify(connection, key, head)

    assert store.examine(verify) == []
    assert check(store) == []
    store.close()
    assert old.seen(filled).rows["audit"][: len(before)] == before


def test_what_it_exports_is_what_it_exported(folder: Path) -> None:
    store = opened(folder)
    after = json.loads(store.ask(practice_file))
    store.close()
    assert lost(old.expected_export(), after, "") == []
    del after["clients"][0]["entries"][0]["narrative"]
    assert lost(old.expected_export(), after, "") == ["/clients/0/entries/0/narrative"]


def lost(before: object, after: object, place: str) -> list[str]:
    """Name what was told before and is not, or differently, now; what is new may be beside it."""
    if isinstance(before, dict) and isinstance(after, dict):
        told, now = cast("dict[str, object]", before), cast("dict[str, object]", after)
        return [gone for key in told for gone in lost(told[key], now.get(key), f"{place}/{key}")]
    if isinstance(before, list) and isinstance(after, list):
        pairs = zip_longest(cast("list[object]", before), cast("list[object]", after))
        return [gone for n, (b, a) in enumerate(pairs) for gone in lost(b, a, f"{place}/{n}")]
    return [] if before == after else [place]


def test_old_numbers_are_found_however_they_are_typed(filled: Path) -> None:
    store = opened(filled)
    ways = ("(986) 555-0123", "9865550123", "555-0123", "19865550123", "0123")
    found = [{hit.id for hit in store.ask(search.search, way)} for way in ways]
    store.close()
    assert found[0]
    assert all(each >= found[0] for each in found)


class Broken(Exception):
    """What a test put in the way of a statement."""


class Trap:
    """Breaks the n-th statement, or lets all pass and counts them."""

    def __init__(self, at: int) -> None:
        self.at, self.count, self.statements = at, 0, [""]

    def __call__(self, _connection: object, _cursor: object, statement: str, *_: object) -> None:
        self.count += 1
        self.statements.append(statement)
        if self.count == self.at:
            raise Broken(statement)


def run(folder: Path, at: int = 0) -> Trap:
    trap = Trap(at)
    event.listen(Engine, "before_cursor_execute", trap)
    try:
        old.upgrade(folder)
    finally:
        event.remove(Engine, "before_cursor_execute", trap)
    return trap


LOOKING = ("SELECT", "PRAGMA")


def first_of_each_kind(statements: list[str]) -> list[int]:
    """Number the first that looks, that makes a table, that puts in rows and so on."""
    first: dict[str, int] = {}
    for number, statement in enumerate(statements):
        words = statement.split()[:2]
        first.setdefault(" ".join(words[:1] if statement.startswith(LOOKING) else words), number)
    return [number for number in first.values() if number]


def test_broken_off_at_any_statement_it_is_as_it_was(
    folder: Path, tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    """In the long run every statement that changes something; else one of each kind."""
    whole = run(Path(shutil.copytree(folder, tmp_path / "whole.cmdesk")))
    changing = [n for n in range(1, whole.count + 1)
                if not whole.statements[n].startswith(LOOKING)]  # fmt: skip
    assert len(changing) >= 15
    before = old.seen(folder)
    tried = {*first_of_each_kind(whole.statements), changing[-1], whole.count}
    if pytestconfig.getoption("--torture"):
        tried |= {*changing, *range(1, whole.count + 1, 5)}
    for at in sorted(tried):
        with pytest.raises(Broken):
            run(folder, at)
        assert old.seen(folder) == before, whole.statements[at]
    run(folder, whole.count + 1)
    assert old.seen(folder) == old.seen(tmp_path / "whole.cmdesk")


def test_broken_off_at_the_commit_it_is_as_it_was(folder: Path) -> None:
    before = old.seen(folder)

    def broken(_connection: object) -> None:
        raise Broken

    event.listen(Engine, "commit", broken)
    with pytest.raises(Broken):
        old.upgrade(folder)
    event.remove(Engine, "commit", broken)
    assert old.seen(folder) == before
    old.upgrade(folder)
    assert old.seen(folder) != before


REBUILD = """
    with op.batch_alter_table("disclosure", recreate="always") as batch:
        batch.add_column(sa.Column("shoe_size", sa.Integer()))
"""


def test_a_rebuilt_table_that_forgets_its_triggers_is_refused(filled: Path, tmp_path: Path) -> None:
    """What the library's own way of changing a table would do to this schema, on filled tables."""
    newer = Path(shutil.copytree(migrate.default_place(), tmp_path / "newer"))
    small.revision(newer, "0011", "0010", REBUILD)
    before = old.seen(filled)
    with pytest.raises(MigrationRefused, match="disclosure_delete_refused, disclosure_upd"):
        migrate.upgrade(filled, old.keys(), complete(), newer)
    assert old.seen(filled) == before
