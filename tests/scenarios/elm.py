"""Elm House: a real server, real workers, providers on this machine, and a clock that is moved instead of waited for.

Asha is on call first, Ben after her, then Vera, who leads, with everybody. Dot and Harold are members of the Monday
Circle, which Fay and Gil keep.
"""

import asyncio
import json
import time
import uuid
from datetime import datetime, timedelta
from typing import Any

import httpx
from sqlalchemy import select

from app.crisis.models import Incident, IncidentEvent, Page
from app.foundation.clock import database_now
from app.foundation.database import open_database
from app.foundation.tokens import house_key
from tests.scenarios import promises, setting
from tests.scenarios.providers import TOKEN, Providers
from tests.support.house import House
from tests.support.houses import Houses
from tests.support.inside import read
from tests.support.person import Person
from tests.support.phone_company import PhoneCompany, sealed
from tests.support.processes import Process
from tests.support.waiting import until

LONG = 60
"""Seconds until a test gives up on processes that have two cores between them."""


class Elm:
    def __init__(self, house: House, providers: Providers) -> None:
        self.house, self.providers = house, providers
        self.workers: list[Process] = []
        self.said: list[str] = []
        self.t0 = datetime.min
        self.settings = read(house.settings)

    @classmethod
    async def build(cls, stack: str, houses: Houses) -> "Elm":
        house, providers = await houses.build(stack), Providers()
        providers.open()
        house.settings |= {
            "HEARTHSIDE_PUSH_SERVICES": providers.url, "HEARTHSIDE_TIMEZONE": "Europe/London",
            "HEARTHSIDE_PHONE_URL": f"{providers.url}/1", "HEARTHSIDE_PHONE_TOKEN": TOKEN[0],
            "HEARTHSIDE_COUNTRY": "GB",
        }  # fmt: skip
        await house.serve("--no-worker")
        house.settings["HEARTHSIDE_PUBLIC_URL"] = house.url
        elm = cls(house, providers)
        elm.database = open_database(elm.settings.database)
        elm.at_home = await elm.database.transaction(setting.gather)
        return elm

    async def begin(self) -> None:
        """Nothing is open, everybody is reached by push, text and call, one worker is up."""
        self.providers.behave()
        self.said = []
        ways = (self.providers.url, self.providers.keys)
        self.providers.names = await self.database.transaction(setting.begin, self.at_home, *ways)
        key = house_key(self.settings.secret_path)
        signed = await self.database.transaction(setting.sign_in, self.at_home, key)
        self.people = {name: Person(self.house, name, token, id=id) for name, (id, token) in signed.items()}
        await self.have_workers(1)

    async def end(self) -> None:
        """Nothing more was sent than the story told, and what always holds has held."""
        await self.house.hang_up()
        for one in self.workers:
            if one.is_alive:
                one.thaw()
        if not self.house.door().is_alive:
            await self.house.door().start()
        assert self.providers.new() == []
        logs = [self.house.log, *(one.words for one in self.workers)]
        promises.hold_outside(self.providers.sent, logs, self.said)
        await self.database.read(promises.hold_inside)

    async def have_workers(self, count: int) -> list[Process]:
        """So many are up and awake, and no more."""
        alive = [one for one in self.workers if one.is_alive]
        for one in alive[count:]:
            one.kill()
        for one in alive[:count]:
            one.thaw()
        new = [await self.house.work(program="tests.scenarios.awake") for _ in range(count - len(alive))]
        self.workers += new
        return [*alive[:count], *new]

    async def close(self) -> None:
        for one in self.workers:
            one.kill()
        self.providers.close()
        await self.database.close()

    async def tap(self, who: str = "Dot", **about: Any) -> str:
        """I need help now; the first tap of a story is its 0:00."""
        answer = await self.people[who].post("/api/help", {"ref": str(uuid.uuid4()), **about})
        assert answer.status_code == 201, answer.text
        return await self.begins(answer.json()["incident"])

    async def begins(self, call: str) -> str:
        self.t0 = (await self.incident(call)).raised_at
        return call

    async def say(self, who: str, text: str, room: str = "", ref: str = "") -> httpx.Response:
        self.said.append(text)
        words = {"ref": ref or str(uuid.uuid4()), "text": text}
        return await self.people[who].post(f"/api/rooms/{room or self.at_home.monday}/entries", words)

    async def act(self, who: str, call: str, deed: str, **form: str) -> httpx.Response:
        """What a member of staff does on the call's own page."""
        answer = await self.people[who].ask("POST", f"/staff/calls/{call}/{deed}", data=form)
        assert answer.status_code == 303, f"{deed}: {answer.status_code} {answer.text[-2000:]}"
        return answer

    async def text_in(self, who: str, text: str) -> str:
        """Somebody of the staff sends a text to the house's number; what they are sent back."""
        number = next(number for number, name in self.providers.names.items() if name == who)
        return str((await self.provider_tells("reply", {"from": number, "text": text})).json()["text"])

    async def reports(self, page: str, status: str, order: int, **wrong: str) -> int:
        report = {"ref": PhoneCompany.ref_of(page), "status": status, "order": order}
        return (await self.provider_tells("report", report, **wrong)).status_code

    async def provider_tells(self, what: str, words: dict[str, Any], **wrong: str) -> httpx.Response:
        body = json.dumps(words).encode()
        headers = sealed(TOKEN[0], body, (await self.now()).timestamp() - time.time()) | wrong
        return await self.house.ask("POST", f"/api/phone/{what}", content=body, headers=headers)

    async def card(self, who: str = "Dot") -> str:
        """What is true now on the help card."""
        return str((await self.people[who].get("/api/help")).json().get("state", ""))

    async def writes_in_help_room(self, who: str, call: str, text: str = "I am here now, Dot") -> None:
        answer = await self.say(who, text, (await self.incident(call)).help_room_id)
        assert answer.status_code == 201, answer.text

    async def at(self, seconds: float) -> list[str]:
        """The clock shows so many seconds since 0:00, everything due is done; what was sent meanwhile."""
        await self.database.transaction(setting.move_to, self.t0 + timedelta(seconds=seconds))
        return await self.calm()

    async def calm(self) -> list[str]:
        await until(lambda: self.database.read(promises.is_calm), within=LONG, what="all that is due is done")
        return self.providers.new()

    async def comes(self, *wanted: str) -> None:
        """Until these were sent, and nothing else."""
        came: list[str] = []

        async def all_came() -> bool:
            came.extend(self.providers.new())
            return len(came) >= len(wanted)

        await until(all_came, within=LONG, what=f"{wanted} comes, not {came}")
        assert sorted(came) == sorted(wanted)

    async def incident(self, call: str) -> Incident:
        return await self.database.read(lambda session: session.get_one(Incident, call))

    async def timeline(self, call: str, *but: str) -> list[str]:
        """What happened, in order, without these."""
        lines = select(IncidentEvent.what).where(IncidentEvent.incident_id == call, IncidentEvent.what.not_in(but))
        query = lines.order_by(IncidentEvent.number)
        return await self.database.read(lambda session: list(session.scalars(query)))

    async def due(self, call: str, who: str) -> list[tuple[int, str]]:
        """Seconds since 0:00 and way of each page to one person that went out, by the rows."""
        mine = (Page.incident_id == call, Page.person_id == self.people[who]._id, Page.state == "sent")
        query = select(Page.due_at, Page.kind).where(*mine, Page.says == "page").order_by(Page.due_at, Page.kind)
        rows = await self.database.read(lambda session: session.execute(query).all())
        return [(int((at - self.t0).total_seconds()), kind) for at, kind in rows]

    async def now(self) -> datetime:
        return await self.database.read(database_now)

    async def kill_server(self) -> None:
        await asyncio.to_thread(self.house.door().kill)
