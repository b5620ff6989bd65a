"""How pages are answered, tested and reported."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.add_column("pages", sa.Column("provider", sa.Integer(), nullable=False, server_default="0"))
