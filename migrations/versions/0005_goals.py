"""Goals in a client's own words, and the days on which they moved."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def lasting(name: str, *columns: sa.Column[Any] | sa.Constraint) -> None:
    """Make a table of what the practice keeps: with a number, a lasting name, dates and a version."""
    op.create_table(
        name,
        given("id", sa.Integer),
        given("uid", sa.String),
        sa.Column("ref", sa.String),
        sa.Column("imported_digest", sa.String),
        given("created_at", sa.DateTime),
        given("updated_at", sa.DateTime),
        given("version", sa.Integer),
        *columns,
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        sa.UniqueConstraint("ref", name=op.f(f"uq_{name}_ref")),
        sa.UniqueConstraint("uid", name=op.f(f"uq_{name}_uid")),
        sqlite_autoincrement=True,
    )


def given(name: str, kind: type[sa.types.TypeEngine[Any]]) -> sa.Column[Any]:
    return sa.Column(name, kind(), nullable=False)


def points(table: str, column: str, other: str, gone: str | None = None) -> sa.Constraint:
    name = op.f(f"fk_{table}_{column}_{other}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name, ondelete=gone)


def index(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def upgrade() -> None:
    lasting(
        "goal",
        given("client_id", sa.Integer),
        given("name", sa.String),
        given("words", sa.String),
        given("domain", sa.String),
        given("measure", sa.String),
        given("baseline", sa.String),
        given("target", sa.String),
        sa.Column("target_on", sa.Date),
        sa.Column("agreed_on", sa.Date),
        given("priority", sa.Integer),
        given("status", sa.String),
        given("topics", sa.JSON),
        given("family_line", sa.String),
        given("part2", sa.String),
        points("goal", "client_id", "client", "CASCADE"),
    )
    index("goal", "client_id")
    lasting(
        "goal_move",
        given("goal_id", sa.Integer),
        given("moved_on", sa.Date),
        sa.Column("quarters", sa.Integer),
        given("status", sa.String),
        given("note", sa.String),
        given("family_line", sa.String),
        sa.Column("entry_id", sa.Integer),
        points("goal_move", "entry_id", "entry"),
        points("goal_move", "goal_id", "goal", "CASCADE"),
    )
    index("goal_move", "entry_id", "goal_id", "moved_on")


def downgrade() -> None:
    op.drop_table("goal_move")
    op.drop_table("goal")
