"""Who begins a turn is asked; by which ways a test of the catch-all went out; no open call is left out of paging."""

import sqlalchemy as sa
from alembic import op

from app.foundation.clock import Instant, now

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    for column in (
        sa.Column("why", sa.String(length=10), nullable=False, server_default="week"),
        sa.Column("turn_at", Instant(), nullable=True),
        sa.Column("address", sa.String(length=40), nullable=False, server_default=""),
        sa.Column("went", sa.JSON(), nullable=False, server_default="{}"),
    ):
        op.add_column("duty_tests", column)
    _page_what_was_left_open()


def _page_what_was_left_open() -> None:
    """A house that tried this release before it was whole has calls that were open then, and that nobody was paged
    for."""
    names = (("closed_at", Instant()), ("next_action_at", Instant()), ("tier", sa.String()), ("cycle", sa.Integer()))
    incidents = sa.table("incidents", *(sa.column(name, kind) for name, kind in names), sa.column("drill", sa.Boolean))
    never_paged = (incidents.c.cycle == 0, incidents.c.next_action_at.is_(None), incidents.c.drill.is_(sa.false()))
    open_ones = sa.update(incidents).where(incidents.c.closed_at.is_(None), incidents.c.tier == "emergency")
    op.execute(open_ones.where(*never_paged).values(next_action_at=now()))
