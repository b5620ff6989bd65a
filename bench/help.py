"""What a bad minute costs: forty people call for help while the house is as busy as it can be. See bench/README.md.

.venv/bin/python bench/help.py              the worker inside the server, then in a process of its own
.venv/bin/python bench/help.py --only inside --rate 800
"""

import argparse
import asyncio
import resource
import sys
import tempfile
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from time import perf_counter
from urllib.parse import urlsplit

import uvloop
from measure import STEP, Crowd, Step, highest_rate, step
from member import Member, Tally
from on_call import PhoneCompany, put_on_call
from server import GENERATOR_CORE, Server, hearthside, pin_to, worker_beside

ROOMS, MEMBERS = 50, 20
CALLS, MINUTE, THIRDS = 40, 60.0, 3
PAGED_WITHIN, HELPED_WITHIN, SLOWED_BY = 10.0, 1.0, 0.10


class Caller(Member):
    """Somebody who taps *I need help now*, once."""

    pressed = helped = 0.0
    incident = ""

    def tap(self, ref: str, now: float) -> None:
        self.pressed = now
        self._send(f'{{"type":"help","ref":"{ref}","room":"{self.room}"}}'.encode())

    def _read(self, frame: dict, now: float) -> None:
        if frame["type"] == "helped":
            self.helped, self.incident = now, frame["incident"]
        else:
            super()._read(frame, now)


def main() -> None:
    wanted = _words()
    resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
    pin_to(GENERATOR_CORE)
    held = [uvloop.run(_minute(where, wanted)) for where in wanted.only or ["inside", "apart"]]
    sys.exit(0 if all(held) else 1)


def _words() -> argparse.Namespace:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--only", action="append", choices=["inside", "apart"], help="where the worker runs")
    words.add_argument("--rate", type=float, help="sends a second; else one step below the most that holds")
    words.add_argument("--folder", help="where the data is kept meanwhile; its disk is part of what is measured")
    return words.parse_args()


async def _minute(where: str, wanted: argparse.Namespace) -> bool:
    phones = PhoneCompany()
    await phones.open()
    with tempfile.TemporaryDirectory(dir=wanted.folder) as folder, ExitStack() as up:
        settings = {"HEARTHSIDE_PHONE_URL": phones.url, "HEARTHSIDE_WITH_WORKER": str(where == "inside")}
        rooms = ROOMS + -(-CALLS // MEMBERS)
        server = await asyncio.to_thread(up.enter_context, hearthside(Path(folder), rooms, MEMBERS, settings))
        await put_on_call(Path(folder))
        if where == "apart":
            up.enter_context(worker_beside(Path(folder), settings, server))
        print(f"\nworker {where} the server" if where == "inside" else f"\nworker {where}", flush=True)
        rate = wanted.rate or await _most(server)
        quiet, busy, callers = await _with_and_without(server, rate)
        await _all_paged(phones, callers)
    return _tell(quiet, busy, callers, phones)


async def _most(server: Server) -> float:
    best = await highest_rate(server, ROOMS, 200, lambda result: print(f"  {result.rate:6.0f}/s", flush=True))
    return best.rate / STEP if best else 100.0


async def _with_and_without(server: Server, rate: float) -> tuple[Step, Step, list[Caller]]:
    """A minute without calls and a minute with forty, each in thirds by turns, so that both meet the same machine."""
    crowd, tally = Crowd(server), Tally()
    await crowd.come(ROOMS)
    people = [person for room in server.rooms[ROOMS:] for person in room][:CALLS]
    callers = [await Caller.join(urlsplit(server.url), room, token, tally) for room, token in people]
    await step(crowd, rate, 3.0)
    quiet, busy = [], []
    for third in range(THIRDS):
        quiet.append(await _measured(crowd, rate, MINUTE / THIRDS))
        calling = asyncio.create_task(_call(callers, third))
        busy.append(await _measured(crowd, rate, MINUTE / THIRDS))
        await calling
    crowd.leave()
    return _together(quiet), _together(busy), callers


async def _measured(crowd: Crowd, rate: float, seconds: float) -> Step:
    result = await step(crowd, rate, seconds)
    print(
        f"  {rate:6.0f}/s   mean {result.mean * 1000:6.1f} ms   p50 {result.p50 * 1000:6.1f} ms   "
        f"p99 {result.p99 * 1000:6.1f} ms   lost {result.lost}   generator {result.generator:4.0%}",
        flush=True,
    )
    return result


async def _call(callers: list[Caller], third: int) -> None:
    begin = perf_counter()
    for number in range(third, len(callers), THIRDS):
        await asyncio.sleep(max(0.0, begin + number // THIRDS * MINUTE / len(callers) - perf_counter()))
        callers[number].tap(f"00000000-0000-4000-8000-{number:012d}", perf_counter())


async def _all_paged(phones: PhoneCompany, callers: list[Caller]) -> None:
    for _ in range(300):
        if {one.incident for one in callers} <= set(phones.first):
            return
        await asyncio.sleep(0.1)


def _together(thirds: list[Step]) -> Step:
    values = {name: sum(getattr(one, name) for one in thirds) / THIRDS for name in ("mean", "p50", "p99")}
    return replace(thirds[0], **values, lost=sum(one.lost for one in thirds))


def _tell(quiet: Step, busy: Step, callers: list[Caller], phones: PhoneCompany) -> bool:
    helped = sorted(one.helped - one.pressed if one.helped else float("inf") for one in callers)
    paged = sorted(phones.first.get(one.incident, float("inf")) - one.pressed for one in callers)
    slowed = busy.p50 / quiet.p50 - 1
    tail = f"mean {busy.mean / quiet.mean - 1:+.0%}, p99 {busy.p99 / quiet.p99 - 1:+.0%}"
    figures = (
        ("`helped` after, s", helped[-1], HELPED_WITHIN, f"median {helped[len(helped) // 2]:.3f}"),
        ("first page tried after, s", paged[-1], PAGED_WITHIN, f"median {paged[len(paged) // 2]:.3f}"),
        ("others' delivery slowed by", slowed, SLOWED_BY, tail),
    )
    for what, value, most, besides in figures:
        print(f"  {what:<28} {value:8.3f}   at most {most:5.2f}   {besides}   {'' if value <= most else 'NOT HELD'}")
    print(f"  lost {quiet.lost + busy.lost}   pages handed over {phones.handed}", flush=True)
    return all(value <= most for _, value, most, _ in figures) and not quiet.lost + busy.lost


if __name__ == "__main__":
    main()
