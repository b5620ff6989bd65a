"""Saying something without script. The words are never lost: what is refused comes back in the field."""

from typing import Annotated
from uuid import NAMESPACE_URL, uuid5

from fastapi import APIRouter, Form
from starlette.responses import Response

from app.foundation.database import Session
from app.messages.drafts import forget_draft
from app.messages.posting import words_of
from app.messages.refs import SentBack
from app.people.actors import Actor
from app.people.consent import require_consent
from app.problems import Declined, Problem
from app.rooms.models import Room
from app.web.pages.page import OwnPage, Page
from app.web.pages.problem import sentence_of
from app.web.pages.room import look, show

router = APIRouter()


@router.post("/rooms/{room_id}")
async def say(
    page: OwnPage,
    room_id: str,
    text: Annotated[str, Form()] = "",
    nonce: Annotated[str, Form()] = "",
    reply_to: Annotated[str, Form()] = "",
) -> Response:
    await page.house.database.read(_require_joined, page.me, room_id)
    try:
        await _post(page, room_id, text, ref_of(nonce, text), int(reply_to) if reply_to.isdecimal() else None)
    except Problem as problem:
        seen = await page.house.database.read(look, page.me, room_id, None, None)
        return show(page, seen, problem=sentence_of(problem, page), draft=text, status=problem.status)
    if page.me.shared:
        await page.house.database.transaction(forget_draft, page.me, room_id)
    return page.go(f"/rooms/{room_id}#newest")


def ref_of(nonce: str, text: str) -> str:
    """The same form sent twice is one entry; the same form with other words in it is another."""
    return str(uuid5(NAMESPACE_URL, f"{nonce}\n{text}"))


def _require_joined(session: Session, actor: Actor, room_id: str) -> None:
    """Where somebody is helped, help does not wait for the questions of joining."""
    room = session.get(Room, room_id)
    if room is None or room.kind != "help":
        require_consent(session, actor)


async def _post(page: Page, room_id: str, text: str, ref: str, reply_to: int | None) -> None:
    answer = await page.house.posting.ask(words_of(page.me, room_id, ref, text, reply_to))
    if isinstance(answer, Problem):
        raise answer
    if isinstance(answer, SentBack):
        raise Declined()
