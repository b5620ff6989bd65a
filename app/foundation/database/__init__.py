"""The store: one `Database` over SQLite or PostgreSQL. Verbs are plain functions; the only commits are here.

`await database.transaction(verb, *args)` runs `verb(session, *args)`, commits, then publishes what it announced.
`await database.read(verb, *args)` runs it on a snapshot that is never committed.
"""

from app.foundation.database.opening import open_database
from app.foundation.database.session import Database, Session

__all__ = ["Database", "Session", "open_database"]
