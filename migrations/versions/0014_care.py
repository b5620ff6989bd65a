"""Plans, looks and what staff do after a call."""

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Nothing yet."""
