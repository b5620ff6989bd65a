"""Alembic's door: runs on the connection that app.foundation.migrating holds the lock on."""

from alembic import context

from app.foundation.database.model import Model
from app.tables import ALL  # noqa: F401

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Model.metadata,
    transactional_ddl=False,
    render_as_batch=True,
)
context.run_migrations()
