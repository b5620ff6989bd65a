import asyncio
import re
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import uvicorn

from app.foundation.database import open_database
from app.foundation.migrating import migrate
from app.foundation.tokens import house_key
from app.inviting import invite
from app.main import create_app
from app.settings import Settings
from tests.support.client import Live
from tests.support.ports import free_port
from tests.support.waiting import until

WALK = re.compile(r"^\d\. `([\w.]+)`", re.MULTILINE)
DOCUMENT = Path(__file__).parents[2] / "docs" / "architecture.md"


@pytest.fixture
def called() -> Iterator[dict[str, None]]:
    """The functions of app/ that are called from now on, in the order of their first call, in every thread."""
    names: dict[str, None] = {}

    def note(frame, event, argument):
        module = frame.f_globals.get("__name__", "")
        if event == "call" and module.startswith("app."):
            names.setdefault(f"{module}.{frame.f_code.co_qualname}")

    threading.setprofile(note)
    sys.setprofile(note)
    yield names
    sys.setprofile(None)
    threading.setprofile(None)


async def test_the_numbered_walk_is_the_way_a_message_goes(tmp_path: Path, called: dict[str, None]):
    settings = Settings(data_dir=tmp_path, database_url="", redis_url="", public_url="")
    await migrate(settings.database)
    key = house_key(settings.secret_path)
    database = open_database(settings.database)
    made = await database.transaction(invite, settings, key, "Rose", ("member",), ("monday-circle",))
    await database.close()
    config = uvicorn.Config(
        create_app(settings, with_worker=False), port=(port := free_port()), ws="app.web.wire:Wire", log_config=None
    )
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve())

    async def started() -> bool:
        return server.started

    try:
        await until(started, what="the server is up")
        await say_good_morning(f"http://127.0.0.1:{port}", made["card"], called)
    finally:
        server.should_exit = True
        await serving
    walk = WALK.findall(DOCUMENT.read_text("utf-8"))
    assert len(walk) == 5
    assert [name for name in called if name in walk] == walk


async def say_good_morning(url: str, card: str, called: dict[str, None]) -> None:
    async with httpx.AsyncClient(base_url=url, trust_env=False) as client:
        token = (await client.post("/api/sign-in/card", json={"card": card})).json()["token"]
        rooms = await client.get("/api/rooms", headers={"Authorization": f"Bearer {token}"})
    live = await Live.connect(url, token=token)
    room_id = rooms.json()[0]["id"]
    await live.open(room_id)
    called.clear()
    await live.say(room_id, "Good morning")
    await live.expect("entry", room=room_id)
    await live.close()
