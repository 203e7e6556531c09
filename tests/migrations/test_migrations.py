"""The schema's steps: the last one equals the models, and each goes up, down and up again."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Connection, MetaData, create_engine, event
from sqlalchemy.pool import StaticPool
from sqlcipher3 import dbapi2 as sqlcipher

from cmdesk.models import complete
from cmdesk.store.tables import DDL
from cmdesk.store.tables import METADATA as OF_THE_STORE

# The driver has no stubs.
_connect: Callable[..., Any] = getattr(sqlcipher, "connect")  # noqa: B009
FOLDER = Path(__file__).parents[2] / "migrations"
REVISIONS = sorted(path.name.partition("_")[0] for path in (FOLDER / "versions").glob("0*.py"))


def begin(opened: Connection) -> None:
    opened.exec_driver_sql("BEGIN")


@contextmanager
def opened() -> Generator[Connection]:
    """Give a sealed database in memory, inside one transaction, as the store migrates."""

    def connect() -> Any:
        raw = _connect(":memory:", isolation_level=None)
        raw.set_key(bytearray(b"x'" + b"07" * 48 + b"'"))
        return raw

    engine = create_engine(
        "sqlite+pysqlite://", module=sqlcipher, creator=connect, poolclass=StaticPool
    )
    event.listen(engine, "begin", begin)
    with engine.begin() as connection:
        for statement in DDL:
            connection.exec_driver_sql(statement)
        yield connection
    engine.dispose()


@pytest.fixture
def connection() -> Generator[Connection]:
    with opened() as made:
        yield made


def go(connection: Connection, step: Callable[[Config, str], object], revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.attributes["connection"] = connection
    config.attributes["metadata"] = complete()
    step(config, revision)


def of_models(_object: object, name: str | None, kind: str, *_: object) -> bool:
    """Leave out the search indexes and what they are made of: no model knows them."""
    return not (kind == "table" and (name or "").startswith(("search", "alembic")))


def differences(connection: Connection) -> list[Any]:
    options = {"compare_type": True, "include_object": of_models}
    context = MigrationContext.configure(connection, opts=options)
    both: Any = [complete(), OF_THE_STORE]  # Alembic takes a list, too; its stub does not say so
    return compare_metadata(context, both)


def test_the_last_revision_equals_the_models(connection: Connection) -> None:
    go(connection, command.upgrade, "head")
    assert differences(connection) == []


def test_a_difference_would_be_seen(connection: Connection) -> None:
    go(connection, command.upgrade, "head")
    connection.exec_driver_sql("ALTER TABLE person ADD COLUMN shoe_size INTEGER")
    assert len(differences(connection)) == 1


def schema(connection: Connection) -> set[tuple[str, str]]:
    asked = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
    return {(name, sql) for name, sql in asked if not name.startswith(("alembic", "sqlite"))}


def test_each_goes_up_down_and_up_again_and_from_each_the_newest_is_the_same(
    connection: Connection,
) -> None:
    with opened() as other:
        go(other, command.upgrade, "head")
        newest = schema(other)
    for revision in REVISIONS:
        stood = schema(connection)
        go(connection, command.upgrade, revision)
        up = schema(connection)
        assert up != stood, revision
        go(connection, command.downgrade, "-1")
        assert schema(connection) == stood, revision
        go(connection, command.upgrade, revision)
        assert schema(connection) == up, revision
        with connection.begin_nested() as meanwhile:
            go(connection, command.upgrade, "head")
            assert schema(connection) == newest, revision
            meanwhile.rollback()
        assert schema(connection) == up, revision
    assert differences(connection) == []


def test_all_the_way_down_and_up_again(connection: Connection) -> None:
    go(connection, command.upgrade, "head")
    newest = schema(connection)
    go(connection, command.downgrade, "base")
    go(connection, command.upgrade, "head")
    assert schema(connection) == newest
    assert differences(connection) == []


def test_every_table_is_made_by_a_migration(connection: Connection) -> None:
    go(connection, command.upgrade, "head")
    made = MetaData()
    made.reflect(connection, only=lambda name, _: not name.startswith(("search", "alembic")))
    assert set(made.tables) == set(complete().tables) | set(OF_THE_STORE.tables)
