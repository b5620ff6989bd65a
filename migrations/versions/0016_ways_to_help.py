"""What one person chose about their own calls for help."""

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """Nothing yet."""
