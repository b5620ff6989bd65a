"""What no door does: a verb on the database of a house that is up, from a process of its own."""

import contextlib
from collections.abc import AsyncIterator, Callable
from typing import Concatenate, ParamSpec, TypeVar

from app.foundation.database import Database, Session, open_database
from app.settings import Settings

P = ParamSpec("P")
T = TypeVar("T")


def read(settings: dict[str, str]) -> Settings:
    """What a process of that house takes from its environment."""
    return Settings.model_validate({name.removeprefix("HEARTHSIDE_").lower(): said for name, said in settings.items()})


@contextlib.asynccontextmanager
async def database_of(settings: dict[str, str]) -> AsyncIterator[Database]:
    database = open_database(read(settings).database)
    try:
        yield database
    finally:
        await database.close()


async def inside(
    settings: dict[str, str], verb: Callable[Concatenate[Session, P], T], *args: P.args, **options: P.kwargs
) -> T:
    async with database_of(settings) as database:
        return await database.transaction(verb, *args, **options)
