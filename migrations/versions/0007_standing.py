"""Standing: joined, away, paused, moved on, died; and tasks that rest meanwhile."""

import sqlalchemy as sa
from alembic import op

from app.foundation.clock import Instant

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.add_column("people", sa.Column("standing", sa.String(length=12), server_default="joined", nullable=False))
    op.add_column("people", sa.Column("standing_until", Instant(), nullable=True))
    op.add_column("people", sa.Column("standing_at", Instant(), nullable=True))
    op.add_column("people", sa.Column("standing_by", sa.String(length=40), server_default="", nullable=False))
    op.add_column("tasks", sa.Column("while_here", sa.Boolean(), server_default=sa.false(), nullable=False))
