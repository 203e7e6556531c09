"""A small practice for the store's tests: clients, their notes, an index, and drafts outside."""

from datetime import UTC, datetime
from pathlib import Path
from textwrap import dedent
from typing import Final

from sqlalchemy import Column, ForeignKey, Integer, LargeBinary, MetaData, String, Table, text
from sqlalchemy.orm import Session

from cmdesk.store import keys, migrate
from cmdesk.store.keys import Keys

PASSPHRASE: Final = "lantern river oatmeal crooked"
NOON: Final = datetime(2026, 11, 22, 12, tzinfo=UTC)
SMALL: Final = MetaData()

CLIENT: Final = Table(
    "client",
    SMALL,
    Column("id", Integer, primary_key=True),
    Column("name", String, nullable=False),
    Column("photo", LargeBinary),
    sqlite_autoincrement=True,
)
NOTE: Final = Table(
    "note",
    SMALL,
    Column("id", Integer, primary_key=True),
    Column("client_id", Integer, ForeignKey("client.id", ondelete="CASCADE"), nullable=False),
    Column("words", String, nullable=False),
    sqlite_autoincrement=True,
)
DRAFT: Final = Table(
    "draft",
    SMALL,
    Column("place", String, primary_key=True),
    Column("words", String, nullable=False),
    info={"journal": False},
)

FIRST: Final = """
    CREATE TABLE client (id INTEGER PRIMARY KEY AUTOINCREMENT, name VARCHAR NOT NULL, photo BLOB);
    CREATE TABLE note (id INTEGER PRIMARY KEY AUTOINCREMENT, client_id INTEGER NOT NULL
        REFERENCES client (id) ON DELETE CASCADE, words VARCHAR NOT NULL);
    CREATE INDEX note_client ON note (client_id);
    CREATE TABLE draft (place VARCHAR PRIMARY KEY, words VARCHAR NOT NULL);
    CREATE VIRTUAL TABLE note_fts USING fts5(words, content='note', content_rowid='id');
    CREATE TRIGGER note_in AFTER INSERT ON note BEGIN
        INSERT INTO note_fts (rowid, words) VALUES (new.id, new.words) | END;
    CREATE TRIGGER note_out AFTER DELETE ON note BEGIN
        INSERT INTO note_fts (note_fts, rowid, words) VALUES ('delete', old.id, old.words) | END;
    CREATE TRIGGER note_new AFTER UPDATE ON note BEGIN
        INSERT INTO note_fts (note_fts, rowid, words) VALUES ('delete', old.id, old.words) |
        INSERT INTO note_fts (rowid, words) VALUES (new.id, new.words) | END
"""  # a bar stands for a semicolon inside a trigger


def noon() -> datetime:
    return NOON


def revision(folder: Path, number: str, after: str | None, body: str, extra: str = "") -> None:
    """Write one migration into a folder of migrations."""
    lines = ['"""A step."""', "import sqlalchemy as sa", "from alembic import op"]
    lines += [f"revision = {number!r}", f"down_revision = {after!r}", extra, "def upgrade():"]
    lines += ["    " + line for line in dedent(body).strip().splitlines()]
    versions = folder / "versions"
    versions.mkdir(parents=True, exist_ok=True)
    (versions / f"{number}_step.py").write_text("\n".join(lines) + "\n")


def migrations(folder: Path) -> Path:
    """Make a folder of migrations that builds the small practice."""
    folder.mkdir(parents=True)
    (folder / "env.py").write_bytes((migrate.default_place() / "env.py").read_bytes())
    statements = [s.strip().replace("|", ";") for s in FIRST.split(";")]
    body = "\n".join(f"op.get_bind().exec_driver_sql({s!r})" for s in statements)
    revision(folder, "0001", None, body)
    return folder


def add_client(session: Session, name: str, photo: bytes | None = None) -> int:
    rows = session.execute(CLIENT.insert().values(name=name, photo=photo).returning(CLIENT.c.id))
    return int(rows.scalar_one())


def add_note(session: Session, client_id: int, words: str) -> int:
    added = NOTE.insert().values(client_id=client_id, words=words).returning(NOTE.c.id)
    return int(session.execute(added).scalar_one())


def rename_all(session: Session, name: str) -> None:
    session.execute(CLIENT.update().values(name=name))


def remove_client(session: Session, client_id: int) -> None:
    session.execute(CLIENT.delete().where(CLIENT.c.id == client_id))


def everything(session: Session) -> tuple[object, ...]:
    """Return all rows, as they are."""
    return tuple(
        tuple(tuple(row) for row in session.execute(table.select().order_by(table.c.id)))
        for table in (CLIENT, NOTE)
    )


def clients(session: Session) -> list[int]:
    return [int(id_) for id_ in session.scalars(CLIENT.select())]


def found(session: Session, word: str) -> list[int]:
    """Return the ids of notes the search index finds."""
    rows = session.execute(text("SELECT rowid FROM note_fts WHERE note_fts MATCH :w"), {"w": word})
    return [int(row[0]) for row in rows]


def trail(session: Session) -> list[tuple[str, str, str]]:
    """Return act, kind and rows of the audit trail."""
    rows = session.execute(text("SELECT act, kind, rows FROM audit ORDER BY seq"))
    return [(str(r[0]), str(r[1]), str(r[2])) for r in rows]


def replace_recovery(folder: Path, held: Keys) -> str:
    """Put a new recovery code in place of the old one, in a vault that is not open."""
    code, header = keys.with_new_code(held)
    keys.write(folder, held, header)
    return code
