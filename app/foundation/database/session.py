"""What a verb is given, and what a door calls."""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

from sqlalchemy import orm
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, ProgrammingError, TimeoutError

from app.problems import Invalid, TryAgain

P = ParamSpec("P")
T = TypeVar("T")
OURS = (IntegrityError, ProgrammingError)


class Session(orm.Session):
    """A unit of work that remembers what is to be told once it is committed."""

    def __init__(self, *args: Any, **kw: Any) -> None:
        super().__init__(*args, expire_on_commit=False, **kw)
        self.announcements: list[Any] = []

    def announce(self, announcement: Any) -> None:
        """Tell this to browsers after the commit, and never if there is none."""
        self.announcements.append(announcement)


class Engine(Protocol):
    """How one kind of database runs a piece of work: in a thread (SQLite) or on the loop (PostgreSQL)."""

    async def write(self, work: Callable[[Session], Any], urgent: bool) -> tuple[Any, list[Any]]: ...
    async def read(self, work: Callable[[Session], Any]) -> Any: ...
    async def close(self) -> None: ...


async def _tell_nobody(announcements: list[Any]) -> None:
    return None


class Database:
    """Runs verbs. `publish` is given what a verb announced, after its commit."""

    def __init__(self, engine: Engine, url: str) -> None:
        self.engine = engine
        self.url = url
        self.publish: Callable[[list[Any]], Awaitable[None]] = _tell_nobody

    async def transaction(self, work: Callable[Concatenate[Session, P], T], *args: P.args, **options: P.kwargs) -> T:
        """Run `work`, commit, publish. Raises what `work` raises (nothing is kept), or TryAgain."""
        return await self._write(lambda session: work(session, *args, **options), urgent=False)

    async def urgently(self, work: Callable[Concatenate[Session, P], T], *args: P.args, **options: P.kwargs) -> T:
        """A transaction that goes ahead of all that waits: help, and the answers to it."""
        return await self._write(lambda session: work(session, *args, **options), urgent=True)

    async def read(self, work: Callable[Concatenate[Session, P], T], *args: P.args, **options: P.kwargs) -> T:
        """Run `work` on one consistent snapshot; whatever it changes is thrown away."""
        with away_explained():
            return await self.engine.read(lambda session: work(session, *args, **options))

    async def _write(self, work: Callable[[Session], T], urgent: bool) -> T:
        with away_explained():
            result, announcements = await self.engine.write(work, urgent)
        if announcements:
            await self.publish(announcements)
        return result

    async def close(self) -> None:
        await self.engine.close()


@contextmanager
def away_explained() -> Iterator[None]:
    """A database that is away, full or locked becomes TryAgain, a value it cannot hold Invalid; our mistakes stay."""
    try:
        yield
    except OURS:
        raise
    except (OSError, TimeoutError, DBAPIError) as trouble:
        if isinstance(trouble, DBAPIError) and _cannot_be_held(trouble):
            raise Invalid() from trouble
        raise TryAgain() from trouble


def _cannot_be_held(trouble: DBAPIError) -> bool:
    """A value the database has no room for, such as a NUL in a text: SQLSTATE class 22."""
    return isinstance(trouble, DataError) or str(getattr(trouble.orig, "sqlstate", "")).startswith("22")
