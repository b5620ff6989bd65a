"""Keeping: what is erased, how long words are kept, and a log of staff acts that the database lets nobody change.

A later migration that rebuilds `audit` on SQLite (batch_alter_table) loses the triggers and has to make them again.
"""

import sqlalchemy as sa
from alembic import op

from app.foundation.clock import Instant

revision = "0008"
down_revision = "0007"

REFUSED = "the log of staff acts is append-only"
ON_SQLITE = (
    "CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit BEGIN {refuse} END",
    "CREATE TRIGGER audit_is_not_cut BEFORE DELETE ON audit BEGIN {refuse} END",
    "CREATE TRIGGER audit_is_not_replaced BEFORE INSERT ON audit "
    "WHEN EXISTS (SELECT 1 FROM audit WHERE number = NEW.number) BEGIN {refuse} END",
    "CREATE TRIGGER audit_head_goes_on BEFORE UPDATE ON audit_head "
    "WHEN NEW.id <> OLD.id OR NEW.number <= OLD.number BEGIN {refuse} END",
    "CREATE TRIGGER audit_head_is_not_cut BEFORE DELETE ON audit_head BEGIN {refuse} END",
    "CREATE TRIGGER audit_head_is_one BEFORE INSERT ON audit_head "
    "WHEN EXISTS (SELECT 1 FROM audit_head) BEGIN {refuse} END",
)
ON_POSTGRES = (
    f"""
    CREATE FUNCTION refuse_to_change_the_audit_log() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '{REFUSED}' USING ERRCODE = 'integrity_constraint_violation'; END $$
    """,
    "CREATE TRIGGER audit_is_not_changed BEFORE UPDATE OR DELETE ON audit "
    "FOR EACH ROW EXECUTE FUNCTION refuse_to_change_the_audit_log()",
    "CREATE TRIGGER audit_is_not_emptied BEFORE TRUNCATE ON audit "
    "FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_change_the_audit_log()",
    "CREATE TRIGGER audit_head_goes_on BEFORE UPDATE ON audit_head FOR EACH ROW "
    "WHEN (NEW.id <> OLD.id OR NEW.number <= OLD.number) EXECUTE FUNCTION refuse_to_change_the_audit_log()",
    "CREATE TRIGGER audit_head_is_not_cut BEFORE DELETE ON audit_head "
    "FOR EACH ROW EXECUTE FUNCTION refuse_to_change_the_audit_log()",
    "CREATE TRIGGER audit_head_is_not_emptied BEFORE TRUNCATE ON audit_head "
    "FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_change_the_audit_log()",
    "CREATE TRIGGER audit_head_is_one BEFORE INSERT ON audit_head "
    "FOR EACH ROW WHEN (NEW.id <> 1) EXECUTE FUNCTION refuse_to_change_the_audit_log()",
    "REVOKE UPDATE, DELETE, TRUNCATE ON audit FROM PUBLIC, CURRENT_USER",
    "REVOKE DELETE, TRUNCATE ON audit_head FROM PUBLIC, CURRENT_USER",
)


def upgrade() -> None:
    op.add_column("site", sa.Column("audit_mail", sa.String(length=200), server_default="", nullable=False))
    op.add_column("rooms", sa.Column("forgot_at_version", sa.Integer(), server_default="0", nullable=False))
    op.add_column("entries", sa.Column("erased_at", Instant(), nullable=True))
    op.create_table(
        "forgotten_refs",
        sa.Column("room_id", sa.String(length=40), nullable=False),
        sa.Column("author_id", sa.String(length=40), nullable=False),
        sa.Column("ref", sa.String(length=40), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("first_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["room_id"], ["rooms.id"], name=op.f("fk_forgotten_refs_room_id")),
        sa.PrimaryKeyConstraint("room_id", "author_id", "ref", name=op.f("pk_forgotten_refs")),
    )
    op.create_index(op.f("ix_forgotten_refs_ref"), "forgotten_refs", ["ref"])
    op.create_table(
        "retention",
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("days", sa.Integer(), nullable=True),
        sa.Column("chosen_by", sa.String(length=40), nullable=False),
        sa.Column("chosen_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("kind", name=op.f("pk_retention")),
    )
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in ON_SQLITE if on_sqlite else ON_POSTGRES:
        op.execute(statement.replace("{refuse}", f"SELECT RAISE(ABORT, '{REFUSED}');"))
