import asyncio
import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from http.cookiejar import CookieJar, DefaultCookiePolicy
from pathlib import Path
from typing import Any

import httpx

from tests.support import moving_in
from tests.support.circle import Circle
from tests.support.client import Live
from tests.support.inside import inside
from tests.support.person import Person
from tests.support.postgres import Postgres
from tests.support.processes import Process
from tests.support.proofs import prove
from tests.support.raw import RawSocket
from tests.support.servers import CHECKOUT, Server, environment, hearthside
from tests.support.valkey import Valkey


@dataclass(frozen=True)
class Invitation:
    card: str
    url: str
    person: str


def nothing_kept() -> CookieJar:
    """Who asks next is somebody else: what one answer sets is read from that answer."""
    return CookieJar(DefaultCookiePolicy(allowed_domains=[]))


class House:
    """One Hearthside with a database, a bus and as many server processes (doors) as its stack has.

    "embedded" is SQLite and one process; "grown" is PostgreSQL, Valkey and two server processes.
    """

    def __init__(self, stack: str, folder: Path) -> None:
        self.stack = stack
        self.folder = folder
        self.settings = {"HEARTHSIDE_DATA_DIR": str(folder / "data")}
        self.servers: list[Server] = []
        self.lives: list[Live] = []
        self.raws: list[RawSocket] = []
        self.valkey: Valkey | None = None
        self.postgres: Postgres | None = None
        self.web = httpx.AsyncClient(trust_env=False, timeout=30, cookies=nothing_kept())
        self.rooms_at_once = 1
        self._circles: dict[bool, list[Circle]] = {False: [], True: []}
        self._workers: list[Process] = []
        self._reusable_card = ""

    @classmethod
    async def build(cls, stack: str, postgres: Postgres | None = None) -> "House":
        """The rooms without their doors: nothing is served yet."""
        house = cls(stack, Path(tempfile.mkdtemp(prefix="hearthside-house-")))
        if stack == "grown":
            assert postgres is not None, "a grown house stands on a PostgreSQL"
            house.postgres = postgres
            house.valkey = await Valkey.shared()
            database = (await postgres.create_database()).replace("postgresql", "postgresql+asyncpg", 1)
            house.settings |= {"HEARTHSIDE_DATABASE_URL": database, "HEARTHSIDE_REDIS_URL": house.valkey.url}
        return house

    @property
    def doors(self) -> int:
        return 1 if self.stack == "embedded" else 2

    def door(self, number: int = 0) -> Server:
        return self.servers[number % len(self.servers)]

    @property
    def url(self) -> str:
        return self.door().url

    @property
    def everything(self) -> dict[str, str]:
        """Its settings, and its address once it has doors."""
        return {**self.settings, **({"HEARTHSIDE_PUBLIC_URL": self.url} if self.servers else {})}

    @property
    def is_well(self) -> bool:
        return bool(self.servers) and all(server.is_alive for server in self.servers)

    @property
    def log(self) -> str:
        return "\n".join(server.log for server in self.servers)

    async def serve(self, *options: str, program: str = "app.cli") -> Server:
        """One more server process on this house's database and bus."""
        server = Server(self.settings, self.folder, *options)
        self.servers.append(server)
        await server.start(program=program)
        return server

    async def open_doors(self) -> None:
        """All at once, so that they must agree on who migrates."""
        await asyncio.gather(*(self.serve() for _ in range(self.doors)))

    async def work(self, *, program: str = "app.cli") -> Process:
        number = len(self._workers)
        log = self.folder / f"work-{number}.log"
        options = {"env": environment(self.settings), "cwd": CHECKOUT}
        worker = Process(f"work {number}", hearthside("work", program=program), log=log, **options)
        worker.start()
        self._workers.append(worker)
        return worker

    async def command(self, *words: str) -> str:
        """Run `hearthside …` beside the server, and give what it printed."""
        status, printed, complaint = await self.attempt(*words)
        assert status == 0, f"hearthside {' '.join(words)}: {status}\n{printed}\n{complaint}"
        return printed

    async def attempt(self, *words: str) -> tuple[int, str, str]:
        process = await asyncio.create_subprocess_exec(
            *hearthside(*words),
            env=environment(self.everything),
            cwd=CHECKOUT,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        printed, complaint = await process.communicate()
        assert process.returncode is not None
        return process.returncode, printed.decode(), complaint.decode()

    async def invite(
        self, name: str, *roles: str, room: str | None = None, rooms: Iterable[str] = (), new: bool = False
    ) -> Invitation:
        """Somebody who has agreed to be here already, unless they are `new`."""
        slugs = [room] if room else list(rooms)
        made = await moving_in.invite(self.everything, str(name), roles or ("member",), slugs, on_paper=not new)
        return Invitation(**made)

    async def reusable_card(self) -> str:
        """Rose's card, made once for this house: a member's card works again and again."""
        if not self._reusable_card:
            self._reusable_card = (await self.invite("Rose", "member", room="monday-circle")).card
        return self._reusable_card

    async def use_card(self, card: str, *, door: int = 0, **options: Any) -> httpx.Response:
        return await self.ask("POST", "/api/sign-in/card", json={"card": card}, door=door, **options)

    async def ask(self, method: str, path: str, *, door: int = 0, **options: Any) -> httpx.Response:
        """A request by nobody in particular."""
        return await self.web.request(method, self.door(door).url + path, **options)

    async def welcome(
        self, name: str, *roles: str, room: str | None = None, door: int = 0, new: bool = False
    ) -> Person:
        """Invite somebody and let them in; staff have proved who they are."""
        person = await self.sign_in(await self.invite(name, *roles, room=room, new=new), door=door)
        if set(roles) - {"member"}:
            await self.prove(person)
        return person

    async def prove(self, *people: Person) -> None:
        """Staff come in with a card, which opens rooms only. These have since proved who they are."""
        await inside(self.settings, prove, [await person.id() for person in people])

    async def sign_in(self, invitation: Invitation, *, door: int = 0) -> Person:
        answer = await self.use_card(invitation.card, door=door)
        assert answer.status_code == 200, answer.text
        person = answer.json()["person"]
        return Person(self, person["name"], answer.json()["token"], id=person["id"], door=door)

    async def circle(self, *, no_limits: bool = False) -> Circle:
        """A room that no other test has used, with its people signed in; perhaps free to talk very fast."""
        stock = self._circles[no_limits]
        if not stock:
            stock += await self.seed(rooms=self.rooms_at_once, no_limits=no_limits)
        return stock.pop()

    async def seed(self, *, rooms: int = 1, members: int = 4, no_limits: bool = False) -> list[Circle]:
        return Circle.all_of(self, await moving_in.seed(self.everything, rooms, members, no_limits=no_limits))

    async def tidy(self) -> None:
        """After a test: hang up, and bring back what it killed or froze."""
        await self.hang_up()
        if self.valkey is not None:
            await self.valkey.mend()
        for server in self.servers:
            if not server.is_alive:
                await server.start()

    async def hang_up(self) -> None:
        for raw in self.raws:
            raw.close()
        lives, self.lives, self.raws = self.lives, [], []
        outcomes = await asyncio.gather(*(live.close() for live in lives), return_exceptions=True)
        for outcome in outcomes:
            if isinstance(outcome, BaseException):
                raise outcome

    async def close(self) -> None:
        for process in [*self._workers, *(server.process for server in self.servers)]:
            process.kill()
        if self.valkey is not None:
            self.valkey.close()
        await self.web.aclose()
        shutil.rmtree(self.folder, ignore_errors=True)
