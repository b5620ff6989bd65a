"""A call for practice, step by step as in earnest. Nobody is told of it."""

from fastapi import APIRouter
from starlette.responses import Response

from app.crisis import drilling
from app.crisis.lines import lines_of
from app.web.pages.page import OwnPage, Page

router = APIRouter()


@router.get("/staff/practice-call")
async def show(page: OwnPage, done: str = "") -> Response:
    incident = await page.house.database.read(drilling.open_drill, page.me)
    step = "" if incident is None else "here" if incident.arrived_at else "mine" if incident.owner_id else "new"
    return page.show("staff_drill.html", step=step, code=incident.code if incident else "", done=bool(done))


@router.post("/staff/practice-call")
async def begin(page: OwnPage) -> Response:
    await page.house.database.transaction(drilling.begin_drill, page.me, lines_of(page.house.settings))
    return _back(page)


@router.post("/staff/practice-call/answer")
async def answer(page: OwnPage) -> Response:
    await page.house.database.transaction(drilling.answer_drill, page.me)
    return _back(page)


@router.post("/staff/practice-call/arrive")
async def arrive(page: OwnPage) -> Response:
    await page.house.database.transaction(drilling.arrive_in_drill, page.me)
    return _back(page)


@router.post("/staff/practice-call/end")
async def end(page: OwnPage) -> Response:
    await page.house.database.transaction(drilling.end_drill, page.me)
    return page.go("/staff/practice-call?done=yes")


def _back(page: Page) -> Response:
    return page.go("/staff/practice-call")
