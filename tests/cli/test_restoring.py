import asyncio
from pathlib import Path

import pytest
from sqlalchemy import select
from typer.testing import CliRunner

from app.cli import main
from app.foundation.beat import Beat
from app.foundation.database import open_database
from app.settings import Settings


async def epoch() -> str:
    database = open_database(Settings().database)
    try:
        return await database.read(lambda session: session.scalars(select(Beat.epoch)).one())
    finally:
        await database.close()


def migrate(*options: str) -> None:
    assert CliRunner().invoke(main, ["migrate", *options], catch_exceptions=False).exit_code == 0


async def test_a_restored_backup_gets_a_new_epoch_and_an_upgrade_does_not(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    monkeypatch.setenv("HEARTHSIDE_DATA_DIR", str(tmp_path))
    await asyncio.to_thread(migrate)
    first = await epoch()
    await asyncio.to_thread(migrate)
    assert await epoch() == first
    await asyncio.to_thread(migrate, "--restored")
    assert await epoch() != first
