"""A history of backups, the newest act of a kind at once, and telephone numbers found as typed.

A number is kept as it was written, "(203) 555-0110" or "+1 203-555-0110 x4". So that either is found
by "2035550110", "555-0110" or "0110", the index also holds its bare digits: all of them, and the last
ten, seven and four. An extension is left out.
"""

from typing import Any

import sqlalchemy as sa
from alembic import context, op

revision = "0003"
down_revision = "0002"
may_shrink = ("search_names_data", "search_names_idx")  # an index made anew is smaller

SEPARATORS = (" ", "\u00a0", "-", "\u2010", "\u2011", "\u2013", "(", ")", ".", "/", "+")
KIND, POINT = 7, "contact_point"


def digits(value: str) -> str:
    bare = f"rtrim(substr(lower({value}), 1, instr(lower({value}) || 'x', 'x') - 1), ' e')"
    for separator in SEPARATORS:
        bare = f"replace({bare}, '{separator}', '')"
    forms = "bare || ' ' || substr(bare, -10) || ' ' || substr(bare, -7) || ' ' || substr(bare, -4)"
    number = "length(bare) > 6 AND bare NOT GLOB '*[^0-9]*'"
    return (
        f"(SELECT CASE WHEN {number} THEN ' ' || {forms} ELSE '' END FROM (SELECT {bare} AS bare))"
    )


def spoken(first: Any, row: str, *, bare: bool) -> str:
    text: str = first.body(("value",), row)
    return f"{text} || {digits(row + 'value')}" if bare else text


def triggers(first: Any, *, bare: bool) -> list[str]:
    new, old = (
        f"{first.number(KIND, None, row)}, {spoken(first, row, bare=bare)}"
        for row in ("new.", "old.")
    )
    add = f"INSERT INTO search_names(rowid, body) VALUES ({new});"
    drop = f"INSERT INTO search_names(search_names, rowid, body) VALUES ('delete', {old});"
    return [
        f"CREATE TRIGGER search_{POINT}_insert AFTER INSERT ON {POINT} BEGIN {add} END",
        f"CREATE TRIGGER search_{POINT}_delete AFTER DELETE ON {POINT} BEGIN {drop} END",
        f"CREATE TRIGGER search_{POINT}_update AFTER UPDATE OF value ON {POINT} BEGIN {drop} {add} END",
    ]


def view(first: Any, *, bare: bool) -> str:
    texts = " UNION ALL ".join(
        f"SELECT {first.number(kind, None, '')} AS id, "
        f"{spoken(first, '', bare=bare) if kind == KIND else first.body(columns, '')} AS body FROM {table}"
        for kind, table, when, columns in first.SOURCES
        if when is None
    )
    return f"CREATE VIEW search_names_source AS {texts}"


def feed(*, bare: bool) -> None:
    """Change what the index holds of a number, then fill it anew; 1 s for 100,000 names."""
    script = context.script.get_revision("0002")
    first = script.module if script else None  # shipped, so never changed
    dropped = [f"DROP TRIGGER search_{POINT}_{event}" for event in ("insert", "delete", "update")]
    statements = [
        *dropped,
        "DROP VIEW search_names_source",
        view(first, bare=bare),
        *triggers(first, bare=bare),
        "INSERT INTO search_names(search_names) VALUES ('rebuild')",
    ]
    for statement in statements:
        op.get_bind().exec_driver_sql(statement)


def upgrade() -> None:
    op.create_table(
        "backup_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("occasion", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("verified", sa.Boolean(), nullable=False),
        sa.Column("rows", sa.JSON(), nullable=False),
        sa.Column("result", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_backup_run")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_backup_run_at"), "backup_run", ["at"])
    op.create_index("ix_audit_kind", "audit", ["kind"])
    feed(bare=True)


def downgrade() -> None:
    feed(bare=False)
    op.drop_index("ix_audit_kind", "audit")
    op.drop_index("ix_backup_run_at", "backup_run")
    op.drop_table("backup_run")
