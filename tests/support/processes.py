import asyncio
import signal
import subprocess
from pathlib import Path
from typing import Any

running: list["Process"] = []
"""Everything that the tests of this worker have started; a failed test shows the end of each log."""


class Process:
    """A real program in a process of its own, with all that it prints kept in a file."""

    def __init__(self, name: str, command: list[str], *, log: Path, **popen: Any) -> None:
        self.name = name
        self.command = command
        self.log = log
        self._popen_options = popen
        self._popen: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with self.log.open("ab") as log:
            self._popen = subprocess.Popen(
                self.command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, **self._popen_options
            )
        running.append(self)

    @property
    def is_alive(self) -> bool:
        return self._popen is not None and self._popen.poll() is None

    @property
    def words(self) -> str:
        return self.log.read_text(errors="replace") if self.log.exists() else ""

    def last_words(self, lines: int = 60) -> str:
        return "\n".join(self.words.splitlines()[-lines:])

    def freeze(self) -> None:
        self._send(signal.SIGSTOP)

    def thaw(self) -> None:
        self._send(signal.SIGCONT)

    def kill(self) -> None:
        self.end_by(signal.SIGKILL)

    def end_by(self, number: int, *, within: float = 20) -> None:
        if self._popen is None:
            return
        if self.is_alive:
            self._send(number)
        self._popen.wait(within)
        self._forget()

    async def stop(self, *, within: float = 30) -> int:
        """Ask it to end, as an operator would, and give its exit status."""
        self._send(signal.SIGTERM)
        return await self.ended(within=within)

    async def ended(self, *, within: float = 20) -> int:
        assert self._popen is not None, f"{self.name} was never started"
        status = await asyncio.to_thread(self._popen.wait, within)
        self._forget()
        return status

    def _send(self, number: int) -> None:
        assert self._popen is not None, f"{self.name} was never started"
        self._popen.send_signal(number)

    def _forget(self) -> None:
        if self in running:
            running.remove(self)
