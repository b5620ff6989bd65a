"""Joining: what people agreed to, and the sealed sheets for when they need help."""

import sqlalchemy as sa
from alembic import op

from app.foundation.clock import Instant
from app.foundation.sealing import SealedWords

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.add_column("people", sa.Column("withdrew_at", Instant(), nullable=True))
    op.create_table(
        "consents",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("person_id", sa.String(length=40), nullable=False),
        sa.Column("version", sa.String(length=20), nullable=False),
        sa.Column("language", sa.String(length=10), nullable=False),
        sa.Column("how", sa.String(length=10), nullable=False),
        sa.Column("beside_id", sa.String(length=40), nullable=False),
        sa.Column("beside_name", sa.String(length=80), nullable=False),
        sa.Column("there_at", Instant(), nullable=True),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("begun_at", Instant(), nullable=False),
        sa.Column("agreed_at", Instant(), nullable=True),
        sa.Column("withdrawn_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_consents_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consents")),
    )
    op.create_index(op.f("ix_consents_person_id"), "consents", ["person_id"])
    op.create_table(
        "help_sheets",
        sa.Column("person_id", sa.String(length=40), nullable=False),
        sa.Column("sealed", SealedWords(), nullable=False),
        sa.Column("kept_at", Instant(), nullable=False),
        sa.Column("kept_by", sa.String(length=40), nullable=False),
        sa.Column("checked_at", Instant(), nullable=False),
        sa.Column("checked_by", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_help_sheets_person_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_help_sheets")),
    )
