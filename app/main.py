"""create_app: the foundation first, then the doors. The whole program on one page."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Any

from fastapi import FastAPI
from sqlalchemy import select
from starlette.middleware.body_limit import RequestBodyLimitMiddleware

from app import worker
from app.crisis.lines import Lines, lines_of
from app.foundation import logs, tokens
from app.foundation.batching import Batches
from app.foundation.beat import Beat
from app.foundation.database import Database, Session, open_database
from app.foundation.realtime.bus import NoBus, RedisBus
from app.foundation.sealing import Seals
from app.messages.pace import Pace
from app.messages.posting import Alone, Answer, Words, post_alone, post_batch
from app.resources.helplines import helplines_for
from app.settings import Settings
from app.web import api, explaining, metrics, socket
from app.web.attempts import Attempts
from app.web.guarding import LARGEST_BODY, Guarding
from app.web.house import House
from app.web.live.live import Live
from app.web.pages import map as pages
from app.web.stopping import say_bye_first

NO_TELEMETRY: Any = {"tracing": False, "metrics": False, "logs": False, "operation_spans": False}


def create_app(settings: Settings | None = None, *, with_worker: bool | None = None) -> FastAPI:
    """One server process. Without arguments (uvicorn's factory) everything comes from the environment."""
    settings = settings or Settings()
    with_worker = settings.with_worker if with_worker is None else with_worker
    logs.begin(settings.log_level)

    @contextlib.asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with contextlib.AsyncExitStack() as stack:
            house = app.state.house = await open_house(settings, stack)
            if with_worker:
                stack.push_async_callback(cancelled, asyncio.create_task(worker.work(house.database, settings)))
            say_bye_first(house)
            yield

    app = FastAPI(
        title="Hearthside", version="1", lifespan=lifespan, docs_url=None, redoc_url=None,
        openapi_url="/api/openapi.json", telemetry=NO_TELEMETRY,
    )  # fmt: skip
    explaining.install(app)
    app.include_router(api.router)
    app.include_router(api.outside)
    app.include_router(socket.router)
    pages.install(app, settings)
    app.add_middleware(RequestBodyLimitMiddleware, max_body_size=LARGEST_BODY)
    app.add_middleware(Guarding, settings=settings)
    return app


async def open_house(settings: Settings, stack: contextlib.AsyncExitStack) -> House:
    """What the doors share; closed in the opposite order, the database last."""
    database = open_database(settings.database)
    stack.push_async_callback(database.close)
    key = tokens.house_key(settings.secret_path)
    seals = Seals(settings.sealing_path)
    seals.look()
    epoch = await database.read(epoch_of)
    bus = RedisBus(settings.redis_url, tokens.sealed(key, "bus")[:16]) if settings.redis_url else NoBus()
    live = Live(database, bus, epoch)
    posting = line_of_words(database, lines_of(settings))
    house = House(settings, key, database, live, posting, helplines_for(settings.country), Attempts(), seals)
    stack.push_async_callback(live.stop)
    stack.push_async_callback(cancelled, asyncio.create_task(posting.run()))
    stack.push_async_callback(posting.drained)
    stack.push_async_callback(cancelled, asyncio.create_task(metrics.watch_the_loop()))
    live.start()
    return house


def line_of_words(database: Database, lines: Lines) -> Batches[Words, Answer]:
    """The line in which words wait for the next commit."""
    pace = Pace()

    async def together(batch: list[Words]) -> list[Answer]:
        metrics.BATCH.observe(len(batch))
        return await database.transaction(post_batch, batch, pace)

    async def alone(words: Words) -> Answer:
        return await database.transaction(post_alone, words, pace, lines)

    return Batches(together, alone, lambda answer: isinstance(answer, Alone))


def epoch_of(session: Session) -> str:
    return session.scalars(select(Beat.epoch)).one()


async def cancelled(task: "asyncio.Task[None]") -> None:
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
