"""Ready to open: what was looked at and when, test pages and their answers, whom the house tells about itself."""

import sqlalchemy as sa
from alembic import op

from app.foundation.clock import Instant

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_table(
        "checks",
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("subject", sa.String(length=60), nullable=False),
        sa.Column("checked_at", Instant(), nullable=False),
        sa.Column("checked_by", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("kind", "subject", name=op.f("pk_checks")),
    )
    op.create_table(
        "test_pages",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("answered_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_test_pages")),
    )
    op.add_column("site", sa.Column("outside_name", sa.String(length=80), server_default="", nullable=False))
    op.add_column("site", sa.Column("outside_reach", sa.String(length=200), server_default="", nullable=False))
    op.add_column("site", sa.Column("small", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("site", sa.Column("opened_at", Instant(), nullable=True))
    op.execute("UPDATE site SET opened_at = (SELECT min(joined_at) FROM people)")
    for table in ("cards", "sign_ins"):
        op.add_column(table, sa.Column("practice", sa.Boolean(), server_default=sa.false(), nullable=False))
