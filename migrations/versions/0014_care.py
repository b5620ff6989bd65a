"""Who looked at the words around a call, plans for hard times, covered words, pauses, and whom a worry goes past."""

import sqlalchemy as sa
from alembic import op

from app.foundation.clock import Instant
from app.foundation.sealing import SealedWords

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.create_table(
        "looks",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("incident_id", sa.String(length=40), nullable=False),
        sa.Column("person_id", sa.String(length=40), nullable=False),
        sa.Column("who", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("until", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["incident_id"], ["incidents.id"], name=op.f("fk_looks_incident_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_looks_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_looks")),
    )
    op.create_index("ix_looks_incident_id_who", "looks", ["incident_id", "who"])
    op.create_table(
        "safety_plans",
        sa.Column("person_id", sa.String(length=40), nullable=False),
        sa.Column("sealed", SealedWords(), nullable=False),
        sa.Column("kept_at", Instant(), nullable=False),
        sa.Column("shared_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_safety_plans_person_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_safety_plans")),
    )
    _columns()


def _columns() -> None:
    for name in ("paused_by", "paused_for"):
        op.add_column("rooms", sa.Column(name, sa.String(length=40), nullable=False, server_default=""))
    for name in ("paused_at", "comforted_at"):
        op.add_column("rooms", sa.Column(name, Instant(), nullable=True))
    op.add_column("entries", sa.Column("covered_at", Instant(), nullable=True))
    op.add_column("entries", sa.Column("covered_by", sa.String(length=40), nullable=True))
    for table in ("incidents", "flags"):
        op.add_column(table, sa.Column("past", sa.JSON(), nullable=False, server_default="[]"))
