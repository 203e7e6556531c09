"""Moves: from one level of care to the next, with lanes, handoffs, steps and first visits."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

TABLES = ("first_visit", "transition_step", "handoff", "transition_lane", "transition")


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
        "transition",
        given("client_id", sa.Integer),
        sa.Column("from_episode_id", sa.Integer),
        sa.Column("to_episode_id", sa.Integer),
        sa.Column("to_organisation_id", sa.Integer),
        given("to_words", sa.String),
        sa.Column("leaves_on", sa.Date),
        sa.Column("left_on", sa.Date),
        given("kind", sa.String),
        sa.Column("medicine_days", sa.Integer),
        given("medicine_words", sa.String),
        given("risk_plan", sa.String),
        given("travel", sa.String),
        given("belongings", sa.String),
        given("school_work", sa.String),
        given("phone_rules", sa.String),
        given("family_plan", sa.String),
        sa.Column("closed_on", sa.Date),
        given("part2", sa.String),
        points("transition", "client_id", "client", "CASCADE"),
        points("transition", "from_episode_id", "episode", "SET NULL"),
        points("transition", "to_episode_id", "episode", "SET NULL"),
        points("transition", "to_organisation_id", "organisation"),
    )
    index(
        "transition",
        "client_id",
        "from_episode_id",
        "leaves_on",
        "to_episode_id",
        "to_organisation_id",
    )
    lasting(
        "transition_lane",
        given("transition_id", sa.Integer),
        given("lane", sa.String),
        given("label", sa.String),
        sa.Column("organisation_id", sa.Integer),
        sa.Column("person_id", sa.Integer),
        sa.Column("since", sa.Date),
        sa.Column("until", sa.Date),
        given("settled", sa.Boolean),
        points("transition_lane", "organisation_id", "organisation"),
        points("transition_lane", "person_id", "person"),
        points("transition_lane", "transition_id", "transition", "CASCADE"),
    )
    index("transition_lane", "organisation_id", "person_id", "transition_id")
    lasting(
        "handoff",
        given("transition_id", sa.Integer),
        given("position", sa.Integer),
        sa.Column("from_id", sa.Integer),
        given("from_words", sa.String),
        sa.Column("to_id", sa.Integer),
        given("to_words", sa.String),
        sa.Column("consent_id", sa.Integer),
        sa.Column("call_on", sa.Date),
        sa.Column("sender_confirmed_on", sa.Date),
        sa.Column("receiver_confirmed_on", sa.Date),
        sa.Column("records_sent_on", sa.Date),
        sa.Column("records_received_on", sa.Date),
        given("note", sa.String),
        points("handoff", "consent_id", "consent"),
        points("handoff", "from_id", "person"),
        points("handoff", "to_id", "person"),
        points("handoff", "transition_id", "transition", "CASCADE"),
    )
    index("handoff", "consent_id", "from_id", "to_id", "transition_id")
    lasting(
        "transition_step",
        given("transition_id", sa.Integer),
        given("part", sa.String),
        given("position", sa.Integer),
        given("text", sa.String),
        given("owner", sa.String),
        sa.Column("offset_days", sa.Integer),
        sa.Column("fixed_on", sa.Date),
        given("time", sa.String),
        sa.Column("done_on", sa.Date),
        sa.Column("done_at", sa.DateTime),
        given("evidence", sa.String),
        given("dropped", sa.Boolean),
        points("transition_step", "transition_id", "transition", "CASCADE"),
    )
    index("transition_step", "transition_id")
    lasting(
        "first_visit",
        given("transition_id", sa.Integer),
        given("kind", sa.String),
        sa.Column("person_id", sa.Integer),
        sa.Column("organisation_id", sa.Integer),
        given("label", sa.String),
        sa.Column("visit_on", sa.Date),
        given("time", sa.String),
        sa.Column("attended", sa.Boolean),
        given("note", sa.String),
        points("first_visit", "organisation_id", "organisation"),
        points("first_visit", "person_id", "person"),
        points("first_visit", "transition_id", "transition", "CASCADE"),
    )
    index("first_visit", "organisation_id", "person_id", "transition_id", "visit_on")


def downgrade() -> None:
    for name in TABLES:
        op.drop_table(name)
