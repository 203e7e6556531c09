"""Places: what is known of providers, and the search for the right one."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

ORGANISATION = {
    "mine": (sa.Boolean, "1"),
    "starred": (sa.Boolean, "0"),
    "treats": (sa.JSON, "'[]'"),
    "age_groups": (sa.JSON, "'[]'"),
    "gender_groups": (sa.JSON, "'[]'"),
    "takes": (sa.JSON, "'[]'"),
    "opening_on": (sa.Date, None),
    "openings": (sa.Integer, None),
    "wait_days": (sa.Integer, None),
    "needs": (sa.String, "''"),
    "parent_name": (sa.String, "''"),
}
PROFESSIONAL = {
    "npi": (sa.String, None),
    "taxonomies": (sa.JSON, "'[]'"),
    "source": (sa.String, "''"),
    "source_as_of": (sa.Date, None),
    "mine": (sa.Boolean, "1"),
    "starred": (sa.Boolean, "0"),
    "treats": (sa.JSON, "'[]'"),
    "modalities": (sa.JSON, "'[]'"),
    "age_groups": (sa.JSON, "'[]'"),
    "verified_on": (sa.Date, None),
}
TABLES = (
    "family_word",
    "candidate_move",
    "candidate_answer",
    "placement_candidate",
    "placement_need",
    "placement_search",
    "saved_view",
    "provider_tie",
    "site_visit",
    "provider_fact",
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
    providers()
    directory()
    placements()


def providers() -> None:
    add("organisation", ORGANISATION)
    add("professional", PROFESSIONAL)
    index("organisation", "mine")
    index("professional", "npi")
    # A program that came in a directory and that nobody has worked with is not one of one's own.
    op.execute(
        "UPDATE organisation SET mine = 0 WHERE source <> '' AND imported_digest IS NOT NULL"
        " AND id NOT IN (SELECT organisation_id FROM episode WHERE organisation_id IS NOT NULL)"
        " AND id NOT IN (SELECT organisation_id FROM person WHERE organisation_id IS NOT NULL)"
    )


def directory() -> None:
    lasting(
        "provider_fact",
        sa.Column("organisation_id", sa.Integer),
        sa.Column("person_id", sa.Integer),
        given("field", sa.String),
        given("words", sa.String),
        given("told_by", sa.String),
        sa.Column("told_by_id", sa.Integer),
        given("told_on", sa.Date),
        sa.Column("entry_id", sa.Integer),
        points("provider_fact", "entry_id", "entry"),
        points("provider_fact", "organisation_id", "organisation", "CASCADE"),
        points("provider_fact", "person_id", "person", "CASCADE"),
        points("provider_fact", "told_by_id", "person"),
    )
    index("provider_fact", "entry_id", "organisation_id", "person_id", "told_by_id")
    lasting(
        "site_visit",
        given("organisation_id", sa.Integer),
        given("visited_on", sa.Date),
        given("met", sa.String),
        given("seen", sa.String),
        given("ratings", sa.JSON),
        given("notes", sa.String),
        given("follow_up", sa.String),
        given("travel_paid_by", sa.String),
        points("site_visit", "organisation_id", "organisation", "CASCADE"),
    )
    index("site_visit", "organisation_id")
    lasting(
        "provider_tie",
        sa.Column("organisation_id", sa.Integer),
        sa.Column("person_id", sa.Integer),
        given("kind", sa.String),
        given("what", sa.String),
        sa.Column("amount_cents", sa.Integer),
        sa.Column("happened_on", sa.Date),
        sa.Column("ended_on", sa.Date),
        given("disclosed_to", sa.String),
        sa.Column("disclosed_on", sa.Date),
        points("provider_tie", "organisation_id", "organisation", "CASCADE"),
        points("provider_tie", "person_id", "person", "CASCADE"),
    )
    index("provider_tie", "organisation_id", "person_id")
    lasting(
        "saved_view",
        given("place", sa.String),
        given("name", sa.String),
        given("position", sa.Integer),
        given("chosen", sa.JSON),
    )


def placements() -> None:
    lasting(
        "placement_search",
        given("client_id", sa.Integer),
        given("looking_for", sa.String),
        given("levels", sa.JSON),
        sa.Column("by_on", sa.Date),
        given("around", sa.String),
        given("around_zip", sa.String),
        sa.Column("most_miles", sa.Integer),
        sa.Column("budget_cents", sa.Integer),
        given("budget_per", sa.String),
        given("payer", sa.String),
        given("legal", sa.String),
        given("timing", sa.String),
        given("conflict_statement", sa.String),
        sa.Column("conflict_stated_on", sa.Date),
        sa.Column("decided_on", sa.Date),
        given("decided_by", sa.String),
        given("decision", sa.String),
        given("rationale", sa.String),
        sa.Column("chosen_id", sa.Integer),
        sa.Column("closed_on", sa.Date),
        given("part2", sa.String),
        points("placement_search", "chosen_id", "organisation"),
        points("placement_search", "client_id", "client", "CASCADE"),
    )
    index("placement_search", "chosen_id", "client_id")
    lasting(
        "placement_need",
        given("search_id", sa.Integer),
        given("position", sa.Integer),
        given("text", sa.String),
        given("must", sa.Boolean),
        given("weight", sa.Integer),
        given("test", sa.JSON),
        given("question", sa.String),
        points("placement_need", "search_id", "placement_search", "CASCADE"),
    )
    index("placement_need", "search_id")
    lasting(
        "placement_candidate",
        given("search_id", sa.Integer),
        given("organisation_id", sa.Integer),
        given("position", sa.Integer),
        given("state", sa.String),
        sa.Column("state_since", sa.Date),
        given("reason", sa.String),
        given("leading", sa.Boolean),
        given("availability", sa.String),
        sa.Column("quoted_cents", sa.Integer),
        given("quoted_per", sa.String),
        given("watch_for", sa.String),
        sa.Column("records_sent_on", sa.Date),
        sa.Column("consent_id", sa.Integer),
        given("next_step", sa.String),
        sa.Column("next_on", sa.Date),
        points("placement_candidate", "consent_id", "consent"),
        points("placement_candidate", "organisation_id", "organisation"),
        points("placement_candidate", "search_id", "placement_search", "CASCADE"),
    )
    index("placement_candidate", "consent_id", "next_on", "organisation_id", "search_id")
    lasting(
        "candidate_answer",
        given("candidate_id", sa.Integer),
        given("need_id", sa.Integer),
        given("met", sa.String),
        given("words", sa.String),
        given("told_by", sa.String),
        sa.Column("told_on", sa.Date),
        points("candidate_answer", "candidate_id", "placement_candidate", "CASCADE"),
        points("candidate_answer", "need_id", "placement_need", "CASCADE"),
    )
    index("candidate_answer", "candidate_id", "need_id")
    lasting(
        "candidate_move",
        given("candidate_id", sa.Integer),
        given("state", sa.String),
        given("moved_on", sa.Date),
        given("reason", sa.String),
        sa.Column("entry_id", sa.Integer),
        points("candidate_move", "candidate_id", "placement_candidate", "CASCADE"),
        points("candidate_move", "entry_id", "entry"),
    )
    index("candidate_move", "candidate_id", "entry_id")
    lasting(
        "family_word",
        given("search_id", sa.Integer),
        sa.Column("candidate_id", sa.Integer),
        sa.Column("person_id", sa.Integer),
        sa.Column("said_on", sa.Date),
        given("words", sa.String),
        given("leaning", sa.String),
        points("family_word", "candidate_id", "placement_candidate", "CASCADE"),
        points("family_word", "person_id", "person"),
        points("family_word", "search_id", "placement_search", "CASCADE"),
    )
    index("family_word", "candidate_id", "person_id", "search_id")


def downgrade() -> None:
    for name in TABLES:
        op.drop_table(name)
    op.drop_index(op.f("ix_professional_npi"))
    op.drop_index(op.f("ix_organisation_mine"))
    for table, columns in (("professional", PROFESSIONAL), ("organisation", ORGANISATION)):
        for name in columns:
            op.drop_column(table, name)
