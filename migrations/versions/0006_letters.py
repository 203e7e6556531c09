"""Letters as data: templates, promises, what was told, what became of each; measures and rights."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


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
    letters()
    measures()
    rights()


def letters() -> None:
    lasting(
        "letter_template",
        given("code", sa.String),
        given("name", sa.String),
        given("title", sa.String),
        given("span", sa.String),
        given("readers", sa.String),
        given("topics", sa.JSON),
        sa.Column("due_hours", sa.Integer),
        given("words", sa.JSON),
        given("parts", sa.JSON),
        given("position", sa.Integer),
        given("hidden", sa.Boolean),
        sa.UniqueConstraint("code", name=op.f("uq_letter_template_code")),
    )
    lasting(
        "letter_promise",
        given("update_copy_id", sa.Integer),
        given("client_id", sa.Integer),
        given("position", sa.Integer),
        sa.Column("due", sa.Date),
        given("when_words", sa.String),
        given("what", sa.String),
        given("who", sa.String),
        sa.Column("task_id", sa.Integer),
        given("outcome", sa.String),
        sa.Column("settled_on", sa.Date),
        sa.Column("moved_to", sa.Date),
        given("note", sa.String),
        points("letter_promise", "update_copy_id", "update_copy", "CASCADE"),
        points("letter_promise", "client_id", "client", "CASCADE"),
        points("letter_promise", "task_id", "task", "SET NULL"),
    )
    index("letter_promise", "client_id", "task_id", "update_copy_id")
    lasting(
        "told_statement",
        given("client_id", sa.Integer),
        sa.Column("person_id", sa.Integer),
        sa.Column("organisation_id", sa.Integer),
        sa.Column("update_copy_id", sa.Integer),
        given("told_on", sa.Date),
        given("part", sa.String),
        given("text", sa.String),
        given("topics", sa.JSON),
        given("entry", sa.String),
        given("consent", sa.String),
        points("told_statement", "client_id", "client", "CASCADE"),
        points("told_statement", "organisation_id", "organisation"),
        points("told_statement", "person_id", "person"),
        points("told_statement", "update_copy_id", "update_copy", "CASCADE"),
    )
    index("told_statement", "client_id", "organisation_id", "person_id", "update_copy_id")
    lasting(
        "letter_event",
        given("update_copy_id", sa.Integer),
        given("kind", sa.String),
        given("happened_on", sa.Date),
        given("note", sa.String),
        sa.Column("other_copy_id", sa.Integer),
        points("letter_event", "other_copy_id", "update_copy", "SET NULL"),
        points("letter_event", "update_copy_id", "update_copy", "CASCADE"),
    )
    index("letter_event", "other_copy_id", "update_copy_id")


def measures() -> None:
    lasting(
        "measure_result",
        given("client_id", sa.Integer),
        given("instrument", sa.String),
        given("name", sa.String),
        given("score", sa.Double),
        sa.Column("lowest", sa.Double),
        sa.Column("highest", sa.Double),
        given("lower_is_better", sa.Boolean),
        given("taken_on", sa.Date),
        given("reported_by", sa.String),
        sa.Column("entry_id", sa.Integer),
        given("topics", sa.JSON),
        given("family_line", sa.String),
        given("part2", sa.String),
        given("note", sa.String),
        points("measure_result", "client_id", "client", "CASCADE"),
        points("measure_result", "entry_id", "entry"),
    )
    index("measure_result", "client_id", "entry_id", "taken_on")


def rights() -> None:
    lasting(
        "rights_request",
        given("client_id", sa.Integer),
        given("kind", sa.String),
        given("received_on", sa.Date),
        given("requester", sa.String),
        given("received_how", sa.String),
        given("what", sa.String),
        sa.Column("due_on", sa.Date),
        sa.Column("extended_on", sa.Date),
        given("extension_reason", sa.String),
        given("decision", sa.String),
        sa.Column("decided_on", sa.Date),
        given("reason", sa.String),
        given("disagreement", sa.String),
        given("rebuttal", sa.String),
        sa.Column("fee_cents", sa.Integer),
        sa.Column("document_id", sa.Integer),
        sa.Column("closed_on", sa.Date),
        given("note", sa.String),
        points("rights_request", "client_id", "client", "CASCADE"),
        points("rights_request", "document_id", "document"),
    )
    index("rights_request", "client_id", "due_on")
    lasting(
        "privacy_incident",
        sa.Column("client_id", sa.Integer),
        sa.Column("disclosure_id", sa.Integer),
        sa.Column("happened_on", sa.Date),
        given("discovered_on", sa.Date),
        given("what", sa.String),
        given("affected", sa.String),
        sa.Column("affected_count", sa.Integer),
        given("nature", sa.String),
        given("who_got_it", sa.String),
        given("viewed", sa.String),
        given("mitigation", sa.String),
        given("determination", sa.String),
        given("reason", sa.String),
        sa.Column("individuals_told_on", sa.Date),
        sa.Column("hhs_told_on", sa.Date),
        sa.Column("media_told_on", sa.Date),
        sa.Column("state_told_on", sa.Date),
        sa.Column("closed_on", sa.Date),
        given("note", sa.String),
        points("privacy_incident", "client_id", "client"),
        points("privacy_incident", "disclosure_id", "disclosure"),
    )
    index("privacy_incident", "client_id", "discovered_on")


def downgrade() -> None:
    for name in (
        "privacy_incident",
        "rights_request",
        "measure_result",
        "letter_event",
        "told_statement",
        "letter_promise",
        "letter_template",
    ):
        op.drop_table(name)
