"""Many at once: what waits while one commit is written goes into the next, together.

A lone unit never waits for company.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from app.problems import TryAgain

U = TypeVar("U")
A = TypeVar("A")
MOST_TOGETHER = 256
ENOUGH_AWAY = 2


@dataclass(slots=True)
class Ticket(Generic[U, A]):
    unit: U
    answer: "asyncio.Future[A]"


class Batches(Generic[U, A]):
    """`together(units)` commits many and answers each; `alone(unit)` commits one. Both are awaited one at a time.

    A unit whose answer `needs_alone` is written by `alone` before the next batch. If a batch fails, each of its
    units is tried once alone, in order, and only what fails alone gets the exception.
    """

    def __init__(
        self,
        together: Callable[[list[U]], Awaitable[list[A]]],
        alone: Callable[[U], Awaitable[A]],
        needs_alone: Callable[[A], bool],
    ) -> None:
        self.together, self.alone, self.needs_alone = together, alone, needs_alone
        self.waiting: deque[Ticket[U, A]] = deque()
        self.more = asyncio.Event()
        self.idle = asyncio.Event()
        self.idle.set()

    def ask(self, unit: U) -> "asyncio.Future[A]":
        """Put a unit in the line. The future is its answer, or what went wrong; nothing is stored before it."""
        ticket: Ticket[U, A] = Ticket(unit, asyncio.get_running_loop().create_future())
        self.waiting.append(ticket)
        self.idle.clear()
        self.more.set()
        return ticket.answer

    async def run(self) -> None:
        """Write batch after batch, for as long as the process lives."""
        while True:
            await self.more.wait()
            self.more.clear()
            while self.waiting:
                count = min(len(self.waiting), MOST_TOGETHER)
                await self._write([self.waiting.popleft() for _ in range(count)])
            self.idle.set()

    async def drained(self) -> None:
        """Wait until all that was asked for is answered."""
        await self.idle.wait()

    async def _write(self, tickets: list[Ticket[U, A]]) -> None:
        try:
            answers = await self.together([ticket.unit for ticket in tickets])
        except Exception:
            await self._write_each(tickets)
            return
        for ticket, answer in zip(tickets, answers, strict=True):
            if self.needs_alone(answer):
                await self._write_alone(ticket)
            elif not ticket.answer.done():
                ticket.answer.set_result(answer)

    async def _write_each(self, tickets: list[Ticket[U, A]]) -> None:
        """One by one, in order. Where two in a row find nobody to write to, the rest is not made to wait for it."""
        away: list[Exception] = []
        for ticket in tickets:
            if len(away) < ENOUGH_AWAY:
                trouble = await self._write_alone(ticket)
                away = [*away, trouble] if isinstance(trouble, TryAgain) else []
            elif not ticket.answer.done():
                ticket.answer.set_exception(away[-1])

    async def _write_alone(self, ticket: Ticket[U, A]) -> Exception | None:
        try:
            answer = await self.alone(ticket.unit)
        except Exception as trouble:
            if not ticket.answer.done():
                ticket.answer.set_exception(trouble)
            return trouble
        if not ticket.answer.done():
            ticket.answer.set_result(answer)
        return None
