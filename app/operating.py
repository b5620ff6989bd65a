"""How a command comes to its settings and its database, and how it ends when it cannot."""

import asyncio
from typing import Any, NoReturn

import typer
from pydantic import ValidationError
from sqlalchemy.exc import OperationalError

from app.foundation import migrating
from app.foundation.beat import is_half_restored
from app.foundation.database import open_database
from app.foundation.database.whole import read_whole
from app.foundation.tokens import house_key
from app.problems import Problem
from app.settings import Settings
from app.web.wording import explain


def run(verb: Any, *args: Any) -> Any:
    """Run a verb in one transaction on the migrated database, as the system."""
    return run_each(verb, [args])[0]


def run_each(verb: Any, many: list[tuple[Any, ...]]) -> list[Any]:
    """Run a verb for each of these arguments, in a transaction each."""
    settings = read_settings()
    bring_up_to_date(settings)

    async def on_database() -> list[Any]:
        database = open_database(settings.database)
        try:
            key = house_key(settings.secret_path)
            return [await database.transaction(verb, settings, key, *args) for args in many]
        finally:
            await database.close()

    try:
        return asyncio.run(on_database())
    except Problem as problem:
        stop(explain(problem))


def bring_up_to_date(settings: Settings) -> None:
    """Migrate, or end with what to look at."""
    try:
        asyncio.run(migrating.migrate(settings.database))
        half_restored = asyncio.run(read_whole(settings.database, is_half_restored))
    except (OSError, OperationalError):
        stop("The database cannot be opened. Is it running? Look at HEARTHSIDE_DATABASE_URL and HEARTHSIDE_DATA_DIR.")
    if half_restored:
        stop("A restore was cut short here. Give an empty folder or database, and restore again.")


def read_settings() -> Settings:
    """The settings, or a sentence for each that cannot be used."""
    try:
        return Settings()
    except ValidationError as trouble:
        wrong = [f"HEARTHSIDE_{str(one['loc'][0]).upper()}: {one['msg']}" for one in trouble.errors()]
        stop("\n".join(wrong))


def stop(sentence: str) -> NoReturn:
    """End with a sentence for the person at the keyboard."""
    typer.echo(sentence, err=True)
    raise typer.Exit(2)
