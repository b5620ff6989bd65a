"""A room's book over HTTP: reading back, saying something, taking it back."""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Response
from pydantic import BaseModel, Field

from app.messages.posting import words_of
from app.messages.reading import history
from app.messages.refs import Held, Said, SentBack
from app.messages.removing import put_back, remove
from app.problems import Declined, Problem
from app.rooms.entries import MOST_ON_A_PAGE, PAGE
from app.web.api.shapes import Entry, Place, Reason, problems
from app.web.dependencies import Me, TheHouse
from app.web.frames import BIGGEST, Ref
from app.wording import say

router = APIRouter(prefix="/rooms/{room_id}/entries", tags=["entries"])
Seq = Annotated[int, Path(ge=1, le=BIGGEST)]


class Page(BaseModel):
    entries: list[Entry]
    more: bool


class Words(BaseModel):
    ref: Ref
    text: str
    reply_to: Annotated[int | None, Field(ge=0, le=BIGGEST)] = None


class WaitingBody(BaseModel):
    waiting: str
    why: str
    message: str


@router.get("", responses=problems(404), response_model_exclude_unset=True, response_model=Page)
async def read_back(
    room_id: str,
    me: Me,
    house: TheHouse,
    before: Annotated[int | None, Query(ge=1, le=BIGGEST)] = None,
    limit: Annotated[int, Query(ge=1, le=MOST_ON_A_PAGE)] = PAGE,
) -> dict[str, Any]:
    """The newest `limit` entries before the place `before`, oldest first."""
    pages = await house.database.read(history, me, room_id, before, limit)
    return {"entries": pages.entries, "more": pages.more}


@router.post(
    "",
    status_code=201,
    response_model=Place | WaitingBody,
    responses={202: {"model": WaitingBody}, **problems(404, 409, 429)},
)
async def say_it(room_id: str, words: Words, me: Me, house: TheHouse, response: Response) -> Place | WaitingBody:
    """Say something where WebSockets do not get through. The same ref is answered the same for ever."""
    answer = await house.posting.ask(words_of(me, room_id, words.ref, words.text, words.reply_to))
    match answer:
        case Said(seq, version):
            return Place(seq=seq, version=version)
        case Held(waiting, why):
            response.status_code = 202
            return WaitingBody(waiting=waiting, why=why, message=say(answer.sentence, me.language))
        case SentBack():
            raise Declined()
        case Problem():
            raise answer
    raise AssertionError(answer)


@router.post("/{seq}/remove", responses=problems(404))
async def take_out(room_id: str, seq: Seq, me: Me, house: TheHouse, why: Reason | None = None) -> Place:
    """By its author within five minutes, or by who may moderate."""
    said = await house.database.transaction(remove, me, room_id, seq, why.reason if why else "")
    return Place(seq=said.seq, version=said.version)


@router.post("/{seq}/put-back", responses=problems(404))
async def show_again(room_id: str, seq: Seq, me: Me, house: TheHouse) -> Place:
    """By who may moderate, or by its author within five minutes of taking it back."""
    said = await house.database.transaction(put_back, me, room_id, seq)
    return Place(seq=said.seq, version=said.version)
