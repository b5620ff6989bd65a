"""Keeping: the log of staff acts is append-only, by the database's own hand.

A later migration that rebuilds `audit` on SQLite (batch_alter_table) loses the triggers and has to make them again.
"""

import sqlalchemy as sa
from alembic import op

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
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in ON_SQLITE if on_sqlite else ON_POSTGRES:
        op.execute(statement.replace("{refuse}", f"SELECT RAISE(ABORT, '{REFUSED}');"))
