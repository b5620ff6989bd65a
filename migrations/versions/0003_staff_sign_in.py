"""Staff sign-in: proofs, roles with an end."""

import sqlalchemy as sa
from alembic import op

from app.foundation.clock import Instant

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column("grants", sa.Column("ends_at", Instant(), nullable=True))
    op.create_index(op.f("ix_grants_ends_at"), "grants", ["ends_at"])
    op.add_column("sign_ins", sa.Column("proved_at", Instant(), nullable=True))
