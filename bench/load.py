"""What it costs: drives a real server by the wire protocol, and prints what it bears. See bench/README.md.

.venv/bin/python bench/load.py              ours, then the tutorial's server, then the ratios
.venv/bin/python bench/load.py --only hearthside
.venv/bin/python bench/load.py --only grown     ours on PostgreSQL and Valkey (from the `test` extra)
"""

import argparse
import resource
import tempfile
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path

import uvloop
from measure import STEADY_RATE, Step, cost_at_steady_rate, highest_rate, idle_kib
from server import GENERATOR_CORE, Server, elsewhere, grown, hearthside, pin_to, tutorial

MEMBERS = 20
SIZES = {"1 x 20": 1, "50 x 20": 50}
IDLE = [1000, 2000]
Figures = dict[str, float]
Start = Callable[[], AbstractContextManager[Server]]


def main() -> None:
    wanted = _words()
    resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
    pin_to(GENERATOR_CORE)
    if wanted.url:
        server = elsewhere(wanted.url, wanted.tokens, wanted.pid or [])
        _print_figures("elsewhere", uvloop.run(_loads(server, list(SIZES.values()), wanted.first)))
        return
    with tempfile.TemporaryDirectory(dir=wanted.folder) as folder:
        rooms = max(IDLE) // MEMBERS + 1
        starts: dict[str, Start] = {
            "hearthside": partial(hearthside, Path(folder, "ours"), rooms, MEMBERS, {}),
            "tutorial": partial(tutorial, Path(folder, "tutorial"), rooms, MEMBERS),
            "grown": partial(grown, Path(folder, "grown"), rooms, MEMBERS),
        }
        found = {name: _measure(name, starts[name], wanted) for name in wanted.only or ["hearthside", "tutorial"]}
    for name, figures in found.items():
        _print_figures(name, figures)
    if {"hearthside", "tutorial"} <= set(found):
        _print_ratios(found["hearthside"], found["tutorial"])


def _words() -> argparse.Namespace:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--only", action="append", choices=["hearthside", "tutorial", "grown"])
    words.add_argument("--skip-idle", action="store_true", help="leave out the memory of idle connections")
    words.add_argument("--skip-ramp", action="store_true", help="leave out the search for the highest rate")
    words.add_argument("--first", type=float, default=400, help="sends a second of the ramp's first step")
    words.add_argument("--folder", help="where the data is kept meanwhile; its disk is part of what is measured")
    words.add_argument("--url", help="measure a server that is already there, such as http://127.0.0.1:8000")
    words.add_argument("--tokens", type=Path, help="with --url: what `hearthside seed --no-limits` wrote")
    words.add_argument("--pid", type=int, action="append", help="with --url: its processes, for the cost")
    return words.parse_args()


def _measure(name: str, start: Start, wanted: argparse.Namespace) -> Figures:
    figures: Figures = {}
    if not wanted.skip_idle:
        with start() as server:
            _heading(f"{name}: idle")
            for connections, kib in uvloop.run(idle_kib(server, IDLE)).items():
                figures[f"KiB an idle connection, {connections}"] = kib
    for size, rooms in SIZES.items():
        with start() as server:
            _heading(f"{name}: {size} at {STEADY_RATE} sends/s")
            cost, steady = uvloop.run(cost_at_steady_rate(server, rooms))
            _print_step(steady)
            figures[f"us a delivery at {STEADY_RATE} sends/s, {size}"] = cost
        if wanted.skip_ramp:
            continue
        with start() as server:
            _heading(f"{name}: {size}, upwards")
            best = uvloop.run(highest_rate(server, rooms, wanted.first, _print_step))
            figures[f"sends/s with p99 <= 250 ms, {size}"] = best.rate if best else 0.0
    return figures


async def _loads(server: Server, sizes: list[int], first: float) -> Figures:
    figures: Figures = {}
    for rooms in sizes:
        cost, _ = await cost_at_steady_rate(server, rooms)
        figures[f"us a delivery at {STEADY_RATE} sends/s, {rooms} rooms"] = cost
        best = await highest_rate(server, rooms, first, _print_step)
        figures[f"sends/s with p99 <= 250 ms, {rooms} rooms"] = best.rate if best else 0.0
    return figures


def _heading(text: str) -> None:
    print(f"\n{text}", flush=True)


def _print_step(step: Step) -> None:
    print(
        f"  {step.rate:8.0f}/s   p50 {step.p50 * 1000:7.1f} ms   p99 {step.p99 * 1000:7.1f} ms"
        f"   lost {step.lost}   generator {step.generator:4.0%}"
        f"   {'' if step.held else 'no'} {'; '.join(step.wrong)}",
        flush=True,
    )


def _print_figures(name: str, figures: Figures) -> None:
    _heading(name)
    for what, value in figures.items():
        print(f"  {what:<42} {value:10.1f}")


def _print_ratios(ours: Figures, theirs: Figures) -> None:
    _heading("ours / tutorial (which keeps nothing)")
    for what, value in ours.items():
        if theirs.get(what):
            print(f"  {what:<42} {value / theirs[what]:10.2f}")


if __name__ == "__main__":
    main()
