"""The languages of a room."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.add_column("rooms", sa.Column("languages", sa.JSON(), server_default='["en"]', nullable=False))
