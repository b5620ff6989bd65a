"""How pages are answered, tested and reported."""

import sqlalchemy as sa
from alembic import op

from app.foundation.clock import Instant

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.add_column("pages", sa.Column("provider", sa.Integer(), nullable=False, server_default="0"))
    op.create_table(
        "duty_tests",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("person_id", sa.String(length=40), nullable=False),
        sa.Column("code", sa.String(length=6), nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("answered_at", Instant(), nullable=True),
        sa.Column("answered_by", sa.String(length=10), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty_tests")),
    )
    op.create_index("ix_duty_tests_person_id_asked_at", "duty_tests", ["person_id", "asked_at"])
    engine = op.create_table(
        "engine",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seen_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_engine")),
    )
    op.bulk_insert(engine, [{"id": 1, "seen_at": None}])
