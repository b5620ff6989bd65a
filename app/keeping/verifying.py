"""Is the log of staff acts whole: every link bound to the one before, and every head that was kept outside in it?"""

import asyncio
from dataclasses import dataclass
from pathlib import Path

from app.foundation import audit, audit_heads
from app.foundation.audit_heads import Head
from app.foundation.database import Database, open_database
from app.settings import Settings

MOST_HEADS = 400
"""Heads looked up in one statement."""


@dataclass(frozen=True, slots=True)
class Verified:
    """`broken` is the first link that was changed, lost or cut off; `missing` the first head that is not in the log."""

    links: int
    heads: int
    broken: int | None = None
    missing: Head | None = None

    @property
    def well(self) -> bool:
        return self.broken is None and self.missing is None

    @property
    def sentence(self) -> str:
        """For the person who runs the house."""
        if self.broken is not None:
            return f"The log of staff acts is broken at link {self.broken}: somebody changed it. Keep a copy."
        if self.missing is not None:
            return (
                f"The log of staff acts was cut or written anew: on {self.missing.at} it held a link "
                f"{self.missing.number} that it does not hold now. Was a backup put back since? If not, keep a copy."
            )
        return f"The log of staff acts is whole: {self.links} links, and {self.heads} heads kept outside agree."


async def verify_at(settings: Settings, heads_file: Path | None) -> Verified:
    """For `hearthside verify-audit`."""
    database = open_database(settings.database)
    try:
        return await verify(database, heads_file or settings.audit_heads_path)
    finally:
        await database.close()


async def verify(database: Database, heads_file: Path) -> Verified:
    """Walk the whole log, a part at a time, then hold it against the heads that were kept outside."""
    heads = await asyncio.to_thread(audit_heads.read, heads_file)
    walk = audit.Walk()
    while walk.broken is None and not walk.over:
        walk = await database.read(audit.walk_on, walk)
    if walk.broken is not None:
        return Verified(walk.number, len(heads), broken=walk.broken)
    for start in range(0, len(heads), MOST_HEADS):
        if missing := await database.read(audit_heads.first_missing, heads[start : start + MOST_HEADS]):
            return Verified(walk.number, len(heads), missing=missing)
    return Verified(walk.number, len(heads))
