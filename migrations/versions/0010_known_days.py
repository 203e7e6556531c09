"""Known days: how exactly the days of a stay are known."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

COLUMNS = ("admitted_known", "discharged_known")


def upgrade() -> None:
    for name in COLUMNS:
        said = sa.text("'day'")
        op.add_column("episode", sa.Column(name, sa.String(), nullable=False, server_default=said))


def downgrade() -> None:
    for name in COLUMNS:
        op.drop_column("episode", name)
