"""Rules on trial and what people said of them."""

import sqlalchemy as sa
from alembic import op

from app.foundation.clock import Instant

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.create_table(
        "trial_findings",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("person_id", sa.String(length=40), nullable=False),
        sa.Column("room_id", sa.String(length=40), nullable=False),
        sa.Column("ref", sa.String(length=40), nullable=False),
        sa.Column("rule", sa.String(length=60), nullable=False),
        sa.Column("version", sa.String(length=20), nullable=False),
        sa.Column("tier", sa.String(length=12), nullable=False),
        sa.Column("category", sa.String(length=30), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("acted", sa.String(length=12), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        *_review(),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_trial_findings_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trial_findings")),
    )
    op.create_index("ix_trial_findings_at", "trial_findings", ["at"])
    op.create_index("ix_trial_findings_person_id_ref", "trial_findings", ["person_id", "ref"])
    for column in _review():
        op.add_column("flags", column)


def _review() -> list[sa.Column[object]]:
    return [
        sa.Column("reviewed", sa.String(length=10), nullable=False, server_default=""),
        sa.Column("reviewed_by", sa.String(length=40), nullable=False, server_default=""),
        sa.Column("reviewed_at", Instant(), nullable=True),
    ]
