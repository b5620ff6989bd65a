import os
import sys
from pathlib import Path

import httpx

from tests.support.ports import free_port
from tests.support.processes import Process
from tests.support.waiting import until

CHECKOUT = Path(__file__).parents[2]


def hearthside(*words: str, program: str = "app.cli") -> list[str]:
    return [sys.executable, "-m", program, *words]


def environment(settings: dict[str, str]) -> dict[str, str]:
    """The settings of one house, and nothing of whatever house this machine may have at home."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("HEARTHSIDE_")}
    return {**inherited, "PYTHONUNBUFFERED": "1", **settings}


class Server:
    """`hearthside serve` in a process of its own. Started again it keeps its address."""

    def __init__(self, settings: dict[str, str], folder: Path, *options: str) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.settings = {"HEARTHSIDE_PUBLIC_URL": self.url, **settings}
        self.checkout = CHECKOUT
        self._options = options
        self._log = folder / f"serve-{self.port}.log"
        self.process = self._process()

    async def start(self, *, program: str = "app.cli") -> None:
        self.process = self._process(program)
        self.process.start()
        await self.is_ready()

    async def is_ready(self) -> None:
        async with httpx.AsyncClient(trust_env=False, timeout=5) as client:
            await until(lambda: self._says_ready(client), within=60, what=f"{self.url} is ready")

    def kill(self) -> None:
        self.process.kill()

    async def stop(self) -> int:
        return await self.process.stop()

    @property
    def is_alive(self) -> bool:
        return self.process.is_alive

    @property
    def log(self) -> str:
        return self.process.words

    async def _says_ready(self, client: httpx.AsyncClient) -> bool:
        assert self.process.is_alive, f"the server ended:\n{self.process.last_words()}"
        try:
            return (await client.get(f"{self.url}/health/ready")).status_code == 200
        except httpx.TransportError:
            return False

    def _process(self, program: str = "app.cli") -> Process:
        options = ("--host", "127.0.0.1", "--port", str(self.port), *self._options)
        words = hearthside("serve", *options, program=program)
        settings = environment(self.settings)
        return Process(f"serve :{self.port}", words, log=self._log, env=settings, cwd=self.checkout)
