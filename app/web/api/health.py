"""Is it well? Health that means something, and metrics."""

import asyncio
from typing import Any

from fastapi import APIRouter, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy.exc import DBAPIError, NoResultFound
from starlette.responses import PlainTextResponse

from app.crisis.lines import lines_of
from app.keeping.watching import Watch, watch
from app.problems import TryAgain
from app.web import metrics
from app.web.dependencies import TheHouse
from app.web.house import House

router = APIRouter(tags=["health"])
DATABASE_PATIENCE = 3.0
UNWELL: dict[int | str, dict[str, Any]] = {503: {"description": "Not well: the body says what."}}


@router.get("/health/live")
async def live() -> dict[str, str]:
    """The process is up."""
    return {"process": "up"}


@router.get("/health/ready", responses=UNWELL)
async def ready(response: Response, house: TheHouse) -> dict[str, Any]:
    """503 only when this process cannot serve: database away, or draining."""
    found = await _watched(house)
    if found is None or house.live.draining:
        response.status_code = 503
    return {
        "database": "away" if found is None else "well",
        "bus": "well" if house.live.bus.well else "away",
        "paging": found.paging if found else "unknown",
        "draining": house.live.draining,
    }


@router.get("/health/paging", responses=UNWELL)
async def paging(response: Response, house: TheHouse) -> dict[str, Any]:
    """503 when calls that are due are not going out, or could reach nobody: what an outside watcher asks."""
    found = await _watched(house)
    if found is None or found.paging != "well" or (found.nobody and found.opened):
        response.status_code = 503
    if found is None:
        return {"paging": "unknown", "overdue": None, "reach": "unknown", "catch_all": "unknown"}
    catch_all = "tested" if found.tested else "untested"
    return {"paging": found.paging, "overdue": found.late, "reach": found.reach, "catch_all": catch_all}


@router.get("/metrics", response_class=PlainTextResponse)
async def prometheus(house: TheHouse) -> Response:
    metrics.BUS_WELL.set(house.live.bus.well)
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)


async def _watched(house: House) -> Watch | None:
    """How it is, or None when the database is away or was never set up."""
    try:
        async with asyncio.timeout(DATABASE_PATIENCE):
            return await house.database.read(watch, lines_of(house.settings))
    except (TryAgain, TimeoutError, DBAPIError, NoResultFound):
        return None
