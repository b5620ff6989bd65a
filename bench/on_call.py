"""Somebody who is on call, and the provider of texts and calls that reaches them, which keeps when it was asked."""

import asyncio
import importlib
import json
import re
import sys
from pathlib import Path
from time import perf_counter
from typing import Any

LINK = re.compile(r"/staff/calls/(\w+)")
NUMBER = "+1 555 0144"


class PhoneCompany:
    """`first`: incident → when its first page was handed over, by the clock of the measurement."""

    def __init__(self) -> None:
        self.first: dict[str, float] = {}
        self.handed = 0

    async def open(self) -> None:
        self.server = await asyncio.start_server(self._take, "127.0.0.1", 0)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.sockets[0].getsockname()[1]}"

    async def _take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
        length = int(head.split("content-length:")[1].split("\r\n")[0])
        words = json.loads(await reader.readexactly(length))
        found = LINK.search(words["text"])
        if found:
            self.first.setdefault(found.group(1), perf_counter())
        self.handed += 1
        answer = json.dumps({"ref": words["id"]}).encode()
        writer.write(b"HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: %d\r\n\r\n" % len(answer) + answer)
        await writer.drain()
        writer.close()


async def put_on_call(folder: Path) -> None:
    """Asha, at every hour of the week, with a telephone that was checked."""
    sys.path.insert(0, str(Path(__file__).parent.parent))
    tables = importlib.import_module("app.tables")
    database = importlib.import_module("app.foundation.database").open_database(f"sqlite:///{folder}/hearthside.db")
    assert tables
    await database.transaction(_asha)
    await database.close()


def _asha(session: Any) -> None:
    joining, actors, on_call, ways, clock = (
        importlib.import_module(f"app.{name}")
        for name in ("people.joining", "people.actors", "crisis.on_call", "people.ways", "foundation.clock")
    )
    asha = joining.add_person(session, actors.SYSTEM, "Asha", roles=("responder",))
    for day in range(7):
        shift = {"level": 1, "person_id": asha.id, "weekday": day, "starts": "00:00", "ends": "00:00"}
        session.add(on_call.Shift(id=f"shift-{day}", **shift))
    for place, kind in enumerate(("text", "ring")):
        checked = {"made_by": asha.id, "made_at": clock.now(), "verified_by": asha.id, "verified_at": clock.now()}
        session.add(ways.Way(id=f"way-{kind}", person_id=asha.id, kind=kind, address=NUMBER, place=place, **checked))
