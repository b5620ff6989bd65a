"""Is it well? Health that means something, and metrics."""

import asyncio
from typing import Any

from fastapi import APIRouter, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy.exc import DBAPIError
from starlette.responses import PlainTextResponse

from app.crisis import page_reports
from app.crisis.raising import PAGE_SCREENS
from app.foundation.database import Session
from app.foundation.due import overdue
from app.problems import TryAgain
from app.web import metrics
from app.web.dependencies import TheHouse
from app.web.house import House

router = APIRouter(tags=["health"])
DATABASE_PATIENCE = 3.0
LATE_SECONDS = 30.0
UNWELL: dict[int | str, dict[str, Any]] = {503: {"description": "Not well: the body says what."}}


@router.get("/health/live")
async def live() -> dict[str, str]:
    """The process is up."""
    return {"process": "up"}


@router.get("/health/ready", responses=UNWELL)
async def ready(response: Response, house: TheHouse) -> dict[str, Any]:
    """503 only when this process cannot serve: database away, or draining."""
    late = await _overdue(house)
    if late is None or house.live.draining:
        response.status_code = 503
    return {
        "database": "away" if late is None else "well",
        "bus": "well" if house.live.bus.well else "away",
        "paging": _paging(late),
        "draining": house.live.draining,
    }


@router.get("/health/paging", responses=UNWELL)
async def paging(response: Response, house: TheHouse) -> dict[str, Any]:
    """503 when pages that are due are not going out: what an outside watcher asks."""
    late = await _overdue(house)
    if late != 0:
        response.status_code = 503
    return {"paging": _paging(late), "overdue": late}


@router.get("/metrics", response_class=PlainTextResponse)
async def prometheus(house: TheHouse) -> Response:
    metrics.BUS_WELL.set(house.live.bus.well)
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)


async def _overdue(house: House) -> int | None:
    """Pages overdue, or None when the database is away or was never set up."""
    try:
        async with asyncio.timeout(DATABASE_PATIENCE):
            return await house.database.read(_late)
    except (TryAgain, TimeoutError, DBAPIError):
        return None


def _late(session: Session) -> int:
    return overdue(session, LATE_SECONDS, whats=(PAGE_SCREENS,)) + page_reports.overdue(session, LATE_SECONDS)


def _paging(late: int | None) -> str:
    return "unknown" if late is None else "well" if late == 0 else "late"
