"""A restore that is tried out: in a folder that is thrown away, beside a house that goes on."""

import tempfile
from pathlib import Path

from app.foundation import audit
from app.foundation.database import open_database
from app.keeping.box import Unreadable
from app.keeping.restore import Restored, restore
from app.settings import Settings


async def rehearse(settings: Settings, file: Path, passphrase: str) -> Restored:
    """Restore it for a moment and look: it is this house's, all rows are there, its audit log is whole."""
    with tempfile.TemporaryDirectory(dir=settings.data_dir, prefix="rehearsal-") as folder:
        own = {"data_dir": Path(folder), "database_url": "", "secret_file": None, "sealing_file": None}
        there = settings.model_copy(update=own)
        restored = await restore(there, file, passphrase, [])
        if there.secret_path.read_bytes() != settings.secret_path.read_bytes():
            raise Unreadable("This is the backup of another house.")
        await look(there)
        return restored


async def look(there: Settings) -> None:
    database = open_database(there.database)
    try:
        broken = await database.read(audit.first_broken_link)
    finally:
        await database.close()
    if broken is not None:
        raise Unreadable(f"In this backup the log of staff acts is broken at link {broken}.")
