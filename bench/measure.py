"""What is measured, and how: open loop, from when a message was due to when each member has it."""

import asyncio
import gc
import os
from dataclasses import dataclass
from time import perf_counter, process_time
from urllib.parse import urlsplit

from member import Member, Tally
from server import Server

LATENCY_LIMIT = 0.250
STEP, STEP_SECONDS = 1.25, 3.0
STEADY_RATE, STEADY_SECONDS = 400, 8.0
BODY = 120


@dataclass
class Step:
    rate: float
    p50: float
    p99: float
    lost: int
    wrong: list[str]
    generator: float
    """The share of its core that the generator used: near 1 the generator is the limit, not the server."""

    mean: float = 0.0

    @property
    def held(self) -> bool:
        return not self.lost and not self.wrong and self.p99 <= LATENCY_LIMIT


class Crowd:
    """The members of some rooms, all connected, and what they send."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.tally = Tally()
        self.refs = os.urandom(4).hex()
        self.rooms: list[list[Member]] = []
        self.said_in: list[int] = []
        self.sent = self.owed = 0

    async def come(self, rooms: int) -> None:
        url = urlsplit(self.server.url)
        gate = asyncio.Semaphore(20)

        async def join(room: str, token: str) -> Member:
            async with gate:
                return await Member.join(url, room, token, self.tally)

        wanted = self.server.rooms[len(self.rooms) : rooms]
        people = await asyncio.gather(*(join(*person) for room in wanted for person in room))
        coming = iter(people)
        self.rooms += [[next(coming) for _ in room] for room in wanted]
        self.said_in += [0 for _ in wanted]

    def leave(self) -> None:
        for room in self.rooms:
            for member in room:
                member.leave()

    async def talk(self, rate: float, seconds: float) -> None:
        """Sends at a fixed rate, whatever comes back."""
        due, start, count = self.tally.due, perf_counter() + 0.01, int(rate * seconds)
        for number in range(count):
            moment = start + number / rate
            if (wait := moment - perf_counter()) > 0:
                await asyncio.sleep(max(wait, 0.001))
            due.append(moment)
            self._say_next()
            if number % 64 == 63:
                await asyncio.sleep(0)

    async def hear_it_all(self, seconds: float = 10.0) -> int:
        """Waits for every delivery. Answers how many are missing or too many, member by member."""
        deadline = perf_counter() + seconds
        while self.tally.deliveries < self.owed or self.tally.said < self.sent:
            if perf_counter() > deadline:
                break
            await asyncio.sleep(0.01)
        return sum(
            abs(member.received - said) for room, said in zip(self.rooms, self.said_in, strict=True) for member in room
        )

    def _say_next(self) -> None:
        number, rooms = self.sent, len(self.rooms)
        self.sent += 1
        room = self.rooms[number % rooms]
        self.said_in[number % rooms] += 1
        self.owed += len(room)
        speaker = room[number // rooms % len(room)]
        speaker.say(f"{self.refs}-0000-4000-8000-{number:012d}", f"#{number:09d} ".ljust(BODY, "x"))


async def step(crowd: Crowd, rate: float, seconds: float = STEP_SECONDS) -> Step:
    tally = crowd.tally
    tally.latencies = []
    gc.collect()
    gc.disable()
    wall, cpu = perf_counter(), process_time()
    await crowd.talk(rate, seconds)
    busy = (process_time() - cpu) / (perf_counter() - wall)
    lost = await crowd.hear_it_all()
    gc.enable()
    latencies = sorted(tally.latencies) or [float("inf")]
    return Step(
        rate=rate,
        p50=latencies[len(latencies) // 2],
        p99=latencies[int(len(latencies) * 0.99)],
        lost=lost,
        wrong=tally.wrong[:3],
        generator=busy,
        mean=sum(latencies) / len(latencies),
    )


async def highest_rate(server: Server, rooms: int, first: float, tell) -> Step | None:
    """Steps upwards until one does not hold, twice over: a single pause of the disk is not the end."""
    best, rate = None, first
    crowd = Crowd(server)
    await crowd.come(rooms)
    await step(crowd, first / 4, 1.0)
    while True:
        result = await step(crowd, rate)
        tell(result)
        if not result.held and not result.lost and not result.wrong:
            result = await step(crowd, rate)
            tell(result)
        if not result.held:
            break
        best, rate = result, rate * STEP
    crowd.leave()
    return best


async def cost_at_steady_rate(server: Server, rooms: int) -> tuple[float, Step]:
    """Microseconds of the server's processor time for each delivery at 400 sends a second."""
    crowd = Crowd(server)
    await crowd.come(rooms)
    await step(crowd, STEADY_RATE, 2.0)
    cpu, deliveries = server.cpu_seconds(), crowd.tally.deliveries
    result = await step(crowd, STEADY_RATE, STEADY_SECONDS)
    spent = server.cpu_seconds() - cpu
    deliveries = crowd.tally.deliveries - deliveries
    crowd.leave()
    return spent / deliveries * 1e6, result


async def idle_kib(server: Server, counts: list[int]) -> dict[int, float]:
    """KiB of the server's memory (PSS) for each connection that has opened its room and says nothing."""
    crowd = Crowd(server)
    await crowd.come(1)
    before, already = server.pss_kib(), len(crowd.rooms[0])
    found = {}
    for count in counts:
        await crowd.come((already + count) // len(server.rooms[0]))
        await asyncio.sleep(2)
        joined = sum(map(len, crowd.rooms)) - already
        found[joined] = (server.pss_kib() - before) / joined
    if crowd.tally.wrong:
        raise SystemExit(f"Connecting went wrong: {crowd.tally.wrong[0]}")
    crowd.leave()
    return found
