"""The working day: cadence, snoozed rows, calendar, inquiries, coverage, safety plans, sets, merges."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


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
    whole_practice()
    one_client()


def whole_practice() -> None:
    op.create_table(
        "calendar_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.DateTime(), nullable=False),
        sa.Column("ends_at", sa.DateTime(), nullable=True),
        sa.Column("all_day", sa.Boolean(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_event")),
        info={"journal": False},
    )
    index("calendar_event", "starts_at")
    lasting(
        "snippet",
        given("name", sa.String),
        given("text", sa.String),
        given("topics", sa.JSON),
        sa.UniqueConstraint("name", name=op.f("uq_snippet_name")),
    )
    lasting(
        "snooze",
        given("kind", sa.String),
        given("record", sa.Integer),
        given("until", sa.Date),
    )
    op.create_index("ix_snooze_kind_record", "snooze", ["kind", "record"], unique=True)
    lasting(
        "state_rule",
        given("state", sa.String),
        given("care", sa.String),
        sa.Column("minor_may_consent_from", sa.Integer),
        given("note", sa.String),
        given("source", sa.String),
        sa.Column("checked_on", sa.Date),
    )
    index("state_rule", "state")
    lasting(
        "task_set",
        given("name", sa.String),
        given("anchor", sa.String),
        sa.UniqueConstraint("name", name=op.f("uq_task_set_name")),
    )
    lasting(
        "task_set_step",
        given("task_set_id", sa.Integer),
        given("position", sa.Integer),
        given("text", sa.String),
        given("offset_days", sa.Integer),
        given("owner", sa.String),
        points("task_set_step", "task_set_id", "task_set", "CASCADE"),
    )
    index("task_set_step", "task_set_id")
    lasting(
        "person_merge",
        given("person_id", sa.Integer),
        given("kept_id", sa.Integer),
        points("person_merge", "kept_id", "person"),
        points("person_merge", "person_id", "person"),
        sa.UniqueConstraint("person_id", name=op.f("uq_person_merge_person_id")),
    )
    index("person_merge", "kept_id")
    lasting(
        "cadence_rule",
        given("client_id", sa.Integer),
        sa.Column("person_id", sa.Integer),
        given("method", sa.String),
        sa.Column("every_days", sa.Integer),
        sa.Column("times_a_week", sa.Integer),
        given("weekday", sa.String),
        given("grace_days", sa.Integer),
        sa.Column("since", sa.Date),
        sa.Column("until", sa.Date),
        sa.Column("paused_until", sa.Date),
        points("cadence_rule", "client_id", "client", "CASCADE"),
        points("cadence_rule", "person_id", "person"),
    )
    index("cadence_rule", "client_id", "person_id")
    lasting(
        "client_merge",
        given("client_id", sa.Integer),
        given("kept_id", sa.Integer),
        points("client_merge", "client_id", "client"),
        points("client_merge", "kept_id", "client"),
        sa.UniqueConstraint("client_id", name=op.f("uq_client_merge_client_id")),
    )
    index("client_merge", "kept_id")


def one_client() -> None:
    lasting(
        "inquiry",
        given("received_at", sa.DateTime),
        given("caller_name", sa.String),
        given("caller_phone", sa.String),
        given("caller_email", sa.String),
        sa.Column("caller_id", sa.Integer),
        given("relation", sa.String),
        given("about", sa.String),
        given("channel", sa.String),
        given("referral_source", sa.String),
        given("referral_source_type", sa.String),
        given("concern", sa.String),
        given("urgency", sa.String),
        given("safety_screen_done", sa.Boolean),
        given("location", sa.String),
        given("payer_expectation", sa.String),
        given("status", sa.String),
        given("fit_decision", sa.String),
        given("declined_reason", sa.String),
        given("referred_on_to", sa.String),
        sa.Column("client_id", sa.Integer),
        given("next_step", sa.String),
        sa.Column("next_on", sa.Date),
        given("notes", sa.String),
        points("inquiry", "caller_id", "person"),
        points("inquiry", "client_id", "client"),
    )
    index("inquiry", "caller_id", "client_id", "next_on", "received_at", "status")
    lasting(
        "medication",
        given("client_id", sa.Integer),
        given("name", sa.String),
        given("dose", sa.String),
        given("route", sa.String),
        given("frequency", sa.String),
        given("purpose", sa.String),
        sa.Column("prescriber_id", sa.Integer),
        sa.Column("started_on", sa.Date),
        sa.Column("stopped_on", sa.Date),
        given("stop_reason", sa.String),
        sa.Column("supply_ends_on", sa.Date),
        given("adherence", sa.String),
        given("source", sa.String),
        given("part2", sa.String),
        points("medication", "client_id", "client", "CASCADE"),
        points("medication", "prescriber_id", "person"),
    )
    index("medication", "client_id", "prescriber_id", "supply_ends_on")
    lasting(
        "policy",
        given("client_id", sa.Integer),
        sa.Column("organisation_id", sa.Integer),
        given("payer", sa.String),
        given("plan_type", sa.String),
        given("member_number", sa.String),
        given("group_number", sa.String),
        given("subscriber", sa.String),
        given("carve_out", sa.String),
        given("member_phone", sa.String),
        given("provider_phone", sa.String),
        given("pays", sa.String),
        sa.Column("effective_on", sa.Date),
        sa.Column("ends_on", sa.Date),
        given("notes", sa.String),
        points("policy", "client_id", "client", "CASCADE"),
        points("policy", "organisation_id", "organisation"),
    )
    index("policy", "client_id", "organisation_id")
    lasting(
        "safety_plan",
        given("client_id", sa.Integer),
        given("concern", sa.String),
        sa.Column("made_on", sa.Date),
        given("made_by", sa.String),
        sa.Column("reviewed_on", sa.Date),
        sa.Column("review_on", sa.Date),
        given("reasons_for_living", sa.String),
        given("copies_to", sa.String),
        sa.Column("ended_on", sa.Date),
        points("safety_plan", "client_id", "client", "CASCADE"),
    )
    index("safety_plan", "client_id", "review_on")
    lasting(
        "authorization",
        given("client_id", sa.Integer),
        sa.Column("policy_id", sa.Integer),
        sa.Column("episode_id", sa.Integer),
        given("kind", sa.String),
        given("level_requested", sa.String),
        sa.Column("units_requested", sa.Integer),
        sa.Column("units_authorized", sa.Integer),
        given("unit", sa.String),
        given("number", sa.String),
        sa.Column("from_on", sa.Date),
        sa.Column("through_on", sa.Date),
        sa.Column("last_covered_on", sa.Date),
        sa.Column("next_review_on", sa.Date),
        sa.Column("reviewer_id", sa.Integer),
        given("criteria", sa.String),
        given("decision", sa.String),
        sa.Column("decided_on", sa.Date),
        given("reason", sa.String),
        sa.Column("closed_on", sa.Date),
        points("authorization", "client_id", "client", "CASCADE"),
        points("authorization", "episode_id", "episode", "SET NULL"),
        points("authorization", "policy_id", "policy", "CASCADE"),
        points("authorization", "reviewer_id", "person"),
    )
    index("authorization", "client_id", "episode_id", "policy_id", "reviewer_id")
    lasting(
        "safety_step",
        given("safety_plan_id", sa.Integer),
        given("step", sa.Integer),
        given("position", sa.Integer),
        given("text", sa.String),
        sa.Column("person_id", sa.Integer),
        given("phone", sa.String),
        points("safety_step", "person_id", "person"),
        points("safety_step", "safety_plan_id", "safety_plan", "CASCADE"),
    )
    index("safety_step", "person_id", "safety_plan_id")
    lasting(
        "task_link",
        given("task_id", sa.Integer),
        sa.Column("person_id", sa.Integer),
        sa.Column("organisation_id", sa.Integer),
        sa.Column("document_id", sa.Integer),
        sa.Column("episode_id", sa.Integer),
        sa.Column("authorization_id", sa.Integer),
        sa.Column("inquiry_id", sa.Integer),
        points("task_link", "authorization_id", "authorization", "CASCADE"),
        points("task_link", "document_id", "document"),
        points("task_link", "episode_id", "episode", "CASCADE"),
        points("task_link", "inquiry_id", "inquiry", "CASCADE"),
        points("task_link", "organisation_id", "organisation"),
        points("task_link", "person_id", "person"),
        points("task_link", "task_id", "task", "CASCADE"),
    )
    index(
        "task_link",
        "authorization_id",
        "document_id",
        "episode_id",
        "inquiry_id",
        "organisation_id",
        "person_id",
        "task_id",
    )


def downgrade() -> None:
    for name in (
        "task_link",
        "safety_step",
        "authorization",
        "safety_plan",
        "policy",
        "medication",
        "inquiry",
        "client_merge",
        "cadence_rule",
        "person_merge",
        "task_set_step",
        "task_set",
        "state_rule",
        "snooze",
        "snippet",
        "calendar_event",
    ):
        op.drop_table(name)
