"""The servers under measurement: started as anybody would start them, on a core of their own."""

import asyncio
import importlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).parent
TICKS = os.sysconf("SC_CLK_TCK")
SERVER_CORE, GENERATOR_CORE = 0, 1


@dataclass
class Server:
    url: str
    pids: list[int]
    rooms: list[list[tuple[str, str]]] = field(default_factory=list)
    """For each room its members, each as the room's id and a token."""

    def cpu_seconds(self) -> float:
        return sum(_cpu_ticks(pid) for pid in self._family()) / TICKS

    def pss_kib(self) -> int:
        return sum(_pss_kib(pid) for pid in self._family())

    def _family(self) -> list[int]:
        return [member for pid in self.pids for member in _with_children(pid)]


def pin_to(core: int) -> None:
    if core < (os.cpu_count() or 1) > 1:
        os.sched_setaffinity(0, {core})


@contextmanager
def hearthside(folder: Path, rooms: int, members: int, settings: dict[str, str]) -> Iterator[Server]:
    """Our server with its own data folder: seeded once, then served by one process, durable."""
    port = _free_port()
    url = f"http://127.0.0.1:{port}"
    environment = {
        **os.environ,
        "HEARTHSIDE_DATA_DIR": str(folder),
        "HEARTHSIDE_PUBLIC_URL": url,
        **settings,
    }
    command = [sys.executable, "-m", "app.cli"]
    tokens = folder / "tokens.jsonl"
    if not tokens.exists():
        folder.mkdir(parents=True, exist_ok=True)
        seeding = [*command, "seed", "--rooms", str(rooms), "--members", str(members), "--no-limits"]
        subprocess.run([*seeding, "--out", str(tokens)], env=environment, check=True, stdout=subprocess.DEVNULL)
    with _running([*command, "serve", "--port", str(port)], url, environment, folder / "server.log") as process:
        yield Server(url, [process.pid], _people(tokens))


@contextmanager
def worker_beside(folder: Path, settings: dict[str, str], server: Server) -> Iterator[None]:
    """The worker's jobs in a process of their own, on the server's core."""
    environment = {**os.environ, "HEARTHSIDE_DATA_DIR": str(folder), "HEARTHSIDE_PUBLIC_URL": server.url, **settings}
    with (folder / "worker.log").open("ab") as out:
        command = [sys.executable, "-m", "app.cli", "work"]
        pin = {"preexec_fn": lambda: pin_to(SERVER_CORE)}
        worker = subprocess.Popen(command, env=environment, cwd=HERE.parent, stdout=out, stderr=out, **pin)
    try:
        yield
    finally:
        worker.terminate()
        worker.wait(30)


@contextmanager
def grown(folder: Path, rooms: int, members: int) -> Iterator[Server]:
    """Ours on a real PostgreSQL and a real Valkey, both on the server's core and counted with it."""
    sys.path.insert(0, str(HERE.parent))
    support = {name: importlib.import_module(f"tests.support.{name}") for name in ("postgres", "valkey")}
    pin_to(SERVER_CORE)
    postgres = asyncio.run(support["postgres"].Postgres.start())
    valkey = asyncio.run(support["valkey"].Valkey.start())
    pin_to(GENERATOR_CORE)
    try:
        database = asyncio.run(postgres.create_database())
        settings = {"HEARTHSIDE_DATABASE_URL": database, "HEARTHSIDE_REDIS_URL": valkey.url}
        with hearthside(folder / database.rpartition("/")[2], rooms, members, settings) as server:
            server.pids = _children(os.getpid())
            yield server
    finally:
        valkey.close()
        postgres.close()


@contextmanager
def tutorial(folder: Path, rooms: int, members: int) -> Iterator[Server]:
    port = _free_port()
    url = f"http://127.0.0.1:{port}"
    folder.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "uvicorn", "--app-dir", str(HERE), "rival_tutorial:app"]
    options = ["--port", str(port), "--log-level", "warning", "--no-access-log"]
    people = [[(f"room-{room}", "none") for _ in range(members)] for room in range(rooms)]
    with _running([*command, *options], url, dict(os.environ), folder / "server.log") as process:
        yield Server(url, [process.pid], people)


def elsewhere(url: str, tokens: Path, pids: list[int]) -> Server:
    """A server that somebody else started, seeded with `hearthside seed --no-limits`."""
    return Server(url, pids, _people(tokens))


@contextmanager
def _running(command: list[str], url: str, environment: dict[str, str], log: Path) -> Iterator[subprocess.Popen]:
    with log.open("ab") as out:
        process = subprocess.Popen(
            command,
            env=environment,
            cwd=HERE.parent,
            stdout=out,
            stderr=out,
            preexec_fn=lambda: pin_to(SERVER_CORE),
        )
    try:
        _wait_until_ready(process, url, log)
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_until_ready(process: subprocess.Popen, url: str, log: Path) -> None:
    for _ in range(300):
        if process.poll() is not None:
            raise SystemExit(f"The server ended at once:\n{log.read_text()[-2000:]}")
        try:
            with urllib.request.urlopen(f"{url}/health/ready", timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise SystemExit(f"The server was not ready within 30 seconds:\n{log.read_text()[-2000:]}")


def _people(tokens: Path) -> list[list[tuple[str, str]]]:
    rooms: dict[str, list[tuple[str, str]]] = {}
    for line in tokens.read_text().splitlines():
        person = json.loads(line)
        if person["role"] == "member":
            rooms.setdefault(person["room"], []).append((person["room"], person["token"]))
    return list(rooms.values())


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def _with_children(pid: int) -> list[int]:
    return [pid, *(member for child in _children(pid) for member in _with_children(child))]


def _children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _cpu_ticks(pid: int) -> int:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


def _pss_kib(pid: int) -> int:
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1])
    return 0
