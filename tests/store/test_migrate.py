import shutil
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from cmdesk.errors import Problem
from cmdesk.store import backup, engine, keys, migrate, restore, vault
from cmdesk.store.header import RECORDS
from cmdesk.store.migrate import MigrationRefused
from cmdesk.store.store import Store
from tests.store import small
from tests.store.conftest import Opener

pytestmark = pytest.mark.usefixtures("each_once")


@pytest.fixture
def newer(tmp_path: Path, migrations: Path) -> Path:
    """Return a copy of the migrations, to be added to."""
    return Path(shutil.copytree(migrations, tmp_path / "newer"))


@pytest.fixture
def filled(opened: Opener) -> Path:
    """Return a closed vault with rows in every table."""
    store = opened()
    client = store.do("Add client", small.add_client, "Maya")
    store.do("Add note", small.add_note, client, "walked to the harbor")
    store.close()
    return store.folder


def reopen(folder: Path, migrations: Path) -> Store:
    return vault.unlock_and_open(
        folder, small.SMALL, small.noon, passphrase=small.PASSPHRASE, migrations=migrations
    )


REBUILD = """
    with op.batch_alter_table("client", recreate="always") as batch:
        batch.drop_column("photo")
"""
REFUSED = [
    ("op.execute('DELETE FROM note')", "rows would be lost from note"),
    ("op.drop_table('draft_kept')", "rows would be lost from draft_kept"),
    ("op.execute('DROP TRIGGER note_in')", "note_in would be lost"),
    ("op.execute('DROP INDEX note_client')", "note_client would be lost"),
    ("op.execute('DROP TRIGGER audit_never_shrinks')", "audit_never_shrinks would be lost"),
    ("op.execute('UPDATE note SET client_id = 77')", "point at nothing"),
]


def test_an_older_vault_is_upgraded_and_copied_first(
    filled: Path, newer: Path, migrations: Path
) -> None:
    small.revision(newer, "0002", "0001", "op.add_column('note', sa.Column('mood', sa.String()))")
    store = reopen(filled, newer)
    assert store.ask(small.everything)[1] == ((1, 1, "walked to the harbor"),)
    assert store.keys.header.app_schema == "0002"
    assert ("Records upgraded from 0001 to 0002", "migration", "{}") in store.ask(small.trail)
    (copy,) = (filled / migrate.BACKUPS).iterdir()
    assert copy.name == "2026-11-22T120000Z-before-migration.cmbak"
    assert backup.look(copy).header.app_schema == "0001"
    back = copy.with_name("back.cmdesk")
    restore.restore(copy, back, passphrase=small.PASSPHRASE, clock=small.noon).forget()
    restored = reopen(back, migrations)
    assert restored.ask(small.everything)[1] == ((1, 1, "walked to the harbor"),)
    restored.close()
    shutil.rmtree(back)
    assert b"harbor" not in copy.read_bytes()
    store.close()
    reopen(filled, newer).close()
    assert len(list((filled / migrate.BACKUPS).iterdir())) == 1

    with pytest.raises(Problem, match=r"newer cmdesk .*0002.* knows 0001"):
        reopen(filled, migrations)


@pytest.mark.parametrize(("body", "why"), REFUSED)
def test_a_migration_that_loses_something_is_refused(
    filled: Path, newer: Path, migrations: Path, body: str, why: str
) -> None:
    if "draft_kept" in body:
        make = "op.execute('CREATE TABLE draft_kept AS SELECT * FROM client')"
        small.revision(newer, "0002", "0001", make)
        reopen(filled, newer).close()
        migrations = Path(shutil.copytree(newer, newer.with_name("kept")))
        small.revision(newer, "0003", "0002", body)
    else:
        small.revision(newer, "0002", "0001", body)
    before = _rows(filled, migrations)
    with pytest.raises(MigrationRefused, match=why):
        reopen(filled, newer)
    assert _rows(filled, migrations) == before


def test_a_revision_may_say_what_it_takes_away(filled: Path, newer: Path) -> None:
    body = "op.execute('DELETE FROM note')"
    small.revision(newer, "0002", "0001", body, extra="may_shrink = ('note',)")
    store = reopen(filled, newer)
    assert store.ask(small.everything)[1] == ()
    store.close()


def test_rebuilding_a_table_keeps_its_children(filled: Path, newer: Path) -> None:
    small.revision(newer, "0002", "0001", REBUILD)
    held = keys.unlock(filled, small.PASSPHRASE)
    migrate.upgrade(filled, held, small.SMALL, newer)
    raw = engine.connect(filled / RECORDS, held)
    assert raw.execute("SELECT count(*) FROM note").fetchone() == (1,)
    raw.close()


def test_control_with_foreign_keys_on_the_children_vanish_and_the_guard_sees_it(
    filled: Path, newer: Path
) -> None:
    small.revision(newer, "0002", "0001", REBUILD)
    held = keys.unlock(filled, small.PASSPHRASE)
    writer = engine.writer(filled / RECORDS, held, small.noon)
    with pytest.raises(MigrationRefused, match="foreign keys must be off"), writer.begin() as conn:
        migrate._guarded(conn, small.SMALL, newer)
    with writer.connect() as connection:
        rows, _ = migrate._inventory(connection)
        migrate._run(connection, small.SMALL, newer)
        after, _ = migrate._inventory(connection)
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar_one() == "ok"
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
    assert (rows["note"], after["note"]) == (1, 0)
    writer.dispose()


def test_a_migration_that_fails_half_way_leaves_the_old_state(
    filled: Path, newer: Path, migrations: Path
) -> None:
    small.revision(newer, "0002", "0001", "op.execute('CREATE TABLE half (id INTEGER)')")
    small.revision(newer, "0003", "0002", "raise ZeroDivisionError")
    before = _rows(filled, migrations)
    with pytest.raises(ZeroDivisionError):
        reopen(filled, newer)
    assert _rows(filled, migrations) == before


def test_a_revision_is_named_by_its_file(filled: Path, newer: Path) -> None:
    small.revision(newer, "0002", "0001", "pass")
    step = newer / "versions" / "0002_step.py"
    step.write_text(step.read_text().replace("'0002'", "'abcd'"))
    with pytest.raises(ValueError, match="number of its file"):
        reopen(filled, newer)


def test_an_ordinary_opening_does_not_need_alembic(filled: Path, migrations: Path) -> None:
    assert migrate.newest(migrations) == "0001"
    assert migrate.newest(migrations / "nowhere") == ""


def test_the_programs_own_migrations_are_found_and_named_by_number() -> None:
    place = migrate.default_place()
    assert (place / "env.py").is_file()
    assert migrate.newest(place) >= "0001"


def _rows(folder: Path, migrations: Path) -> object:
    """Return everything that is in a vault but the trail, which each opening lengthens."""

    def schema(session: Session) -> list[tuple[str, str | None]]:
        rows = session.execute(text("SELECT name, sql FROM sqlite_master ORDER BY name"))
        return [(str(row[0]), row[1]) for row in rows]

    store = reopen(folder, migrations)
    found = store.ask(small.everything), store.ask(schema)
    store.close()
    return found
