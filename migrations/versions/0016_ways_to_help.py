"""What one person chose about their own calls for help."""

import sqlalchemy as sa
from alembic import op

from app.foundation.clock import Instant

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.create_table(
        "help_choices",
        sa.Column("person_id", sa.String(length=40), nullable=False),
        sa.Column("ask_first", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("agreed_with", sa.String(length=40), server_default="", nullable=False),
        sa.Column("agreed_at", Instant(), nullable=True),
        sa.Column("quiet", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_help_choices_person_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_help_choices")),
    )
