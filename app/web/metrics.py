"""What a process counts about itself, for Prometheus. Numbers only: no names, no words, no rooms."""

import asyncio
import time

from prometheus_client import Counter, Gauge, Histogram

CONNECTIONS = Gauge("hearthside_connections", "Open live sockets.")
BATCH = Histogram("hearthside_batch_size", "Words written in one commit.", buckets=(1, 2, 5, 10, 20, 50, 100, 256))
BUS_WELL = Gauge("hearthside_bus_well", "1 while the bus carries what we put on it.")
LOOP_LAG = Gauge("hearthside_loop_lag_seconds", "How late the event loop runs a timer.")
CALLS_FOR_HELP = Counter("hearthside_calls_for_help_total", "Calls for help that were stored.")


async def watch_the_loop() -> None:
    """Note how late this process is; a blocked loop looks alive to everybody else."""
    while True:
        due = time.monotonic() + 1.0
        await asyncio.sleep(1.0)
        LOOP_LAG.set(max(0.0, time.monotonic() - due))
