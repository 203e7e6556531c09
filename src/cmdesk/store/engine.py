"""Connect to the encrypted database. This module alone knows SQLCipher."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, Protocol, cast

from sqlalchemy import Connection, Dialect, Engine, create_engine, event
from sqlalchemy.pool import NullPool, QueuePool, StaticPool
from sqlcipher3 import dbapi2 as sqlcipher

from cmdesk.errors import Damaged, Problem
from cmdesk.store import statements
from cmdesk.store.header import CIPHER_MAJOR
from cmdesk.store.keys import Keys
from cmdesk.store.troubles import BUSY, error_code, plainly

Clock = Callable[[], Any]

APPLICATION_ID: Final = 1129137227  # "CMDK" in the file's own header
_PRAGMAS: Final = (
    "cipher_log_level = NONE",
    "temp_store = MEMORY",
    "foreign_keys = ON",
    "journal_mode = TRUNCATE",
    "synchronous = EXTRA",
    "fullfsync = ON",
    "checkpoint_fullfsync = ON",
    "trusted_schema = OFF",
    "cell_size_check = ON",
    "recursive_triggers = ON",
    "busy_timeout = 5000",
)
_FIXED: Final = frozenset(
    {
        "cell_size_check",
        "checkpoint_fullfsync",
        "foreign_keys",
        "fullfsync",
        "hexkey",
        "hexrekey",
        "ignore_check_constraints",
        "journal_mode",
        "key",
        "mmap_size",
        "query_only",
        "recursive_triggers",
        "rekey",
        "secure_delete",
        "synchronous",
        "temp_store",
        "temp_store_directory",
        "textkey",
        "textrekey",
        "trusted_schema",
        "writable_schema",
    }
)
_REFUSED_FUNCTIONS: Final = frozenset({"load_extension", "sqlcipher_export", "fts3_tokenizer"})
_OLDEST_SQLITE: Final = (3, 51, 3)  # 3.51.2 and before can lose a write-ahead log
_COMMIT_TRIES: Final = 12  # of busy_timeout each: a minute


class Cursor(Protocol):
    def fetchone(self) -> tuple[Any, ...] | None: ...
    def fetchall(self) -> list[tuple[Any, ...]]: ...


class Raw(Protocol):
    """A connection as the driver gives it."""

    in_transaction: bool

    def execute(self, sql: str, values: tuple[object, ...] = ..., /) -> Cursor: ...
    def set_key(self, key: bytearray, /) -> None: ...
    def set_authorizer(self, ask: Callable[..., int] | None, /) -> None: ...
    def backup(
        self,
        target: "Raw",
        /,
        *,
        pages: int = ...,
        progress: Callable[[int, int, int], object] = ...,
    ) -> None: ...
    def close(self) -> None: ...


_connect = cast("Callable[..., Raw]", sqlcipher.connect)  # pyright: ignore[reportUnknownMemberType, reportAttributeAccessIssue] - the driver has no stubs
_DENY, _OK, _ATTACH, _DETACH, _PRAGMA, _FUNCTION = (
    cast("int", getattr(sqlcipher, f"SQLITE_{name}"))
    for name in ("DENY", "OK", "ATTACH", "DETACH", "PRAGMA", "FUNCTION")
)


def connect(
    path: Path,
    keys: Keys,
    *,
    foreign_keys: bool = True,
    guarded: bool = True,
    read_only: bool = False,
) -> Raw:
    """Open an existing file. Raises Damaged or Problem; never creates one, never without a key."""
    mode = "ro" if read_only else "rw"
    with plainly():
        raw = _connect(
            f"{path.as_uri()}?mode={mode}", uri=True, isolation_level=None, check_same_thread=False
        )
    try:
        key = keys.database_key()
        try:
            raw.set_key(key)
        finally:
            key[:] = bytes(len(key))
        with plainly():
            for pragma in _PRAGMAS:
                raw.execute(f"PRAGMA {pragma}")
            if not foreign_keys:
                raw.execute("PRAGMA foreign_keys = OFF")
            raw.execute("SELECT count(*) FROM sqlite_master")  # the key is tried here
            _require_encryption(raw)
        if guarded:
            raw.set_authorizer(_authorise)
    except BaseException:
        raw.close()
        raise
    return raw


def identity(path: Path) -> tuple[int, int] | None:
    """Return what stays the same while a file is in its place, None if nothing is there."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def writer(path: Path, keys: Keys, clock: Clock) -> Engine:
    """Return the engine with the one connection that writes."""
    seen = identity(path)

    def unmoved(_connection: Connection) -> None:
        # SQLite goes on writing, without an error, into a file that was moved or deleted.
        if seen is None or identity(path) != seen:
            raise Problem(
                "The vault was moved or deleted while it was open, so nothing more is saved to it.",
                "Put it back and unlock it again.",
            )

    def commit(connection: Connection) -> None:
        _commit(cast("Raw", connection.connection.dbapi_connection))

    def open_one() -> Raw:
        raw = connect(path, keys)
        raw.execute("PRAGMA cache_spill = OFF")  # so that readers wait for the commit alone
        return raw

    engine = _engine(open_one, StaticPool, clock)
    event.listen(engine, "begin", unmoved)
    event.listen(engine, "commit", unmoved)
    _begin_with(engine, "BEGIN IMMEDIATE")
    event.listen(engine, "commit", commit)
    return engine


def reader(path: Path, keys: Keys, clock: Clock, *, read_only: bool = False) -> Engine:
    """Return the engine whose connections SQLite itself keeps from writing.

    With `read_only` the file itself is opened without the right to write.
    """

    def open_one() -> Raw:
        raw = connect(path, keys, guarded=False, read_only=read_only)
        raw.execute("PRAGMA query_only = ON")
        raw.set_authorizer(_authorise)
        return raw

    engine = _engine(open_one, QueuePool, clock, pool_size=4, max_overflow=0, pool_timeout=10)
    _begin_with(engine, "BEGIN")
    return engine


def migrator(path: Path, keys: Keys) -> Engine:
    """Return an engine for migrations: foreign keys off before BEGIN, nothing denied."""
    engine = _engine(
        lambda: connect(path, keys, foreign_keys=False, guarded=False), NullPool, clock=None
    )
    _begin_with(engine, "BEGIN IMMEDIATE")
    return engine


def scratch(clock: Clock | None = None) -> Engine:
    """Return an engine on an empty database in memory, for what holds no record."""

    def open_one() -> Raw:
        return _connect(":memory:", isolation_level=None, check_same_thread=False)

    engine = _engine(open_one, StaticPool, clock)
    _begin_with(engine, "BEGIN")
    return engine


_DIALECTS: Final[list[Dialect]] = []  # the one that all engines share, once it knows its SQLite


def _engine(creator: Callable[[], Raw], poolclass: type[Any], clock: Any, **more: Any) -> Engine:
    """Make an engine that shares its dialect with those before it.

    The mappers keep what they have compiled by dialect, for as long as the program runs: with one
    of its own for every opening, each lock and unlock would leave some 100 KB behind for good.
    """
    made = create_engine(
        "sqlite+pysqlite://",
        module=sqlcipher,  # else errors stay the driver's own and are not translated
        creator=creator,
        poolclass=poolclass,
        hide_parameters=True,  # bound values are people's names
        execution_options={"clock": clock, "compiled_cache": statements.fresh()},
        **more,
    )
    known = next(iter(_DIALECTS), None)
    if known is not None and known.server_version_info is not None:
        made.dialect = known
    else:
        _DIALECTS[:] = [made.dialect]
    return made


def _begin_with(engine: Engine, statement: str) -> None:
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql(statement)

    event.listen(engine, "begin", begin)


def _commit(raw: Raw) -> None:
    """Commit, waiting for readers; the transaction stays whole while it waits."""
    for attempt in range(_COMMIT_TRIES):
        try:
            if raw.in_transaction:
                raw.execute("COMMIT")
        except sqlcipher.OperationalError as error:  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType, reportAttributeAccessIssue] - no stubs
            if error_code(cast("Exception", error)) != BUSY or attempt == _COMMIT_TRIES - 1:
                raise
            time.sleep(0.01)
        else:
            return


def _require_encryption(raw: Raw) -> None:
    status, version = raw.execute("PRAGMA cipher_status").fetchone(), cipher_version(raw)
    if status is None or str(status[0]) != "1" or not version.startswith(f"{CIPHER_MAJOR}."):
        raise Damaged("The records are not encrypted as they should be, so they were not opened.")
    if tuple(int(part) for part in sqlcipher.sqlite_version.split(".")) < _OLDEST_SQLITE:  # pyright: ignore[reportUnknownMemberType, reportUnknownArgumentType, reportUnknownVariableType, reportAttributeAccessIssue] - no stubs
        raise Problem("This SQLite is too old to keep records safely.", "Install cmdesk again.")


def cipher_version(raw: Raw) -> str:
    """Return SQLCipher's version, such as `4.19.0 community`."""
    row = raw.execute("PRAGMA cipher_version").fetchone()
    return str(row[0]) if row else ""


def _authorise(
    action: int, first: str | None, second: str | None, _database: str | None, _source: str | None
) -> int:
    """Refuse what could write plaintext beside the file or weaken the connection."""
    if action in (_ATTACH, _DETACH):
        return _DENY
    if action == _PRAGMA and _is_fixed((first or "").lower(), valued=second is not None):
        return _DENY
    if action == _FUNCTION and (second or "").lower() in _REFUSED_FUNCTIONS:
        return _DENY
    return _OK


def _is_fixed(pragma: str, *, valued: bool) -> bool:
    """Whether a pragma would change what was settled; some of SQLCipher's own act on all files."""
    if pragma == "cipher_migrate":
        return True
    return valued and (pragma in _FIXED or pragma.startswith("cipher_"))


def versions() -> tuple[str, str, str]:
    """Return the versions of SQLite, SQLCipher and the cryptography inside it."""
    connection = _connect(":memory:")
    connection.set_key(bytearray(b"only to ask for versions"))
    queries = ("SELECT sqlite_version()", "PRAGMA cipher_version", "PRAGMA cipher_provider_version")
    found = [connection.execute(query).fetchone() for query in queries]
    connection.close()
    sqlite, cipher, provider = (str(row[0]) if row else "" for row in found)
    return sqlite, cipher, provider
