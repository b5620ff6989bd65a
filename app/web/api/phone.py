"""The provider of texts and calls tells what came back: an answer by text, and what became of a page."""

from typing import Any, Literal

import structlog
from fastapi import APIRouter
from pydantic import BaseModel, Field

from app.crisis import page_reports, replies
from app.problems import NotFound
from app.web.api.shapes import problems
from app.web.dependencies import TheHouse
from app.web.phone_proof import ByProvider
from app.wording import say

router = APIRouter(tags=["phone"], prefix="/phone")
log = structlog.get_logger()
GREATEST_ORDER = 2**31 - 1


class Reply(BaseModel):
    """A text message that came in: who sent it, by telephone number, and its words."""

    sender: str = Field(alias="from", max_length=40)
    text: str = Field(max_length=2000)


class Report(BaseModel):
    """What became of a page. `order` grows with each report of one `ref`, such as seconds since 1970."""

    ref: str = Field(min_length=1, max_length=100)
    status: Literal["sent", "delivered", "undelivered", "failed"]
    order: int = Field(ge=1, le=GREATEST_ORDER)


class Answered(BaseModel):
    """What is to be sent back to whoever wrote; nothing where it is empty."""

    text: str


def described(shape: type[BaseModel]) -> dict[str, Any]:
    """The body is read as it was sealed, so the description of the API has to be told of its shape."""
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": shape.model_json_schema()}}}}


@router.post("/reply", responses=problems(), openapi_extra=described(Reply))
async def reply(house: TheHouse, proved: ByProvider) -> Answered:
    """`{"from", "text"}`: "4821", "ack 4821" or "yes 4821" from a checked number takes that call. Else nothing does."""
    asked = proved.asked(Reply)
    said = await house.database.urgently(replies.reply, asked.sender, asked.text)
    if not said.sentence:
        log.warning("phone_reply_from_nobody_known")
        return Answered(text="")
    link = f"{house.settings.address}/staff/calls/{said.incident_id}" if said.incident_id else ""
    return Answered(text=say(said.sentence, said.language, link=link, **said.values))


@router.post("/report", status_code=204, responses=problems(404), openapi_extra=described(Report))
async def report(house: TheHouse, proved: ByProvider) -> None:
    """`{"ref", "status", "order"}`: noted, and never an answer. What did not arrive brings the next way forward."""
    asked = proved.asked(Report)
    about = (asked.ref, asked.status, asked.order)
    if not await house.database.urgently(page_reports.report, *about, providers=proved.providers):
        log.warning("phone_report_of_nothing_known", status=asked.status)
        raise NotFound()
