"""Ways: turns in care, referrals and records, extensions, reviews and appeals."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

EPISODE = {
    "presentation": (sa.JSON, "'[]'"),
    "factors": (sa.JSON, "'[]'"),
    "in_care_at_90": (sa.String, "''"),
    "later": (sa.String, "''"),
}
AUTHORIZATION = {
    "rate_cents": (sa.Integer, None),
    "rate_per": (sa.String, "''"),
    "terms": (sa.String, "''"),
    "reviewer_contact": (sa.String, "''"),
}
TABLES = (
    "appeal",
    "review_call",
    "extension",
    "records_request",
    "referral",
    "care_event",
)


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


def add(table: str, columns: dict[str, tuple[type[sa.types.TypeEngine[Any]], str | None]]) -> None:
    """Add columns to a table that has rows: in place, so that its triggers stay."""
    for name, (kind, empty) in columns.items():
        default = None if empty is None else sa.text(empty)
        column = sa.Column(name, kind(), nullable=empty is None, server_default=default)
        op.add_column(table, column)


def upgrade() -> None:
    add("episode", EPISODE)
    add("authorization", AUTHORIZATION)
    care()
    coverage()


def care() -> None:
    lasting(
        "care_event",
        given("client_id", sa.Integer),
        sa.Column("episode_id", sa.Integer),
        sa.Column("entry_id", sa.Integer),
        given("kind", sa.String),
        sa.Column("happened_on", sa.Date),
        given("what", sa.String),
        given("came_before", sa.String),
        given("factors", sa.JSON),
        given("response", sa.String),
        given("source", sa.String),
        given("part2", sa.String),
        points("care_event", "client_id", "client", "CASCADE"),
        points("care_event", "entry_id", "entry"),
        points("care_event", "episode_id", "episode", "SET NULL"),
    )
    index("care_event", "client_id", "entry_id", "episode_id", "happened_on")
    lasting(
        "referral",
        given("client_id", sa.Integer),
        given("kind", sa.String),
        given("what", sa.String),
        sa.Column("organisation_id", sa.Integer),
        sa.Column("person_id", sa.Integer),
        sa.Column("consent_id", sa.Integer),
        sa.Column("entry_id", sa.Integer),
        given("state", sa.String),
        sa.Column("asked_on", sa.Date),
        sa.Column("state_since", sa.Date),
        given("next_step", sa.String),
        sa.Column("next_on", sa.Date),
        given("outcome", sa.String),
        given("barrier", sa.String),
        given("barrier_words", sa.String),
        sa.Column("cost_cents", sa.Integer),
        given("cost_per", sa.String),
        sa.Column("closed_on", sa.Date),
        given("topics", sa.JSON),
        given("family_line", sa.String),
        given("part2", sa.String),
        given("note", sa.String),
        points("referral", "client_id", "client", "CASCADE"),
        points("referral", "consent_id", "consent"),
        points("referral", "entry_id", "entry"),
        points("referral", "organisation_id", "organisation"),
        points("referral", "person_id", "person"),
    )
    index(
        "referral", "client_id", "consent_id", "entry_id", "next_on", "organisation_id", "person_id"
    )
    lasting(
        "records_request",
        given("client_id", sa.Integer),
        given("direction", sa.String),
        sa.Column("organisation_id", sa.Integer),
        sa.Column("person_id", sa.Integer),
        given("what", sa.String),
        sa.Column("consent_id", sa.Integer),
        sa.Column("asked_on", sa.Date),
        given("asked_how", sa.String),
        sa.Column("chase_days", sa.Integer),
        sa.Column("chased_on", sa.Date),
        given("chases", sa.Integer),
        sa.Column("done_on", sa.Date),
        sa.Column("refused_on", sa.Date),
        given("reason", sa.String),
        sa.Column("fee_cents", sa.Integer),
        sa.Column("document_id", sa.Integer),
        given("part2", sa.String),
        given("note", sa.String),
        points("records_request", "client_id", "client", "CASCADE"),
        points("records_request", "consent_id", "consent"),
        points("records_request", "document_id", "document"),
        points("records_request", "organisation_id", "organisation"),
        points("records_request", "person_id", "person"),
    )
    index(
        "records_request", "client_id", "consent_id", "document_id", "organisation_id", "person_id"
    )


def coverage() -> None:
    lasting(
        "extension",
        given("authorization_id", sa.Integer),
        given("extends_id", sa.Integer),
        sa.UniqueConstraint("authorization_id", name=op.f("uq_extension_authorization_id")),
        points("extension", "authorization_id", "authorization", "CASCADE"),
        points("extension", "extends_id", "authorization", "CASCADE"),
    )
    index("extension", "extends_id")
    lasting(
        "review_call",
        given("authorization_id", sa.Integer),
        sa.Column("entry_id", sa.Integer),
        sa.Column("due_on", sa.Date),
        sa.Column("held_on", sa.Date),
        given("reviewer", sa.String),
        given("asked", sa.String),
        given("outcome", sa.String),
        points("review_call", "authorization_id", "authorization", "CASCADE"),
        points("review_call", "entry_id", "entry"),
    )
    index("review_call", "authorization_id", "due_on", "entry_id")
    lasting(
        "appeal",
        given("authorization_id", sa.Integer),
        given("level", sa.String),
        sa.Column("denied_on", sa.Date),
        sa.Column("due_on", sa.Date),
        sa.Column("filed_on", sa.Date),
        sa.Column("answer_due_on", sa.Date),
        sa.Column("decided_on", sa.Date),
        given("outcome", sa.String),
        given("parity_argued", sa.Boolean),
        given("drafted_by", sa.String),
        given("reference", sa.String),
        sa.Column("document_id", sa.Integer),
        given("note", sa.String),
        points("appeal", "authorization_id", "authorization", "CASCADE"),
        points("appeal", "document_id", "document"),
    )
    index("appeal", "answer_due_on", "authorization_id", "document_id", "due_on")


def downgrade() -> None:
    for name in TABLES:
        op.drop_table(name)
    for table, columns in (("authorization", AUTHORIZATION), ("episode", EPISODE)):
        for name in columns:
            op.drop_column(table, name)
